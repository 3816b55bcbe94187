//! What a person says about an avatar's rig, in place of what was found.
//!
//! Data only: whoever reads it from a file has checked that its nodes and morph targets exist.

use super::joints::Joints;
use super::morphs::MorphIndex;
use super::{Binding, How, Move, add, part};
use crate::avatar::Surface;
use crate::vocabulary::{Bone, Channel, Viseme};
use glam::Vec3;

/// Rows that take the place of the resolver's own.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overrides {
    /// A viseme's mix.
    pub visemes: Vec<(Viseme, Mix)>,
    /// A channel's mix.
    pub channels: Vec<(Channel, Mix)>,
    /// A bone's node; `None` where the avatar has no such bone.
    pub bones: Vec<(Bone, Option<usize>)>,
    /// What the materials of a name are the surface of.
    pub surfaces: Vec<(String, Surface)>,
    /// What skin scatters, see [`crate::avatar::Material::scatter`].
    pub scatter: Option<[f32; 3]>,
}

/// What moves for a viseme or a channel at full strength; an empty mix moves nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mix {
    /// Morph targets by the file's own names, on every mesh that has them, with weights.
    pub morphs: Vec<(String, f32)>,
    /// Channels with weights. In a channel's mix they are what was found, in a viseme's what the overrides made of it.
    pub channels: Vec<(Channel, f32)>,
    /// Joints that turn.
    pub joints: Vec<JointTurn>,
}

/// A joint that turns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct JointTurn {
    /// The joint's node.
    pub node: usize,
    /// About what.
    pub axis: Axis,
    /// Radians at full strength.
    pub angle: f32,
}

/// An axis of a turn, whose direction is that of the fingers of a right hand with the thumb along it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Axis {
    /// To the avatar's left: what looks ahead goes down.
    Left,
    /// Upwards: what looks ahead goes to the avatar's left.
    Up,
    /// Forward: what points up goes to the avatar's left.
    Forward,
    /// In the joint's own rest frame; need not be of unit length.
    Own(Vec3),
}

/// Replaces channels.
pub(super) fn channels(
    overrides: &Overrides,
    morphs: &MorphIndex,
    joints: &Joints<'_>,
    channels: &mut [Binding],
) {
    let found = channels.to_vec();
    for (channel, mix) in &overrides.channels {
        if let Some(slot) = channels.get_mut(channel.index()) {
            *slot = binding(mix, morphs, joints, &found);
        }
    }
}

/// Replaces visemes.
pub(super) fn visemes(
    overrides: &Overrides,
    morphs: &MorphIndex,
    joints: &Joints<'_>,
    channels: &[Binding],
    visemes: &mut [Binding],
) {
    for (viseme, mix) in &overrides.visemes {
        if let Some(slot) = visemes.get_mut(viseme.index()) {
            *slot = binding(mix, morphs, joints, channels);
        }
    }
}

fn binding(mix: &Mix, morphs: &MorphIndex, joints: &Joints<'_>, channels: &[Binding]) -> Binding {
    let mut moves: Vec<Move> = Vec::new();
    let mut source = Vec::new();
    for (name, weight) in &mix.morphs {
        source.push(part(name, *weight));
        let found = morphs.find_exact(name).unwrap_or_default();
        found.moves.iter().for_each(|m| add(&mut moves, m.scaled(*weight)));
    }
    for (channel, weight) in &mix.channels {
        source.push(part(channel.name(), *weight));
        let found = channels.get(channel.index()).map_or(&[][..], |b| &b.moves);
        found.iter().for_each(|m| add(&mut moves, m.scaled(*weight)));
    }
    for turn in &mix.joints {
        source.push(format!("{} {:.0}°", joints.bones.name(turn.node), turn.angle.to_degrees()));
        moves.extend(joints.turn(turn.node, turn.axis, turn.angle));
    }
    let how = match (mix.morphs.as_slice(), mix.channels.len(), mix.joints.len()) {
        ([], 0, 0) => How::Missing,
        ([], 0, _) => How::Bone,
        ([(_, weight)], 0, 0) if *weight >= 1.0 => How::Direct,
        _ => How::Recipe,
    };
    Binding { how, source: format!("{} (rig file)", source.join(", ")).trim_start().to_owned(), moves }
}
