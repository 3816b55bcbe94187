//! Short hair with a parting at the left: combed over the top in one mass, close at sides and back.
//!
//! What grows at the parting lies over what grows farther off it, so that no roots are seen.

use std::f32::consts::TAU;

use glam::Vec3;

use super::super::dress::smoothstep;
use super::super::paint::{FINE, FULL, THIN, WISP};
use super::super::part::Part;
use super::cap::cap;
use super::chance;
use super::lock::{Look, Spot, ribbon};
use super::scalp::{Scalp, sphere};

/// How far to the avatar's left the parting is, and where it ends behind the skull's middle, metres.
const PARTING: f32 = 0.036;
const CROWN: Vec3 = Vec3::new(0.022, 0.0, -0.066);
/// How far inside the hairline no skin shines through, metres.
const FADE: f32 = 0.020;
/// How far the ground lies off the skin at the hairline, and how much more inside it, where the skull's corners would
/// come through; metres.
const LEAST: f32 = 0.0014;
const CORNERS: f32 = 0.0010;
/// How far locks lie off the ground, and how far in it those of the forehead begin, metres.
const ON_GROUND: f32 = 0.0004;
const SUNK: f32 = 0.0006;
/// How high the ground lies in the combed mass, as a share of it.
const UNDER: f32 = 0.4;
/// What the ground rises at the nape, where the neck's sinews come through it, metres.
const NAPE: f32 = 0.0020;

/// Locks that grow in a row along the parting.
struct Row {
    /// How far from the parting, metres, towards the side to which they are combed.
    off: f32,
    /// How high they lie, as a share of the mass.
    high: f32,
    /// 1 to the avatar's left, -1 to its right.
    side: f32,
    locks: u32,
    tuft: usize,
}

/// From the lowest to what lies over all.
const ROWS: [Row; 9] = [
    Row { off: 0.070, high: 0.66, side: -1.0, locks: 22, tuft: FULL[0] },
    Row { off: 0.052, high: 0.74, side: -1.0, locks: 24, tuft: FULL[0] },
    Row { off: 0.034, high: 0.82, side: -1.0, locks: 26, tuft: FULL[0] },
    Row { off: 0.017, high: 0.90, side: -1.0, locks: 28, tuft: FULL[0] },
    Row { off: 0.002, high: 1.02, side: -1.0, locks: 34, tuft: FULL[0] },
    Row { off: 0.004, high: 1.08, side: -1.0, locks: 22, tuft: THIN[0] },
    Row { off: 0.014, high: 0.9, side: 1.0, locks: 24, tuft: FULL[0] },
    Row { off: 0.002, high: 1.05, side: 1.0, locks: 30, tuft: FULL[0] },
    Row { off: 0.003, high: 1.25, side: 1.0, locks: 18, tuft: THIN[1] },
];
/// Locks that rise from the forehead's hairline.
const FRONT: u32 = 80;
/// Locks strewn if they grew everywhere: around the crown, and at the sides.
const BEHIND: u32 = 520;
const CLOSE: u32 = 1300;
/// How far beside a place its slope is measured, as the tangent of an angle.
const NEAR: f32 = 0.06;
/// Within which length of a lock it rises to the others, metres.
const RISING: f32 = 0.012;
/// Along the hairline.
const ALONG: u32 = 150;

/// All of it.
pub(super) fn parted(scalp: &Scalp) -> Part {
    let mut part = cap(scalp, FADE, |d| ground(scalp, d) + under(scalp, d));
    let close = scalp.roots(CLOSE).into_iter().filter(|root| root.y < 0.62);
    // From below upwards: what grows higher lies over it.
    for (n, root) in close.enumerate().collect::<Vec<_>>().into_iter().rev() {
        let tuft = [FINE, WISP][n % 2];
        part.append(&close_lock(scalp, root, n as u32 + 4000, tuft));
    }
    for n in 0..ALONG {
        let azimuth = (n as f32 + chance(n, 41)) / ALONG as f32 * TAU;
        let root = scalp.root(azimuth, 0.0005 + 0.003 * chance(n, 42));
        part.append(&close_lock(scalp, root, n + 8000, FINE));
    }
    let behind = scalp.roots(BEHIND).into_iter().filter(|root| is_behind(scalp, *root));
    for (n, root) in behind.enumerate().collect::<Vec<_>>().into_iter().rev() {
        part.append(&crown_lock(scalp, root, n as u32 + 2000));
    }
    for (index, row) in ROWS.iter().enumerate() {
        for n in 0..row.locks {
            part.append(&combed(scalp, row, n, 100 * index as u32));
        }
        if index == 3 {
            for n in 0..FRONT {
                part.append(&rising(scalp, n));
            }
        }
    }
    part
}

/// How much the ground rises in a direction below the combed mass, well off the parting, metres.
fn under(scalp: &Scalp, d: Vec3) -> f32 {
    let off = smoothstep(PARTING - 0.010, PARTING - 0.030, d.x * scalp.reach(d));
    let inside = smoothstep(0.008, 0.04, scalp.inside(d));
    UNDER * mass(scalp, d) * off * inside
}

