//! The pictures on the avatar, computed from its shape: nothing is scanned, drawn or read.

mod brow;
mod canvas;
mod chart;
mod complexion;
mod contour;
mod creases;
mod curls;
mod eye;
mod face;
mod gloss;
mod hair;
mod hand;
mod landmarks;
mod mass;
mod mouth;
mod noise;
mod png;
mod relief;
mod skin;
mod stroke;

pub(super) use self::brow::{brows, lashes};
pub(super) use self::canvas::Canvas;
pub(super) use self::curls::{CORE, DENSE, LOOSE, SIDE, SPARSE, STRAY, coils, curl_place};
pub(super) use self::eye::eye;
pub(super) use self::face::{Face, Fields};
pub(super) use self::hair::{FINE, FULL, GROUND, THIN, TUFTS, WISP, Weave, strands};
pub(super) use self::hand::Hands;
pub(super) use self::landmarks::{CHIN, Landmarks, WING};
pub(super) use self::mass::{mass, mass_relief};
pub(super) use self::mouth::{teeth, tongue};
pub(super) use self::noise::noise;
pub(super) use self::skin::skin;

use super::person::Srgb;

/// `a` and `b` mixed, `t` of `b`.
pub(super) fn lerp(a: Srgb, b: Srgb, t: f32) -> Srgb {
    [0, 1, 2].map(|i| a[i] + (b[i] - a[i]) * t)
}

/// `a` with every part multiplied.
pub(super) fn scale(a: Srgb, factor: f32) -> Srgb {
    a.map(|c| c * factor)
}
