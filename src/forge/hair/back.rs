//! Short hair combed back from the forehead; sides and back lie close and end at the nape.

use std::f32::consts::PI;

use super::super::dress::smoothstep;
use super::super::part::Part;
use super::super::skeleton::rigid;
use super::cap::cap;
use super::combed::Back;
use super::scalp::Scalp;
use super::sheet::{Comb, Sheet};
use super::wisps::{tufts, young_all_around};
use crate::vocabulary::Bone;

const BACK: Back = Back {
    above: 1.45,
    thick: [0.022, 0.014, 0.004, 0.010],
    rises: 0.034,
    swing: 0.30,
    clear: 0.012,
    arch: 0.34,
    ends: 0.0,
};
/// Where the borders end behind the ears, radians from the front, and how far inside the nape's hairline, metres.
const BEHIND: f32 = 1.80;
const NAPE: f32 = 0.004;
/// Of the hair that is as long as the picture is high, metres.
const WHOLE: f32 = 0.34;
const ROWS: usize = 26;
/// How far inside the hairline the ground is whole, and how far off the skin it lies, metres.
const FADE: f32 = 0.016;
const GROUND: f32 = 0.0009;
/// Short hairs along the hairline.
const YOUNG: u32 = 240;
/// Tufts there.
const TUFTS: u32 = 190;

/// How it is combed.
pub(super) const COMB: Comb = Comb {
    clumps: 26,
    relief: 0.0026,
    rises: [0.0, 0.3],
    sinks: [0.7, 1.0],
    begin: 0.05,
    ragged: [0.0, 0.0],
};

/// The mass, and what lies close and softens the hairline.
pub(super) fn back(scalp: &Scalp) -> [Part; 2] {
    let mut sheet = Sheet::of(&COMB, ROWS, |share| path(scalp, 2.0 * share - 1.0));
    sheet.relax(2, |place| place);
    sheet.comb(&COMB);
    let mass = sheet.part(WHOLE, |_| rigid(Bone::Head));
    let mut single = cap(scalp, FADE, |_| GROUND);
    single.append(&tufts(&sheet, TUFTS, |_| rigid(Bone::Head)));
    single.append(&young_all_around(&sheet, YOUNG));
    [mass, single]
}

fn path(scalp: &Scalp, side: f32) -> Vec<glam::Vec3> {
    let azimuth = (PI - (PI - BEHIND) * side.abs()).copysign(side);
    let inside = NAPE + 0.012 * smoothstep(0.7, 1.0, side.abs());
    BACK.path(scalp, side, scalp.root(azimuth, inside))
}
