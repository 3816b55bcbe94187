//! Motions that marks call for: `[clip NAME]` takes the whole body, `[gesture NAME]` what is above the hips.
//!
//! They come and go over the way the body stands. Lips, blinks and glances go on; what a motion says of the face is added.

use super::Cast;
use super::acting::Room;
use super::beat::BeatTrack;
use super::curve::{Envelope, smootherstep};
use super::expression::{Worn, worn};
use super::loops::Pace;
use crate::avatar::Motion;
use crate::rig::Part;
use crate::script::timeline::Mark;
use crate::time::Time;
use crate::vocabulary::{Channel, Expression, Viseme};
use glam::Vec2;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Motions by the name that marks give them.
#[derive(Debug, Clone, Default)]
pub struct Motions(BTreeMap<String, Arc<Motion>>);

impl Motions {
    /// Adds a motion.
    pub fn insert(&mut self, name: impl Into<String>, motion: Motion) {
        self.0.insert(name.into(), Arc::new(motion));
    }

    /// Adds all of `other`.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether `mark` plays one of them.
    pub(super) fn plays(&self, mark: &Mark) -> bool {
        names_motion(&mark.name) && mark.args.first().is_some_and(|name| self.0.contains_key(name))
    }

    /// The motion called `name`.
    pub fn get(&self, name: &str) -> Option<&Arc<Motion>> {
        self.0.get(name)
    }
}

/// A motion at a moment.
#[derive(Debug, Clone)]
pub struct Played {
    /// Which.
    pub motion: Arc<Motion>,
    /// How far into it, seconds.
    pub secs: f32,
    /// How much of the body it takes.
    pub part: Part,
    /// How much of it is seen, 0..=1.
    pub weight: f32,
    /// How the avatar wears each of its expressions.
    worn: Arc<Vec<Option<Worn>>>,
}

impl PartialEq for Played {
    fn eq(&self, other: &Self) -> bool {
        let same = Arc::ptr_eq(&self.motion, &other.motion) && self.part == other.part;
        same && (self.secs, self.weight) == (other.secs, other.weight)
    }
}

/// A motion comes and goes within these, or within half of it where it is short.
const COMES: Time = Time::from_millis(450);
const GOES: Time = Time::from_millis(600);

/// No speech lasts so long.
const FAR: Time = Time::from_nanos(i64::MAX / 4);

/// What marks of these names play.
const PARTS: &[(&str, Part)] = &[("clip", Part::Whole), ("gesture", Part::Upper)];

/// Whether a mark of this name plays the motion that its argument names.
pub fn names_motion(name: &str) -> bool {
    part(name).is_some()
}

fn part(name: &str) -> Option<Part> {
    PARTS.iter().find(|(n, _)| *n == name).map(|&(_, part)| part)
}

/// The motions of one role, in order of time.
#[derive(Debug, Default)]
pub(super) struct MotionTrack(Vec<Play>);

#[derive(Debug)]
struct Play {
    motion: Arc<Motion>,
    part: Part,
    pace: Pace,
    seen: Envelope,
    worn: Arc<Vec<Option<Worn>>>,
}

