//! A picture while it is painted.

use glam::Vec2;
use image::ExtendedColorType;
use image::ImageEncoder;
use image::codecs::jpeg::JpegEncoder;

use super::super::ForgeError;
use super::super::model::Picture;
use super::super::person::Srgb;

/// In sRGB.
pub(in crate::forge) struct Canvas {
    /// Columns and rows.
    size: [u32; 2],
    pixels: Vec<Srgb>,
}

impl Canvas {
    /// A square, all in one colour.
    pub(in crate::forge) fn new(side: u32, colour: Srgb) -> Self {
        Self::sized([side, side], colour)
    }

    /// So many columns and rows, all in one colour.
    pub(in crate::forge) fn sized(size: [u32; 2], colour: Srgb) -> Self {
        Self { size, pixels: vec![colour; (size[0] * size[1]) as usize] }
    }

    /// A square from pixels, row by row.
    pub(in crate::forge) fn of(side: u32, pixels: Vec<Srgb>) -> Self {
        Self { size: [side, side], pixels }
    }

    /// Paints every pixel by its place, 0..=1 from the upper left corner.
    pub(in crate::forge) fn fill(&mut self, paint: impl Fn(Vec2) -> Srgb) {
        let [columns, rows] = self.size;
        for (index, pixel) in self.pixels.iter_mut().enumerate() {
            let (x, y) = (index as u32 % columns, index as u32 / columns);
            *pixel = paint((Vec2::new(x as f32, y as f32) + 0.5) / Vec2::new(columns as f32, rows as f32));
        }
    }

    /// As a JPEG.
    ///
    /// # Errors
    /// When the encoder refuses it.
    pub(in crate::forge) fn jpeg(&self, name: &'static str, quality: u8) -> Result<Picture, ForgeError> {
        let bytes: Vec<u8> =
            self.pixels.iter().flatten().map(|c| libm::roundf(c.clamp(0.0, 1.0) * 255.0) as u8).collect();
        let mut out = Vec::new();
        JpegEncoder::new_with_quality(&mut out, quality)
            .write_image(&bytes, self.size[0], self.size[1], ExtendedColorType::Rgb8)
            .map_err(|e| ForgeError::Encode { what: "picture", reason: e.to_string() })?;
        Ok(Picture { name, mime: "image/jpeg", bytes: out })
    }
}
