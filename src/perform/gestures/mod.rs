//! What hands, trunk and head do beside the words: gestures that marks call for, and beats on accents of what is said.
//!
//! Everything is a key of a few numbers about joints, evaluated when it is asked for. It knows no avatar but by the lengths
//! of its arms.

mod arm;
mod beats;
mod hands;
mod library;
mod plan;
mod track;

use super::acting::Bones;
use super::curve::smootherstep;
use super::delivery::Delivery;
use super::noise;
use crate::rig::{ArmMeasures, ArmTurns, Rig};
use crate::script::timeline::Mark;
use crate::time::Time;
use crate::vocabulary::{Bone, Channel};
use glam::{Quat, Vec3};
use library::{GESTURES, HEAD, TRUNK};
use track::{ArmMoment, ArmTrack, Track};

/// The names of the gestures that are built in.
pub fn gesture_names() -> impl Iterator<Item = &'static str> {
    GESTURES.iter().map(|gesture| gesture.name)
}

/// The names of the built-in gestures that an avatar of `rig` has the arms and the head for.
pub fn shown_gestures(rig: &Rig) -> impl Iterator<Item = &'static str> {
    let has = |bone: Bone| rig.bone(bone).is_some();
    let (left, right, head) = (has(Bone::LeftUpperArm), has(Bone::RightUpperArm), has(Bone::Head));
    let shown = move |gesture: &&library::Gesture| {
        let has_arms = (left || gesture.left.is_empty()) && (right || gesture.right.is_empty());
        has_arms && (head || !gesture.left.is_empty() || !gesture.right.is_empty())
    };
    GESTURES.iter().filter(shown).map(|gesture| gesture.name)
}

/// The mark that names a gesture.
const MARK: &str = "gesture";
/// Marks that are gestures themselves.
const OWN_MARKS: &[&str] = &["nod", "shake"];

/// Whether a mark of this name is a gesture itself.
pub(super) fn is_own_mark(name: &str) -> bool {
    OWN_MARKS.contains(&name)
}

/// The gesture that a mark calls for.
fn called(mark: &Mark) -> Option<&'static library::Gesture> {
    let name = match mark.name.as_str() {
        MARK => mark.args.first()?.as_str(),
        own if is_own_mark(own) => own,
        _ => return None,
    };
    GESTURES.iter().find(|gesture| gesture.name == name)
}

/// What one role does with its hands, trunk and head.
#[derive(Debug, Default)]
pub(super) struct Gestures {
    arms: [ArmTrack; 2],
    trunk: Option<Track<TRUNK>>,
    head: Option<Track<HEAD>>,
}

/// Both arms at a moment; `None` for one at rest.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Arms([Option<ArmMoment>; 2]);

impl Gestures {
    /// `busy` are the times in which files move the body; `marks` are those that no file moves it for.
    pub(super) fn new(
        marks: &[&Mark],
        busy: &[(Time, Time)],
        delivery: &Delivery,
        seed: u64,
        liveliness: f32,
    ) -> Self {
        let mut plan = plan::Plan::of(marks, seed);
        beats::add(&mut plan, busy, delivery, seed, liveliness);
        plan.finish()
    }

    /// Whether any arm ever moves.
    pub(super) fn moves_arms(&self) -> bool {
        self.arms.iter().any(|arm| !arm.is_empty())
    }

    /// The arms at `t`.
    pub(super) fn arms(&self, seed: u64, t: Time) -> Arms {
        Arms([0, 1].map(|side| {
            let mut moment = self.arms[side].at(t)?;
            alive(&mut moment, seed, side, t);
            Some(moment)
        }))
    }

