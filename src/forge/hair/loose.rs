//! Worn loose: parted at the side, falling beside the face to the shoulders.

use glam::Vec3;

use super::super::dress::smoothstep;
use super::super::paint::{FINE, FULL, THIN, noise};
use super::super::part::Part;
use super::cap::cap;
use super::chance;
use super::lock::{Look, Spot, cut, ribbon, ribbon_moved_by};
use super::scalp::{Scalp, rise};
use super::sway::Sway;
use super::torso::Torso;

/// How far to the avatar's left the parting is, metres.
const PARTING: f32 = 0.024;
/// Where the parting ends and hair begins to fall all around, seen from the skull's middle, metres.
const CROWN: Vec3 = Vec3::new(PARTING, 0.10, -0.035);
/// How thick the hair lies, metres.
const THICK: f32 = 0.023;
/// How far below the eyes it ends in front and behind, metres.
const ENDS: [f32; 2] = [0.165, 0.185];
/// Longer than any lock gets, metres.
const LENGTH: f32 = 0.42;
const GROWN: u32 = 34;
const ROWS: u32 = 11;
/// How far a lock swings to its sides, metres, and how often, per metre.
const WAVE: (f32, f32) = (0.010, 10.0);
/// From this azimuth on hair hangs beside the face.
const CURTAIN: f32 = 0.96;

/// Locks along the hairline that frame the face.
const BESIDE: u32 = 50;

/// How far beside the parting inner locks begin, metres.
const BARE: f32 = 0.010;

/// Locks of one depth.
struct Layer {
    /// Locks if they were strewn everywhere; none are where the layer begins at parting and crown alone.
    strewn: u32,
    /// As a share of the whole thickness.
    height: f32,
    /// Metres.
    width: f32,
    tufts: [usize; 4],
}

/// From the inside outwards: each is drawn over the one before.
const LAYERS: [Layer; 4] = [
    Layer { strewn: 250, height: 0.50, width: 0.020, tufts: [FULL[2], FULL[2], FULL[0], FULL[2]] },
    Layer { strewn: 150, height: 0.72, width: 0.017, tufts: [FULL[0], FULL[2], FULL[0], FULL[1]] },
    Layer { strewn: 0, height: 0.88, width: 0.016, tufts: [FULL[0], FULL[1], FULL[0], FULL[2]] },
    Layer { strewn: 0, height: 1.0, width: 0.016, tufts: [FULL[2], FULL[0], FULL[1], THIN[1]] },
];
/// What frames the face.
const FRAME: Layer =
    Layer { strewn: 0, height: 0.5, width: 0.013, tufts: [FULL[0], FULL[2], FULL[1], THIN[0]] };
/// Locks of a layer along one side of the parting, and around the crown.
const PARTED: u32 = 21;
const AROUND: u32 = 27;

/// All of it.
pub(super) fn loose(scalp: &Scalp, torso: &Torso, sway: &Sway) -> Part {
    let mut part = cap(scalp, 0.018, |d| ground(scalp, d));
    for (index, layer) in LAYERS.iter().enumerate() {
        for (n, root) in scalp.roots(layer.strewn).into_iter().enumerate() {
            // Along the parting roots would show; there the outer layers begin.
            let at = root * scalp.reach(root);
            if root.y > 0.5 && at.z > CROWN.z + 0.02 && (at.x - PARTING).abs() < BARE {
                continue;
            }
            part.append(&falling(scalp, torso, sway, root, n as u32 + 1000 * index as u32, layer, PARTING));
        }
        if layer.strewn == 0 {
            part.append(&parted(scalp, torso, sway, layer, 7000 + 100 * index as u32));
        }
    }
    for n in 0..BESIDE {
        let (side, along) = (if n % 2 == 0 { 1.0 } else { -1.0 }, (n / 2) as f32 / (BESIDE / 2) as f32);
        let root = scalp.root(side * (0.35 + 0.85 * along), 0.003 + 0.010 * chance(n, 31));
        part.append(&falling(scalp, torso, sway, root, n + 8000, &FRAME, PARTING));
    }
    for n in 0..70 {
        part.append(&young(scalp, n));
    }
    part
}

