//! Cords on a stage jacket: along the lapels, around the cuffs.

use glam::Vec3;

use super::super::part::Part;
use super::Measures;
use super::cord::{both, cord};
use super::front;
use super::jacket::JacketCut;
use super::probe::Probe;
use crate::vocabulary::Bone;

/// Piping along the outer edges of both lapels.
pub(super) fn lapels(shell: &Probe<'_>, measures: &Measures, cut: &JacketCut, radius: f32) -> Part {
    /// How far above the jacket a lapel's edge lies, metres.
    const LIE: f32 = 0.004;
    let path: Vec<Vec3> =
        front::lapel_edge(shell, measures, cut).into_iter().map(|p| p + Vec3::Z * LIE).collect();
    both(&cord(&path, radius, shell), shell)
}

/// Cords around the sleeves above the cuffs, so many metres before the wrist each.
pub(super) fn cuffs(shell: &Part, measures: &Measures, before: &[f32], radius: f32) -> Part {
    const AROUND: usize = 24;
    let sleeve = shell.clip(|v| if measures.is_arm(v) && v.position.x > 0.0 { 1.0 } else { -1.0 });
    let probe = Probe::new(&sleeve);
    let (elbow, hand) = (measures.at(Bone::LeftLowerArm), measures.at(Bone::LeftHand));
    let way = (hand - elbow).normalize_or(Vec3::Y);
    let side = way.cross(Vec3::Z).normalize_or(Vec3::X);
    let up = side.cross(way);
    let mut left = Part::default();
    for &distance in before {
        let axis = hand - way * distance;
        let path: Vec<Vec3> = (0..=AROUND)
            .map(|i| {
                let (sin, cos) = libm::sincosf(i as f32 / AROUND as f32 * std::f32::consts::TAU);
                let out = side * cos + up * sin;
                probe.last(axis, out).map_or(axis + out * 0.04, |hit| hit.point + out * radius * 0.4)
            })
            .collect();
        left.append(&cord(&path, radius, &probe));
    }
    both(&left, &Probe::new(shell))
}
