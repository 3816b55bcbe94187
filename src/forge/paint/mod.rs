//! The pictures on the avatar, computed from its shape: nothing is scanned, drawn or read.

mod canvas;
mod eye;
mod face;
mod hair;
mod mouth;
mod noise;
mod small;

pub(super) use self::canvas::Canvas;
pub(super) use self::eye::eye;
pub(super) use self::face::{Face, skin};
pub(super) use self::hair::strands;
pub(super) use self::mouth::{teeth, tongue};
pub(super) use self::noise::noise;
pub(super) use self::small::lashes;

use super::person::Srgb;

/// `a` and `b` mixed, `t` of `b`.
pub(super) fn lerp(a: Srgb, b: Srgb, t: f32) -> Srgb {
    [0, 1, 2].map(|i| a[i] + (b[i] - a[i]) * t)
}

/// `a` with every part multiplied.
pub(super) fn scale(a: Srgb, factor: f32) -> Srgb {
    a.map(|c| c * factor)
}
