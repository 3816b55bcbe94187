//! Trousers, stockings and shoes.

use glam::Vec3;

use super::super::part::{Part, Vertex};
use super::cloth::{drape, lengthen, rim};
use super::jacket::{JacketCut, uncut};
use super::{Measures, smoothstep};
use crate::vocabulary::Bone;

/// How thick the soles are.
pub(in crate::forge) const SOLE: f32 = 0.014;

/// How trousers are cut; metres.
pub(super) struct TrouserCut {
    /// Half the width of a leg, at the knee and at the hem.
    pub(super) leg: [f32; 2],
    /// How far above the ankle the hem ends; negative below it.
    pub(super) hem: f32,
    /// How far the crease stands out.
    pub(super) crease: f32,
    /// How high they reach, share of the trunk.
    pub(super) top: f32,
    /// How much lower they end at the sides and behind, where a jacket hides them.
    pub(super) hidden: f32,
}

/// Half the gap between the legs of trousers, metres.
const APART: f32 = 0.003;

/// Trousers, hanging straight from the seat.
pub(super) fn trousers(suit: &Part, measures: &Measures, cut: &TrouserCut) -> Part {
    let (hip, ankle) = (measures.at(Bone::LeftUpperLeg), measures.at(Bone::LeftFoot));
    let top = measures.height(cut.top);
    // Below it the foot begins, which cloth does not follow.
    let free = ankle.y + 0.04;
    let body = suit
        .clip(|v| {
            let p = v.position;
            let hidden = smoothstep(0.06, 0.10, p.x.abs()).max(smoothstep(hip.z, hip.z - 0.03, p.z));
            (top - cut.hidden * hidden - p.y).min(p.y - free)
        })
        .clip(|v| if measures.is_arm(v) { -1.0 } else { 1.0 });
    let mut part = drape(&body, |v| 0.006 - 0.004 * smoothstep(hip.y - 0.08, top, v.position.y), 8, 0.002);
    for vertex in &mut part.vertices {
        let p = vertex.position;
        if p.y > hip.y {
            continue;
        }
        let side = Vec3::new(if p.x < 0.0 { -1.0 } else { 1.0 }, 1.0, 1.0);
        let share = (hip.y - p.y) / (hip.y - ankle.y).max(0.1);
        // The leg's own axis is bent; cloth hangs along a straight one.
        let knee = measures.at(Bone::LeftLowerLeg);
        let back = Vec3::new(0.0, 0.0, -0.012);
        let straight = hip.lerp(ankle + back, share)
            + Vec3::Z * (knee.z - hip.z) * 0.5 * libm::sinf(share.clamp(0.0, 1.0) * std::f32::consts::PI);
        let centre = Vec3::new(straight.x, p.y, straight.z) * side;
        let out = p - centre;
        let wide = (cut.leg[0] + (cut.leg[1] - cut.leg[0]) * smoothstep(0.5, 1.0, share)) * measures.scale();
        let hangs = smoothstep(0.16, 0.48, share);
        let flat = out.normalize_or(Vec3::Z);
        // Front and back are pressed to an edge.
        let pressed = libm::powf(flat.z.abs(), 12.0) * cut.crease * smoothstep(0.1, 0.35, share);
        // Nothing of the leg shows below, so that calves need not bulge.
        let hung = centre + flat * (out.length() + (wide - out.length()) * hangs + pressed);
        // Legs that stand close leave each other room.
        vertex.position = Vec3::new(side.x * (hung.x * side.x).max(APART * hangs), hung.y, hung.z);
    }
    part.smooth_normals();
    let middle = ankle.z - 0.012;
    lengthen(
        &mut part,
        |v| (v.position.y - free).abs() < 0.02,
        3,
        |v, share| {
            // In front the hem is cut higher, for the shoe.
            let slant = 0.016 * smoothstep(-0.03, 0.07, v.position.z - middle);
            let p = v.position;
            let y = p.y + (ankle.y + cut.hem + slant - free) * share;
            Vertex {
                position: Vec3::new(p.x, y, p.z + 0.006 * share * smoothstep(0.0, 0.06, p.z - middle)),
                ..*v
            }
        },
    );
    rim(&mut part, 0.004);
    part
}

/// A narrow skirt, from the hips down.
pub(super) fn skirt(suit: &Part, measures: &Measures, cut: &JacketCut) -> Part {
    let top = measures.height(0.03);
    let mut part = uncut(suit, measures, cut)
        .clip(|v| if measures.is_arm(v) { -1.0 } else { 1.0 })
        .clip(|v| top - v.position.y);
    rim(&mut part, 0.003);
    part
}

/// Stockings, from under the skirt into the shoes.
pub(super) fn stockings(suit: &Part, measures: &Measures, top: f32) -> Part {
    let heel = measures.at(Bone::LeftFoot).y - 0.06;
    drape(suit, |_| -0.001, 2, -0.002)
        .clip(|v| (top - v.position.y).min(v.position.y - heel))
        .clip(|v| if measures.is_arm(v) { -1.0 } else { 1.0 })
}

