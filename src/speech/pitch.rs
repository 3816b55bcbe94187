//! Pitch: the autocorrelation of a frame divided by that of its window, and the likeliest path through its peaks.
//!
//! P. Boersma, "Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise ratio of a sampled
//! sound", Proceedings of the Institute of Phonetic Sciences Amsterdam 17, 1993, with its costs. It hears one voice.

use std::f32::consts::TAU;

use super::prosody::HOP;
use super::sound::Sound;
use crate::time::Time;

/// Pitch is looked for in this range, Hz.
const LOWEST: f32 = 60.0;
const HIGHEST: f32 = 500.0;
/// Samples are averaged down to about this rate first.
const RATE: u32 = 8_000;
/// A frame holds so many periods of the lowest pitch.
const PERIODS: f32 = 3.0;
/// From this correlation on a frame counts as voiced.
const VOICED: f32 = 0.45;
/// Frames below this share of the loud ones' amplitude lean to voiceless.
const SILENCE: f32 = 0.03;
/// What an octave costs: higher candidates win where two are equally clear.
const OCTAVE: f32 = 0.01;
/// What a jump by an octave costs from one frame to the next, and a change of voicing.
const JUMP: f32 = 0.35;
const CHANGE: f32 = 0.14;
/// Frames quieter than this have no pitch, decibels.
const QUIET_DB: f32 = -55.0;
/// So many frames are searched at a time, and so many candidates in each.
const LONGEST_RUN: usize = 6000;
const CANDIDATES: usize = 7;

/// What a frame may be.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    /// Zero where voiceless.
    hertz: f32,
    strength: f32,
    /// The best candidate before it.
    from: usize,
}

/// The pitch at every 10 ms step of a sound, Hz, 0 where voiceless; `loudness_db` has a value for each.
pub(super) fn track(sound: &Sound, loudness_db: &[f32]) -> Vec<f32> {
    let frame = Frame::new(sound);
    let mut sorted: Vec<f32> = loudness_db.iter().copied().filter(|db| *db >= QUIET_DB).collect();
    sorted.sort_by(f32::total_cmp);
    let loud = sorted.get(sorted.len() * 19 / 20).copied().unwrap_or_default();
    let mut pitch = Vec::with_capacity(loudness_db.len());
    let mut step = 0;
    while let Some(&here) = loudness_db.get(step) {
        if here < QUIET_DB {
            pitch.push(0.0);
            step += 1;
            continue;
        }
        let run = loudness_db.iter().skip(step).take_while(|db| **db >= QUIET_DB).take(LONGEST_RUN).count();
        let frames = (step..step + run).map(|step| {
            let below = loudness_db.get(step).copied().unwrap_or_default() - loud;
            frame.candidates(sound, step, libm::powf(10.0, below / 20.0))
        });
        pitch.append(&mut likeliest(frames));
        step += run;
    }
    pitch
}

/// The path of the greatest sum of strengths less costs.
fn likeliest(frames: impl Iterator<Item = Vec<Candidate>>) -> Vec<f32> {
    let mut path: Vec<Vec<Candidate>> = Vec::new();
    for mut candidates in frames {
        if let Some(before) = path.last() {
            for candidate in &mut candidates {
                let reached = before.iter().enumerate().map(|(index, from)| {
                    let cost = match (from.hertz > 0.0, candidate.hertz > 0.0) {
                        (true, true) => JUMP * libm::log2f(candidate.hertz / from.hertz).abs(),
                        (false, false) => 0.0,
                        _ => CHANGE,
                    };
                    (index, from.strength - cost)
                });
                if let Some((index, sum)) = reached.max_by(|a, b| a.1.total_cmp(&b.1)) {
                    candidate.from = index;
                    candidate.strength += sum;
                }
            }
        }
        path.push(candidates);
    }
    let last = path.last().and_then(|last| {
        last.iter().enumerate().max_by(|a, b| a.1.strength.total_cmp(&b.1.strength)).map(|(index, _)| index)
    });
    let mut at = last.unwrap_or_default();
    let mut pitch: Vec<f32> = Vec::with_capacity(path.len());
    for candidates in path.iter().rev() {
        let chosen = candidates.get(at);
        pitch.push(chosen.map_or(0.0, |candidate| candidate.hertz));
        at = chosen.map_or(0, |candidate| candidate.from);
    }
    pitch.reverse();
    pitch
}

/// How a frame is cut.
struct Frame {
    /// Samples that are averaged into one.
    factor: usize,
    rate: f32,
    window: Vec<f32>,
    /// The window's own autocorrelation by lag, 1 at none.
    shape: Vec<f32>,
    /// Lags, in averaged samples.
    shortest: usize,
    longest: usize,
}

impl Frame {
    fn new(sound: &Sound) -> Self {
        let factor = (sound.rate / RATE).max(1) as usize;
        let rate = sound.rate as f32 / factor as f32;
        let length = (PERIODS * rate / LOWEST) as usize + 1;
        let hann = |index: usize| 0.5 - 0.5 * libm::cosf(TAU * (index as f32 + 0.5) / length as f32);
        let window: Vec<f32> = (0..length).map(hann).collect();
        let longest = (rate / LOWEST) as usize + 1;
        let energy = correlation(&window, 0).max(f32::MIN_POSITIVE);
        let shape = (0..=longest + 1).map(|lag| (correlation(&window, lag) / energy).max(1e-3)).collect();
        Self { factor, rate, window, shape, shortest: ((rate / HIGHEST) as usize).max(2), longest }
    }

