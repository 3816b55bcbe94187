//! What the shaders read, byte for byte: every struct names its WGSL twin, and a test compares their offsets.

use bytemuck::{Pod, Zeroable};

/// The most direct lights of one frame; further ones are left out.
pub const MOST_LIGHTS: usize = 4;

/// Twin of `FrameLight` in common/frame.wgsl.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct FrameLight {
    /// Unit vector towards the light; angular radius in w.
    pub towards: [f32; 4],
    /// Linear RGB; 1 in w where it throws the shadow.
    pub radiance: [f32; 4],
    /// Where it is, where it has a place; one over its range squared in w.
    pub place: [f32; 4],
    /// Along the middle of its cone; the scale of the cosine in w.
    pub along: [f32; 4],
    /// The cosine's offset; three zeros.
    pub cone: [f32; 4],
}

/// Twin of `FrameUniform` in common/frame.wgsl.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct FrameUniform {
    /// Column-major.
    pub clip_from_world: [[f32; 4]; 4],
    /// Its inverse.
    pub world_from_clip: [[f32; 4]; 4],
    /// Texture coordinates and depth of the shadow map.
    pub shadow_from_world: [[f32; 4]; 4],
    /// The camera; exposure in w.
    pub eye: [f32; 4],
    /// Spherical harmonics of the environment; the first three are those about +Y.
    pub harmonics: [[f32; 4]; 9],
    /// Direct lights.
    pub lights: [FrameLight; MOST_LIGHTS],
    /// Backdrop in the middle; floor height in w.
    pub backdrop_center: [f32; 4],
    /// Backdrop in the corners; floor radius in w.
    pub backdrop_rim: [f32; 4],
    /// Actors' x and z, world size of a shadow texel, penumbra in texture coordinates.
    pub ground: [f32; 4],
    /// Pixels.
    pub size: [f32; 2],
    /// Where the attachments begin in the picture, pixels.
    pub origin: [f32; 2],
    /// Pixels of the attachments that belong to the picture.
    pub part_size: [f32; 2],
    /// Pixels of the actors' picture by one of the target's: less than 1 where they are drawn coarser.
    pub scale: [f32; 2],
    /// Within how many metres what hides the surroundings counts; how far off the actors are, metres; how much of
    /// the wall's light comes around them; zero.
    pub occlusion: [f32; 4],
    /// How much wider the edge of a shadow is, texture coordinates, for a gap of 1 in the map's depth; three zeros.
    pub shadow_cone: [f32; 4],
    /// How dark the corners are, how strong the grain is, the grain's seed, the share of light that the lens spreads.
    pub film: [f32; 4],
}

/// Twin of `DefocusUniform` in `defocus.wgsl`.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct DefocusUniform {
    /// Of the view volume, metres.
    pub near: f32,
    /// Of the view volume, metres.
    pub far: f32,
    /// In focus, along the camera's axis, metres.
    pub distance: f32,
    /// The radius of what an infinitely far point becomes, pixels of the picture.
    pub reach: f32,
    /// No circle is larger, pixels of the picture.
    pub most: f32,
    /// Pixels of half the size along a tile's side.
    pub tile: f32,
    /// Zero.
    pub unused: [f32; 2],
    /// Evenly over a disc of radius 1, two each.
    pub taps: [[f32; 4]; 24],
}

/// Twin of `ShadowUniform` in `shadow_depth.wgsl`.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct ShadowUniform {
    /// Column-major.
    pub clip_from_world: [[f32; 4]; 4],
}

/// Twin of `MaterialUniform` in common/material.wgsl.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct MaterialUniform {
    /// Linear RGBA.
    pub base_color: [f32; 4],
    /// Linear RGB.
    pub emissive: [f32; 4],
    /// What the dielectric part reflects seen head on, RGB, and at its outline.
    pub specular: [f32; 4],
    /// 0..=1.
    pub metallic: f32,
    /// 0..=1, perceptual.
    pub roughness: f32,
    /// Multiplies the normal map's x and y.
    pub normal_scale: f32,
    /// 0..=1.
    pub occlusion_strength: f32,
    /// 0..=1.
    pub alpha_cutoff: f32,
    /// Bit n: texture n uses the second UV set.
    pub uv_sets: u32,
    /// Of an eye: how far above and below the middle the lids are, radii of the iris. Of a mouth: how open it is, 0..=1.
    pub detail: [f32; 2],
    /// Of skin: how far past the terminator light comes out, RGB.
    pub scatter: [f32; 4],
    /// Of an eye: how u and v change with a step of a radius of the iris to the left and up, for the left eye and the right.
    pub eye_steps: [[f32; 4]; 2],
    /// Two rows for each of the five textures.
    pub uv_rows: [[f32; 4]; 10],
}

