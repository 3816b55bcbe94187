//! How the time of a motion runs: as long as it is, or as long as some beats of the music; once, or again and again.

use super::beat::BeatTrack;
use crate::avatar::Motion;
use crate::script::Timeline;
use crate::script::mark::playing;
use crate::script::timeline::Mark;
use crate::time::Time;

/// The time of one motion that a mark calls for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pace {
    /// When it begins: on the next beat, where it is to last beats.
    pub(super) begin: Time,
    /// Once through it.
    round_secs: f64,
    motion_secs: f64,
    repeats: bool,
    /// How long it goes over from its last pose to its first, at the end of a round; 0 where they are the same.
    seam_secs: f64,
}

/// Nothing is played faster; also what is no time at all has a round.
const SHORTEST_SECS: f64 = 0.05;
/// Where a motion does not end as it begins, it goes over into its beginning within this, or this share of it.
const SEAM_SECS: f64 = 0.4;
const SEAM_SHARE: f64 = 0.25;
/// Poses so near, radians and hip heights, are the same.
const SAME: f32 = 0.12;

impl Pace {
    /// The time of `motion` as `mark` has it played. Without a beat, beats are not counted.
    pub(super) fn new(motion: &Motion, mark: &Mark, beats: &BeatTrack) -> Self {
        let options = playing(mark.args.iter().skip(1).map(String::as_str)).unwrap_or_default();
        let motion_secs = f64::from(motion.duration_secs);
        let on_beat = options.beats.and_then(|count| Some((count, beats.next(mark.time)?)));
        let (begin, round) = match on_beat {
            Some((count, (begin, secs))) => (begin, count * secs),
            None => (mark.time, motion_secs),
        };
        let round_secs = if options.repeats || on_beat.is_some() { round.max(SHORTEST_SECS) } else { round };
        let seam_secs =
            if options.repeats && !is_cyclic(motion) { SEAM_SECS.min(round_secs * SEAM_SHARE) } else { 0.0 };
        Self { begin, round_secs, motion_secs, repeats: options.repeats, seam_secs }
    }

    /// When it is over, where nothing else ends it.
    pub(super) fn end(&self) -> Time {
        if self.repeats { Time::MAX } else { self.begin + Time::from_secs_f64(self.round_secs) }
    }

    /// How far into the motion it is at `t`, seconds, and how much of its first pose is already seen over that.
    pub(super) fn at(&self, t: Time) -> (f32, f32) {
        let since = (t - self.begin).as_secs_f64();
        let within = if self.repeats && since > 0.0 {
            since - (since / self.round_secs).floor() * self.round_secs
        } else {
            since
        };
        let left = self.round_secs - within;
        let seam = if self.seam_secs > 0.0 { 1.0 - left / self.seam_secs } else { 0.0 };
        // A motion that plays as it is keeps its time to the last bit.
        let is_plain = self.round_secs.to_bits() == self.motion_secs.to_bits();
        let secs = if is_plain { within } else { within * self.motion_secs / self.round_secs };
        (secs as f32, super::curve::smootherstep(seam as f32))
    }
}

/// Beyond these a motion does not look like one any more.
const SLOWEST: f64 = 0.5;
const FASTEST: f64 = 2.0;

/// What is odd about how a mark of `timeline` has its motion played; `None` where all is as it says.
pub fn paced_oddly(timeline: &Timeline, mark: &Mark, motion: &Motion) -> Option<String> {
    let beats = playing(mark.args.iter().skip(1).map(String::as_str))?.beats?;
    let Some((_, secs)) = BeatTrack::new(timeline).next(mark.time) else {
        return Some("there is no [beat]: the motion plays as fast as it is".to_owned());
    };
    let speed = f64::from(motion.duration_secs) / (beats * secs);
    (!(SLOWEST..=FASTEST).contains(&speed)).then(|| {
        let natural = f64::from(motion.duration_secs) / secs;
        format!(
            "beats={beats} makes the motion {speed:.2} times as fast as it is; it is {natural:.1} beats long"
        )
    })
}

/// Whether a motion ends as it begins.
fn is_cyclic(motion: &Motion) -> bool {
    let (first, last) = (motion.moment(0.0), motion.moment(f32::MAX));
    let turns = motion.turns(first).zip(motion.turns(last));
    let turned = turns.map(|((_, a), (_, b))| a.angle_between(b)).fold(0.0, f32::max);
    let (hips, _) = motion.stand(first);
    turned < SAME && hips.distance(motion.stand(last).0) < SAME
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::mark::BEAT;
    use crate::vocabulary::Bone;
    use glam::{Quat, Vec3};

    fn motion(turned: f32) -> Motion {
        let turns = vec![Quat::IDENTITY, Quat::from_rotation_x(0.5), Quat::from_rotation_x(turned)];
        Motion {
            duration_secs: 2.0,
            rate: 1.0,
            bones: vec![(Bone::Spine, turns)],
            hips: vec![Vec3::ZERO; 3],
            lift: vec![0.0; 3],
            ..Motion::default()
        }
    }

    fn pace(turned: f32, secs: f64, args: &[&str]) -> Pace {
        let mark = |secs: f64, name: &str, args: &[&str]| Mark {
            time: Time::from_secs_f64(secs),
            end: None,
            name: name.to_owned(),
            args: args.iter().map(|arg| (*arg).to_owned()).collect(),
        };
        let cues = vec![mark(1.0, BEAT, &["120"])];
        let beats =
            BeatTrack::new(&Timeline { duration: Time::from_millis(99_000), cues, ..Timeline::default() });
        Pace::new(&motion(turned), &mark(secs, "clip", args), &beats)
    }

    #[test]
    fn a_motion_lasts_its_beats_from_the_next_beat_on() {
        let dance = pace(0.0, 3.2, &["dance", "beats=8", "loop"]);
        assert_eq!((dance.begin, dance.end()), (Time::from_millis(3500), Time::MAX));
        let at = |millis: i64| dance.at(Time::from_millis(millis)).0;
        // Eight beats at 120 are four seconds, twice as long as it is.
        assert_eq!((at(3500), at(4500), at(7000), at(8500), at(23_500)), (0.0, 0.5, 1.75, 0.5, 0.0));
        let once = pace(0.0, 3.2, &["dance", "beats=2"]);
        assert_eq!(once.end(), Time::from_millis(4500));
    }

    #[test]
    fn without_beats_it_plays_as_it_is() {
        let plain = pace(0.0, 3.2, &["dance"]);
        assert_eq!((plain.begin, plain.end()), (Time::from_millis(3200), Time::from_millis(5200)));
        assert_eq!(plain.at(Time::from_millis(4000)), (0.8, 0.0));
        let silent = pace(0.0, 0.5, &["dance", "beats=8", "loop"]);
        assert_eq!((silent.begin, silent.at(Time::from_millis(3000)).0), (Time::from_millis(500), 0.5));
    }

    #[test]
    fn what_does_not_end_as_it_begins_goes_over() {
        let seam =
            |turned: f32, millis: i64| pace(turned, 1.0, &["a", "loop"]).at(Time::from_millis(millis)).1;
        assert_eq!((seam(0.01, 2990), seam(0.5, 2000), seam(0.5, 2600)), (0.0, 0.0, 0.0));
        assert!((seam(0.5, 2800) - 0.5).abs() < 1e-3 && seam(0.5, 2999) > 0.99);
    }
}
