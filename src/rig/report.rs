//! What a rig can do, as data for a person to read.

use super::{Binding, How, Rig};
use crate::avatar::Avatar;
use crate::vocabulary::{Bone, Channel, Viseme};

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
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// What a person should know, a sentence each.
    pub warnings: Vec<String>,
}

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
        Report {
            viseme_count: Count::of(&visemes),
            channel_count: Count::of(&channels),
            warnings: self.warnings(),
            visemes,
            channels,
            bones,
        }
    }

    fn warnings(&self) -> Vec<String> {
        let mut out = Vec::new();
        let missing: Vec<&str> =
            Viseme::ALL.iter().filter(|v| self.viseme(**v).how == How::Missing).map(|v| v.name()).collect();
        let spoken = Viseme::COUNT - 1;
        if missing.len() >= spoken {
            out.push("no viseme at all: the mouth will not move".to_owned());
        } else if !missing.is_empty() {
            out.push(format!("visemes missing: {}", missing.join(" ")));
        }
        if missing.len() < spoken && self.viseme(Viseme::Aa).how == How::Bone {
            out.push("the mouth only opens and closes, by its jaw joint: lips take no shapes".to_owned());
        }
        let blinks = [Channel::EyeBlinkLeft, Channel::EyeBlinkRight];
        if blinks.iter().any(|c| self.channel(*c).how == How::Missing) {
            out.push("no eyelids that close: the avatar will not blink".to_owned());
        }
        let looks = [Channel::EyeLookUpLeft, Channel::EyeLookInLeft];
        if looks.iter().any(|c| self.channel(*c).how == How::Missing) {
            out.push("no eyes that turn: only the head can look around".to_owned());
        }
        if self.bones.get(Bone::Head.index()).copied().flatten().is_none() {
            out.push("no head joint: the head will not move".to_owned());
        }
        out
    }
}

fn entries(names: impl Iterator<Item = &'static str>, bindings: &[Binding]) -> Vec<Entry> {
    names.zip(bindings).map(|(name, b)| Entry { name, how: b.how, source: b.source.clone() }).collect()
}
