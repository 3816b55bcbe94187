//! Eyes and jaw that are joints: how they turn to make channels.

use super::overrides::Axis;
use super::viseme_names::JAW_BESIDE;
use super::{Bones, Facing, Move, eyes, own};
use crate::avatar::{Avatar, LookAtKind};
use crate::vocabulary::{Bone, Channel};
use glam::{Mat4, Vec3};

/// How far eyes turn at full strength, radians: sideways, and up or down.
const EYE_SIDEWAYS: f32 = 0.35;
const EYE_UPRIGHT: f32 = 0.3;

/// How far the jaw opens, radians (18 degrees).
const JAW_OPEN: f32 = 0.314;
/// How far it goes to a side.
const JAW_SIDEWAYS: f32 = 0.1;

/// One turn of a joint for a channel: the axis in the avatar's frame.
struct Turn {
    channel: Channel,
    bone: Bone,
    axis: Axis,
    angle: f32,
}

const fn turn(channel: Channel, bone: Bone, axis: Axis, angle: f32) -> Turn {
    Turn { channel, bone, axis, angle }
}

const TURNS: &[Turn] = &[
    turn(Channel::EyeLookDownLeft, Bone::LeftEye, Axis::Left, EYE_UPRIGHT),
    turn(Channel::EyeLookDownRight, Bone::RightEye, Axis::Left, EYE_UPRIGHT),
    turn(Channel::EyeLookUpLeft, Bone::LeftEye, Axis::Left, -EYE_UPRIGHT),
    turn(Channel::EyeLookUpRight, Bone::RightEye, Axis::Left, -EYE_UPRIGHT),
    turn(Channel::EyeLookInLeft, Bone::LeftEye, Axis::Up, -EYE_SIDEWAYS),
    turn(Channel::EyeLookInRight, Bone::RightEye, Axis::Up, EYE_SIDEWAYS),
    turn(Channel::EyeLookOutLeft, Bone::LeftEye, Axis::Up, EYE_SIDEWAYS),
    turn(Channel::EyeLookOutRight, Bone::RightEye, Axis::Up, -EYE_SIDEWAYS),
    turn(Channel::JawOpen, Bone::Jaw, Axis::Left, JAW_OPEN),
    turn(Channel::JawLeft, Bone::Jaw, Axis::Up, JAW_SIDEWAYS),
    turn(Channel::JawRight, Bone::Jaw, Axis::Up, -JAW_SIDEWAYS),
];

/// What the turns need to know of the avatar.
pub(super) struct Joints<'a> {
    pub(super) avatar: &'a Avatar,
    pub(super) bones: &'a Bones<'a>,
    pub(super) rest_world: &'a [Mat4],
    pub(super) facing: Facing,
}

impl Joints<'_> {
    /// The turn that a channel needs beside its shapes: a glance whose shapes only move the lids, and a jaw whose
    /// shapes only move the skin.
    pub(super) fn beside(&self, channel: Channel, moves: &[Move]) -> Option<(String, Vec<Move>)> {
        let turn = TURNS.iter().find(|t| t.channel == channel)?;
        let node = self.bones.get(turn.bone)?;
        let is_needed = match turn.bone {
            Bone::LeftEye | Bone::RightEye => eyes::needs_turning(self.avatar, node, moves),
            _ => return self.jaw(JAW_BESIDE).filter(|_| channel == Channel::JawOpen),
        };
        is_needed.then(|| self.channel(channel))?
    }

    /// The jaw's turn, where its joint has one of `names`.
    pub(super) fn jaw(&self, names: &[&str]) -> Option<(String, Vec<Move>)> {
        let label = self.bones.labels.get(self.bones.get(Bone::Jaw)?)?;
        names.contains(&label.text.as_str()).then(|| self.channel(Channel::JawOpen))?
    }

    /// The joint's name and its turn for `channel`, where the avatar has the bone.
    pub(super) fn channel(&self, channel: Channel) -> Option<(String, Vec<Move>)> {
        let turn = TURNS.iter().find(|t| t.channel == channel)?;
        let node = self.bones.get(turn.bone)?;
        // An author's look-at says how far eyes turn.
        let look_at = self.avatar.look_at.as_ref();
        let most = look_at.and_then(|look_at| own::most(look_at, LookAtKind::Bone, channel));
        let angle = most.map_or(turn.angle, |most| most.copysign(turn.angle));
        if angle == 0.0 {
            return None;
        }
        let step = self.turn(node, turn.axis, angle)?;
        Some((self.bones.name(node).to_owned(), vec![step]))
    }

    /// A turn of a joint about an axis of the avatar's or of its own.
    pub(super) fn turn(&self, node: usize, axis: Axis, angle: f32) -> Option<Move> {
        let world = self.rest_world.get(node)?;
        let (_, rotation, _) = world.to_scale_rotation_translation();
        let axis = match axis {
            Axis::Left => rotation.inverse() * self.facing.left,
            Axis::Up => rotation.inverse() * Vec3::Y,
            Axis::Forward => rotation.inverse() * self.facing.forward,
            Axis::Own(axis) => axis,
        };
        let is_usable = axis.is_finite() && angle.is_finite();
        is_usable.then(|| Move::Rotate { node, axis: axis.normalize_or(Vec3::X), angle })
    }
}
