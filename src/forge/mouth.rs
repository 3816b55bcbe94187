//! Teeth and tongue as the source has them, a little lower in the mouth, so that the teeth are seen.

use std::collections::BTreeMap;

use glam::Vec2;

use super::base::{Base, range};
use super::part::Part;
use super::skeleton::rigid;
use crate::vocabulary::Bone;

/// Lowers the tongue to the floor of the mouth, as it lies between sounds.
pub(super) fn rest_tongue(base: &mut Base) {
    let points = &base.positions[range::TONGUE];
    let back = points.iter().map(|p| p.z).fold(f32::MAX, f32::min);
    let front = points.iter().map(|p| p.z).fold(f32::MIN, f32::max);
    for position in &mut base.positions[range::TONGUE] {
        let forward = (position.z - back) / (front - back);
        position.y -= 0.0065 * forward;
        position.z -= 0.004 * forward;
        position.x *= 0.9;
    }
}

/// Teeth with texture coordinates: u around the dental arch, v from the edge of the teeth (0) to the gums (1).
pub(super) fn teeth(mut part: Part) -> Part {
    let middle = part.vertices.iter().map(|v| v.position.y).sum::<f32>() / part.vertices.len().max(1) as f32;
    let back = part.vertices.iter().map(|v| v.position.z).fold(f32::MAX, f32::min);
    let groups = part.groups();
    let mut spans: BTreeMap<u32, (f32, f32)> = BTreeMap::new();
    for (vertex, group) in part.vertices.iter().zip(&groups) {
        let (low, high) = spans.entry(*group).or_insert((f32::MAX, f32::MIN));
        (*low, *high) = (low.min(vertex.position.y), high.max(vertex.position.y));
    }
    for (vertex, group) in part.vertices.iter_mut().zip(&groups) {
        let Some(&(low, high)) = spans.get(group) else { continue };
        let share = (vertex.position.y - low) / (high - low).max(1e-4);
        let upper = low + high > 2.0 * middle;
        let turn = libm::atan2f(vertex.position.x, vertex.position.z - back + 0.004);
        let v = if upper { share } else { 1.0 - share };
        vertex.coordinate = Vec2::new(0.5 + turn / std::f32::consts::PI, v);
        vertex.skin = rigid(Bone::Head);
    }
    part
}

/// The same skin for all of a part that the head carries.
pub(super) fn on_head(mut part: Part) -> Part {
    for vertex in &mut part.vertices {
        vertex.skin = rigid(Bone::Head);
    }
    part
}
