//! What a rig can do, as data for a person to read.

use super::{Binding, BoneSource, How, Move, Rig};
use crate::avatar::Avatar;
use crate::diagnostic::Diagnostic;
use crate::vocabulary::{Bone, Channel, Viseme};
use std::collections::BTreeSet;

/// How one viseme or channel is realised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The viseme's or channel's standard name.
    pub name: &'static str,
    /// In which way.
    pub how: How,
    /// The avatar's own names that it was made from.
    pub source: String,
}

/// How many entries are realised in each way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// By morph targets of their own name.
    pub direct: usize,
    /// By a mix of others.
    pub recipe: usize,
    /// By turning a joint.
    pub bone: usize,
    /// Not at all.
    pub missing: usize,
}

impl Count {
    fn of(entries: &[Entry]) -> Self {
        let mut count = Self::default();
        for entry in entries {
            match entry.how {
                How::Direct => count.direct += 1,
                How::Recipe => count.recipe += 1,
                How::Bone => count.bone += 1,
                How::Missing => count.missing += 1,
            }
        }
        count
    }
}

/// A rig's means of expression, and what is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// One for each viseme, in index order; `sil` needs nothing and counts as direct.
    pub visemes: Vec<Entry>,
    /// Of `visemes`.
    pub viseme_count: Count,
    /// One for each channel, in index order.
    pub channels: Vec<Entry>,
    /// Of `channels`.
    pub channel_count: Count,
    /// The bones that were found, in index order: the standard name and the node's own.
    pub bones: Vec<(&'static str, String)>,
    /// Where the knowledge of the bones came from.
    pub bone_source: BoneSource,
    /// Whose names most of the bones have, where they are known.
    pub convention: Option<&'static str>,
    /// Of the bones that acting uses, those that are missing.
    pub missing_bones: Vec<&'static str>,
    /// What a person should know and what they can do, the gravest first.
    pub warnings: Vec<Diagnostic>,
}

/// Bones that acting uses, and that most avatars have.
const ACTED: &[Bone] = &[
    Bone::Hips,
    Bone::Spine,
    Bone::Neck,
    Bone::Head,
    Bone::LeftEye,
    Bone::RightEye,
    Bone::LeftUpperArm,
    Bone::LeftLowerArm,
    Bone::LeftHand,
    Bone::RightUpperArm,
    Bone::RightLowerArm,
    Bone::RightHand,
    Bone::LeftUpperLeg,
    Bone::LeftLowerLeg,
    Bone::LeftFoot,
    Bone::RightUpperLeg,
    Bone::RightLowerLeg,
    Bone::RightFoot,
];

/// So many names of unused targets are told.
const NAMES_TOLD: usize = 8;

impl Rig {
    /// What this rig of `avatar` can do.
    pub fn report(&self, avatar: &Avatar) -> Report {
        let visemes = entries(Viseme::ALL.iter().map(|v| v.name()), &self.visemes);
        let channels = entries(Channel::ALL.iter().map(|c| c.name()), &self.channels);
        let bones = Bone::ALL
            .iter()
            .zip(&self.bones)
            .filter_map(|(bone, node)| Some((bone.name(), avatar.nodes.get((*node)?)?.name.clone())))
            .collect();
        let missing_bones = ACTED.iter().filter(|b| self.bone(**b).is_none()).map(|b| b.name()).collect();
        Report {
            viseme_count: Count::of(&visemes),
            channel_count: Count::of(&channels),
            warnings: self.warnings(avatar),
            bone_source: self.bone_source,
            convention: self.convention,
            missing_bones,
            visemes,
            channels,
            bones,
        }
    }

