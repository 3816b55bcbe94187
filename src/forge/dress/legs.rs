//! Trousers and shoes.

use glam::Vec3;

use super::super::part::Part;
use super::cloth::{drape, rim};
use super::{Measures, smoothstep};
use crate::vocabulary::Bone;

/// How thick the soles are.
pub(in crate::forge) const SOLE: f32 = 0.012;
/// Half the width of a trouser leg at its hem.
const HEM: f32 = 0.071;

/// Straight trousers from above the jacket's hem to the shoes.
pub(in crate::forge) fn trousers(suit: &Part, measures: &Measures) -> Part {
    let (hip, knee, ankle) =
        (measures.at(Bone::LeftUpperLeg), measures.at(Bone::LeftLowerLeg), measures.at(Bone::LeftFoot));
    let top = measures.height(0.1);
    let mut part = suit
        .clip(|v| (top - v.position.y).min(v.position.y - ankle.y + 0.035))
        .clip(|v| if measures.is_arm(v) { -1.0 } else { 1.0 });
    part = drape(&part, |_| 0.005, 6, 0.003);
    for vertex in &mut part.vertices {
        let p = vertex.position;
        if p.y > hip.y {
            continue;
        }
        let axis = if p.y > knee.y {
            hip.lerp(knee, (hip.y - p.y) / (hip.y - knee.y))
        } else {
            knee.lerp(ankle, (knee.y - p.y) / (knee.y - ankle.y))
        };
        let centre = Vec3::new(axis.x.abs() * if p.x < 0.0 { -1.0 } else { 1.0 }, p.y, axis.z - 0.01);
        let out = p - centre;
        // From the thigh down the leg hangs straight, whatever knee and calf do.
        let wide = HEM * smoothstep(hip.y - 0.12, knee.y + 0.10, p.y);
        vertex.position = centre + out.normalize_or(Vec3::Z) * out.length().max(wide);
    }
    part.smooth_normals();
    rim(&mut part, 0.005);
    part
}

/// Closed shoes with a flat sole.
pub(in crate::forge) fn shoes(suit: &Part, measures: &Measures) -> Part {
    let ankle = measures.at(Bone::LeftFoot);
    let foot = suit.clip(|v| ankle.y + 0.012 - v.position.y);
    let sole = foot.vertices.iter().map(|v| v.position.y).fold(f32::MAX, f32::min) - SOLE;
    let mut part = drape(&foot, |_| 0.006, 5, 0.0045);
    for vertex in &mut part.vertices {
        // What is near the ground becomes the sole.
        let lift = vertex.position.y - sole;
        if lift < 0.03 {
            vertex.position.y = sole + 0.03 * smoothstep(0.012, 0.034, lift);
        }
    }
    part.smooth_normals();
    rim(&mut part, 0.004);
    part
}
