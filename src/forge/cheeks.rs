//! The cheeks: hollowed and filled by speech, raised by smiling.

use std::collections::BTreeMap;

use glam::Vec3;

use super::base::{Base, range};
use super::lips::Lips;
use super::part::source_normals;

/// A rounded part of the cheek, as seen from the corner of the mouth; metres.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cheek {
    /// How far its middle is outwards and upwards.
    pub(super) place: [f32; 2],
    /// How far it reaches.
    pub(super) size: f32,
}

/// Beside the teeth.
pub(super) const HOLLOW: Cheek = Cheek { place: [0.014, 0.004], size: 0.017 };
/// Under the eye, what a smile makes round.
pub(super) const APPLE: Cheek = Cheek { place: [0.013, 0.026], size: 0.017 };

impl Cheek {
    /// Adds to `moved` what moves this part of both cheeks outwards by `out` and upwards by `up`, metres.
    pub(super) fn swell(
        self,
        base: &Base,
        lips: &Lips,
        [out, up]: [f32; 2],
        side: impl Fn(f32) -> f32,
        moved: &mut BTreeMap<u32, Vec3>,
    ) {
        let normals = source_normals(base, &base.positions);
        let middle = lips.middle(base);
        let corner = lips.half_width(base);
        for vertex in range::BODY {
            let p = base.positions[vertex];
            let from = Vec3::new(p.x.abs() - corner - self.place[0], p.y - middle.y - self.place[1], 0.0);
            let share = libm::expf(-from.length_squared() / (self.size * self.size)) * side(p.x);
            // Only the outside of the face: not its lining, nor the back of the head.
            let is_outside = p.z > middle.z - 0.06 && normals[vertex].z > 0.0;
            if is_outside && share > 0.02 {
                *moved.entry(vertex as u32).or_default() += (normals[vertex] * out + Vec3::Y * up) * share;
            }
        }
    }
}
