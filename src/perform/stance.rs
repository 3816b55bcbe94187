//! How the weight of who stands goes from one leg to the other: where a phrase ends, and now and then in silence.
//!
//! Feet stay where they are.

use super::curve::{progress, smootherstep};
use super::delivery::Stretch;
use super::noise;
use super::skeleton::position;
use crate::avatar::{Avatar, Transform};
use crate::rig::Rig;
use crate::time::Time;
use crate::vocabulary::Bone;
use glam::{Affine3A, Quat, Vec3};

/// The weight shifts about this often, and each time by as much earlier or later as this share of it.
const EVERY_SECS: f64 = 14.0;
const JITTER: f32 = 0.42;
/// The end of a phrase so near is the moment.
const NEAR: Time = Time::from_millis(2500);
/// How long it takes, seconds.
const TAKES: (f32, f32) = (1.3, 2.1);
/// How far the hips go, lengths of the leg.
const FAR: f32 = 0.016;

const WHEN: u64 = 70;
const LONG: u64 = 71;
const SIDE: u64 = 72;

/// How far the hips are to the left of the feet's middle at `t`, lengths of the leg. A speech begins in the middle.
pub(super) fn sideways(phrases: &[Stretch], seed: u64, t: Time) -> f32 {
    let guess = (t.as_secs_f64() / EVERY_SECS).floor() as i64;
    // Moments are never in another order than their numbers, and never further from their grid than one step.
    let begun = (guess - 1..=guess + 1).rev().find(|index| moment(phrases, seed, *index) <= t);
    let Some(index) = begun else { return side(seed, guess - 2) };
    let takes = TAKES.0 + (TAKES.1 - TAKES.0) * noise::unit(seed, LONG, index);
    let start = moment(phrases, seed, index);
    let share = smootherstep(progress(t, start, start + Time::from_secs_f64(f64::from(takes))));
    let (from, to) = (side(seed, index - 1), side(seed, index));
    from + (to - from) * share
}

fn moment(phrases: &[Stretch], seed: u64, index: i64) -> Time {
    let jitter = f64::from(JITTER * (noise::unit(seed, WHEN, index) - 0.5));
    let own = Time::from_secs_f64((index as f64 + 0.5 + jitter) * EVERY_SECS);
    let next = phrases.partition_point(|phrase| phrase.end < own);
    let around = [next.checked_sub(1), Some(next)].into_iter().flatten();
    let ends = around.filter_map(|index| phrases.get(index)).map(|phrase| phrase.end);
    let near = ends.filter(|end| (*end - own).abs() < NEAR);
    near.min_by_key(|end| (*end - own).abs()).unwrap_or(own)
}

fn side(seed: u64, index: i64) -> f32 {
    if index < 0 {
        return 0.0;
    }
    // Mostly to the other leg, more or less.
    let far = noise::unit(seed, SIDE, index);
    let other = if index % 2 == 0 { 1.0 } else { -1.0 };
    let sign = if seed.is_multiple_of(2) { other } else { -other };
    sign * FAR * (far * 1.3 - 0.3)
}

/// The legs of one avatar.
#[derive(Debug)]
pub(super) struct Legs {
    hips: usize,
    /// Moves the hips by one length of the leg to the left, in the space of their parent.
    left: Vec3,
    /// Nodes that turn with the legs and those that turn back, each with `world_from_parent`'s rotation.
    turning: [(usize, Quat, f32); 4],
}