    fn warnings(&self, avatar: &Avatar) -> Vec<Diagnostic> {
        let mut out = self.mouth_warnings(avatar);
        let mut warn = |message: String, help: &str| out.push(Diagnostic::warning("", message).help(help));
        let lacks = |channels: &[Channel]| channels.iter().any(|c| self.channel(*c).how == How::Missing);
        if lacks(&[Channel::EyeBlinkLeft, Channel::EyeBlinkRight]) {
            let help =
                "export it with eyeBlinkLeft and eyeBlinkRight, or map what closes its eyes in its rig file";
            warn("no eyelids that close: the avatar will not blink".to_owned(), help);
        }
        if lacks(&[Channel::EyeLookUpLeft, Channel::EyeLookInLeft]) {
            let help = "name its eye joints LeftEye and RightEye below the head, or map them in its rig file";
            warn("no eyes that turn: only the head can look around".to_owned(), help);
        }
        if self.bone(Bone::Head).is_none() {
            let help = "name its joints as Mixamo, Unity or VRM do, or map head in its rig file";
            warn("no head joint: the head will not move".to_owned(), help);
        } else if self.bone(Bone::LeftUpperArm).is_none() && avatar.skins.iter().any(|s| s.joints.len() >= 10)
        {
            let help = "map leftUpperArm, leftLowerArm and the right ones in its rig file";
            warn("no arms were found: they stay as the file rests them".to_owned(), help);
        }
        if self.bone_source == BoneSource::Shape {
            let help = "look at --sheet; map what is wrong in its rig file";
            warn(
                "the joints' names do not say all; some bones were told by the skeleton's shape".to_owned(),
                help,
            );
        }
        out
    }

    fn mouth_warnings(&self, avatar: &Avatar) -> Vec<Diagnostic> {
        let missing: Vec<&str> =
            Viseme::ALL.iter().filter(|v| self.viseme(**v).how == How::Missing).map(|v| v.name()).collect();
        let is_mute = missing.len() >= Viseme::COUNT - 1;
        let mut out = Vec::new();
        if is_mute {
            let names = self.unused_targets(avatar);
            let help = "export it with visemes, the 52 ARKit blend shapes or a jaw joint";
            let message = "no viseme at all: the mouth will not move";
            out.push(Diagnostic::warning("", message).help(help));
            if !names.is_empty() {
                let message =
                    format!("its morph targets have names that say nothing here: {}", names.join(", "));
                let help =
                    "map those that move the mouth in its rig file; docs/names.md lists the names understood";
                out.push(Diagnostic::warning("", message).help(help));
            }
        } else if !missing.is_empty() {
            let message = format!("visemes missing: {}", missing.join(" "));
            out.push(
                Diagnostic::warning("", message).help("map them in its rig file as mixes of what it has"),
            );
        }
        if !is_mute && self.viseme(Viseme::Aa).how == How::Bone {
            let message = "the mouth only opens and closes, by its jaw joint: lips take no shapes";
            out.push(Diagnostic::warning("", message).help("add visemes or ARKit blend shapes to the face"));
        }
        out
    }

    /// The names of the first targets that nothing here uses, on whatever mesh.
    fn unused_targets<'a>(&self, avatar: &'a Avatar) -> Vec<&'a str> {
        let moved = self.visemes.iter().chain(&self.channels).flat_map(|b| &b.moves);
        let moved = moved.filter_map(|step| match *step {
            Move::Morph { node, target, .. } => Some((node, target)),
            Move::Rotate { .. } | Move::Express { .. } => None,
        });
        let bound = avatar.expressions.iter().flat_map(|e| &e.morphs).map(|b| (b.node, b.target));
        let name = |(node, target): (usize, usize)| {
            let mesh = avatar.nodes.get(node)?.mesh.and_then(|m| avatar.meshes.get(m))?;
            mesh.morph_names.get(target).map(String::as_str)
        };
        // One use is enough: the target of that name may move nothing on other meshes.
        let mut told: BTreeSet<&str> = moved.chain(bound).filter_map(name).collect();
        let shown = avatar.nodes.iter().filter_map(|n| n.mesh.and_then(|m| avatar.meshes.get(m)));
        let all = shown.flat_map(|mesh| &mesh.morph_names).map(String::as_str);
        all.filter(|name| told.insert(name)).take(NAMES_TOLD).collect()
    }
}

fn entries(names: impl Iterator<Item = &'static str>, bindings: &[Binding]) -> Vec<Entry> {
    names.zip(bindings).map(|(name, b)| Entry { name, how: b.how, source: b.source.clone() }).collect()
}
