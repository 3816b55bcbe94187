//! What head, brows and eyes do with what is said: nods and raised brows on accents, a posture for each phrase, glances in pauses.
//!
//! It finds no accents, and moves no lips.

use super::curve::{progress, smootherstep};
use super::delivery::{Delivery, Stretch};
use super::noise;
use crate::script::timeline::BoundaryTone;
use crate::time::Time;
use crate::vocabulary::Channel;
use glam::{Vec2, Vec3};

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
const POSTURE_LEADS: Time = Time::from_millis(240);
const POSTURE_TAKES: Time = Time::from_millis(760);
/// What the end of a phrase does: a fall lowers the head, a rise tilts it and lifts the brows.
const END_LEADS: Time = Time::from_millis(380);
const END_LASTS: Time = Time::from_millis(520);
const FALLING: f32 = 0.034;
const RISING: f32 = 0.03;
/// The share of phrases that are said to somebody beside the camera, and how far beside, radians.
const ASIDE: f32 = 0.35;
const ASIDE_YAW: f32 = 0.16;
/// Pauses of at least this may see a glance away, so many of them do.
const GLANCE_PAUSE: Time = Time::from_millis(380);
const GLANCES: f32 = 0.75;
const GLANCE_LASTS: Time = Time::from_millis(1100);
/// Who goes on after a short pause often looks away while the words come, and back before the phrase is over (Kendon 1967): in
/// this share of such phrases, for this share of their time and no longer than that.
const SHORT_PAUSE: Time = Time::from_millis(1000);
const THINKING: f32 = 0.5;
const THINKING_SHARE: f64 = 0.62;
const THINKING_LASTS: Time = Time::from_millis(1500);
/// Where they look, beside and above or below the camera, radians.
const AWAY_YAW: f32 = 0.26;
const AWAY_DOWN: f32 = -0.15;
const AWAY_UP: f32 = 0.1;
const EYES_TAKE: Time = Time::from_millis(70);
/// No accent moves anything longer than this before or after itself.
const REACH: Time = Time::from_millis(600);

/// Channels of hash values, one for each choice.
const NOD_CHANCE: u64 = 40;
const NOD_DEPTH: u64 = 41;
const NOD_SIDE: u64 = 42;
const BROW_CHANCE: u64 = 43;
const TURNED: u64 = 44;
const TILTED: u64 = 45;
const LIFTED: u64 = 46;
const ASIDE_CHANCE: u64 = 47;
const GLANCE_CHANCE: u64 = 48;
const GLANCE_SIDE: u64 = 49;
const THINKING_CHANCE: u64 = 50;

/// What is added at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Presence {
    /// The head's rotation vector, radians: +X down, +Y to its left, +Z tilted to its right.
    pub(super) head: Vec3,
    /// Where the eyes look, beside the camera: yaw to the left, pitch up, radians.
    pub(super) gaze: Vec2,
    /// How far the brows are raised, 0..=1.
    pub(super) brows: f32,
}

