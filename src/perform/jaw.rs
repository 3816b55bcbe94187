//! The jaw, which goes its own way: vowels set it, sibilants raise it, short consonants leave it where it is.
//!
//! Shapes of the mouth bring an opening of their own. What is found here is how much the jaw has to open beside them, or to close.

use super::articulation::Gesture;
use super::curve::{Envelope, latest_ends, under_way};
use crate::rig::viseme_jaw;
use crate::script::timeline::TimedPhone;
use crate::time::Time;
use crate::vocabulary::{Phone, Viseme};

/// Where the jaw is drawn for a while.
#[derive(Debug, Clone, Copy)]
struct Pull {
    /// Weight of `jawOpen`.
    target: f32,
    /// How much it counts beside others.
    dominance: f32,
    envelope: Envelope,
}

/// The jaw of one speaker over time, as dominance functions blend it (Cohen & Massaro 1993).
#[derive(Debug, Clone, Default)]
pub(super) struct JawTrack {
    pulls: Vec<Pull>,
    latest_end: Vec<Time>,
}

/// Consonants shorter than this leave the jaw alone.
const SHORT: Time = Time::from_millis(100);
/// How much vowels and consonants count, and the rest to which it falls back.
const VOWEL: f32 = 1.0;
const SIBILANT: f32 = 1.0;
const CONSONANT: f32 = 0.6;
const LIPS: f32 = 0.4;
const REST: f32 = 0.15;
/// What the jaw never does beside the shapes, weights of `jawOpen`.
const MOST_CLOSED: f32 = -0.3;
const MOST_OPEN: f32 = 0.25;

impl JawTrack {
    /// Of `gestures`, which `phones` made.
    pub(super) fn new(gestures: &[Gesture], phones: &[TimedPhone]) -> Self {
        let mut pulls: Vec<Pull> = gestures.iter().filter_map(|gesture| pull(gesture, phones)).collect();
        pulls.sort_by_key(|pull| pull.envelope.begin);
        let latest_end = latest_ends(pulls.iter().map(|pull| pull.envelope.end));
        Self { pulls, latest_end }
    }

    /// The weight of `jawOpen` to add to what `weights` of the visemes, which `lips` has scaled, show by themselves; negative
    /// where the jaw is to open less. `jaw` scales its way.
    pub(super) fn beside(&self, t: Time, jaw: f32, weights: &[f32; Viseme::COUNT]) -> f32 {
        if self.pulls.is_empty() {
            return 0.0;
        }
        let (mut sum, mut all) = (0.0f32, REST);
        let after = self.pulls.partition_point(|pull| pull.envelope.begin <= t);
        for pull in under_way(&self.pulls, &self.latest_end, after, t) {
            let dominance = pull.dominance * pull.envelope.at(t);
            sum += dominance * pull.target;
            all += dominance;
        }
        free(weights) * (jaw * sum / all * (VOWEL + REST) - shown(weights)).clamp(MOST_CLOSED, MOST_OPEN)
    }
}

/// How much more or less the jaw opens than the shapes of live speech do.
pub(super) fn live(jaw: f32, weights: &[f32; Viseme::COUNT]) -> f32 {
    free(weights) * ((jaw - 1.0) * shown(weights)).clamp(MOST_CLOSED, MOST_OPEN)
}

/// Closures keep the jaw as their own shape has it.
fn free(weights: &[f32; Viseme::COUNT]) -> f32 {
    (1.0 - weights[Viseme::PP.index()]) * (1.0 - weights[Viseme::FF.index()])
}

/// How far the shapes open the jaw.
fn shown(weights: &[f32; Viseme::COUNT]) -> f32 {
    Viseme::ALL.iter().zip(weights).map(|(viseme, weight)| viseme_jaw(*viseme) * weight).sum()
}

fn pull(gesture: &Gesture, phones: &[TimedPhone]) -> Option<Pull> {
    let Gesture { viseme, level, envelope } = *gesture;
    let after = phones.partition_point(|phone| phone.end <= envelope.full);
    let timed = phones.get(after)?;
    let is_vowel = Phone::from_ipa(&timed.ipa).is_some_and(Phone::is_vowel);
    let is_short = timed.end - timed.start < SHORT;
    let dominance = match viseme {
        _ if is_vowel => VOWEL,
        Viseme::SS | Viseme::CH => SIBILANT,
        Viseme::PP | Viseme::FF => LIPS,
        _ if is_short => return None,
        _ => CONSONANT,
    };
    Some(Pull { target: level * viseme_jaw(viseme), dominance, envelope })
}

#[cfg(test)]
mod tests {
    use super::super::lips::LipTrack;
    use super::*;
    use crate::script::timeline::Speaker;

    /// Phones one after another, each with its milliseconds.
    fn said(phones: &[(&str, i64)], strength: f32) -> LipTrack {
        let mut start = Time::ZERO;
        let phone = |(ipa, millis): &(&str, i64)| {
            let end = start + Time::from_millis(*millis);
            let timed = TimedPhone { start, end, ipa: (*ipa).into(), stress: 1, tone: 0, confidence: 1.0 };
            start = end;
            timed
        };
        LipTrack::new(&Speaker { phones: phones.iter().map(phone).collect(), ..Speaker::default() }, strength)
    }

    /// How far the jaw opens in all, a weight of `jawOpen`.
    fn opens(lips: &LipTrack, jaw: f32, millis: i64) -> f32 {
        let t = Time::from_millis(millis);
        let weights = lips.weights(t);
        shown(&weights) + lips.jaw(t, jaw, &weights)
    }

    #[test]
    fn short_consonants_leave_the_jaw_alone_and_sibilants_raise_it() {
        let short = said(&[("ɑ", 160), ("t", 60), ("ɑ", 160)], 1.0);
        let vowel = opens(&short, 1.0, 80);
        assert!((0.3..0.45).contains(&vowel), "{vowel}");
        assert!(opens(&short, 1.0, 190) > 0.6 * vowel, "{} of {vowel}", opens(&short, 1.0, 190));
        let sibilant = said(&[("ɑ", 160), ("s", 130), ("ɑ", 160)], 1.0);
        assert!(opens(&sibilant, 1.0, 225) < 0.35 * vowel, "{} of {vowel}", opens(&sibilant, 1.0, 225));
    }

    #[test]
    fn jaw_and_lips_have_a_dial_each() {
        let natural = said(&[("ɑ", 200)], 1.0);
        assert!(opens(&natural, 0.0, 100).abs() < 0.08, "{}", opens(&natural, 0.0, 100));
        assert!(opens(&natural, 1.5, 100) > opens(&natural, 1.0, 100) * 1.3);
        let mumbled = said(&[("ɑ", 200)], 0.5);
        assert!((opens(&mumbled, 1.0, 100) - opens(&natural, 1.0, 100)).abs() < 0.03);
        assert!(mumbled.weights(Time::from_millis(100))[Viseme::Aa.index()] < 0.4);
    }

    #[test]
    fn closures_keep_the_jaw_as_they_have_it() {
        let lips = said(&[("ɑ", 120), ("m", 90), ("ɑ", 120)], 1.0);
        let t = Time::from_millis(165);
        assert!(lips.jaw(t, 1.0, &lips.weights(t)).abs() < 1e-3);
    }
}
