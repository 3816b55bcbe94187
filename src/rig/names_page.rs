//! `docs/names.md`: every name that is understood, written from the tables that understand them.

use super::bone_names::{CONVENTIONS, ENDS, FINGERS, MIDDLE, NOISE, NUMBERED_NOISE, SIDED};
use super::faces::FACES;
use super::recipes::{SUBSTITUTES, jaw_share, recipe, vowel_recipe};
use super::words::{SIDE_BEGINNINGS, SIDES};
use super::{channel_names, viseme_names};
use crate::vocabulary::{Bone, Channel, Viseme};
use std::fmt::Write;

/// The page, as Markdown.
pub fn names_page() -> String {
    let mut page = String::from(INTRODUCTION);
    visemes(&mut page);
    channels(&mut page);
    faces(&mut page);
    bones(&mut page);
    page
}

const INTRODUCTION: &str = "# Names that Rhetor understands

This page is made from the tables in `src/rig/`; `BLESS=1 cargo test names` writes it anew.

A name is taken apart into words. Upper and lower case, separators, the numbers that tools append (`.001`, `_2`) and what
stands before a name (`Wolf3D_Head.`, `blendShape1.`, `mixamorig:`) do not matter, and `L`, `Left` and their kin mean the
same at the beginning, in the middle and at the end. What a file calls otherwise is mapped in its
[rig file](rig.md). `rhetor inspect AVATAR` says what was found.

Each viseme is made by the first of these that an avatar has:

1. a morph target with the viseme's own name;
2. a recipe of ARKit channels, where nearly all of them are there;
3. a morph target of another convention;
4. a recipe of the channels that there are;
5. the five vowels: VRM expressions, else morph targets;
6. the jaw, by a morph target or a joint;
7. nothing, and the report says so.
";

fn row(page: &mut String, cells: &[&str]) {
    let _ = writeln!(page, "| {} |", cells.join(" | "));
}

fn head(page: &mut String, cells: &[&str]) {
    page.push('\n');
    row(page, cells);
    row(page, &vec!["---"; cells.len()]);
}

/// Names as code, separated by commas.
fn code<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ")
}

/// `name weight`, where the weight is not 1.
fn mix<'a>(parts: impl IntoIterator<Item = (&'a str, f32)>) -> String {
    let one = |(name, weight): (&str, f32)| match weight {
        1.0 => format!("`{name}`"),
        _ => format!("`{name}` {weight}"),
    };
    parts.into_iter().map(one).collect::<Vec<_>>().join(" + ")
}

fn visemes(page: &mut String) {
    page.push_str("\n## Visemes\n\nBy their own names, after one of the prefixes ");
    let prefixes = viseme_names::PREFIXES.iter().copied().filter(|p| !p.is_empty());
    let _ = writeln!(page, "{} or alone: {}.", code(prefixes), code(Viseme::ALL.iter().map(|v| v.name())));
    let others: Vec<String> =
        viseme_names::SPELLINGS.iter().map(|(v, name)| format!("`{name}` for {v}")).collect();
    let _ = writeln!(page, "Also {}.", others.join(", "));
    page.push_str("\n### Other conventions\n");
    for set in viseme_names::SETS {
        let before = code(set.prefixes.iter().copied().filter(|p| !p.is_empty()));
        let names = match (before.as_str(), set.prefixes.contains(&"")) {
            ("", _) => "whole names".to_owned(),
            (before, false) => format!("names after {before}"),
            (before, true) => format!("names after {before}, or whole ones"),
        };
        let _ = writeln!(page, "\n**{}**, {names}.", set.title);
        if !set.jaw_joints.is_empty() {
            let _ = writeln!(
                page,
                "A jaw joint called {} turns with them.",
                code(set.jaw_joints.iter().copied())
            );
        }
        head(page, &["viseme", "made of"]);
        for (viseme, parts) in set.rows {
            row(page, &[viseme.name(), &mix(parts.iter().copied())]);
        }
    }
    page.push_str("\n### Vowels\n");
    head(page, &["convention", "aa", "ih", "ou", "ee", "oh", "closed"]);
    for set in viseme_names::VOWELS {
        let closed = if set.closed.is_empty() { "at rest" } else { set.closed };
        let mut cells = vec![set.title];
        cells.extend(set.names);
        cells.push(closed);
        row(page, &cells);
    }
    page.push_str("\n### Recipes\n");
    head(page, &["viseme", "of channels", "of vowels", "of the jaw alone"]);
    let vowels = ["aa", "ih", "ou", "ee", "oh"];
    for &viseme in Viseme::ALL {
        let of_channels = mix(recipe(viseme).iter().map(|(c, w)| (c.name(), *w)));
        let vowel = |(place, weight): &(usize, f32)| Some((*vowels.get(*place)?, *weight));
        let of_vowels = mix(vowel_recipe(viseme).iter().filter_map(vowel));
        row(page, &[viseme.name(), &of_channels, &of_vowels, &jaw_share(viseme).to_string()]);
    }
    for (missing, other, share) in SUBSTITUTES {
        let _ = writeln!(page, "\nWhere `{missing}` is missing, `{other}` {share} takes its place.");
    }
}

