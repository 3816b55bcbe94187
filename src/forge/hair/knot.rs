//! Combed back from the hairline into a knot.

use std::f32::consts::{PI, TAU};

use glam::{Vec2, Vec3};

use super::super::dress::smoothstep;
use super::super::part::{Part, Vertex};
use super::super::skeleton::rigid;
use super::cap::cap;
use super::scalp::{Scalp, slerp};
use super::sheet::{Comb, Sheet};
use super::wisps::young_all_around;
use crate::vocabulary::Bone;

/// Where the knot sits, seen from the skull's middle.
const TOWARDS: Vec3 = Vec3::new(0.0, 0.30, -1.0);
/// How thick the hair lies at the back and on top, metres, and over which length it rises to that.
const THICK: [f32; 2] = [0.008, 0.014];
const RISES: f32 = 0.040;
/// Where the mass begins inside the hairline, and how far it is off the skin there, metres.
const INSIDE: f32 = 0.003;
const OFF: f32 = 0.0016;
const ROWS: usize = 20;
const STEPS: u32 = 30;
/// Short hairs along the hairline.
const YOUNG: u32 = 150;
/// Of the hair that is as long as the picture is high, metres.
const WHOLE: f32 = 0.34;

/// How it is combed.
pub(super) const COMB: Comb = Comb {
    clumps: 36,
    relief: 0.0024,
    rises: [0.06, 0.6],
    sinks: [0.7, 1.0],
    begin: 0.05,
    ragged: [0.0, 0.0],
};

/// The mass with its knot, and the single hairs about it.
pub(super) fn knot(scalp: &Scalp) -> [Part; 2] {
    let towards = TOWARDS.normalize_or(Vec3::NEG_Z);
    let mut sheet = Sheet::of(&COMB, ROWS, |share| path(scalp, PI + TAU * share, towards));
    sheet.relax(2, |place| place);
    sheet.comb(&COMB);
    let mut part = sheet.part(WHOLE, |_| rigid(Bone::Head));
    part.append(&coil(scalp.skin(towards), towards));
    let mut single = cap(scalp, 0.018, |_| 0.0009);
    single.append(&young_all_around(&sheet, YOUNG));
    [part, single]
}

/// From the hairline at an azimuth over the head to the knot.
fn path(scalp: &Scalp, azimuth: f32, towards: Vec3) -> Vec<Vec3> {
    let root = scalp.root(azimuth, INSIDE);
    (0..=STEPS)
        .map(|n| {
            let direction = slerp(root, towards, n as f32 / STEPS as f32);
            let reach = scalp.reach(direction);
            let far = libm::acosf(root.dot(direction).clamp(-1.0, 1.0)) * reach;
            let rise = (far / RISES).min(1.0);
            let thick = THICK[0] + (THICK[1] - THICK[0]) * smoothstep(0.3, 0.9, direction.y);
            let lift = (thick * rise * (2.0 - rise)).max(scalp.hull(direction) - reach);
            scalp.centre + direction * (reach + OFF + lift)
        })
        .collect()
}

/// How often the coil goes round, and its points.
const TURNS: f32 = 2.15;
const COILED: u32 = 64;
/// Sides of the coil; an even number.
const SIDES: u32 = 12;
/// How far the coil is from its axis, and how thick it is, metres: at its beginning and at its end.
const RING: [f32; 2] = [0.027, 0.004];
const ROPE: [f32; 2] = [0.0145, 0.0115];
/// How far it begins out of the skull and ends, metres.
const DEPTH: [f32; 2] = [0.010, 0.030];
/// How often the rope is twisted, along its whole length.
const TWIST: f32 = 2.5;

/// The knot: a rope of hair coiled up about `towards`.
fn coil(skin: Vec3, towards: Vec3) -> Part {
    let right = Vec3::Y.cross(towards).normalize_or(Vec3::X);
    let up = towards.cross(right);
    let place = |t: f32| {
        let (sin, cos) = libm::sincosf(t * TURNS * TAU - 0.5 * PI);
        let ring = RING[0] + (RING[1] - RING[0]) * smoothstep(0.25, 1.0, t);
        let out = DEPTH[0] + (DEPTH[1] - DEPTH[0]) * smoothstep(0.2, 1.0, t);
        skin + (right * cos + up * sin) * ring + towards * out
    };
    let mut part = Part::default();
    let mut along = 0.0;
    for row in 0..=COILED {
        let t = row as f32 / COILED as f32;
        let step = 1.0 / COILED as f32;
        let forward = (place(t + step) - place(t - step)).normalize_or(up);
        along += place(t).distance(place(t - step));
        let flat = forward.cross(towards).normalize_or(right);
        let thick = (ROPE[0] + (ROPE[1] - ROPE[0]) * t) * smoothstep(1.12, 0.9, t);
        for side in 0..=SIDES {
            let around = TAU * side as f32 / SIDES as f32;
            let (sin, cos) = libm::sincosf(around + TWIST * TAU * t);
            let out = flat * cos + towards * sin;
            let worn = 1.0 - (2.0 * side as f32 / SIDES as f32 - 1.0).abs();
            part.vertex(Vertex {
                position: place(t) + out * thick,
                normal: out,
                coordinate: Vec2::new(0.15 + 0.7 * worn, 0.35 + along / WHOLE),
                skin: rigid(Bone::Head),
                source: None,
            });
        }
    }
    for row in 0..COILED {
        for side in 0..SIDES {
            let at = |r: u32, s: u32| r * (SIDES + 1) + s;
            part.quad([at(row, side), at(row, side + 1), at(row + 1, side + 1), at(row + 1, side)]);
        }
    }
    part
}
