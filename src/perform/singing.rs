//! Long vowels: the jaw of somebody who holds a note trembles slowly after a while, and swells and sinks with the breath.

use super::curve::{progress, smootherstep};
use super::noise;
use crate::script::timeline::TimedPhone;
use crate::time::Time;
use crate::vocabulary::{Phone, Viseme};

/// The vowels of a speaker that are held, in order, not overlapping.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Sustained(Vec<Held>);

#[derive(Debug, Clone, Copy, PartialEq)]
struct Held {
    start: Time,
    end: Time,
    viseme: Viseme,
}

/// No vowel of speech is as long.
const LEAST: Time = Time::from_millis(450);
/// Vibrato begins after the note, and grows (Prame 1994: 5 to 7 Hz; the jaw of singers goes with it); radians of a turn aside, it
/// never quite repeats.
const VIBRATO_BEGINS: Time = Time::from_millis(300);
const VIBRATO_GROWS: Time = Time::from_millis(900);
const VIBRATO_ENDS: Time = Time::from_millis(140);
const VIBRATO_HZ: f64 = 5.0;
const VIBRATO_SPREAD: f32 = 0.6;
/// Of the vowel's own opening.
const VIBRATO_DEPTH: f32 = 0.045;
const SWELL_DEPTH: f32 = 0.04;
/// A channel of hash values.
const RATE: u64 = 75;

impl Sustained {
    /// Of phones in order.
    pub(super) fn new(phones: &[TimedPhone]) -> Self {
        let held = |phone: &TimedPhone| {
            let known = Phone::from_ipa(&phone.ipa).filter(|known| known.is_vowel())?;
            let (start, end) = (phone.start, phone.end);
            (end - start >= LEAST).then_some(Held { start, end, viseme: known.viseme })
        };
        Self(phones.iter().filter_map(held).collect())
    }

    /// The vowel that is held at `t`, and by how much of its own opening the jaw is wider or narrower; `None` where none is held.
    pub(super) fn jaw(&self, seed: u64, t: Time) -> Option<(Viseme, f32)> {
        let after = self.0.partition_point(|held| held.start <= t);
        let place = after.checked_sub(1)?;
        let held = self.0.get(place).filter(|held| t < held.end)?;
        let begins = held.start + VIBRATO_BEGINS;
        let grown = smootherstep(progress(t, begins, begins + VIBRATO_GROWS));
        let left = 1.0 - smootherstep(progress(t, held.end - VIBRATO_ENDS, held.end));
        let rate = VIBRATO_HZ + f64::from(VIBRATO_SPREAD * (noise::unit(seed, RATE, place as i64) - 0.5));
        let turns = (t - begins).as_secs_f64() * rate;
        let vibrato = libm::sinf((turns - turns.floor()) as f32 * std::f32::consts::TAU) * grown * left;
        // Begins and ends at nothing, fullest in the middle.
        let swell = libm::sinf(progress(t, held.start, held.end) * std::f32::consts::PI);
        Some((held.viseme, VIBRATO_DEPTH * vibrato + SWELL_DEPTH * swell * swell))
    }

    /// Opens and closes the mouth at `t` accordingly; what the vowel takes or leaves is the resting mouth's.
    pub(super) fn add(&self, seed: u64, t: Time, visemes: &mut [f32; Viseme::COUNT]) {
        let Some((viseme, offset)) = self.jaw(seed, t) else { return };
        let own = visemes[viseme.index()];
        let moved = (own * (1.0 + offset)).clamp(0.0, 1.0);
        visemes[viseme.index()] = moved;
        let rest = &mut visemes[Viseme::Sil.index()];
        *rest = (*rest + own - moved).max(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(ipa: &str, start: i64, end: i64) -> TimedPhone {
        let (start, end) = (Time::from_millis(start), Time::from_millis(end));
        TimedPhone { start, end, ipa: ipa.into(), stress: 1, tone: 0, confidence: 1.0 }
    }

    #[test]
    fn long_vowels_tremble_after_a_while() {
        let held = Sustained::new(&[phone("m", 0, 900), phone("ɑ", 1000, 4000), phone("i", 4000, 4300)]);
        let at = |millis: i64| held.jaw(3, Time::from_millis(millis)).map_or(0.0, |(_, offset)| offset);
        assert_eq!((at(500), at(4100), at(5000)), (0.0, 0.0, 0.0));
        // Away from the slow swell: how often it crosses where it is on the whole.
        let sway = |millis: i64| at(millis) - (at(millis - 100) + at(millis + 100)) * 0.5;
        let crossings = (2000..3500).filter(|ms| sway(*ms) * sway(*ms + 1) < 0.0).count();
        assert!((13..=17).contains(&crossings), "{crossings} crossings in 1.5 s at some 5 Hz");
        let mut before = 0.0;
        for millis in 990..4010 {
            assert!((at(millis) - before).abs() < 0.003, "it jumps at {millis} ms");
            assert!(at(millis).abs() <= 0.1);
            before = at(millis);
        }
        assert!((1000..1300).all(|ms| at(ms) < 0.01), "the note begins straight");
    }

    #[test]
    fn weights_stay_one_mouth() {
        let held = Sustained::new(&[phone("ɑ", 0, 2000)]);
        for millis in 0..2000 {
            let mut visemes = [0.0; Viseme::COUNT];
            visemes[Viseme::Aa.index()] = 0.7;
            visemes[Viseme::Sil.index()] = 0.3;
            held.add(1, Time::from_millis(millis), &mut visemes);
            assert!((visemes.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        }
    }
}
