//! How breath shows, and the small drift of head and trunk that keeps a standing figure alive.

use super::acting::Bones;
use super::curve::recent;
use super::noise;
use crate::script::timeline::Mark;
use crate::time::Time;
use crate::vocabulary::Bone;
use glam::Vec3;

/// Turns bones for a breath that is `inhaled` so far, and for standing there.
pub(super) fn sway(seed: u64, t: Time, inhaled: f32, lively: f32, bones: &mut Bones) {
    let secs = t.as_secs_f64();
    bones.turn(Bone::Chest, Vec3::new(-0.011 * inhaled, 0.0, 0.0));
    bones.turn(Bone::UpperChest, Vec3::new(-0.008 * inhaled, 0.0, 0.0));
    bones.turn(Bone::LeftShoulder, Vec3::new(0.0, 0.0, 0.018 * inhaled));
    bones.turn(Bone::RightShoulder, Vec3::new(0.0, 0.0, -0.018 * inhaled));

    let lively = 0.25 + 0.75 * lively;
    let trunk = Vec3::new(0.0, noise::drift(seed, 10, secs, 7.0), noise::drift(seed, 11, secs, 9.0));
    let trunk = trunk * (0.012 * lively);
    bones.turn(Bone::Spine, trunk);
    let head = Vec3::new(
        0.018 * noise::drift(seed, 12, secs, 2.6),
        0.030 * noise::drift(seed, 13, secs, 3.4),
        0.014 * noise::drift(seed, 14, secs, 4.3),
    ) * lively;
    bones.turn(Bone::Neck, head * 0.4);
    // The head gives back most of what the trunk and the breath took, so the gaze stays on the audience.
    let counter = -trunk * 0.8 + Vec3::new(0.017 * inhaled, 0.0, 0.0);
    bones.turn(Bone::Head, head * 0.6 + counter);
}

/// Head gestures by mark: the axis, radians, and how many swings of how many seconds.
const HEAD_GESTURES: &[(&str, Vec3, f32, f32)] =
    &[("nod", Vec3::new(0.16, 0.0, 0.0), 2.0, 0.36), ("shake", Vec3::new(0.0, 0.22, 0.0), 2.0, 0.42)];

const LONGEST_GESTURE: Time = Time::from_millis(2000);

/// Whether `name` is a head gesture's mark.
pub(super) fn is_head_gesture(name: &str) -> bool {
    HEAD_GESTURES.iter().any(|(known, ..)| *known == name)
}

/// Adds nods and shakes.
pub(super) fn gesture(marks: &[Mark], t: Time, bones: &mut Bones) {
    for mark in recent(marks, t, LONGEST_GESTURE) {
        let Some(&(_, axis, swings, swing_secs)) = HEAD_GESTURES.iter().find(|(n, ..)| *n == mark.name)
        else {
            continue;
        };
        let phase = (t - mark.time).as_secs_f32() / swing_secs;
        if phase < swings {
            // Begins and ends at rest, each swing smaller than the one before.
            let fade = super::curve::smootherstep((swings - phase) / swings);
            let swing = libm::sinf(phase * std::f32::consts::TAU) * super::curve::smootherstep(phase * 4.0);
            bones.turn(Bone::Head, axis * (swing * fade));
        }
    }
}
