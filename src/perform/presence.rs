//! What head and brows do with what is said: nods and raised brows on accents, a posture for each phrase, a tilt where something is
//! asked.
//!
//! It finds no accents, and moves neither lips nor eyes.

use super::curve::{progress, smootherstep};
use super::delivery::{Delivery, Stretch};
use super::glances;
use super::noise;
use super::punctuation::RemarkKind;
use crate::script::timeline::BoundaryTone;
use crate::time::Time;
use crate::vocabulary::Channel;
use glam::Vec3;

/// A nod's depth for the strongest accent, radians, and how it leans to a side. Heads of speakers turn by a few degrees on
/// stressed syllables (Hadar et al. 1983; Munhall et al. 2004).
const NOD: f32 = 0.062;
const LEAN: f32 = 0.02;
/// Accents that are nodded at, and those at which the brows rise.
const NODDED: f32 = 0.8;
const RAISED: f32 = 0.55;
/// A nod begins before its vowel, and the head is slower back.
const NOD_RISES: Time = Time::from_millis(190);
const NOD_FALLS: Time = Time::from_millis(380);
/// Brows rise a little earlier (Flecha-García 2010), and stay longer.
const BROWS_RISE: Time = Time::from_millis(230);
const BROWS_FALL: Time = Time::from_millis(520);
const BROW_STRENGTH: f32 = 0.34;
/// The posture of a phrase: turned, tilted and lifted by at most this, radians; taken before its first sound.
const POSTURE: Vec3 = Vec3::new(0.018, 0.07, 0.035);
const POSTURE_TAKES: Time = Time::from_millis(760);
/// What the end of a phrase does: a fall lowers the head, a rise tilts it and lifts the brows.
const END_LEADS: Time = Time::from_millis(380);
const END_LASTS: Time = Time::from_millis(520);
const FALLING: f32 = 0.034;
const RISING: f32 = 0.03;
/// A question tilts the head and brings it forward towards its end, and holds the brows up.
const ASKING: Vec3 = Vec3::new(0.022, 0.0, 0.045);
const ASKING_BROWS: f32 = 0.3;
const ASKING_RISES: Time = Time::from_millis(900);
const ASKING_FALLS: Time = Time::from_millis(650);
/// An exclamation flashes the brows, and its accents are larger by this.
const EXCLAIMING_BROWS: f32 = 0.4;
const EXCLAIMING: f32 = 1.35;
/// The items of a list go from side to side.
const ITEM: Vec3 = Vec3::new(0.03, 0.055, 0.015);
const ITEM_RISES: Time = Time::from_millis(320);
const ITEM_FALLS: Time = Time::from_millis(480);
/// Who listens nods so deep, once and a half.
const LISTENING: f32 = 0.06;
const LISTENING_SECS: f32 = 0.42;
/// No accent moves anything longer than this before or after itself.
const REACH: Time = Time::from_millis(600);
/// No sentence is longer than this.
const LONGEST_SENTENCE: Time = Time::from_millis(40_000);

/// Channels of hash values, one for each choice.
const NOD_CHANCE: u64 = 40;
const NOD_DEPTH: u64 = 41;
const NOD_SIDE: u64 = 42;
const BROW_CHANCE: u64 = 43;
const TURNED: u64 = 44;
const TILTED: u64 = 45;
const LIFTED: u64 = 46;

/// What is added at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Presence {
    /// The head's rotation vector, radians: +X down, +Y to its left, +Z tilted to its right.
    pub(super) head: Vec3,
    /// How far the brows are raised, 0..=1.
    pub(super) brows: f32,
}

/// What a delivery asks for at `t`; `lively` (0..=2, 1 is natural) scales how much the head moves.
pub(super) fn at(delivery: &Delivery, seed: u64, lively: f32, t: Time) -> Presence {
    let mut found = Presence::default();
    let exclaims = by_punctuation(delivery, t, &mut found);
    on_accents(delivery, seed, t, 1.0 + (EXCLAIMING - 1.0) * exclaims, &mut found);
    in_phrases(delivery, (seed, lively), t, &mut found);
    found.head *= lively;
    found
}

/// How far a listener nods at `t`, radians, who nods at `nods`.
pub(super) fn listening(nods: &[Time], t: Time) -> f32 {
    let begun = nods.partition_point(|nod| *nod <= t);
    let Some(last) = begun.checked_sub(1).and_then(|last| nods.get(last)) else { return 0.0 };
    let phase = (t - *last).as_secs_f32() / LISTENING_SECS;
    if phase >= 2.0 {
        return 0.0;
    }
    let wave = 0.5 - 0.5 * libm::cosf(phase * std::f32::consts::TAU);
    LISTENING * wave * if phase < 1.0 { 1.0 } else { 0.5 }
}

