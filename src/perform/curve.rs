//! Shapes of movement over time.

use crate::time::Time;

/// From 0 to 1 over 0..=1 with zero velocity and acceleration at both ends (Perlin 2002).
pub(super) fn smootherstep(x: f32) -> f32 {
    let x = x.clamp(0.0, 1.0);
    x * x * x * (x * (x * 6.0 - 15.0) + 10.0)
}

/// How far `t` has come from `start` to `end`, 0..=1; a jump where they coincide.
pub(super) fn progress(t: Time, start: Time, end: Time) -> f32 {
    let span = (end - start).as_nanos();
    if span <= 0 {
        return if t >= end { 1.0 } else { 0.0 };
    }
    ((t - start).as_nanos() as f64 / span as f64).clamp(0.0, 1.0) as f32
}

/// A rise, a hold and a fall.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Envelope {
    pub(super) begin: Time,
    pub(super) full: Time,
    pub(super) release: Time,
    pub(super) end: Time,
}

impl Envelope {
    /// 0 outside `begin..end`, 1 between `full` and `release`, smooth between.
    pub(super) fn at(&self, t: Time) -> f32 {
        if t <= self.begin || t >= self.end {
            0.0
        } else if t < self.full {
            smootherstep(progress(t, self.begin, self.full))
        } else if t <= self.release {
            1.0
        } else {
            1.0 - smootherstep(progress(t, self.release, self.end))
        }
    }
}
