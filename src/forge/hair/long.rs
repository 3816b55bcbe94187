//! Worn long: combed back from the forehead, falling in waves to the shoulders.

use std::f32::consts::PI;

use glam::Vec3;

use super::super::dress::smoothstep;
use super::super::paint::noise;
use super::super::part::Part;
use super::cap::cap;
use super::combed::{Back, OFF};
use super::fall::Fall;
use super::scalp::{Scalp, sphere};
use super::sheet::{Comb, Sheet};
use super::sway::Sway;
use super::torso::Torso;
use super::wisps::{tufts, young_all_around};

/// How it is combed back.
const BACK: Back = Back {
    above: 1.10,
    thick: [0.022, 0.018, 0.012, 0.014],
    rises: 0.046,
    swing: 0.22,
    clear: 0.0,
    arch: 0.0,
    ends: 1.0,
};
/// Where the borders hang, radians from the front.
const BEHIND: f32 = 1.30;
/// At which elevation hair begins to hang, radians.
const HANGS: f32 = -0.36;
/// How far below the eyes it ends behind the ears and at the back, metres.
const ENDS: [f32; 2] = [0.215, 0.160];
/// How much it widens below the ears, metres.
const FLARE: f32 = 0.004;
/// How it falls.
const FALL: Fall = Fall { inwards: (0.020, 0.050), wave: ([0.007, 0.0095], 8.2), widest: 0.020 };
/// Of the hair that is as long as the picture is high, metres.
const WHOLE: f32 = 0.42;
const ROWS: usize = 34;
/// Below the eyes hair stays this much farther off the skin, metres.
const HUNG: f32 = 0.004;
/// The roll of the borders where they hang, metres.
const HEM: f32 = 0.005;
/// Short hairs along the hairline.
const YOUNG: u32 = 260;
/// Tufts there.
const TUFTS: u32 = 190;

/// How it is combed.
pub(super) const COMB: Comb = Comb {
    clumps: 26,
    relief: 0.0042,
    rises: [0.0, 0.40],
    sinks: [2.0, 3.0],
    begin: 0.05,
    ragged: [0.034, 0.020],
};

/// The mass, and the single hairs about it.
pub(super) fn long(scalp: &Scalp, torso: &Torso, sway: &Sway) -> [Part; 2] {
    let mut sheet = Sheet::of(&COMB, ROWS, |share| path(scalp, torso, share));
    let keep_out = |place: Vec3| torso.outside(scalp.outside(place, [OFF, HUNG]));
    sheet.relax(4, keep_out);
    sheet.relax(2, |place| place);
    sheet.shift(|point, share, _| {
        FALL.swing(scalp, point, 1.6 * noise(Vec3::new(share * 11.0, 0.5, 2.0)), 1.0)
    });
    sheet.comb(&COMB);
    let skin = |place| sway.at(place);
    let mut part = sheet.part(WHOLE, skin);
    part.append(&sheet.hem(WHOLE, rolled, skin));
    let mut single = cap(scalp, 0.018, |_| 0.0009);
    single.append(&tufts(&sheet, TUFTS, skin));
    single.append(&young_all_around(&sheet, YOUNG));
    [part, single]
}

/// How thick the border's roll is at a share of the way, metres.
fn rolled(way: f32) -> f32 {
    HEM * smoothstep(0.35, 0.6, way) * smoothstep(1.0, 0.8, way)
}

/// The path at a share of the way from the right ear along the hairline to the left one.
fn path(scalp: &Scalp, torso: &Torso, share: f32) -> Vec<Vec3> {
    let side = 2.0 * share - 1.0;
    let far = side.abs();
    let mut path = BACK.path(scalp, side, sphere((PI - (PI - BEHIND) * far).copysign(side), HANGS));
    let ends = ENDS[1] + (ENDS[0] - ENDS[1]) * smoothstep(0.2, 0.9, far);
    FALL.hang(scalp, torso, ends, FLARE, &mut path);
    path
}
