//! Other tools' mouth shapes ⇄ the 15 visemes.

use crate::vocabulary::Viseme;
use crate::vocabulary::Viseme::{Aa, CH, DD, E, FF, Ih, Kk, Nn, Oh, Ou, PP, RR, SS, Sil, TH};

/// Azure's viseme ids 0..=21.
const AZURE: [Viseme; 22] =
    [Sil, Aa, Aa, Oh, E, RR, Ih, Ou, Oh, Aa, Oh, Aa, Kk, RR, Nn, SS, CH, TH, FF, DD, Kk, PP];

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
