//! Combed back from the hairline into a knot.

use glam::Vec3;

use super::super::paint::{FINE, FULL, THIN, WISP};
use super::super::part::Part;
use super::cap::cap;
use super::chance;
use super::lock::{Look, Spot, ribbon};
use super::scalp::{Scalp, rise, sphere};

/// Where the knot sits, seen from the skull's middle.
const TOWARDS: Vec3 = Vec3::new(0.0, 0.02, -1.0);
/// Half the knot's size, metres.
const SIZE: Vec3 = Vec3::new(0.036, 0.034, 0.028);
/// How thick the hair lies, metres.
const THICK: f32 = 0.0085;
/// Locks strewn over the scalp if it were everywhere, and along the hairline.
const STREWN: u32 = 420;
const ALONG: u32 = 120;
/// Short hairs along the hairline.
const YOUNG: u32 = 110;
const ROWS: u32 = 11;

/// All of it.
pub(super) fn knot(scalp: &Scalp) -> Part {
    let towards = TOWARDS.normalize_or(Vec3::NEG_Z);
    let centre = scalp.centre + towards * (scalp.reach(towards) + SIZE.z * 0.25);
    let mut part = cap(scalp, 0.018, |d| 0.0009 + 0.15 * THICK * rise(scalp.inside(d)));
    for (n, root) in scalp.roots(STREWN).into_iter().enumerate() {
        part.append(&combed(scalp, root, n as u32, centre, 0.2));
    }
    for n in 0..ALONG {
        let azimuth = (n as f32 + 0.8 * chance(n, 1)) / ALONG as f32 * std::f32::consts::TAU;
        let root = scalp.root(azimuth, 0.001 + 0.004 * chance(n, 2));
        part.append(&combed(scalp, root, n + 1000, centre, 0.6));
    }
    for n in 0..YOUNG {
        let azimuth = (n as f32 + chance(n, 21)) / YOUNG as f32 * std::f32::consts::TAU;
        part.append(&young(scalp, azimuth, n, centre));
    }
    part.append(&bun(centre));
    part
}

/// A lock from `root` to the knot.
fn combed(scalp: &Scalp, root: Vec3, n: u32, knot: Vec3, over: f32) -> Part {
    let far = (knot - scalp.skin(root)).length();
    let lift = THICK * (0.55 + over * 0.3 + 0.4 * chance(n, 3));
    let height = |d: Vec3, share: f32| (0.0012 + lift * rise(scalp.inside(d)).min(share * 14.0), 1.0);
    let path = scalp.grow(root, ROWS, far * 1.12, height, |place, out, _| {
        let ahead = knot - place;
        ahead - out * ahead.dot(out)
    });
    let tuft = match (chance(n, 4) * 10.0) as u32 {
        0..=2 => FULL[0],
        3 | 4 => FULL[1],
        5 | 6 => FULL[2],
        7 => THIN[0],
        8 => THIN[1],
        _ => WISP,
    };
    let width = 0.010 + 0.006 * chance(n, 5);
    ribbon(
        &path,
        &Look {
            width,
            ends: [0.7, 0.45],
            tuft,
            begin: 0.0,
            mirrored: chance(n, 6) < 0.5,
            bend: 0.35,
            roll: 0.25 * (chance(n, 7) - 0.5),
        },
    )
}

/// Short fine hairs that the comb did not catch.
fn young(scalp: &Scalp, azimuth: f32, n: u32, knot: Vec3) -> Part {
    let root = scalp.root(azimuth, -0.001 + 0.003 * chance(n, 22));
    let length = 0.014 + 0.018 * chance(n, 23);
    let astray = sphere(chance(n, 24) * 6.3, chance(n, 25) - 0.2) * 0.05;
    let path = scalp.grow(
        root,
        5,
        length,
        |_, share| (0.0006 + 0.002 * share, 0.7),
        |place, out, _| {
            let ahead = (knot - place).normalize_or(out) * 0.12 + astray;
            ahead - out * ahead.dot(out)
        },
    );
    ribbon(
        &path,
        &Look {
            width: 0.007,
            ends: [0.9, 0.6],
            tuft: FINE,
            begin: 0.0,
            mirrored: chance(n, 26) < 0.5,
            bend: 0.2,
            roll: 0.0,
        },
    )
}

/// The knot: locks wound around it in a closing spiral.
fn bun(centre: Vec3) -> Part {
    const WOUND: u32 = 64;
    let mut part = Part::default();
    for layer in [0.80_f32, 0.93, 1.0] {
        for n in 0..WOUND / 2 {
            let id = n + (layer * 1000.0) as u32;
            let start = (n as f32 + chance(id, 31)) / (WOUND / 2) as f32 * std::f32::consts::TAU;
            let (from, to) = (0.15 + 0.55 * chance(id, 32), 0.5 + 1.0 * chance(id, 33));
            let path: Vec<Spot> = (0..10)
                .map(|row| {
                    let share = row as f32 / 9.0;
                    // From the rim inwards over the back of an ellipsoid.
                    let polar = 1.75 - from - to * share * 0.8;
                    let (sin, cos) = libm::sincosf(polar.max(0.12));
                    let (turn_sin, turn_cos) = libm::sincosf(start + 2.3 * share);
                    let out = Vec3::new(sin * turn_cos, sin * turn_sin, -cos);
                    let size = layer + 0.05 * chance(id, 34) - 0.08 * (2.0 * share - 1.0).abs();
                    Spot { place: centre + out * SIZE * size, out: (out / SIZE).normalize_or(out) }
                })
                .collect();
            part.append(&ribbon(
                &path,
                &Look {
                    width: 0.012,
                    ends: [0.8, 0.6],
                    tuft: FULL[(chance(id, 35) * 3.0) as usize % 3],
                    begin: 0.0,
                    mirrored: chance(id, 36) < 0.5,
                    bend: 0.4,
                    roll: 0.0,
                },
            ));
        }
    }
    part
}
