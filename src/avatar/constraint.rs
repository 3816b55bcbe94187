//! Node constraints: nodes whose rotation follows another's (`VRMC_node_constraint` 1.0).
//!
//! Data only; it moves nothing.

use glam::Vec3;

/// A node whose rotation follows a source's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Constraint {
    /// The node that follows.
    pub node: usize,
    /// The node it follows, never itself.
    pub source: usize,
    /// How.
    pub kind: ConstraintKind,
    /// From the rest rotation (0) to the constrained one (1).
    pub weight: f32,
}

/// How a node follows its source.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ConstraintKind {
    /// It takes the source's turn about this axis of its own, a unit vector.
    Roll(Vec3),
    /// It points this axis of its own, a unit vector, at the source.
    Aim(Vec3),
    /// It takes the source's turn from rest, each in its own space.
    Rotation,
}