/// How far the ground is from the skull: on top it is padded, so that the parting is no ditch.
fn ground(scalp: &Scalp, d: Vec3) -> f32 {
    0.0009 + THICK * (0.1 + 0.26 * smoothstep(0.45, 0.8, d.y)) * rise(scalp.inside(d))
}

/// Locks that begin along the parting, on both sides of it, and around the crown where it ends.
fn parted(scalp: &Scalp, torso: &Torso, sway: &Sway, layer: &Layer, id: u32) -> Part {
    let mut part = Part::default();
    let front = scalp.root(0.22, 0.010);
    let crown = CROWN.normalize_or(Vec3::Y);
    for n in 0..PARTED * 2 {
        let along = ((n / 2) as f32 + 0.6 * chance(id + n, 41)) / PARTED as f32;
        let side = if n % 2 == 0 { 1.0 } else { -1.0 };
        let at = scalp.skin(front.lerp(crown, along).normalize_or(Vec3::Y));
        let beside = PARTING + side * (0.0018 * chance(id + n, 42) - 0.0004);
        let root = Vec3::new(scalp.centre.x + beside, at.y, at.z) - scalp.centre;
        // The line it keeps to is moved, so that it stays on its side.
        let parting = PARTING - side * 0.01;
        part.append(&falling(scalp, torso, sway, root.normalize_or(Vec3::Y), id + n, layer, parting));
    }
    for n in 0..AROUND {
        let turn = std::f32::consts::PI * (0.5 + ((n as f32 + chance(id + n, 43)) / AROUND as f32));
        let (sin, cos) = libm::sincosf(turn);
        let root = CROWN + Vec3::new(sin, 0.0, cos) * (0.004 + 0.008 * chance(id + n, 44));
        part.append(&falling(scalp, torso, sway, root.normalize_or(Vec3::Y), id + 50 + n, layer, PARTING));
    }
    part
}

/// Which way hair is combed at a place; `swept` hair goes across the forehead's edge rather than up from it.
fn flow(scalp: &Scalp, place: Vec3, out: Vec3, n: u32, swept: f32, parting: f32) -> Vec3 {
    let from = place - scalp.centre;
    let side = if from.x >= parting { 1.0 } else { -1.0 };
    let azimuth = libm::atan2f(from.x, from.z);
    let in_front = smoothstep(-0.05, -0.01, from.z);
    let on_top = smoothstep(0.25 - 0.3 * in_front, 0.75 - 0.25 * in_front, out.y);
    // Over the forehead it rises before it goes aside.
    let at_hairline = smoothstep(0.022, 0.004, scalp.inside(out)) * smoothstep(1.0, 0.7, azimuth.abs());
    let rising = Vec3::new(0.0, 0.6, -0.45) * (in_front * at_hairline * (1.0 - swept));
    let across = Vec3::new(side, 0.1, -0.42 + 0.42 * swept - 0.2 * chance(n, 11));
    let around = Vec3::new(from.x - CROWN.x, 0.0, from.z - CROWN.z).normalize_or(Vec3::NEG_Z);
    let combed = around.lerp(across, in_front);
    // Beside the face it is kept out of it.
    let into_face = smoothstep(CURTAIN + 0.22, CURTAIN - 0.1, azimuth.abs()) * smoothstep(0.07, 0.0, from.y);
    let aside = Vec3::new(from.z, 0.0, -from.x).normalize_or(Vec3::X) * azimuth.signum();
    // Below the jaw it turns a little inwards again.
    let inwards = -out * (0.10 * smoothstep(-0.04, -0.10, from.y));
    let flow = rising + combed * on_top + Vec3::NEG_Y * (1.0 - on_top) + aside * (1.5 * into_face) + inwards;
    let into = flow.dot(out).min(0.0) * smoothstep(-0.03, 0.03, from.y);
    flow - out * into
}

