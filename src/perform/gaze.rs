//! Where somebody looks: at the camera, where `[look …]` says, at who speaks. Eyes first, the head after.
//!
//! It finds the directions; [`super::eyes`] turns the eyes.

use super::curve::{progress, smootherstep};
use super::noise;
use crate::script::mark::look_point;
use crate::script::timeline::Mark;
use crate::time::Time;
use glam::{Vec2, Vec3};

/// Directions of `[look …]`: yaw towards the avatar's left and pitch upwards, radians, and how far away it is, metres.
const DIRECTIONS: &[(&str, [f32; 2], f32)] = &[
    ("left", [0.45, 0.0], 2.5),
    ("right", [-0.45, 0.0], 2.5),
    // The audience sees its own left on the avatar's right.
    ("house-left", [-0.45, 0.0], 5.0),
    ("house-right", [0.45, 0.0], 5.0),
    ("up", [0.0, 0.28], 4.0),
    ("down", [0.0, -0.32], 1.5),
    ("away", [0.35, -0.14], 4.0),
];

/// Targets on which the eyes go on moving.
const CAMERA: &str = "camera";
const AUDIENCE: &str = "audience";
const NOTES: &str = "notes";

/// The audience: how far to both sides faces are, and how long one of them is looked at, seconds.
const HOUSE_YAW: f32 = 0.42;
const HOUSE_PITCH: f32 = 0.05;
const HOUSE_DWELL_SECS: f64 = 2.2;
const HOUSE_METRES: f32 = 6.0;
/// Notes on a lectern: where, how wide a line is, and how long each of its three fixations takes (some 250 ms in reading, Rayner 1998).
const NOTES_DIRECTION: Vec2 = Vec2::new(0.0, -0.5);
const NOTES_METRES: f32 = 0.6;
const LINE: f32 = 0.12;
const READING_SECS: f64 = 0.26;

/// A jump of the eyes takes 25 ms and 2.4 ms more for each degree (Lee, Badler & Badler 2002).
const JUMP_SECS: f32 = 0.025;
const JUMP_SECS_A_RADIAN: f32 = 0.0024 * 57.295_78;
/// The head comes after the eyes.
pub(super) const HEAD_TAKES: Time = Time::from_millis(480);
/// Within this the eyes look alone, or nearly so (Stahl 1999: 15 to 20 degrees); of what lies beyond the head makes this share.
const EYES_ALONE: f32 = 0.28;
const HEAD_WITHIN: f32 = 0.2;
const HEAD_BEYOND: f32 = 0.85;
/// No neck turns further, radians.
const FURTHEST: Vec2 = Vec2::new(1.1, 0.5);

/// Something to look at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Target {
    /// What stays where it is: yaw to the left and pitch up, radians, and metres.
    Fixed(Vec2, f32),
    /// One face of the audience after another.
    Audience,
    /// Lines of notes.
    Notes,
}

/// A target for a while; it lasts until the next where it has no end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    pub(super) begin: Time,
    pub(super) end: Option<Time>,
    pub(super) target: Target,
}

/// What is looked at when.
#[derive(Debug, Clone, Default)]
pub(super) struct GazeTrack {
    home: Vec2,
    home_metres: f32,
    looks: Vec<Look>,
    seed: u64,
}

/// Where eyes and head are directed at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Directed {
    /// Yaw to the left, pitch up, radians, in the body's space.
    pub(super) eyes: Vec2,
    /// How far the head goes along.
    pub(super) head: Vec2,
    /// How much of it is by somebody's word, 0..=1: of the rest the eyes may wander.
    pub(super) meant: f32,
    /// 1 / metres.
    pub(super) nearness: f32,
}

/// Where others and the camera are, as somebody sees them.
#[derive(Debug, Clone, Default)]
pub(super) struct Surroundings {
    /// The eyes' own place on the stage, metres.
    pub(super) eyes: Vec3,
    pub(super) camera: Vec3,
    /// Everybody's name and eyes.
    pub(super) others: Vec<(String, Vec3)>,
}

impl Surroundings {
    /// Somebody at `place`, seen from here.
    pub(super) fn towards(&self, place: Vec3) -> Target {
        let way = place - self.eyes;
        let ahead = libm::sqrtf(way.x * way.x + way.z * way.z);
        let direction = Vec2::new(libm::atan2f(way.x, way.z), libm::atan2f(way.y, ahead));
        Target::Fixed(direction.clamp(-FURTHEST, FURTHEST), way.length().max(0.2))
    }

