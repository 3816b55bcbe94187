//! Breath and the small drift of head and trunk that keeps a standing figure alive.

use super::noise;
use crate::time::Time;
use crate::vocabulary::Bone;
use glam::Vec3;

/// A breath takes about four seconds at rest (15 a minute).
const BREATH_SECS: f64 = 4.1;

/// Rotation vectors (radians, the avatar's own axes: +X its left, +Y up, +Z forward) added to bones at rest.
pub(super) fn sway(seed: u64, t: Time, breath: f32, out: &mut Vec<(Bone, Vec3)>) {
    let secs = t.as_secs_f64();
    let inhaled = inhalation(seed, secs) * breath;
    out.push((Bone::Chest, Vec3::new(-0.011 * inhaled, 0.0, 0.0)));
    out.push((Bone::UpperChest, Vec3::new(-0.008 * inhaled, 0.0, 0.0)));
    out.push((Bone::LeftShoulder, Vec3::new(0.0, 0.0, 0.018 * inhaled)));
    out.push((Bone::RightShoulder, Vec3::new(0.0, 0.0, -0.018 * inhaled)));

    let trunk = Vec3::new(0.0, noise::drift(seed, 10, secs, 7.0), noise::drift(seed, 11, secs, 9.0)) * 0.012;
    out.push((Bone::Spine, trunk));
    let head = Vec3::new(
        0.018 * noise::drift(seed, 12, secs, 2.6),
        0.030 * noise::drift(seed, 13, secs, 3.4),
        0.014 * noise::drift(seed, 14, secs, 4.3),
    );
    out.push((Bone::Neck, head * 0.4));
    // The head gives back most of what the trunk and the breath took, so the gaze stays on the audience.
    let counter = -trunk * 0.8 + Vec3::new(0.017 * inhaled, 0.0, 0.0);
    out.push((Bone::Head, head * 0.6 + counter));
}

/// 0 empty … 1 full: a quicker rise than fall, with breaths of slightly different length.
fn inhalation(seed: u64, secs: f64) -> f32 {
    let phase = secs / BREATH_SECS + 0.12 * f64::from(noise::drift(seed, 20, secs, 11.0));
    let phase = noise::fract((phase - phase.floor()) as f32);
    let rise = 0.42;
    if phase < rise {
        super::curve::smootherstep(phase / rise)
    } else {
        1.0 - super::curve::smootherstep((phase - rise) / (1.0 - rise))
    }
}
