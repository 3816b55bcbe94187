//! A first set of cases for an avatar: small pictures in which a change of mesh, texture or rig shows.

use super::Sheet;

/// A case to begin with.
#[derive(Debug, Clone, PartialEq)]
pub struct Starter {
    /// The folder's name.
    pub name: &'static str,
    /// The text of its `case.toml`.
    pub text: String,
}

/// What a case shows: its name, what it is for, and the lines that follow the input.
const CASES: &[(&str, &str, &str)] = &[
    ("face", "The face at rest.", "size = [256, 256]\ncamera = \"face\"\n"),
    ("half", "Hands and clothes.", "size = [256, 256]\ncamera = \"half\"\n"),
    ("full", "From head to foot, with its shadow.", "size = [256, 256]\ncamera = \"full\"\n"),
    (
        "cutout",
        "Without a background: alpha of hair and edges.",
        "size = [256, 256]\ncamera = \"bust\"\nalpha = true\n",
    ),
    ("teeth", "Teeth and tongue.", "size = [256, 256]\ncamera = \"face\"\n[visemes]\nih = 1.0\n"),
    ("open", "The inside of the mouth.", "size = [256, 256]\ncamera = \"face\"\n[visemes]\naa = 1.0\n"),
    ("sealed", "The lips meet.", "size = [256, 256]\ncamera = \"face\"\n[visemes]\nPP = 1.0\n"),
    (
        "blink",
        "The lids meet.",
        "size = [256, 256]\ncamera = \"face\"\n[channels]\neyeBlinkLeft = 1.0\neyeBlinkRight = 1.0\n",
    ),
    (
        "glance",
        "The eyes turn.",
        "size = [256, 256]\ncamera = \"face\"\n[channels]\neyeLookOutLeft = 0.6\neyeLookInRight = 0.6\n",
    ),
];

/// Side of a small picture of a sheet.
const CELL: u32 = 128;

/// First cases for the avatar that they name `input`.
pub fn starters(input: &str) -> Vec<Starter> {
    let head = |what: &str| format!("version = \"1.0\"\n# {what}\ninput = {}\n", toml::Value::from(input));
    let single =
        CASES.iter().map(|(name, what, rest)| Starter { name, text: format!("{}{rest}", head(what)) });
    let sheets = [
        ("visemes", "Every mouth shape.", Sheet::Visemes),
        ("emotions", "Every expression.", Sheet::Emotions),
    ];
    let sheets = sheets.into_iter().map(|(name, what, sheet)| {
        let kind = Sheet::ALL.iter().find(|(_, s)| *s == sheet).map_or("", |(name, _)| *name);
        let rest = format!("size = [{CELL}, {CELL}]\ncamera = \"face\"\nsheet = \"{kind}\"\n");
        Starter { name, text: format!("{}{rest}", head(what)) }
    });
    single.chain(sheets).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Case;
    use super::*;

    #[test]
    fn every_starter_is_a_case() {
        let all = starters("an \"odd\" name.glb");
        assert_eq!(all.len(), CASES.len() + 2);
        for starter in all {
            let case = Case::parse(&starter.text, starter.name).unwrap();
            assert_eq!(case.input, "an \"odd\" name.glb");
        }
    }
}
