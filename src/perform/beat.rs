//! Moving with the beat of music: the trunk sways to a side on each beat, the head follows, the chest sinks a little.
//!
//! It knows that there is music, and not how it sounds.

use super::acting::Bones;
use super::curve::{progress, smootherstep};
use super::noise;
use crate::script::Timeline;
use crate::script::mark::{BEAT, tempo};
use crate::time::Time;
use crate::vocabulary::{Bone, Phone};
use glam::Vec3;

/// The music that has a beat, in order of time, not overlapping.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct BeatTrack {
    /// What a mark says, whether there is music or not.
    tempos: Vec<Tempo>,
    /// Where there is music or somebody sings: which of `tempos`, from when to when.
    moved: Vec<(usize, Time, Time)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Tempo {
    /// When the first beat is.
    start: Time,
    end: Time,
    secs_per_beat: f64,
}

/// Beats of a bar; whoever moves comes in and goes out over one.
const BAR: f64 = 4.0;
/// Silence as short as this many bars is part of the music.
const REST_BARS: f64 = 2.0;
/// How far the trunk leans to a side, how much of it the head gives back, and how far the head nods, radians.
const LEAN: f32 = 0.042;
/// How far the hip above the leg that bears the weight rises; the legs give it back, so that the feet stay within 3 mm.
const HIP: f32 = 0.026;
const TURN: f32 = 0.03;
const HEAD_BACK: f32 = 0.45;
const NOD: f32 = 0.03;
const SINK: f32 = 0.012;
const SHOULDER: f32 = 0.035;
/// The least that anybody moves of the most, from bar to bar.
const LEAST: f32 = 0.55;
/// Channels of hash values.
const DEPTH: u64 = 70;
const FIRST_SIDE: u64 = 71;

impl BeatTrack {
    /// The marks `[beat …]` of a timeline where its sounds play or somebody speaks.
    pub(super) fn new(timeline: &Timeline) -> Self {
        let mut tempos: Vec<Tempo> = Vec::new();
        for cue in timeline.cues.iter().filter(|cue| cue.name == BEAT) {
            if let Some(last) = tempos.last_mut() {
                last.end = last.end.min(cue.time);
            }
            let bpm = cue.args.first().and_then(|text| tempo(text)).unwrap_or_default();
            if bpm > 0.0 {
                let end = cue.end.unwrap_or(timeline.duration);
                tempos.push(Tempo { start: cue.time, end, secs_per_beat: 60.0 / bpm });
            }
        }
        let mut moved = Vec::new();
        if !tempos.is_empty() {
            let sounding = sounding(timeline);
            for (index, tempo) in tempos.iter().enumerate() {
                let rest = Time::from_secs_f64(tempo.secs_per_beat * BAR * REST_BARS);
                moved.extend(
                    tempo.heard(&sounding, rest).into_iter().map(|(from, until)| (index, from, until)),
                );
            }
        }
        Self { tempos, moved }
    }

    /// How long a beat lasts at `t`, and when the next one is at `t` or after it; `None` where there is no beat.
    pub(super) fn next(&self, t: Time) -> Option<(Time, f64)> {
        let tempo = self.tempos.iter().find(|tempo| tempo.start <= t && t < tempo.end)?;
        let beats = (t - tempo.start).as_secs_f64() / tempo.secs_per_beat;
        // A mark that stands on a beat, but for rounding, means that one.
        let beat = (beats - 1e-6).ceil().max(0.0);
        Some((tempo.start + Time::from_secs_f64(beat * tempo.secs_per_beat), tempo.secs_per_beat))
    }

    /// Adds the movement at `t`, as much of it as `share` says.
    pub(super) fn add(&self, seed: u64, t: Time, share: f32, bones: &mut Bones) {
        let after = self.moved.partition_point(|(_, from, _)| *from <= t);
        let Some(&(index, from, until)) = after.checked_sub(1).and_then(|last| self.moved.get(last)) else {
            return;
        };
        let Some(tempo) = self.tempos.get(index).filter(|_| t < until && share > 0.0) else { return };
        let bar = Time::from_secs_f64(tempo.secs_per_beat * BAR);
        let fade = smootherstep(progress(t, from, from + bar))
            * (1.0 - smootherstep(progress(t, until - bar, until)));
        let beats = (t - tempo.start).as_secs_f64() / tempo.secs_per_beat;
        let strength = fade * share * depth(seed, beats);
        let side = if noise::unit(seed, FIRST_SIDE, index as i64) < 0.5 { 1.0 } else { -1.0 };
        // Furthest to a side on the beat, furthest down a moment later, as weight settles.
        let sway = side * wave(beats * 0.5) * strength;
        let sink = (0.5 + 0.5 * wave(beats - 0.08)) * strength;
        let hip = Vec3::new(0.0, 0.0, HIP * sway);
        bones.turn(Bone::Hips, -hip);
        bones.turn(Bone::LeftUpperLeg, hip);
        bones.turn(Bone::RightUpperLeg, hip);
        let trunk = Vec3::new(SINK * sink, TURN * 0.5 * sway, LEAN * sway);
        bones.turn(Bone::Spine, trunk + hip);
        bones.turn(Bone::Chest, Vec3::new(SINK * sink, TURN * 0.5 * sway, LEAN * 0.6 * sway));
        let back = Vec3::new(-SINK * sink, -TURN * 0.6 * sway, -LEAN * 1.6 * HEAD_BACK * sway);
        bones.turn(Bone::Neck, back * 0.4 + Vec3::new(NOD * 0.4 * sink, 0.0, 0.0));
        bones.turn(Bone::Head, back * 0.6 + Vec3::new(NOD * 0.6 * sink, 0.0, 0.0));
        bones.turn(Bone::LeftShoulder, Vec3::new(0.0, 0.0, -SHOULDER * sway));
        bones.turn(Bone::RightShoulder, Vec3::new(0.0, 0.0, -SHOULDER * sway));
    }
}

