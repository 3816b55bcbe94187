//! The tongue: the source's, laid down between sounds, and where it reaches in speech.

use std::collections::BTreeMap;

use glam::{Vec2, Vec3};

use crate::forge::base::{Base, range};
use crate::forge::dress::smoothstep;
use crate::forge::part::Part;

/// How much narrower than the source's.
const NARROW: f32 = 0.9;
/// Depth of the furrow along the middle, metres.
const FURROW: f32 = 0.0016;

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

/// Lowers the tongue to the floor of the mouth, as it lies between sounds, and furrows it.
pub(in crate::forge) fn rest_tongue(base: &mut Base) {
    let along = along(base);
    let top = top(base);
    for (position, (forward, is_top)) in base.positions[range::TONGUE].iter_mut().zip(along.iter().zip(top)) {
        position.y -= 0.003 * forward;
        position.z += 0.0025 * forward;
        position.x *= NARROW;
        let furrow = libm::expf(-(position.x / 0.0035).powi(2)) * smoothstep(1.0, 0.7, *forward);
        position.y -= FURROW * furrow * is_top;
    }
}

/// For each vertex of the tongue how far in front it is: 0 root, 1 tip.
fn along(base: &Base) -> Vec<f32> {
    let points = &base.positions[range::TONGUE];
    let back = points.iter().map(|p| p.z).fold(f32::MAX, f32::min);
    let front = points.iter().map(|p| p.z).fold(f32::MIN, f32::max);
    points.iter().map(|p| (p.z - back) / (front - back).max(1e-4)).collect()
}

/// For each vertex of the tongue whether it looks up, 0..=1.
fn top(base: &Base) -> Vec<f32> {
    let normals = crate::forge::part::source_normals(base, &base.positions);
    normals[range::TONGUE].iter().map(|n| smoothstep(0.2, 0.7, n.y)).collect()
}

/// Adds to `moved` what brings the tongue there; `edge` is the middle of the upper front teeth's edge.
pub(in crate::forge) fn reach(base: &Base, edge: Vec3, reach: Reach, moved: &mut BTreeMap<u32, Vec3>) {
    let along = along(base);
    let carried = |v: usize, moved: &BTreeMap<u32, Vec3>| {
        base.positions[v] + moved.get(&(v as u32)).copied().unwrap_or_default()
    };
    let tip = range::TONGUE.zip(&along).max_by(|a, b| a.1.total_cmp(b.1)).map(|(v, _)| carried(v, moved));
    let Some(tip) = tip else { return };
    let share = |forward: f32| -> Vec3 {
        match reach {
            Reach::Tip(up, out) => {
                let way = Vec3::new(0.0, edge.y + up - tip.y, edge.z + out - tip.z);
                // The body follows forwards more than it is lifted.
                let lift = smoothstep(0.35, 1.0, forward);
                Vec3::new(0.0, way.y * lift, way.z * smoothstep(0.0, 0.9, forward))
            }
            Reach::Back(up) => Vec3::Y * (up * smoothstep(0.75, 0.35, forward)),
            Reach::Blade(up) => Vec3::Y * (up * smoothstep(0.2, 0.6, forward) * smoothstep(1.02, 0.85, forward)),
        }
    };
    for (vertex, forward) in range::TONGUE.zip(&along) {
        *moved.entry(vertex as u32).or_default() += share(*forward);
    }
}

/// Texture coordinates from above: u from the right to the left edge, v from the tip (0) to the root (1).
pub(in crate::forge) fn look(mut part: Part) -> Part {
    let low = part.vertices.iter().map(|v| v.position).fold(Vec3::MAX, Vec3::min);
    let high = part.vertices.iter().map(|v| v.position).fold(Vec3::MIN, Vec3::max);
    for vertex in &mut part.vertices {
        let share = (vertex.position - low) / (high - low).max(Vec3::splat(1e-4));
        // What looks down is on the lower half of the picture.
        let side = if vertex.normal.y < -0.15 { 0.5 } else { 0.0 };
        vertex.coordinate = Vec2::new(share.x, (1.0 - share.z) * 0.5 + side);
    }
    part
}
