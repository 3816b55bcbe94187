//! A first set of cases for an avatar: small pictures in which a change of mesh, texture or rig shows.

/// A case to begin with.
#[derive(Debug, Clone, PartialEq)]
pub struct Starter {
    /// The folder's name.
    pub name: &'static str,
    /// The text of its `case.toml`.
    pub text: String,
}

/// What a case shows: its name, what it is for, its side in pixels, the shot, and what else is said.
const CASES: &[(&str, &str, u32, &str, &str)] = &[
    ("face", "The face at rest.", 256, "face", ""),
    ("side", "The profile.", 256, "face", "turn = 90.0\n"),
    ("half", "Hands and clothes.", 256, "half", ""),
    ("full", "From head to foot, with its shadow.", 256, "full", ""),
    ("cutout", "Without a background: alpha of hair and edges.", 256, "bust", "alpha = true\n"),
    ("teeth", "Teeth and tongue.", 256, "face", "[visemes]\nih = 1.0\n"),
    ("open", "The inside of the mouth.", 256, "face", "[visemes]\naa = 1.0\n"),
    ("sealed", "The lips meet.", 256, "face", "[visemes]\nPP = 1.0\n"),
    ("blink", "The lids meet.", 256, "face", "[channels]\neyeBlinkLeft = 1.0\neyeBlinkRight = 1.0\n"),
    ("glance", "The eyes turn.", 256, "face", "[channels]\neyeLookOutLeft = 0.6\neyeLookInRight = 0.6\n"),
    ("visemes", "Every mouth shape.", 128, "face", "sheet = \"visemes\"\n"),
    ("emotions", "Every expression.", 128, "face", "sheet = \"emotions\"\n"),
];

/// First cases for the avatar that they name `input`.
pub fn starters(input: &str) -> Vec<Starter> {
    let input = toml::Value::from(input);
    let starter = |&(name, what, side, shot, rest): &(&'static str, &str, u32, &str, &str)| Starter {
        name,
        text: format!(
            "version = \"1.0\"\n# {what}\ninput = {input}\nsize = [{side}, {side}]\ncamera = \"{shot}\"\n{rest}"
        ),
    };
    CASES.iter().map(starter).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Case;
    use super::*;

    #[test]
    fn every_starter_is_a_case() {
        let all = starters("an \"odd\" name.glb");
        assert_eq!(all.len(), CASES.len());
        for starter in all {
            let case = Case::parse(&starter.text, starter.name).unwrap();
            assert_eq!(case.input, "an \"odd\" name.glb");
        }
    }
}
