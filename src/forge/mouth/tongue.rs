//! The tongue: a body laid along the floor of the mouth, and where it reaches in speech.

use std::collections::BTreeMap;
use std::ops::Range;

use glam::{Vec2, Vec3};

use super::mesh::Mesh;
use crate::forge::base::Base;
use crate::forge::dress::smoothstep;

/// Corners of a cross-section.
const ROUND: u32 = 16;
/// Depth of the furrow along the middle, millimetres.
const FURROW: f32 = 0.6;

/// Cross-sections from the root to the tip, millimetres: behind the upper front teeth's edge, height of the back above that
/// edge, half the width, thickness.
const SECTIONS: [[f32; 4]; 12] = [
    [66.0, 2.0, 15.0, 22.0],
    [58.0, 6.0, 17.5, 19.0],
    [50.0, 7.2, 18.5, 16.5],
    [42.0, 6.8, 18.5, 14.5],
    [34.0, 5.4, 17.6, 12.5],
    [27.0, 3.6, 15.8, 10.5],
    [21.0, 1.8, 13.4, 8.8],
    [16.0, 0.2, 11.0, 7.2],
    [12.5, -1.2, 9.8, 5.6],
    [10.0, -2.1, 8.2, 4.4],
    [8.4, -2.7, 6.2, 3.2],
    [7.5, -3.3, 3.6, 1.8],
];

/// How the tongue lies in a sound; lengths in metres.
#[derive(Debug, Clone, Copy)]
pub(in crate::forge) enum Reach {
    /// The tip is at this height and depth from the edge of the upper front teeth, wherever the jaw is.
    Tip(f32, f32),
    /// Its back rises by this much.
    Back(f32),
    /// Its front third, behind the tip, rises by this much.
    Blade(f32),
}

/// Adds the tongue, `scale` metres to the millimetre.
pub(super) fn grow(mesh: &mut Mesh<'_>, edge: Vec3, scale: f32) {
    let back = SECTIONS[0][0];
    let mut rings = Vec::new();
    for [behind, height, half, thick] in SECTIONS {
        let ring: Vec<u32> = (0..ROUND)
            .map(|corner| {
                let (sin, cos) = libm::sincosf(corner as f32 / ROUND as f32 * std::f32::consts::TAU);
                let blunt = |c: f32, power: f32| c.signum() * libm::powf(c.abs(), power);
                let x = blunt(cos, 0.85) * half;
                let front = smoothstep(9.0, 24.0, behind);
                let furrow = FURROW * front * libm::expf(-(x / 4.5).powi(2)) * sin.max(0.0);
                let y = height + (blunt(sin, 0.8) - 1.0) * 0.5 * thick - furrow;
                let position = edge + Vec3::new(x, y, -behind) * scale;
                mesh.vertex(position, Vec2::new(0.5 + 0.026 * x, behind / back))
            })
            .collect();
        rings.push(ring);
    }
    mesh.skirt(&rings, false);
    let [behind, height, _, thick] = SECTIONS[SECTIONS.len() - 1];
    let tip = edge + Vec3::new(0.0, height - 0.5 * thick, 0.35 - behind) * scale;
    let tip = mesh.vertex(tip, Vec2::new(0.5, (behind - 0.35) / back));
    if let Some(last) = rings.last() {
        mesh.lid(last, tip, false);
    }
}

/// For each vertex of the tongue how far in front it is: 0 root, 1 tip.
fn along(base: &Base, tongue: &Range<usize>) -> Vec<f32> {
    let points = &base.positions[tongue.clone()];
    let back = points.iter().map(|p| p.z).fold(f32::MAX, f32::min);
    let front = points.iter().map(|p| p.z).fold(f32::MIN, f32::max);
    points.iter().map(|p| (p.z - back) / (front - back).max(1e-4)).collect()
}

/// Adds to `moved` what brings the tongue there; `edge` is the middle of the upper front teeth's edge.
pub(super) fn reach(
    base: &Base,
    tongue: &Range<usize>,
    edge: Vec3,
    reach: Reach,
    moved: &mut BTreeMap<u32, Vec3>,
) {
    let along = along(base, tongue);
    let carried = |v: usize| base.positions[v] + moved.get(&(v as u32)).copied().unwrap_or_default();
    let tip = tongue.clone().zip(&along).max_by(|a, b| a.1.total_cmp(b.1)).map(|(v, _)| carried(v));
    let Some(tip) = tip else { return };
    let share = |forward: f32| -> Vec3 {
        match reach {
            Reach::Tip(up, out) => {
                // The body follows forwards more than it is lifted.
                let lift = (edge.y + up - tip.y) * smoothstep(0.25, 0.95, forward);
                Vec3::new(0.0, lift, (edge.z + out - tip.z) * smoothstep(0.0, 0.95, forward))
            }
            Reach::Back(up) => Vec3::Y * (up * smoothstep(0.8, 0.4, forward)),
            Reach::Blade(up) => {
                Vec3::Y * (up * smoothstep(0.2, 0.6, forward) * smoothstep(1.02, 0.85, forward))
            }
        }
    };
    for (vertex, forward) in tongue.clone().zip(&along) {
        *moved.entry(vertex as u32).or_default() += share(*forward);
    }
}
