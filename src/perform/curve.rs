//! Shapes of movement over time.

use crate::script::timeline::Mark;
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

/// The greater of two numbers of 0.. where they differ much, a little more than it where they do not, without a kink.
pub(super) fn soft_max(a: f32, b: f32) -> f32 {
    let (less, more) = if a < b { (a, b) } else { (b, a) };
    if less <= 0.0 {
        return more;
    }
    let share = less / more;
    let cube = share * share * share;
    more * libm::cbrtf(libm::sqrtf(1.0 + cube * cube))
}

/// For each of `ends`, the latest of it and all before it: how far back a look-up has to go.
pub(super) fn latest_ends(ends: impl Iterator<Item = Time>) -> Vec<Time> {
    let later = |latest: &mut Time, end: Time| {
        *latest = end.max(*latest);
        Some(*latest)
    };
    ends.scan(Time::from_nanos(i64::MIN), later).collect()
}

/// Of `items`, which are in order of their beginnings and of which `after` have begun, those that may be under way at `t`, the latest
/// first; `latest_end` is what [`latest_ends`] says of them.
pub(super) fn under_way<'a, T>(
    items: &'a [T],
    latest_end: &'a [Time],
    after: usize,
    t: Time,
) -> impl Iterator<Item = &'a T> {
    let (items, ends) = (items.get(..after).unwrap_or(items), latest_end.get(..after).unwrap_or(latest_end));
    let recent = items.iter().rev().zip(ends.iter().rev());
    recent.take_while(move |(_, latest)| **latest > t).map(|(item, _)| item)
}

/// Of `marks`, which are in order of time, those that began at `t` or up to `span` before.
pub(super) fn recent(marks: &[Mark], t: Time, span: Time) -> impl Iterator<Item = &Mark> {
    let first = marks.partition_point(|mark| mark.time < t - span);
    marks.iter().skip(first).take_while(move |mark| mark.time <= t)
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
