//! The acting as a table of numbers: one column a viseme, channel, own expression and bone axis.

use super::{Acting, Cast};
use crate::avatar::Avatar;
use crate::rig::{How, Rig};
use crate::vocabulary::{Bone, Channel, Viseme};

/// A column of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// A viseme's weight.
    Viseme(Viseme),
    /// A channel's weight, beside what the visemes move.
    Channel(Channel),
    /// How much further than the visemes show it the jaw opens, a weight of `jawOpen`.
    Jaw,
    /// The weight of an expression of an avatar's own, by its name.
    Expression(String),
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
    /// All columns, with the own expressions of everybody in `cast`; with a rig, those that it can realise.
    pub fn all(rig: Option<&Rig>, cast: &[Cast]) -> Vec<Self> {
        let visemes = Viseme::ALL.iter().filter(|&&v| rig.is_none_or(|r| r.viseme(v).how != How::Missing));
        let channels = Channel::ALL.iter().filter(|&&c| rig.is_none_or(|r| r.channel(c).how != How::Missing));
        let bones = BONES.iter().filter(|&&b| rig.is_none_or(|r| r.bone(b).is_some()));
        let mut columns: Vec<Self> = visemes.map(|&v| Self::Viseme(v)).collect();
        columns.extend(channels.map(|&c| Self::Channel(c)));
        if rig.is_none_or(|r| r.channel(Channel::JawOpen).how != How::Missing) {
            columns.push(Self::Jaw);
        }
        for expression in cast.iter().flat_map(|member| &member.avatar.expressions) {
            let column = Self::Expression(expression.name.clone());
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        columns.extend(bones.flat_map(|&b| (0..3).map(move |axis| Self::Bone(b, axis))));
        columns
    }

    /// `viseme.PP`, `channel.jawOpen`, `jaw`, `expression.happy`, `bone.head.x`.
    pub fn name(&self) -> String {
        match self {
            Self::Viseme(viseme) => format!("viseme.{viseme}"),
            Self::Channel(channel) => format!("channel.{channel}"),
            Self::Jaw => "jaw".to_owned(),
            Self::Expression(name) => format!("expression.{name}"),
            Self::Bone(bone, axis) => format!("bone.{bone}.{}", ["x", "y", "z"].get(*axis).unwrap_or(&"z")),
        }
    }

    /// Its number in the `acting` of `avatar`.
    pub fn of(&self, acting: &Acting, avatar: &Avatar) -> f32 {
        match self {
            Self::Viseme(viseme) => acting.visemes[viseme.index()],
            Self::Channel(channel) => acting.channels[channel.index()],
            Self::Jaw => acting.jaw,
            Self::Expression(name) => {
                let index = avatar.expressions.iter().position(|e| e.name == *name);
                acting.expressions.iter().filter(|(i, _)| Some(*i) == index).map(|(_, weight)| weight).sum()
            }
            Self::Bone(bone, axis) => acting.bones.of(*bone).to_array().get(*axis).copied().unwrap_or(0.0),
        }
    }
}
