//! The frame: all that a renderer needs for one picture, and the only thing that passes from time to pixels.

use crate::stage::{Backdrop, Camera, Environment, Light, Overlay};
use glam::Mat4;

/// One picture as data.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Who is seen.
    pub actors: Vec<Actor>,
    /// From where.
    pub camera: Camera,
    /// Direct lights.
    pub lights: Vec<Light>,
    /// Light from everywhere else.
    pub environment: Environment,
    /// What is behind.
    pub backdrop: Backdrop,
    /// Drawn over the picture, in order.
    pub overlays: Vec<Overlay>,
    /// Multiplies linear colour before tone mapping.
    pub exposure: f32,
}

/// One avatar in one pose.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Actor {
    /// Which of the avatars that were uploaded, in order.
    pub avatar: usize,
    /// For every node of the avatar, placement included.
    pub world_from_node: Vec<Mat4>,
    /// For every node, the weights of its mesh's morph targets; empty for nodes without any.
    pub morph_weights: Vec<Vec<f32>>,
    /// Changes to materials.
    pub material_overrides: Vec<MaterialOverride>,
}

/// A material's colour, changed by an expression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MaterialOverride {
    /// Index into the avatar's materials.
    pub material: usize,
    /// Linear RGBA in place of the material's own.
    pub base_color: [f32; 4],
    /// Linear RGB in place of the material's own.
    pub emissive: [f32; 3],
}