impl Legs {
    /// `None` where there are no two legs below hips. `turn` is from the avatar's space to one in which it faces +Z, `locals` is
    /// how it stands.
    pub(super) fn new(avatar: &Avatar, rig: &Rig, turn: Quat, locals: &[Transform]) -> Option<Self> {
        let node = |bone: Bone| rig.bone(bone).filter(|n| *n < avatar.nodes.len());
        let hips = node(Bone::Hips)?;
        let (thigh, foot) = (node(Bone::LeftUpperLeg)?, node(Bone::LeftFoot)?);
        let length = position(avatar, locals, thigh).y - position(avatar, locals, foot).y;
        let rows = [
            (Bone::LeftUpperLeg, Bone::Hips, -1.0),
            (Bone::LeftFoot, Bone::LeftUpperLeg, 1.0),
            (Bone::RightUpperLeg, Bone::Hips, -1.0),
            (Bone::RightFoot, Bone::RightUpperLeg, 1.0),
        ];
        let mut turning = [(0, Quat::IDENTITY, 0.0); 4];
        for (slot, (bone, above, sign)) in turning.iter_mut().zip(rows) {
            let (own, above) = (node(bone)?, node(above)?);
            let mut up = std::iter::successors(Some(own), |n| avatar.nodes.get(*n)?.parent);
            if !up.any(|n| n == above) {
                return None;
            }
            let parent = avatar.nodes.get(own)?.parent?;
            *slot = (own, turn * super::skeleton::rotation(avatar, locals, parent), sign);
        }
        let above = avatar.nodes.get(hips)?.parent;
        let parents = std::iter::successors(above, |n| avatar.nodes.get(*n)?.parent);
        let avatar_from_parent = parents.fold(Affine3A::IDENTITY, |below, node| {
            locals.get(node).map_or(Affine3A::IDENTITY, |l| l.to_affine()) * below
        });
        let left = avatar_from_parent.inverse().transform_vector3(turn.inverse() * Vec3::X * length);
        (length > 0.0 && left.is_finite()).then_some(Self { hips, left, turning })
    }

    /// Moves the hips, legs after them.
    pub(super) fn shift(&self, sideways: f32, locals: &mut [Transform]) {
        if sideways == 0.0 {
            return;
        }
        if let Some(hips) = locals.get_mut(self.hips) {
            hips.translation += self.left * libm::sinf(sideways);
        }
        for (node, world_from_parent, sign) in self.turning {
            if let Some(local) = locals.get_mut(node) {
                let axis = world_from_parent.inverse() * Vec3::Z;
                local.rotation =
                    Quat::from_axis_angle(axis.normalize_or(Vec3::Z), sign * sideways) * local.rotation;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weight_shifts_now_and_then_and_never_jumps() {
        let end = |i: i64| Time::from_millis(i * 4100 + 3000);
        let phrase =
            |i: i64| Stretch { start: end(i) - Time::from_millis(2500), end: end(i), boundary: None };
        let phrases: Vec<Stretch> = (0..40).map(phrase).collect();
        for seed in 0..6 {
            for phrases in [phrases.as_slice(), &[]] {
                let (mut moving, mut begun, mut last) = (false, Vec::new(), 0.0);
                for step in 0..12_000 {
                    let now = sideways(phrases, seed, Time::from_millis(step * 50));
                    let speed: f32 = (now - last) / 0.05;
                    assert!(speed.abs() < 0.06, "{speed} at {step}");
                    if speed.abs() > 1e-5 && !moving {
                        begun.push(step as f32 * 0.05);
                    }
                    (moving, last) = (speed.abs() > 1e-5, now);
                }
                let gaps: Vec<f32> = begun.windows(2).map(|w| w[1] - w[0]).collect();
                assert!(gaps.iter().all(|gap| (3.0..27.0).contains(gap)), "{gaps:?}");
                let least = gaps.iter().copied().fold(f32::INFINITY, f32::min);
                let most = gaps.iter().copied().fold(0.0, f32::max);
                assert!(begun.len() > 25 && most - least > 3.0, "{gaps:?}");
            }
        }
    }

    #[test]
    fn a_speech_begins_in_the_middle() {
        assert_eq!(sideways(&[], 1, Time::ZERO), 0.0);
        assert_eq!(sideways(&[], 1, Time::from_millis(-100_000)), 0.0);
    }
}