/// How far the ground is from the skin where nothing is combed over it, metres.
fn ground(scalp: &Scalp, d: Vec3) -> f32 {
    LEAST + CORNERS * smoothstep(0.004, 0.020, scalp.inside(d)) + NAPE * smoothstep(-0.25, -0.55, d.y)
}

/// How far the combed mass stands off the skull in a direction, metres.
fn mass(scalp: &Scalp, d: Vec3) -> f32 {
    let from = d * scalp.reach(d);
    let off = smoothstep(PARTING + 0.002, PARTING - 0.032, from.x);
    let ahead = smoothstep(-0.05, 0.055, from.z);
    let over = smoothstep(0.40, 0.80, d.y);
    let behind = smoothstep(-0.085, -0.03, from.z);
    0.0006 + (0.0060 + 0.0090 * ahead) * off * over * behind
}

/// The path turned with the slope of the mass, so that what lies side by side does not cut through each other.
fn laid(scalp: &Scalp, mut path: Vec<Spot>, high: f32) -> Vec<Spot> {
    for spot in &mut path {
        let d = (spot.place - scalp.centre).normalize_or(Vec3::Y);
        let at = |d: Vec3| {
            let d = d.normalize_or(Vec3::Y);
            d * (scalp.reach(d) + high * mass(scalp, d))
        };
        let [across, along] =
            [d.cross(Vec3::Z).normalize_or(Vec3::X), d.cross(Vec3::X).normalize_or(Vec3::Z)];
        let [across, along] = [across, along].map(|side| at(d + side * NEAR) - at(d - side * NEAR));
        let out = across.cross(along).normalize_or(spot.out);
        spot.out = if out.dot(d) < 0.0 { -out } else { out };
    }
    path
}

/// The direction of the skin above a place seen from above.
fn above(scalp: &Scalp, x: f32, z: f32) -> Vec3 {
    let mut reach = 0.11;
    let mut d = Vec3::Y;
    for _ in 0..6 {
        let (x, z) = (x / reach, z / reach);
        d = Vec3::new(x, libm::sqrtf((1.0 - x * x - z * z).max(0.04)), z).normalize_or(Vec3::Y);
        reach = scalp.reach(d);
    }
    d
}

/// Where above the forehead hair begins, as the depth of [`above`].
fn begins(scalp: &Scalp, x: f32) -> f32 {
    let mut steps = (0..60).map(|n| 0.10 - 0.002 * n as f32);
    steps.find(|z| scalp.inside(above(scalp, x, *z)) > 0.0015).unwrap_or(0.0)
}

/// A lock of a row, combed over to the side and a little back.
fn combed(scalp: &Scalp, row: &Row, n: u32, first: u32) -> Part {
    let random = |purpose: u32| chance(n + first, purpose);
    let x = PARTING + row.side * (row.off + 0.002 * random(1));
    let front = begins(scalp, x);
    let along = (n as f32 + 0.6 * random(2)) / row.locks as f32;
    // Denser in front.
    let along = along * (0.6 + 0.4 * along);
    let root = above(scalp, x, front + (CROWN.z - front) * along);
    let length = if row.side < 0.0 { 0.034 + 1.15 * (x + 0.066).max(0.0) } else { 0.052 - 0.6 * row.off };
    let height = |d: Vec3, share: f32| {
        let risen = ON_GROUND
            + ground(scalp, d)
            + row.high * mass(scalp, d) * smoothstep(0.0, RISING / length, share) * ends(share);
        (risen + 0.0005 * random(3), 1.0)
    };
    let flow = |place: Vec3, out: Vec3, share: f32| {
        let from = place - scalp.centre;
        let back = 0.40
            + 0.45 * smoothstep(0.05, -0.05, from.z)
            + 0.25 * share
            + 0.10 * (random(4) - 0.5)
            + kept_off(scalp, from);
        let down = 0.9 * smoothstep(0.8, 0.4, out.y);
        let along = Vec3::new(row.side, -down, -back);
        (along - out * along.dot(out)).normalize_or(out)
    };
    let path = scalp.grow(root, 8, length * (0.92 + 0.16 * random(5)), height, flow);
    let path = laid(scalp, path, row.high);
    ribbon(
        &path,
        &Look {
            width: 0.015 + 0.004 * random(6),
            ends: [0.9, 0.32],
            tuft: row.tuft,
            begin: 0.29,
            mirrored: random(7) < 0.5,
            bend: 0.12,
            roll: 0.05 * (random(8) - 0.5),
        },
    )
}

/// How tips lie down on what is below them.
fn ends(share: f32) -> f32 {
    1.0 - 0.55 * smoothstep(0.70, 1.0, share)
}

/// How much more hair goes back where it would come over the hairline.
fn kept_off(scalp: &Scalp, from: Vec3) -> f32 {
    1.8 * smoothstep(0.026, 0.004, scalp.inside(from.normalize_or(Vec3::Y)))
}

