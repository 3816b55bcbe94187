//! Close curls: slices of a thicket around the skull, one outside the other and ever sparser, with coils that stand out of them.

use std::f32::consts::{FRAC_PI_4, TAU};

use glam::{Vec2, Vec3};

use super::super::dress::smoothstep;
use super::super::paint::{CORE, DENSE, LOOSE, SIDE, SPARSE, STRAY, curl_place, noise};
use super::super::part::{Part, Vertex};
use super::super::skeleton::rigid;
use super::chance;
use super::scalp::{Scalp, sphere};
use crate::vocabulary::Bone;

/// How far curls reach from the skull where they are longest, metres.
const FULLNESS: f32 = 0.047;
/// How far inside the hairline they have their whole length, metres.
const ROUNDING: f32 = 0.060;
/// Within which length from the hairline they rise only gently, metres.
const GENTLE: f32 = 0.022;
/// How far from the skin the innermost lies, metres.
const LIFT: f32 = 0.0007;

/// A slice: its column of the picture, its height as a share of the fullness, where inside the hairline it begins, metres.
struct Shell {
    column: usize,
    height: f32,
    begin: f32,
}

/// From the inside outwards; the first ones soften the hairline.
const SHELLS: [Shell; 7] = [
    Shell { column: STRAY, height: 0.03, begin: 0.0022 },
    Shell { column: SPARSE, height: 0.08, begin: 0.0030 },
    Shell { column: LOOSE, height: 0.18, begin: 0.0030 },
    Shell { column: CORE, height: 0.90, begin: 0.0032 },
    Shell { column: DENSE, height: 0.935, begin: 0.0022 },
    Shell { column: LOOSE, height: 0.97, begin: 0.0060 },
    Shell { column: SPARSE, height: 1.005, begin: 0.0080 },
];
/// How far inside the hairline the shells that only soften it end, metres.
const SOFTENED: f32 = 0.022;
/// How many of the shells do only that; the next one is closed.
const SOFTENING: usize = 3;
/// How far inside the hairline the closed shell is seen from below, metres.
const OVERHANG: f32 = 0.050;

/// The sides of a cube on which the shells are laid out: outwards, and two directions along it.
const SIDES: [[Vec3; 3]; 6] = [
    [Vec3::Y, Vec3::X, Vec3::NEG_Z],
    [Vec3::Z, Vec3::X, Vec3::Y],
    [Vec3::NEG_Z, Vec3::NEG_X, Vec3::Y],
    [Vec3::X, Vec3::NEG_Z, Vec3::Y],
    [Vec3::NEG_X, Vec3::Z, Vec3::Y],
    [Vec3::NEG_Y, Vec3::X, Vec3::Z],
];
/// How often the picture repeats along a side, and quads of one repeat.
const REPEATS: u32 = 5;
const QUADS: u32 = 3;

/// Coils that stand out, if they grew everywhere, and along the hairline.
const STREWN: u32 = 1700;
const ALONG: u32 = 260;
/// How far inside the hairline those do not reach out of it, metres.
const FROM: f32 = 0.010;
/// Height and width of what shows some of them, metres.
const COIL: Vec2 = Vec2::new(0.010, 0.009);

/// How long and wide curls are that lie across the hairline, metres, and how far beside a place its slope is measured.
const YOUNG: f32 = 0.008;
const NEAR: f32 = 0.04;

/// All of it.
pub(super) fn curls(scalp: &Scalp) -> Part {
    let mut part = Part::default();
    for (n, shell) in SHELLS.iter().enumerate() {
        part.append(&layer(scalp, shell, n));
    }
    part.append(&lining(scalp));
    let strewn = scalp.roots(STREWN).into_iter().filter(|root| scalp.inside(*root) > FROM);
    for (n, root) in strewn.enumerate() {
        part.append(&coil(scalp, root, n as u32));
    }
    for n in 0..ALONG {
        let azimuth = (n as f32 + chance(n, 41)) / ALONG as f32 * TAU;
        let root = scalp.root(azimuth, 0.0045 + 0.005 * chance(n, 42));
        part.append(&young(scalp, root, n + 5000));
    }
    part
}

/// How far curls reach in a direction: a dome, closer at sides and nape, round towards the hairline.
fn fullness(scalp: &Scalp, d: Vec3) -> f32 {
    let up = ((d.y + 0.45) / 1.45).clamp(0.0, 1.0);
    let high = 0.36 + 0.64 * up * (0.6 + 0.4 * up);
    let uneven = 1.0 + 0.05 * noise(d * 4.0) + 0.05 * noise(d * 9.0);
    let t = (scalp.inside(d) / ROUNDING).clamp(0.0, 1.0);
    FULLNESS * high * uneven * t * (2.0 - t) * smoothstep(-0.004, GENTLE, scalp.inside(d))
}

/// One shell over the whole scalp.
fn layer(scalp: &Scalp, shell: &Shell, index: usize) -> Part {
    let mut part = Part::default();
    for side in SIDES {
        for tile in 0..REPEATS * REPEATS {
            part.append(&patch(scalp, shell, index, side, [tile % REPEATS, tile / REPEATS]));
        }
    }
    let softens = index < SOFTENING;
    part.clip(|v| {
        let inside = scalp.inside((v.position - scalp.centre).normalize_or(Vec3::Y));
        let begun = inside - shell.begin;
        if softens { begun.min(SOFTENED - inside) } else { begun }
    })
}

