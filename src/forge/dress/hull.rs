//! How far the body reaches around an upright axis, hollows bridged as hanging cloth bridges them.

use glam::{Vec2, Vec3};

use super::super::part::Part;
use super::super::part::Vertex;

const DIRECTIONS: usize = 64;
/// Vertices within this height count, metres.
const SLICE: f32 = 0.022;

/// The convex outline of the body at one height.
pub(super) struct Hull {
    reach: [f32; DIRECTIONS],
}

/// The unit vector to the given turn: 0 ahead, a quarter to the left.
pub(super) fn direction(turn: f32) -> Vec2 {
    let (sin, cos) = libm::sincosf(turn * std::f32::consts::TAU);
    Vec2::new(sin, cos)
}

/// The turn, -0.5..=0.5, of a direction in x and z.
pub(super) fn turn(d: Vec2) -> f32 {
    libm::atan2f(d.x, d.y) / std::f32::consts::TAU
}

impl Hull {
    /// Of those vertices of `body` near height `y` that `counts`, seen from `axis`.
    pub(super) fn at(body: &Part, axis: Vec3, y: f32, counts: impl Fn(&Vertex) -> bool) -> Self {
        let mut support = [0.0_f32; DIRECTIONS];
        for vertex in &body.vertices {
            if (vertex.position.y - y).abs() > SLICE || !counts(vertex) {
                continue;
            }
            let p = Vec2::new(vertex.position.x - axis.x, vertex.position.z - axis.z);
            for (index, most) in support.iter_mut().enumerate() {
                *most = most.max(p.dot(direction(index as f32 / DIRECTIONS as f32)));
            }
        }
        let mut reach = [0.0_f32; DIRECTIONS];
        for (index, radius) in reach.iter_mut().enumerate() {
            let d = direction(index as f32 / DIRECTIONS as f32);
            *radius = support
                .iter()
                .enumerate()
                .map(|(other, s)| (s, d.dot(direction(other as f32 / DIRECTIONS as f32))))
                .filter(|(_, cos)| *cos > 0.1)
                .map(|(s, cos)| s / cos)
                .fold(f32::MAX, f32::min);
        }
        Self { reach }
    }

    /// How far the outline reaches to `turn`, metres.
    pub(super) fn reach(&self, turn: f32) -> f32 {
        let place = (turn - libm::floorf(turn)) * DIRECTIONS as f32;
        let low = (place as usize) % DIRECTIONS;
        let share = place - libm::floorf(place);
        self.reach[low] * (1.0 - share) + self.reach[(low + 1) % DIRECTIONS] * share
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::skeleton::rigid;
    use super::*;
    use crate::vocabulary::Bone;

    #[test]
    fn hollows_are_bridged() {
        let mut body = Part::default();
        // A square whose front side has a dent in its middle.
        for (x, z) in [(1.0, 1.0), (0.0, 0.5), (-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)] {
            body.vertex(Vertex {
                position: Vec3::new(x, 0.0, z),
                normal: Vec3::Y,
                coordinate: Vec2::ZERO,
                skin: rigid(Bone::Hips),
                source: None,
            });
        }
        let hull = Hull::at(&body, Vec3::ZERO, 0.0, |_| true);
        assert!((hull.reach(0.0) - 1.0).abs() < 0.01);
        assert!((hull.reach(0.125) - std::f32::consts::SQRT_2).abs() < 0.01);
    }
}
