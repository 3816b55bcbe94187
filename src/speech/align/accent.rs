//! What a frame costs in the phones of a text where speakers have their own ways with vowels and voicing.
//!
//! A dictionary says one vowel where people say another, draw it out until it changes, or whisper a voiced consonant. The order of
//! sounds tells enough of where words are, so a phone never costs much more than its nearest relative. Where nothing says what is spoken
//! this is of no use.

use std::sync::LazyLock;

use super::costs::NAT;
use crate::speech::acoustic::{self, STATES};

/// Vowels, all of which may stand for one another.
const VOWELS: &[&str] =
    &["AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"];
/// Consonants that differ in voicing alone.
const PAIRS: &[[&str; 2]] =
    &[["B", "P"], ["D", "T"], ["G", "K"], ["V", "F"], ["Z", "S"], ["ZH", "SH"], ["DH", "TH"], ["JH", "CH"]];
/// How much more a phone costs at most than its cheapest relative: two nats a frame.
const MORE: u8 = (2 * NAT) as u8;

/// The first states of the phones that are related, family by family.
static FAMILIES: LazyLock<Vec<Vec<usize>>> = LazyLock::new(|| {
    let families = std::iter::once(VOWELS).chain(PAIRS.iter().map(<[&str; 2]>::as_slice));
    families
        .map(|names| {
            names.iter().filter_map(|name| Some(acoustic::phone_named(name)? * acoustic::PARTS)).collect()
        })
        .collect()
});

/// The costs of a frame with relatives in one another's place.
pub(super) fn forgiving(row: &[u8; STATES]) -> [u8; STATES] {
    let mut costs = *row;
    for family in FAMILIES.iter() {
        for part in 0..acoustic::PARTS {
            let of = |first: &usize| row.get(first + part).copied().unwrap_or(u8::MAX);
            let most = family.iter().map(of).min().unwrap_or(u8::MAX).saturating_add(MORE);
            for first in family {
                if let Some(cost) = costs.get_mut(first + part) {
                    *cost = (*cost).min(most);
                }
            }
        }
    }
    costs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_makes_a_phone_affordable() {
        let mut row = [u8::MAX; STATES];
        let state = |name: &str, part: usize| acoustic::phone_named(name).unwrap() * acoustic::PARTS + part;
        row[state("EH", 1)] = 0;
        row[state("S", 0)] = 7;
        let costs = forgiving(&row);
        assert_eq!(costs[state("AE", 1)], MORE);
        assert_eq!(costs[state("EH", 1)], 0);
        assert_eq!(costs[state("Z", 0)], 7 + MORE);
        for far in [state("AE", 0), state("M", 1), state("T", 0), 1] {
            assert_eq!(costs[far], u8::MAX);
        }
        assert!(
            FAMILIES.iter().zip([15, 2, 2, 2, 2, 2, 2, 2, 2]).all(|(family, count)| family.len() == count)
        );
    }
}
