//! Mono sound in memory: levels, silences, trimming.
//!
//! It knows no file format and no device.

use crate::time::Time;

/// Mono samples, −1..=1.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sound {
    /// The samples.
    pub samples: Vec<f32>,
    /// Samples a second.
    pub rate: u32,
}

impl Sound {
    /// Silence.
    pub fn silence(length: Time, rate: u32) -> Self {
        Self { samples: vec![0.0; length.to_samples(rate) as usize], rate }
    }

    /// How long it sounds.
    pub fn duration(&self) -> Time {
        Time::from_samples(self.samples.len() as u64, self.rate)
    }
}
