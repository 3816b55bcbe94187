//! Materials: the metallic-roughness model of glTF 2.0 (section 3.9) and what extensions add to it.

use super::{Anisotropy, Clearcoat, Iridescence, Sheen, Transmission, Volume};

/// How alpha is used.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum AlphaMode {
    /// Alpha is ignored.
    #[default]
    Opaque,
    /// Fully there at or above the cutoff, else not at all.
    Mask {
        /// 0..=1.
        cutoff: f32,
    },
    /// Composed over what is behind.
    Blend,
}

/// What a material is the surface of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Surface {
    /// Nothing that is shaded otherwise than the material says.
    #[default]
    Plain,
    /// Light goes in and comes out nearby.
    Skin,
    /// Strands.
    Hair,
    /// Wet balls.
    Eye,
    /// Teeth and tongue, which lie in the dark.
    Mouth,
}

impl Surface {
    /// All with the names that files give them.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("plain", Self::Plain),
        ("skin", Self::Skin),
        ("hair", Self::Hair),
        ("eye", Self::Eye),
        ("mouth", Self::Mouth),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, s)| *s == self).map_or("plain", |&(name, _)| name)
    }

    /// By name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(n, _)| *n == name).map(|&(_, surface)| surface)
    }
}

/// How iris and lids of both eyes lie; lengths in radii of the iris.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct EyeShape {
    /// How far above and below the middle the lids are at rest.
    pub lids: [f32; 2],
    /// Of the left eye and the right one: how u and v change with a step to the eye's left, and with one up.
    pub uv_steps: [[f32; 4]; 2],
}

/// A texture as a material uses it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextureRef {
    /// Index into the avatar's images.
    pub image: usize,
    /// How it is sampled.
    pub sampler: super::Sampler,
    /// Which of the primitive's two UV sets: 0 or 1.
    pub uv_set: u8,
    /// `KHR_texture_transform`: offset.
    pub offset: [f32; 2],
    /// `KHR_texture_transform`: rotation, radians.
    pub rotation: f32,
    /// `KHR_texture_transform`: scale.
    pub scale: [f32; 2],
}

/// Of human skin, whose mean free path is some four times as long for red light as for blue (Jimenez et al. 2015).
pub const SKIN_SCATTER: [f32; 3] = [0.36, 0.13, 0.08];

/// What a primitive is made of. Colours are linear.
#[derive(Debug, Clone, PartialEq)]
pub struct Material {
    /// As the file has it.
    pub name: String,
    /// Linear RGBA, multiplied by the texture.
    pub base_color: [f32; 4],
    /// sRGB texture.
    pub base_color_texture: Option<TextureRef>,
    /// 0..=1, multiplied by the texture's blue.
    pub metallic: f32,
    /// 0..=1, multiplied by the texture's green.
    pub roughness: f32,
    /// Linear texture.
    pub metallic_roughness_texture: Option<TextureRef>,
    /// Tangent-space normals.
    pub normal_texture: Option<TextureRef>,
    /// Multiplies the normal texture's x and y.
    pub normal_scale: f32,
    /// Occlusion in red.
    pub occlusion_texture: Option<TextureRef>,
    /// 0..=1.
    pub occlusion_strength: f32,
    /// Linear RGB, `KHR_materials_emissive_strength` multiplied in.
    pub emissive: [f32; 3],
    /// sRGB texture.
    pub emissive_texture: Option<TextureRef>,
    /// How alpha is used.
    pub alpha_mode: AlphaMode,
    /// Both sides are shaded.
    pub is_double_sided: bool,
    /// `KHR_materials_unlit`.
    pub is_unlit: bool,
    /// `KHR_materials_ior`.
    pub ior: f32,
    /// `KHR_materials_specular`: strength, 0..=1.
    pub specular: f32,
    /// What it is the surface of, where that is known.
    pub surface: Surface,
    /// Of skin: how far past the border of light and shade each colour still comes out, 0..=1, linear RGB.
    pub scatter: [f32; 3],
    /// Of an eye whose iris is known.
    pub eye: Option<EyeShape>,
    /// How it is drawn as a cartoon.
    pub toon: Option<super::Toon>,
    /// `KHR_materials_specular`: alpha multiplies the strength.
    pub specular_texture: Option<TextureRef>,
    /// `KHR_materials_specular`: linear RGB of the reflection seen head on, at least 0.
    pub specular_color: [f32; 3],
    /// `KHR_materials_specular`: sRGB texture.
    pub specular_color_texture: Option<TextureRef>,
    /// `KHR_materials_dispersion`: 20 / Abbe number, at least 0.
    pub dispersion: f32,
    /// `KHR_materials_clearcoat`.
    pub clearcoat: Option<Clearcoat>,
    /// `KHR_materials_sheen`.
    pub sheen: Option<Sheen>,
    /// `KHR_materials_transmission`.
    pub transmission: Option<Transmission>,
    /// `KHR_materials_volume`.
    pub volume: Option<Volume>,
    /// `KHR_materials_iridescence`.
    pub iridescence: Option<Iridescence>,
    /// `KHR_materials_anisotropy`.
    pub anisotropy: Option<Anisotropy>,
}

/// glTF's default material.
impl Default for Material {
    fn default() -> Self {
        Self {
            name: String::new(),
            base_color: [1.0; 4],
            base_color_texture: None,
            metallic: 1.0,
            roughness: 1.0,
            metallic_roughness_texture: None,
            normal_texture: None,
            normal_scale: 1.0,
            occlusion_texture: None,
            occlusion_strength: 1.0,
            emissive: [0.0; 3],
            emissive_texture: None,
            alpha_mode: AlphaMode::Opaque,
            is_double_sided: false,
            is_unlit: false,
            ior: 1.5,
            specular: 1.0,
            surface: Surface::Plain,
            scatter: SKIN_SCATTER,
            eye: None,
            toon: None,
            specular_texture: None,
            specular_color: [1.0; 3],
            specular_color_texture: None,
            dispersion: 0.0,
            clearcoat: None,
            sheen: None,
            transmission: None,
            volume: None,
            iridescence: None,
            anisotropy: None,
        }
    }
}
