//! What it costs that one phone follows another.
//!
//! The probabilities come with the acoustic models; nothing is learnt here.

use super::costs::{COUNT, NAT};
use crate::speech::acoustic;

/// Prices of phones after one another, in tenths of a nat.
#[derive(Debug, Clone)]
pub(super) struct Bigram {
    rows: Vec<[u8; COUNT]>,
}

impl Bigram {
    /// Of English speech.
    pub(super) fn english() -> Self {
        Self::of(acoustic::bigram)
    }

    /// From log probabilities of a phone and the next.
    pub(super) fn of(log_probability: impl Fn(usize, usize) -> f32) -> Self {
        let mut rows = vec![[u8::MAX; COUNT]; COUNT];
        for (phone, row) in rows.iter_mut().enumerate() {
            for (next, price) in row.iter_mut().enumerate() {
                *price = (-log_probability(phone, next) * NAT as f32 + 0.5) as u8;
            }
        }
        Self { rows }
    }

    /// The prices of what follows, for each phone before it.
    pub(super) fn rows(&self) -> &[[u8; COUNT]] {
        &self.rows
    }
}
