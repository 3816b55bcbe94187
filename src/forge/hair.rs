//! The hair: where it grows, the combed-back surface over the scalp, and the knot at the nape.

use glam::{Vec2, Vec3};

use super::dress::smoothstep;
use super::part::{Part, Vertex};
use super::skeleton::rigid;
use crate::vocabulary::Bone;

/// The border of the scalp as height above the eyes at a depth behind them, metres: forehead, temple, ear, nape.
const BORDER: [(f32, f32); 7] = [
    (0.030, 0.078),
    (0.005, 0.066),
    (-0.022, 0.044),
    (-0.045, 0.005),
    (-0.075, -0.020),
    (-0.105, -0.050),
    (-0.170, -0.085),
];

/// Where hair grows on a head.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hairline {
    /// Midway between the eyes' centres.
    pub(super) eyes: Vec3,
    /// Half the distance between the ears' roots: what stands out farther is ear.
    pub(super) half_width: f32,
}

impl Hairline {
    /// How far inside the scalp `p` lies, roughly in metres; negative on the face, the ears and the neck.
    pub(super) fn depth(&self, p: Vec3) -> f32 {
        let from = p - self.eyes;
        // The forehead's line dips towards the temples' corners and peaks in the middle only a little.
        let height = border(from.z) - 0.10 * (from.x.abs() - 0.03).max(0.0) * smoothstep(-0.03, 0.02, from.z);
        let ear = self.half_width - p.x.abs() + 1.2 * (from.y - 0.035).max(0.0);
        (from.y - height).min(if from.z < -0.04 { ear } else { f32::MAX })
    }
}

fn border(z: f32) -> f32 {
    let mut last = BORDER[0];
    for next in BORDER {
        if z >= next.0 {
            let t = if last.0 > next.0 { (z - next.0) / (last.0 - next.0) } else { 0.0 };
            return next.1 + (last.1 - next.1) * t.clamp(0.0, 1.0);
        }
        last = next;
    }
    last.1
}

/// All hair on the given head.
pub(super) fn hair(head: &Part, hairline: &Hairline) -> Part {
    let mut cap = head.clip(|v| hairline.depth(v.position).min(v.position.y - hairline.eyes.y + 0.2));
    let crown = hairline.eyes + Vec3::new(0.0, 0.03, -0.08);
    let knot = hairline.eyes + Vec3::new(0.0, -0.035, -0.20);
    for vertex in &mut cap.vertices {
        let depth = hairline.depth(vertex.position);
        let volume = 0.0005 + 0.013 * smoothstep(0.0, 0.05, depth);
        vertex.position += vertex.normal * volume;
        vertex.skin = rigid(Bone::Head);
        vertex.source = None;
        vertex.coordinate = combed(vertex.position, crown, knot);
    }
    cap.smooth_normals();
    cap.append(&ball(knot));
    cap
}

/// Strands run from the face towards the knot: across is the angle around that axis, along the distance from it.
fn combed(p: Vec3, crown: Vec3, knot: Vec3) -> Vec2 {
    let axis = (knot - crown).normalize_or(Vec3::NEG_Z);
    let from = p - knot;
    let side = from - axis * from.dot(axis);
    let up = Vec3::Y - axis * axis.y;
    let turn = libm::atan2f(side.x, side.dot(up.normalize_or(Vec3::Y))) / std::f32::consts::PI;
    Vec2::new((0.5 + 0.5 * turn).clamp(0.0, 1.0), (from.length() / 0.3).clamp(0.0, 1.0))
}

fn ball(centre: Vec3) -> Part {
    const RINGS: u32 = 10;
    const SECTORS: u32 = 18;
    let size = Vec3::new(0.036, 0.034, 0.030);
    let mut part = Part::default();
    for ring in 0..=RINGS {
        for sector in 0..=SECTORS {
            let (sin, cos) = libm::sincosf(ring as f32 / RINGS as f32 * std::f32::consts::PI);
            let (turn_sin, turn_cos) = libm::sincosf(sector as f32 / SECTORS as f32 * std::f32::consts::TAU);
            let out = Vec3::new(sin * turn_cos, sin * turn_sin, -cos);
            part.vertex(Vertex {
                position: centre + out * size,
                normal: out,
                coordinate: Vec2::new(ring as f32 / RINGS as f32, sector as f32 / SECTORS as f32),
                skin: rigid(Bone::Head),
                source: None,
            });
        }
    }
    let at = |ring: u32, sector: u32| ring * (SECTORS + 1) + sector;
    for ring in 0..RINGS {
        for sector in 0..SECTORS {
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
