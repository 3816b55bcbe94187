//! Springs and colliders: what lets hair and cloth sway (`VRMC_springBone` 1.0, `VRMC_springBone_extended_collider` 1.0,
//! VRM 0 `secondaryAnimation`).
//!
//! Data only; it moves nothing.

use glam::Vec3;

/// A chain, or a tree of chains, of swaying joints.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spring {
    /// As the file has it.
    pub name: String,
    /// Ancestors stand before their descendants; a node stands in one spring only.
    pub joints: Vec<SpringJoint>,
    /// What they must not enter, or not leave: indices into the avatar's colliders.
    pub colliders: Vec<usize>,
    /// The node in whose space inertia is felt; `None` is the world.
    pub center: Option<usize>,
}

/// A node that turns so that its tail sways.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpringJoint {
    /// The node that turns.
    pub node: usize,
    /// Where its tail is at rest, in the node's own space; never zero.
    pub tail: Vec3,
    /// The tail's size for collisions, metres, at least 0.
    pub hit_radius: f32,
    /// How strongly it returns to its rest direction, at least 0.
    pub stiffness: f32,
    /// Metres per second, as the simulation's fixed steps have it.
    pub gravity_power: f32,
    /// Where gravity pulls, avatar space.
    pub gravity_dir: Vec3,
    /// The share of its velocity that a step takes away, 0..=1.
    pub drag_force: f32,
}

/// A shape that hangs on a node.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Collider {
    /// The node it moves with.
    pub node: usize,
    /// In the node's own space.
    pub shape: ColliderShape,
}

/// What a collider keeps tails out of, or in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ColliderShape {
    /// A ball.
    Sphere {
        /// Its centre.
        offset: Vec3,
        /// Metres, at least 0.
        radius: f32,
        /// It keeps tails in instead of out.
        is_inside: bool,
    },
    /// All points within `radius` of a line.
    Capsule {
        /// Where the line begins.
        offset: Vec3,
        /// Where it ends.
        tail: Vec3,
        /// Metres, at least 0.
        radius: f32,
        /// It keeps tails in instead of out.
        is_inside: bool,
    },
    /// The half space behind a plane.
    Plane {
        /// A point of the plane.
        offset: Vec3,
        /// Towards where tails may be, a unit vector.
        normal: Vec3,
    },
}
