//! Sound into power spectra: pre-emphasis, windows of 25 ms every 10 ms, Fourier transform.
//!
//! Frame `i` is centred at (i + ½) · 10 ms, so what is found in it stands in the middle of its 10 ms.

use std::f64::consts::PI;

use super::HOP;
use super::fft::{BINS, Fft, SIZE};

/// Samples of a window: 25 ms.
const WINDOW: usize = 400;
/// Samples a window reaches before and after its frame.
const MARGIN: usize = (WINDOW - HOP) / 2;
/// Each sample loses this much of the one before.
const PRE_EMPHASIS: f32 = 0.97;

/// Cuts sound that arrives in pieces.
pub(super) struct Spectra {
    pending: Vec<f32>,
    last: f32,
    pushed: usize,
    made: usize,
    window: Vec<f32>,
    fft: Fft,
}

impl Spectra {
    pub(super) fn new() -> Self {
        // Hamming, periodic in WINDOW - 1.
        let weight = |i: usize| 0.54 - 0.46 * libm::cos(2.0 * PI * i as f64 / (WINDOW - 1) as f64);
        Self {
            pending: vec![0.0; MARGIN],
            last: 0.0,
            pushed: 0,
            made: 0,
            window: (0..WINDOW).map(|i| weight(i) as f32).collect(),
            fft: Fft::new(),
        }
    }

    /// Takes samples and gives the spectra of all frames whose windows are complete.
    pub(super) fn push(&mut self, samples: &[f32], each: &mut impl FnMut(&[f32; BINS])) {
        self.pushed += samples.len();
        self.take(samples);
        self.give(usize::MAX, each);
    }

    /// Gives the remaining whole frames, as if silence followed.
    pub(super) fn finish(&mut self, each: &mut impl FnMut(&[f32; BINS])) {
        self.take(&[0.0; MARGIN]);
        self.give(self.pushed / HOP, each);
    }

    fn take(&mut self, samples: &[f32]) {
        self.pending.reserve(samples.len());
        for &sample in samples {
            // What is no number would spoil every statistic after it.
            let sample = if sample.is_finite() { sample.clamp(-4.0, 4.0) } else { 0.0 };
            self.pending.push(sample - PRE_EMPHASIS * self.last);
            self.last = sample;
        }
    }

    fn give(&mut self, most: usize, each: &mut impl FnMut(&[f32; BINS])) {
        let mut start = 0;
        let (mut frame, mut power) = ([0.0; SIZE], [0.0; BINS]);
        while let Some(samples) = self.pending.get(start..start + WINDOW)
            && self.made < most
        {
            for ((value, sample), weight) in frame.iter_mut().zip(samples).zip(&self.window) {
                *value = sample * weight;
            }
            self.fft.power(&frame, &mut power);
            each(&power);
            self.made += 1;
            start += HOP;
        }
        self.pending.drain(..start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_click_is_loudest_in_its_frame() {
        for at in [85, 700, 1599] {
            let mut samples = vec![0.0; 1600];
            samples[at] = 1.0;
            let mut levels = Vec::new();
            let mut spectra = Spectra::new();
            let mut each = |power: &[f32; BINS]| levels.push(power.iter().sum::<f32>());
            for piece in samples.chunks(37) {
                spectra.push(piece, &mut each);
            }
            spectra.finish(&mut each);
            assert_eq!(levels.len(), 10);
            let loudest = levels.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap().0;
            assert_eq!(loudest, at / HOP);
        }
    }
}
