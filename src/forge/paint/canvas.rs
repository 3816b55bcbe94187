//! A picture that is painted triangle by triangle in texture space.

use glam::Vec2;
use image::ExtendedColorType;
use image::ImageEncoder;
use image::codecs::jpeg::JpegEncoder;

use super::super::ForgeError;
use super::super::model::Picture;
use super::super::person::Srgb;

/// How far beyond a triangle's edge paint runs, in pixels, so that filtering never reaches bare canvas.
const BLEED: f32 = 3.0;

/// Square, in sRGB.
pub(in crate::forge) struct Canvas {
    side: u32,
    pixels: Vec<Srgb>,
}

impl Canvas {
    /// All in one colour.
    pub(in crate::forge) fn new(side: u32, colour: Srgb) -> Self {
        Self { side, pixels: vec![colour; (side * side) as usize] }
    }

    /// Paints every pixel by its place, 0..=1 from the upper left corner.
    pub(in crate::forge) fn fill(&mut self, paint: impl Fn(Vec2) -> Srgb) {
        let side = self.side;
        for (index, pixel) in self.pixels.iter_mut().enumerate() {
            let (x, y) = (index as u32 % side, index as u32 / side);
            *pixel = paint((Vec2::new(x as f32, y as f32) + 0.5) / side as f32);
        }
    }

    /// Paints the triangle with corners at `corners` (0..=1); `paint` gets the barycentric shares of the corners.
    /// With `bleed` the paint runs over the edges.
    pub(in crate::forge) fn triangle(
        &mut self,
        corners: [Vec2; 3],
        bleed: bool,
        paint: impl Fn([f32; 3]) -> Srgb,
    ) {
        let [a, b, c] = corners.map(|corner| corner * self.side as f32);
        let area = (b - a).perp_dot(c - a);
        if area.abs() < 1e-6 {
            return;
        }
        let margin = if bleed { BLEED } else { 0.0 };
        let low = a.min(b).min(c) - margin;
        let high = a.max(b).max(c) + margin;
        let end = (self.side - 1) as f32;
        let heights =
            [(c - b).length(), (a - c).length(), (b - a).length()].map(|edge| margin * edge / area.abs());
        for y in low.y.clamp(0.0, end) as u32..=high.y.clamp(0.0, end) as u32 {
            for x in low.x.clamp(0.0, end) as u32..=high.x.clamp(0.0, end) as u32 {
                let p = Vec2::new(x as f32 + 0.5, y as f32 + 0.5);
                let shares = [(b - p).perp_dot(c - p), (c - p).perp_dot(a - p), (a - p).perp_dot(b - p)]
                    .map(|s| s / area);
                if shares.iter().zip(heights).all(|(share, reach)| *share >= -reach - 1e-4) {
                    let index = (y * self.side + x) as usize;
                    if let Some(pixel) = self.pixels.get_mut(index) {
                        *pixel = paint(shares);
                    }
                }
            }
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
            .write_image(&bytes, self.side, self.side, ExtendedColorType::Rgb8)
            .map_err(|e| ForgeError::Encode { what: "picture", reason: e.to_string() })?;
        Ok(Picture { name, mime: "image/jpeg", bytes: out })
    }
}
