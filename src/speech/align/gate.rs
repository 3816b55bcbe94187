//! Whether a frame is loud enough to be speech, by what was heard in the seconds before.
//!
//! Live sound is brought to one loudness by its own past, so that after a while in which nobody speaks the noise of a room
//! sounds like somebody who whispers. It knows no phones.

use std::collections::VecDeque;

/// Frames of 10 ms by which quiet and loud are measured: ten seconds.
const WINDOW: usize = 1000;
/// Frames over which the noise is averaged.
const SMOOTH: usize = 10;
/// Decibels above the noise within which nothing is said, and below the loudest.
const ABOVE_NOISE: f32 = 6.0;
const BELOW_LOUDEST: f32 = 45.0;
/// What is quietest is noise where the loudest is so much louder: somebody has paused; or hardly louder at all: nobody has
/// spoken. In between it may be somebody who does not pause.
const PAUSED: f32 = 28.0;
const STEADY: f32 = 9.0;
/// What is louder than this is no noise of a room, however steady.
const LOUDEST_NOISE: f32 = -35.0;
/// The level of digital silence.
const FLOOR: f32 = -96.0;
/// After so many quiet frames in a row it is no stop any more.
const STOP: usize = 12;

/// What may be said in a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loudness {
    /// Anything.
    Speech,
    /// Nothing, or a stop is held.
    Quiet,
    /// Nothing.
    Silence,
}

/// Measures sound that comes in pieces, in frames of 10 ms.
pub(super) struct Gate {
    rate: u64,
    /// Samples taken, and the energy of those of the frame under way.
    taken: u64,
    energy: f32,
    count: u32,
    /// Levels of frames that nobody has asked for yet, in decibels.
    waiting: VecDeque<f32>,
    /// The last levels, and means over the last of them.
    levels: VecDeque<f32>,
    means: VecDeque<f32>,
    /// Quiet frames in a row.
    quiet: usize,
}

impl Gate {
    /// For sound of `rate` samples a second.
    pub(super) fn new(rate: u32) -> Self {
        Self {
            rate: u64::from(rate.max(1)),
            taken: 0,
            energy: 0.0,
            count: 0,
            waiting: VecDeque::new(),
            levels: VecDeque::with_capacity(WINDOW + 1),
            means: VecDeque::with_capacity(WINDOW + 1),
            quiet: 0,
        }
    }

    /// Takes samples, −1..=1.
    pub(super) fn push(&mut self, samples: &[f32]) {
        for sample in samples {
            // What is no number is taken for silence, as by the models.
            let sample = if sample.is_finite() { sample.clamp(-4.0, 4.0) } else { 0.0 };
            self.energy += sample * sample;
            self.count += 1;
            self.taken += 1;
            if self.taken * 100 / self.rate > (self.taken - 1) * 100 / self.rate {
                let power = self.energy / self.count as f32;
                self.waiting.push_back((10.0 * libm::log10f(power.max(1e-12))).max(FLOOR));
                (self.energy, self.count) = (0.0, 0);
            }
        }
    }

    /// What may be said in the next frame, in order.
    pub(super) fn next(&mut self) -> Loudness {
        let Some(level) = self.waiting.pop_front() else { return Loudness::Speech };
        remember(&mut self.levels, level);
        let last = self.levels.iter().rev().take(SMOOTH);
        let count = last.len() as f32;
        remember(&mut self.means, last.sum::<f32>() / count);
        let quietest = self.means.iter().copied().fold(0.0, f32::min);
        let loudest = self.levels.iter().copied().fold(FLOOR, f32::max);
        let is_noise = match loudest - quietest {
            range if range < STEADY => quietest < LOUDEST_NOISE,
            range => range > PAUSED,
        };
        let noise = if is_noise { quietest + ABOVE_NOISE } else { FLOOR };
        self.quiet = if level < noise.max(loudest - BELOW_LOUDEST) { self.quiet + 1 } else { 0 };
        match self.quiet {
            0 => Loudness::Speech,
            1..=STOP => Loudness::Quiet,
            _ => Loudness::Silence,
        }
    }
}

fn remember(values: &mut VecDeque<f32>, value: f32) {
    values.push_back(value);
    if values.len() > WINDOW {
        values.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds of noise at levels in decibels, and what may be said in each frame.
    fn judged(rate: u32, parts: &[(f32, f32)]) -> Vec<Loudness> {
        let mut gate = Gate::new(rate);
        let (mut seed, mut found) = (1_u32, Vec::new());
        for (secs, level) in parts {
            let amplitude = libm::powf(10.0, level / 20.0) * 1.732;
            let samples: Vec<f32> = (0..(secs * rate as f32) as usize)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    amplitude * ((seed >> 8) as f32 / 8_388_608.0 - 1.0)
                })
                .collect();
            for piece in samples.chunks(333) {
                gate.push(piece);
                while !gate.waiting.is_empty() {
                    found.push(gate.next());
                }
            }
        }
        found
    }

    #[test]
    fn noise_is_silence_and_speech_is_not() {
        for (rate, noise) in [(48_000, -62.0), (44_100, -45.0), (22_050, -96.0), (16_000, -62.0)] {
            let found =
                judged(rate, &[(10.0, noise), (0.5, -10.0), (0.08, noise), (0.3, -8.0), (1.0, noise)]);
            assert_eq!(found.len(), 1188, "{rate}");
            let share = |from: usize, to: usize, loudness: Loudness| {
                found[from..to].iter().filter(|f| **f == loudness).count() as f32 / (to - from) as f32
            };
            assert!(share(20, 1000, Loudness::Silence) > 0.97, "{rate}: {found:?}");
            assert!(share(1000, 1050, Loudness::Speech) > 0.99);
            assert!(share(1050, 1058, Loudness::Quiet) > 0.99, "a stop may be held");
            assert!(share(1058, 1088, Loudness::Speech) > 0.99);
            assert!(share(1110, 1188, Loudness::Silence) > 0.97);
        }
    }

    #[test]
    fn somebody_who_never_pauses_is_heard() {
        let found = judged(16_000, &[(0.15, -20.0), (0.1, -38.0)].repeat(80));
        assert!(!found.contains(&Loudness::Silence));
        let speech = found.iter().filter(|f| **f == Loudness::Speech).count();
        assert!(speech * 2 > found.len(), "{speech} of {}", found.len());
        assert!(!judged(16_000, &[(20.0, -20.0)]).contains(&Loudness::Silence), "a long note");
    }
}
