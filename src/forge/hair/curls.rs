//! Close curls: small coils that stand all around the head.

use glam::Vec3;

use super::super::dress::smoothstep;
use super::super::paint::{FULL, THIN, WISP, noise};
use super::super::part::Part;
use super::cap::cap;
use super::chance;
use super::lock::{Look, Spot, ribbon};
use super::scalp::{Scalp, rise, sphere};

/// Coils strewn if they grew everywhere, and along the hairline.
const STREWN: u32 = 1600;
const ALONG: u32 = 130;
const ROWS: u32 = 6;
/// How far curls reach from the skull where they are longest, metres.
const FULLNESS: f32 = 0.036;
/// Radius of a coil, metres.
const COIL: f32 = 0.0055;
const TURNS: f32 = 1.1;
/// How often the ground goes up and down, per radian.
const GRAIN: f32 = 9.0;

/// All of it.
pub(super) fn curls(scalp: &Scalp) -> Part {
    let mut part = cap(scalp, 0.018, |d| 0.0009 + fullness(scalp, d) * (0.23 + 0.10 * noise(d * GRAIN)));
    roughen(&mut part);
    for (n, root) in scalp.roots(STREWN).into_iter().enumerate().rev() {
        part.append(&coil(scalp, root, n as u32, 1.0));
    }
    for n in 0..ALONG {
        let azimuth = (n as f32 + chance(n, 41)) / ALONG as f32 * std::f32::consts::TAU;
        let root = scalp.root(azimuth, 0.001 + 0.015 * chance(n, 42) * chance(n, 43));
        part.append(&coil(scalp, root, n + 5000, 0.7));
    }
    part
}

/// Lets the ground's normals go astray: it is a thicket, and must not shine as a whole.
fn roughen(ground: &mut Part) {
    for vertex in &mut ground.vertices {
        let d = vertex.normal * GRAIN;
        let astray = Vec3::new(noise(d + 7.0), noise(d + 19.0), noise(d + 31.0));
        vertex.normal = (vertex.normal + 0.9 * astray).normalize_or(vertex.normal);
    }
}

/// How far curls reach in a direction: a soft, uneven ball that is close at sides and nape.
fn fullness(scalp: &Scalp, d: Vec3) -> f32 {
    let high = 0.42 + 0.58 * smoothstep(-0.35, 0.75, d.y);
    let uneven = 1.0 + 0.13 * noise(d * 5.0) + 0.08 * noise(d * 11.0);
    FULLNESS * high * uneven * rise(scalp.inside(d))
}

/// A coil from `root` outwards, sinking a little.
fn coil(scalp: &Scalp, root: Vec3, n: u32, size: f32) -> Part {
    let reach = fullness(scalp, root).max(0.006);
    let astray = sphere(chance(n, 1) * std::f32::consts::TAU, 2.0 * chance(n, 2) - 1.0);
    // Three of five lie down and cover the others' roots.
    let lies = n % 5 < 3;
    let upright = if lies { root * 0.2 + astray } else { root + astray * 0.55 };
    let axis = (upright + Vec3::new(0.0, -0.12, -0.06)).normalize_or(root);
    let flat = axis.cross(Vec3::Y).normalize_or(Vec3::X);
    let other = axis.cross(flat);
    let begin = scalp.skin(root)
        + root * (reach * if lies { 0.36 + 0.32 * chance(n, 3) } else { 0.3 * chance(n, 3) });
    let length = if lies { 0.023 } else { reach } * (0.72 + 0.25 * chance(n, 4));
    let phase = chance(n, 5) * std::f32::consts::TAU;
    let turn = if chance(n, 6) < 0.5 { 1.0 } else { -1.0 };
    let radius = COIL * size * (0.75 + 0.5 * chance(n, 7));
    let path: Vec<Spot> = (0..ROWS)
        .map(|row| {
            let share = row as f32 / (ROWS - 1) as f32;
            let (sin, cos) = libm::sincosf(phase + turn * share * TURNS * std::f32::consts::TAU);
            let round = flat * cos + other * sin;
            let grown = radius * smoothstep(0.0, 0.35, share);
            let out = (root * 0.55 + round * 0.75).normalize_or(root);
            Spot { place: begin + axis * (length * share) + round * grown, out }
        })
        .collect();
    let tuft = match (chance(n, 8) * 8.0) as u32 {
        0 | 1 => FULL[0],
        2 => FULL[1],
        3 => FULL[2],
        4 | 5 => THIN[0],
        6 => THIN[1],
        _ => WISP,
    };
    ribbon(
        &path,
        &Look {
            width: 0.0116 * size.max(0.75),
            ends: [0.8, 0.75],
            tuft,
            begin: 0.0,
            mirrored: chance(n, 9) < 0.5,
            bend: 0.3,
            roll: 0.6 * (chance(n, 10) - 0.5),
        },
    )
}
