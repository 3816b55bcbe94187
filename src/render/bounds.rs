//! Boxes around what moves: a box for each joint's vertices at bind time, carried along by the joint.

use crate::avatar::{Influences, Primitive};
use glam::{Mat4, Vec3};

/// An axis-aligned box; empty while `min` exceeds `max`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    /// The lowest corner.
    pub(super) min: Vec3,
    /// The highest corner.
    pub(super) max: Vec3,
}

impl Bounds {
    /// Around nothing.
    pub(super) const EMPTY: Self = Self { min: Vec3::INFINITY, max: Vec3::NEG_INFINITY };

    /// Nothing inside.
    pub(super) fn is_empty(&self) -> bool {
        !(self.min.cmple(self.max).all() && self.min.is_finite() && self.max.is_finite())
    }

    /// Grown to hold `point`.
    pub(super) fn include(&mut self, point: Vec3) {
        self.min = self.min.min(point);
        self.max = self.max.max(point);
    }

    /// Grown to hold `other`.
    pub(super) fn merge(&mut self, other: &Self) {
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
    }

    /// The eight corners.
    pub(super) fn corners(&self) -> [Vec3; 8] {
        std::array::from_fn(|i| {
            let pick = |bit: usize, low: f32, high: f32| if i >> bit & 1 == 0 { low } else { high };
            Vec3::new(
                pick(0, self.min.x, self.max.x),
                pick(1, self.min.y, self.max.y),
                pick(2, self.min.z, self.max.z),
            )
        })
    }

    /// The middle.
    pub(super) fn center(&self) -> Vec3 {
        (self.min + self.max) * 0.5
    }

    /// Around the box moved by `matrix`.
    pub(super) fn transformed(&self, matrix: &Mat4) -> Self {
        let mut out = Self::EMPTY;
        if !self.is_empty() {
            for corner in self.corners() {
                out.include(matrix.transform_point3(corner));
            }
        }
        out
    }

    /// Wholly outside one side of the view volume of `clip_from_world`.
    pub(super) fn is_outside(&self, clip_from_world: &Mat4) -> bool {
        if self.is_empty() {
            return true;
        }
        let corners = self.corners().map(|c| *clip_from_world * c.extend(1.0));
        corners.iter().all(|c| c.x < -c.w)
            || corners.iter().all(|c| c.x > c.w)
            || corners.iter().all(|c| c.y < -c.w)
            || corners.iter().all(|c| c.y > c.w)
            || corners.iter().all(|c| c.z < 0.0)
            || corners.iter().all(|c| c.z > c.w)
    }
}

/// For each palette entry with vertices its box, mesh space.
pub(super) fn per_joint(primitive: &Primitive, joint_count: usize, is_skinned: bool) -> Vec<(usize, Bounds)> {
    let mut boxes = vec![Bounds::EMPTY; joint_count + 1];
    let spare = Influences::default();
    for (i, position) in primitive.positions.iter().enumerate() {
        let position = Vec3::from(*position);
        let influences = if is_skinned { primitive.influences.get(i).unwrap_or(&spare) } else { &spare };
        let mut is_held = false;
        for (joint, weight) in influences.joints.iter().zip(influences.weights) {
            if weight > 0.0 {
                is_held = true;
                if let Some(held) = boxes.get_mut(usize::from(*joint)) {
                    held.include(position);
                }
            }
        }
        if !is_held {
            boxes[joint_count].include(position);
        }
    }
    // Morphs reach a little beyond.
    for bounds in &mut boxes {
        if !bounds.is_empty() {
            let margin = (bounds.max - bounds.min).max_element() * 0.02;
            bounds.min -= margin;
            bounds.max += margin;
        }
    }
    boxes.into_iter().enumerate().filter(|(_, b)| !b.is_empty()).collect()
}