/// Puts raised brows into channels.
pub(super) fn raise(brows: f32, channels: &mut [f32; Channel::COUNT]) {
    for (channel, share) in [
        (Channel::BrowInnerUp, 1.0),
        (Channel::BrowOuterUpLeft, 0.75),
        (Channel::BrowOuterUpRight, 0.75),
        (Channel::EyeWideLeft, 0.25),
        (Channel::EyeWideRight, 0.25),
    ] {
        channels[channel.index()] += brows * share;
    }
}

/// Adds what questions, exclamations and lists ask for; how much something is exclaimed, 0..=1.
fn by_punctuation(delivery: &Delivery, t: Time, found: &mut Presence) -> f32 {
    let mut exclaims = 0.0f32;
    let near = delivery.remarks_from(t - LONGEST_SENTENCE).iter().take_while(|r| r.start - REACH <= t);
    for remark in near {
        match remark.kind {
            RemarkKind::Question => {
                let rises = ASKING_RISES.min(remark.end - remark.start);
                let asks = bump(t, remark.end, rises, ASKING_FALLS);
                found.head += ASKING * asks;
                found.brows = found.brows.max(ASKING_BROWS * asks);
            }
            RemarkKind::Exclamation => {
                exclaims = exclaims.max(bump(t, remark.start, REACH, remark.end - remark.start));
                let flash = bump(t, remark.start + BROWS_RISE, BROWS_RISE, BROWS_FALL);
                found.brows = found.brows.max(EXCLAIMING_BROWS * flash);
            }
            RemarkKind::Item(number) => {
                let middle = remark.start + Time::from_nanos((remark.end - remark.start).as_nanos() / 2);
                let side = if number % 2 == 0 { 1.0 } else { -1.0 };
                found.head += ITEM * Vec3::new(1.0, side, side) * bump(t, middle, ITEM_RISES, ITEM_FALLS);
            }
            RemarkKind::BrokenOff => {}
        }
    }
    exclaims
}

fn on_accents(delivery: &Delivery, seed: u64, t: Time, strength: f32, found: &mut Presence) {
    let first = delivery.accents.partition_point(|a| a.at < t - REACH);
    for (index, accent) in (first as i64..).zip(delivery.accents.iter().skip(first)) {
        if accent.at > t + REACH {
            break;
        }
        let stands_out = accent.strength * strength;
        if noise::unit(seed, NOD_CHANCE, index) < NODDED {
            let depth = NOD * stands_out * (0.6 + 0.7 * noise::unit(seed, NOD_DEPTH, index));
            let lean = LEAN * stands_out * signed(seed, NOD_SIDE, index);
            let nod = bump(t, accent.at, NOD_RISES, NOD_FALLS);
            found.head += Vec3::new(depth, lean, lean * 0.6) * nod;
        }
        if noise::unit(seed, BROW_CHANCE, index) < RAISED {
            let raised = BROW_STRENGTH * stands_out * bump(t, accent.at, BROWS_RISE, BROWS_FALL);
            found.brows = found.brows.max(raised);
        }
    }
}

fn in_phrases(delivery: &Delivery, (seed, lively): (u64, f32), t: Time, found: &mut Presence) {
    let phrases = &delivery.phrases;
    let begun = phrases.partition_point(|p| p.start - glances::LEADS <= t);
    let Some(index) = begun.checked_sub(1) else { return };
    let Some(phrase) = phrases.get(index) else { return };
    // When all is said the head is at rest again.
    let is_last = begun == phrases.len();
    let home = if is_last { smootherstep(progress(t, phrase.end, phrase.end + POSTURE_TAKES)) } else { 0.0 };
    let begins = phrase.start - glances::LEADS;
    let taken = smootherstep(progress(t, begins, begins + POSTURE_TAKES));
    // Who speaks to somebody beside the camera turns there with the head, too.
    let posture = |number: usize| {
        let aside = glances::aside(delivery, seed, lively, number);
        posture(seed, number as i64) + Vec3::new(0.0, 0.4 * aside.x, 0.0)
    };
    let before = index.checked_sub(1).map_or(Vec3::ZERO, &posture);
    found.head += before.lerp(posture(index), taken) * (1.0 - home);
    ending(phrase, t, found);
}

fn ending(phrase: &Stretch, t: Time, found: &mut Presence) {
    let at = phrase.end - Time::from_millis(40);
    let shape = bump(t, at, END_LEADS, END_LASTS);
    match phrase.boundary {
        Some(BoundaryTone::Fall) => found.head.x += FALLING * shape,
        Some(BoundaryTone::Rise) => {
            found.head.z += RISING * shape;
            found.brows = found.brows.max(0.22 * shape);
        }
        Some(BoundaryTone::Level) | None => {}
    }
}

fn posture(seed: u64, phrase: i64) -> Vec3 {
    let choice =
        Vec3::new(signed(seed, LIFTED, phrase), signed(seed, TURNED, phrase), signed(seed, TILTED, phrase));
    POSTURE * choice
}

