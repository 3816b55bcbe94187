//! Other tools' mouth shapes ⇄ the 15 visemes.

use super::shapes::Sound;
use crate::vocabulary::Viseme;
use crate::vocabulary::Viseme::{Aa, CH, DD, E, FF, Ih, Kk, Nn, Oh, Ou, PP, RR, SS, Sil, TH};

/// Azure's viseme ids 0..=21.
const AZURE: [Viseme; 22] =
    [Sil, Aa, Aa, Oh, E, RR, Ih, Ou, Oh, Aa, Oh, Aa, Kk, RR, Nn, SS, CH, TH, FF, DD, Kk, PP];

/// The Azure id that shows a viseme, in the visemes' own order.
const AZURE_OF: [u8; Viseme::COUNT] = [0, 21, 18, 17, 19, 20, 16, 15, 14, 13, 2, 4, 6, 8, 7];

/// The Azure id of a viseme.
pub(super) const fn azure_of(viseme: Viseme) -> u8 {
    AZURE_OF[viseme.index()]
}

/// By an Azure viseme id.
pub(super) fn azure(id: u64) -> Option<Viseme> {
    AZURE.get(usize::try_from(id).ok()?).copied()
}

/// By a Polly viseme; upper and lower case differ. Covers the English, Mandarin and Spanish tables.
pub(super) fn polly(name: &str) -> Option<Viseme> {
    Some(match name {
        "sil" => Sil,
        "p" => PP,
        "f" | "B" => FF,
        "T" => TH,
        "t" => DD,
        "k" => Kk,
        "S" | "J" => CH,
        "s" => SS,
        "l" => Nn,
        "r" => RR,
        "a" => Aa,
        "e" | "E" | "@" => E,
        "i" => Ih,
        "o" | "O" => Oh,
        "u" => Ou,
        _ => return None,
    })
}

/// The Polly viseme of a viseme, in the visemes' own order.
const POLLY_OF: [&str; Viseme::COUNT] =
    ["sil", "p", "f", "T", "t", "k", "S", "s", "l", "r", "a", "e", "i", "o", "u"];

/// The Polly viseme of a viseme.
pub(super) const fn polly_of(viseme: Viseme) -> &'static str {
    POLLY_OF[viseme.index()]
}

/// Moho's and Papagayo's mouths, after Preston Blair, and the visemes that they show.
const MOHO: &[(&str, Viseme)] = &[
    ("rest", Sil),
    ("MBP", PP),
    ("FV", FF),
    ("L", Nn),
    ("etc", SS),
    ("AI", Aa),
    ("E", E),
    ("O", Oh),
    ("U", Ou),
    ("WQ", Ou),
    ("closed", Sil),
];

/// By a mouth of Preston Blair's, in upper or lower case, or a Rhubarb letter where one stands for no such mouth.
pub(super) fn moho(name: &str) -> Option<Viseme> {
    let known = MOHO.iter().find(|(mouth, _)| mouth.eq_ignore_ascii_case(name));
    known.map(|(_, viseme)| *viseme).or_else(|| rhubarb(name))
}

/// The mouth of Preston Blair's that looks most like a shape.
pub(super) const fn moho_of(viseme: Viseme, sound: Sound) -> &'static str {
    match (viseme, sound) {
        (Sil, _) => "rest",
        (PP, _) => "MBP",
        (FF, _) => "FV",
        (Nn, Sound::Lateral | Sound::Unknown) => "L",
        (TH | DD | Kk | CH | SS | RR | Nn, _) => "etc",
        (Aa, _) => "AI",
        (E | Ih, _) => "E",
        (Oh, _) => "O",
        (Ou, Sound::Rounded) => "WQ",
        (Ou, _) => "U",
    }
}

/// By a Rhubarb shape: A pressed, B clenched, C open, D wide, E rounded, F puckered, G lip on teeth, H tongue up, X rest.
pub(super) fn rhubarb(shape: &str) -> Option<Viseme> {
    Some(match shape {
        "A" => PP,
        "B" => SS,
        "C" => E,
        "D" => Aa,
        "E" => Oh,
        "F" => Ou,
        "G" => FF,
        "H" => Nn,
        "X" => Sil,
        _ => return None,
    })
}

/// The Rhubarb shape that looks most like a viseme.
pub(super) const fn rhubarb_of(viseme: Viseme) -> char {
    match viseme {
        Sil => 'X',
        PP => 'A',
        FF => 'G',
        TH | DD | Kk | CH | SS | RR | Ih => 'B',
        Nn => 'H',
        E => 'C',
        Aa => 'D',
        Oh => 'E',
        Ou => 'F',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_viseme_comes_back() {
        for viseme in Viseme::ALL {
            assert_eq!(azure(azure_of(*viseme).into()), Some(*viseme), "{viseme}");
            assert_eq!(polly(polly_of(*viseme)), Some(*viseme), "{viseme}");
        }
        for (mouth, viseme) in MOHO.iter().filter(|(mouth, _)| !matches!(*mouth, "WQ" | "closed")) {
            assert_eq!(moho_of(*viseme, Sound::Unknown), *mouth);
        }
    }

    #[test]
    fn letters_of_both_conventions_are_told_apart_where_they_can() {
        assert_eq!((moho("mbp"), moho("D"), moho("X"), moho("Q")), (Some(PP), Some(Aa), Some(Sil), None));
    }
}
