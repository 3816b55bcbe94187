//! A picture of all directions, read from a Radiance (`.hdr`) or an `OpenEXR` (`.exr`) file.
//!
//! It never opens a file, and keeps no more of a picture than light needs.

use crate::diagnostic::Diagnostic;
use glam::Vec3;
use image::{ImageFormat, ImageReader, Limits};
use sha2::{Digest, Sha256};
use std::io::Cursor;

/// What is kept: columns and rows.
const KEPT: (u32, u32) = (256, 128);
/// The most columns or rows of a file.
const MOST_SIDE: u32 = 8192;
/// The most memory a file's picture may need while it is read.
const MOST_BYTES: u64 = 1 << 30;
/// No texel is brighter: the most a half float holds, with room for a sum.
const BRIGHTEST: f32 = 60_000.0;

/// Linear light from all directions: longitude across, latitude down.
#[derive(Clone)]
pub struct Panorama {
    width: u32,
    height: u32,
    texels: Vec<Vec3>,
    /// Of size and texels: what tells one from another.
    digest: [u8; 32],
}

impl std::fmt::Debug for Panorama {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Panorama({}x{})", self.width, self.height)
    }
}

impl PartialEq for Panorama {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest
    }
}

impl Panorama {
    /// From `width` × `height` texels, rows from above. A larger one is made smaller, each texel the mean of what it covers; what
    /// is no light (negative, not a number) is dark. `None` where there are not as many texels, or none.
    pub fn new(width: u32, height: u32, texels: &[Vec3]) -> Option<Self> {
        if width == 0 || height == 0 || texels.len() != width as usize * height as usize {
            return None;
        }
        let (columns, rows) = (width.min(KEPT.0), height.min(KEPT.1));
        let span = |n: u32, of: u32, all: u32| {
            let edge = |n: u32| (u64::from(n) * u64::from(all) / u64::from(of)) as usize;
            edge(n)..edge(n + 1)
        };
        let light = |v: Vec3| {
            let channel = |c: f32| if c.is_finite() { c.clamp(0.0, BRIGHTEST) } else { 0.0 };
            Vec3::new(channel(v.x), channel(v.y), channel(v.z))
        };
        let mean = |column: u32, row: u32| {
            let mut sum = Vec3::ZERO;
            let (across, down) = (span(column, columns, width), span(row, rows, height));
            let count = across.len() * down.len();
            for y in down {
                let line = texels.get(y * width as usize..(y + 1) * width as usize).unwrap_or_default();
                sum += line.get(across.clone()).unwrap_or_default().iter().map(|&v| light(v)).sum::<Vec3>();
            }
            sum / count.max(1) as f32
        };
        let kept: Vec<Vec3> = (0..rows)
            .flat_map(|row| (0..columns).map(move |column| (column, row)))
            .map(|(x, y)| mean(x, y))
            .collect();
        let mut hash = Sha256::new();
        hash.update(columns.to_le_bytes());
        hash.update(bytemuck::cast_slice::<Vec3, u8>(&kept));
        Some(Self { width: columns, height: rows, texels: kept, digest: hash.finalize().into() })
    }

    /// Reads the bytes of the file called `name`, whichever of the two formats they are.
    ///
    /// # Errors
    /// Another format, a broken or an oversized file.
    pub fn read(bytes: &[u8], name: &str) -> Result<Self, Diagnostic> {
        let format = match bytes {
            [b'#', b'?', ..] => ImageFormat::Hdr,
            [0x76, 0x2f, 0x31, 0x01, ..] => ImageFormat::OpenExr,
            _ => {
                return Err(Diagnostic::error(name, "this is neither a Radiance nor an OpenEXR picture")
                    .help("an environment is an .hdr or .exr file, twice as wide as high"));
            }
        };
        let broken = |what: &dyn std::fmt::Display| {
            Diagnostic::error(name, format!("the picture cannot be read: {what}"))
                .help("save it again as .hdr, or as .exr with the channels R, G and B")
        };
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        let mut limits = Limits::default();
        limits.max_image_width = Some(MOST_SIDE);
        limits.max_image_height = Some(MOST_SIDE);
        limits.max_alloc = Some(MOST_BYTES);
        reader.limits(limits);
        let picture = reader.decode().map_err(|error| broken(&error))?.into_rgb32f();
        let (width, height) = picture.dimensions();
        if width > MOST_SIDE || height > MOST_SIDE {
            return Err(broken(&format!("{width} × {height} is more than {MOST_SIDE} texels a side")));
        }
        let texels: Vec<Vec3> = picture.pixels().map(|p| Vec3::from(p.0)).collect();
        Self::new(width, height, &texels).ok_or_else(|| broken(&"it is empty"))
    }