fn channels(page: &mut String) {
    page.push_str("\n## Channels\n\nBy their own names: ");
    let _ = writeln!(page, "{}.", code(Channel::ALL.iter().map(|c| c.name())));
    page.push_str(
        "\nElse by the first of these rows that an avatar has; eyes and jaw last by their joints.\n",
    );
    for set in channel_names::SETS {
        let _ = writeln!(page, "\n### {}", set.title);
        head(page, &["channel", "made of"]);
        for (channel, parts) in set.rows {
            row(page, &[channel.name(), &mix(parts.iter().copied())]);
        }
    }
    page.push_str("\n### Of VRM expressions and of visemes\n");
    head(page, &["channel", "made of"]);
    for (channel, expression, share) in channel_names::FROM_EXPRESSIONS {
        row(page, &[channel.name(), &format!("expression {}", mix([(expression.name(), *share)]))]);
    }
    for (channel, viseme, share) in channel_names::FROM_VISEMES {
        row(page, &[channel.name(), &format!("viseme {}", mix([(viseme.name(), *share)]))]);
    }
}

fn faces(page: &mut String) {
    page.push_str(
        "\n## Faces\n\nWhole names of morph targets, where the file defines no expressions of its own.\n",
    );
    head(page, &["expression", "names"]);
    for (expression, names) in FACES {
        row(page, &[expression.name(), &code(names.iter().copied())]);
    }
}

fn bones(page: &mut String) {
    page.push_str(
        "\n## Bones\n\nNames without their side and without words that say nothing; the best first. ",
    );
    page.push_str("A humanoid map in the file wins over all names. What names leave out is told by the shape of the tree, ");
    page.push_str("and what fits no body (eyes below the neck, a left on the right) is left out.\n");
    head(page, &["bone", "names"]);
    for (bone, names) in MIDDLE {
        row(page, &[bone.name(), &code(names.iter().copied())]);
    }
    for (left, right, names) in SIDED {
        row(page, &[&pair(*left, *right), &code(names.iter().copied())]);
    }
    page.push_str("\nFingers, by the joint next to the palm; the others follow in the tree.\n");
    head(page, &["finger", "names"]);
    for finger in FINGERS {
        let [left, ..] = finger.left;
        let [right, ..] = finger.right;
        row(page, &[&pair(left, right), &code(finger.first.iter().copied())]);
    }
    let _ = writeln!(
        page,
        "\nSides: {}; also before a word without a separator: {}.",
        code(SIDES.iter().map(|(n, _)| *n)),
        code(SIDE_BEGINNINGS.iter().map(|(n, _)| *n))
    );
    let _ = writeln!(
        page,
        "\nWords that say nothing: {}; with a number of their own: {}.",
        code(NOISE.iter().copied()),
        code(NUMBERED_NOISE.iter().copied())
    );
    let _ = writeln!(page, "\nJoints that only end a chain: {}.", code(ENDS.iter().copied()));
    page.push_str("\nA convention is told by parts of the names of most bones.\n");
    head(page, &["convention", "parts"]);
    for (title, parts) in CONVENTIONS {
        row(page, &[title, &code(parts.iter().copied())]);
    }
}

fn pair(left: Bone, right: Bone) -> String {
    format!("{left}, {right}")
}
