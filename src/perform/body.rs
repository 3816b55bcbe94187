//! How breath shows, and the small drift of head and trunk that keeps a standing figure alive.

use super::acting::Bones;
use super::noise;
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
