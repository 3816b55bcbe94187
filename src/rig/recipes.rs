//! Visemes as mixes of channels, for avatars that have only channels, and as jaw angles for those with a jaw only.
//!
//! There is no official table. The mixes follow the tuned ones of open lip-sync tools, checked on faces.

use crate::vocabulary::Channel::{self, *};
use crate::vocabulary::Viseme;

/// The channels of a viseme at full strength. `sil` is the face at rest.
pub(super) const fn recipe(viseme: Viseme) -> &'static [(Channel, f32)] {
    match viseme {
        Viseme::Sil => &[],
        // Lips rolled onto each other over a shut jaw: no mouthClose, which presumes an open one.
        Viseme::PP => {
            &[(MouthPressLeft, 0.5), (MouthPressRight, 0.5), (MouthRollLower, 0.3), (MouthRollUpper, 0.25)]
        }
        Viseme::FF => &[
            (MouthShrugLower, 0.3),
            (MouthUpperUpLeft, 0.3),
            (MouthUpperUpRight, 0.3),
            (MouthRollLower, 0.55),
            (JawOpen, 0.06),
        ],
        Viseme::TH => &[
            (TongueOut, 0.55),
            (JawOpen, 0.14),
            (MouthUpperUpLeft, 0.15),
            (MouthUpperUpRight, 0.15),
            (MouthLowerDownLeft, 0.2),
            (MouthLowerDownRight, 0.2),
        ],
        Viseme::DD => &[
            (JawOpen, 0.14),
            (MouthUpperUpLeft, 0.15),
            (MouthUpperUpRight, 0.15),
            (MouthLowerDownLeft, 0.25),
            (MouthLowerDownRight, 0.25),
        ],
        Viseme::Kk => &[(JawOpen, 0.2), (MouthLowerDownLeft, 0.2), (MouthLowerDownRight, 0.2)],
        Viseme::CH => &[(MouthFunnel, 0.6), (MouthPucker, 0.3), (JawOpen, 0.1)],
        Viseme::SS => &[
            (JawOpen, 0.06),
            (MouthStretchLeft, 0.3),
            (MouthStretchRight, 0.3),
            (MouthUpperUpLeft, 0.25),
            (MouthUpperUpRight, 0.25),
            (MouthLowerDownLeft, 0.3),
            (MouthLowerDownRight, 0.3),
        ],
        Viseme::Nn => &[(JawOpen, 0.13), (MouthLowerDownLeft, 0.2), (MouthLowerDownRight, 0.2)],
        Viseme::RR => &[(MouthPucker, 0.4), (MouthFunnel, 0.3), (JawOpen, 0.13)],
        Viseme::Aa => &[(JawOpen, 0.55), (MouthLowerDownLeft, 0.12), (MouthLowerDownRight, 0.12)],
        Viseme::E => &[
            (JawOpen, 0.32),
            (MouthStretchLeft, 0.3),
            (MouthStretchRight, 0.3),
            (MouthDimpleLeft, 0.22),
            (MouthDimpleRight, 0.22),
        ],
        Viseme::Ih => &[
            (JawOpen, 0.16),
            (MouthStretchLeft, 0.4),
            (MouthStretchRight, 0.4),
            (MouthSmileLeft, 0.25),
            (MouthSmileRight, 0.25),
            (MouthUpperUpLeft, 0.15),
            (MouthUpperUpRight, 0.15),
            (MouthLowerDownLeft, 0.15),
            (MouthLowerDownRight, 0.15),
        ],
        Viseme::Oh => &[(MouthFunnel, 0.6), (MouthPucker, 0.4), (JawOpen, 0.38)],
        Viseme::Ou => &[(MouthPucker, 0.8), (MouthFunnel, 0.45), (JawOpen, 0.1)],
    }
}

/// How far a viseme at full strength opens the jaw, a weight of `jawOpen`.
pub const fn viseme_jaw(viseme: Viseme) -> f32 {
    let recipe = recipe(viseme);
    let mut index = 0;
    while index < recipe.len() {
        if let (JawOpen, weight) = recipe[index] {
            return weight;
        }
        index += 1;
    }
    0.0
}

/// How far the jaw opens for a viseme where nothing else moves, of its full angle.
pub(super) const fn jaw_share(viseme: Viseme) -> f32 {
    match viseme {
        Viseme::Sil | Viseme::PP => 0.0,
        Viseme::FF => 0.08,
        Viseme::SS => 0.12,
        Viseme::CH | Viseme::TH | Viseme::Nn => 0.25,
        Viseme::DD | Viseme::RR => 0.3,
        Viseme::Kk | Viseme::Ih | Viseme::Ou => 0.35,
        Viseme::E => 0.6,
        Viseme::Oh => 0.7,
        Viseme::Aa => 1.0,
    }
}

/// A viseme as a mix of five vowels, by their place in a convention: aa, ih, ou, ee, oh.
pub(super) const fn vowel_recipe(viseme: Viseme) -> &'static [(usize, f32)] {
    match viseme {
        Viseme::Sil | Viseme::PP => &[],
        Viseme::FF => &[(1, 0.2)],
        Viseme::TH => &[(1, 0.3)],
        Viseme::DD => &[(1, 0.5)],
        Viseme::Kk => &[(0, 0.3)],
        Viseme::CH => &[(2, 0.5)],
        Viseme::SS | Viseme::Nn => &[(1, 0.4)],
        Viseme::RR => &[(2, 0.4)],
        Viseme::Aa => &[(0, 1.0)],
        Viseme::E => &[(3, 1.0)],
        Viseme::Ih => &[(1, 1.0)],
        Viseme::Oh => &[(4, 1.0)],
        Viseme::Ou => &[(2, 1.0)],
    }
}

/// What takes the place of a missing channel in a recipe: the tongue is seen through an opening.
pub(super) const SUBSTITUTES: &[(Channel, Channel, f32)] = &[(TongueOut, JawOpen, 0.2)];
