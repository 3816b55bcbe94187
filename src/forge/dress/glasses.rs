//! Spectacles: two rims before the eyes, a bridge over the nose, temples back over the ears. Nothing moves them but the head.

use std::f32::consts::TAU;

use glam::{Vec2, Vec3};

use super::super::eyes::Ball;
use super::super::part::{Part, Vertex};
use super::super::skeleton::rigid;
use super::cord::mirrored;
use super::probe::Probe;
use crate::vocabulary::Bone;

/// Half a rim's width and height, metres.
const RIM: Vec2 = Vec2::new(0.0255, 0.0178);
/// How square a rim is: 2 is an ellipse (Lamé's curve).
const SQUARE: f32 = 3.2;
/// How much wider it is above than below, as a share.
const BROW: f32 = 0.08;
/// The rim's middle from the eye's: outwards, and down, metres.
const FROM_EYE: Vec2 = Vec2::new(0.0040, 0.0046);
/// How far rims stay off the skin and off the front of the eye, metres.
const OFF: [f32; 2] = [0.0016, 0.0060];
/// How far they bend back towards the temples, metres for a metre aside, squared.
const WRAP: f32 = 1.6;
/// Half as thick as a rim is, seen from the front and from the side, metres.
const THICK: Vec2 = Vec2::new(0.0014, 0.0016);
/// The same of a temple, seen from the side and from above.
const TEMPLE: Vec2 = Vec2::new(0.0018, 0.0012);
/// A bridge's height above the rims' middle, as a share of a rim's half height.
const BRIDGE: f32 = 0.42;
/// Where temples begin, in the same measure.
const HINGE: f32 = 0.45;
/// How far temples are off the skull, for the hair between, metres.
const BESIDE: f32 = 0.0040;
/// How far temples are bent down behind the ears, metres.
const HOOK: f32 = 0.030;
/// Points of a rim, and sides of everything.
const POINTS: u32 = 48;
const SIDES: u32 = 8;

/// Fitted to the face of `body`, whose left eye is `eye`; nothing where the face has no front.
pub(in crate::forge) fn glasses(body: &Part, eye: Ball) -> Part {
    let face = &Probe::new(body);
    let middle = eye.centre.truncate() + FROM_EYE * Vec2::new(1.0, -1.0);
    let outline = |turn: f32| middle + outline(turn);
    // All of a rim lies in one bent plane, as near to the face as its nearest point allows.
    let bend = |at: Vec2| -WRAP * at.x * at.x;
    let skin = (0..POINTS).filter_map(|n| {
        let at = outline(n as f32 / POINTS as f32);
        face.front(at.x, at.y).map(|hit| hit.point.z + OFF[0] - bend(at))
    });
    let cornea = eye.centre.z + eye.radius + OFF[1] - bend(middle);
    let level = skin.fold(cornea, f32::max);
    let place = |at: Vec2| at.extend(level + bend(at));
    let rim: Vec<Vec3> = (0..=POINTS).map(|n| place(outline(n as f32 / POINTS as f32))).collect();
    let mut part = tube(&rim, THICK, true);
    part.append(&tube(&temple(body, place(outline(hinge()))), TEMPLE, false));
    let image = mirrored(&part);
    part.append(&image);
    let side = outline(0.5 - libm::asinf(BRIDGE) / TAU);
    let bridge: Vec<Vec3> = (0..=12)
        .map(|n| {
            let t = n as f32 / 6.0 - 1.0;
            let at = Vec2::new(side.x * t, side.y + 0.0035 * (1.0 - t * t));
            place(at) + Vec3::Z * (0.0012 * (1.0 - t * t))
        })
        .collect();
    part.append(&tube(&bridge, THICK, false));
    part
}

/// Where on the rim the temple begins.
fn hinge() -> f32 {
    libm::asinf(HINGE) / TAU
}

/// A rim's point from its middle, at a turn from its outer side upwards.
fn outline(turn: f32) -> Vec2 {
    let (sin, cos) = libm::sincosf(turn * TAU);
    let share = |x: f32| libm::powf(x.abs(), 2.0 / SQUARE).copysign(x);
    let high = share(sin);
    Vec2::new(RIM.x * share(cos) * (1.0 + BROW * high), RIM.y * high)
}

/// From the hinge back to the ear, and down behind it.
fn temple(body: &Part, hinge: Vec3) -> Vec<Vec3> {
    let is_beside = |v: &&Vertex| {
        v.skin[0].0 == Bone::Head as u8 && (hinge.y - 0.03..hinge.y + 0.03).contains(&v.position.y)
    };
    // The ear is what is widest; its top is where the temple lies.
    let beside = || body.vertices.iter().filter(is_beside).map(|v| v.position);
    let ear = beside().max_by(|a, b| a.x.total_cmp(&b.x)).unwrap_or(hinge);
    let skull =
        beside().filter(|p| p.z > ear.z + 0.018 && p.z < ear.z + 0.040).map(|p| p.x).fold(0.0, f32::max);
    let wide = (skull + BESIDE).max(hinge.x);
    let over = Vec3::new(wide, hinge.y - 0.001, ear.z + 0.012);
    let corner = hinge + Vec3::new(0.0035, 0.0, -0.003);
    let behind = Vec3::new(ear.x - 0.010, over.y - HOOK, ear.z - 0.012);
    vec![
        hinge,
        corner,
        corner.lerp(over, 0.25) + Vec3::X * 0.001,
        corner.lerp(over, 0.6),
        over,
        Vec3::new(over.x, over.y - 0.004, ear.z),
        behind,
    ]
}

/// A tube along a path; a closed one meets itself.
fn tube(path: &[Vec3], thick: Vec2, is_closed: bool) -> Part {
    let mut part = Part::default();
    let last = path.len().saturating_sub(1);
    for (index, &point) in path.iter().enumerate() {
        let (before, after) = match (index, is_closed) {
            (0, true) => (path[last.saturating_sub(1)], path[1.min(last)]),
            (n, true) if n == last => (path[last.saturating_sub(1)], path[1.min(last)]),
            (n, _) => (path[n.saturating_sub(1)], path[(n + 1).min(last)]),
        };
        let ahead = (after - before).normalize_or(Vec3::X);
        // A rim is as deep as the face is, a temple as the head is wide.
        let inwards = if ahead.z.abs() > 0.7 { Vec3::X } else { Vec3::Z };
        let deep = (inwards - ahead * ahead.dot(inwards)).normalize_or(Vec3::Y);
        let across = ahead.cross(deep);
        for side in 0..SIDES {
            let (sin, cos) = libm::sincosf(TAU * (side as f32 + 0.5) / SIDES as f32);
            part.vertex(Vertex {
                position: point + across * (cos * thick.x) + deep * (sin * thick.y),
                normal: (across * (cos / thick.x) + deep * (sin / thick.y)).normalize_or(Vec3::Z),
                coordinate: Vec2::ZERO,
                skin: rigid(Bone::Head),
                source: None,
            });
        }
    }
    for row in 0..last as u32 {
        for side in 0..SIDES {
            let at = |r: u32, s: u32| r * SIDES + s % SIDES;
            part.quad([at(row, side), at(row, side + 1), at(row + 1, side + 1), at(row + 1, side)]);
        }
    }
    part
}
