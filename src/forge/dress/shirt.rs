//! Shirts and blouses: what a jacket leaves to be seen of them, cuffs, and the tie.

use glam::{Vec2, Vec3};

use super::super::part::{Part, Vertex};
use super::cloth::{drape, refine, rim, sink};
use super::cord::cord;
use super::front::on;
use super::jacket::JacketCut;
use super::neckline::NeckLine;
use super::probe::Probe;
use super::sheet::Sheet;
use super::{Measures, smoothstep};
use crate::vocabulary::Bone;

/// How a shirt is worn at the neck.
#[derive(Clone, Copy)]
pub(super) enum Neck<'a> {
    /// Buttoned.
    Closed,
    /// Cut round, lower in front.
    Round,
    /// Unbuttoned, along the roll lines of the cut.
    Vee(&'a JacketCut),
}

/// Where the trousers take the shirt in, share of the trunk.
const TUCKED: f32 = 0.035;
/// Above this share of the trunk it never reaches as far as the shoulders.
const CHEST: f32 = 0.6;
/// How far it lies below the jacket, at least.
const BENEATH: f32 = 0.0025;
/// How many metres of silk a tie's picture shows, across and along.
pub(super) const SILK: Vec2 = Vec2::new(0.16, 0.42);
const OFFSET: f32 = 0.0055;
/// Around the neck's joint it is made finer up to here, metres.
const FINE: f32 = 0.17;
/// How much wider than the roll lines of its cut a V neck is, so that lapels cover its ends.
const VEE: f32 = 1.26;
/// How steeply a round neckline falls to the front.
pub(super) const SCOOP: f32 = 0.7;

/// The front of a shirt, as far as the jacket `over` it leaves it to be seen, and a margin.
pub(super) fn shirt_front(
    suit: &Part,
    measures: &Measures,
    cut: &JacketCut,
    over: &Probe<'_>,
    line: &NeckLine,
    neck_open: Neck<'_>,
) -> Part {
    let seen = |v: &Vertex| {
        let p = v.position;
        let neck = measures.at(Bone::Neck);
        let side = cut.front(measures, p.y).max(0.0) + 0.022 - p.x.abs();
        let front = p.z - neck.z - 0.01;
        // Around the neck it is whole, but never as far as the shoulders, which move.
        let ring = (0.075 - (neck.y - p.y).max(0.0)).min(measures.neck_side() + 0.016 - p.x.abs());
        let hem = p.y - measures.height(TUCKED);
        let shoulder = if p.y > measures.height(CHEST) { measures.under() - p.x.abs() } else { 1.0 };
        side.min(front).max(ring).min(hem).min(shoulder)
    };
    let neck = measures.at(Bone::Neck);
    let mut whole = shirt_whole(suit, measures);
    // Finer, so that its edge is an even curve.
    refine(&mut whole, |v| v.position.distance(neck) < FINE * measures.scale());
    let mut part = whole.clip(seen).clip(|v| throat(v, measures, line, neck_open));
    sink(&mut part, over, BENEATH);
    rim(&mut part, 0.003);
    part
}

/// The shirt before it is cut.
pub(super) fn shirt_whole(suit: &Part, measures: &Measures) -> Part {
    // On the slope of the neck the source's suit lies hardly above the skin.
    let high = |v: &Vertex| {
        0.004 * smoothstep(measures.at(Bone::Neck).y - 0.07, measures.at(Bone::Neck).y - 0.02, v.position.y)
    };
    drape(suit, |v| OFFSET + high(v), 8, OFFSET * 0.7)
}

/// From which share of the way up the jacket's roll it covers the edge of a V neck.
const COVERED: f32 = 0.535;

/// Below the neck's opening, which lies lower in front where the blouse is open.
fn throat(vertex: &Vertex, measures: &Measures, line: &NeckLine, neck_open: Neck<'_>) -> f32 {
    /// How far below the line around the neck it ends, where collars hide it.
    const UNDER: f32 = 0.024;
    let (p, neck) = (vertex.position, measures.at(Bone::Neck));
    match neck_open {
        Neck::Closed => line.height(line.turn(p)) - UNDER - p.y,
        // Behind, collars hide where it ends.
        Neck::Round => neck.y + (0.014 - SCOOP * (p.z - neck.z + 0.02)).min(0.003) - p.y,
        Neck::Vee(cut) => {
            let open = (p.x.abs() - VEE * cut.front(measures, p.y)).max((neck.z - p.z) * 2.0);
            let open = if p.y > measures.height(cut.button) { open } else { 1.0 };
            // Nothing of it is seen behind the neck, and nothing may come out there.
            let covered = cut.roll(measures, COVERED).y - p.y;
            open.min(line.height(line.turn(p)) - UNDER - p.y).min(p.z - neck.z).min(covered)
        }
    }
}

