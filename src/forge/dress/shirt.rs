//! Shirts and blouses: what a jacket leaves to be seen of them, cuffs, and the tie.

use glam::{Vec2, Vec3};

use super::super::part::{Part, Vertex};
use super::cloth::{drape, rim};
use super::jacket::JacketCut;
use super::probe::Probe;
use super::sheet::Sheet;
use super::{Measures, smoothstep};
use crate::vocabulary::Bone;

/// How a shirt is worn at the neck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Neck {
    /// Buttoned.
    Closed,
    /// Cut round, lower in front.
    Round,
    /// Unbuttoned.
    Vee,
}

const OFFSET: f32 = 0.0055;
/// How steeply a round neckline falls to the front.
const SCOOP: f32 = 0.7;

/// The front of a shirt, as far as the jacket leaves it to be seen, and a margin.
pub(super) fn shirt_front(suit: &Part, measures: &Measures, cut: &JacketCut, neck_open: Neck) -> Part {
    let seen = |v: &Vertex| {
        let p = v.position;
        let neck = measures.at(Bone::Neck);
        let side = cut.front(measures, p.y).max(0.0) + 0.022 - p.x.abs();
        let front = p.z - neck.z - 0.01;
        let ring = 0.075 - (neck.y - p.y).max(0.0);
        let hem = p.y - measures.height(cut.hem.max(-0.10)) - 0.01;
        side.min(front).max(ring).min(hem)
    };
    let mut part =
        drape(suit, |_| OFFSET, 8, OFFSET * 0.7).clip(seen).clip(|v| throat(v, measures, neck_open));
    rim(&mut part, 0.003);
    part
}

/// Below the neck's opening, which lies lower in front where the blouse is open.
fn throat(vertex: &Vertex, measures: &Measures, neck_open: Neck) -> f32 {
    let (p, neck) = (vertex.position, measures.at(Bone::Neck));
    let slope = if neck_open == Neck::Round { SCOOP } else { 0.0 };
    let ring = neck.y + 0.014 - p.y - slope * (p.z - neck.z + 0.02);
    if neck_open == Neck::Vee && p.z > neck.z { ring.min(p.x.abs() - measures.neckline(p.y)) } else { ring }
}

/// The ends of the shirt's sleeves, which show below the jacket's.
pub(super) fn cuffs(probe: &Probe<'_>, measures: &Measures, wide: f32, reach: f32) -> Part {
    let (elbow, hand) = (measures.at(Bone::LeftLowerArm), measures.at(Bone::LeftHand));
    let way = (hand - elbow).normalize_or(Vec3::Y);
    let side = way.cross(Vec3::Z).normalize_or(Vec3::X);
    let up = side.cross(way);
    let left = Sheet::ring(5, 20, |v, u| {
        let (sin, cos) = libm::sincosf(u * std::f32::consts::TAU);
        let along = [0.05, 0.03, 0.004, 0.0006, 0.0][libm::roundf(v * 4.0) as usize];
        let swell = [0.0, 0.0, 0.0, -0.0004, -0.0012][libm::roundf(v * 4.0) as usize];
        hand - way * (along + reach) + (side * cos + up * sin * 1.12) * (wide * measures.scale() + swell)
    });
    let outward = |p: Vec3| {
        let p = Vec3::new(p.x.abs(), p.y, p.z) - hand;
        p - way * p.dot(way)
    };
    let mut part = left.part(probe, 0.002, outward);
    part.append(&left.mirrored().part(probe, 0.002, |p| {
        let out = outward(p);
        Vec3::new(-out.x, out.y, out.z)
    }));
    part
}

/// A tie: the knot between the collar's points, and the blade below it.
pub(super) fn tie(shirt: &Probe<'_>, measures: &Measures, bottom: f32) -> Part {
    let size = measures.scale();
    let neck = measures.at(Bone::Neck);
    let top = neck.y - 0.017 * size;
    let (knot, end) = (top - 0.044 * size, measures.height(bottom));
    let z = |x: f32, y: f32| shirt.front(x, y).map_or(neck.z + 0.05, |hit| hit.point.z);
    let mut part = Sheet::new(30, 9, |v, u| {
        let y = knot + 0.012 + (end - knot) * v;
        let half = (0.0145 + 0.027 * smoothstep(0.0, 0.75, v)) * size;
        let across = (u - 0.5) * 2.0;
        // A pointed end.
        let y = y - 0.035 * (1.0 - across.abs()) * smoothstep(0.93, 1.0, v);
        let arch =
            0.004 * (1.0 - across * across) + 0.007 * smoothstep(0.12, 0.0, v) * (1.0 - across * across);
        Vec3::new(across * half, y, z(0.0, y).max(z(across * half, y)) + 0.004 + arch)
    })
    .relax(3)
    .part(shirt, 0.003, |_| Vec3::Z);
    let knot_front = z(0.0, top - 0.015);
    part.append(
        &Sheet::new(7, 11, |v, u| {
            let turn = (u - 0.5) * std::f32::consts::PI * 1.15;
            let (sin, cos) = libm::sincosf(turn);
            let half = (0.0165 + 0.006 * smoothstep(0.0, 0.25, v) - 0.0085 * smoothstep(0.2, 1.0, v)) * size;
            let round = libm::sinf((0.12 + v * 0.80) * std::f32::consts::PI);
            let y = top + (knot - top) * v - 0.003 * cos;
            let p = Vec2::new(sin * half, y);
            Vec3::new(p.x, p.y, knot_front - 0.010 * v * 0.2 + 0.004 + cos * (0.006 + 0.0125 * round))
        })
        .part(shirt, 0.003, |_| Vec3::Z),
    );
    part
}
