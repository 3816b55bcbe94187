//! A word's pronunciations in any language as the acoustic models know phones.
//!
//! One phone of the language may be two of the models' and the other way round is not possible; the way back is kept.

use crate::speech::acoustic::nearest;
use crate::speech::utterance::RawPhone;

/// More pronunciations of a word are not tried.
const MOST_VARIANTS: usize = 8;

/// A word with what can be said of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Spoken {
    /// Without those that have no sound; none where the word is mute.
    pub(super) variants: Vec<Variant>,
}

/// A pronunciation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Variant {
    /// As it was given.
    pub(super) phones: Vec<RawPhone>,
    /// The models' phones, never empty, and for each the place in `phones` that it comes from.
    pub(super) numbers: Vec<(u8, usize)>,
}

impl Spoken {
    /// Of the given pronunciations.
    pub(super) fn new(variants: &[Vec<RawPhone>]) -> Self {
        let one = |phones: &Vec<RawPhone>| Variant {
            phones: phones.clone(),
            numbers: phones
                .iter()
                .enumerate()
                .flat_map(|(place, phone)| nearest(&phone.ipa).into_iter().map(move |n| (n as u8, place)))
                .collect(),
        };
        let mut kept: Vec<Variant> = Vec::new();
        for variant in variants.iter().map(one) {
            let same = |other: &Variant| other.numbers == variant.numbers;
            if !variant.numbers.is_empty() && !kept.iter().any(same) && kept.len() < MOST_VARIANTS {
                kept.push(variant);
            }
        }
        Self { variants: kept }
    }

    /// The models' phones of each pronunciation.
    pub(super) fn numbers(&self) -> Vec<Vec<u8>> {
        let one = |variant: &Variant| variant.numbers.iter().map(|(number, _)| *number).collect();
        self.variants.iter().map(one).collect()
    }

    /// Whether nothing of it can be said.
    pub(super) fn is_mute(&self) -> bool {
        self.variants.is_empty()
    }
}
