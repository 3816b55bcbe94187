//! Where the eyes wander while somebody speaks: to somebody beside the camera, away in pauses and while words are sought.
//!
//! At the start and the end of what is said they are with the audience. Nothing here is anybody's word; that is [`super::gaze`]'s.

use super::delivery::{Delivery, Stretch};
use super::gaze::jumped;
use super::noise;
use super::punctuation::RemarkKind;
use crate::time::Time;
use glam::Vec2;

/// The share of phrases that are said to somebody beside the camera, and how far beside, radians.
const ASIDE: f32 = 0.35;
const ASIDE_YAW: f32 = 0.16;
/// Pauses of at least this may see a glance away, so many of them do.
const GLANCE_PAUSE: Time = Time::from_millis(380);
const GLANCES: f32 = 0.75;
const GLANCE_LASTS: Time = Time::from_millis(950);
/// Who goes on after a short pause often looks away while the words come, and back before the phrase is over (Kendon 1967): in
/// this share of such phrases, for this share of their time and no longer than that.
const SHORT_PAUSE: Time = Time::from_millis(1000);
const THINKING: f32 = 0.5;
const THINKING_SHARE: f64 = 0.62;
const THINKING_LASTS: Time = Time::from_millis(1150);
/// Around pauses of this length an utterance ends and another begins: the last 2.4 s of one are said to the audience, and so is the
/// beginning of the next (Andrist et al. 2014).
const UTTERANCE_ENDS: Time = Time::from_millis(1800);
const LOCKS_ON: Time = Time::from_millis(2400);
/// How far away from the camera, radians: at least, by the mean of an exponential distribution beyond, and at most (Lee, Badler &
/// Badler 2002: A = −6.9° · ln(P/15.7) for P in 0..15; jumps that stay on the listener's face are not meant here).
const AWAY_LEAST: f32 = 0.2;
const AWAY_MEAN: f32 = 0.1;
const AWAY_MOST: f32 = 0.42;
/// Eight directions counter-clockwise from the right and how often each is taken, percent (the same source). Faces that look far
/// up or down show little of their eyes, so this much of it is left.
const DIRECTIONS: [f32; 8] = [15.5, 6.5, 17.7, 7.4, 16.8, 7.9, 20.4, 7.8];
const UPRIGHT: f32 = 0.6;
/// The eyes are back this long before they have to be elsewhere.
const EYES_TAKE: Time = Time::from_millis(90);
/// The eyes are where the next phrase has them this long before it.
pub(super) const LEADS: Time = Time::from_millis(240);

/// Channels of hash values, one for each choice.
const SIDE: u64 = 44;
const ASIDE_CHANCE: u64 = 47;
const GLANCE_CHANCE: u64 = 48;
const GLANCE_SIDE: u64 = 49;
const THINKING_CHANCE: u64 = 50;
const GLANCE_FAR: u64 = 57;

/// A delivery and what its choices depend on.
struct Wander<'a> {
    phrases: &'a [Stretch],
    delivery: &'a Delivery,
    seed: u64,
    /// Scales how often it happens, 0..=2.
    lively: f32,
}

/// Where the eyes are beside the camera at `t`: yaw to the left, pitch up, radians.
pub(super) fn at(delivery: &Delivery, seed: u64, lively: f32, t: Time) -> Vec2 {
    let wander = Wander { phrases: &delivery.phrases, delivery, seed, lively };
    let begun = wander.phrases.partition_point(|p| p.start - LEADS <= t);
    let Some(index) = begun.checked_sub(1) else { return Vec2::ZERO };
    wander.beside(index, t) + wander.away(index, t)
}

/// How far beside the camera phrase `number` is said, radians.
pub(super) fn aside(delivery: &Delivery, seed: u64, lively: f32, number: usize) -> Vec2 {
    Wander { phrases: &delivery.phrases, delivery, seed, lively }.aside(number)
}