/// Twin of `ToonUniform` in common/toon.wgsl.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct ToonUniform {
    /// Linear RGB.
    pub shade_color: [f32; 4],
    /// Linear RGB.
    pub matcap_factor: [f32; 4],
    /// Linear RGB.
    pub rim_color: [f32; 4],
    /// Linear RGB.
    pub outline_color: [f32; 4],
    /// Moves the border of light and shade.
    pub shading_shift: f32,
    /// Multiplies the texture that adds to it.
    pub shading_shift_scale: f32,
    /// Sharpness of the border, 0..=1.
    pub shading_toony: f32,
    /// How even the light of the surroundings is, 0..=1.
    pub gi_equalization: f32,
    /// How much of the light colours the rim, 0..=1.
    pub rim_lighting_mix: f32,
    /// Not negative.
    pub rim_fresnel_power: f32,
    /// Added to the fresnel.
    pub rim_lift: f32,
    /// How much of the surface colours the outline, 0..=1.
    pub outline_lighting_mix: f32,
    /// Metres.
    pub outline_world: f32,
    /// Shares of the picture's height.
    pub outline_screen: f32,
    /// Radians that the texture coordinates have turned.
    pub turn: f32,
    /// Bit n: texture n uses the second UV set.
    pub uv_sets: u32,
    /// How far the texture coordinates have moved.
    pub scroll: [f32; 2],
    /// Zero.
    pub unused: [f32; 2],
    /// Two rows for each texture but the matcap.
    pub uv_rows: [[f32; 4]; 10],
}

/// Twin of `LayerUniform` in common/layers.wgsl.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct LayerUniform {
    /// What RGB light loses in a metre, natural logarithm.
    pub absorption: [f32; 4],
    /// Linear RGB.
    pub sheen_color: [f32; 4],
    /// What the dielectric part reflects seen head on, unbounded RGB; strength in w.
    pub specular: [f32; 4],
    /// 0..=1.
    pub sheen_roughness: f32,
    /// 0..=1.
    pub clearcoat: f32,
    /// 0..=1.
    pub clearcoat_roughness: f32,
    /// Multiplies the normal map's x and y.
    pub clearcoat_normal_scale: f32,
    /// 0..=1.
    pub iridescence: f32,
    /// Of the film, at least 1.
    pub iridescence_ior: f32,
    /// Nanometres.
    pub iridescence_thinnest: f32,
    /// Nanometres.
    pub iridescence_thickest: f32,
    /// 0..=1.
    pub anisotropy: f32,
    /// Cosine of the turn away from the tangent.
    pub anisotropy_cos: f32,
    /// Its sine.
    pub anisotropy_sin: f32,
    /// 0..=1.
    pub transmission: f32,
    /// Metres.
    pub thickness: f32,
    /// Index of refraction.
    pub ior: f32,
    /// 20 / Abbe number.
    pub dispersion: f32,
    /// Bit n: slot n uses the second UV set.
    pub uv_sets: u32,
    /// Two rows for each slot.
    pub uv_rows: [[f32; 4]; 12],
}

/// Twin of `DeformVertex` in deform.wgsl.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct DeformVertex {
    /// Metres, mesh space.
    pub position: [f32; 3],
    /// Index of its part.
    pub part: u32,
    /// Unit length.
    pub normal: [f32; 3],
    /// Zero.
    pub unused: u32,
    /// Handedness in w; all zero where there is none.
    pub tangent: [f32; 4],
    /// Eight joints of 16 bits.
    pub joints: [u32; 4],
    /// Of the first four.
    pub weights_a: [f32; 4],
    /// Of the last four.
    pub weights_b: [f32; 4],
}

/// Twin of `DeformedVertex` in deform.wgsl; also the first vertex buffer of the passes that draw.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Default, Pod, Zeroable)]
pub struct DeformedVertex {
    /// Metres, world space.
    pub position: [f32; 3],
    /// Unit length.
    pub normal: [f32; 3],
    /// Handedness in w; all zero but w where there is none.
    pub tangent: [f32; 4],
}

/// What never changes of a vertex: the second vertex buffer of the passes that draw.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct SurfaceVertex {
    /// `TEXCOORD_0`.
    pub uv0: [f32; 2],
    /// `TEXCOORD_1`.
    pub uv1: [f32; 2],
    /// Linear RGBA, 0..=65535.
    pub color: [u16; 4],
}

/// One overlay: the instance buffer of overlay.wgsl.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct OverlayInstance {
    /// Left, top, width, height as fractions of the picture.
    pub rect: [f32; 4],
    /// As the target takes it, straight alpha.
    pub color: [f32; 4],
}
