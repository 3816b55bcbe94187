//! PNG files with metadata, written whole or not at all.

use crate::render::Picture;
use std::io;
use std::path::{Path, PathBuf};

/// What a picture says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// The sentence that says the picture is generated; empty for none.
    pub disclosure: String,
    /// Further pairs of keyword (1–79 Latin letters) and text.
    pub entries: Vec<(String, String)>,
}

/// Why a PNG could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// The disk or the folder refused.
    #[error("{path} cannot be written: {source}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is not there or not readable.
    #[error("{path} cannot be read: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The bytes are no PNG picture that can be compared.
    #[error("{path} is not an 8-bit RGB or RGBA PNG: {reason}")]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

/// `picture` as the bytes of a PNG file: 8-bit sRGB RGBA, with `metadata` as international text.
///
/// # Errors
/// Only if the picture's bytes do not fit its size.
pub fn encode_png(picture: &Picture, metadata: &Metadata) -> Result<Vec<u8>, png::EncodingError> {
    encode(&picture.rgba, (picture.width, picture.height), png::BitDepth::Eight, metadata)
}

/// sRGB codes with straight alpha, most significant byte first.
pub(super) fn encode(
    codes: &[u8],
    (width, height): (u32, u32),
    depth: png::BitDepth,
    metadata: &Metadata,
) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(depth);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    encoder.set_compression(png::Compression::Fast);
    encoder.add_text_chunk("Software".into(), concat!("Rhetor ", env!("CARGO_PKG_VERSION")).into())?;
    if !metadata.disclosure.is_empty() {
        encoder.add_itxt_chunk("Disclosure".into(), metadata.disclosure.clone())?;
    }
    for (keyword, text) in &metadata.entries {
        encoder.add_itxt_chunk(keyword.clone(), text.clone())?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(codes)?;
    writer.finish()?;
    Ok(bytes)
}

/// Writes `picture` to `path`, replacing what is there only when all of it is on the disk.
///
/// # Errors
/// [`PngError::Write`].
pub fn write_png(path: &Path, picture: &Picture, metadata: &Metadata) -> Result<(), PngError> {
    let write = || -> io::Result<()> {
        let bytes = encode_png(picture, metadata).map_err(io::Error::other)?;
        crate::host::write_whole(path, &bytes)
    };
    write().map_err(|source| PngError::Write { path: path.to_owned(), source })
}

/// Reads an 8-bit RGB or RGBA PNG.
///
/// # Errors
/// [`PngError::Read`] and [`PngError::Format`].
pub fn read_png(path: &Path) -> Result<Picture, PngError> {
    let bytes = std::fs::read(path).map_err(|source| PngError::Read { path: path.to_owned(), source })?;
    let format =
        |reason: &dyn ToString| PngError::Format { path: path.to_owned(), reason: reason.to_string() };
    let limits = png::Limits { bytes: 1 << 30 };
    let decoder = png::Decoder::new_with_limits(io::Cursor::new(bytes), limits);
    let mut reader = decoder.read_info().map_err(|e| format(&e))?;
    let size = reader.output_buffer_size().ok_or_else(|| format(&"too large"))?;
    let mut data = vec![0; size];
    let info = reader.next_frame(&mut data).map_err(|e| format(&e))?;
    if info.bit_depth != png::BitDepth::Eight {
        return Err(format(&"its depth is not 8 bits"));
    }
    data.truncate(info.buffer_size());
    let rgba = match info.color_type {
        png::ColorType::Rgba => data,
        png::ColorType::Rgb => {
            let (pixels, _) = data.as_chunks::<3>();
            pixels.iter().flat_map(|&[r, g, b]| [r, g, b, 255]).collect()
        }
        other => return Err(format(&format_args!("its colour type is {other:?}"))),
    };
    Ok(Picture { width: info.width, height: info.height, rgba })
}
