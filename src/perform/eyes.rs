//! The eyes in the head: they stay on what they look at while the head moves, meet on what is near, and never quite rest.

use super::gaze::{Directed, jump_secs};
use super::{curve::smootherstep, noise};
use crate::rig::EYE_RANGE;
use crate::time::Time;
use crate::vocabulary::Channel;
use glam::Vec2;

/// Half of the distance between two eyes, metres (63 mm, Dodgson 2004).
const HALF_APART: f32 = 0.0315;
/// How long a listener's eye, or mouth, is looked at, and how far such places are apart, radians.
const DWELL_SECS: f64 = 1.15;
const APART: Vec2 = Vec2::new(0.030, 0.016);

/// Adds eye channels at `t`. `turned` is how far the head is turned and raised by all that moves it, so that the eyes make up for
/// it; `own` is where they wander by themselves, `lively` how much they do.
pub(super) fn add(
    directed: &Directed,
    turned: Vec2,
    own: Vec2,
    lively: f32,
    (seed, t): (u64, Time),
    channels: &mut [f32; Channel::COUNT],
) {
    let way = directed.eyes - turned + own + fixation(seed, t) * lively;
    let meeting = libm::atanf(HALF_APART * directed.nearness);
    let left = (way - Vec2::new(meeting, 0.0)) / EYE_RANGE;
    let right = (way + Vec2::new(meeting, 0.0)) / EYE_RANGE;
    let (up, down) = (way.y.max(0.0) / EYE_RANGE, (-way.y).max(0.0) / EYE_RANGE);
    for (channel, weight) in [
        (Channel::EyeLookOutLeft, left.x.max(0.0)),
        (Channel::EyeLookInLeft, (-left.x).max(0.0)),
        (Channel::EyeLookInRight, right.x.max(0.0)),
        (Channel::EyeLookOutRight, (-right.x).max(0.0)),
        (Channel::EyeLookUpLeft, up),
        (Channel::EyeLookUpRight, up),
        (Channel::EyeLookDownLeft, down),
        (Channel::EyeLookDownRight, down),
    ] {
        channels[channel.index()] += weight;
    }
}

/// Eyes on one place of a face after another: small jumps, about once a second.
fn fixation(seed: u64, t: Time) -> Vec2 {
    let at = |k: i64| {
        let spread = |channel| noise::unit(seed, channel, k) * 2.0 - 1.0;
        APART * Vec2::new(spread(30), spread(31))
    };
    let slot = (t.as_secs_f64() / DWELL_SECS).floor();
    let index = slot as i64;
    let jump = (slot + 0.6 * f64::from(noise::unit(seed, 32, index))) * DWELL_SECS;
    let since = (t.as_secs_f64() - jump) as f32;
    let (before, now) = (at(index - 1), at(index));
    before.lerp(now, smootherstep(since / jump_secs((now - before).length())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eyes_meet_on_what_is_near() {
        let of = |nearness: f32| {
            let mut channels = [0.0; Channel::COUNT];
            let directed = Directed { nearness, ..Directed::default() };
            add(&directed, Vec2::ZERO, Vec2::ZERO, 0.0, (1, Time::ZERO), &mut channels);
            (channels[Channel::EyeLookInLeft.index()], channels[Channel::EyeLookInRight.index()])
        };
        let (left, right) = of(2.0);
        assert!((left - 0.0629 / EYE_RANGE).abs() < 1e-3 && left == right, "{left} {right}");
        assert!(of(0.1).0 < 0.01);
    }
}
