//! The small picture of the eyelashes.

use glam::{Vec2, Vec3};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

use super::super::ForgeError;
use super::super::dress::smoothstep;
use super::super::model::Picture;
use super::noise::noise;

/// Lashes on nothing: u along the lid, v from root to tip.
///
/// # Errors
/// When the encoder refuses it.
pub(in crate::forge) fn lashes() -> Result<Picture, ForgeError> {
    const SIDE: u32 = 256;
    const HIGH: u32 = 64;
    let mut bytes = Vec::with_capacity((SIDE * HIGH * 4) as usize);
    for y in 0..HIGH {
        for x in 0..SIDE {
            let place = Vec2::new((x as f32 + 0.5) / SIDE as f32, (y as f32 + 0.5) / HIGH as f32);
            // Each lash leans outwards, ends at its own length and thins towards its tip.
            let lash = place.x * 46.0 - place.y * place.y * 1.1;
            let (index, within) = (libm::floorf(lash), (lash - libm::floorf(lash) - 0.5).abs() * 2.0);
            let length = 0.80 + 0.2 * noise(Vec3::new(index * 1.7, 0.0, 4.0));
            let taper = (1.0 - place.y / length).max(0.0);
            let strand = smoothstep(taper + 0.12, taper - 0.18, within) * smoothstep(0.0, 0.08, taper);
            let root = smoothstep(0.20, 0.06, place.y);
            let alpha = (strand * 0.92).max(root * 0.9).clamp(0.0, 1.0);
            bytes.extend_from_slice(&[14, 10, 9, libm::roundf(alpha * 255.0) as u8]);
        }
    }
    let mut out = Vec::new();
    PngEncoder::new_with_quality(&mut out, CompressionType::Best, FilterType::Adaptive)
        .write_image(&bytes, SIDE, HIGH, ExtendedColorType::Rgba8)
        .map_err(|e| ForgeError::Encode { what: "picture", reason: e.to_string() })?;
    Ok(Picture { name: "Lashes", mime: "image/png", bytes: out })
}