impl Wander<'_> {
    fn beside(&self, index: usize, t: Time) -> Vec2 {
        let Some(phrase) = self.phrases.get(index) else { return Vec2::ZERO };
        let begins = phrase.start - LEADS;
        let before = index.checked_sub(1).map_or(Vec2::ZERO, |before| self.aside(before));
        let own = self.aside(index);
        let looking = before.lerp(own, eyes_from(t, begins, own - before));
        // When all is said they come home.
        let is_last = index + 1 == self.phrases.len();
        if is_last { looking * (1.0 - eyes_from(t, phrase.end, looking)) } else { looking }
    }

    fn away(&self, index: usize, t: Time) -> Vec2 {
        let mut gaze = Vec2::ZERO;
        let Some(phrase) = self.phrases.get(index) else { return gaze };
        if self.thinks(index) {
            let begins = phrase.start - LEADS;
            let span = (phrase.end - phrase.start).as_secs_f64() * THINKING_SHARE;
            let ends = phrase.start + Time::from_secs_f64(span).min(THINKING_LASTS);
            // Who has glanced away before only stays there.
            let way = self.side(index - 1);
            let gone = if self.glances(index - 1) { 1.0 } else { eyes_from(t, begins, way) };
            gaze += way * (gone * (1.0 - eyes_from(t, ends, way)));
        }
        if self.glances(index) {
            let begins = phrase.end + Time::from_millis(60);
            let next = self.phrases.get(index + 1).map_or(phrase.end, |next| next.start);
            let ends = (next - LEADS - EYES_TAKE).min(begins + GLANCE_LASTS);
            let way = self.side(index);
            let back = if self.thinks(index + 1) { 0.0 } else { eyes_from(t, ends, way) };
            gaze += way * (eyes_from(t, begins, way) * (1.0 - back));
        }
        gaze
    }

    fn gap_after(&self, index: usize) -> Option<Time> {
        Some(self.phrases.get(index + 1)?.start - self.phrases.get(index)?.end)
    }

    fn begins_utterance(&self, index: usize) -> bool {
        index.checked_sub(1).and_then(|before| self.gap_after(before)).is_none_or(|gap| gap >= UTTERANCE_ENDS)
    }

    fn ends_utterance(&self, index: usize) -> bool {
        self.gap_after(index).is_none_or(|gap| gap >= UTTERANCE_ENDS)
    }

    fn aside(&self, index: usize) -> Vec2 {
        let chance = noise::unit(self.seed, ASIDE_CHANCE, index as i64);
        let most = ASIDE * self.lively;
        if chance >= most || self.begins_utterance(index) || self.ends_utterance(index) {
            return Vec2::ZERO;
        }
        let far = ASIDE_YAW * (0.5 + 0.5 * chance / most);
        let side = if noise::unit(self.seed, SIDE, index as i64) < 0.5 { -1.0 } else { 1.0 };
        Vec2::new(far * side, 0.0)
    }

    fn glances(&self, index: usize) -> bool {
        let is_long = self.gap_after(index).is_some_and(|gap| gap >= GLANCE_PAUSE);
        let likely = if self.breaks_off(index) { 1.0 } else { GLANCES * self.lively };
        is_long && noise::unit(self.seed, GLANCE_CHANCE, index as i64) < likely
    }

    /// Whether a phrase ends with an ellipsis or a dash.
    fn breaks_off(&self, index: usize) -> bool {
        let Some(phrase) = self.phrases.get(index) else { return false };
        let remarks = self.delivery.remarks_from(phrase.start);
        let inside = remarks.iter().take_while(|remark| remark.start < phrase.end);
        inside.into_iter().any(|r| r.kind == RemarkKind::BrokenOff && phrase.end - r.end < LEADS)
    }

    fn thinks(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|before| self.gap_after(before));
        let is_hurried = before.is_some_and(|gap| gap < SHORT_PAUSE);
        let locked = self.ends_utterance(index)
            && self
                .phrases
                .get(index)
                .is_some_and(|phrase| phrase.end - phrase.start < LOCKS_ON + THINKING_LASTS);
        is_hurried
            && !locked
            && noise::unit(self.seed, THINKING_CHANCE, index as i64) < THINKING * self.lively
    }

    /// Where they look in a pause.
    fn side(&self, pause: usize) -> Vec2 {
        let chance = |channel| noise::unit(self.seed, channel, pause as i64);
        let mut left = chance(GLANCE_SIDE) * DIRECTIONS.iter().sum::<f32>();
        let mut sector = 0.0;
        for (number, share) in (0_u8..).zip(DIRECTIONS) {
            // Anywhere within the sector.
            sector = f32::from(number) - 0.5 + (left / share).clamp(0.0, 1.0);
            left -= share;
            if left < 0.0 {
                break;
            }
        }
        let angle = sector * std::f32::consts::FRAC_PI_4;
        let far = (AWAY_LEAST - AWAY_MEAN * libm::logf(chance(GLANCE_FAR).max(1e-3))).min(AWAY_MOST);
        // As the audience sees it the right is the avatar's left.
        Vec2::new(libm::cosf(angle), libm::sinf(angle) * UPRIGHT) * far
    }
}

/// How far the eyes have come that set out at `begins` on this way.
fn eyes_from(t: Time, begins: Time, way: Vec2) -> f32 {
    jumped((t - begins).as_secs_f32(), way.length())
}
