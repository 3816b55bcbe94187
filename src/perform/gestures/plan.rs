//! When gestures happen: from marks to the movements of each part of the body.

use super::arm::ArmPose;
use super::library::{Bend, Gesture, HEAD, Step, TRUNK};
use super::track::{ArmTrack, Key, Track, Unit};
use super::{Gestures, called};
use crate::perform::noise;
use crate::script::timeline::Mark;
use crate::time::Time;

/// No gesture repeats itself more often.
const MOST_CYCLES: usize = 400;
/// One arm is ahead of the other by at most this, seconds.
const APART_SECS: f32 = 0.045;
const APART: u64 = 58;

/// What the parts of one body will do.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) arms: [Vec<Unit>; 2],
    trunk: Vec<Key<[f32; TRUNK]>>,
    head: Vec<Key<[f32; HEAD]>>,
    /// When marked gestures move an arm, preparation and way back included.
    pub(super) taken: Vec<(Time, Time)>,
}

impl Plan {
    pub(super) fn of(marks: &[&Mark], seed: u64) -> Self {
        let mut plan = Self::default();
        let mut marked: Vec<(&Mark, &Gesture)> =
            marks.iter().filter_map(|mark| Some((*mark, called(mark)?))).collect();
        marked.sort_by_key(|(mark, _)| mark.time);
        for (index, (mark, gesture)) in marked.into_iter().enumerate() {
            plan.add(mark, gesture, (seed, index as i64));
        }
        plan
    }

    fn add(&mut self, mark: &Mark, gesture: &Gesture, chance: (u64, i64)) {
        let stroke = mark.time;
        let held = match mark.end {
            Some(end) => (end - stroke).as_secs_f32().max(0.2),
            None => gesture.hold,
        };
        let ahead = APART_SECS * (noise::unit(chance.0, APART, chance.1) * 2.0 - 1.0);
        // Hands that meet move together.
        let ahead = if gesture.meets() { 0.0 } else { ahead };
        for (side, steps) in [gesture.left, gesture.right].into_iter().enumerate() {
            let Some(first) = steps.first() else { continue };
            let apart = if side == 0 { ahead.max(0.0) } else { (-ahead).max(0.0) };
            let keys = repeated(steps, gesture, held, |s| s.at);
            let keys: Vec<Key<ArmPose>> = keys
                .map(|(s, later)| {
                    let end = stroke + secs(s.at + later + apart);
                    Key { start: end - secs(s.takes), end, to: ArmPose::of(&s.to) }
                })
                .collect();
            let begins = stroke + secs(first.at - first.takes);
            let which = steps.iter().position(|s| s.at >= 0.0).unwrap_or(0);
            let release = stroke + secs(held);
            self.taken.push((begins, release + secs(gesture.back)));
            self.arms[side].push(Unit { keys, stroke: which, release, back: secs(gesture.back) });
        }
        let ends = stroke + secs(held + gesture.back);
        add_bends(gesture.trunk, stroke, ends, gesture.back, &mut self.trunk);
        add_bends(gesture.head, stroke, ends, gesture.back, &mut self.head);
    }

    pub(super) fn finish(mut self) -> Gestures {
        for units in &mut self.arms {
            units.sort_by_key(|unit| unit.keys.first().map_or(unit.release, |key| key.start));
        }
        let trunk = (!self.trunk.is_empty()).then(|| Track::new(self.trunk));
        let head = (!self.head.is_empty()).then(|| Track::new(self.head));
        Gestures { arms: self.arms.map(ArmTrack::new), trunk, head }
    }
}

impl Gesture {
    /// Whether the hands meet.
    fn meets(&self) -> bool {
        let reaches = |steps: &[Step]| steps.iter().any(|s| s.to.reach.weight > 0.0);
        reaches(self.left) && reaches(self.right)
    }
}

/// The steps, and once they are over, those that repeat, each with how much later, as long as it is held.
fn repeated<'a, T>(
    steps: &'a [T],
    gesture: &Gesture,
    held: f32,
    at: impl Fn(&T) -> f32 + 'a,
) -> impl Iterator<Item = (&'a T, f32)> {
    let own = steps.iter().map(|s| (s, 0.0));
    let last = steps.last().map_or(0.0, &at);
    let (cycle, period) = gesture.cycle.map_or((0..0, 1.0), |c| {
        let length = steps.iter().skip(c.from).take_while(|s| at(s) < at(&steps[c.from]) + c.secs - 1e-3);
        (c.from..c.from + length.count(), c.secs)
    });
    let begins = steps.get(cycle.start).map_or(0.0, &at);
    let first = last + period / cycle.len().max(1) as f32 - begins;
    let rounds = ((held - last) / period).clamp(0.0, MOST_CYCLES as f32) as usize;
    let rounds = if cycle.is_empty() { 0 } else { rounds };
    let again = (0..rounds).flat_map(move |round| {
        let own = steps.get(cycle.clone()).unwrap_or_default();
        own.iter().map(move |s| (s, first + round as f32 * period))
    });
    own.chain(again)
}

fn add_bends<const N: usize>(
    bends: &[Bend],
    stroke: Time,
    ends: Time,
    back: f32,
    out: &mut Vec<Key<[f32; N]>>,
) {
    let numbers = |bend: &Bend| std::array::from_fn(|index| bend.to.get(index).copied().unwrap_or(0.0));
    for bend in bends {
        let end = stroke + secs(bend.at);
        out.push(Key { start: end - secs(bend.takes), end, to: numbers(bend) });
    }
    let is_back = bends.last().is_none_or(|last| last.to.iter().all(|x| *x == 0.0));
    if !is_back {
        out.push(Key { start: ends - secs(back), end: ends, to: [0.0; N] });
    }
}

pub(super) fn secs(secs: f32) -> Time {
    Time::from_secs_f64(f64::from(secs))
}
