//! From proportions to a shaped base mesh: which source displacements apply, and how much each.
//!
//! Each displacement stands for a combination such as *female, young, average muscle, average weight*; its weight is the
//! product of the shares of its parts (`targets/macrodetails/macro.json`).

use super::ForgeError;
use super::base::{Base, Displacement};
use super::person::{BodyShape, Person};
use super::place;
use super::stylise::stylise;
use super::wheel::{Folder, Wheel};
use crate::diagnostic::{Diagnostic, nearest};
use crate::vocabulary::Channel;

/// The expression of a face at rest: a smile that begins, lids that do not stare, and brows
/// that are open, not raised at their inner ends, which pleads.
const AT_REST: [(Channel, f32); 8] = [
    (Channel::EyeBlinkLeft, 0.01),
    (Channel::EyeBlinkRight, 0.01),
    (Channel::MouthSmileLeft, 0.14),
    (Channel::MouthSmileRight, 0.14),
    (Channel::EyeSquintLeft, 0.04),
    (Channel::EyeSquintRight, 0.04),
    (Channel::BrowOuterUpLeft, 0.07),
    (Channel::BrowOuterUpRight, 0.06),
];

type Shares = Vec<(&'static str, f32)>;

/// Shapes `base` as `person` says.
///
/// # Errors
/// When a displacement cannot be read, or a detail names none.
pub(super) fn shape(base: &mut Base, person: &Person, wheel: &mut Wheel<'_>) -> Result<(), ForgeError> {
    for (path, weight) in combinations(&person.body) {
        let path = format!("targets/{path}.target.gz");
        // A combination of averages has no file: it is the base mesh itself.
        if wheel.has(Folder::Body, &path) {
            base.displace(&displacement(wheel, &path)?, weight);
        }
    }
    for (detail, &weight) in &person.details {
        base.displace(&displacement(wheel, &format!("targets/{detail}.target.gz"))?, weight);
    }
    for (channel, weight) in AT_REST {
        let path = format!("{}.target", channel.name());
        base.displace(&Displacement::parse(&path, &wheel.text(Folder::Face, &path)?)?, weight);
    }
    stylise(base, person.body.gender);
    Ok(())
}

/// A detail that the source does not have.
pub(super) struct UnknownDetail {
    name: String,
    /// The name that was most likely meant.
    near: Option<String>,
}

impl UnknownDetail {
    /// As a mistake in `text`, which errors call `name`.
    pub(super) fn at(self, text: &str, name: &str) -> Diagnostic {
        let help = match self.near {
            Some(near) => format!("did you mean '{near}'?"),
            None => "docs/forge.md says where the names come from".to_owned(),
        };
        let diagnostic = Diagnostic::error(name, format!("there is no detail '{}'", self.name)).help(help);
        match place::of_key(text, &["details", &self.name]) {
            Some(span) => diagnostic.at(text, span),
            None => diagnostic,
        }
    }
}

/// Whether the source has all details of `person`.
///
/// # Errors
/// The first detail that it lacks.
pub(super) fn check(person: &Person, wheel: &Wheel<'_>) -> Result<(), UnknownDetail> {
    let path = |detail: &str| format!("targets/{detail}.target.gz");
    let Some(name) = person.details.keys().find(|detail| !wheel.has(Folder::Body, &path(detail))) else {
        return Ok(());
    };
    let all = wheel.names(Folder::Body, "targets/", ".target.gz");
    // Whoever leaves out the folder meant the file.
    let whole = all.iter().map(String::as_str).find(|known| known.ends_with(&format!("/{name}")));
    let near = whole.or_else(|| nearest(name, all.iter().map(String::as_str)));
    Err(UnknownDetail { name: name.clone(), near: near.map(str::to_owned) })
}

/// Reads one displacement of the body folder.
pub(super) fn displacement(wheel: &mut Wheel<'_>, path: &str) -> Result<Displacement, ForgeError> {
    Displacement::parse(path, &wheel.text(Folder::Body, path)?)
}

fn combinations(body: &BodyShape) -> Vec<(String, f32)> {
    let gender = vec![("female", 1.0 - body.gender), ("male", body.gender)];
    let age = ages(body.age);
    let muscle = three(body.muscle, ["minmuscle", "averagemuscle", "maxmuscle"]);
    let weight = three(body.weight, ["minweight", "averageweight", "maxweight"]);
    let height = three(body.height, ["minheight", "", "maxheight"]);
    let proportions = three(body.proportions, ["uncommonproportions", "", "idealproportions"]);
    let cup = three(body.cup, ["mincup", "averagecup", "maxcup"]);
    let firmness = three(body.firmness, ["minfirmness", "averagefirmness", "maxfirmness"]);
    let sum = body.african + body.asian + body.caucasian;
    let origin = vec![
        ("african", body.african / sum),
        ("asian", body.asian / sum),
        ("caucasian", body.caucasian / sum),
    ];
    let build = [&gender, &age, &muscle, &weight];
    let mut all = product("macrodetails/", &[&origin, &gender, &age]);
    all.extend(product("macrodetails/universal-", &build));
    all.extend(product("macrodetails/height/", &[&build[..], &[&height]].concat()));
    all.extend(product("macrodetails/proportions/", &[&build[..], &[&proportions]].concat()));
    all.extend(product("breast/", &[&build[..], &[&cup, &firmness]].concat()));
    all
}

/// Every combination of one part from each list whose weight is not zero: `prefix` + parts joined by hyphens.
fn product(prefix: &str, lists: &[&Shares]) -> Vec<(String, f32)> {
    let mut all = vec![(String::new(), 1.0)];
    for list in lists {
        all = all
            .iter()
            .flat_map(|(name, weight)| {
                list.iter().filter(|(part, share)| *share > 0.0 && !part.is_empty()).map(
                    move |(part, share)| {
                        let joined =
                            if name.is_empty() { (*part).to_owned() } else { format!("{name}-{part}") };
                        (joined, weight * share)
                    },
                )
            })
            .collect();
    }
    all.into_iter().map(|(name, weight)| (format!("{prefix}{name}"), weight)).collect()
}

fn three(value: f32, names: [&'static str; 3]) -> Shares {
    let [low, middle, high] = names;
    let side = (value * 2.0 - 1.0).clamp(-1.0, 1.0);
    vec![(low, (-side).max(0.0)), (middle, 1.0 - side.abs()), (high, side.max(0.0))]
}

fn ages(age: f32) -> Shares {
    const CHILD: f32 = 0.1875;
    const YOUNG: f32 = 0.5;
    if age < CHILD {
        vec![("baby", 1.0 - age / CHILD), ("child", age / CHILD)]
    } else if age < YOUNG {
        let share = (age - CHILD) / (YOUNG - CHILD);
        vec![("child", 1.0 - share), ("young", share)]
    } else {
        let share = (age - YOUNG) / (1.0 - YOUNG);
        vec![("young", 1.0 - share), ("old", share)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_one_property_sum_to_one() {
        for value in [0.0, 0.1, 0.3, 0.5, 0.7, 1.0] {
            let sum = |shares: Shares| shares.iter().map(|s| s.1).sum::<f32>();
            assert!((sum(ages(value)) - 1.0).abs() < 1e-6);
            assert!((sum(three(value, ["a", "b", "c"])) - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn a_product_multiplies_the_shares_and_joins_the_names() {
        let (a, b) = (vec![("x", 0.25), ("y", 0.75)], vec![("p", 0.5), ("", 0.5)]);
        assert_eq!(product("d/", &[&a, &b]), [("d/x-p".into(), 0.125), ("d/y-p".into(), 0.375)]);
    }
}
