//! What it costs that a phone lasts as long as it does.
//!
//! Lengths are taken to be log-normal; their means and spreads come with the acoustic models.

use super::costs::{COUNT, NAT, SILENCE};
use crate::speech::acoustic;

/// How much lengths count beside what is heard.
const WEIGHT: f32 = 1.0;
/// Longer phones cost as much as this many frames.
const LONGEST: usize = 64;
/// No length is worse than this.
const WORST: f32 = 12.0;
/// People spread further than the synthesisers that the models were trained on.
const SPREAD: f32 = 1.3;

/// Prices by phone and frames, in tenths of a nat.
#[derive(Debug, Clone)]
pub(super) struct Lengths {
    prices: Vec<[u8; LONGEST]>,
}

impl Lengths {
    /// Of English speech; silence may last as long as it likes.
    pub(super) fn english() -> Self {
        let mut prices = vec![[0; LONGEST]; COUNT];
        for (phone, row) in prices.iter_mut().enumerate().filter(|(phone, _)| *phone != usize::from(SILENCE))
        {
            let (mean, spread) = acoustic::typical_frames(phone);
            for (frames, price) in row.iter_mut().enumerate() {
                let off = (libm::logf(frames.max(1) as f32) - mean) / (spread * SPREAD).max(0.05);
                let nats = (WEIGHT * 0.5 * off * off).min(WORST);
                *price = (nats * NAT as f32 + 0.5) as u8;
            }
        }
        Self { prices }
    }

    /// The price of `frames` frames of `phone`.
    pub(super) fn price(&self, phone: u8, frames: u32) -> i32 {
        let row = self.prices.get(usize::from(phone));
        let price = row.and_then(|row| row.get((frames as usize).min(LONGEST - 1)));
        price.map_or(0, |price| i32::from(*price))
    }
}
