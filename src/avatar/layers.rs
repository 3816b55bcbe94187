//! What the `KHR_materials_*` extensions add to a material: further layers and ways of light, each with its factors
//! and textures as in the extension of its name. Factors hold where there is no texture and multiply it where there is one.

use super::TextureRef;

/// `KHR_materials_clearcoat`: a clear layer above the rest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clearcoat {
    /// How much of the layer there is, 0..=1.
    pub strength: f32,
    /// Red multiplies the strength.
    pub texture: Option<TextureRef>,
    /// 0..=1.
    pub roughness: f32,
    /// Green multiplies the roughness.
    pub roughness_texture: Option<TextureRef>,
    /// Tangent-space normals of the layer; without it the layer is as smooth as the mesh.
    pub normal_texture: Option<TextureRef>,
    /// Multiplies the normal texture's x and y.
    pub normal_scale: f32,
}

/// `KHR_materials_sheen`: back-scattering of cloth.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheen {
    /// Linear RGB, 0..=1.
    pub color: [f32; 3],
    /// sRGB texture.
    pub color_texture: Option<TextureRef>,
    /// 0..=1.
    pub roughness: f32,
    /// Alpha multiplies the roughness.
    pub roughness_texture: Option<TextureRef>,
}

/// `KHR_materials_transmission`: light that passes through a thin surface.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Transmission {
    /// 0..=1.
    pub strength: f32,
    /// Red multiplies the strength.
    pub texture: Option<TextureRef>,
}

/// `KHR_materials_volume`: what transmitted light passes through.
#[derive(Debug, Clone, PartialEq)]
pub struct Volume {
    /// Below the surface, in the mesh's units; zero is a thin wall.
    pub thickness: f32,
    /// Green multiplies the thickness.
    pub thickness_texture: Option<TextureRef>,
    /// Metres after which white light has the attenuation colour; infinite without attenuation.
    pub attenuation_distance: f32,
    /// Linear RGB, 0..=1.
    pub attenuation_color: [f32; 3],
}

/// `KHR_materials_iridescence`: a thin film.
#[derive(Debug, Clone, PartialEq)]
pub struct Iridescence {
    /// 0..=1.
    pub strength: f32,
    /// Red multiplies the strength.
    pub texture: Option<TextureRef>,
    /// Index of refraction of the film, at least 1.
    pub ior: f32,
    /// Nanometres where the thickness texture's green is 0.
    pub thickness_min_nm: f32,
    /// Nanometres where it is 1, and where there is none.
    pub thickness_max_nm: f32,
    /// Green is between the two.
    pub thickness_texture: Option<TextureRef>,
}

/// `KHR_materials_anisotropy`: a highlight drawn out along a direction.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Anisotropy {
    /// 0..=1.
    pub strength: f32,
    /// Radians, counter-clockwise from the tangent.
    pub rotation: f32,
    /// Red and green are the direction in tangent space, blue multiplies the strength.
    pub texture: Option<TextureRef>,
}
