//! The frame: all that a renderer needs for one picture, and the only thing that passes from time to pixels.

use crate::avatar::{Material, Toon};
use crate::stage::{Backdrop, Camera, Environment, Light, Look, Overlay};
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
    /// How light becomes the picture.
    pub look: Look,
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
    /// How long materials have been moving that move by themselves, seconds.
    pub material_secs: f64,
    /// How open the mouth is, 0..=1: how much light reaches teeth and tongue.
    pub mouth_open: f32,
}

/// A material, changed by expressions: colours in place of its own, linear.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MaterialOverride {
    /// Index into the avatar's materials.
    pub material: usize,
    /// RGBA.
    pub base_color: [f32; 4],
    /// RGB.
    pub emissive: [f32; 3],
    /// RGB; of a toon material only, as are the next three.
    pub shade_color: [f32; 3],
    /// RGB.
    pub matcap_factor: [f32; 3],
    /// RGB.
    pub rim_color: [f32; 3],
    /// RGB.
    pub outline_color: [f32; 3],
    /// How much of each texture's own offset and scale stays.
    pub uv_keep: f32,
    /// Added to what stays of each texture's offset.
    pub uv_offset: [f32; 2],
    /// Added to what stays of each texture's scale.
    pub uv_scale: [f32; 2],
}

impl MaterialOverride {
    /// One that changes nothing of `material`, number `index`.
    pub fn unchanged(index: usize, material: &Material) -> Self {
        let toon = material.toon.as_ref();
        let of_toon = |color: fn(&Toon) -> [f32; 3]| toon.map_or([0.0; 3], color);
        Self {
            material: index,
            base_color: material.base_color,
            emissive: material.emissive,
            shade_color: of_toon(|t| t.shade_color),
            matcap_factor: of_toon(|t| t.matcap_factor),
            rim_color: of_toon(|t| t.rim_color),
            outline_color: of_toon(|t| t.outline.color),
            uv_keep: 1.0,
            uv_offset: [0.0; 2],
            uv_scale: [0.0; 2],
        }
    }
}
