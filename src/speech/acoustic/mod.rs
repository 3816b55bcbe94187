//! What sound says about phones: samples in, log scores of phone states every 10 ms out.
//!
//! Mel spectra and cepstra, Gaussian mixtures and a small convolutional network, all trained by `tools/acoustic` on
//! synthetic speech. It searches for nothing: no words, no paths, no times.

mod bands;
mod dense;
mod evidence;
mod exponential;
mod fft;
mod filterbank;
mod gaussians;
mod layer;
mod model;
mod normaliser;
mod phones;
mod reader;
mod resampler;
mod slopes;
mod spectrum;
mod stream;

pub use bands::{BANDS, Bands, Levels};
pub use evidence::{Blend, Evidence, Scores};
pub use model::{bigram, trigram, typical_frames};
pub use phones::{PHONES, SILENCE, ipa_of, nearest, phone_named, phone_of_state};
pub use stream::{Mode, Stream};

use crate::job::{Cancelled, Job};
use crate::time::Time;

/// Samples a second that the models hear.
pub const RATE: u32 = 16_000;
/// Frame `i` stands for the sound from `i` to `i + 1` times this; its window is centred in the middle.
pub const FRAME: Time = Time::from_millis(10);
/// Samples of a frame.
const HOP: usize = 160;
/// Parts of each phone: its beginning, middle and end.
pub const PARTS: usize = 3;
/// Scores of a frame: phone `p` in part `k` is state `p * PARTS + k`.
pub const STATES: usize = PHONES.len() * PARTS;

/// Scores for forced alignment of a whole recording, mono at [`RATE`]: one row for each whole frame.
///
/// # Errors
/// [`Cancelled`] when the job was cancelled.
pub fn scores(samples: &[f32], job: &Job<'_>) -> Result<Scores, Cancelled> {
    Ok(evidence(samples, RATE, job)?.scores(Blend::ALIGN))
}

/// Everything the models say about a whole recording, mono at `rate` samples a second. It takes 636 bytes a frame, so long
/// recordings are better given to a [`Stream`] piece by piece.
///
/// # Errors
/// [`Cancelled`] when the job was cancelled.
pub fn evidence(samples: &[f32], rate: u32, job: &Job<'_>) -> Result<Evidence, Cancelled> {
    let mut stream = Stream::new(Mode::Recording, rate);
    let mut found = Evidence::default();
    let piece = (rate as usize).saturating_mul(10).max(1);
    for (index, part) in samples.chunks(piece).enumerate() {
        job.report("listening", (index * piece) as u64, samples.len() as u64)?;
        stream.push(part, &mut found);
    }
    stream.finish(&mut found);
    Ok(found)
}

#[cfg(test)]
mod tests;