    /// Adds trunk, head, shoulders and brows.
    pub(super) fn add(&self, t: Time, channels: &mut [f32; Channel::COUNT], bones: &mut Bones) {
        if let Some([lean, turn, tilt, shrug, brows, bow]) = self.trunk.as_ref().map(|track| track.at(t)) {
            let trunk = Vec3::new(lean, turn, tilt);
            bones.turn(Bone::Spine, trunk * 0.45 + Vec3::X * bow);
            bones.turn(Bone::Chest, trunk * 0.35);
            bones.turn(Bone::UpperChest, trunk * 0.2);
            for (sign, shoulder, arm) in [
                (1.0, Bone::LeftShoulder, Bone::LeftUpperArm),
                (-1.0, Bone::RightShoulder, Bone::RightUpperArm),
            ] {
                // Shoulders rise, arms hang on as they hung.
                bones.turn(shoulder, Vec3::Z * shrug * sign);
                bones.turn(arm, Vec3::Z * -shrug * sign);
            }
            for (channel, share) in [
                (Channel::BrowInnerUp, 0.7),
                (Channel::BrowOuterUpLeft, 0.5),
                (Channel::BrowOuterUpRight, 0.5),
            ] {
                channels[channel.index()] += share * brows.max(0.0);
            }
        }
        if let Some(head) = self.head.as_ref().map(|track| Vec3::from(track.at(t))) {
            bones.turn(Bone::Neck, head * 0.35);
            bones.turn(Bone::Head, head * 0.65);
        }
    }
}

impl Arms {
    /// What follows an arm that is up: its shoulder comes up and forward, the trunk turns with it, and the arm at rest bends a
    /// little.
    pub(super) fn carry(&self, bones: &mut Bones) {
        // A hand that touches something has been led there without all this.
        let free = |moment: &ArmMoment| moment.seen[0] * (1.0 - smootherstep(moment.pose.reach[4]));
        let up = |side: usize| self.0[side].as_ref().map_or(0.0, free);
        let (left, right) = (up(0), up(1));
        bones.turn(Bone::LeftShoulder, Vec3::new(0.0, -0.07, 0.05) * left);
        bones.turn(Bone::RightShoulder, Vec3::new(0.0, 0.07, -0.05) * right);
        let turned = Vec3::Y * (0.05 * (right - left));
        bones.turn(Bone::Spine, turned * 0.5);
        bones.turn(Bone::Chest, turned * 0.5);
        bones.turn(Bone::Neck, -turned * 0.8);
        bones.turn(Bone::LeftLowerArm, Vec3::X * (-0.16 * right * (1.0 - left)));
        bones.turn(Bone::RightLowerArm, Vec3::X * (-0.16 * left * (1.0 - right)));
    }

    /// Whether both rest.
    pub(super) fn rest(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// What turns an avatar's arms, whose lengths are `measures`.
    pub(super) fn turns(&self, measures: &[Option<ArmMeasures>; 2]) -> [ArmTurns; 2] {
        let mut out = [ArmTurns::default(); 2];
        for (side, (out, moment)) in out.iter_mut().zip(&self.0).enumerate() {
            let (Some(moment), Some(measures)) = (moment, &measures[side]) else { continue };
            moment.pose.turns(side, measures, out);
            let [upper, lower, wrist, fingers] = moment.seen;
            out.weights = [fingers; 19];
            [out.weights[0], out.weights[1], out.weights[2], out.weights[3]] = [upper, upper, lower, wrist];
        }
        out
    }
}

/// Hash channels of what keeps a held arm from standing still.
const ALIVE: u64 = 60;

/// A held arm is never quite still.
fn alive(moment: &mut ArmMoment, seed: u64, side: usize, t: Time) {
    let secs = t.as_secs_f64();
    let drift =
        |channel: u64, period: f64| noise::drift(seed, ALIVE + channel * 2 + side as u64, secs, period);
    // What touches something stays there.
    let free = 1.0 - 0.7 * moment.pose.reach[4].clamp(0.0, 1.0);
    let upper = Vec3::new(drift(0, 2.1), drift(1, 2.7), drift(2, 2.3)) * (0.045 * free);
    let wrist = Vec3::new(drift(3, 1.7), 0.0, drift(4, 1.5)) * (0.07 * free);
    moment.pose.upper *= Quat::from_scaled_axis(upper);
    moment.pose.wrist *= Quat::from_scaled_axis(wrist);
    moment.pose.bend += 0.09 * drift(5, 1.9) * free;
}
