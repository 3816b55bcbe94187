//! Movements over time that overlap without ever stopping short: each key adds its way to what was there, with no velocity
//! or acceleration at its ends (the superposition of Flash & Henis 1991).

use super::super::curve::{progress, smootherstep};
use super::arm::ArmPose;
use crate::time::Time;

/// A movement is over before the fourth after it begins.
const OVERLAP: usize = 4;
/// By how much the parts of an arm follow the upper arm: the forearm, the wrist, the fingers.
const LAGS: [Time; 4] = [Time::ZERO, Time::from_millis(12), Time::from_millis(40), Time::from_millis(55)];
const LONGEST_LAG: Time = Time::from_millis(55);
/// A hand at rest for less than this goes on from where it is.
const LEAST_REST: Time = Time::from_millis(350);
/// A gesture is never prepared more hastily than this.
const LEAST_PREPARATION: Time = Time::from_millis(460);

/// A movement to `to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Key<T> {
    pub(super) start: Time,
    pub(super) end: Time,
    pub(super) to: T,
}

/// One gesture of one arm: movements and when the arm is released.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unit {
    pub(super) keys: Vec<Key<ArmPose>>,
    /// Which of the keys is the stroke.
    pub(super) stroke: usize,
    pub(super) release: Time,
    /// How long the way back takes.
    pub(super) back: Time,
}

impl Unit {
    fn begins(&self) -> Time {
        self.keys.first().map_or(self.release, |key| key.start)
    }

    /// Begins no earlier than `earliest`; what comes before the end of the stroke is hurried, what follows is put off.
    fn begin_after(&mut self, earliest: Time) {
        let Some(stroke) = self.keys.get(self.stroke).map(|key| key.end) else { return };
        let (begins, room) = (self.begins(), stroke - earliest);
        if begins >= earliest {
            return;
        }
        let new_stroke = stroke.max(earliest + LEAST_PREPARATION.min(stroke - begins));
        let pace = (new_stroke - earliest).as_secs_f64() / (stroke - begins).as_secs_f64().max(1e-6);
        let hurried = |t: Time| new_stroke - Time::from_secs_f64((stroke - t).as_secs_f64() * pace);
        let later = if room < LEAST_PREPARATION { new_stroke - stroke } else { Time::ZERO };
        for (index, key) in self.keys.iter_mut().enumerate() {
            if index <= self.stroke {
                (key.start, key.end) = (hurried(key.start), hurried(key.end));
            } else {
                (key.start, key.end) = (key.start + later, key.end + later);
            }
        }
        self.release = self.release.max(new_stroke);
    }
}

/// From rest to rest.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Excursion {
    first: usize,
    after: usize,
    rise: (Time, Time),
    fall: (Time, Time),
}

/// What an arm does.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct ArmTrack {
    keys: Vec<Key<ArmPose>>,
    excursions: Vec<Excursion>,
}

/// An arm at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ArmMoment {
    pub(super) pose: ArmPose,
    /// How much of it is seen: upper arm, forearm, wrist, fingers.
    pub(super) seen: [f32; 4],
}

impl ArmTrack {
    /// Of units in order of time.
    pub(super) fn new(units: Vec<Unit>) -> Self {
        let mut track = Self::default();
        let mut earliest = Time::ZERO;
        for mut unit in units {
            if unit.keys.is_empty() {
                continue;
            }
            let open = track.excursions.last().copied();
            let is_next = open.is_some_and(|open| unit.begins() < open.fall.1 + LEAST_REST);
            unit.begin_after(earliest);
            let fall = (unit.release, unit.release + unit.back);
            let first = track.keys.len();
            track.keys.append(&mut unit.keys);
            for index in first.max(OVERLAP)..track.keys.len() {
                let start = track.keys[index].start;
                let over = &mut track.keys[index - OVERLAP];
                over.end = over.end.min(start).max(over.start);
            }
            earliest = track.keys.last().map_or(earliest, |key| key.end);
            let after = track.keys.len();
            match track.excursions.last_mut() {
                Some(open) if is_next => (open.after, open.fall) = (after, fall),
                _ => {
                    let rise = track.keys.get(first).map_or(fall, |key| (key.start, key.end));
                    track.excursions.push(Excursion { first, after, rise, fall });
                }
            }
            if let Some(open) = track.excursions.last_mut() {
                let risen = open.rise.1.max(earliest);
                let back = open.fall.1 - open.fall.0;
                open.fall.0 = open.fall.0.max(risen);
                open.fall.1 = open.fall.0 + back;
            }
        }
        track
    }

    pub(super) fn is_empty(&self) -> bool {
        self.excursions.is_empty()
    }

    /// `None` at rest.
    pub(super) fn at(&self, t: Time) -> Option<ArmMoment> {
        let index = self.excursions.partition_point(|e| e.rise.0 < t).checked_sub(1)?;
        let excursion = self.excursions.get(index).filter(|e| t < e.fall.1 + LONGEST_LAG)?;
        let share = |(start, end): (Time, Time), lag: Time| smootherstep(progress(t, start + lag, end + lag));
        let seen = LAGS.map(|lag| share(excursion.rise, lag) * (1.0 - share(excursion.fall, lag)));
        let keys = self.keys.get(excursion.first..excursion.after)?;
        let begun = keys.partition_point(|key| key.start < t);
        // With its lag a movement is over a little later than its own end.
        let base = begun.saturating_sub(OVERLAP + 2).min(keys.len().checked_sub(1)?);
        let mut pose = keys.get(base)?.to;
        for pair in keys.get(base..begun)?.windows(2) {
            let [from, to] = pair else { continue };
            let shares = LAGS.map(|lag| share((to.start, to.end), lag));
            pose.go(&from.to, &to.to, shares);
        }
        Some(ArmMoment { pose, seen })
    }
}

/// Numbers that are zero at rest.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Track<const N: usize>(Vec<Key<[f32; N]>>);

impl<const N: usize> Track<N> {
    /// Of movements in order of time.
    pub(super) fn new(mut keys: Vec<Key<[f32; N]>>) -> Self {
        keys.sort_by_key(|key| key.start);
        for index in OVERLAP..keys.len() {
            let start = keys[index].start;
            let over = &mut keys[index - OVERLAP];
            over.end = over.end.min(start).max(over.start);
        }
        Self(keys)
    }

    pub(super) fn at(&self, t: Time) -> [f32; N] {
        let begun = self.0.partition_point(|key| key.start < t);
        let base = begun.saturating_sub(OVERLAP);
        let mut last = base.checked_sub(1).and_then(|b| self.0.get(b)).map_or([0.0; N], |key| key.to);
        let mut out = last;
        for key in self.0.get(base..begun).unwrap_or_default() {
            let share = smootherstep(progress(t, key.start, key.end));
            for ((out, to), from) in out.iter_mut().zip(key.to).zip(last) {
                *out += (to - from) * share;
            }
            last = key.to;
        }
        out
    }
}
