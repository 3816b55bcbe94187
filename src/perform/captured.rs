//! Faces that marks call for: `[capture FILE]` has a recorded face play in place of the lips and of all that the face does
//! by itself, `[capture FILE add]` beside it. A recorded head turns the head.
//!
//! The face of a recorded line is another thing: see `capture`.

use super::acting::Bones;
use super::curve::smootherstep;
use crate::script::foreign::FaceRecording;
use crate::script::mark::{ADD, CAPTURE};
use crate::script::timeline::Mark;
use crate::time::Time;
use crate::vocabulary::{Bone, Channel, Viseme};
use glam::{EulerRot, Quat, Vec3};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Recorded faces by the name that marks give them.
#[derive(Debug, Clone, Default)]
pub struct Captures(BTreeMap<String, Arc<FaceRecording>>);

impl Captures {
    /// Adds a recording.
    pub fn insert(&mut self, name: impl Into<String>, recording: FaceRecording) {
        self.0.insert(name.into(), Arc::new(recording));
    }
}

/// How long a face goes over into the recorded one, and back, and the head.
const FADE: Time = Time::from_millis(150);
const HEAD_FADE: Time = Time::from_millis(500);
/// How much of a head's turn the neck makes.
const NECK_SHARE: f32 = 0.35;

/// The recorded faces of one role, in order of time.
#[derive(Debug, Default)]
pub(super) struct CapturedTrack(Vec<Play>);

#[derive(Debug)]
struct Play {
    recording: Arc<FaceRecording>,
    begin: Time,
    end: Time,
    adds: bool,
}

/// What a moment's acting is made of.
pub(super) struct Parts<'a> {
    pub(super) visemes: &'a mut [f32; Viseme::COUNT],
    pub(super) channels: &'a mut [f32; Channel::COUNT],
    pub(super) expressions: &'a mut Vec<(usize, f32)>,
    pub(super) jaw: &'a mut f32,
    pub(super) bones: &'a mut Bones,
}

impl CapturedTrack {
    /// The marks that name one of `captures`.
    pub(super) fn new(marks: &[Mark], captures: &Captures) -> Self {
        let mut plays: Vec<Play> = Vec::new();
        for mark in marks.iter().filter(|mark| mark.name == CAPTURE) {
            let Some(recording) = mark.args.first().and_then(|name| captures.0.get(name)) else { continue };
            let adds = mark.args.get(1).is_some_and(|arg| arg == ADD);
            let begin = mark.time;
            let over = begin + (recording.face.end() - recording.face.start);
            let end = mark.end.map_or(over, |end| end.min(over));
            // The next of its kind takes over.
            for earlier in plays.iter_mut().filter(|play| play.adds == adds) {
                earlier.end = earlier.end.min(begin + FADE);
            }
            plays.push(Play { recording: Arc::clone(recording), begin, end, adds });
        }
        Self(plays)
    }

    /// Puts the recorded faces of `t` in place of what is there, or adds them to it.
    pub(super) fn add(&self, t: Time, parts: &mut Parts<'_>) {
        for play in self.0.iter().filter(|play| play.begin <= t && t < play.end) {
            play.add(t, parts);
        }
    }
}

impl Play {
    fn add(&self, t: Time, parts: &mut Parts<'_>) {
        let share = self.share(t, FADE);
        let at = self.recording.face.start + (t - self.begin);
        let face = self.recording.face.weights(at);
        if self.adds {
            for (slot, weight) in parts.channels.iter_mut().zip(face) {
                *slot += weight * share;
            }
        } else {
            parts.visemes.iter_mut().for_each(|weight| *weight *= 1.0 - share);
            parts.visemes[Viseme::Sil.index()] += share;
            *parts.jaw *= 1.0 - share;
            parts.expressions.iter_mut().for_each(|(_, weight)| *weight *= 1.0 - share);
            for (slot, weight) in parts.channels.iter_mut().zip(face) {
                *slot += (weight - *slot) * share;
            }
        }
        let Some(turn) = self.turn(at) else { return };
        let share = self.share(t, HEAD_FADE);
        if !self.adds {
            for bone in [Bone::Neck, Bone::Head] {
                parts.bones.turn(bone, parts.bones.of(bone) * -share);
            }
        }
        parts.bones.turn(Bone::Neck, turn * (share * NECK_SHARE));
        parts.bones.turn(Bone::Head, turn * (share * (1.0 - NECK_SHARE)));
    }

