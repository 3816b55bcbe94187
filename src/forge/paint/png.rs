//! Pictures with transparency.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

use super::super::ForgeError;
use super::super::model::Picture;

/// Encodes RGBA `bytes`, row by row.
///
/// # Errors
/// When the encoder refuses it.
pub(super) fn png(name: &'static str, bytes: &[u8], wide: u32, high: u32) -> Result<Picture, ForgeError> {
    let mut out = Vec::new();
    PngEncoder::new_with_quality(&mut out, CompressionType::Best, FilterType::Adaptive)
        .write_image(bytes, wide, high, ExtendedColorType::Rgba8)
        .map_err(|e| ForgeError::Encode { what: "picture", reason: e.to_string() })?;
    Ok(Picture { name, mime: "image/png", bytes: out })
}
