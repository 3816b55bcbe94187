//! How an avatar's eyes follow what they look at: by their joints or by expressions, and how far.
//!
//! Sources: `VRMC_vrm-1.0/lookAt.md`; VRM 0.x `firstPerson` for the curves.

use glam::Vec3;

/// An avatar's look-at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LookAt {
    /// What realises it.
    pub kind: LookAtKind,
    /// Between the eyes, relative to the head joint, metres.
    pub offset_from_head: Vec3,
    /// Of the eye that turns towards the nose.
    pub inner: RangeMap,
    /// Of the eye that turns away from the nose; the only sideways one for expressions.
    pub outer: RangeMap,
    /// Downwards.
    pub down: RangeMap,
    /// Upwards.
    pub up: RangeMap,
}

/// What moves when an avatar looks somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LookAtKind {
    /// The joints leftEye and rightEye.
    #[default]
    Bone,
    /// The expressions lookUp, lookDown, lookLeft and lookRight.
    Expression,
}

/// From the angle that is looked at to what the eye does: a ramp to `output` at `input_max`, flat from there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RangeMap {
    /// Radians; positive.
    pub input_max: f32,
    /// At `input_max`: radians for joints, a weight for expressions.
    pub output: f32,
    /// The ramp's shape over 0..=1 where it is not straight: time, value, in-tangent and out-tangent of each
    /// key, ascending in time.
    pub curve: Vec<[f32; 4]>,
}

impl RangeMap {
    /// What the eye does for `angle` (radians, not negative).
    pub fn at(&self, angle: f32) -> f32 {
        let share = if self.input_max > 0.0 { (angle / self.input_max).clamp(0.0, 1.0) } else { 1.0 };
        self.output * if self.curve.is_empty() { share } else { hermite(&self.curve, share) }
    }
}

/// A cubic Hermite spline through keys; constant before the first and after the last.
fn hermite(keys: &[[f32; 4]], t: f32) -> f32 {
    let after = keys.partition_point(|[time, ..]| *time <= t);
    let Some(&[t0, v0, _, out]) = after.checked_sub(1).and_then(|i| keys.get(i)) else {
        return keys.first().map_or(t, |[_, value, ..]| *value);
    };
    let Some(&[t1, v1, into, _]) = keys.get(after) else { return v0 };
    let span = (t1 - t0).max(1e-6);
    let x = (t - t0) / span;
    let (x2, x3) = (x * x, x * x * x);
    v0 * (2.0 * x3 - 3.0 * x2 + 1.0)
        + out * span * (x3 - 2.0 * x2 + x)
        + v1 * (3.0 * x2 - 2.0 * x3)
        + into * span * (x3 - x2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ramp_ends_where_it_says() {
        let map = RangeMap { input_max: 1.5, output: 0.2, curve: Vec::new() };
        assert_eq!(map.at(0.0), 0.0);
        assert!((map.at(0.75) - 0.1).abs() < 1e-6);
        assert!((map.at(9.0) - 0.2).abs() < 1e-6);
    }

    #[test]
    fn the_standard_curve_is_a_straight_line() {
        let keys = [[0.0, 0.0, 0.0, 1.0], [1.0, 1.0, 1.0, 0.0]];
        for i in 0..=10u8 {
            let t = f32::from(i) / 10.0;
            assert!((hermite(&keys, t) - t).abs() < 1e-6, "at {t}");
        }
        assert_eq!(hermite(&[[0.5, 0.25, 0.0, 0.0]], 0.1), 0.25);
    }
}