/// The inside of the closed shell, seen where it overhangs the face.
fn lining(scalp: &Scalp) -> Part {
    // It begins farther out: from there the light gaps of the hairline would show.
    let shell = Shell { begin: 0.0, ..SHELLS[SOFTENING] };
    let mut part = layer(scalp, &shell, SOFTENING)
        .clip(|v| OVERHANG - scalp.inside((v.position - scalp.centre).normalize_or(Vec3::Y)));
    for triangle in &mut part.triangles {
        triangle.swap(1, 2);
    }
    for vertex in &mut part.vertices {
        vertex.normal = -vertex.normal;
    }
    part
}

/// Where the picture is laid once.
fn patch(scalp: &Scalp, shell: &Shell, index: usize, side: [Vec3; 3], tile: [u32; 2]) -> Part {
    let mut part = Part::default();
    let angle = |tile: u32, n: u32| {
        let share = (tile as f32 + n as f32 / QUADS as f32) / REPEATS as f32;
        libm::tanf((2.0 * share - 1.0) * FRAC_PI_4)
    };
    for row in 0..=QUADS {
        for column in 0..=QUADS {
            let d = side[0] + side[1] * angle(tile[0], column) + side[2] * angle(tile[1], row);
            let d = d.normalize_or(Vec3::Y);
            // Shells wave apart, so that they do not show as rings.
            let waved = 1.0 + 0.06 * noise(d * 8.0 + index as f32 * 13.0);
            let bumps = [7.0, 19.0, 31.0].map(|from| noise(d * 13.0 + from));
            let within = Vec2::new(column as f32, row as f32) / QUADS as f32;
            part.vertex(Vertex {
                position: scalp.skin(d) + d * (LIFT + fullness(scalp, d) * shell.height * waved),
                normal: (d + 0.3 * Vec3::from_array(bumps)).normalize_or(d),
                coordinate: curl_place(shell.column, turned(within, index)),
                skin: rigid(Bone::Head),
                source: None,
            });
        }
    }
    for row in 0..QUADS {
        for column in 0..QUADS {
            let at = |r: u32, c: u32| r * (QUADS + 1) + c;
            part.quad([at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)]);
        }
    }
    part
}

/// A place of the picture as the shell turns it: shells with one column must not lie alike.
fn turned(p: Vec2, index: usize) -> Vec2 {
    match index % 4 {
        0 => p,
        1 => Vec2::new(p.y, 1.0 - p.x),
        2 => Vec2::new(1.0 - p.x, 1.0 - p.y),
        _ => Vec2::new(1.0 - p.y, p.x),
    }
}

/// A few coils that stand out of the shells at `root`, seen from both sides.
fn coil(scalp: &Scalp, root: Vec3, n: u32) -> Part {
    let mut part = Part::default();
    let astray = sphere(chance(n, 1) * TAU, 2.0 * chance(n, 2) - 1.0);
    let axis = (root + astray * 0.45).normalize_or(root);
    let across = axis.cross(sphere(chance(n, 3) * TAU, chance(n, 4))).normalize_or(Vec3::X);
    let tall = COIL.y * (0.75 + 0.5 * chance(n, 5));
    let wide = COIL.x * (0.75 + 0.5 * chance(n, 6));
    let reach = fullness(scalp, root);
    let begin = scalp.skin(root) + root * (LIFT + (reach * 1.04 - tall * 0.62).max(0.0));
    let mirrored = chance(n, 7) < 0.5;
    for winding in [false, true] {
        let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(u, v): (f32, f32)| {
            part.vertex(Vertex {
                position: begin + across * ((u - 0.5) * wide) + axis * (v * tall),
                normal: (root + astray * 0.25).normalize_or(root),
                coordinate: curl_place(SIDE, Vec2::new(if mirrored { 1.0 - u } else { u }, v)),
                skin: rigid(Bone::Head),
                source: None,
            })
        });
        let [a, b, c, d] = corners;
        part.quad(if winding { [d, c, b, a] } else { [a, b, c, d] });
    }
    part
}

/// Short curls that lie on the skin across the hairline.
fn young(scalp: &Scalp, root: Vec3, n: u32) -> Part {
    let [right, up] = [Vec3::Y.cross(root), root.cross(Vec3::Y.cross(root))].map(|v| v.normalize_or(Vec3::X));
    let slope = [right, up].map(|side| {
        scalp.inside((root + side * NEAR).normalize_or(root))
            - scalp.inside((root - side * NEAR).normalize_or(root))
    });
    let away = -(right * slope[0] + up * slope[1]).normalize_or(up);
    let aside = root.cross(away);
    let axis = (away + aside * (1.4 * (chance(n, 3) - 0.5))).normalize_or(away);
    let across = root.cross(axis);
    let tall = YOUNG * (0.7 + 0.6 * chance(n, 5));
    let begin = scalp.skin(root) + root * (2.0 * LIFT) - axis * (0.45 * tall);
    let mirrored = chance(n, 7) < 0.5;
    let mut part = Part::default();
    let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(u, v): (f32, f32)| {
        part.vertex(Vertex {
            position: begin + across * ((u - 0.5) * tall) + axis * (v * tall) - root * (v * LIFT),
            normal: root,
            coordinate: curl_place(SIDE, Vec2::new(if mirrored { 1.0 - u } else { u }, v)),
            skin: rigid(Bone::Head),
            source: None,
        })
    });
    part.quad(corners);
    part
}
