//! Arms that hang: from a T or A pose to how a person stands, whatever the joints' own axes are.
//!
//! Directions are compared in world space; avatars whose arms already hang are left alone.

use super::{Bones, Facing};
use crate::avatar::Avatar;
use crate::vocabulary::Bone;
use glam::{Mat4, Quat, Vec3};

/// Arms nearer to straight down than this hang already (cosine of 30 degrees).
const HANGS: f32 = 0.866;
/// How far upper arms hang away from the body and forward (sine of the angle).
const UPPER_OUT: f32 = 0.22;
const UPPER_FORWARD: f32 = 0.04;
/// The same of forearms.
const LOWER_OUT: f32 = 0.1;
const LOWER_FORWARD: f32 = 0.26;
/// How far each finger joint curls, radians.
const CURL: f32 = 0.22;
const THUMB_CURL: f32 = 0.08;

/// One arm: its bones in order.
struct Arm {
    upper: Bone,
    lower: Bone,
    hand: Bone,
    thumb: [Bone; 3],
    fingers: [[Bone; 3]; 4],
}

const ARMS: [Arm; 2] = [
    Arm {
        upper: Bone::LeftUpperArm,
        lower: Bone::LeftLowerArm,
        hand: Bone::LeftHand,
        thumb: [Bone::LeftThumbMetacarpal, Bone::LeftThumbProximal, Bone::LeftThumbDistal],
        fingers: [
            [Bone::LeftIndexProximal, Bone::LeftIndexIntermediate, Bone::LeftIndexDistal],
            [Bone::LeftMiddleProximal, Bone::LeftMiddleIntermediate, Bone::LeftMiddleDistal],
            [Bone::LeftRingProximal, Bone::LeftRingIntermediate, Bone::LeftRingDistal],
            [Bone::LeftLittleProximal, Bone::LeftLittleIntermediate, Bone::LeftLittleDistal],
        ],
    },
    Arm {
        upper: Bone::RightUpperArm,
        lower: Bone::RightLowerArm,
        hand: Bone::RightHand,
        thumb: [Bone::RightThumbMetacarpal, Bone::RightThumbProximal, Bone::RightThumbDistal],
        fingers: [
            [Bone::RightIndexProximal, Bone::RightIndexIntermediate, Bone::RightIndexDistal],
            [Bone::RightMiddleProximal, Bone::RightMiddleIntermediate, Bone::RightMiddleDistal],
            [Bone::RightRingProximal, Bone::RightRingIntermediate, Bone::RightRingDistal],
            [Bone::RightLittleProximal, Bone::RightLittleIntermediate, Bone::RightLittleDistal],
        ],
    },
];

/// Local rotations in place of the rest ones, by node.
pub(super) fn relax(avatar: &Avatar, bones: &Bones<'_>, rest: &[Mat4], facing: Facing) -> Vec<(usize, Quat)> {
    let mut out = Vec::new();
    for (arm, side) in ARMS.iter().zip([1.0, -1.0]) {
        if let Some(turned) = Limb::new(avatar, bones, rest).relaxed(arm, facing.left * side, facing.forward)
        {
            out.extend(turned);
        }
    }
    out.sort_by_key(|(node, _)| *node);
    out
}

/// World-space turns of nodes relative to their rest, while a limb is posed from its root outwards.
struct Limb<'a> {
    avatar: &'a Avatar,
    bones: &'a Bones<'a>,
    rest: &'a [Mat4],
    turns: Vec<(usize, Quat)>,
}

impl<'a> Limb<'a> {
    fn new(avatar: &'a Avatar, bones: &'a Bones<'a>, rest: &'a [Mat4]) -> Self {
        Self { avatar, bones, rest, turns: Vec::new() }
    }

    fn relaxed(mut self, arm: &Arm, outward: Vec3, forward: Vec3) -> Option<Vec<(usize, Quat)>> {
        let (upper, lower) = (self.bones.get(arm.upper)?, self.bones.get(arm.lower)?);
        let direction = self.direction(upper, lower)?;
        if direction.dot(Vec3::NEG_Y) > HANGS {
            return None;
        }
        let hanging =
            |out: f32, ahead: f32| (Vec3::NEG_Y + outward * out + forward * ahead).normalize_or(Vec3::NEG_Y);
        self.turns.push((upper, Quat::from_rotation_arc(direction, hanging(UPPER_OUT, UPPER_FORWARD))));
        // Without a hand, any joint beyond the elbow says where the forearm points.
        let beyond = || self.avatar.nodes.iter().position(|n| n.parent == Some(lower));
        if let Some(end) = self.bones.get(arm.hand).or_else(beyond)
            && let Some(along) = self.direction(lower, end)
        {
            let carried = self.turn_of(lower);
            let bend = Quat::from_rotation_arc(carried * along, hanging(LOWER_OUT, LOWER_FORWARD));
            self.turns.push((lower, bend * carried));
        }
        for finger in &arm.fingers {
            self.curl(finger, -outward, CURL);
        }
        // The thumb's first bone lies across the palm: turned inwards it would stick out.
        let [_, thumb @ ..] = &arm.thumb;
        self.curl(thumb, -outward, THUMB_CURL);
        Some(self.locals())
    }

    /// Bends each joint of a finger a little towards `palm`.
    fn curl(&mut self, finger: &[Bone], palm: Vec3, angle: f32) {
        let nodes: Vec<usize> = finger.iter().filter_map(|b| self.bones.get(*b)).collect();
        for (i, &node) in nodes.iter().enumerate() {
            // The last joint goes on where the one before it points.
            let ends = nodes.get(i + 1).map(|next| (node, *next));
            let ends = ends.or_else(|| Some((*nodes.get(i.checked_sub(1)?)?, node)));
            let Some(along) = ends.and_then(|(from, to)| self.direction(from, to)) else { continue };
            let carried = self.turn_of(node);
            let axis = (carried * along).cross(palm);
            if let Some(axis) = axis.try_normalize() {
                self.turns.push((node, Quat::from_axis_angle(axis, angle) * carried));
            }
        }
    }

    /// From one node to another at rest.
    fn direction(&self, from: usize, to: usize) -> Option<Vec3> {
        let place = |node: usize| self.rest.get(node).map(|m| m.w_axis.truncate());
        (place(to)? - place(from)?).try_normalize()
    }

    /// The world turn of a node so far: its own, or that of the nearest turned ancestor.
    fn turn_of(&self, node: usize) -> Quat {
        let mut at = Some(node);
        while let Some(here) = at {
            if let Some((_, turn)) = self.turns.iter().rev().find(|(n, _)| *n == here) {
                return *turn;
            }
            at = self.avatar.nodes.get(here).and_then(|n| n.parent);
        }
        Quat::IDENTITY
    }

    /// The turned nodes' local rotations.
    fn locals(&self) -> Vec<(usize, Quat)> {
        let rotation = |node: usize| {
            let rest = self.rest.get(node).copied().unwrap_or_default();
            rest.to_scale_rotation_translation().1
        };
        let local = |&(node, turn): &(usize, Quat)| {
            let parent = self.avatar.nodes.get(node).and_then(|n| n.parent);
            let above = parent.map_or(Quat::IDENTITY, |p| self.turn_of(p) * rotation(p));
            let local = (above.inverse() * turn * rotation(node)).normalize();
            local.is_finite().then_some((node, local))
        };
        self.turns.iter().filter_map(local).collect()
    }
}
