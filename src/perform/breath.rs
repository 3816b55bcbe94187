//! Breath: in before a phrase, the deeper the longer it is, out while it is said; a slow rhythm in silence.

use super::curve::{progress, smootherstep};
use super::delivery::Stretch;
use super::noise;
use crate::script::mark::BREATHE;
use crate::script::timeline::Mark;
use crate::time::Time;

/// A breath takes about four seconds at rest (15 a minute).
const REST_SECS: f64 = 4.1;
/// Speakers breathe in where a pause is at least so long, in some half a second (Winkworth et al. 1995).
const PAUSE: Time = Time::from_millis(260);
const QUICKEST: Time = Time::from_millis(220);
const LONGEST: Time = Time::from_millis(620);
/// The breath is in so long before the first sound.
const LEADS: Time = Time::from_millis(40);
/// How deep for a short phrase, and how much deeper a second makes it.
const SHALLOW: f32 = 0.55;
const DEEPER_A_SECOND: f32 = 0.12;
const DEEPEST: f32 = 1.3;
/// What is left when all is said goes within this.
const GOES: Time = Time::from_millis(900);
/// In a silence the slow rhythm comes up within this.
const SETTLES: Time = Time::from_millis(1500);
/// Air comes in through open lips: this much of `jawOpen` for a whole breath.
const OPENS: f32 = 0.05;
/// `[breathe]`: in, and out.
const MARKED_IN: Time = Time::from_millis(950);
const MARKED_OUT: Time = Time::from_millis(1500);
const MARKED_DEPTH: f32 = 1.7;

/// One breath.
#[derive(Debug, Clone, Copy)]
struct Breath {
    begin: Time,
    full: Time,
    empty: Time,
    depth: f32,
}

/// All breaths of a speaker that go with words or marks, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct BreathTrack {
    seed: u64,
    strength: f32,
    breaths: Vec<Breath>,
}

/// The breath at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Breathing {
    /// 0 empty, 1 as full as at rest, more before long phrases.
    pub(super) inhaled: f32,
    /// How far the mouth opens for it, a weight of `jawOpen`.
    pub(super) opens: f32,
}

impl BreathTrack {
    /// In a speech of these phrases with these marks; `strength` scales its depth (1 is natural).
    pub(super) fn new(phrases: &[Stretch], marks: &[Mark], strength: f32, seed: u64) -> Self {
        let mut breaths: Vec<Breath> = Vec::new();
        let mut last = Time::from_nanos(i64::MIN / 2);
        for phrase in phrases {
            let gap = phrase.start - last;
            last = phrase.end;
            let Some(before) = breaths.last_mut().filter(|_| gap < PAUSE) else {
                let full = phrase.start - LEADS;
                let begin = full - (gap - LEADS).clamp(QUICKEST, LONGEST);
                breaths.push(Breath { begin, full, empty: phrase.end + GOES, depth: SHALLOW });
                continue;
            };
            before.empty = phrase.end + GOES;
        }
        for breath in &mut breaths {
            let said = (breath.empty - GOES - breath.full).as_secs_f32();
            breath.depth = (SHALLOW + DEEPER_A_SECOND * said).min(DEEPEST);
        }
        breaths.extend(marks.iter().filter(|mark| mark.name == BREATHE).map(|mark| {
            let full = mark.time + MARKED_IN;
            Breath { begin: mark.time, full, empty: full + MARKED_OUT, depth: MARKED_DEPTH }
        }));
        breaths.sort_by_key(|breath| breath.begin);
        let begins: Vec<Time> = breaths.iter().skip(1).map(|breath| breath.begin).collect();
        for (breath, next) in breaths.iter_mut().zip(begins) {
            // One is out before the next begins.
            breath.full = breath.full.min(next);
            breath.empty = breath.empty.min(next).max(breath.full);
        }
        Self { seed, strength, breaths }
    }

    /// The breath at `t`.
    pub(super) fn at(&self, t: Time) -> Breathing {
        let begun = self.breaths.partition_point(|breath| breath.begin <= t);
        let current = begun.checked_sub(1).and_then(|index| self.breaths.get(index));
        let next = self.breaths.get(begun);
        let since = current.map_or(1.0, |b| smootherstep(progress(t, b.empty, b.empty + SETTLES)));
        let until = next.map_or(1.0, |b| smootherstep(progress(b.begin, t, t + SETTLES)));
        let mut found =
            Breathing { inhaled: resting(self.seed, t.as_secs_f64()) * since * until, opens: 0.0 };
        if let Some(breath) = current {
            let drawn = smootherstep(progress(t, breath.begin, breath.full));
            // Speech lets air out evenly; what ends it lets go of the rest.
            let spent = progress(t, breath.full, breath.empty);
            let left = 1.0 - spent * spent * (3.0 - 2.0 * spent);
            found.inhaled += breath.depth * drawn * left;
            let rising = progress(t, breath.begin, breath.full);
            found.opens = OPENS * breath.depth * 16.0 * (rising * (1.0 - rising)) * (rising * (1.0 - rising));
        }
        Breathing { inhaled: found.inhaled * self.strength, opens: found.opens * self.strength }
    }
}

/// 0 empty … 1 full: a quicker rise than fall, with breaths of slightly different length.
fn resting(seed: u64, secs: f64) -> f32 {
    let phase = secs / REST_SECS + 0.12 * f64::from(noise::drift(seed, 20, secs, 11.0));
    let phase = noise::fract((phase - phase.floor()) as f32);
    let rise = 0.42;
    if phase < rise { smootherstep(phase / rise) } else { 1.0 - smootherstep((phase - rise) / (1.0 - rise)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(start: i64, end: i64) -> Stretch {
        Stretch { start: Time::from_millis(start), end: Time::from_millis(end), boundary: None }
    }

    #[test]
    fn lungs_are_full_when_a_phrase_begins_and_emptier_when_it_ends() {
        let phrases = [phrase(2000, 5000), phrase(5100, 7000), phrase(7600, 8200)];
        let track = BreathTrack::new(&phrases, &[], 1.0, 3);
        let inhaled = |millis: i64| track.at(Time::from_millis(millis)).inhaled;
        assert!(inhaled(1980) > 1.0, "{}", inhaled(1980));
        assert!(inhaled(5050) < inhaled(3000) && inhaled(6900) < 0.6);
        assert!(inhaled(7580) > 0.5 && inhaled(7580) < inhaled(1980), "a short phrase needs less");
        assert!(track.at(Time::from_millis(1700)).opens > 0.02);
        assert_eq!(track.at(Time::from_millis(3000)).opens, 0.0);
    }

    #[test]
    fn breath_never_jumps() {
        let phrases = [phrase(500, 900), phrase(1400, 5000), phrase(20_000, 22_000)];
        let mark = Mark { time: Time::from_millis(6000), end: None, name: BREATHE.into(), args: Vec::new() };
        let track = BreathTrack::new(&phrases, &[mark], 1.0, 3);
        let mut before = track.at(Time::from_millis(-3000));
        for millis in -2999..40_000 {
            let now = track.at(Time::from_millis(millis));
            assert!((now.inhaled - before.inhaled).abs() < 0.02, "at {millis}: {before:?} {now:?}");
            before = now;
        }
        assert!(track.at(Time::from_millis(6950)).inhaled > 1.5);
    }
}
