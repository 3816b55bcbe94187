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
const BACK: f32 = 0.45;

/// How lips part; millimetres of an average mouth unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::forge) struct Opening {
    /// How far the middle of the upper lip rises, and that of the lower lip sinks.
    pub(in crate::forge) apart: [f32; 2],
    /// How much wider the mouth gets, of its width; negative rounds it.
    pub(in crate::forge) wide: f32,
    /// How far the corners rise, and how far they come forwards.
    pub(in crate::forge) corner: [f32; 2],
    /// How far the middles of both lips come forwards.
    pub(in crate::forge) pout: f32,
    /// Powers of the curves of the upper and the lower lip; 2 is an ellipse, more is squarer.
    pub(in crate::forge) curve: [f32; 2],
}

impl Opening {
    /// How far the edge of a lip moves, metres; `across` is its place at rest, -1..=1 from corner to corner, in a mouth of this
    /// half width.
    fn at(&self, across: f32, half_width: f32, is_lower: bool) -> Vec3 {
        let share = across.abs().min(1.0);
        let lip = usize::from(is_lower);
        let bow = libm::powf(1.0 - libm::powf(share, self.curve[lip]), 1.0 / self.curve[lip]);
        let aside = share * share;
        let apart = self.apart[lip] * bow * if is_lower { -1.0 } else { 1.0 };
        let middle = self.pout - if is_lower { self.apart[1] * BACK * bow } else { 0.0 };
        let rise = apart + self.corner[0] * aside;
        let forwards = middle + (self.corner[1] - middle) * aside;
        let scale = half_width / AVERAGE * 0.001;
        Vec3::new(across * half_width * CORNER * self.wide, rise * scale, forwards * scale)
    }
}

impl Lips {
    /// Brings the edges of the lips to the contour of `opening`, and with them what is near.
    pub(in crate::forge) fn shape(&self, base: &Base, moved: &mut BTreeMap<u32, Vec3>, opening: &Opening) {
        let half = self.half_width(base);
        for &(vertex, is_lower) in &self.near {
            let rest = base.positions[vertex as usize];
            let share = smoothstep(TAKEN[1], TAKEN[0], self.from_contact(base, rest));
            let goal = opening.at(rest.x / (half * CORNER), half, is_lower);
            let movement = moved.entry(vertex).or_default();
            *movement = movement.lerp(goal, share);
        }
    }

    /// How far `place` is from where the lips touch, metres.
    fn from_contact(&self, base: &Base, place: Vec3) -> f32 {
        let touching = self.pairs.iter().flat_map(|&(upper, lower)| [upper, lower]);
        touching.map(|v| base.positions[v as usize].distance(place)).fold(f32::MAX, f32::min)
    }
}
