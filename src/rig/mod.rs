//! How one avatar's morph targets and joints realise visemes, channels, expressions and bones.
//!
//! What a naming convention looks like is a row in a table here, never a condition in code.

mod report;

pub use report::{Count, Entry, Report};

use crate::avatar::{Avatar, Landmarks};
use crate::vocabulary::{Bone, Channel, Viseme};
use glam::{Quat, Vec3};

/// How something is realised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    /// By morph targets of its own name.
    Direct,
    /// By a mix of others.
    Recipe,
    /// By turning a joint.
    Bone,
    /// Not at all.
    Missing,
}

/// One thing to move, in proportion to the weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Move {
    /// Adds `weight` to a morph target of a node's mesh.
    Morph {
        /// The node that shows the mesh.
        node: usize,
        /// Index into the mesh's targets.
        target: usize,
        /// At full strength.
        weight: f32,
    },
    /// Turns a joint by `angle` radians about `axis`, in the joint's own rest frame, after its rest rotation.
    Rotate {
        /// The joint.
        node: usize,
        /// A unit vector.
        axis: Vec3,
        /// Radians at full strength.
        angle: f32,
    },
}

/// How one viseme or channel is realised.
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// In which way.
    pub how: How,
    /// The names it was made from, for the report.
    pub source: String,
    /// What moves; empty when missing.
    pub moves: Vec<Move>,
}

/// A rig: one avatar's means of expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Rig {
    /// One for each of [`Viseme::ALL`].
    pub visemes: Vec<Binding>,
    /// One for each of [`Channel::ALL`].
    pub channels: Vec<Binding>,
    /// The node of each of [`Bone::ALL`], where there is one.
    pub bones: Vec<Option<usize>>,
    /// Rotations that bring the arms down from a T or A pose: node, local rotation in place of the rest one.
    pub relaxed: Vec<(usize, Quat)>,
    /// Where head, eyes and floor are.
    pub landmarks: Landmarks,
}

impl Rig {
    /// How `viseme` is realised.
    pub fn viseme(&self, viseme: Viseme) -> &Binding {
        &self.visemes[viseme.index()]
    }

    /// How `channel` is realised.
    pub fn channel(&self, channel: Channel) -> &Binding {
        &self.channels[channel.index()]
    }

    /// The node of `bone`.
    pub fn bone(&self, bone: Bone) -> Option<usize> {
        self.bones[bone.index()]
    }

    /// Finds out how `avatar` realises everything.
    pub fn resolve(avatar: &Avatar) -> Self {
        let missing = || Binding { how: How::Missing, source: String::new(), moves: Vec::new() };
        let _ = avatar;
        Self {
            visemes: vec![missing(); Viseme::COUNT],
            channels: vec![missing(); Channel::COUNT],
            bones: vec![None; Bone::COUNT],
            relaxed: Vec::new(),
            landmarks: Landmarks {
                eyes: Vec3::new(0.0, 1.6, 0.1),
                neck: Vec3::new(0.0, 1.5, 0.0),
                crown: 1.75,
                floor: 0.0,
                half_width: 0.5,
                facing: Vec3::Z,
            },
        }
    }
}