impl Tempo {
    /// The parts of it in which something sounds; `rest` is the longest silence within one.
    fn heard(&self, sounding: &[(Time, Time)], rest: Time) -> Vec<(Time, Time)> {
        let mut parts: Vec<(Time, Time)> = Vec::new();
        for (from, until) in sounding {
            let (from, until) = ((*from).max(self.start), (*until).min(self.end));
            if until <= from {
                continue;
            }
            match parts.last_mut() {
                Some((_, last)) if from - *last <= rest => *last = until.max(*last),
                _ => parts.push((from, until)),
            }
        }
        parts
    }
}

/// When sounds play or somebody speaks, in order of their beginnings.
fn sounding(timeline: &Timeline) -> Vec<(Time, Time)> {
    let clips = timeline.audio.iter().map(|clip| {
        let end = clip.file_out.map(|out| clip.start + (out - clip.file_in));
        (clip.start, end.unwrap_or(timeline.duration))
    });
    let phones = timeline.speakers.iter().flat_map(|speaker| &speaker.phones);
    let voiced =
        phones.filter(|phone| Phone::from_ipa(&phone.ipa).is_some()).map(|phone| (phone.start, phone.end));
    let mut all: Vec<(Time, Time)> = clips.chain(voiced).collect();
    all.sort_unstable();
    all
}

/// How far somebody moves at a time, going over from bar to bar.
fn depth(seed: u64, beats: f64) -> f32 {
    let bars = beats / BAR;
    let bar = bars.floor();
    let of = |bar: i64| LEAST + (1.0 - LEAST) * noise::unit(seed, DEPTH, bar);
    let (here, next) = (of(bar as i64), of(bar as i64 + 1));
    here + (next - here) * smootherstep((bars - bar) as f32)
}

/// One at whole numbers, minus one half way between.
fn wave(turns: f64) -> f32 {
    let turn = (turns - turns.floor()) as f32;
    libm::cosf(turn * std::f32::consts::TAU)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::timeline::{AudioClip, AudioRole, Mark};

    fn cue(secs: f64, bpm: &str) -> Mark {
        let time = Time::from_secs_f64(secs);
        Mark { time, end: None, name: BEAT.to_owned(), args: vec![bpm.to_owned()] }
    }

    fn music(cues: Vec<Mark>) -> BeatTrack {
        let out = Some(Time::from_millis(20_000));
        let audio = vec![AudioClip { role: AudioRole::Music, file_out: out, ..AudioClip::default() }];
        BeatTrack::new(&Timeline { duration: Time::from_millis(60_000), cues, audio, ..Timeline::default() })
    }

    fn lean(track: &BeatTrack, secs: f64) -> f32 {
        let mut bones = Bones::default();
        track.add(7, Time::from_secs_f64(secs), 1.0, &mut bones);
        bones.of(Bone::Spine).z
    }

    #[test]
    fn who_hears_music_leans_to_another_side_on_each_beat() {
        let track = music(vec![cue(1.0, "120")]);
        for beat in 8..30 {
            let at = |beats: f64| lean(&track, 1.0 + beats * 0.5);
            let (here, next, between) =
                (at(f64::from(beat)), at(f64::from(beat + 1)), at(f64::from(beat) + 0.5));
            assert!(here * next < 0.0 && here.abs() > 0.015, "{beat}: {here} {next}");
            assert!(between.abs() < 0.002, "{beat}: {between}");
        }
    }

    #[test]
    fn movement_begins_and_ends_with_the_music() {
        let track = music(vec![cue(1.0, "120"), cue(10.0, "off"), cue(15.0, "90")]);
        for still in [0.0, 0.99, 1.0, 10.0, 12.0, 15.0, 20.0, 25.0] {
            assert_eq!(lean(&track, still), 0.0, "{still}");
        }
        let mut before = 0.0;
        for millis in 0..22_000 {
            let now = lean(&track, f64::from(millis) / 1000.0);
            assert!((now - before).abs() < 0.0008, "it jumps at {millis} ms");
            before = now;
        }
        assert_eq!(lean(&music(vec![cue(30.0, "120")]), 32.0), 0.0, "no music, no movement");
    }

    #[test]
    fn the_next_beat_is_found() {
        let track = music(vec![cue(1.0, "120"), cue(10.0, "off")]);
        let next = |secs: f64| track.next(Time::from_secs_f64(secs)).map(|(at, _)| at.as_secs_f64());
        assert_eq!((next(1.0), next(1.01), next(1.5)), (Some(1.0), Some(1.5), Some(1.5)));
        assert_eq!((next(0.5), next(10.0)), (None, None));
    }
}