    fn share(&self, t: Time, fade: Time) -> f32 {
        let inside = (t - self.begin).min(self.end - t);
        let half = Time::from_nanos((self.end - self.begin).as_nanos() / 2);
        smootherstep(inside.as_secs_f32() / fade.min(half).as_secs_f32().max(1e-3))
    }

    /// The recorded head as a rotation vector, between two frames in proportion.
    fn turn(&self, at: Time) -> Option<Vec3> {
        let face = &self.recording.face;
        let since = at - face.start;
        let index = face.rate.frames_before(since + Time::from_nanos(1)).saturating_sub(1);
        let head = |index: u64| self.recording.head.get(index as usize).copied().map(Vec3::from);
        let here = head(index)?;
        let next = head(index + 1).unwrap_or(here);
        let (from, until) = (face.rate.time_of(index), face.rate.time_of(index + 1));
        let between = (since - from).as_nanos() as f32 / (until - from).as_nanos().max(1) as f32;
        let [yaw, pitch, roll] = here.lerp(next, between.clamp(0.0, 1.0)).to_array();
        // Recordings count yaw towards the right; the stage's up axis turns to the left.
        Some(Quat::from_euler(EulerRot::YXZ, -yaw, pitch, roll).to_scaled_axis())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::timeline::ChannelTrack;
    use crate::time::FrameRate;

    fn recording() -> Captures {
        let rate = FrameRate::new(10, 1).unwrap();
        let face = ChannelTrack {
            start: Time::ZERO,
            rate,
            channels: vec![Channel::JawOpen],
            frames: vec![vec![0.5]; 40],
        };
        let mut captures = Captures::default();
        captures.insert("a.csv", FaceRecording { face, head: vec![[0.2, 0.1, 0.0]; 40] });
        captures
    }

    fn at(args: &[&str], millis: i64) -> ([f32; Viseme::COUNT], [f32; Channel::COUNT], Vec3) {
        let args = args.iter().map(|arg| (*arg).to_owned()).collect();
        let mark = Mark { time: Time::from_millis(1000), end: None, name: CAPTURE.to_owned(), args };
        let track = CapturedTrack::new(&[mark], &recording());
        let (mut visemes, mut channels) = ([0.0; Viseme::COUNT], [0.0; Channel::COUNT]);
        visemes[Viseme::Aa.index()] = 1.0;
        channels[Channel::JawOpen.index()] = 0.2;
        channels[Channel::MouthSmileLeft.index()] = 0.4;
        let mut bones = Bones::default();
        bones.turn(Bone::Head, Vec3::new(0.0, 0.0, 0.3));
        let parts = &mut Parts {
            visemes: &mut visemes,
            channels: &mut channels,
            jaw: &mut 0.0,
            expressions: &mut Vec::new(),
            bones: &mut bones,
        };
        track.add(Time::from_millis(millis), parts);
        (visemes, channels, bones.iter().map(|(_, turn)| turn).sum())
    }

    #[test]
    fn a_recorded_face_plays_in_place_of_the_acting() {
        let (visemes, channels, head) = at(&["a.csv"], 3000);
        assert_eq!((visemes[Viseme::Aa.index()], visemes[Viseme::Sil.index()]), (0.0, 1.0));
        assert_eq!(
            (channels[Channel::JawOpen.index()], channels[Channel::MouthSmileLeft.index()]),
            (0.5, 0.0)
        );
        // Down and to the right.
        assert!(head.x > 0.09 && head.y < -0.19 && head.z.abs() < 0.02, "{head}");
        for outside in [900, 1000, 5000, 6000] {
            assert_eq!(at(&["a.csv"], outside).0[Viseme::Aa.index()], 1.0, "{outside}");
        }
    }

    #[test]
    fn or_it_is_added() {
        let (visemes, channels, head) = at(&["a.csv", "add"], 3000);
        assert_eq!(visemes[Viseme::Aa.index()], 1.0);
        assert!((channels[Channel::JawOpen.index()] - 0.7).abs() < 1e-6);
        assert!(head.z > 0.25 && head.y < -0.19);
        assert_eq!(channels[Channel::MouthSmileLeft.index()], 0.4);
    }
}