    /// The averaged samples around the middle of a step, without their mean, under the window.
    fn samples(&self, sound: &Sound, step: usize) -> Vec<f32> {
        let middle = Time::from_nanos(HOP.as_nanos() * step as i64 + HOP.as_nanos() / 2);
        let length = self.window.len();
        let first = middle.to_samples(sound.rate) as i64 - (length * self.factor / 2) as i64;
        let skipped = usize::try_from(-first).unwrap_or_default().div_ceil(self.factor).min(length);
        let begin = usize::try_from(first + (skipped * self.factor) as i64).unwrap_or_default();
        let end = (begin + (length - skipped) * self.factor).min(sound.samples.len());
        let inside = sound.samples.get(begin..end).unwrap_or_default();
        let mut averaged = vec![0.0; skipped];
        averaged.extend(inside.chunks(self.factor).map(|c| c.iter().sum::<f32>() / c.len() as f32));
        let mean = averaged.iter().sum::<f32>() / averaged.len().max(1) as f32;
        averaged.resize(length, mean);
        averaged
            .iter_mut()
            .zip(&self.window)
            .for_each(|(sample, window)| *sample = (*sample - mean) * window);
        averaged
    }

    /// Voicelessness, and the clearest pitches of a step; `level` is its amplitude against the loud steps'.
    fn candidates(&self, sound: &Sound, step: usize, level: f32) -> Vec<Candidate> {
        let quiet = (2.0 - level * (1.0 + VOICED) / SILENCE).max(0.0);
        let mut found = vec![Candidate { hertz: 0.0, strength: VOICED + quiet, from: 0 }];
        let samples = self.samples(sound, step);
        let energy = correlation(&samples, 0);
        if energy <= 1e-9 {
            return found;
        }
        let value =
            |lag: usize| correlation(&samples, lag) / energy / self.shape.get(lag).copied().unwrap_or(1.0);
        for coarse in self.coarse_peaks(&samples) {
            let near = coarse.saturating_sub(2).max(self.shortest - 1)..(coarse + 3).min(self.longest + 2);
            let values: Vec<(usize, f32)> = near.map(|lag| (lag, value(lag))).collect();
            let peak = values.windows(3).find_map(|near| match near {
                &[(_, left), (lag, here), (_, right)] if here > left && here >= right => {
                    Some((lag, left, here, right))
                }
                _ => None,
            });
            let Some((lag, left, here, right)) = peak.filter(|(_, _, here, _)| *here >= 0.5 * VOICED) else {
                continue;
            };
            let bend = left - 2.0 * here + right;
            let shift = if bend < -1e-9 { (0.5 * (left - right) / bend).clamp(-0.5, 0.5) } else { 0.0 };
            let height = here - 0.25 * (left - right) * shift;
            let hertz = self.rate / (lag as f32 + shift);
            // Noise under a window may correlate by more than one.
            let clear = if height > 1.0 { 1.0 / height } else { height };
            let strength = clear - OCTAVE * libm::log2f(LOWEST / hertz);
            found.push(Candidate { hertz, strength, from: 0 });
        }
        if found.len() > CANDIDATES {
            let (_, pitches) = found.split_at_mut(1);
            pitches.sort_by(|a, b| b.strength.total_cmp(&a.strength));
            found.truncate(CANDIDATES);
        }
        found
    }
}

impl Frame {
    /// Lags around which the correlation may have a peak, from every second sample and every second lag: a quarter of the
    /// work.
    fn coarse_peaks(&self, samples: &[f32]) -> Vec<usize> {
        let halved: Vec<f32> = samples.chunks(2).map(|pair| pair.iter().sum()).collect();
        let energy = correlation(&halved, 0).max(f32::MIN_POSITIVE);
        let first = (self.shortest / 2).max(2) - 1;
        let values: Vec<f32> = (first..=self.longest / 2 + 1)
            .map(|lag| {
                let shape = self.shape.get(2 * lag).copied().unwrap_or(1.0);
                correlation(&halved, lag) / energy / shape
            })
            .collect();
        let peaks = values.windows(3).enumerate().filter(|(_, near)| match near {
            &&[left, here, right] => here > 0.3 * VOICED && here >= left && here >= right,
            _ => false,
        });
        peaks.map(|(index, _)| 2 * (first + index + 1)).collect()
    }
}

/// The sum of products of samples `lag` apart; eight sums at a time, so that it runs in vector registers.
fn correlation(samples: &[f32], lag: usize) -> f32 {
    let later = samples.get(lag..).unwrap_or_default();
    let earlier = samples.get(..later.len()).unwrap_or_default();
    let mut sums = [0.0_f32; 8];
    let (a, b) = (earlier.chunks_exact(8), later.chunks_exact(8));
    let rest: f32 = a.remainder().iter().zip(b.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a.zip(b) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f32>() + rest
}
