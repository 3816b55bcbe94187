//! How one avatar's morph targets and joints realise visemes, channels, expressions and bones.
//!
//! What a naming convention looks like is a row in a table here, never a condition in code.

mod anatomy;
mod body;
mod bone_names;
mod bones;
mod channel_names;
mod channels;
mod closure;
mod combinations;
mod eyes;
mod faces;
mod facing;
mod idle;
mod joints;
mod label;
mod landmarks;
mod mirror;
mod mixes;
mod morphs;
mod names_page;
mod overrides;
mod own;
mod recipes;
mod relaxed;
mod relief;
mod report;
mod shape;
mod surfaces;
mod viseme_names;
mod visemes;
mod words;

pub use body::{ARM_BONES, ArmMeasures, ArmTurns, Part, Retarget, Stature, motion_of, stature};
pub use bones::BoneSource;
pub use closure::{Closure, Gap, LipGauge};
pub use combinations::Combination;
pub use faces::name_faces;
pub use mixes::{channel_mix, vowel_mix};
pub use names_page::names_page;
pub use overrides::{Axis, JointTurn, Mix, Overrides};
pub use own::EYE_RANGE;
pub use recipes::viseme_jaw;
pub use relief::measure_surfaces;
pub use report::{Count, Entry, Report};

use bones::Bones;
use facing::Facing;
use joints::Joints;
use morphs::MorphIndex;

use crate::avatar::{Avatar, Landmarks, Transform};
use crate::vocabulary::{Bone, Channel, Viseme};
use glam::Vec3;

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
    /// Wears one of the avatar's own expressions, by its rules.
    Express {
        /// Index into the avatar's expressions.
        expression: usize,
        /// At full strength.
        weight: f32,
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
    /// Where the knowledge of the bones came from.
    pub bone_source: BoneSource,
    /// Whose names most of the bones have, where they are known.
    pub convention: Option<&'static str>,
    /// How the avatar stands, by its idle clip's first pose or with the arms brought down from a T or A pose:
    /// node, local transform in place of the rest one.
    pub stance: Vec<(usize, Transform)>,
    /// Where head, eyes and floor are.
    pub landmarks: Landmarks,
    /// How the lips meet, where they are found in the mesh.
    pub closure: Option<Closure>,
    /// Morph targets that others drive.
    pub combinations: Vec<Combination>,
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

    /// How strong a channel's moves are for its `weight`: the same, but for glances of an avatar whose look-at is no
    /// straight line.
    pub fn strength(&self, avatar: &Avatar, channel: Channel, weight: f32) -> f32 {
        avatar.look_at.as_ref().and_then(|look_at| own::bent(look_at, channel, weight)).unwrap_or(weight)
    }

    /// The node of `bone`.
    pub fn bone(&self, bone: Bone) -> Option<usize> {
        self.bones[bone.index()]
    }

    /// Finds out how `avatar` realises everything.
    pub fn resolve(avatar: &Avatar) -> Self {
        Self::resolve_with(avatar, &Overrides::default())
    }

    /// Like [`Self::resolve`], with a person's word in place of what is found.
    pub fn resolve_with(avatar: &Avatar, overrides: &Overrides) -> Self {
        let rest_world = avatar.rest_world();
        let bones = Bones::find(avatar, &rest_world, &overrides.bones);
        let facing = facing::facing(&bones, &rest_world);
        let morphs = MorphIndex::new(avatar);
        let joints = Joints { avatar, bones: &bones, rest_world: &rest_world, facing };
        let mut channels = channels::resolve(&morphs, &joints);
        let mut visemes = visemes::resolve(&morphs, &channels, &joints);
        channels::complete(&mut channels, &visemes);
        channels::move_lids(&mut channels);
        overrides::channels(overrides, &morphs, &joints, &mut channels);
        let stance = idle::stance(avatar, &bones, facing);
        let missing = Binding::missing();
        let jaw = channels.get(Channel::JawOpen.index()).unwrap_or(&missing);
        let subject = landmarks::Subject { avatar, bones: &bones, stance: &stance, facing, jaw };
        let landmarks = landmarks::measure(&subject);
        overrides::visemes(overrides, &morphs, &joints, &channels, &mut visemes.bindings);
        let said: Vec<Viseme> = overrides.visemes.iter().map(|(viseme, _)| *viseme).collect();
        let head = closure::Subject { avatar, facing, landmarks: &landmarks, said: &said };
        let closure = closure::correct(&head, &mut visemes.bindings, &channels);
        Self {
            visemes: visemes.bindings,
            landmarks,
            bone_source: bones.source(),
            convention: bones.convention(),
            bones: bones.into_nodes(),
            channels,
            stance,
            closure,
            combinations: combinations::find(avatar),
        }
    }
}

/// Tells the renderer what the materials of `avatar` are the surfaces of, as far as their names or a person say.
pub fn name_surfaces(avatar: &mut Avatar, overrides: &Overrides) {
    let found = surfaces::surfaces(&avatar.materials);
    for (material, surface) in avatar.materials.iter_mut().zip(found) {
        let said = overrides.surfaces.iter().find(|(name, _)| *name == material.name);
        material.surface = said.map_or(surface, |(_, surface)| *surface);
        material.scatter = overrides.scatter.unwrap_or(material.scatter);
    }
}

impl Move {
    /// The same move, `share` as strong.
    fn scaled(self, share: f32) -> Self {
        match self {
            Self::Morph { node, target, weight } => Self::Morph { node, target, weight: weight * share },
            Self::Rotate { node, axis, angle } => Self::Rotate { node, axis, angle: angle * share },
            Self::Express { expression, weight } => Self::Express { expression, weight: weight * share },
        }
    }

    /// Whether both move the same target, or the same joint about the same axis.
    fn moves_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Morph { node, target, .. }, Self::Morph { node: n, target: t, .. }) => {
                node == n && target == t
            }
            (Self::Rotate { node, axis, .. }, Self::Rotate { node: n, axis: x, .. }) => {
                node == n && axis == x
            }
            (Self::Express { expression, .. }, Self::Express { expression: e, .. }) => expression == e,
            _ => false,
        }
    }
}

/// A name in a mix, with its weight where that is not 1.
fn part(name: &str, weight: f32) -> String {
    if (weight - 1.0).abs() < 1e-3 { name.to_owned() } else { format!("{name} {weight:.2}") }
}

/// Adds a move, joined with one of the same target or joint and axis.
fn add(moves: &mut Vec<Move>, new: Move) {
    match (moves.iter_mut().find(|old| old.moves_same(&new)), new) {
        (Some(Move::Morph { weight, .. }), Move::Morph { weight: more, .. }) => *weight += more,
        (Some(Move::Rotate { angle, .. }), Move::Rotate { angle: more, .. }) => *angle += more,
        (Some(Move::Express { weight, .. }), Move::Express { weight: more, .. }) => *weight += more,
        _ => moves.push(new),
    }
}

impl Binding {
    /// Of what cannot be realised.
    fn missing() -> Self {
        Self { how: How::Missing, source: String::new(), moves: Vec::new() }
    }
}
