//! The hair: combed back from the hairline into a knot, as a surface over the scalp with locks laid on it.

mod scalp;

use glam::{Vec2, Vec3};

pub(super) use self::scalp::Hairline;
use self::scalp::Scalp;
use super::ForgeError;
use super::dress::smoothstep;
use super::model::{Bundle, Piece, Surface};
use super::paint::{self, Face};
use super::part::{Part, Vertex};
use super::person::HairStyle;
use super::skeleton::rigid;
use crate::vocabulary::Bone;

/// How many locks start along the hairline.
const LOCKS: u32 = 92;
/// Cross-sections of a lock.
const ROWS: u32 = 15;
/// Half the knot's size, metres.
const KNOT: Vec3 = Vec3::new(0.037, 0.034, 0.028);

/// The hair of the person whose `head` and `face` these are.
///
/// # Errors
/// When a picture cannot be encoded.
pub(super) fn wear(head: &Part, face: &Face) -> Result<Bundle, ForgeError> {
    let hair = &face.person.hair;
    let part = match hair.style {
        HairStyle::Knot => knot(head, &face.hairline),
    };
    let surface = Surface { double_sided: true, ..Surface::painted("Hair", 0, 0.55) };
    Ok(Bundle {
        pieces: vec![Piece::new("Hair", part, surface)],
        pictures: vec![paint::strands(hair.colour)?],
        ..Bundle::default()
    })
}

/// All hair on the given head, combed back into a knot.
fn knot(head: &Part, hairline: &Hairline) -> Part {
    let scalp = Scalp::of(head, hairline);
    let knot = scalp.centre + scalp.towards_knot * (scalp.reach(scalp.towards_knot) + KNOT.z * 0.3);
    let mut part = scalp.cap(|p| Vec2::new(0.5, along(p, knot)));
    for lock in 0..LOCKS {
        part.append(&strip(&scalp, lock, knot));
    }
    part.smooth_normals();
    part.append(&ball(knot));
    for coil in 0..4 {
        part.append(&coiled(knot, coil));
    }
    part
}

fn along(p: Vec3, knot: Vec3) -> f32 {
    (p.distance(knot) / 0.3).clamp(0.0, 1.0)
}

/// A repeatable number in 0..1 for a lock and a purpose.
fn chance(lock: u32, purpose: u32) -> f32 {
    let mut h = lock.wrapping_mul(0x9e37_79b9) ^ purpose.wrapping_mul(0x85eb_ca6b);
    h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    h = (h ^ (h >> 13)).wrapping_mul(0x297a_2d39);
    ((h ^ (h >> 16)) >> 8) as f32 / (1 << 24) as f32
}

/// One lock: it rises out of the skin at the hairline, lies on the scalp and ends under the knot.
fn strip(scalp: &Scalp, lock: u32, knot: Vec3) -> Part {
    let mut part = Part::default();
    let azimuth = (lock as f32 + 0.7 * (chance(lock, 1) - 0.5)) / LOCKS as f32 * std::f32::consts::TAU;
    let root = scalp.root(azimuth, 0.006 * (chance(lock, 2) - 0.7));
    let end = scalp.towards_knot;
    let travel = libm::acosf(root.dot(end).clamp(-1.0, 1.0));
    let lift = 0.0012 + 0.0022 * chance(lock, 3);
    let shade = chance(lock, 4) * 0.8;
    for row in 0..ROWS {
        let share = row as f32 / (ROWS - 1) as f32;
        let direction = arc(root, end, travel, share);
        let ahead = arc(root, end, travel, share + 0.02);
        let forward = (ahead - direction).normalize_or(Vec3::Y);
        let across = direction.cross(forward).normalize_or(Vec3::X);
        let rise = smoothstep(0.0, 0.16, share);
        let width = (0.0012 + 0.0066 * rise) * (1.0 - 0.45 * share) * (0.8 + 0.5 * chance(lock, 5));
        let height = scalp.thickness(direction) + lift * rise - 0.0012 * (1.0 - rise);
        let middle = scalp.centre + direction * (scalp.reach(direction) + height);
        for (column, side) in [-1.0_f32, 0.0, 1.0].into_iter().enumerate() {
            let sink = if column == 1 { 0.0 } else { 0.0022 * rise };
            let position = middle + across * (side * width) - direction * sink;
            part.vertex(Vertex {
                position,
                normal: direction,
                coordinate: Vec2::new((shade + 0.1 * (side + 1.0)).clamp(0.0, 1.0), along(position, knot)),
                skin: rigid(Bone::Head),
                source: None,
            });
        }
    }
    for row in 1..ROWS {
        for column in 0..2 {
            let at = |r: u32, c: u32| r * 3 + c;
            part.quad([at(row - 1, column), at(row - 1, column + 1), at(row, column + 1), at(row, column)]);
        }
    }
    part
}

