//! Places on the face that the painter measures from, found on the shaped source mesh.

use glam::Vec3;

use super::super::base::{Base, range};
use super::super::eyes::Ball;

/// The source's vertices at the tip of the nose, where the left wing of the nose meets the cheek, and on the chin.
const NOSE: usize = 297;
pub(in crate::forge) const WING: usize = 11_753;
pub(in crate::forge) const CHIN: usize = 5_162;

/// Where the features of a face are, metres; sides are the avatar's left, the right is mirrored.
#[derive(Debug, Clone, Copy)]
pub(in crate::forge) struct Landmarks {
    /// The corner of the eye beside the nose.
    pub(in crate::forge) canthus_inner: Vec3,
    /// The corner of the eye beside the temple.
    pub(in crate::forge) canthus_outer: Vec3,
    /// The tip of the nose.
    pub(in crate::forge) nose: Vec3,
    /// Where the wing of the nose meets the cheek.
    pub(in crate::forge) wing: Vec3,
    /// The middle of the closed lips.
    pub(in crate::forge) mouth: Vec3,
    /// The corner of the mouth.
    pub(in crate::forge) corner: Vec3,
    /// The foremost point of the chin.
    pub(in crate::forge) chin: Vec3,
    /// The cheek under the middle of the eye, level with the tip of the nose.
    pub(in crate::forge) cheek: Vec3,
}

impl Landmarks {
    /// Finds them; `lips` and `lids` are the rings around mouth and eyes by source vertex.
    pub(in crate::forge) fn find(base: &Base, eye: Ball, mouth: Vec3, lips: &[f32], lids: &[f32]) -> Self {
        let skin = || range::BODY.map(|v| (v, base.positions[v]));
        let most = |points: &mut dyn Iterator<Item = Vec3>, by: &dyn Fn(Vec3) -> f32| {
            points.max_by(|a, b| by(*a).total_cmp(&by(*b))).unwrap_or(mouth)
        };
        let rim = || skin().filter(|(v, p)| lids[*v] == 1.0 && p.x > 0.0).map(|(_, p)| p);
        let at = |vertex: usize| base.positions.get(vertex).copied().unwrap_or(mouth);
        let [nose, wing, chin] = [NOSE, WING, CHIN].map(at);
        let red = skin().filter(|(v, p)| lips[*v] == 6.0 && p.x > 0.0).map(|(_, p)| p);
        let level = |p: &Vec3| p.x > 0.0 && (p.y - nose.y).abs() < 0.006 && p.z > nose.z - 0.09;
        let from = eye.centre.x + 0.008;
        Self {
            canthus_inner: most(&mut rim(), &|p| -p.x),
            canthus_outer: most(&mut rim(), &|p| p.x),
            nose,
            wing,
            mouth,
            corner: most(&mut { red }, &|p| p.x),
            chin,
            cheek: most(&mut skin().map(|(_, p)| p).filter(level), &|p| -(p.x - from).abs()),
        }
    }
}
