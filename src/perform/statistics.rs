//! How lively an acting is, in the numbers that studies of people give: blinks, gaze, saccades, and how the head moves.
//!
//! It measures what is acted, as a camera would, and changes nothing.

use super::gaze::jump_secs;
use super::{Acting, Performance};
use crate::rig::EYE_RANGE;
use crate::time::Time;
use crate::vocabulary::{Bone, Channel};
use glam::{Vec2, Vec3};

/// Moments a second that are looked at, and of them one in so many for the head's spectrum.
const RATE: u64 = 200;
const HEAD_STEP: usize = 20;
/// Samples of a stretch whose spectrum is taken: 51.2 s at ten a second.
const STRETCH: usize = 512;
/// Bins on both sides that a bin is compared with.
const AROUND: usize = 8;
/// A lid this far down is closed.
const CLOSED: f32 = 0.95;
/// Blinks so soon after a phrase belong to its end.
const AT_END: Time = Time::from_millis(400);
/// Who looks within this of the camera looks at the audience, radians.
const AUDIENCE: Vec2 = Vec2::new(0.21, 0.12);
/// Eyes that turn faster than this jump, radians a second: 30 degrees.
const JUMP: f32 = std::f32::consts::FRAC_PI_6;
/// What is smaller is no jump, radians.
const LEAST_JUMP: f32 = 0.004;

/// What one role does over a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Statistics {
    /// Complete blinks a minute.
    pub blinks: f32,
    /// The share of them that begin within 400 ms after the end of a phrase, 0..=1.
    pub blinks_at_ends: f32,
    /// The share of time in which the eyes look within 12° of the camera, 0..=1.
    pub at_audience: f32,
    /// Jumps of the eyes in the head a minute.
    pub saccades: f32,
    /// Their mean size, radians.
    pub saccade_size: f32,
    /// Their mean duration, seconds.
    pub saccade_secs: f32,
    /// The mean duration that people's jumps of the same sizes have, seconds: 25 ms and 2.4 ms a degree.
    pub saccade_curve_secs: f32,
    /// The mean speed of the head, radians a second.
    pub head_speed: f32,
    /// The greatest bin of the spectrum of the head's speed, of the median of the bins around it: large where something repeats.
    pub head_rhythm: f32,
}

impl Statistics {
    /// Of role `index` up to `duration`; `None` past the last role.
    pub fn of(performance: &Performance, index: usize, duration: Time) -> Option<Self> {
        let ends: Vec<Time> = performance.roles.get(index)?.delivery.phrases.iter().map(|p| p.end).collect();
        let count = (duration.as_secs_f64() * RATE as f64) as u64;
        let time = |step: u64| Time::from_nanos((step * (1_000_000_000 / RATE)) as i64);
        let mut watched = Watched::new(&ends);
        for step in 0..count {
            watched.see(time(step), &performance.acting(index, time(step))?);
        }
        Some(watched.summed(duration))
    }
}

struct Watched<'a> {
    ends: &'a [Time],
    is_closed: bool,
    blinks: usize,
    at_ends: usize,
    seen: usize,
    at_audience: usize,
    before: Option<(Vec2, Vec2)>,
    /// The jump under way: its size and steps; and all that are over.
    jump: (f32, usize),
    jumps: Vec<(f32, usize)>,
    speeds: Vec<f32>,
}

impl<'a> Watched<'a> {
    fn new(ends: &'a [Time]) -> Self {
        Self {
            ends,
            is_closed: false,
            blinks: 0,
            at_ends: 0,
            seen: 0,
            at_audience: 0,
            before: None,
            jump: (0.0, 0),
            jumps: Vec::new(),
            speeds: Vec::new(),
        }
    }

    fn see(&mut self, t: Time, acting: &Acting) {
        let closed = acting.channels[Channel::EyeBlinkLeft.index()] >= CLOSED;
        if closed && !self.is_closed {
            self.blinks += 1;
            let ended = self.ends.get(self.ends.partition_point(|end| *end <= t).wrapping_sub(1));
            self.at_ends += usize::from(ended.is_some_and(|end| t - *end <= AT_END));
        }
        self.is_closed = closed;
        let (head, eyes) = (head(acting), eyes(acting));
        let gaze = (head + eyes).abs();
        self.seen += 1;
        self.at_audience += usize::from(gaze.x <= AUDIENCE.x && gaze.y <= AUDIENCE.y);
        let secs = 1.0 / RATE as f32;
        if let Some((head_before, eyes_before)) = self.before {
            // What the eyes make up for of the head's movement is no jump.
            let moved = (head + eyes - head_before - eyes_before).length();
            if moved > JUMP * secs {
                self.jump = (self.jump.0 + moved, self.jump.1 + 1);
            } else {
                let (size, steps) = std::mem::take(&mut self.jump);
                if size > LEAST_JUMP {
                    self.jumps.push((size, steps));
                }
            }
            self.speeds.push((head - head_before).length() / secs);
        }
        self.before = Some((head, eyes));
    }

