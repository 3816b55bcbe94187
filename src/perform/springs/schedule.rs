//! Which simulation is seen when, and what is remembered of it.
//!
//! The memory cannot be seen: a moment has the same pose whatever was asked for before.

use super::super::curve::smootherstep;
use super::super::skeleton::Skeleton;
use super::joints::{Joints, Tails};
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
    poses: Vec<(i64, Skeleton)>,
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

    /// Lets `skeleton`, posed as at `t`, sway; `pose` gives the skeleton at other moments.
    pub(in super::super) fn sway(&self, skeleton: &mut Skeleton, t: Time, pose: impl Fn(Time) -> Skeleton) {
        let nanos = i128::from(t.as_nanos()) * i128::from(RATE);
        let step = nanos.div_euclid(NANOS) as i64;
        let share = (nanos.rem_euclid(NANOS) as f64 / NANOS as f64) as f32;
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let period = step.div_euclid(PERIOD);
        let into = (step - period * PERIOD) as f32 + share;
        let shown = smootherstep(into / FADE as f32);
        // The step after `t`; tails remember the one before it.
        let tails = if shown < 1.0 {
            let old = self.tails(&mut memory, period - 1, step + 1, share, &pose);
            let new = self.tails(&mut memory, period, step + 1, share, &pose);
            old.iter().zip(&new).map(|(a, b)| a.lerp(*b, shown)).collect()
        } else {
            self.tails(&mut memory, period, step + 1, share, &pose)
        };
        self.prepare(&mut memory, period + 1, step + 1, &pose);
        drop(memory);
        self.joints.turn(skeleton, &tails);
    }

    /// Steps computed so far.
    #[cfg(test)]
    pub(in super::super) fn steps(&self) -> u64 {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner).steps
    }

    /// The tails of the run of `period`, `share` of the way to `step`.
    fn tails(
        &self,
        memory: &mut Memory,
        period: i64,
        step: i64,
        share: f32,
        pose: &impl Fn(Time) -> Skeleton,
    ) -> Vec<Vec3> {
        self.advance(memory, period, step, usize::MAX, pose);
        let run = memory.runs.iter().find(|run| run.period == period);
        run.map_or_else(Vec::new, |run| {
            run.tails.before.iter().zip(&run.tails.now).map(|(a, b)| a.lerp(*b, share)).collect()
        })
    }

    /// Takes the next run along, and forgets those that are over.
    fn prepare(&self, memory: &mut Memory, period: i64, step: i64, pose: &impl Fn(Time) -> Skeleton) {
        memory.runs.retain(|run| (period - 2..=period).contains(&run.period));
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
        pose: &impl Fn(Time) -> Skeleton,
    ) {
        let kept = memory.runs.iter().position(|run| run.period == period && run.step <= step);
        let mut run = match kept {
            Some(index) => memory.runs.swap_remove(index),
            None => {
                memory.runs.retain(|run| run.period != period);
                let begin = period * PERIOD - WARM_UP;
                let tails = self.joints.rest(&posed(memory, begin, pose));
                Run { period, step: begin, tails }
            }
        };
        let mut left = at_most;
        while run.step < step && left > 0 {
            run.step += 1;
            left -= 1;
            memory.steps += 1;
            self.joints.step(&mut posed(memory, run.step, pose), &mut run.tails, 1.0 / RATE as f32);
        }
        memory.runs.push(run);
    }
}

const NANOS: i128 = 1_000_000_000;

/// The skeleton at a step. Before the speech it stands as at its beginning.
fn posed(memory: &mut Memory, step: i64, pose: &impl Fn(Time) -> Skeleton) -> Skeleton {
    let step = step.max(0);
    if let Some((_, known)) = memory.poses.iter().find(|(s, _)| *s == step) {
        return known.clone();
    }
    let nanos = i128::from(step) * NANOS / i128::from(RATE);
    let skeleton = pose(Time::from_nanos(i64::try_from(nanos).unwrap_or(i64::MAX)));
    if memory.poses.len() >= POSES {
        memory.poses.remove(0);
    }
    memory.poses.push((step, skeleton.clone()));
    skeleton
}
