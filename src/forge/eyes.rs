//! Eyeballs: spheres with a raised cornea, fitted into the source mesh's sockets.

use std::ops::Range;

use glam::{Quat, Vec2, Vec3};

use super::base::{Base, range};
use super::dress::smoothstep;
use super::part::{Part, Vertex};
use super::skeleton::rigid;
use crate::vocabulary::Bone;

/// The angle from the optical axis at which the eyeball ends; what lies behind is never seen.
pub(super) const REACH: f32 = 1.9;
/// The angle from the optical axis at which the iris ends; larger than in life, as warm eyes are drawn.
pub(super) const IRIS: f32 = 0.61;
/// How far drawn eyes look towards the nose at rest, radians: those that look past each other meet nobody.
const INWARDS: f32 = 0.025;
/// Width, height and depth of what fills the corners, in radii of the ball.
const CORNERS: Vec3 = Vec3::new(1.36, 0.96, 0.82);
/// How much wider it is behind the lids, as a share of its radius, and at which angles that begins and is complete: seen
/// from the side, no gap is left beside it.
const SWOLLEN: (f32, [f32; 2]) = (0.10, [1.15, 1.6]);
const RINGS: u32 = 15;
const SECTORS: u32 = 24;

/// Place and size of an eyeball.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ball {
    /// Metres.
    pub(super) centre: Vec3,
    /// Metres.
    pub(super) radius: f32,
    /// How far the cornea stands out of the sphere, metres.
    bulge: f32,
}

impl Ball {
    /// The ball that fills the given helper vertices.
    pub(super) fn of(base: &Base, vertices: Range<usize>) -> Self {
        let points = &base.positions[vertices];
        let low = points.iter().copied().fold(Vec3::MAX, Vec3::min);
        let high = points.iter().copied().fold(Vec3::MIN, Vec3::max);
        let radius = (high.x - low.x + high.y - low.y) * 0.25;
        let centre = Vec3::new((low.x + high.x) * 0.5, (low.y + high.y) * 0.5, low.z + radius);
        Self { centre, radius, bulge: (high.z - centre.z - radius).max(0.0) }
    }

    /// How far from the middle its surface is at an angle from the optical axis, metres.
    fn surface(&self, angle: f32) -> f32 {
        let cornea = (1.0 - angle / (IRIS * 1.15)).max(0.0);
        let swollen = self.radius * SWOLLEN.0 * smoothstep(SWOLLEN.1[0], SWOLLEN.1[1], angle);
        self.radius + self.bulge * cornea * (2.0 - cornea) + swollen
    }
}

/// Both eyeballs; the texture coordinate is the angle from the axis, as a disc.
pub(super) fn build(base: &Base) -> Part {
    let mut part = Part::default();
    for (vertices, bone) in [(range::LEFT_EYE, Bone::LeftEye), (range::RIGHT_EYE, Bone::RightEye)] {
        let ball = Ball::of(base, vertices);
        part.append(&sphere(ball, bone));
    }
    part.smooth_normals();
    part
}

/// What fills the corners beside both eyeballs, seen from the side: flat balls as wide as the lids are open, that stay where
/// they are.
pub(super) fn corners(base: &Base) -> Part {
    let mut part = Part::default();
    for vertices in [range::LEFT_EYE, range::RIGHT_EYE] {
        let ball = Ball::of(base, vertices);
        part.append(&globe(|out, _, coordinate| Vertex {
            position: ball.centre + out * CORNERS * ball.radius,
            normal: (out / CORNERS).normalize_or(out),
            coordinate,
            skin: rigid(Bone::Head),
            source: None,
        }));
    }
    part
}

fn sphere(ball: Ball, bone: Bone) -> Part {
    let inwards = Quat::from_rotation_y(-INWARDS * ball.centre.x.signum());
    globe(|out, angle, coordinate| Vertex {
        position: ball.centre + inwards * out * ball.surface(angle),
        normal: out,
        coordinate,
        skin: rigid(bone),
        source: None,
    })
}

/// A ball but for what is never seen; `vertex` gets the way out, its angle from the optical axis, and where it is on a disc
/// whose radius is that angle.
fn globe(vertex: impl Fn(Vec3, f32, Vec2) -> Vertex) -> Part {
    let mut part = Part::default();
    for ring in 0..=RINGS {
        // Rings stand closer where the cornea rises.
        let share = ring as f32 / RINGS as f32;
        let angle = REACH * share * (0.55 + 0.45 * share);
        for sector in 0..if ring == 0 { 1 } else { SECTORS } {
            let turn = sector as f32 / SECTORS as f32 * std::f32::consts::TAU;
            let (sin, cos) = libm::sincosf(angle);
            let (turn_sin, turn_cos) = libm::sincosf(turn);
            let disc = angle / REACH * 0.5;
            part.vertex(vertex(
                Vec3::new(sin * turn_cos, sin * turn_sin, cos),
                angle,
                Vec2::new(0.5 + disc * turn_cos, 0.5 - disc * turn_sin),
            ));
        }
    }
    let at = |ring: u32, sector: u32| if ring == 0 { 0 } else { 1 + (ring - 1) * SECTORS + sector % SECTORS };
    for sector in 0..SECTORS {
        part.triangles.push([0, at(1, sector), at(1, sector + 1)]);
        for ring in 1..RINGS {
            part.quad([
                at(ring, sector),
                at(ring + 1, sector),
                at(ring + 1, sector + 1),
                at(ring, sector + 1),
            ]);
        }
    }
    part
}
