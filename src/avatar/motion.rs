//! A motion: how a body moves, independent of any avatar.
//!
//! Rotations are away from a T-pose in which the body faces +Z with its arms along ±X, lengths in hip heights, so
//! that any humanoid can take them. It knows no names of nodes.

use crate::vocabulary::Bone;
use glam::{Quat, Vec2, Vec3};

/// A humanoid's movement over time, sampled at a fixed rate from zero. All tracks are equally long, and not empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Motion {
    /// As its file has it.
    pub name: String,
    /// When it is over, seconds.
    pub duration_secs: f32,
    /// Samples a second.
    pub rate: f32,
    /// For each bone it moves, `body_from_bone · (body_from_bone in the T-pose)⁻¹`: what turns the bone's T-pose, as
    /// seen in the body's own space.
    pub bones: Vec<(Bone, Vec<Quat>)>,
    /// How far the hips are from where the T-pose has them, hip heights.
    pub hips: Vec<Vec3>,
    /// How high the lower foot is above the floor, hip heights; 0 while one stands.
    pub lift: Vec<f32>,
    /// How deep the left and the right hand are in the body that the motion comes from, hip heights: touching hands are a
    /// little. Empty where nothing says it.
    pub touch: Vec<[f32; 2]>,
    /// Expressions by name (VRM 1.0's presets, or an avatar's own) and their weights 0..=1.
    pub expressions: Vec<(String, Vec<f32>)>,
    /// Where it looks: yaw towards the left and pitch upwards, relative to the head, radians. Empty where nothing says it.
    pub look: Vec<Vec2>,
}

/// A moment between two samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    before: usize,
    share: f32,
}

impl Motion {
    /// The moment `secs` after the beginning; the first or last sample outside.
    pub fn moment(&self, secs: f32) -> Moment {
        let last = self.hips.len().saturating_sub(1);
        let at = (secs * self.rate).clamp(0.0, last as f32);
        // Also for a time that is not a number.
        let before = if at > 0.0 { (libm::floorf(at) as usize).min(last) } else { 0 };
        let share = if at > 0.0 { at - before as f32 } else { 0.0 };
        Moment { before, share }
    }

    /// The bones and their turns.
    pub fn turns(&self, moment: Moment) -> impl Iterator<Item = (Bone, Quat)> {
        self.bones.iter().filter_map(move |(bone, track)| {
            let (a, b) = pair(track, moment)?;
            Some((*bone, if moment.share > 0.0 { a.slerp(b, moment.share) } else { a }))
        })
    }

    /// The hips and the lift.
    pub fn stand(&self, moment: Moment) -> (Vec3, f32) {
        let hips = pair(&self.hips, moment).map_or(Vec3::ZERO, |(a, b)| a.lerp(b, moment.share));
        let lift = pair(&self.lift, moment).map_or(0.0, |(a, b)| a + (b - a) * moment.share);
        (hips, lift)
    }

    /// How deep the left and the right hand are in the body.
    pub fn touch(&self, moment: Moment) -> [f32; 2] {
        pair(&self.touch, moment).map_or([0.0; 2], |(a, b)| {
            [a[0] + (b[0] - a[0]) * moment.share, a[1] + (b[1] - a[1]) * moment.share]
        })
    }

    /// The expressions and their weights.
    pub fn expressions(&self, moment: Moment) -> impl Iterator<Item = (&str, f32)> {
        self.expressions.iter().filter_map(move |(name, track)| {
            let (a, b) = pair(track, moment)?;
            Some((name.as_str(), a + (b - a) * moment.share))
        })
    }

    /// Where it looks.
    pub fn look(&self, moment: Moment) -> Option<Vec2> {
        pair(&self.look, moment).map(|(a, b)| a.lerp(b, moment.share))
    }
}

fn pair<T: Copy>(track: &[T], moment: Moment) -> Option<(T, T)> {
    let a = *track.get(moment.before)?;
    Some((a, track.get(moment.before + 1).copied().unwrap_or(a)))
}

/// Which nodes of an animation file say more than bones do (`VRMC_vrm_animation` 1.0).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MotionNodes {
    /// Expressions by name; the X translation of the node is the weight.
    pub expressions: Vec<(String, usize)>,
    /// The node that is looked at.
    pub look_at: Option<usize>,
}