/// How shoes are cut; metres.
pub(super) struct ShoeCut {
    /// How far above the ankle they reach; negative below it.
    pub(super) top: f32,
    /// How much lower the upper edge is over the instep.
    pub(super) low_cut: f32,
    /// How far the toe reaches beyond the foot.
    pub(super) toe: f32,
    /// How far the sole stands out under the upper.
    pub(super) sole: f32,
}

/// Up to here above the foot's sole the sides of shoes are steep, metres.
const STEEP: f32 = 0.032;

/// Closed shoes with a sole.
pub(super) fn shoes(suit: &Part, measures: &Measures, cut: &ShoeCut) -> [Part; 2] {
    let (ankle, toes) = (measures.at(Bone::LeftFoot), measures.at(Bone::LeftToes));
    let edge = |v: &Vertex| {
        let instep = smoothstep(ankle.z - 0.02, ankle.z + 0.09, v.position.z);
        ankle.y + cut.top - cut.low_cut * instep - v.position.y
    };
    let foot = suit.clip(edge);
    let floor = foot.vertices.iter().map(|v| v.position.y).fold(f32::MAX, f32::min);
    let tip = foot.vertices.iter().map(|v| v.position.z).fold(f32::MIN, f32::max);
    let mut upper = drape(&foot, |_| 0.006, 10, 0.004);
    for vertex in &mut upper.vertices {
        let p = &mut vertex.position;
        let side = if p.x < 0.0 { -1.0 } else { 1.0 };
        // The toe is longer than the toes and narrows to its tip.
        let front = smoothstep(toes.z - 0.01, tip, p.z);
        p.z += cut.toe * front * front;
        let middle = (toes.x + 0.004) * side;
        p.x = middle + (p.x - middle) * (1.0 - 0.30 * front * front * (cut.toe / 0.02).min(1.0));
        // The sides rise steeply from the sole, the foot's arch too.
        let lift = p.y - floor;
        if lift < STEEP {
            p.y = floor + 0.003 + (STEEP - 0.003) * smoothstep(0.014, STEEP, lift);
        }
    }
    upper.smooth_normals();
    let sole = soles(&upper, floor, cut.sole);
    rim(&mut upper, 0.003);
    [upper, sole]
}

/// The soles: the outline of each shoe, a little wider, down to the floor.
fn soles(upper: &Part, floor: f32, out: f32) -> Part {
    const AROUND: usize = 28;
    let mut part = Part::default();
    for side in [1.0_f32, -1.0] {
        let points: Vec<&Vertex> = upper
            .vertices
            .iter()
            .filter(|v| v.position.x * side > 0.0 && v.position.y < floor + 0.034)
            .collect();
        let (low, high) = points
            .iter()
            .fold((Vec3::MAX, Vec3::MIN), |(low, high), v| (low.min(v.position), high.max(v.position)));
        let middle = (low + high) * 0.5;
        let half = (high - low) * 0.5;
        let outline: Vec<Vertex> = (0..AROUND)
            .filter_map(|i| {
                let (sin, cos) = libm::sincosf(i as f32 / AROUND as f32 * std::f32::consts::TAU);
                // Directions are spread in the stretched plane, so that toe and heel get their share.
                let support = |v: &&&Vertex| {
                    let p = (v.position - middle) / half.max(Vec3::splat(1e-4));
                    p.x * sin + p.z * cos
                };
                points.iter().max_by(|a, b| support(a).total_cmp(&support(b))).map(|v| **v)
            })
            .collect();
        let mut outline = outline;
        for _ in 0..3 {
            let before: Vec<Vec3> = outline.iter().map(|v| v.position).collect();
            let n = before.len().max(1);
            for (i, vertex) in outline.iter_mut().enumerate() {
                vertex.position = before[i] * 0.5 + (before[(i + 1) % n] + before[(i + n - 1) % n]) * 0.25;
            }
        }
        let ring = |part: &mut Part, grow: f32, y: f32, tilt: f32| -> Vec<u32> {
            outline
                .iter()
                .map(|v| {
                    let out = Vec3::new(v.position.x - middle.x, 0.0, v.position.z - middle.z)
                        .normalize_or(Vec3::Z);
                    let position = Vec3::new(v.position.x, y, v.position.z) + out * grow;
                    part.vertex(Vertex { position, normal: (out + Vec3::Y * tilt).normalize_or(out), ..*v })
                })
                .collect()
        };
        let rings = [
            ring(&mut part, out.min(0.0) - 0.006, floor + 0.010, 3.0),
            ring(&mut part, out - 0.0015, floor + 0.007, 2.0),
            ring(&mut part, out, floor + 0.005, 0.3),
            ring(&mut part, out - 0.0005, floor - SOLE + 0.002, 0.0),
            ring(&mut part, out - 0.0025, floor - SOLE, -0.6),
        ];
        for pair in rings.windows(2) {
            let [above, below] = pair else { continue };
            for i in 0..outline.len() {
                let next = (i + 1) % outline.len();
                part.quad([above[i], below[i], below[next], above[next]]);
            }
        }
    }
    part
}