/// A lock that rises from the forehead and lies back into the mass.
fn rising(scalp: &Scalp, n: u32) -> Part {
    let random = |purpose: u32| chance(n + 1500, purpose);
    let across = (n as f32 + 0.7 * random(1)) / FRONT as f32;
    let x = PARTING - 0.002 - 0.094 * across;
    let root = above(scalp, x, begins(scalp, x) - 0.004 * random(2));
    let height = |d: Vec3, share: f32| {
        (
            ground(scalp, d) - SUNK
                + (0.78 + 0.10 * random(3)) * mass(scalp, d) * smoothstep(0.0, 0.42, share),
            1.0,
        )
    };
    let flow = |place: Vec3, out: Vec3, share: f32| {
        let back = 0.75 + kept_off(scalp, place - scalp.centre);
        let along = Vec3::new(-0.55 - 0.7 * share, -0.6 * smoothstep(0.8, 0.4, out.y), -back);
        (along - out * along.dot(out)).normalize_or(out)
    };
    let length = (0.030 + 0.75 * (x + 0.066).max(0.0)) * (0.9 + 0.2 * random(4));
    let path = laid(scalp, scalp.grow(root, 8, length, height, flow), 0.8);
    ribbon(
        &path,
        &Look {
            width: 0.011 + 0.003 * random(5),
            ends: [0.9, 0.6],
            tuft: FULL[0],
            begin: 0.22,
            mirrored: random(6) < 0.5,
            bend: 0.12,
            roll: 0.06 * (random(7) - 0.5),
        },
    )
}

fn is_behind(scalp: &Scalp, root: Vec3) -> bool {
    let from = root * scalp.reach(root);
    root.y > 0.05 && from.z < CROWN.z + 0.030 || from.z < 0.0 && root.y > 0.45 && root.y < 0.75
}

/// A lock that falls away from the crown.
fn crown_lock(scalp: &Scalp, root: Vec3, n: u32) -> Part {
    let random = |purpose: u32| chance(n, purpose);
    let from = root * scalp.reach(root) - CROWN;
    let near = smoothstep(0.10, 0.01, Vec3::new(from.x, 0.0, from.z).length());
    let height = |d: Vec3, share: f32| {
        (
            ON_GROUND + ground(scalp, d) + 0.0010 * near * smoothstep(0.0, 0.3, share) * (1.0 - 0.6 * share),
            1.0,
        )
    };
    let flow = |place: Vec3, out: Vec3, _: f32| {
        let from = place - scalp.centre - CROWN;
        let away = Vec3::new(from.x, 0.0, from.z - 0.012).normalize_or(Vec3::NEG_Z);
        let along = away + Vec3::new(0.25 * (random(1) - 0.5), -0.8 * smoothstep(0.85, 0.3, out.y), -0.25);
        (along - out * along.dot(out)).normalize_or(out)
    };
    let length = 0.026 + 0.016 * near + 0.006 * random(2);
    let path = scalp.grow(root, 5, length, height, flow);
    ribbon(
        &path,
        &Look {
            width: 0.011 + 0.004 * random(3),
            ends: [0.85, 0.6],
            tuft: [FULL[0], THIN[0], THIN[1]][n as usize % 3],
            begin: 0.17,
            mirrored: random(4) < 0.5,
            bend: 0.1,
            roll: 0.15 * (random(5) - 0.5),
        },
    )
}

/// Short hair that lies close, shorter towards the hairline.
fn close_lock(scalp: &Scalp, root: Vec3, n: u32, tuft: usize) -> Part {
    let random = |purpose: u32| chance(n, purpose);
    let astray = sphere(random(1) * TAU, 2.0 * random(2) - 1.0) * 0.10;
    let flow = |place: Vec3, out: Vec3, _: f32| {
        let from = place - scalp.centre;
        // Above the ear it goes back as well, but not into it; at the forehead up and aside.
        let back = 0.8 * smoothstep(-0.06, 0.03, from.z);
        let down = Vec3::new(0.0, -1.0, -back);
        let up = Vec3::new(-0.6, 0.4, -1.0);
        let along = down.lerp(up, smoothstep(0.45, 0.65, out.y + 0.3 * out.z.max(0.0))) + astray;
        (along - out * along.dot(out)).normalize_or(out)
    };
    let length = (0.007 + 0.018 * smoothstep(0.0, 0.04, scalp.inside(root))) * (0.8 + 0.4 * random(3));
    let path =
        scalp.grow(root, 4, length, |d, _| (ON_GROUND + ground(scalp, d) + 0.0008 * random(4), 1.0), flow);
    ribbon(
        &path,
        &Look {
            width: 0.008 + 0.003 * random(5),
            ends: [0.9, 0.8],
            tuft,
            begin: 0.1,
            mirrored: random(6) < 0.5,
            bend: 0.0,
            roll: 0.0,
        },
    )
}
