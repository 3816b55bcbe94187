//! Which points of a hand stay out of the body.

use super::tpose::TPose;
use super::volumes::Volumes;
use crate::vocabulary::Bone;
use glam::{Affine3A, Vec3};

/// An arm from the shoulder on, and the joints of its hand that stay out of the body, each with how thick the hand is
/// around it, in hip heights.
pub(super) struct Arm {
    pub(super) root: Bone,
    pub(super) points: &'static [(Bone, f32)],
}

/// The left arm and the right.
pub(super) const ARMS: [Arm; 2] = [
    Arm {
        root: Bone::LeftUpperArm,
        points: &[
            (Bone::LeftHand, 0.03),
            (Bone::LeftMiddleProximal, 0.022),
            (Bone::LeftMiddleDistal, 0.014),
            (Bone::LeftThumbDistal, 0.014),
        ],
    },
    Arm {
        root: Bone::RightUpperArm,
        points: &[
            (Bone::RightHand, 0.03),
            (Bone::RightMiddleProximal, 0.022),
            (Bone::RightMiddleDistal, 0.014),
            (Bone::RightThumbDistal, 0.014),
        ],
    },
];

/// A hand on its way into the body slows down this far before it, hip heights.
pub(super) const SOFT: f32 = 0.01;

/// How deep a hand is in the body, or in what lies within `clear` hip heights of it, metres.
pub(super) fn depth(
    arm: &Arm,
    pose: &TPose,
    volumes: &Volumes,
    clear: f32,
    avatar_from_node: &impl Fn(usize) -> Option<Affine3A>,
) -> f32 {
    ways_out(arm, pose, volumes, clear, avatar_from_node).map(|(_, way)| way.length()).fold(0.0, f32::max)
}

/// Points of a hand that are in the body, or nearer to it than `clear` hip heights, and their ways out, avatar space.
pub(super) fn ways_out<'a>(
    arm: &'a Arm,
    pose: &'a TPose,
    volumes: &'a Volumes,
    clear: f32,
    avatar_from_node: &'a impl Fn(usize) -> Option<Affine3A>,
) -> impl Iterator<Item = (Vec3, Vec3)> + 'a {
    arm.points.iter().filter_map(move |(bone, thick)| {
        let node = pose.bone(*bone)?.node;
        let point = Vec3::from(avatar_from_node(node)?.translation);
        let way = volumes.way_out(point, (thick + clear) * pose.hip_height, avatar_from_node);
        (way != Vec3::ZERO).then_some((point, way))
    })
}
