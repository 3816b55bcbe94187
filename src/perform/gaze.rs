//! Where the eyes look: `[look left]` and its kin, eyes first, the head after.

use super::curve::{progress, smootherstep};
use super::noise;
use super::presence::Presence;
use crate::rig::EYE_RANGE;
use crate::script::timeline::Mark;
use crate::time::Time;
use crate::vocabulary::{Bone, Channel};
use glam::{Vec2, Vec3};

/// Directions of `[look …]`: yaw towards the avatar's left and pitch upwards, radians.
const DIRECTIONS: &[(&str, [f32; 2])] = &[
    ("camera", [0.0, 0.0]),
    ("left", [0.45, 0.0]),
    ("right", [-0.45, 0.0]),
    // The audience sees its own left on the avatar's right.
    ("house-left", [-0.45, 0.0]),
    ("house-right", [0.45, 0.0]),
    ("up", [0.0, 0.28]),
    ("down", [0.0, -0.32]),
    ("away", [0.35, -0.14]),
];

const EYES_TAKE: Time = Time::from_millis(90);
const HEAD_TAKES: Time = Time::from_millis(420);
/// Of a look, the head makes this share; the eyes are back at the rest of it when the head has arrived.
const HEAD_SHARE: f32 = 0.45;

/// The direction of `[look name]`.
pub(super) fn direction(name: &str) -> Option<Vec2> {
    DIRECTIONS.iter().find(|(n, _)| *n == name).map(|&(_, d)| Vec2::from(d))
}

/// Adds eye channels and head turn at `t`. A motion's own look (a direction relative to the head it moves, and how much of
/// the glance it takes) is followed by the eyes alone. Where no mark says where to look, the eyes go where `presence` has them; they
/// stay on what they look at while the head moves.
pub(super) fn add(
    marks: &[Mark],
    (look, taken): (Vec2, f32),
    presence: Presence,
    (seed, t): (u64, Time),
    channels: &mut [f32; Channel::COUNT],
    bones: &mut Vec<(Bone, Vec3)>,
) {
    let (mut eyes, mut head, mut marked) = (Vec2::ZERO, Vec2::ZERO, 0.0f32);
    for mark in marks.iter().filter(|m| m.name == "look").take_while(|m| m.time <= t) {
        let Some(goal) = mark.args.first().and_then(|a| direction(a)) else { continue };
        let going = smootherstep(progress(t, mark.time, mark.time + EYES_TAKE));
        eyes = eyes.lerp(goal, going);
        marked = marked.max(going);
        head = head.lerp(goal * HEAD_SHARE, smootherstep(progress(t, mark.time, mark.time + HEAD_TAKES)));
        if let Some(end) = mark.end {
            let back = smootherstep(progress(t, end, end + EYES_TAKE));
            eyes = eyes.lerp(Vec2::ZERO, back);
            marked *= 1.0 - back;
            head = head.lerp(Vec2::ZERO, smootherstep(progress(t, end, end + HEAD_TAKES)));
        }
    }
    if taken > 0.0 {
        eyes = eyes.lerp(look + head * (1.0 - taken), taken);
        head *= 1.0 - taken;
    }
    bones.push((Bone::Head, Vec3::new(-head.y, head.x, 0.0)));
    let turned = Vec2::new(presence.head.y, -presence.head.x);
    let own = eyes - head + presence.gaze * (1.0 - marked) * (1.0 - taken) - turned + fixation(seed, t);
    let own = own / EYE_RANGE;
    let (left, right) = (own.x.max(0.0), (-own.x).max(0.0));
    let (up, down) = (own.y.max(0.0), (-own.y).max(0.0));
    for (channel, weight) in [
        (Channel::EyeLookOutLeft, left),
        (Channel::EyeLookInRight, left),
        (Channel::EyeLookInLeft, right),
        (Channel::EyeLookOutRight, right),
        (Channel::EyeLookUpLeft, up),
        (Channel::EyeLookUpRight, up),
        (Channel::EyeLookDownLeft, down),
        (Channel::EyeLookDownRight, down),
    ] {
        channels[channel.index()] += weight;
    }
}

/// Eyes on one listener after another: small jumps, each within 30 ms, about once a second.
fn fixation(seed: u64, t: Time) -> Vec2 {
    const DWELL_SECS: f64 = 1.15;
    let at = |k: i64| {
        let spread = |channel| noise::unit(seed, channel, k) * 2.0 - 1.0;
        Vec2::new(0.030 * spread(30), 0.016 * spread(31))
    };
    let slot = (t.as_secs_f64() / DWELL_SECS).floor();
    let index = slot as i64;
    let jump = (slot + 0.6 * f64::from(noise::unit(seed, 32, index))) * DWELL_SECS;
    let since = (t.as_secs_f64() - jump) as f32;
    at(index - 1).lerp(at(index), smootherstep(since / 0.03))
}