impl MotionTrack {
    /// The marks that name a motion of `motions`, in a speech that lasts `duration`, as `member` plays them to music with `beats`.
    pub(super) fn new(
        marks: &[Mark],
        motions: &Motions,
        duration: Time,
        member: &Cast,
        beats: &BeatTrack,
    ) -> Self {
        let mut plays: Vec<Play> = Vec::new();
        for mark in marks {
            let Some(part) = part(&mark.name) else { continue };
            let Some(motion) = mark.args.first().and_then(|name| motions.get(name)) else { continue };
            let play =
                Play::new(Arc::clone(motion), part, (mark, Pace::new(motion, mark, beats)), duration, member);
            // The next of its kind takes over as it comes; a clip ends gestures too.
            for earlier in plays.iter_mut().filter(|p| p.part == part || part == Part::Whole) {
                if earlier.seen.end > play.seen.full {
                    earlier.seen.end = play.seen.full;
                    earlier.seen.release = play.seen.full;
                }
            }
            plays.push(play);
        }
        Self(plays)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// When anything is played.
    pub(super) fn times(&self) -> Vec<(Time, Time)> {
        self.0.iter().map(|play| (play.seen.begin, play.seen.end.min(FAR))).collect()
    }

    /// Writes what is played at `t`, the later over the earlier, over whatever `played` held.
    pub(super) fn at_into(&self, t: Time, played: &mut Vec<Played>) {
        let seen = self.0.iter().flat_map(|play| {
            let weight = play.seen.at(t);
            let (secs, seam) = play.pace.at(t);
            [(secs, weight), (0.0, weight * seam)].into_iter().filter(|(_, weight)| *weight > 0.0).map(
                |(secs, weight)| Played {
                    motion: Arc::clone(&play.motion),
                    secs,
                    part: play.part,
                    weight,
                    worn: Arc::clone(&play.worn),
                },
            )
        });
        played.clear();
        played.extend(seen);
    }
}

impl Play {
    fn new(
        motion: Arc<Motion>,
        part: Part,
        (mark, pace): (&Mark, Pace),
        duration: Time,
        member: &Cast,
    ) -> Self {
        let (begin, whole) = (pace.begin, pace.end());
        let end = mark.end.map_or(whole, |end| end.min(whole).max(begin));
        let half = Time::from_nanos((end - begin).as_nanos() / 2);
        let mut seen = Envelope { begin, full: begin + COMES.min(half), release: end - GOES.min(half), end };
        // Before the beginning and after the end of a speech there is nothing to come from or go to.
        if begin <= Time::ZERO {
            seen.begin = begin - Time::from_millis(1);
            seen.full = begin;
        }
        if end >= duration {
            seen.release = Time::from_nanos(i64::MAX);
            seen.end = seen.release;
        }
        let worn = motion.expressions.iter().map(|(name, _)| worn(name, &member.avatar, &member.rig));
        let worn = Arc::new(worn.collect());
        Self { motion, part, pace, seen, worn }
    }
}

/// How much of the body's own movement motions leave, 0..=1.
pub(super) fn body_left(played: &[Played]) -> f32 {
    1.0 - played.iter().map(|play| play.weight).fold(0.0, f32::max)
}

/// Adds what `played` says of the face. Speech keeps the mouth.
pub(super) fn add_face(
    played: &[Played],
    visemes: &mut [f32; Viseme::COUNT],
    channels: &mut [f32; Channel::COUNT],
    expressions: &mut Vec<(usize, f32)>,
) {
    let (room, silent) = (Room::beside(visemes), visemes[Viseme::Sil.index()]);
    for play in played {
        let moment = play.motion.moment(play.secs);
        for ((name, weight), worn) in play.motion.expressions(moment).zip(play.worn.iter()) {
            let weight = weight * play.weight;
            if let Some((_, viseme)) = VOWELS.iter().find(|(e, _)| e.name() == name) {
                let weight = weight * silent;
                visemes[viseme.index()] = visemes[viseme.index()].max(weight);
                visemes[Viseme::Sil.index()] = visemes[Viseme::Sil.index()].min(1.0 - weight);
            } else if let Some((_, lids)) = LIDS.iter().find(|(e, _)| e.name() == name) {
                lids.iter().for_each(|lid| channels[lid.index()] = channels[lid.index()].max(weight));
            } else if let Some(Worn::Channels(set)) = worn {
                for &(channel, strength) in *set {
                    channels[channel.index()] += strength * weight * room.left(channel);
                }
            } else if let Some(Worn::Own { expression, weight: most }) = worn
                && weight > 0.0
            {
                expressions.push((*expression, most * weight));
            }
        }
    }
}

const VOWELS: &[(Expression, Viseme)] = &[
    (Expression::Aa, Viseme::Aa),
    (Expression::Ih, Viseme::Ih),
    (Expression::Ou, Viseme::Ou),
    (Expression::Ee, Viseme::E),
    (Expression::Oh, Viseme::Oh),
];

const LIDS: &[(Expression, &[Channel])] = &[
    (Expression::Blink, &[Channel::EyeBlinkLeft, Channel::EyeBlinkRight]),
    (Expression::BlinkLeft, &[Channel::EyeBlinkLeft]),
    (Expression::BlinkRight, &[Channel::EyeBlinkRight]),
];

/// Where the played motions look, relative to the head (yaw towards the left, pitch upwards, radians), and how much of
/// the glance that takes.
pub(super) fn look(played: &[Played]) -> (Vec2, f32) {
    let mut goal = (Vec2::ZERO, 0.0f32);
    for play in played {
        if let Some(look) = play.motion.look(play.motion.moment(play.secs)) {
            let share = smootherstep(play.weight);
            goal = (goal.0.lerp(look, share), goal.1.max(share));
        }
    }
    goal
}
