//! What a person changes of an avatar: the pose, the recipes, the acting, the look. All of it can be undone.
//!
//! Plain data; what it does to a picture is decided elsewhere.

use crate::render::{DebugView, Quality};
use crate::script::timeline::Dials;
use crate::snapshot::Pose;
use crate::stage::{Light, Lighting, Tone};
use crate::vocabulary::{Channel, Viseme};
use glam::Vec3;
use std::collections::BTreeMap;

/// All changes together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Edits {
    /// Which of the cast the panels are about.
    pub chosen: usize,
    /// What was changed of them.
    pub own: Person,
    /// What was changed of others, by their places in the cast.
    pub others: BTreeMap<usize, Person>,
    /// How lively the acting is; `None` leaves what the script says.
    pub dials: Option<Dials>,
    /// Light, lens and film.
    pub look: LookEdits,
}

/// What is changed of one of the cast.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Person {
    /// What the sliders say.
    pub sliders: Sliders,
    /// Recipes in place of the rig's.
    pub recipes: BTreeMap<Shape, Recipe>,
    /// Where the avatar looks, metres, stage space; `None` leaves it to the acting.
    pub gaze: Option<Vec3>,
    /// A clip that the body plays again and again, by the name it has in the list.
    pub clip: Option<String>,
}

impl Edits {
    /// The panels are about another of the cast.
    pub fn choose(&mut self, index: usize) {
        if index == self.chosen {
            return;
        }
        let before = std::mem::replace(&mut self.own, self.others.remove(&index).unwrap_or_default());
        if before != Person::default() {
            self.others.insert(self.chosen, before);
        }
        self.chosen = index;
    }

    /// Whoever the panels are about stands alone now.
    pub fn be_alone(&mut self) {
        self.others.clear();
        self.chosen = 0;
    }

    /// What was changed of a member of the cast, where anything was.
    pub fn of(&self, index: usize) -> Option<&Person> {
        if index == self.chosen { Some(&self.own) } else { self.others.get(&index) }
    }
}

/// Weights of the pose, each 0..=1.
#[derive(Debug, Clone, PartialEq)]
pub struct Sliders {
    /// In [`Viseme::ALL`]'s order.
    pub visemes: [f32; Viseme::COUNT],
    /// In [`Channel::ALL`]'s order.
    pub channels: [f32; Channel::COUNT],
    /// By name; those at 0 are left out.
    pub expressions: BTreeMap<String, f32>,
}

impl Default for Sliders {
    fn default() -> Self {
        Self { visemes: [0.0; Viseme::COUNT], channels: [0.0; Channel::COUNT], expressions: BTreeMap::new() }
    }
}

impl Sliders {
    /// Those that are not at 0, as a pose.
    pub fn pose(&self) -> Pose {
        let visemes = Viseme::ALL.iter().copied().zip(self.visemes).filter(|(_, weight)| *weight > 0.0);
        let channels = Channel::ALL.iter().copied().zip(self.channels).filter(|(_, weight)| *weight > 0.0);
        let expressions = self.expressions.iter().filter(|(_, weight)| **weight > 0.0);
        Pose {
            visemes: visemes.collect(),
            channels: channels.collect(),
            expressions: expressions.map(|(name, weight)| (name.clone(), *weight)).collect(),
        }
    }

    /// How many are not at 0.
    pub fn count(&self) -> usize {
        let Pose { visemes, channels, expressions } = self.pose();
        visemes.len() + channels.len() + expressions.len()
    }
}

/// A viseme or a channel: what a rig has a recipe for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shape {
    /// One of the 15.
    Viseme(Viseme),
    /// One of the 52.
    Channel(Channel),
}

impl Shape {
    /// Its standard name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Viseme(viseme) => viseme.name(),
            Self::Channel(channel) => channel.name(),
        }
    }

    /// The table of a rig file in which it stands.
    pub fn table(self) -> &'static str {
        match self {
            Self::Viseme(_) => "visemes",
            Self::Channel(_) => "channels",
        }
    }
}

/// What moves at full strength.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recipe {
    /// Morph targets by the file's own names, with weights.
    pub morphs: Vec<(String, f32)>,
    /// Joints that turn.
    pub joints: Vec<Turn>,
}

/// A joint that turns.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// The node's name.
    pub joint: String,
    /// In the joint's own rest frame.
    pub axis: Vec3,
    /// At full strength.
    pub degrees: f32,
}

/// Light, lens and film in place of the stage's; `None` leaves it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LookEdits {
    /// Lights and what is all around.
    pub lighting: Option<Lighting>,
    /// Lights one by one, in place of the lighting's.
    pub lights: Option<Vec<Light>>,
    /// How far the surroundings are turned, degrees.
    pub turn: f32,
    /// Light from all around is multiplied by this; `None` is 1.
    pub surroundings: Option<f32>,
    /// Stops.
    pub exposure: Option<f32>,
    /// How light is fitted into the screen's range.
    pub tone: Option<Tone>,
    /// What is behind, sRGB 0..=1.
    pub backdrop: Option<[f32; 3]>,
    /// One term of the shading instead of the picture.
    pub view: Option<DebugView>,
    /// How much work goes into a picture; `None` leaves it to what draws.
    pub quality: Option<Quality>,
}
