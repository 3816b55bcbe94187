//! How probable a phone is after two others.
//!
//! The probabilities come with the acoustic models; nothing is learnt here.

use super::costs::COUNT;
use crate::speech::acoustic;

/// Probabilities of phones, a row for every two before it.
#[derive(Debug, Clone)]
pub(super) struct Trigram {
    rows: Vec<[f32; COUNT]>,
}

impl Trigram {
    /// Of English speech.
    pub(super) fn english() -> Self {
        Self::of(acoustic::trigram)
    }

    /// From log probabilities of a phone after two; each row is made to add up to one.
    pub(super) fn of(log_probability: impl Fn(usize, usize, usize) -> f32) -> Self {
        let row = |pair: usize| {
            let mut row: [f32; COUNT] =
                std::array::from_fn(|next| libm::expf(log_probability(pair / COUNT, pair % COUNT, next)));
            let sum = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            row.iter_mut().for_each(|probability| *probability /= sum);
            row
        };
        Self { rows: (0..COUNT * COUNT).map(row).collect() }
    }

    /// What follows `before` and each phone after it.
    pub(super) fn after(&self, before: usize) -> &[[f32; COUNT]] {
        self.rows.get(before * COUNT..(before + 1) * COUNT).unwrap_or_default()
    }
}
