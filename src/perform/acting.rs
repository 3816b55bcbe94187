//! What one role does at a moment, whatever avatar plays it.

use super::captured::Parts;
use super::gestures::{self, Arms};
use super::motions::{self, Played};
use super::presence::Presence;
use super::role::Role;
use super::{blink, body, capture, expression, eyes, gaze, glances, jaw, live_lips, presence, stance};
use crate::rig::viseme_jaw;
use crate::script::LivePhones;
use crate::script::mark::{BEAT, BREATHE, CAPTURE, EMPHASIS};
use crate::time::Time;
use crate::vocabulary::{Bone, Channel, Viseme};
use glam::{Vec2, Vec3};

/// Weights and rotations of one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Acting {
    /// In [`Viseme::ALL`]'s order, 0..=1.
    pub visemes: [f32; Viseme::COUNT],
    /// In [`Channel::ALL`]'s order, 0..=1, beside what the visemes move.
    pub channels: [f32; Channel::COUNT],
    /// How much further than the visemes show it the jaw opens, or less where it is negative: a weight of `jawOpen`.
    pub jaw: f32,
    /// Worn expressions of the avatar's own: index and weight, which add up.
    pub expressions: Vec<(usize, f32)>,
    /// How bones turn beside the motions.
    pub bones: Bones,
    /// Motions that the body follows, the later over the earlier; `bones` are added to them.
    pub motions: Vec<Played>,
    /// What the arms do beneath the motions.
    pub arms: Arms,
    /// How far the hips are to the left of the feet's middle, lengths of the leg.
    pub sideways: f32,
}

/// Rotation vectors in radians, stage axes, added to the rest pose; small ones add.
#[derive(Debug, Clone, PartialEq)]
pub struct Bones([Vec3; Bone::COUNT]);

impl Bones {
    /// The rotation of `bone`.
    pub fn of(&self, bone: Bone) -> Vec3 {
        self.0[bone.index()]
    }

    /// Turns `bone` further.
    pub fn turn(&mut self, bone: Bone, rotation: Vec3) {
        self.0[bone.index()] += rotation;
    }

    /// All that turn.
    pub fn iter(&self) -> impl Iterator<Item = (Bone, Vec3)> {
        let all = Bone::ALL.iter().copied().zip(self.0.iter().copied());
        all.filter(|(_, rotation)| *rotation != Vec3::ZERO)
    }
}

impl Default for Bones {
    fn default() -> Self {
        Self([Vec3::ZERO; Bone::COUNT])
    }
}

impl Default for Acting {
    fn default() -> Self {
        let mut visemes = [0.0; Viseme::COUNT];
        visemes[Viseme::Sil.index()] = 1.0;
        Self {
            visemes,
            channels: [0.0; Channel::COUNT],
            jaw: 0.0,
            expressions: Vec::new(),
            bones: Bones::default(),
            motions: Vec::new(),
            arms: Arms::default(),
            sideways: 0.0,
        }
    }
}

/// A jaw as open as this, a weight of `jawOpen`, lets all light into the mouth.
const JAW_WIDE: f32 = 0.5;

impl Acting {
    /// How open the mouth is, 0..=1.
    pub(super) fn mouth_open(&self) -> f32 {
        let spoken: f32 =
            Viseme::ALL.iter().zip(&self.visemes).map(|(viseme, w)| viseme_jaw(*viseme) * w).sum();
        ((spoken + self.jaw + self.channels[Channel::JawOpen.index()]) / JAW_WIDE).clamp(0.0, 1.0)
    }
}

/// Whether a mark of this name changes the picture, in a speech of these speakers.
pub fn acted_marks(name: &str, args: &[String], speakers: &[&str]) -> bool {
    match name {
        // Slides and cues are for other programs, emphasis is for the voice.
        "camera" | "pause" | "blink" | "slide" | "cue" => true,
        EMPHASIS | BREATHE | BEAT | CAPTURE | expression::OWN_MARK => true,
        name if name.starts_with("x-") => true,
        // What they name is looked for when the speech is loaded.
        name if motions::names_motion(name) => true,
        "look" => gaze::is_target(args, speakers),
        _ => expression::expression_channels(name).is_some() || gestures::is_own_mark(name),
    }
}

/// How much of an expression speech leaves to the mouth and to what pulls at it, 0..=1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Room {
    /// Less while speaking, none where the lips are sealed.
    pub(super) mouth: f32,
    /// A wrinkled nose lifts the upper lip: half of it is left where the lips are sealed.
    nose: f32,
}

impl Room {
    /// What `visemes` leave.
    pub(super) fn beside(visemes: &[f32; Viseme::COUNT]) -> Self {
        let speaking = 1.0 - visemes[Viseme::Sil.index()];
        let sealed = visemes[Viseme::PP.index()].max(visemes[Viseme::FF.index()]);
        Self { mouth: (1.0 - 0.4 * speaking) * (1.0 - sealed), nose: 1.0 - 0.5 * sealed }
    }

