//! Clothes: shells cut from the close-fitting suit that the source mesh carries around the body, and pieces laid on them.
//!
//! Lengths are metres; every cut is placed from the joints, so that clothes fit whatever the person's proportions.

mod cloth;
mod collar;
mod cord;
mod crease;
mod curve;
mod front;
mod glasses;
mod hull;
mod jacket;
mod jewels;
mod layout;
mod legs;
mod measures;
mod neckline;
mod outfit;
mod probe;
mod sheet;
mod shirt;
mod shoulder;
mod trim;
mod weave;

pub(super) use self::glasses::glasses;
pub(super) use self::legs::SOLE;
pub(super) use self::measures::Measures;
pub(super) use self::outfit::wear;

/// 0 below `a`, 1 above `b`, smooth between.
pub(super) fn smoothstep(a: f32, b: f32, x: f32) -> f32 {
    let t = ((x - a) / (b - a)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