    fn target(&self, args: &[String]) -> Option<Target> {
        if let Some(point) = look_point(args) {
            return Some(self.towards(Vec3::from(point)));
        }
        let name = args.first()?.as_str();
        match name {
            CAMERA => Some(self.home()),
            AUDIENCE => Some(Target::Audience),
            NOTES => Some(Target::Notes),
            _ => {
                let fixed = DIRECTIONS.iter().find(|(n, ..)| *n == name);
                let fixed =
                    fixed.map(|(_, direction, metres)| Target::Fixed(Vec2::from(*direction), *metres));
                fixed.or_else(|| {
                    let (_, place) = self.others.iter().find(|(id, _)| id == name)?;
                    Some(self.towards(*place))
                })
            }
        }
    }

    /// The camera. Who stands beside its middle looks there; up and down is the same for everybody.
    fn home(&self) -> Target {
        match self.towards(self.camera) {
            Target::Fixed(direction, metres) => Target::Fixed(Vec2::new(direction.x, 0.0), metres),
            other => other,
        }
    }
}

/// Whether `[look …]` with `args` leads somewhere, in a speech of these speakers.
pub(super) fn is_target(args: &[String], speakers: &[&str]) -> bool {
    let others = speakers.iter().map(|name| ((*name).to_owned(), Vec3::ZERO)).collect();
    Surroundings { others, ..Surroundings::default() }.target(args).is_some()
}

impl GazeTrack {
    /// Of `marks`; where none says where to look, at `attention` (in order), else at the camera.
    pub(super) fn new(marks: &[Mark], attention: &[Look], around: &Surroundings, seed: u64) -> Self {
        let marked = marks.iter().filter(|mark| mark.name == "look");
        let marked = marked.filter_map(|mark| {
            Some(Look { begin: mark.time, end: mark.end, target: around.target(&mark.args)? })
        });
        let mut looks: Vec<Look> = marked.collect();
        let said = looks.clone();
        // Somebody's word holds until its end, or until a look at the camera ends it.
        let is_free = |look: &&Look| {
            let before = said.partition_point(|other| other.begin <= look.begin).checked_sub(1);
            let holds =
                |other: &Look| other.end.map_or(other.target != around.home(), |end| look.begin < end);
            before.and_then(|index| said.get(index)).is_none_or(|other| !holds(other))
        };
        looks.extend(attention.iter().filter(is_free));
        looks.sort_by_key(|look| look.begin);
        let (home, home_metres) = match around.home() {
            Target::Fixed(direction, metres) => (direction, metres),
            Target::Audience | Target::Notes => (Vec2::ZERO, HOUSE_METRES),
        };
        Self { home, home_metres, looks, seed }
    }

    /// Where to look at `t`.
    pub(super) fn at(&self, t: Time) -> Directed {
        let home =
            Directed { eyes: self.home, head: head(self.home), meant: 0.0, nearness: 1.0 / self.home_metres };
        let after = self.looks.partition_point(|look| look.begin <= t);
        // What began before these has long been arrived at.
        let settled = self.looks.partition_point(|look| look.begin + HEAD_TAKES <= t).saturating_sub(2);
        let mut found = home;
        for look in self.looks.get(settled..after).unwrap_or_default() {
            let (goal, metres) = self.goal(look.target, t);
            let towards = Directed { eyes: goal, head: head(goal), meant: 1.0, nearness: 1.0 / metres };
            found = found.going(towards, look.begin, t);
            if let Some(end) = look.end.filter(|end| *end <= t) {
                found = found.going(home, end, t);
            }
        }
        found
    }

    fn goal(&self, target: Target, t: Time) -> (Vec2, f32) {
        match target {
            Target::Fixed(direction, metres) => (direction, metres),
            Target::Audience => (self.house(t), HOUSE_METRES),
            Target::Notes => (reading(t), NOTES_METRES),
        }
    }

    /// Faces of the audience, one after another.
    fn house(&self, t: Time) -> Vec2 {
        let face = |slot: i64| {
            let chance = |channel| noise::unit(self.seed, channel, slot);
            // Neither the same side again and again nor always the other one.
            let side =
                if noise::fract(chance(60) + slot.rem_euclid(2) as f32 * 0.5) < 0.5 { 1.0 } else { -1.0 };
            Vec2::new(side * HOUSE_YAW * (0.15 + 0.85 * chance(61)), HOUSE_PITCH * (chance(62) * 2.0 - 1.0))
        };
        let slot = (t.as_secs_f64() / HOUSE_DWELL_SECS).floor();
        let index = slot as i64;
        let begin = (slot + 0.7 * f64::from(noise::unit(self.seed, 63, index))) * HOUSE_DWELL_SECS;
        let (before, now) = (face(index - 1), face(index));
        let since = (t.as_secs_f64() - begin) as f32;
        before.lerp(now, smootherstep(since / jump_secs((now - before).length())))
    }
}

