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
