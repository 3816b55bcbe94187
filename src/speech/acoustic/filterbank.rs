//! Power spectra into logarithms of mel bands, and those into cepstra.

use std::f64::consts::PI;

use super::RATE;
use super::fft::{BINS, SIZE};

/// Bands the network sees.
pub(super) const MELS: usize = 40;
/// Cepstral coefficients the mixtures see, before their slopes.
pub(super) const CEPSTRA: usize = 13;
const CEPSTRAL_BANDS: usize = 26;
/// Added to each band's power: about the noise of 16-bit samples.
const FLOOR: f32 = 1e-7;

/// Overlapping triangles, evenly spaced in mel.
struct Bank {
    /// First bin and weights of each band.
    bands: Vec<(usize, Vec<f32>)>,
}

impl Bank {
    fn new(count: usize, low_hz: f64, high_hz: f64) -> Self {
        let mel = |hz: f64| 1127.0 * libm::log(1.0 + hz / 700.0);
        let hz = |mel: f64| 700.0 * (libm::exp(mel / 1127.0) - 1.0);
        let (low, high) = (mel(low_hz), mel(high_hz));
        let edge =
            |i: usize| hz(low + (high - low) * i as f64 / (count + 1) as f64) * SIZE as f64 / f64::from(RATE);
        let band = |index: usize| {
            let (left, top, right) = (edge(index), edge(index + 1), edge(index + 2));
            let weight = |bin: usize| {
                let bin = bin as f64;
                ((bin - left) / (top - left)).min((right - bin) / (right - top)).max(0.0)
            };
            let first = (left.ceil() as usize).min(BINS);
            let last = (right.floor() as usize + 1).min(BINS);
            let weights: Vec<f64> = (first..last).map(weight).collect();
            let sum = weights.iter().sum::<f64>().max(1e-3);
            (first, weights.iter().map(|w| (w / sum) as f32).collect())
        };
        Self { bands: (0..count).map(band).collect() }
    }

    fn apply(&self, power: &[f32; BINS], logs: &mut [f32]) {
        for (log, (first, weights)) in logs.iter_mut().zip(&self.bands) {
            let bins = power.get(*first..).unwrap_or_default();
            let mean: f32 = bins.iter().zip(weights).map(|(p, w)| p * w).sum();
            *log = libm::logf(mean + FLOOR);
        }
    }
}

/// Both banks and the cosine transform.
pub(super) struct Filterbank {
    mels: Bank,
    cepstral: Bank,
    cosines: Vec<[f32; CEPSTRAL_BANDS]>,
}

impl Filterbank {
    pub(super) fn new() -> Self {
        let cosine = |order: usize, band: usize| {
            // The orthonormal type II transform.
            let scale = if order == 0 { 1.0 } else { 2.0 } / CEPSTRAL_BANDS as f64;
            let angle = PI * (order * (2 * band + 1)) as f64 / (2 * CEPSTRAL_BANDS) as f64;
            (scale.sqrt() * libm::cos(angle)) as f32
        };
        Self {
            mels: Bank::new(MELS, 60.0, 7600.0),
            cepstral: Bank::new(CEPSTRAL_BANDS, 100.0, 7000.0),
            cosines: (0..CEPSTRA).map(|order| std::array::from_fn(|band| cosine(order, band))).collect(),
        }
    }

    /// Natural logarithms of the mean power in 40 bands from 60 to 7600 Hz.
    pub(super) fn mels(&self, power: &[f32; BINS]) -> [f32; MELS] {
        let mut logs = [0.0; MELS];
        self.mels.apply(power, &mut logs);
        logs
    }

    /// 13 cepstral coefficients of 26 bands from 100 to 7000 Hz.
    pub(super) fn cepstra(&self, power: &[f32; BINS]) -> [f32; CEPSTRA] {
        let mut logs = [0.0; CEPSTRAL_BANDS];
        self.cepstral.apply(power, &mut logs);
        let mut cepstra = [0.0; CEPSTRA];
        for (value, cosines) in cepstra.iter_mut().zip(&self.cosines) {
            *value = logs.iter().zip(cosines).map(|(log, cosine)| log * cosine).sum();
        }
        cepstra
    }
}
