//! The acting as a table of numbers: one column a viseme, channel and bone axis.

use super::Acting;
use crate::rig::{How, Rig};
use crate::vocabulary::{Bone, Channel, Viseme};

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// A viseme's weight.
    Viseme(Viseme),
    /// A channel's weight, beside what the visemes move.
    Channel(Channel),
    /// A component (0 x, 1 y, 2 z) of a bone's rotation vector, radians.
    Bone(Bone, usize),
}

/// Bones that the acting moves.
const BONES: &[Bone] = &[
    Bone::Spine,
    Bone::Chest,
    Bone::UpperChest,
    Bone::Neck,
    Bone::Head,
    Bone::LeftShoulder,
    Bone::RightShoulder,
];

impl Column {
    /// All columns; with a rig, those that it can realise.
    pub fn all(rig: Option<&Rig>) -> Vec<Self> {
        let visemes = Viseme::ALL.iter().filter(|&&v| rig.is_none_or(|r| r.viseme(v).how != How::Missing));
        let channels = Channel::ALL.iter().filter(|&&c| rig.is_none_or(|r| r.channel(c).how != How::Missing));
        let bones = BONES.iter().filter(|&&b| rig.is_none_or(|r| r.bone(b).is_some()));
        let mut columns: Vec<Self> = visemes.map(|&v| Self::Viseme(v)).collect();
        columns.extend(channels.map(|&c| Self::Channel(c)));
        columns.extend(bones.flat_map(|&b| (0..3).map(move |axis| Self::Bone(b, axis))));
        columns
    }

    /// `viseme.PP`, `channel.jawOpen`, `bone.head.x`.
    pub fn name(self) -> String {
        match self {
            Self::Viseme(viseme) => format!("viseme.{viseme}"),
            Self::Channel(channel) => format!("channel.{channel}"),
            Self::Bone(bone, axis) => format!("bone.{bone}.{}", ["x", "y", "z"].get(axis).unwrap_or(&"z")),
        }
    }

    /// Its number in `acting`.
    pub fn of(self, acting: &Acting) -> f32 {
        match self {
            Self::Viseme(viseme) => acting.visemes[viseme.index()],
            Self::Channel(channel) => acting.channels[channel.index()],
            Self::Bone(bone, axis) => acting.bone(bone).to_array().get(axis).copied().unwrap_or(0.0),
        }
    }
}
