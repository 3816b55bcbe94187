//! Viseme weights over time: smooth overlapping gestures, in which closures win.
//!
//! Each phone raises its viseme before its sound and lets it fall after it. A closure (p b m) is complete
//! while its phone sounds and gone by the middle of a neighbouring vowel, whatever the neighbours want. Nothing has a kink.

use super::articulation::{Gesture, of_phones, of_visemes};
use super::curve::{latest_ends, soft_max, under_way};
use super::jaw::JawTrack;
use crate::script::timeline::Speaker;
use crate::time::Time;
use crate::vocabulary::Viseme;

/// A speaker's mouth over time.
#[derive(Debug, Clone, Default)]
pub struct LipTrack {
    gestures: Vec<Gesture>,
    /// The latest end of this and all earlier gestures, so a look-up knows how far back to go.
    latest_end: Vec<Time>,
    jaw: JawTrack,
}

impl LipTrack {
    /// From a speaker's phones, or from the visemes where a tool gave no phones. `strength` scales all but
    /// closures (1 is natural).
    pub fn new(speaker: &Speaker, strength: f32) -> Self {
        let mut gestures = if speaker.phones.is_empty() {
            of_visemes(speaker, strength)
        } else {
            of_phones(speaker, strength)
        };
        gestures.sort_by_key(|g| g.envelope.begin);
        let latest_end = latest_ends(gestures.iter().map(|g| g.envelope.end));
        // How far the jaw goes does not depend on how far the lips do.
        let natural = if speaker.phones.is_empty() { Vec::new() } else { of_phones(speaker, 1.0) };
        let jaw = JawTrack::new(&natural, &speaker.phones);
        Self { gestures, latest_end, jaw }
    }

    /// The weight of every viseme at `t`, each 0..=1. All but `sil` sum to at most 1 beside a closure's own
    /// weight; `sil` is what is left.
    pub fn weights(&self, t: Time) -> [f32; Viseme::COUNT] {
        let mut weights = [0.0f32; Viseme::COUNT];
        let after = self.gestures.partition_point(|g| g.envelope.begin <= t);
        for gesture in under_way(&self.gestures, &self.latest_end, after, t) {
            let weight = gesture.level * gesture.envelope.at(t);
            let slot = &mut weights[gesture.viseme.index()];
            *slot = soft_max(*slot, weight).min(1.0);
        }
        blend(&mut weights);
        weights
    }

    /// How much the jaw opens (positive) or closes beside what `weights` at `t` show, a weight of `jawOpen`; `jaw` scales its
    /// whole way (1 is natural).
    pub(super) fn jaw(&self, t: Time, jaw: f32, weights: &[f32; Viseme::COUNT]) -> f32 {
        self.jaw.beside(t, jaw, weights)
    }
}

/// The lips' own closures attenuate what would open them; the rest shares what is left.
pub(super) fn blend(weights: &mut [f32; Viseme::COUNT]) {
    let closure = weights[Viseme::PP.index()];
    let teeth = weights[Viseme::FF.index()] * (1.0 - closure);
    let room = (1.0 - closure) * (1.0 - teeth);
    let fixed = [Viseme::Sil.index(), Viseme::PP.index(), Viseme::FF.index()];
    let mut others = 0.0;
    for (index, weight) in weights.iter().enumerate() {
        if !fixed.contains(&index) {
            others += weight;
        }
    }
    let all = soft_max(1.0, others);
    for (index, weight) in weights.iter_mut().enumerate() {
        if !fixed.contains(&index) {
            *weight *= room / all;
        }
    }
    weights[Viseme::FF.index()] = teeth;
    weights[Viseme::Sil.index()] = (room * (1.0 - others / all)).max(0.0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::timeline::TimedPhone;

    fn phone(ipa: &str, start: i64, end: i64) -> TimedPhone {
        let (start, end) = (Time::from_millis(start), Time::from_millis(end));
        TimedPhone { start, end, ipa: ipa.into(), stress: 1, tone: 0, confidence: 1.0 }
    }

    fn track(phones: Vec<TimedPhone>) -> LipTrack {
        LipTrack::new(&Speaker { phones, ..Speaker::default() }, 1.0)
    }

    fn at(track: &LipTrack, millis: i64, viseme: Viseme) -> f32 {
        track.weights(Time::from_millis(millis))[viseme.index()]
    }

    #[test]
    fn closures_close_and_vowels_open() {
        let lips =
            track(vec![phone("ɑ", 0, 80), phone("p", 80, 120), phone("ɑ", 120, 200), phone("m", 200, 260)]);
        assert!(at(&lips, 100, Viseme::PP) >= 0.9);
        assert!(at(&lips, 100, Viseme::Aa) <= 0.05);
        assert!(at(&lips, 40, Viseme::PP) <= 0.1);
        assert!(at(&lips, 160, Viseme::PP) <= 0.1);
        assert!(at(&lips, 160, Viseme::Aa) >= 0.4);
    }

    #[test]
    fn weights_stay_in_range_and_share_one_mouth() {
        let lips =
            track(vec![phone("s", 0, 30), phone("t", 30, 50), phone("ɹ", 50, 80), phone("ɔɪ", 80, 300)]);
        for millis in -100..500 {
            let weights = lips.weights(Time::from_millis(millis));
            assert!(weights.iter().all(|w| (0.0..=1.0).contains(w)), "{weights:?}");
            assert!(weights.iter().sum::<f32>() <= 1.0001, "at {millis}: {weights:?}");
        }
    }

    #[test]
    fn loud_vowels_open_the_mouth_wider() {
        use crate::script::timeline::Prosody;
        let loudness_db = (0..100).map(|step| if step < 20 { -12.0 } else { -24.0 }).collect();
        let prosody = Some(Prosody { loudness_db, pitch_hz: vec![110.0; 100] });
        let phones = (0..5).map(|i| phone("ɑ", i * 200, i * 200 + 150)).collect();
        let lips = LipTrack::new(&Speaker { phones, prosody, ..Speaker::default() }, 1.0);
        assert!(at(&lips, 75, Viseme::Aa) > at(&lips, 475, Viseme::Aa) * 1.05);
    }

    #[test]
    fn silence_before_and_after() {
        let lips = track(vec![phone("a", 1000, 1100)]);
        assert!((at(&lips, 0, Viseme::Sil) - 1.0).abs() < 1e-6);
        assert!((at(&lips, 1500, Viseme::Sil) - 1.0).abs() < 1e-6);
        assert!(at(&lips, 1050, Viseme::Aa) > 0.6);
    }

    #[test]
    fn a_long_note_is_found_from_far_away() {
        let mut phones = vec![phone("a", 0, 20_000)];
        phones.extend((0..50).map(|i| phone("s", 20_000 + i * 50, 20_050 + i * 50)));
        assert!(at(&track(phones), 19_000, Viseme::Aa) > 0.6);
    }
}