/// What a delivery asks for at `t`.
pub(super) fn at(delivery: &Delivery, seed: u64, t: Time) -> Presence {
    let mut found = Presence::default();
    on_accents(delivery, seed, t, &mut found);
    in_phrases(&delivery.phrases, seed, t, &mut found);
    found
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

fn on_accents(delivery: &Delivery, seed: u64, t: Time, found: &mut Presence) {
    let first = delivery.accents.partition_point(|a| a.at < t - REACH);
    for (index, accent) in (first as i64..).zip(delivery.accents.iter().skip(first)) {
        if accent.at > t + REACH {
            break;
        }
        if noise::unit(seed, NOD_CHANCE, index) < NODDED {
            let depth = NOD * accent.strength * (0.6 + 0.7 * noise::unit(seed, NOD_DEPTH, index));
            let lean = LEAN * accent.strength * signed(seed, NOD_SIDE, index);
            let nod = bump(t, accent.at, NOD_RISES, NOD_FALLS);
            found.head += Vec3::new(depth, lean, lean * 0.6) * nod;
        }
        if noise::unit(seed, BROW_CHANCE, index) < RAISED {
            let raised = BROW_STRENGTH * accent.strength * bump(t, accent.at, BROWS_RISE, BROWS_FALL);
            found.brows = found.brows.max(raised);
        }
    }
}

fn in_phrases(phrases: &[Stretch], seed: u64, t: Time, found: &mut Presence) {
    let begun = phrases.partition_point(|p| p.start - POSTURE_LEADS <= t);
    let Some(index) = begun.checked_sub(1) else { return };
    let Some(phrase) = phrases.get(index) else { return };
    let number = index as i64;
    // When all is said the head is at rest again.
    let is_last = begun == phrases.len();
    let home = if is_last { smootherstep(progress(t, phrase.end, phrase.end + POSTURE_TAKES)) } else { 0.0 };
    let begins = phrase.start - POSTURE_LEADS;
    let taken = smootherstep(progress(t, begins, begins + POSTURE_TAKES));
    let before = if number > 0 { posture(seed, number - 1) } else { Vec3::ZERO };
    found.head += before.lerp(posture(seed, number), taken) * (1.0 - home);
    let eyes = smootherstep(progress(t, begins, begins + EYES_TAKE));
    let before = if number > 0 { aside(seed, number - 1) } else { Vec2::ZERO };
    found.gaze += before.lerp(aside(seed, number), eyes) * (1.0 - home);
    ending(phrase, t, found);
    found.gaze += glance(phrases, (index, phrase), seed, t);
}

/// Looks away in the pause after phrase `index`, and in it while its words are sought.
fn glance(phrases: &[Stretch], (index, phrase): (usize, &Stretch), seed: u64, t: Time) -> Vec2 {
    let mut gaze = Vec2::ZERO;
    if thinks(phrases, index, seed) {
        let begins = phrase.start - POSTURE_LEADS;
        let span = (phrase.end - phrase.start).as_secs_f64() * THINKING_SHARE;
        let ends = phrase.start + Time::from_secs_f64(span).min(THINKING_LASTS);
        // Who has glanced away before only stays there.
        let gone = if glances(phrases, index - 1, seed) { 1.0 } else { eyes_from(t, begins) };
        gaze += away(seed, index as i64 - 1) * (gone * (1.0 - eyes_from(t, ends)));
    }
    if glances(phrases, index, seed) {
        let begins = phrase.end + Time::from_millis(60);
        let next = phrases.get(index + 1).map_or(phrase.end, |next| next.start);
        let ends = (next - POSTURE_LEADS - EYES_TAKE).min(begins + GLANCE_LASTS);
        let stays = thinks(phrases, index + 1, seed);
        let back = if stays { 0.0 } else { eyes_from(t, ends) };
        gaze += away(seed, index as i64) * (eyes_from(t, begins) * (1.0 - back));
    }
    gaze
}

fn gap_after(phrases: &[Stretch], index: usize) -> Option<Time> {
    Some(phrases.get(index + 1)?.start - phrases.get(index)?.end)
}

fn glances(phrases: &[Stretch], index: usize, seed: u64) -> bool {
    gap_after(phrases, index).is_some_and(|gap| gap >= GLANCE_PAUSE)
        && noise::unit(seed, GLANCE_CHANCE, index as i64) < GLANCES
}

fn thinks(phrases: &[Stretch], index: usize, seed: u64) -> bool {
    let before = index.checked_sub(1).and_then(|before| gap_after(phrases, before));
    before.is_some_and(|gap| gap < SHORT_PAUSE) && noise::unit(seed, THINKING_CHANCE, index as i64) < THINKING
}

/// How far the eyes have come that set out at `begins`.
fn eyes_from(t: Time, begins: Time) -> f32 {
    smootherstep(progress(t, begins, begins + EYES_TAKE))
}

/// To a side, and down more often than up.
fn away(seed: u64, pause: i64) -> Vec2 {
    let chance = noise::unit(seed, GLANCE_SIDE, pause);
    let yaw = if chance < 0.5 { -AWAY_YAW } else { AWAY_YAW };
    let pitch = if noise::fract(chance * 2.0) < 0.7 { AWAY_DOWN } else { AWAY_UP };
    Vec2::new(yaw, pitch)
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
    // Who speaks to somebody beside the camera turns there with the head, too.
    POSTURE * choice + Vec3::new(0.0, 0.4 * aside(seed, phrase).x, 0.0)
}

fn aside(seed: u64, phrase: i64) -> Vec2 {
    let chance = noise::unit(seed, ASIDE_CHANCE, phrase);
    // The first words are said to the camera.
    if phrase == 0 || chance >= ASIDE {
        return Vec2::ZERO;
    }
    let far = ASIDE_YAW * (0.5 + 0.5 * chance / ASIDE);
    Vec2::new(far * sign(seed, TURNED, phrase), 0.0)
}

/// −1..=1.
fn signed(seed: u64, channel: u64, position: i64) -> f32 {
    noise::unit(seed, channel, position) * 2.0 - 1.0
}

fn sign(seed: u64, channel: u64, position: i64) -> f32 {
    if noise::unit(seed, channel, position) < 0.5 { -1.0 } else { 1.0 }
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
    use super::*;

    fn speech() -> Delivery {
        let time = Time::from_millis;
        let accents = (0..200).map(|i| Accent { at: time(600 + i * 900), strength: 0.7 }).collect();
        let boundary = |i: i64| if i % 2 == 0 { Some(BoundaryTone::Fall) } else { Some(BoundaryTone::Rise) };
        let phrase = |i: i64| Stretch {
            start: time(i * 3000 + 300),
            end: time(i * 3000 + 2500),
            boundary: boundary(i),
        };
        Delivery { accents, phrases: (0..60).map(phrase).collect() }
    }

    #[test]
    fn heads_move_by_a_few_degrees_and_never_jump() {
        let delivery = speech();
        for seed in 0..5 {
            let mut before = at(&delivery, seed, Time::ZERO);
            let mut most = 0.0f32;
            for millis in 1..190_000 {
                let now = at(&delivery, seed, Time::from_millis(millis));
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
            let mut before = at(&delivery, seed, Time::ZERO).gaze;
            for millis in 1..190_000 {
                let gaze = at(&delivery, seed, Time::from_millis(millis)).gaze;
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
            assert_eq!(at(&delivery, 3, Time::from_secs_f64(seconds)), Presence::default());
        }
    }

    #[test]
    fn most_is_said_to_the_audience() {
        let delivery = speech();
        let looks_away = |gaze: Vec2| gaze.x.abs() > 0.21 || gaze.y.abs() > 0.12;
        let away = (0..1800).filter(|i| looks_away(at(&delivery, 1, Time::from_millis(i * 100)).gaze));
        let share = away.count() as f32 / 1800.0;
        assert!((0.15..0.45).contains(&share), "{share}");
    }
}