    /// How much of `channel` is left.
    pub(super) fn left(&self, channel: Channel) -> f32 {
        match channel {
            Channel::NoseSneerLeft | Channel::NoseSneerRight => self.nose,
            channel if is_mouth(channel) => self.mouth,
            _ => 1.0,
        }
    }
}

/// Whether a channel moves the mouth or the jaw.
fn is_mouth(channel: Channel) -> bool {
    (Channel::JawForward.index()..=Channel::MouthUpperUpRight.index()).contains(&channel.index())
}

/// How much of a head's movement the neck makes.
const NECK_SHARE: f32 = 0.35;
/// What makes the head's way to what is looked at, and which share of it.
const TURNS_WITH_HEAD: [(Bone, f32); 4] =
    [(Bone::Spine, 0.08), (Bone::Chest, 0.1), (Bone::Neck, 0.3), (Bone::Head, 0.52)];

/// Writes what `role` does at `t` over whatever `acting` held; the lips follow `live`, where somebody speaks.
pub(super) fn act_into(role: &Role, live: Option<&LivePhones>, t: Time, acting: &mut Acting) {
    let Role { delivery, dials, .. } = role;
    let seed = role.seed;
    let lively = dials.liveliness();
    acting.channels = [0.0; Channel::COUNT];
    acting.bones = Bones::default();
    acting.expressions.clear();
    acting.arms = role.gestures.arms(seed, t);
    acting.sideways = stance::sideways(&delivery.phrases, seed, t);
    match live {
        Some(live) => {
            acting.visemes = live_lips::weights(live, dials.lips, t);
            acting.jaw = jaw::live(dials.jaw, &acting.visemes);
        }
        None => {
            acting.visemes = role.lips.weights(t);
            role.singing.add(seed, t, &mut acting.visemes);
            acting.jaw = role.lips.jaw(t, dials.jaw, &acting.visemes);
        }
    }
    let Acting { visemes, channels, jaw, expressions, bones, motions: played, arms, .. } = acting;
    role.faces.add(t, Room::beside(visemes), channels, expressions);
    capture::add(&role.capture, t, visemes, channels, jaw);
    role.motions.at_into(t, played);
    motions::add_face(played, visemes, channels, expressions);
    let mut presence = match live {
        Some(_) => Presence::default(),
        None => presence::at(delivery, seed, lively, t),
    };
    presence.head.x += presence::listening(&role.nods, t) * lively.min(1.0);
    presence::raise(presence.brows, channels);
    bones.turn(Bone::Neck, presence.head * NECK_SHARE);
    bones.turn(Bone::Head, presence.head * (1.0 - NECK_SHARE));
    look(role, live.is_some(), t, &presence, channels, bones, played);
    let breath = role.breath.at(t);
    channels[Channel::JawOpen.index()] += breath.opens * (1.0 - visemes[Viseme::PP.index()]);
    body::sway(seed, t, breath.inhaled, lively, bones);
    role.gestures.add(t, channels, bones);
    arms.carry(bones);
    role.beat.add(seed, t, motions::body_left(played), bones);
    close(role.blinks.lids(t).max(blink::marked(&role.marks, t)), channels);
    let parts = &mut Parts { visemes, channels, jaw, expressions, bones };
    role.captured.add(t, parts);
    for weight in channels {
        *weight = weight.clamp(0.0, 1.0);
    }
}

/// Turns eyes and head to where marks, motions, others who speak, and the words themselves have them look.
fn look(
    role: &Role,
    is_live: bool,
    t: Time,
    presence: &Presence,
    channels: &mut [f32; Channel::COUNT],
    bones: &mut Bones,
    played: &[Played],
) {
    let seed = role.seed;
    let lively = role.dials.liveliness();
    let mut directed = role.gaze.at(t);
    let wandering = if is_live { Vec2::ZERO } else { glances::at(&role.delivery, seed, lively, t) };
    // A motion's own look is relative to the head that it moves; the eyes follow it alone.
    let (goal, taken) = motions::look(played);
    if taken > 0.0 {
        directed.eyes = directed.eyes.lerp(goal + directed.head * (1.0 - taken), taken);
        directed.head *= 1.0 - taken;
    }
    let turn = Vec3::new(-directed.head.y, directed.head.x, 0.0);
    for (bone, share) in TURNS_WITH_HEAD {
        bones.turn(bone, turn * share);
    }
    let turned = directed.head + Vec2::new(presence.head.y, -presence.head.x);
    let own = wandering * (1.0 - directed.meant) * (1.0 - taken);
    eyes::add(&directed, turned, own, lively, (seed, t), channels);
}

/// Closes the lids by `closed`: what widens or narrows the eye gives way to it.
fn close(closed: f32, channels: &mut [f32; Channel::COUNT]) {
    for (lid, wide, squint) in [
        (Channel::EyeBlinkLeft, Channel::EyeWideLeft, Channel::EyeSquintLeft),
        (Channel::EyeBlinkRight, Channel::EyeWideRight, Channel::EyeSquintRight),
    ] {
        channels[wide.index()] *= 1.0 - closed;
        channels[squint.index()] *= 1.0 - closed;
        channels[lid.index()] = channels[lid.index()].max(closed);
    }
}