    fn summed(self, duration: Time) -> Statistics {
        let minutes = (duration.as_secs_f32() / 60.0).max(f32::MIN_POSITIVE);
        let share = |part: usize, whole: usize| part as f32 / whole.max(1) as f32;
        let jumps = self.jumps.len().max(1) as f32;
        let steps: usize = self.jumps.iter().map(|(_, steps)| steps).sum();
        let slow: Vec<f32> = self
            .speeds
            .chunks_exact(HEAD_STEP)
            .map(|part| part.iter().sum::<f32>() / HEAD_STEP as f32)
            .collect();
        Statistics {
            blinks: self.blinks as f32 / minutes,
            blinks_at_ends: share(self.at_ends, self.blinks),
            at_audience: share(self.at_audience, self.seen),
            saccades: self.jumps.len() as f32 / minutes,
            saccade_size: self.jumps.iter().map(|(size, _)| size).sum::<f32>() / jumps,
            saccade_secs: steps as f32 / RATE as f32 / jumps,
            saccade_curve_secs: self.jumps.iter().map(|(size, _)| jump_secs(*size)).sum::<f32>() / jumps,
            head_speed: self.speeds.iter().sum::<f32>() / self.speeds.len().max(1) as f32,
            head_rhythm: rhythm(&slow),
        }
    }
}

/// Yaw to the left and pitch up of the head and the neck, radians.
fn head(acting: &Acting) -> Vec2 {
    let both: Vec3 =
        [Bone::Spine, Bone::Chest, Bone::Neck, Bone::Head].iter().map(|bone| acting.bones.of(*bone)).sum();
    Vec2::new(both.y, -both.x)
}

/// The same of the left eye in the head.
fn eyes(acting: &Acting) -> Vec2 {
    let weight = |channel: Channel| acting.channels[channel.index()];
    let left = weight(Channel::EyeLookOutLeft) - weight(Channel::EyeLookInLeft);
    let up = weight(Channel::EyeLookUpLeft) - weight(Channel::EyeLookDownLeft);
    Vec2::new(left, up) * EYE_RANGE
}

/// Welch's averaged spectrum (1967) of halfway overlapping stretches: the greatest bin over the median of those around it. Zero where
/// there are too few samples.
fn rhythm(samples: &[f32]) -> f32 {
    let bins = STRETCH / 2;
    let mut power = vec![0.0f64; bins];
    let mut start = 0;
    while let Some(stretch) = samples.get(start..start + STRETCH) {
        let mean = stretch.iter().sum::<f32>() / STRETCH as f32;
        for (bin, sum) in power.iter_mut().enumerate() {
            let (mut re, mut im) = (0.0f64, 0.0f64);
            for (i, sample) in stretch.iter().enumerate() {
                let turn = std::f64::consts::TAU * i as f64 / STRETCH as f64;
                let value = f64::from(sample - mean) * (0.5 - 0.5 * libm::cos(turn));
                let phase = turn * bin as f64;
                re += value * libm::cos(phase);
                im += value * libm::sin(phase);
            }
            *sum += re * re + im * im;
        }
        start += STRETCH / 2;
    }
    let over_median = |bin: usize| {
        let mut near: Vec<f64> =
            power.iter().skip(bin.saturating_sub(AROUND)).take(2 * AROUND + 1).copied().collect();
        near.sort_by(f64::total_cmp);
        let median = near.get(near.len() / 2).copied().unwrap_or(0.0);
        power.get(bin).filter(|_| median > 0.0).map_or(0.0, |bin| bin / median)
    };
    // The slowest are the window's own.
    (2..bins).map(over_median).fold(0.0, f64::max) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::perform::noise;

    #[test]
    fn what_repeats_is_found_and_noise_is_none() {
        let noise = |i: i64| noise::unit(5, 1, i);
        let free: Vec<f32> = (0..6000).map(noise).collect();
        assert!(rhythm(&free) < 4.0, "{}", rhythm(&free));
        let bound: Vec<f32> = (0..6000).map(|i| noise(i) + 0.3 * libm::sinf(i as f32 * 0.7)).collect();
        assert!(rhythm(&bound) > 10.0, "{}", rhythm(&bound));
        assert!(rhythm(&free[..100]) == 0.0);
    }
}
