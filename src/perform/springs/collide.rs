//! Collisions of tails with colliders (`VRMC_springBone` 1.0, "Collision with colliders", and the appendix of
//! `VRMC_springBone_extended_collider` 1.0).

use crate::avatar::{Collider, ColliderShape};
use glam::{Affine3A, Vec3};

/// Passes of a picture's collisions, and how near two of them are when they are done, metres. The simulation itself
/// makes one pass a step.
const PASSES: usize = 12;
const NEAR: f32 = 1e-5;

/// A collider placed on the stage.
#[derive(Debug, Clone, Copy)]
pub(super) enum Placed {
    Round { from: Vec3, along: Vec3, radius: f32, is_inside: bool },
    Plane { offset: Vec3, normal: Vec3 },
}

impl Placed {
    pub(super) fn new(collider: &Collider, world_from_node: &Affine3A) -> Self {
        let at = |point: Vec3| world_from_node.transform_point3(point);
        // A radius grows with its node.
        let size = world_from_node.matrix3.x_axis.length();
        match collider.shape {
            ColliderShape::Sphere { offset, radius, is_inside } => {
                Self::Round { from: at(offset), along: Vec3::ZERO, radius: radius * size, is_inside }
            }
            ColliderShape::Capsule { offset, tail, radius, is_inside } => Self::Round {
                from: at(offset),
                along: at(tail) - at(offset),
                radius: radius * size,
                is_inside,
            },
            ColliderShape::Plane { offset, normal } => {
                let turned = world_from_node.matrix3.inverse().transpose() * normal;
                Self::Plane { offset: at(offset), normal: turned.normalize_or(Vec3::Y) }
            }
        }
    }

    /// The way out, and how far a ball of `radius` at `point` is from touching; negative inside.
    fn distance(&self, point: Vec3, hit_radius: f32) -> (Vec3, f32) {
        match *self {
            Self::Plane { offset, normal } => (normal, normal.dot(point - offset) - hit_radius),
            Self::Round { from, along, radius, is_inside } => {
                let delta = point - from;
                let length_squared = along.length_squared();
                let share = if length_squared > 0.0 { along.dot(delta) / length_squared } else { 0.0 };
                let delta = delta - along * share.clamp(0.0, 1.0);
                let (direction, distance) = (delta.normalize_or(Vec3::Y), delta.length());
                if is_inside {
                    (-direction, radius - hit_radius - distance)
                } else {
                    (direction, distance - radius - hit_radius)
                }
            }
        }
    }
}

/// A tail that may not enter colliders and keeps its distance from its head.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bone {
    pub(super) head: Vec3,
    pub(super) length: f32,
    pub(super) hit_radius: f32,
    /// Where the tail is when nothing says it.
    pub(super) rest_direction: Vec3,
}

impl Bone {
    /// `tail` at the bone's length from its head, pushed out of each collider in turn.
    pub(super) fn settle(&self, tail: Vec3, colliders: impl Iterator<Item = Placed>) -> Vec3 {
        let mut tail = self.at_length(tail);
        for collider in colliders {
            let (direction, distance) = collider.distance(tail, self.hit_radius);
            if distance < 0.0 {
                tail = self.at_length(tail - direction * distance);
            }
        }
        tail
    }

    /// Like [`Self::settle`], again and again until the length's constraint takes nothing back, or nearly so.
    pub(super) fn settle_fully(&self, tail: Vec3, colliders: impl Iterator<Item = Placed> + Clone) -> Vec3 {
        let mut tail = self.at_length(tail);
        for _ in 0..PASSES {
            let settled = self.settle(tail, colliders.clone());
            if settled.distance_squared(tail) < NEAR * NEAR {
                return settled;
            }
            tail = settled;
        }
        tail
    }

    fn at_length(&self, tail: Vec3) -> Vec3 {
        self.head + (tail - self.head).normalize_or(self.rest_direction) * self.length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(shape: ColliderShape) -> Placed {
        Placed::new(&Collider { node: 0, shape }, &Affine3A::from_translation(Vec3::X))
    }

    #[test]
    fn distances_are_those_of_the_specification() {
        let sphere = |is_inside| placed(ColliderShape::Sphere { offset: Vec3::Y, radius: 0.5, is_inside });
        let point = Vec3::new(1.0, 2.0, 0.0);
        assert_eq!(sphere(false).distance(point, 0.1), (Vec3::Y, 0.4));
        assert_eq!(sphere(true).distance(point, 0.1), (Vec3::NEG_Y, -0.6));
        let capsule = placed(ColliderShape::Capsule {
            offset: Vec3::ZERO,
            tail: Vec3::Y,
            radius: 0.25,
            is_inside: false,
        });
        for (point, way, distance) in [
            (Vec3::new(2.0, 0.5, 0.0), Vec3::X, 0.75),
            (Vec3::new(1.0, -1.0, 0.0), Vec3::NEG_Y, 0.75),
            (Vec3::new(1.0, 1.5, 0.0), Vec3::Y, 0.25),
        ] {
            assert_eq!(capsule.distance(point, 0.0), (way, distance));
        }
        let plane = placed(ColliderShape::Plane { offset: Vec3::new(0.0, 0.5, 0.0), normal: Vec3::Y });
        assert_eq!(plane.distance(Vec3::ZERO, 0.25), (Vec3::Y, -0.75));
    }
}
