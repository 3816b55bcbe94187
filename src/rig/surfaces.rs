//! What a material is the surface of, told by its name.

use super::words::words;
use crate::avatar::{Material, Surface};

/// A word of a material's name, and what it is then; the first row that matches decides.
const ROWS: &[(&str, Surface)] = &[
    // Hair of any kind, before the eyes and faces that it grows on.
    ("hair", Surface::Hair),
    ("hairs", Surface::Hair),
    ("beard", Surface::Hair),
    ("髪", Surface::Hair),
    // Flat pictures of hair and make-up shine like nothing.
    ("lash", Surface::Plain),
    ("lashes", Surface::Plain),
    ("eyelash", Surface::Plain),
    ("eyelashes", Surface::Plain),
    ("brow", Surface::Plain),
    ("brows", Surface::Plain),
    ("eyebrow", Surface::Plain),
    ("eyebrows", Surface::Plain),
    ("highlight", Surface::Plain),
    ("eyeline", Surface::Plain),
    ("glasses", Surface::Plain),
    ("teeth", Surface::Mouth),
    ("tooth", Surface::Mouth),
    ("tongue", Surface::Mouth),
    ("gums", Surface::Mouth),
    ("mouth", Surface::Mouth),
    ("eye", Surface::Eye),
    ("eyes", Surface::Eye),
    ("eyeball", Surface::Eye),
    ("eyeballs", Surface::Eye),
    ("cornea", Surface::Eye),
    ("iris", Surface::Eye),
    ("sclera", Surface::Eye),
    ("cloth", Surface::Plain),
    ("outfit", Surface::Plain),
    ("skin", Surface::Skin),
    ("face", Surface::Skin),
    ("head", Surface::Skin),
];
/// A body is one of skin only where another material is the clothes.
const BODY: &str = "body";
const CLOTHES: &[&str] = &[
    "cloth", "clothes", "outfit", "top", "bottom", "shirt", "trousers", "dress", "jacket", "look", "footwear",
];

/// The surface of each of `materials`. Cartoons and what is unlit are plain.
pub(super) fn surfaces(materials: &[Material]) -> Vec<Surface> {
    let named: Vec<Vec<String>> = materials.iter().map(|material| words(&material.name)).collect();
    let has = |name: &[String], word: &str| name.iter().any(|w| w == word);
    let is_dressed = named.iter().any(|name| CLOTHES.iter().any(|word| has(name, word)));
    let has_face = named.iter().any(|name| has(name, "skin") || has(name, "head") || has(name, "face"));
    let of = |(material, name): (&Material, &Vec<String>)| {
        if material.is_unlit || material.toon.is_some() {
            return Surface::Plain;
        }
        let row = ROWS.iter().find(|(word, _)| has(name, word)).map(|(_, surface)| *surface);
        let is_bare_body = has(name, BODY) && (is_dressed && has_face || materials.len() > 1 && !has_face);
        row.unwrap_or(if is_bare_body { Surface::Skin } else { Surface::Plain })
    };
    materials.iter().zip(&named).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_the_wild_are_known() {
        let of = |names: &[&str]| {
            let material = |name: &&str| Material { name: (*name).to_owned(), ..Material::default() };
            surfaces(&names.iter().map(material).collect::<Vec<_>>())
        };
        use Surface::{Eye, Hair, Mouth, Plain, Skin};
        assert_eq!(
            of(&[
                "Wolf3D_Eye",
                "Wolf3D_Skin",
                "Wolf3D_Teeth",
                "Wolf3D_Hair",
                "Wolf3D_Body",
                "Wolf3D_Outfit_Top"
            ]),
            [Eye, Skin, Mouth, Hair, Skin, Plain]
        );
        assert_eq!(of(&["Skin", "Eyes", "Tongue", "Lashes", "Jacket"]), [Skin, Eye, Mouth, Plain, Plain]);
        assert_eq!(of(&["Ch03_Body"]), [Plain], "its clothes are in it");
        assert_eq!(of(&["Body", "Eyes", "Teeth"]), [Skin, Eye, Mouth]);
        assert_eq!(
            of(&["N00_000_00_Body_00_SKIN (Instance)", "N00_000_00_EyeHighlight_00_EYE (Instance)"]),
            [Skin, Plain]
        );
    }
}
