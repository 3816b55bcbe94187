//! Lips that meet without passing through each other between the vertices that touch.

use std::collections::BTreeMap;

use glam::{Vec2, Vec3};

use super::Lips;
use crate::forge::base::{Base, range};

/// Skin this close to where the lips touch may be in the other lip, and at most this deep, metres.
const NEAR: f32 = 0.006;
const DEEPEST: f32 = 0.0015;
/// Lips are soft: this deep they may press into each other, metres.
const SOFT: f32 = 0.000_15;
/// Each round pushes vertices out of surfaces that the one before has moved.
const ROUNDS: u32 = 3;

type Triangle = [u32; 3];

impl Lips {
    /// Pushes what is inside the other lip out of it.
    pub(in crate::forge) fn settle(&self, base: &Base, moved: &mut BTreeMap<u32, Vec3>) {
        let close: BTreeMap<u32, bool> = self
            .near
            .iter()
            .filter(|(vertex, _)| self.way_to_contact(base, base.positions[*vertex as usize]) < NEAR)
            .copied()
            .collect();
        let surfaces = [false, true].map(|is_lower| surface(base, &close, is_lower));
        for _ in 0..ROUNDS {
            for (is_lower, other) in [(true, &surfaces[0]), (false, &surfaces[1])] {
                let up = if is_lower { 1.0 } else { -1.0 };
                for (&vertex, _) in close.iter().filter(|(_, own)| **own == is_lower) {
                    let place = posed(base, moved, vertex);
                    let depth =
                        |triangle: &Triangle| depth(triangle.map(|v| posed(base, moved, v)), place, up);
                    let deepest = other.iter().filter_map(depth).fold(0.0, f32::max);
                    if deepest > SOFT {
                        moved.entry(vertex).or_default().y -= (deepest - SOFT) * up;
                    }
                }
            }
        }
    }
}

fn posed(base: &Base, moved: &BTreeMap<u32, Vec3>, vertex: u32) -> Vec3 {
    base.positions[vertex as usize] + moved.get(&vertex).copied().unwrap_or_default()
}

/// The triangles of one lip.
fn surface(base: &Base, close: &BTreeMap<u32, bool>, is_lower: bool) -> Vec<Triangle> {
    base.quads_in(range::BODY)
        .map(|quad| quad.map(|corner| corner.vertex))
        .filter(|quad| quad.iter().all(|v| close.get(v) == Some(&is_lower)))
        .flat_map(|[a, b, c, d]| [[a, b, c], [a, c, d]])
        .collect()
}

/// How deep `place` is in the lip with this triangle, which faces it; `up` is 1 for what comes from below, -1 from above.
fn depth([a, b, c]: [Vec3; 3], place: Vec3, up: f32) -> Option<f32> {
    let flat = |p: Vec3| Vec2::new(p.x, p.z);
    let area = (flat(b) - flat(a)).perp_dot(flat(c) - flat(a));
    // The normal's height has the opposite sign of the area seen from above.
    if area * up < 1e-10 {
        return None;
    }
    let share = |u: Vec3, v: Vec3| (flat(u) - flat(place)).perp_dot(flat(v) - flat(place)) / area;
    let shares = [share(b, c), share(c, a), share(a, b)];
    let height = a.y * shares[0] + b.y * shares[1] + c.y * shares[2];
    let depth = (place.y - height) * up;
    (shares.iter().all(|s| *s >= 0.0) && (0.0..DEEPEST).contains(&depth)).then_some(depth)
}
