//! Pictures of more than 8 bits a channel: PNG of 16 bits, and linear light as `OpenEXR`; written whole or not at all.

use super::Metadata;
use crate::render::LightPicture;
use exr::prelude::{
    AttributeValue, Encoding, Image, Layer, LayerAttributes, SpecificChannels, Text, Vec2, WritableImage, f16,
};
use std::io;
use std::path::{Path, PathBuf};

/// The disk, the folder or the picture's size refused.
#[derive(Debug, thiserror::Error)]
#[error("{path} cannot be written: {reason}")]
pub struct DeepError {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub reason: String,
}

/// Writes `light` that a tone mapper has fitted into 0..=1 as a PNG of 16-bit sRGB codes and straight alpha.
///
/// # Errors
/// [`DeepError`].
pub fn write_png16(path: &Path, light: &LightPicture, metadata: &Metadata) -> Result<(), DeepError> {
    let write = || -> io::Result<()> {
        let bytes = encode_png16(light, metadata).map_err(io::Error::other)?;
        crate::host::write_whole(path, &bytes)
    };
    write().map_err(|error| DeepError { path: path.to_owned(), reason: error.to_string() })
}

fn encode_png16(light: &LightPicture, metadata: &Metadata) -> Result<Vec<u8>, png::EncodingError> {
    let mut codes = Vec::with_capacity(light.rgba.len() * 2);
    for pixel in light.rgba.as_chunks::<4>().0 {
        let [r, g, b, alpha] = pixel.map(f32::from);
        let straight = |c: f32| if alpha > 0.0 { encode_srgb((c / alpha).clamp(0.0, 1.0)) } else { 0.0 };
        for value in [straight(r), straight(g), straight(b), alpha.clamp(0.0, 1.0)] {
            codes.extend(((value * 65535.0 + 0.5) as u16).to_be_bytes());
        }
    }
    super::png::encode(&codes, (light.width, light.height), png::BitDepth::Sixteen, metadata)
}

/// IEC 61966-2-1, 0..=1.
fn encode_srgb(linear: f32) -> f32 {
    if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * libm::powf(linear, 1.0 / 2.4) - 0.055 }
}

/// Writes `light` as `OpenEXR`: half floats of linear sRGB primaries, multiplied by alpha, with `metadata` as attributes.
///
/// # Errors
/// [`DeepError`].
pub fn write_exr(path: &Path, light: &LightPicture, metadata: &Metadata) -> Result<(), DeepError> {
    let failed = |reason: String| DeepError { path: path.to_owned(), reason };
    let width = light.width as usize;
    let pixels = light.rgba.as_chunks::<4>().0;
    let channels = SpecificChannels::rgba(|at: Vec2<usize>| {
        let [r, g, b, a] = pixels.get(at.y() * width + at.x()).copied().unwrap_or([f16::ZERO; 4]);
        (r, g, b, a)
    });
    let software_name = Some(concat!("Rhetor ", env!("CARGO_PKG_VERSION")).into());
    let mut attributes = LayerAttributes { software_name, ..LayerAttributes::default() };
    let said = [("disclosure", &metadata.disclosure)].into_iter().filter(|(_, text)| !text.is_empty());
    let entries = metadata.entries.iter().map(|(keyword, text)| (keyword.as_str(), text));
    for (keyword, text) in said.chain(entries) {
        let (Some(keyword), Some(text)) =
            (Text::new_or_none(keyword.to_lowercase()), Text::new_or_none(text))
        else {
            continue;
        };
        attributes.other.insert(keyword, AttributeValue::Text(text));
    }
    let size = Vec2(width, light.height as usize);
    let image = Image::from_layer(Layer::new(size, attributes, Encoding::FAST_LOSSLESS, channels));
    let mut bytes = io::Cursor::new(Vec::new());
    image.write().to_buffered(&mut bytes).map_err(|error| failed(error.to_string()))?;
    crate::host::write_whole(path, bytes.get_ref()).map_err(|error| failed(error.to_string()))
}
