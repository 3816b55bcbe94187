//! Eyes and jaw that are joints: how they turn to make channels.

use super::{Bones, Facing, Move, eyes};
use crate::avatar::Avatar;
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

/// An axis of the avatar: a positive turn about `Left` takes what looks ahead downwards, one about `Up` to its left.
#[derive(Clone, Copy)]
enum Axis {
    Left,
    Up,
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
    /// The turn that a glance needs beside its shapes, where these only move the lids.
    pub(super) fn beside(&self, channel: Channel, moves: &[Move]) -> Option<(String, Vec<Move>)> {
        let turn = TURNS.iter().find(|t| t.channel == channel)?;
        let node =
            self.bones.get(turn.bone).filter(|_| matches!(turn.bone, Bone::LeftEye | Bone::RightEye))?;
        eyes::needs_turning(self.avatar, node, moves).then(|| self.channel(channel))?
    }

    /// The joint's name and its turn for `channel`, where the avatar has the bone.
    pub(super) fn channel(&self, channel: Channel) -> Option<(String, Vec<Move>)> {
        let turn = TURNS.iter().find(|t| t.channel == channel)?;
        let node = self.bones.get(turn.bone)?;
        let world = self.rest_world.get(node)?;
        let (_, rotation, _) = world.to_scale_rotation_translation();
        let axis = match turn.axis {
            Axis::Left => self.facing.left,
            Axis::Up => Vec3::Y,
        };
        let axis = rotation.inverse() * axis;
        axis.is_finite().then(|| {
            (
                self.bones.name(node).to_owned(),
                vec![Move::Rotate { node, axis: axis.normalize_or(Vec3::X), angle: turn.angle }],
            )
        })
    }
}
