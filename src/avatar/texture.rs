//! Pictures and how they are sampled.

use super::{Texels, Universal};

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
    pub texels: Texels,
    /// The same in a form that graphics cards read as it is, where the file has one.
    pub universal: Option<Universal>,
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
