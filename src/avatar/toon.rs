//! Toon materials: the parameters of `MToon`, for a renderer that shades them so.
//!
//! Source: `VRMC_materials_mtoon-1.0`. Base colour, normal map, emission, alpha and sides stay in the material.

use super::TextureRef;

/// What a toon material adds to its material. Colours are linear.
#[derive(Debug, Clone, PartialEq)]
pub struct Toon {
    /// In place of the base colour where no light falls.
    pub shade_color: [f32; 3],
    /// Multiplies the shade colour; sRGB.
    pub shade_texture: Option<TextureRef>,
    /// Moves the border of light and shade, −1..=1; towards 1 more is lit.
    pub shading_shift: f32,
    /// Added to the shift, red times scale; linear.
    pub shading_shift_texture: Option<(TextureRef, f32)>,
    /// The sharpness of that border, 0..=1.
    pub shading_toony: f32,
    /// How even the light of the surroundings is made, 0..=1.
    pub gi_equalization: f32,
    /// Multiplies the matcap.
    pub matcap_factor: [f32; 3],
    /// Added, by the normal as the camera sees it; sRGB.
    pub matcap_texture: Option<TextureRef>,
    /// Of the parametric rim.
    pub rim_color: [f32; 3],
    /// Multiplies rim and matcap; sRGB.
    pub rim_texture: Option<TextureRef>,
    /// How much of the light colours the rim, 0..=1.
    pub rim_lighting_mix: f32,
    /// The rim's sharpness, not negative.
    pub rim_fresnel_power: f32,
    /// Added to the rim's fresnel.
    pub rim_lift: f32,
    /// The line around the shape.
    pub outline: Outline,
    /// How texture coordinates move.
    pub uv_animation: UvAnimation,
    /// Blended, and yet hides what lies behind it.
    pub is_transparent_with_z_write: bool,
    /// Among blended materials the smaller is drawn first, −9..=9.
    pub render_queue_offset: i32,
}

/// The line around a toon material's shape.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// How its width is meant.
    pub width_mode: OutlineWidth,
    /// Metres, or a share of the picture's height.
    pub width: f32,
    /// Multiplies the width, green; linear.
    pub width_texture: Option<TextureRef>,
    /// Its colour.
    pub color: [f32; 3],
    /// How much of the shaded surface colours it, 0..=1.
    pub lighting_mix: f32,
}

/// What an outline's width is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OutlineWidth {
    /// There is no outline.
    #[default]
    None,
    /// Metres.
    World,
    /// Shares of the picture's height.
    Screen,
}

/// How a toon material's texture coordinates move with time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UvAnimation {
    /// Multiplies the movement, blue; linear.
    pub mask_texture: Option<TextureRef>,
    /// Each second.
    pub scroll: [f32; 2],
    /// Radians each second.
    pub rotation: f32,
}

/// The extension's defaults.
impl Default for Toon {
    fn default() -> Self {
        Self {
            shade_color: [0.0; 3],
            shade_texture: None,
            shading_shift: 0.0,
            shading_shift_texture: None,
            shading_toony: 0.9,
            gi_equalization: 0.9,
            matcap_factor: [1.0; 3],
            matcap_texture: None,
            rim_color: [0.0; 3],
            rim_texture: None,
            rim_lighting_mix: 1.0,
            rim_fresnel_power: 5.0,
            rim_lift: 0.0,
            outline: Outline {
                width_mode: OutlineWidth::None,
                width: 0.0,
                width_texture: None,
                color: [0.0; 3],
                lighting_mix: 1.0,
            },
            uv_animation: UvAnimation::default(),
            is_transparent_with_z_write: false,
            render_queue_offset: 0,
        }
    }
}
