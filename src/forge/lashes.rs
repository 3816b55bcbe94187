//! The upper eyelashes: the source's strips, with coordinates for a picture of single lashes.

use std::collections::BTreeMap;

use glam::{Vec2, Vec3};

use super::base::{Base, Displacement, range};
use super::eyes::Ball;
use super::part::Part;
use super::skeleton::rigid;
use crate::vocabulary::Bone;

/// A strip of which the closing lid carries a vertex this far down is an upper one, metres.
const CARRIED: f32 = 0.004;

/// Keeps the upper strips of `all` and gives them coordinates: u along the lid, v from the root (0) to the tip (1).
pub(super) fn upper(base: &Base, skin: &Part, all: &Part, blinks: [&Displacement; 2]) -> Part {
    let moved: BTreeMap<u32, Vec3> = blinks.iter().flat_map(|blink| blink.deltas.iter().copied()).collect();
    let groups = all.groups();
    let mut carried: BTreeMap<u32, f32> = BTreeMap::new();
    for (vertex, group) in all.vertices.iter().zip(&groups) {
        let drop = vertex.source.and_then(|s| moved.get(&s)).map_or(0.0, |delta| -delta.y);
        let most = carried.entry(*group).or_default();
        *most = most.max(drop);
    }
    let mut part = Part::default();
    let mut kept: BTreeMap<u32, u32> = BTreeMap::new();
    for triangle in &all.triangles {
        if carried.get(&groups[triangle[0] as usize]).is_some_and(|drop| *drop > CARRIED) {
            let indices =
                triangle.map(|i| *kept.entry(i).or_insert_with(|| part.vertex(all.vertices[i as usize])));
            part.triangles.push(indices);
        }
    }
    let near: Vec<Vec3> = skin.vertices.iter().map(|v| v.position).collect();
    let ball = Ball::of(base, range::LEFT_EYE);
    for vertex in &mut part.vertices {
        let p = vertex.position;
        let gap = near.iter().map(|q| q.distance(p)).fold(f32::MAX, f32::min);
        let from = Vec3::new(p.x.abs(), p.y, p.z) - ball.centre;
        let turn = libm::atan2f(from.x, from.z) / std::f32::consts::PI;
        vertex.coordinate = Vec2::new((0.5 + turn).clamp(0.0, 1.0), (gap / 0.006).clamp(0.0, 1.0));
        vertex.skin = rigid(Bone::Head);
    }
    part
}
