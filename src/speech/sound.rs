//! Mono sound in memory: levels, silences, cutting, joining.
//!
//! It knows no file format and no device.

use std::ops::Range;

use crate::time::Time;

/// Mono samples, −1..=1.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sound {
    /// The samples.
    pub samples: Vec<f32>,
    /// Samples a second.
    pub rate: u32,
}

/// Loudness of digital silence, decibels.
pub(super) const FLOOR_DB: f32 = -90.0;
const FRAME: Time = Time::from_millis(10);
/// Below the loudest frame by this much counts as silence.
const SILENCE_BELOW_DB: f32 = 38.0;
/// What speech is brought to: about −19 LUFS for one voice.
const TARGET_RMS_DB: f32 = -17.5;
/// −3 dBFS.
const PEAK: f32 = 0.708;
/// From here on the limiter bends.
const KNEE: f32 = 0.45;

impl Sound {
    /// Silence.
    pub fn silence(length: Time, rate: u32) -> Self {
        Self { samples: vec![0.0; length.to_samples(rate) as usize], rate }
    }

    /// How long it sounds.
    pub fn duration(&self) -> Time {
        Time::from_samples(self.samples.len() as u64, self.rate)
    }

    /// The RMS level of every 10 ms, decibels relative to full scale, at least −90.
    pub fn loudness_db(&self) -> Vec<f32> {
        let steps = (self.duration().as_nanos() + FRAME.as_nanos() - 1) / FRAME.as_nanos().max(1);
        (0..steps as usize).map(|step| rms_db(self.span(frame_time(step)..frame_time(step + 1)))).collect()
    }

    /// The samples in a range, as far as there are any. Times are rounded to samples one by one, so steps do not drift.
    pub(super) fn span(&self, range: Range<Time>) -> &[f32] {
        let end = (range.end.to_samples(self.rate) as usize).min(self.samples.len());
        let start = (range.start.to_samples(self.rate) as usize).min(end);
        self.samples.get(start..end).unwrap_or_default()
    }

    /// From the first to the last sound that is not silence; empty at zero where there is none.
    pub fn audible_range(&self) -> Range<Time> {
        let loudness = self.loudness_db();
        let threshold = silence_threshold(&loudness);
        let first = loudness.iter().position(|&db| db > threshold);
        let last = loudness.iter().rposition(|&db| db > threshold);
        match (first, last) {
            (Some(first), Some(last)) => frame_time(first)..frame_time(last + 1).min(self.duration()),
            _ => Time::ZERO..Time::ZERO,
        }
    }

    /// The silences of at least `shortest` between the first and the last sound.
    pub fn inner_silences(&self, shortest: Time) -> Vec<Range<Time>> {
        let loudness = self.loudness_db();
        let threshold = silence_threshold(&loudness);
        let mut silences = Vec::new();
        let mut last_sound: Option<usize> = None;
        for (index, _) in loudness.iter().enumerate().filter(|(_, db)| **db > threshold) {
            if let Some(last) = last_sound {
                let silence = frame_time(last + 1)..frame_time(index);
                if silence.end - silence.start >= shortest {
                    silences.push(silence);
                }
            }
            last_sound = Some(index);
        }
        silences
    }

    /// The part in `range`, with 3 ms faded in and out so that the cut does not click.
    pub fn cut(&self, range: Range<Time>) -> Self {
        let mut samples = self.span(range).to_vec();
        let fade = (self.rate as usize * 3 / 1000).min(samples.len() / 2);
        let ramp = |index: usize| index as f32 / fade as f32;
        for (index, sample) in samples.iter_mut().take(fade).enumerate() {
            *sample *= ramp(index);
        }
        for (index, sample) in samples.iter_mut().rev().take(fade).enumerate() {
            *sample *= ramp(index);
        }
        Self { samples, rate: self.rate }
    }

    /// Makes a range louder or quieter by decibels (silent at −90), with 15 ms of change inside its ends; no peak over
    /// −3 dBFS where it is louder.
    pub fn amplify(&mut self, range: Range<Time>, decibels: f32) {
        let gain = if decibels <= FLOOR_DB { 0.0 } else { libm::powf(10.0, decibels / 20.0) };
        let end = (range.end.to_samples(self.rate) as usize).min(self.samples.len());
        let start = (range.start.to_samples(self.rate) as usize).min(end);
        let length = end - start;
        let ramp = (self.rate as usize * 15 / 1000).clamp(1, length.max(2) / 2);
        for (index, sample) in self.samples.iter_mut().skip(start).take(length).enumerate() {
            let inside = (index + 1).min(length - index) as f32 / ramp as f32;
            let louder = *sample * (1.0 + (gain - 1.0) * inside.min(1.0));
            *sample = if gain > 1.0 { limited(louder) } else { louder };
        }
    }