/// The direction `share` of the way along the great circle from `from` to `to`.
fn arc(from: Vec3, to: Vec3, travel: f32, share: f32) -> Vec3 {
    let whole = libm::sinf(travel).max(1e-4);
    (from * (libm::sinf(travel * (1.0 - share)) / whole) + to * (libm::sinf(travel * share) / whole))
        .normalize_or(to)
}

/// The knot's core.
fn ball(centre: Vec3) -> Part {
    const RINGS: u32 = 8;
    const SECTORS: u32 = 16;
    let mut part = Part::default();
    for ring in 0..=RINGS {
        for sector in 0..=SECTORS {
            let (sin, cos) = libm::sincosf(ring as f32 / RINGS as f32 * std::f32::consts::PI);
            let (turn_sin, turn_cos) = libm::sincosf(sector as f32 / SECTORS as f32 * std::f32::consts::TAU);
            let out = Vec3::new(sin * turn_cos, sin * turn_sin, -cos);
            part.vertex(Vertex {
                position: centre + out * KNOT * 0.9,
                normal: out,
                coordinate: Vec2::new(ring as f32 / RINGS as f32, sector as f32 / SECTORS as f32),
                skin: rigid(Bone::Head),
                source: None,
            });
        }
    }
    for ring in 0..RINGS {
        for sector in 0..SECTORS {
            let at = |ring: u32, sector: u32| ring * (SECTORS + 1) + sector;
            part.quad([
                at(ring, sector),
                at(ring, sector + 1),
                at(ring + 1, sector + 1),
                at(ring + 1, sector),
            ]);
        }
    }
    part
}

/// A strand wound around the knot, one turn of a closing spiral.
fn coiled(centre: Vec3, coil: u32) -> Part {
    const ROUND: u32 = 22;
    const SIDES: u32 = 5;
    let mut part = Part::default();
    for step in 0..=ROUND {
        let progress = (coil as f32 + step as f32 / ROUND as f32) / 4.0;
        let turn = (coil as f32 + step as f32 / ROUND as f32) * std::f32::consts::TAU;
        let (sin, cos) = libm::sincosf(turn);
        let radius = 0.86 - 0.70 * progress;
        let depth = 0.1 + 0.86 * progress * (2.0 - progress) * 0.9;
        let middle = centre + Vec3::new(cos * radius, sin * radius, -depth) * KNOT;
        let out = Vec3::new(cos, sin, 0.0);
        let thick = 0.0098 - 0.003 * progress;
        for side in 0..=SIDES {
            let (s, c) = libm::sincosf(side as f32 / SIDES as f32 * std::f32::consts::TAU);
            let normal = out * c - Vec3::Z * s;
            part.vertex(Vertex {
                position: middle + normal * thick,
                normal,
                coordinate: Vec2::new(side as f32 / SIDES as f32, (progress * 2.0) % 1.0),
                skin: rigid(Bone::Head),
                source: None,
            });
        }
    }
    for step in 0..ROUND {
        for side in 0..SIDES {
            let at = |step: u32, side: u32| step * (SIDES + 1) + side;
            part.quad([at(step, side), at(step, side + 1), at(step + 1, side + 1), at(step + 1, side)]);
        }
    }
    part
}
