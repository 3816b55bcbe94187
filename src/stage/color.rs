//! The sRGB transfer function (IEC 61966-2-1).

/// Linear 0..=1 from an sRGB-encoded component 0..=1.
pub fn linear_from_srgb(encoded: f32) -> f32 {
    if encoded <= 0.040_45 { encoded / 12.92 } else { libm::powf((encoded + 0.055) / 1.055, 2.4) }
}

/// An sRGB-encoded component 0..=1 from linear 0..=1.
pub fn srgb_from_linear(linear: f32) -> f32 {
    if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * libm::powf(linear, 1.0 / 2.4) - 0.055 }
}
