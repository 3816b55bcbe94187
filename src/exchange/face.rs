//! The face of a performance as Live Link Face would have recorded it.
//!
//! Visemes are told by the channels that show them on any face; what an avatar's own expressions do is not in it.

use super::sampled::Window;
use crate::avatar::Avatar;
use crate::perform::{Acting, Cast, Performance};
use crate::rig::{EYE_RANGE, Rig, channel_mix};
use crate::script::foreign::{FaceFrame, face_table};
use crate::vocabulary::{Bone, Channel};
use glam::{Quat, Vec3};

/// Role `index` of `performance`, played by `member`, in `window`, as a CSV in the layout of Live Link Face: timecodes from
/// zero, the 52 channels 0..=1, and the turns of the head and of both eyes in radians.
pub fn live_link(performance: &Performance, index: usize, member: &Cast, window: &Window) -> String {
    let Cast { avatar, rig } = member;
    let head = Head::new(avatar, rig);
    let face = |frame: u64| {
        let t = window.time_of(frame);
        let acting = performance.acting(index, t)?;
        let turn =
            head.as_ref().zip(performance.pose(index, t)).map(|(head, pose)| head.turn(avatar, &pose.locals));
        let [left, right] = eyes(&acting);
        Some(FaceFrame { channels: channels(&acting), turns: [turn.unwrap_or_default(), left, right] })
    };
    face_table(window.rate, (0..window.frames()).map_while(face))
}

/// All that the face shows, in channels.
fn channels(acting: &Acting) -> [f32; Channel::COUNT] {
    let mut channels = channel_mix(&acting.visemes);
    for (slot, weight) in channels.iter_mut().zip(acting.channels) {
        *slot += weight;
    }
    channels[Channel::JawOpen.index()] += acting.jaw;
    channels.map(|weight| weight.clamp(0.0, 1.0))
}

/// Yaw towards the right, pitch downwards and roll of the left and the right eye.
fn eyes(acting: &Acting) -> [[f32; 3]; 2] {
    use Channel::*;
    let weight = |channel: Channel| acting.channels[channel.index()];
    let turn = |right: Channel, left: Channel, down: Channel, up: Channel| {
        [(weight(right) - weight(left)) * EYE_RANGE, (weight(down) - weight(up)) * EYE_RANGE, 0.0]
    };
    [
        turn(EyeLookInLeft, EyeLookOutLeft, EyeLookDownLeft, EyeLookUpLeft),
        turn(EyeLookOutRight, EyeLookInRight, EyeLookDownRight, EyeLookUpRight),
    ]
}

/// The head as the avatar stands.
struct Head {
    node: usize,
    body_from_avatar: Quat,
    rest: Quat,
}

impl Head {
    fn new(avatar: &Avatar, rig: &Rig) -> Option<Self> {
        let mut stands = avatar.rest_locals();
        for (node, local) in &rig.stance {
            if let Some(slot) = stands.get_mut(*node) {
                *slot = *local;
            }
        }
        let forward = rig.landmarks.facing;
        let body_from_avatar = Quat::from_rotation_y(-libm::atan2f(forward.x, forward.z));
        let node = rig.bone(Bone::Head)?;
        Some(Self { node, body_from_avatar, rest: rotation(avatar, &stands, node) })
    }

    /// Yaw towards the right, pitch downwards, and roll towards the right shoulder, away from how it stands.
    fn turn(&self, avatar: &Avatar, locals: &[crate::avatar::Transform]) -> [f32; 3] {
        let away = rotation(avatar, locals, self.node) * self.rest.inverse();
        let turn = (self.body_from_avatar * away * self.body_from_avatar.inverse()).normalize();
        let ahead = turn * Vec3::Z;
        let yaw = libm::atan2f(ahead.x, ahead.z);
        let pitch = -libm::asinf(ahead.y.clamp(-1.0, 1.0));
        let rolled = (Quat::from_rotation_y(yaw) * Quat::from_rotation_x(pitch)).inverse() * turn;
        [-yaw, pitch, 2.0 * libm::atan2f(rolled.z, rolled.w)]
    }
}

/// `avatar_from_node`'s rotation.
fn rotation(avatar: &Avatar, locals: &[crate::avatar::Transform], node: usize) -> Quat {
    let upwards = std::iter::successors(Some(node), |n| avatar.nodes.get(*n).and_then(|n| n.parent));
    let own = |node: usize| locals.get(node).map_or(Quat::IDENTITY, |local| local.rotation);
    upwards.fold(Quat::IDENTITY, |turn, node| own(node) * turn)
}
