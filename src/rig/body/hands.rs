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

/// The point of a hand that is deepest in the body, and its way out, avatar space; `None` outside.
pub(super) fn deepest(
    arm: &Arm,
    pose: &TPose,
    volumes: &Volumes,
    avatar_from_node: &impl Fn(usize) -> Option<Affine3A>,
) -> Option<(Vec3, Vec3)> {
    let ways = arm.points.iter().filter_map(|(bone, thick)| {
        let node = pose.bone(*bone)?.node;
        let point = Vec3::from(avatar_from_node(node)?.translation);
        let way = volumes.way_out(point, thick * pose.hip_height, avatar_from_node);
        (way != Vec3::ZERO).then_some((point, way))
    });
    ways.max_by(|a, b| a.1.length_squared().total_cmp(&b.1.length_squared()))
}
