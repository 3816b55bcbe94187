//! `EXT_texture_webp`: textures whose image is WebP. The image itself is read like PNG and JPEG.

/// As files name it.
pub(in crate::import) const NAME: &str = "EXT_texture_webp";