    /// Linear RGB from the unit vector `direction`. The middle of the picture lies towards −Z, behind somebody who faces +Z; its
    /// right half towards +X.
    pub fn at(&self, direction: Vec3) -> Vec3 {
        let around = libm::atan2f(direction.x, -direction.z) / std::f32::consts::TAU + 0.5;
        let down = libm::acosf(direction.y.clamp(-1.0, 1.0)) / std::f32::consts::PI;
        let x = around * self.width as f32 - 0.5;
        let y = (down * self.height as f32 - 0.5).clamp(0.0, self.height as f32 - 1.0);
        let (column, row) = (libm::floorf(x), libm::floorf(y));
        let (right, below) = (x - column, y - row);
        let texel = |dx: i32, dy: i32| {
            let column = (column as i32 + dx).rem_euclid(self.width as i32) as usize;
            let row = (row as i32 + dy).clamp(0, self.height as i32 - 1) as usize;
            self.texels.get(row * self.width as usize + column).copied().unwrap_or_default()
        };
        let above = texel(0, 0).lerp(texel(1, 0), right);
        above.lerp(texel(0, 1).lerp(texel(1, 1), right), below)
    }

    /// The mean over all directions.
    pub fn mean(&self) -> Vec3 {
        let (mut sum, mut share) = (Vec3::ZERO, 0.0);
        for (row, line) in self.texels.chunks(self.width as usize).enumerate() {
            let weight = libm::sinf((row as f32 + 0.5) / self.height as f32 * std::f32::consts::PI);
            sum += line.iter().sum::<Vec3>() * weight;
            share += weight * line.len() as f32;
        }
        sum / share.max(1e-6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn left_is_left_and_above_is_above() {
        let mut texels = vec![Vec3::ZERO; 8 * 4];
        texels[8 + 1] = Vec3::X;
        texels[8 + 6] = Vec3::Y;
        texels[3] = Vec3::Z;
        let panorama = Panorama::new(8, 4, &texels).unwrap();
        // Column 1 of 8 is 112.5° to the left of the middle, which is behind.
        let seen = |x: f32, y: f32, z: f32| panorama.at(Vec3::new(x, y, z).normalize_or_zero());
        assert!(seen(-0.92, 0.4, 0.38).x > 0.7, "{}", seen(-0.92, 0.4, 0.38));
        assert!(seen(0.92, 0.4, 0.38).y > 0.7);
        assert!(seen(-0.1, 0.92, -0.25).z > 0.5);
        assert!(seen(0.0, -1.0, 0.0).length() < 1e-6);
    }

    #[test]
    fn a_smaller_picture_has_as_much_light() {
        let texels: Vec<Vec3> =
            (0..1000 * 500).map(|n| Vec3::splat(if n % 1000 == 700 { 50.0 } else { 0.1 })).collect();
        let panorama = Panorama::new(1000, 500, &texels).unwrap();
        let wanted = (50.0 + 0.1 * 999.0) / 1000.0;
        assert!((panorama.mean().x / wanted - 1.0).abs() < 0.01, "{} {wanted}", panorama.mean());
        assert_eq!(Panorama::new(3, 3, &texels[..8]), None);
        let odd = Panorama::new(1, 1, &[Vec3::new(f32::NAN, -1.0, f32::INFINITY)]).unwrap();
        assert_eq!(odd.mean(), Vec3::ZERO);
    }
}
