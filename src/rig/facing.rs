//! Which way an avatar faces, told from where its left and right are.

use super::Bones;
use crate::vocabulary::Bone;
use glam::{Mat4, Vec3};

/// Two horizontal unit vectors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Facing {
    /// Where it looks.
    pub(super) forward: Vec3,
    /// To its left.
    pub(super) left: Vec3,
}

/// Pairs that lie left and right of the middle, the surest first.
const PAIRS: &[(Bone, Bone)] = &[
    (Bone::LeftUpperArm, Bone::RightUpperArm),
    (Bone::LeftUpperLeg, Bone::RightUpperLeg),
    (Bone::LeftEye, Bone::RightEye),
    (Bone::LeftHand, Bone::RightHand),
];

/// glTF's +Z, where the bones do not say otherwise.
const DEFAULT: Facing = Facing { forward: Vec3::Z, left: Vec3::X };

/// Within this of an axis (cosine of 12 degrees) an avatar faces along it: few are built askew.
const ALONG_AXIS: f32 = 0.978;

/// The facing at rest.
pub(super) fn facing(bones: &Bones<'_>, rest_world: &[Mat4]) -> Facing {
    let place = |bone| bones.get(bone).and_then(|n| rest_world.get(n)).map(|m| m.w_axis.truncate());
    for (left, right) in PAIRS {
        let Some((left, right)) = place(*left).zip(place(*right)) else { continue };
        let across = (left - right) * Vec3::new(1.0, 0.0, 1.0);
        let Some(left) = across.try_normalize() else { continue };
        let axes = [Vec3::X, Vec3::NEG_X, Vec3::Z, Vec3::NEG_Z];
        let left = axes.into_iter().find(|axis| axis.dot(left) > ALONG_AXIS).unwrap_or(left);
        return Facing { forward: left.cross(Vec3::Y), left };
    }
    DEFAULT
}
