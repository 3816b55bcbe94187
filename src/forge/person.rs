//! The description of a person: what a `PERSON.toml` may say.
//!
//! Data only; what the numbers do stands in `proportion.rs`, `paint/`, `hair/` and `dress/`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::place;
use crate::diagnostic::Diagnostic;

/// A colour in sRGB, each part 0..=1.
pub(super) type Srgb = [f32; 3];

/// The whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    /// Format version, `"2.0"`.
    version: String,
    /// The avatar's name, written into the document's scene.
    pub(super) name: String,
    /// Body proportions.
    pub(super) body: BodyShape,
    /// Extra displacements by path below `targets/`, without ending: weight.
    #[serde(default)]
    pub(super) details: BTreeMap<String, f32>,
    /// Complexion.
    pub(super) skin: Skin,
    /// Eyes.
    pub(super) eyes: Eyes,
    /// Hair.
    pub(super) hair: Hair,
    /// Clothes.
    pub(super) clothes: Clothes,
}

/// The macro proportions, each 0..=1.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BodyShape {
    /// 0 female, 1 male.
    pub(super) gender: f32,
    /// 0 baby, 0.1875 child, 0.5 young adult (25 years), 1 old (90 years).
    pub(super) age: f32,
    /// Muscularity; 0.5 is average.
    pub(super) muscle: f32,
    /// Weight; 0.5 is average.
    pub(super) weight: f32,
    /// Height; 0.5 is average.
    pub(super) height: f32,
    /// Proportions; 0.5 is average, 1 the classical ideal.
    pub(super) proportions: f32,
    /// Cup size; 0.5 is average.
    pub(super) cup: f32,
    /// Firmness; 0.5 is average.
    pub(super) firmness: f32,
    /// Shares of the three source physiognomies; they are divided by their sum.
    pub(super) african: f32,
    /// See `african`.
    pub(super) asian: f32,
    /// See `african`.
    pub(super) caucasian: f32,
}

/// Complexion; shares are 0..=1.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Skin {
    /// Where nothing shines through.
    pub(super) colour: Srgb,
    /// The red of the lips.
    pub(super) lips: Srgb,
    /// How much blood shows in cheeks, nose and ears.
    #[serde(default)]
    pub(super) flush: f32,
    /// Freckles.
    #[serde(default)]
    pub(super) freckles: f32,
    /// Stubble of the beard.
    #[serde(default)]
    pub(super) stubble: f32,
    /// Lines and creases.
    #[serde(default)]
    pub(super) lines: f32,
    /// Paint on lids and lips.
    #[serde(default)]
    pub(super) makeup: f32,
}

/// Eyes.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Eyes {
    /// The middle of the iris.
    pub(super) iris: Srgb,
}

/// Hair of head and brows.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hair {
    /// How it is worn.
    pub(super) style: HairStyle,
    /// Its colour.
    pub(super) colour: Srgb,
    /// How much of it is grey, 0..=1.
    #[serde(default)]
    pub(super) grey: f32,
    /// How dense the brows are, 0..=1.
    #[serde(default = "half")]
    pub(super) brows: f32,
}

/// How hair is worn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum HairStyle {
    /// Combed back into a knot.
    Knot,
    /// Parted at the side, falling in waves to the shoulders.
    Loose,
    /// Parted in the middle, falling beside the face to the chin.
    Curtain,
    /// Short and combed back, with sideburns.
    Short,
    /// Close curls all around.
    Curls,
    /// Combed up and back from the forehead, the sides short.
    Swept,
    /// Falling over the forehead, the sides short.
    Fringe,
}

/// What is worn.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Clothes {
    /// Which set of clothes.
    pub(super) outfit: Outfit,
    /// The outer garment.
    pub(super) main: Srgb,
    /// What shows under it.
    pub(super) under: Srgb,
    /// Tie, trimmings, buttons.
    #[serde(default)]
    pub(super) accent: Srgb,
    /// Shoes.
    pub(super) shoes: Srgb,
    /// The frame of spectacles, where they are worn.
    pub(super) glasses: Option<Srgb>,
}

/// A set of clothes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Outfit {
    /// A man's business suit with shirt and tie.
    Suit,
    /// Blazer, blouse, trousers.
    Blazer,
    /// Blazer and skirt, a top with a V neck, a necklace.
    Dress,
    /// A closed jacket with a standing collar and a panel of satin, slim trousers, boots.
    Stage,
}

fn half() -> f32 {
    0.5
}

impl Person {
    /// Reads and checks the text of a `PERSON.toml`; `name` is what errors call it.
    ///
    /// # Errors
    /// A diagnostic with line and column for a syntax error, an unknown key or a number out of range.
    pub(super) fn parse(text: &str, name: &str) -> Result<Self, Diagnostic> {
        let person: Self = toml::from_str(text).map_err(|e| {
            let diagnostic = Diagnostic::error(name, e.message());
            match e.span() {
                Some(span) => diagnostic.at(text, span),
                None => diagnostic,
            }
        })?;
        person.check(text, name)?;
        Ok(person)
    }

    fn check(&self, text: &str, name: &str) -> Result<(), Diagnostic> {
        let fault = |path: &[&str], message: String, help: &str| {
            let diagnostic = Diagnostic::error(name, message).help(help);
            match place::of_key(text, path) {
                Some(span) => Err(diagnostic.at(text, span)),
                None => Err(diagnostic),
            }
        };
        if !self.version.starts_with("2.") {
            let message = format!("version '{}' is not known", self.version);
            return fault(&["version"], message, "this program reads version 2.0");
        }
        let b = &self.body;
        let shares = [
            ("body.gender", b.gender),
            ("body.age", b.age),
            ("body.muscle", b.muscle),
            ("body.weight", b.weight),
            ("body.height", b.height),
            ("body.proportions", b.proportions),
            ("body.cup", b.cup),
            ("body.firmness", b.firmness),
            ("body.african", b.african),
            ("body.asian", b.asian),
            ("body.caucasian", b.caucasian),
            ("skin.flush", self.skin.flush),
            ("skin.freckles", self.skin.freckles),
            ("skin.stubble", self.skin.stubble),
            ("skin.lines", self.skin.lines),
            ("skin.makeup", self.skin.makeup),
            ("hair.grey", self.hair.grey),
            ("hair.brows", self.hair.brows),
        ];
        let colours = [
            ("skin.colour", self.skin.colour),
            ("skin.lips", self.skin.lips),
            ("eyes.iris", self.eyes.iris),
            ("hair.colour", self.hair.colour),
            ("clothes.main", self.clothes.main),
            ("clothes.under", self.clothes.under),
            ("clothes.accent", self.clothes.accent),
            ("clothes.shoes", self.clothes.shoes),
        ];
        let glasses = self.clothes.glasses.map(|colour| ("clothes.glasses", colour));
        let flat = colours.iter().chain(&glasses).flat_map(|&(key, colour)| colour.map(|part| (key, part)));
        for (key, value) in shares.into_iter().chain(flat) {
            if !(0.0..=1.0).contains(&value) {
                let path: Vec<&str> = key.split('.').collect();
                return fault(&path, format!("{key} is {value}"), "give a number between 0 and 1");
            }
        }
        if b.african + b.asian + b.caucasian <= 0.0 {
            let message = "african, asian and caucasian are all 0".to_owned();
            return fault(&["body", "african"], message, "give at least one a share");
        }
        for (key, value) in &self.details {
            if !(-1.0..=1.0).contains(value) {
                let message = format!("detail '{key}' is {value}");
                return fault(&["details", key], message, "give a number between -1 and 1");
            }
        }
        Ok(())
    }
}