impl Directed {
    /// On the way to `goal` since `begin`.
    fn going(self, goal: Self, begin: Time, t: Time) -> Self {
        let secs = jump_secs((goal.eyes - self.eyes).length());
        let eyes = smootherstep((t - begin).as_secs_f32() / secs);
        let head = smootherstep(progress(t, begin, begin + HEAD_TAKES));
        Self {
            eyes: self.eyes.lerp(goal.eyes, eyes),
            head: self.head.lerp(goal.head, head),
            meant: self.meant + (goal.meant - self.meant) * eyes,
            nearness: self.nearness + (goal.nearness - self.nearness) * eyes,
        }
    }
}

/// How long a jump of the eyes over `radians` takes.
pub(super) fn jump_secs(radians: f32) -> f32 {
    JUMP_SECS + JUMP_SECS_A_RADIAN * radians
}

/// How far the head goes along with the eyes.
fn head(goal: Vec2) -> Vec2 {
    let length = goal.length();
    let share = HEAD_WITHIN * length.min(EYES_ALONE) + HEAD_BEYOND * (length - EYES_ALONE).max(0.0);
    goal.normalize_or_zero() * share
}

/// Along the lines of notes, from the left to the right as the reader sees them.
fn reading(t: Time) -> Vec2 {
    let slot = (t.as_secs_f64() / READING_SECS).floor();
    let place = |slot: i64| {
        let step = slot.rem_euclid(4) as f32;
        Vec2::new(LINE * (0.5 - step / 3.0), -0.01 * slot.div_euclid(4).rem_euclid(5) as f32)
    };
    let (before, now) = (place(slot as i64 - 1), place(slot as i64));
    let since = (t.as_secs_f64() - slot * READING_SECS) as f32;
    NOTES_DIRECTION + before.lerp(now, smootherstep(since / jump_secs((now - before).length())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(at: f64, args: &[&str], end: Option<f64>) -> Mark {
        let (time, end) = (Time::from_secs_f64(at), end.map(Time::from_secs_f64));
        Mark { time, end, name: "look".into(), args: args.iter().map(|a| (*a).to_owned()).collect() }
    }

    fn around() -> Surroundings {
        let others = vec![("bo".to_owned(), Vec3::new(1.0, 1.6, 0.0))];
        Surroundings { eyes: Vec3::new(0.0, 1.6, 0.0), camera: Vec3::new(0.0, 1.6, 2.0), others }
    }

    #[test]
    fn eyes_arrive_first_and_the_head_takes_what_lies_far() {
        let track = GazeTrack::new(&[look(1.0, &["left"], Some(3.0))], &[], &around(), 1);
        let at = |secs| track.at(Time::from_secs_f64(secs));
        assert_eq!(at(0.9).eyes, Vec2::ZERO);
        assert!((at(1.12).eyes.x - 0.45).abs() < 1e-5 && at(1.12).head.x < 0.06, "{:?}", at(1.12));
        assert!((at(2.0).head.x - (0.2 * 0.28 + 0.85 * 0.17)).abs() < 1e-4);
        assert_eq!(at(3.6).eyes, Vec2::ZERO);
    }

    #[test]
    fn speakers_points_notes_and_the_audience_are_looked_at() {
        let yaw = |args: &[&str], secs: f64| {
            let track = GazeTrack::new(&[look(0.0, args, None)], &[], &around(), 1);
            track.at(Time::from_secs_f64(secs)).eyes
        };
        assert!(yaw(&["bo"], 1.0).x > 1.0);
        let point = yaw(&["1", "1.6", "1"], 1.0);
        assert!((point.x - std::f32::consts::FRAC_PI_4).abs() < 1e-4, "{point}");
        assert!(yaw(&["notes"], 1.0).y < -0.45);
        let faces: Vec<f32> = (1..60).map(|secs| yaw(&["audience"], f64::from(secs)).x).collect();
        assert!(faces.iter().any(|x| *x > 0.2) && faces.iter().any(|x| *x < -0.2), "{faces:?}");
    }

    #[test]
    fn a_look_late_in_a_long_speech_needs_no_earlier_ones() {
        let marks: Vec<Mark> = (0..2000)
            .map(|i| look(f64::from(i) * 5.0, if i % 2 == 0 { &["left"] } else { &["camera"] }, None))
            .collect();
        let all = GazeTrack::new(&marks, &[], &around(), 1);
        let few = GazeTrack::new(&marks[1990..], &[], &around(), 1);
        for millis in 0..5000 {
            let t = Time::from_secs_f64(9970.0) + Time::from_millis(millis);
            assert_eq!(all.at(t), few.at(t));
        }
    }
}
