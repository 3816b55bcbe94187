//! Worn long: combed back from the forehead, falling in waves to the shoulders.

use std::f32::consts::PI;

use glam::Vec3;

use super::super::dress::smoothstep;
use super::super::paint::noise;
use super::super::part::Part;
use super::cap::cap;
use super::combed::{Back, OFF};
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
/// How much it turns inwards at its ends, and over which length, metres.
const INWARDS: (f32, f32) = (0.020, 0.050);
/// It ends where the shoulders are this far in its way, but hangs at least so far, metres.
const LEDGE: f32 = 0.006;
const SHORTEST: f32 = 0.07;
/// How far it swings to its sides and in and out, metres, and how often, per metre.
const WAVE: ([f32; 2], f32) = ([0.007, 0.0095], 8.2);
/// How far below the eyes it is widest, metres.
const WIDEST: f32 = 0.020;
/// Of the hair that is as long as the picture is high, metres.
const WHOLE: f32 = 0.42;
const ROWS: usize = 34;
/// From point to point where it hangs, metres.
const STEP: f32 = 0.008;
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
        let below = scalp.eyes().y - WIDEST - point.place.y;
        let phase = 1.6 * noise(Vec3::new(share * 11.0, 0.5, 2.0));
        let (sin, cos) = libm::sincosf(below * WAVE.1 * 2.0 * PI + phase);
        let out = point.place - scalp.centre;
        let out = Vec3::new(out.x, 0.0, out.z).normalize_or(Vec3::Z);
        let swing = out.cross(Vec3::Y) * (WAVE.0[0] * sin) + out * (WAVE.0[1] * (cos - 0.4));
        swing * smoothstep(-0.03, 0.05, below)
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
    hang(scalp, torso, far, &mut path);
    path
}

/// Continues a path straight down, to where it would lie on the shoulders.
fn hang(scalp: &Scalp, torso: &Torso, far: f32, path: &mut Vec<Vec3>) {
    let Some(begin) = path.last().copied() else { return };
    let ends = ENDS[1] + (ENDS[0] - ENDS[1]) * smoothstep(0.2, 0.9, far);
    let depth = begin.y - (scalp.eyes().y - ends);
    let out = Vec3::new(begin.x - scalp.centre.x, 0.0, begin.z - scalp.centre.z).normalize_or(Vec3::Z);
    let steps = (depth / STEP).max(1.0) as u32;
    for n in 1..=steps {
        let below = depth * n as f32 / steps as f32;
        let left = 1.0 - ((depth - below) / INWARDS.1).min(1.0);
        let away = FLARE * smoothstep(0.0, 0.07, below) - INWARDS.0 * left * left;
        let place = begin - Vec3::Y * below + out * away;
        if below > SHORTEST && torso.depth(place + out * INWARDS.0 * left * left) > LEDGE {
            break;
        }
        path.push(place);
    }
}
