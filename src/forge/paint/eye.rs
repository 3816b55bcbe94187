//! The eyeball's picture: a disc whose radius is the angle from the optical axis.

use glam::{Vec2, Vec3};

use super::super::ForgeError;
use super::super::dress::smoothstep;
use super::super::eyes::{IRIS, REACH};
use super::super::model::Picture;
use super::super::person::Srgb;
use super::noise::noise;
use super::{Canvas, lerp, scale};

const SIDE: u32 = 512;
/// The pupil's share of the iris.
const PUPIL: f32 = 0.36;

/// White, iris and pupil.
pub(in crate::forge) fn eye(iris: Srgb) -> Result<Picture, ForgeError> {
    let mut canvas = Canvas::new(SIDE, [0.9; 3]);
    canvas.fill(|place| colour(place - Vec2::splat(0.5), iris));
    canvas.jpeg("Eye", 88)
}

fn colour(from_axis: Vec2, iris: Srgb) -> Srgb {
    let angle = from_axis.length() * 2.0 * REACH;
    let turn = libm::atan2f(from_axis.y, from_axis.x);
    let (sin, cos) = libm::sincosf(turn);
    let share = angle / IRIS;
    let white = lerp([0.90, 0.88, 0.86], [0.80, 0.62, 0.58], smoothstep(0.9, 1.7, angle));
    // Fibres run outwards: noise that is fast around the axis and slow along it.
    let fibre = noise(Vec3::new(cos * 14.0, sin * 14.0, share * 2.5)) * 0.6
        + noise(Vec3::new(cos * 34.0, sin * 34.0, share * 5.0)) * 0.4;
    let ring = 1.0 - 0.55 * smoothstep(0.78, 1.0, share);
    let glow = 1.0 + 0.45 * smoothstep(0.75, 0.4, share) * smoothstep(PUPIL, PUPIL + 0.1, share);
    let coloured = scale(iris, ring * glow * (1.0 + 0.28 * fibre));
    let with_iris = lerp(coloured, white, smoothstep(0.96, 1.06, share));
    lerp([0.015, 0.012, 0.012], with_iris, smoothstep(PUPIL - 0.04, PUPIL + 0.03, share))
}