    /// Adds `other` (of the same rate) from `start` on; the sound grows as needed.
    pub fn mix_in(&mut self, other: &Self, start: Time) {
        let start = start.to_samples(self.rate) as usize;
        let end = start.saturating_add(other.samples.len());
        if self.samples.len() < end {
            self.samples.resize(end, 0.0);
        }
        for (sample, added) in self.samples.iter_mut().skip(start).zip(&other.samples) {
            *sample += added;
        }
    }

    /// The same sound at another rate, by a windowed sinc of 32 zero crossings.
    pub fn resampled(&self, rate: u32) -> Self {
        if rate == self.rate || self.rate == 0 || rate == 0 {
            return Self { samples: self.samples.clone(), rate };
        }
        const REACH: f64 = 16.0;
        let step = f64::from(self.rate) / f64::from(rate);
        // Going down, the filter must also remove what the lower rate cannot hold.
        let cutoff = (1.0 / step).min(1.0);
        let reach = REACH / cutoff;
        let count = (self.samples.len() as f64 / step) as usize;
        let sample_at = |index: usize| {
            let centre = index as f64 * step;
            let first = (centre - reach).ceil().max(0.0) as usize;
            let last = ((centre + reach).floor().max(0.0) as usize + 1).min(self.samples.len());
            let taps = self.samples.get(first..last).unwrap_or_default();
            let sum: f64 = taps
                .iter()
                .enumerate()
                .map(|(tap, &sample)| {
                    f64::from(sample) * kernel((first + tap) as f64 - centre, cutoff, reach)
                })
                .sum();
            sum as f32
        };
        Self { samples: (0..count).map(sample_at).collect(), rate }
    }

    /// Speech at an even level: the audible part at −17.5 dBFS RMS, no peak over −3 dBFS.
    pub fn levelled(mut self) -> Self {
        let loudness = self.loudness_db();
        let threshold = silence_threshold(&loudness);
        let powers: Vec<f64> = loudness
            .iter()
            .filter(|&&db| db > threshold)
            .map(|&db| libm::pow(10.0, f64::from(db) / 10.0))
            .collect();
        if powers.is_empty() {
            return self;
        }
        let mean = powers.iter().sum::<f64>() / powers.len() as f64;
        let gain = libm::pow(10.0, f64::from(TARGET_RMS_DB) / 20.0) / mean.sqrt();
        for sample in &mut self.samples {
            *sample = limited(*sample * gain as f32);
        }
        self
    }
}

/// Straight up to the knee, then bent towards the peak.
fn limited(sample: f32) -> f32 {
    let size = sample.abs();
    if size <= KNEE {
        return sample;
    }
    let room = PEAK - KNEE;
    (KNEE + room * libm::tanhf((size - KNEE) / room)).copysign(sample)
}

/// A sinc low-pass at `cutoff` (1 is the Nyquist frequency) under a Hann window of half width `reach`.
fn kernel(x: f64, cutoff: f64, reach: f64) -> f64 {
    use std::f64::consts::PI;
    let sinc = if x.abs() < 1e-9 { cutoff } else { libm::sin(PI * x * cutoff) / (PI * x) };
    sinc * (0.5 + 0.5 * libm::cos(PI * x / reach))
}

fn rms_db(samples: &[f32]) -> f32 {
    let power = samples.iter().map(|s| s * s).sum::<f32>() / samples.len().max(1) as f32;
    (10.0 * libm::log10f(power.max(1e-12))).max(FLOOR_DB)
}

fn silence_threshold(loudness: &[f32]) -> f32 {
    let loudest = loudness.iter().copied().fold(FLOOR_DB, f32::max);
    (loudest - SILENCE_BELOW_DB).max(FLOOR_DB + 10.0)
}

fn frame_time(index: usize) -> Time {
    Time::from_millis(index as i64 * 10)
}
