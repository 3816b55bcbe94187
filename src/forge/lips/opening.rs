//! The contour of an open mouth, drawn rather than found: where lips go when a sound parts them.

use std::collections::BTreeMap;

use glam::Vec3;

use super::{CORNER, Lips};
use crate::forge::base::Base;
use crate::forge::dress::smoothstep;

/// Half the width of the mouth that openings are given for, metres.
const AVERAGE: f32 = 0.0224;
/// Skin this close to where the lips touch goes all the way with them, and none beyond the second distance, metres.
const TAKEN: [f32; 2] = [0.003, 0.020];
/// How far back the lower lip goes with the turning jaw, of the way down.
const BACK: f32 = 0.5;
/// Rounds of smoothing after the contour is drawn, the first and the second time.
const SMOOTH: [u32; 2] = [4, 1];
/// How far beyond the corners a smile bends on, of half the width.
const BEYOND: f32 = 1.15;
/// How far back a smile draws the middle of the lips, of what it does to their corners.
const FLATTER: f32 = 0.11;
/// How much of a rounding skin further off takes.
const DRAWN: f32 = 0.5;

/// How lips part; millimetres of an average mouth unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::forge) struct Opening {
    /// How far the middle of the upper lip rises, and that of the lower lip sinks.
    pub(in crate::forge) apart: [f32; 2],
    /// Over which share of its half width from each corner the lips stay together.
    pub(in crate::forge) sealed: f32,
    /// How much wider the mouth gets, of its width; negative rounds it.
    pub(in crate::forge) wide: f32,
    /// How high the corners are then above the middle of the closed mouth, and how far they come forwards.
    pub(in crate::forge) corner: [f32; 2],
    /// How far the middles of both lips come forwards.
    pub(in crate::forge) pout: f32,
    /// Powers of the curves of the upper and the lower lip; 2 is an ellipse, more is squarer.
    pub(in crate::forge) curve: [f32; 2],
}

impl Opening {
    /// How far the edge of a lip of `mouth` moves, metres; `across` is its place at rest, -1..=1 from corner to corner.
    fn at(&self, across: f32, mouth: Closed, is_lower: bool) -> Vec3 {
        let share = across.abs().min(1.0);
        let lip = usize::from(is_lower);
        let open = (share / (1.0 - self.sealed)).min(1.0);
        let bow = libm::powf(1.0 - libm::powf(open, self.curve[lip]), 1.0 / self.curve[lip]);
        let aside = share * share;
        let middle = if is_lower { -self.apart[1] } else { self.apart[0] };
        let [corner, corner_out] = self.corner;
        let scale = mouth.half_width / AVERAGE * 0.001;
        let rise = (corner + (middle - corner) * bow) * scale - mouth.rise * aside;
        let out = self.pout - if is_lower { self.apart[1] * BACK * bow } else { 0.0 };
        let forwards = (out + (corner_out - out) * aside) * scale;
        Vec3::new(across * mouth.half_width * CORNER * self.wide, rise, forwards)
    }
}

/// How the line between closed lips bends in a smile; millimetres of an average mouth, at its corners.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::forge) struct Bend {
    /// Away from the middle.
    pub(in crate::forge) out: f32,
    /// Upwards, most of it in the outer quarters.
    pub(in crate::forge) up: f32,
    /// Backwards, around the teeth.
    pub(in crate::forge) back: f32,
}

/// A closed mouth: half its width, and how much higher its corners are than its middle, metres.
#[derive(Debug, Clone, Copy)]
struct Closed {
    half_width: f32,
    rise: f32,
}

impl Lips {
    /// Parts the lips along the contour of `opening`.
    pub(in crate::forge) fn part_along(
        &self,
        base: &Base,
        moved: &mut BTreeMap<u32, Vec3>,
        opening: &Opening,
    ) {
        // Skin further off follows where the corners are drawn in; the contour is drawn twice, as smoothing blunts it.
        self.narrow(base, moved, (-opening.wide).max(0.0) * DRAWN);
        for rounds in SMOOTH {
            self.shape(base, moved, opening);
            self.smooth(moved, rounds);
        }
    }

    /// Bends the closed lips and what is near, as much as `side` says for each x.
    pub(in crate::forge) fn bend(
        &self,
        base: &Base,
        moved: &mut BTreeMap<u32, Vec3>,
        bend: Bend,
        side: impl Fn(f32) -> f32,
    ) {
        let half_width = self.half_width(base);
        let scale = half_width / AVERAGE * 0.001;
        for &(vertex, _) in &self.near {
            let rest = base.positions[vertex as usize];
            let share = smoothstep(TAKEN[1], TAKEN[0], self.way_to_contact(base, rest));
            let across = (rest.x / (half_width * CORNER)).clamp(-BEYOND, BEYOND);
            let bow = across * across;
            let goal = Vec3::new(
                bend.out * across,
                bend.up * bow * across.abs(),
                -bend.back * (FLATTER + (1.0 - FLATTER) * bow),
            ) * (scale * side(rest.x));
            let movement = moved.entry(vertex).or_default();
            *movement = movement.lerp(goal, share);
        }
    }

    /// Brings the edges of the lips to the contour of `opening`, and with them what is near.
    fn shape(&self, base: &Base, moved: &mut BTreeMap<u32, Vec3>, opening: &Opening) {
        let mouth = self.closed(base);
        for &(vertex, is_lower) in &self.near {
            let rest = base.positions[vertex as usize];
            let share = smoothstep(TAKEN[1], TAKEN[0], self.way_to_contact(base, rest));
            let goal = opening.at(rest.x / (mouth.half_width * CORNER), mouth, is_lower);
            let movement = moved.entry(vertex).or_default();
            *movement = movement.lerp(goal, share);
        }
    }

    fn closed(&self, base: &Base) -> Closed {
        let half_width = self.half_width(base);
        let line = self.pairs.iter().map(|&(_, lower)| base.positions[lower as usize]);
        let aside = line.filter(|p| p.x.abs() > half_width * CORNER);
        let (sum, count) = aside.fold((0.0, 0.0_f32), |(sum, count), p| (sum + p.y, count + 1.0));
        Closed { half_width, rise: sum / count.max(1.0) - self.middle(base).y }
    }
}
