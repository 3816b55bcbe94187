//! Pictures and how they are sampled.

use super::Universal;
use std::sync::Arc;

/// One picture. Large ones are shared, never copied.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// As the file has it.
    pub name: String,
    /// Columns, at least 1.
    pub width: u32,
    /// Rows, at least 1.
    pub height: u32,
    /// The texels.
    pub data: ImageData,
    /// The same in a form that graphics cards read as it is, where the file has one.
    pub universal: Option<Universal>,
}

/// Texels, top row first; in the very memory in which they were decoded, because copies of large pictures take long.
#[derive(Debug, Clone, PartialEq)]
pub enum ImageData {
    /// `width × height × 4` bytes, straight alpha, encoded as in the file (sRGB or linear by use).
    Rgba8(Arc<Vec<u8>>),
}

/// Filtering of a texture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Filter {
    /// The nearest texel.
    Nearest,
    /// Interpolated.
    #[default]
    Linear,
}

/// What lies outside 0..=1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Wrap {
    /// Starts over.
    #[default]
    Repeat,
    /// Back and forth.
    Mirror,
    /// The border goes on.
    Clamp,
}

/// How a texture is sampled; minification always uses mip maps where `min` is linear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Sampler {
    /// When enlarged.
    pub mag: Filter,
    /// When reduced.
    pub min: Filter,
    /// Horizontally.
    pub wrap_u: Wrap,
    /// Vertically.
    pub wrap_v: Wrap,
}
