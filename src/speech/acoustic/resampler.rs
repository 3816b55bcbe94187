//! Sound of any rate, arriving in pieces, at the rate of the models: windowed sincs from a table.
//!
//! It is heard by models, not by people: the filter is short, and it looks ahead by a millisecond.

use std::f64::consts::PI;

use super::RATE;

/// Zero crossings on each side, of the lower of both rates.
const CROSSINGS: f64 = 16.0;
/// Positions between two samples; rates that would need more use the nearest.
const MOST_PHASES: usize = 640;
/// Rates beyond these are taken for these.
const LOWEST: u32 = 1_000;
const HIGHEST: u32 = 1_536_000;

/// From one rate to [`RATE`].
pub(super) struct Resampler {
    from: u64,
    phases: usize,
    taps: usize,
    /// The taps of each phase, one after another.
    table: Vec<f32>,
    pending: Vec<f32>,
    /// Input position of the first of `pending`, counted from the start of what is imagined before the sound.
    first: u64,
    pushed: u64,
    made: u64,
}

impl Resampler {
    /// `None` where there is nothing to do.
    pub(super) fn new(from: u32) -> Option<Self> {
        if from == RATE {
            return None;
        }
        let from = from.clamp(LOWEST, HIGHEST);
        let phases = (RATE / common_divisor(from, RATE)) as usize;
        let phases = if phases > MOST_PHASES { 512 } else { phases };
        // Relative to the input's rate: going down, the filter must remove what the models' rate cannot hold.
        let cutoff = (f64::from(RATE) / f64::from(from)).min(1.0);
        let reach = CROSSINGS / cutoff;
        let half = reach.ceil() as usize;
        let taps = 2 * half;
        let mut table = Vec::with_capacity(phases * taps);
        for phase in 0..phases {
            let fraction = phase as f64 / phases as f64;
            let weight = |tap: usize| weight(tap as f64 + 1.0 - half as f64 - fraction, cutoff, reach);
            let weights: Vec<f64> = (0..taps).map(weight).collect();
            let sum = weights.iter().sum::<f64>();
            table.extend(weights.iter().map(|w| (w / sum) as f32));
        }
        let pending = vec![0.0; half - 1];
        Some(Self { from: u64::from(from), phases, taps, table, pending, first: 0, pushed: 0, made: 0 })
    }

    /// Takes samples, appends those at the models' rate.
    pub(super) fn push(&mut self, samples: &[f32], results: &mut Vec<f32>) {
        self.pushed += samples.len() as u64;
        self.pending.extend_from_slice(samples);
        self.give(u64::MAX, results);
    }

    /// Appends what remains, as if silence followed.
    pub(super) fn finish(&mut self, results: &mut Vec<f32>) {
        self.pending.resize(self.pending.len() + self.taps, 0.0);
        self.give(self.pushed * u64::from(RATE) / self.from, results);
    }

    fn give(&mut self, most: u64, results: &mut Vec<f32>) {
        let rate = u64::from(RATE);
        while self.made < most {
            // Where the result stands in the input, in steps of a phase, rounded.
            let steps = (self.made * self.from * self.phases as u64 + rate / 2) / rate;
            let (position, phase) = (steps / self.phases as u64, (steps % self.phases as u64) as usize);
            let start = (position - self.first) as usize;
            let Some(samples) = self.pending.get(start..start + self.taps) else { break };
            let taps = self.table.get(phase * self.taps..(phase + 1) * self.taps).unwrap_or_default();
            results.push(dot(samples, taps));
            self.made += 1;
        }
        let next = (self.made * self.from / rate).saturating_sub(self.first) as usize;
        let old = next.min(self.pending.len());
        self.pending.drain(..old);
        self.first += old as u64;
    }
}

/// A sum in eight lanes.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0; 8];
    for (a, b) in a.iter().zip(b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f32>() + a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum::<f32>()
}

/// A sinc under a Hann window.
fn weight(x: f64, cutoff: f64, reach: f64) -> f64 {
    if x.abs() >= reach {
        return 0.0;
    }
    let sinc = if x.abs() < 1e-9 { cutoff } else { libm::sin(PI * x * cutoff) / (PI * x) };
    sinc * (0.5 + 0.5 * libm::cos(PI * x / reach))
}

fn common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_stays_a_tone_in_its_place() {
        for from in [8_000, 11_127, 22_050, 44_100, 48_000, 192_000] {
            let tone = |rate: u32, i: usize| libm::sin(2.0 * PI * 700.0 * i as f64 / f64::from(rate));
            let samples: Vec<f32> = (0..from as usize).map(|i| tone(from, i) as f32).collect();
            let mut resampler = Resampler::new(from).unwrap();
            let mut results = Vec::new();
            for piece in samples.chunks(333) {
                resampler.push(piece, &mut results);
            }
            resampler.finish(&mut results);
            assert_eq!(results.len(), 16_000, "{from}");
            let error = |(i, value): (usize, &f32)| (f64::from(*value) - tone(RATE, i)).abs();
            let worst = results.iter().enumerate().skip(500).take(15_000).map(error).fold(0.0, f64::max);
            assert!(worst < 0.01, "{from}: {worst}");
        }
    }

    #[test]
    fn what_the_models_cannot_hear_is_removed() {
        let from = 48_000;
        let samples: Vec<f32> =
            (0..from).map(|i| libm::sin(2.0 * PI * 11_000.0 * i as f64 / from as f64) as f32).collect();
        let mut results = Vec::new();
        Resampler::new(from).unwrap().push(&samples, &mut results);
        assert!(results.iter().skip(100).all(|v| v.abs() < 0.01));
    }

    #[test]
    fn absurd_rates_end() {
        for from in [0, 1, 999, u32::MAX] {
            let mut results = Vec::new();
            let mut resampler = Resampler::new(from).unwrap();
            resampler.push(&[0.5; 1000], &mut results);
            resampler.finish(&mut results);
            assert!(results.len() <= 17_000);
        }
        assert!(Resampler::new(RATE).is_none());
    }
}
