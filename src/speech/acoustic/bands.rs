//! Sound as people look at it: loudness by frequency every 10 ms.
//!
//! Even steps of frequency up to 8 kHz; what the models hear is not this.

use super::fft::BINS;
use super::resampler::Resampler;
use super::spectrum::Spectra;

/// Bands of 125 Hz.
pub const BANDS: usize = 64;
const BINS_A_BAND: usize = (BINS - 1) / BANDS;

/// Decibels of each band, at least zero, on a scale on which quiet rooms lie about 20 and loud speech about 90.
pub type Levels = [u8; BANDS];

/// Cuts mono sound that comes in pieces.
pub struct Bands {
    resampler: Option<Resampler>,
    spectra: Spectra,
}

impl Bands {
    /// For sound of `rate` samples a second.
    pub fn new(rate: u32) -> Self {
        Self { resampler: Resampler::new(rate), spectra: Spectra::new() }
    }

    /// Takes samples (−1..=1) and gives the frames that are complete, in order.
    pub fn push(&mut self, samples: &[f32], mut each: impl FnMut(Levels)) {
        let mut each = |power: &[f32; BINS]| each(levels(power));
        match &mut self.resampler {
            Some(resampler) => {
                let mut resampled = Vec::new();
                resampler.push(samples, &mut resampled);
                self.spectra.push(&resampled, &mut each);
            }
            None => self.spectra.push(samples, &mut each),
        }
    }
}

fn levels(power: &[f32; BINS]) -> Levels {
    let mut levels = [0; BANDS];
    for (level, bins) in levels.iter_mut().zip(power.chunks(BINS_A_BAND)) {
        let sum: f32 = bins.iter().sum();
        *level = (10.0 * libm::log10f(sum.max(1e-9)) + 60.0).clamp(0.0, 255.0) as u8;
    }
    levels
}