fn falling(
    scalp: &Scalp,
    torso: &Torso,
    sway: &Sway,
    root: Vec3,
    n: u32,
    layer: &Layer,
    parting: f32,
) -> Part {
    let thick = THICK * (layer.height + 0.1 * (chance(n, 1) - 0.5));
    let height = |d: Vec3, share: f32| {
        let from_parting = ((d * scalp.reach(d)).x - PARTING).abs();
        let parted = smoothstep(0.0, 0.035, from_parting).max(smoothstep(0.1, -0.3, d.z));
        // It lies closer at the forehead.
        let settled = (0.12 + 0.88 * smoothstep(0.0, 0.07, scalp.inside(d))).max(smoothstep(0.35, 0.1, d.y))
            * (1.0 - 0.3 * smoothstep(0.5, 0.9, d.y));
        let lifted = 0.0015 + thick * settled * (0.45 + 0.55 * parted) * smoothstep(0.0, 0.12, share);
        let lifted = lifted.max(ground(scalp, d) + 0.0030 + 0.0016 * layer.height);
        // Ears lie under it.
        let ear = scalp.hull(d) - scalp.reach(d) + 0.004 + 0.5 * thick;
        (lifted.max(ear.min(0.038)), 0.5 * smoothstep(-0.15, 0.35, d.y))
    };
    let swept = if layer.strewn == 0 { 1.0 } else { 0.0 };
    let mut path =
        scalp.grow(root, GROWN, LENGTH, height, |place, out, _| flow(scalp, place, out, n, swept, parting));
    // Roots are on the ground, not under it: there would be a ditch beside them.
    if let Some(first) = path.first_mut() {
        first.place += root * (0.002 + ground(scalp, root));
    }
    let path = waved(scalp, path, n);
    let last = path.last().map_or(scalp.centre, |spot| spot.place) - scalp.centre;
    let front = smoothstep(-0.03, 0.04, last.z);
    let ragged =
        0.03 * chance(n, 2) * chance(n, 3) + if layer.height >= 1.0 { 0.05 * chance(n, 4) } else { 0.0 };
    let end = scalp.eyes().y - (ENDS[1] + (ENDS[0] - ENDS[1]) * front) + ragged;
    let path = cut(&torso.keep_out(&path), ROWS, |place| place.y > end);
    let look = Look {
        width: layer.width * (0.8 + 0.4 * chance(n, 5)),
        ends: [0.6, 1.0],
        tuft: layer.tufts[(chance(n, 6) * 4.0) as usize % 4],
        // The parting is where strands begin, not where they are still sparse.
        begin: if layer.strewn == 0 { 0.09 } else { 0.04 },
        mirrored: chance(n, 7) < 0.5,
        bend: 0.22,
        roll: 0.16 * (chance(n, 8) - 0.5),
    };
    ribbon_moved_by(&path, &look, |place| sway.at(place))
}

/// Lets a path swing to its sides where it hangs.
fn waved(scalp: &Scalp, path: Vec<Spot>, n: u32) -> Vec<Spot> {
    let azimuth = path
        .last()
        .map_or(0.0, |spot| libm::atan2f(spot.place.x - scalp.centre.x, spot.place.z - scalp.centre.z));
    // Neighbours swing alike, as hair gathers in strands.
    let phase = 3.0 * noise(Vec3::new(azimuth * 3.0, 0.5, 2.0)) + 0.35 * chance(n, 9);
    path.iter()
        .enumerate()
        .map(|(row, spot)| {
            let ahead = path[(row + 1).min(path.len() - 1)].place - path[row.saturating_sub(1)].place;
            let across = spot.out.cross(ahead.normalize_or(Vec3::NEG_Y)).normalize_or(Vec3::X);
            let below = scalp.eyes().y + 0.03 - spot.place.y;
            let sin = libm::sinf(below * WAVE.1 * std::f32::consts::TAU + phase);
            let far = WAVE.0 * smoothstep(0.0, 0.09, below);
            Spot { place: spot.place + across * (far * sin), ..*spot }
        })
        .collect()
}

/// Fine short hairs at the forehead and the temples.
fn young(scalp: &Scalp, n: u32) -> Part {
    let azimuth = (n as f32 / 69.0 - 0.5) * 3.0 + 0.06 * chance(n, 21);
    let root = scalp.root(azimuth, -0.0015 + 0.003 * chance(n, 22));
    let length = 0.012 + 0.02 * chance(n, 23);
    let path = scalp.grow(
        root,
        5,
        length,
        |_, share| (0.0008 + 0.003 * share, 0.7),
        |place, out, _| {
            flow(scalp, place, out, n, 0.0, PARTING)
                + (chance(n, 24) - 0.5) * Vec3::X
                + Vec3::Y * 0.4 * chance(n, 25)
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
            bend: 0.1,
            roll: 0.0,
        },
    )
}
