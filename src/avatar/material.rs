//! Materials: the metallic-roughness model of glTF 2.0 (section 3.9) and what extensions add to it.

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

/// A texture as a material uses it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextureRef {
    /// Index into the avatar's images.
    pub image: usize,
    /// How it is sampled.
    pub sampler: super::Sampler,
    /// Which of the primitive's UV sets: 0 or 1.
    pub uv_set: u8,
    /// `KHR_texture_transform`: offset.
    pub offset: [f32; 2],
    /// `KHR_texture_transform`: rotation, radians.
    pub rotation: f32,
    /// `KHR_texture_transform`: scale.
    pub scale: [f32; 2],
}

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
    /// How it is drawn as a cartoon.
    pub toon: Option<super::Toon>,
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
            toon: None,
        }
    }
}