/// The bound edge of a V neck: a thin roll of the same cloth.
pub(super) fn bound_edge(shirt: &Probe<'_>, measures: &Measures, cut: &JacketCut) -> Part {
    const RADIUS: f32 = 0.0019;
    const STEPS: usize = 28;
    let left = (0..=STEPS).map(|i| {
        let p = cut.roll(measures, COVERED * i as f32 / STEPS as f32);
        on(shirt, Vec2::new(VEE * p.x.max(0.0), p.y), 0.0004)
    });
    let left: Vec<Vec3> = left.collect();
    let right = left.iter().skip(1).rev().map(|p| Vec3::new(-p.x, p.y, p.z));
    let path: Vec<Vec3> = right.chain(left.iter().copied()).collect();
    cord(&path, RADIUS, shirt)
}

/// The ends of the shirt's sleeves, which show below the jacket's.
pub(super) fn cuffs(probe: &Probe<'_>, measures: &Measures, wide: f32, reach: f32) -> Part {
    let (elbow, hand) = (measures.at(Bone::LeftLowerArm), measures.at(Bone::LeftHand));
    let way = (hand - elbow).normalize_or(Vec3::Y);
    let side = way.cross(Vec3::Z).normalize_or(Vec3::X);
    let up = side.cross(way);
    let left = Sheet::ring(5, 16, |v, u| {
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
pub(super) fn tie(shirt: &Probe<'_>, measures: &Measures, cut: &JacketCut, line: &NeckLine) -> Part {
    let size = measures.scale();
    let neck = measures.at(Bone::Neck);
    let throat = line.at(0.0, 0.0, 0.0);
    let top = throat.y + 0.002;
    let (knot, end) = (top - 0.043 * size, measures.height(cut.button));
    let z = |x: f32, y: f32| shirt.front(x, y).map_or(neck.z + 0.05, |hit| hit.point.z);
    let mut part = Sheet::new(20, 7, |v, u| {
        let y = knot + 0.012 + (end - knot) * v;
        let half = (0.0145 + 0.027 * smoothstep(0.0, 0.75, v)) * size;
        // Where the jacket closes over it the tie must not be wider than what is seen.
        let half = half.min(cut.front(measures, y).max(0.0) + 0.007);
        let across = (u - 0.5) * 2.0;
        let arch =
            0.0035 * (1.0 - across * across) + 0.004 * smoothstep(0.16, 0.0, v) * (1.0 - across * across);
        // Below the knot the silk is pinched.
        let dimple = 0.0055 * smoothstep(0.32, 0.04, v) * smoothstep(0.45, 0.0, across.abs());
        let under = 0.007 * smoothstep(0.10, 0.0, v);
        Vec3::new(across * half, y, z(0.0, y).max(z(across * half, y)) + 0.004 + arch - dimple - under)
    })
    .relax(3)
    .part(shirt, 0.003, |_| Vec3::Z);
    // The stripes run over the silk in true lengths, on the knot the other way.
    let stripes = |part: &mut Part, side: f32| {
        for v in &mut part.vertices {
            v.coordinate = Vec2::new(0.5 + side * v.position.x / SILK.x, (top - v.position.y) / SILK.y);
        }
    };
    stripes(&mut part, 1.0);
    let mut bound = knotted(throat, top, knot, size).part(shirt, 0.003, |_| Vec3::Z);
    stripes(&mut bound, -1.0);
    part.append(&bound);
    part
}

/// The knot from height `top` to `bottom`: wide above, narrow below, its sides under the collar.
fn knotted(throat: Vec3, top: f32, bottom: f32, size: f32) -> Sheet {
    /// Half the width above and below, and how far it stands out.
    const HALF: [f32; 2] = [0.0205, 0.0125];
    const DEEP: f32 = 0.0185;
    /// How far the rows are down, and how far each stands out, as shares.
    const ROWS: [(f32, f32); 8] = [
        (0.0, 0.35),
        (0.015, 0.80),
        (0.10, 0.98),
        (0.35, 1.06),
        (0.65, 1.04),
        (0.88, 0.94),
        (0.985, 0.78),
        (1.0, 0.40),
    ];
    Sheet::new(ROWS.len(), 13, |v, u| {
        let (down, deep) = ROWS[libm::roundf(v * (ROWS.len() - 1) as f32) as usize];
        let (sin, cos) = libm::sincosf((u - 0.5) * std::f32::consts::PI);
        let half = (HALF[0] + (HALF[1] - HALF[0]) * down) * size;
        // The lower edge bows down a little, the upper one follows the collar.
        let y = top + (bottom - top) * down - 0.003 * cos * down - 0.002 * (1.0 - cos) * (1.0 - down);
        let flat = libm::powf(cos.max(0.0), 0.7);
        Vec3::new(sin * half, y, throat.z - 0.001 + flat * DEEP * deep * size)
    })
}
