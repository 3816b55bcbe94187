//! Which simulation is seen when, and what is remembered of it.
//!
//! The memory cannot be seen: a moment has the same pose whatever was asked for before.

use super::super::curve::smootherstep;
use super::super::skeleton::Skeleton;
use super::joints::{Joints, Tails, Walk};
use crate::avatar::Avatar;
use crate::time::Time;
use glam::{Affine3A, Vec3};
use std::sync::{Mutex, PoisonError};

/// Steps a second. The specification's inertia is felt once a step, so this is part of how things sway.
const RATE: i64 = 60;
/// A new simulation is seen from every so many steps.
const PERIOD: i64 = 4 * RATE;
/// It began from rest so many steps before.
const WARM_UP: i64 = 4 * RATE;
/// For so many steps it fades into the one before.
const FADE: i64 = RATE;
/// How far the next simulation is taken along with each picture, so that its turn costs nothing.
const AHEAD: usize = 4;
/// Poses that are remembered.
const POSES: usize = 8;

/// A simulation on its way.
#[derive(Debug)]
struct Run {
    period: i64,
    /// The step that `tails` are at.
    step: i64,
    tails: Tails,
}

#[derive(Debug, Default)]
struct Memory {
    runs: Vec<Run>,
    /// Of runs that are over: room for new ones.
    idle: Vec<Tails>,
    poses: Vec<(i64, Skeleton)>,
    /// The skeleton at the step that is computed.
    skeleton: Skeleton,
    walk: Walk,
    /// What is seen of a run, and of the one that fades into it.
    seen: [Vec<Vec3>; 2],
    /// Steps computed so far.
    steps: u64,
}

/// The springs of one avatar on the stage.
#[derive(Debug)]
pub(in super::super) struct Springs {
    joints: Joints,
    memory: Mutex<Memory>,
}

impl Springs {
    /// `None` where nothing sways.
    pub(in super::super) fn new(avatar: &Avatar, world_from_avatar: Affine3A) -> Option<Self> {
        Joints::new(avatar, world_from_avatar).map(|joints| Self { joints, memory: Mutex::default() })
    }

    /// Lets `skeleton`, posed as at `t`, sway; `pose` writes the skeleton at other moments over what it is given.
    pub(in super::super) fn sway(
        &self,
        skeleton: &mut Skeleton,
        t: Time,
        mut pose: impl FnMut(Time, &mut Skeleton),
    ) {
        let nanos = i128::from(t.as_nanos()) * i128::from(RATE);
        let step = nanos.div_euclid(NANOS) as i64;
        let share = (nanos.rem_euclid(NANOS) as f64 / NANOS as f64) as f32;
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let memory = &mut *memory;
        let period = step.div_euclid(PERIOD);
        let into = (step - period * PERIOD) as f32 + share;
        let shown = smootherstep(into / FADE as f32);
        memory.forget(|run| !(period - 1..=period + 1).contains(&run.period));
        // The step after `t`; tails remember the one before it.
        if shown < 1.0 {
            self.see(memory, 1, period - 1, (step + 1, share), &mut pose);
        }
        self.see(memory, 0, period, (step + 1, share), &mut pose);
        self.prepare(memory, period + 1, step + 1, &mut pose);
        let [tails, old] = &mut memory.seen;
        if shown < 1.0 {
            tails.iter_mut().zip(old).for_each(|(new, old)| *new = old.lerp(*new, shown));
        }
        self.joints.turn(skeleton, tails, &mut memory.walk);
    }

    /// Steps computed so far.
    #[cfg(test)]
    pub(in super::super) fn steps(&self) -> u64 {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner).steps
    }

    /// Writes the tails of the run of `period`, `share` of the way to `step`.
    fn see(
        &self,
        memory: &mut Memory,
        slot: usize,
        period: i64,
        (step, share): (i64, f32),
        pose: &mut impl FnMut(Time, &mut Skeleton),
    ) {
        self.advance(memory, period, step, usize::MAX, pose);
        let run = memory.runs.iter().find(|run| run.period == period);
        if let (Some(run), Some(seen)) = (run, memory.seen.get_mut(slot)) {
            seen.clear();
            seen.extend(run.tails.before.iter().zip(&run.tails.now).map(|(a, b)| a.lerp(*b, share)));
        }
    }

    /// Takes the next run along.
    fn prepare(
        &self,
        memory: &mut Memory,
        period: i64,
        step: i64,
        pose: &mut impl FnMut(Time, &mut Skeleton),
    ) {
        if step >= period * PERIOD - WARM_UP {
            self.advance(memory, period, step, AHEAD, pose);
        }
    }

    /// Takes a run towards `step`, from rest where it is not on its way there.
    fn advance(
        &self,
        memory: &mut Memory,
        period: i64,
        step: i64,
        at_most: usize,
        pose: &mut impl FnMut(Time, &mut Skeleton),
    ) {
        let kept = memory.runs.iter().position(|run| run.period == period && run.step <= step);
        let mut run = match kept {
            Some(index) => memory.runs.swap_remove(index),
            None => {
                memory.forget(|run| run.period == period);
                let begin = period * PERIOD - WARM_UP;
                let mut tails = memory.idle.pop().unwrap_or_default();
                memory.pose(begin, pose);
                self.joints.rest(&memory.skeleton, &mut tails);
                Run { period, step: begin, tails }
            }
        };
        let mut left = at_most;
        while run.step < step && left > 0 {
            run.step += 1;
            left -= 1;
            memory.steps += 1;
            memory.pose(run.step, pose);
            self.joints.step(&mut memory.skeleton, &mut run.tails, 1.0 / RATE as f32, &mut memory.walk);
        }
        memory.runs.push(run);
    }
}

const NANOS: i128 = 1_000_000_000;

impl Memory {
    /// Ends the runs that `is_over`.
    fn forget(&mut self, is_over: impl Fn(&Run) -> bool) {
        while let Some(index) = self.runs.iter().position(&is_over) {
            self.idle.push(self.runs.swap_remove(index).tails);
        }
    }

    /// Puts the skeleton where it is at a step. Before the speech it stands as at its beginning.
    fn pose(&mut self, step: i64, pose: &mut impl FnMut(Time, &mut Skeleton)) {
        let step = step.max(0);
        if let Some((_, known)) = self.poses.iter().find(|(s, _)| *s == step) {
            self.skeleton.copy_from(known);
            return;
        }
        let nanos = i128::from(step) * NANOS / i128::from(RATE);
        pose(Time::from_nanos(i64::try_from(nanos).unwrap_or(i64::MAX)), &mut self.skeleton);
        let mut oldest = if self.poses.len() >= POSES { self.poses.remove(0).1 } else { Skeleton::default() };
        oldest.copy_from(&self.skeleton);
        self.poses.push((step, oldest));
    }
}
