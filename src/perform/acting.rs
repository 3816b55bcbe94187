//! What one role does at a moment, whatever avatar plays it.

use super::beat::BeatTrack;
use super::blink::{self, BlinkTrack};
use super::captured::{CapturedTrack, Parts};
use super::delivery::Delivery;
use super::expression::ExpressionTrack;
use super::lips::LipTrack;
use super::motions::{self, MotionTrack, Played};
use super::presence::Presence;
use super::singing::Sustained;
use super::{body, capture, expression, gaze, live_lips, presence};
use crate::script::LivePhones;
use crate::script::mark::{BEAT, CAPTURE};
use crate::script::timeline::{ChannelTrack, Dials, Mark};
use crate::time::Time;
use crate::vocabulary::{Bone, Channel, Viseme};
use glam::Vec3;

/// Weights and rotations of one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Acting {
    /// In [`Viseme::ALL`]'s order, 0..=1.
    pub visemes: [f32; Viseme::COUNT],
    /// In [`Channel::ALL`]'s order, 0..=1, beside what the visemes move.
    pub channels: [f32; Channel::COUNT],
    /// Worn expressions of the avatar's own: index and weight, which add up.
    pub expressions: Vec<(usize, f32)>,
    /// Rotation vectors in radians, stage axes, added to the rest pose; one for each bone that moves.
    pub bones: Vec<(Bone, Vec3)>,
    /// Motions that the body follows, the later over the earlier; `bones` are added to them.
    pub motions: Vec<Played>,
}

impl Default for Acting {
    fn default() -> Self {
        let mut visemes = [0.0; Viseme::COUNT];
        visemes[Viseme::Sil.index()] = 1.0;
        Self {
            visemes,
            channels: [0.0; Channel::COUNT],
            expressions: Vec::new(),
            bones: Vec::new(),
            motions: Vec::new(),
        }
    }
}

impl Acting {
    /// The rotation of `bone`.
    pub fn bone(&self, bone: Bone) -> Vec3 {
        self.bones.iter().find(|(b, _)| *b == bone).map_or(Vec3::ZERO, |&(_, r)| r)
    }
}

/// Whether a mark of this name changes the picture.
pub fn acted_marks(name: &str, args: &[String]) -> bool {
    match name {
        // Slides and cues are for other programs, emphasis is for the voice.
        "camera"
        | "pause"
        | "blink"
        | "slide"
        | "cue"
        | "emphasis"
        | BEAT
        | CAPTURE
        | expression::OWN_MARK => true,
        name if name.starts_with("x-") => true,
        // What they name is looked for when the speech is loaded.
        name if motions::names_motion(name) => true,
        "look" => args.first().is_some_and(|a| gaze::direction(a).is_some()),
        _ => expression::expression_channels(name).is_some() || body::is_head_gesture(name),
    }
}

/// How much of an expression's mouth speech leaves, 0..=1: less while speaking, none where the lips are sealed.
pub(super) fn mouth_left(visemes: &[f32; Viseme::COUNT]) -> f32 {
    let speaking = 1.0 - visemes[Viseme::Sil.index()];
    let sealed = visemes[Viseme::PP.index()].max(visemes[Viseme::FF.index()]);
    (1.0 - 0.4 * speaking) * (1.0 - sealed)
}

/// How much of a head's movement the neck makes.
const NECK_SHARE: f32 = 0.35;

/// What drives a role.
pub(super) struct Drive<'a> {
    pub(super) lips: &'a LipTrack,
    /// Moves the lips in their place, where somebody speaks live.
    pub(super) live: Option<&'a LivePhones>,
    pub(super) singing: &'a Sustained,
    pub(super) capture: &'a [ChannelTrack],
    pub(super) captured: &'a CapturedTrack,
    pub(super) beat: &'a BeatTrack,
    pub(super) faces: &'a ExpressionTrack,
    pub(super) delivery: &'a Delivery,
    pub(super) blinks: &'a BlinkTrack,
    pub(super) marks: &'a [Mark],
    pub(super) motions: &'a MotionTrack,
    pub(super) seed: u64,
    pub(super) dials: &'a Dials,
}

pub(super) fn act(drive: &Drive<'_>, t: Time) -> Acting {
    let Drive { lips, live, capture, faces, delivery, blinks, marks, motions, seed, dials, .. } = *drive;
    let mut visemes = match live {
        Some(live) => live_lips::weights(live, dials.lips, t),
        None => lips.weights(t),
    };
    if live.is_none() {
        drive.singing.add(seed, t, &mut visemes);
    }
    let mut channels = [0.0f32; Channel::COUNT];
    let mut expressions = Vec::new();
    let mut bones = Vec::with_capacity(10);
    faces.add(t, mouth_left(&visemes), &mut channels, &mut expressions);
    capture::add(capture, t, &mut visemes, &mut channels);
    let played = motions.at(t);
    motions::add_face(&played, &mut visemes, &mut channels, &mut expressions);
    let presence = match live {
        Some(_) => Presence::default(),
        None => presence::at(delivery, seed, t),
    };
    presence::raise(presence.brows, &mut channels);
    bones.push((Bone::Neck, presence.head * NECK_SHARE));
    bones.push((Bone::Head, presence.head * (1.0 - NECK_SHARE)));
    gaze::add(marks, motions::look(&played), presence, (seed, t), &mut channels, &mut bones);
    body::sway(seed, t, dials.breath, &mut bones);
    body::gesture(marks, t, &mut bones);
    drive.beat.add(seed, t, motions::body_left(&played), &mut bones);

    let closed = blinks.lids(t).max(blink::marked(marks, t));
    for (lid, wide, squint) in [
        (Channel::EyeBlinkLeft, Channel::EyeWideLeft, Channel::EyeSquintLeft),
        (Channel::EyeBlinkRight, Channel::EyeWideRight, Channel::EyeSquintRight),
    ] {
        // A closed lid is closed: what widens or narrows the eye gives way to it.
        channels[wide.index()] *= 1.0 - closed;
        channels[squint.index()] *= 1.0 - closed;
        channels[lid.index()] = channels[lid.index()].max(closed);
    }
    drive.captured.add(
        t,
        &mut Parts {
            visemes: &mut visemes,
            channels: &mut channels,
            expressions: &mut expressions,
            bones: &mut bones,
        },
    );
    for weight in &mut channels {
        *weight = weight.clamp(0.0, 1.0);
    }
    Acting { visemes, channels, expressions, bones: merged(bones), motions: played }
}

/// One entry a bone, in the order of first mention; small rotation vectors add.
fn merged(bones: Vec<(Bone, Vec3)>) -> Vec<(Bone, Vec3)> {
    let mut out: Vec<(Bone, Vec3)> = Vec::with_capacity(bones.len());
    for (bone, rotation) in bones {
        match out.iter_mut().find(|(b, _)| *b == bone) {
            Some((_, sum)) => *sum += rotation,
            None => out.push((bone, rotation)),
        }
    }
    out
}