/// −1..=1.
fn signed(seed: u64, channel: u64, position: i64) -> f32 {
    noise::unit(seed, channel, position) * 2.0 - 1.0
}

/// Rises to one at `at` and falls again, with smooth ends.
fn bump(t: Time, at: Time, rises: Time, falls: Time) -> f32 {
    if t <= at {
        smootherstep(progress(t, at - rises, at))
    } else {
        1.0 - smootherstep(progress(t, at, at + falls))
    }
}

#[cfg(test)]
mod tests {
    use super::super::delivery::Accent;
    use super::super::punctuation::Remark;
    use super::*;
    use glam::Vec2;

    fn speech() -> Delivery {
        let time = Time::from_millis;
        let accents = (0..200).map(|i| Accent { at: time(600 + i * 900), strength: 0.7 }).collect();
        let boundary = |i: i64| if i % 2 == 0 { Some(BoundaryTone::Fall) } else { Some(BoundaryTone::Rise) };
        let phrase = |i: i64| Stretch {
            start: time(i * 3000 + 300),
            end: time(i * 3000 + 2500),
            boundary: boundary(i),
        };
        let kinds = [RemarkKind::Question, RemarkKind::Exclamation, RemarkKind::Item(0), RemarkKind::Item(1)];
        let remark = |i: i64| Remark {
            start: time(i * 6000 + 400),
            end: time(i * 6000 + 2500),
            kind: kinds[i as usize % kinds.len()],
        };
        Delivery { accents, phrases: (0..60).map(phrase).collect(), remarks: (0..30).map(remark).collect() }
    }

    #[test]
    fn heads_move_by_a_few_degrees_and_never_jump() {
        let delivery = speech();
        for seed in 0..5 {
            let mut before = at(&delivery, seed, 1.0, Time::ZERO);
            let mut most = 0.0f32;
            for millis in 1..190_000 {
                let now = at(&delivery, seed, 1.0, Time::from_millis(millis));
                let speed = (now.head - before.head).length() * 1000.0;
                assert!(speed < 1.2, "{speed} rad/s at {millis} ms");
                assert!((now.brows - before.brows).abs() < 0.02);
                most = most.max(now.head.length());
                before = now;
            }
            assert!((0.06..0.25).contains(&most), "{most}");
        }
    }

    #[test]
    fn eyes_take_their_time_to_jump() {
        let delivery = speech();
        for seed in 0..5 {
            let mut before = glances::at(&delivery, seed, 1.0, Time::ZERO);
            for millis in 1..190_000 {
                let gaze = glances::at(&delivery, seed, 1.0, Time::from_millis(millis));
                // No faster than 860 degrees a second, even where two looks coincide.
                assert!((gaze - before).length() < 0.015, "the eyes jump at {millis} ms of {seed}");
                before = gaze;
            }
        }
    }

    #[test]
    fn before_and_after_a_speech_all_is_at_rest() {
        let delivery = speech();
        for seconds in [-10.0, 200.0, 36_000.0] {
            let t = Time::from_secs_f64(seconds);
            assert_eq!(at(&delivery, 3, 1.0, t), Presence::default());
            assert_eq!(glances::at(&delivery, 3, 1.0, t), Vec2::ZERO);
        }
    }

    #[test]
    fn most_is_said_to_the_audience_and_the_end_of_all() {
        let delivery = speech();
        let looks_away = |gaze: Vec2| gaze.x.abs() > 0.21 || gaze.y.abs() > 0.12;
        let gaze = |millis: i64| glances::at(&delivery, 1, 1.0, Time::from_millis(millis));
        let away = (0..1800).filter(|i| looks_away(gaze(i * 100)));
        let share = away.count() as f32 / 1800.0;
        assert!((0.15..0.45).contains(&share), "{share}");
        let last = delivery.phrases.last().unwrap().end.as_millis_f64() as i64;
        assert!((last - 600..last).all(|millis| gaze(millis).length() < 0.01));
    }

    #[test]
    fn who_is_composed_moves_less() {
        let delivery = speech();
        let moved = |lively: f32| -> f32 {
            let head = |i: i64| at(&delivery, 1, lively, Time::from_millis(i * 50)).head;
            (1..2000).map(|i| (head(i) - head(i - 1)).length()).sum()
        };
        assert_eq!(moved(0.0), 0.0);
        assert!(moved(1.0) * 1.5 < moved(2.0));
    }

    #[test]
    fn listeners_nod() {
        let nods = [Time::from_secs_f64(3.0)];
        let depth = |millis| listening(&nods, Time::from_millis(millis));
        assert!(depth(2900) == 0.0 && depth(4000) == 0.0);
        assert!((depth(3210) - LISTENING).abs() < 1e-3);
    }
}
