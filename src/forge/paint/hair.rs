//! The hair's picture: fine strands that run along v.

use glam::Vec3;

use super::super::ForgeError;
use super::super::model::Picture;
use super::super::person::Srgb;
use super::noise::noise;
use super::{Canvas, scale};

const SIDE: u32 = 256;

/// Strands in shades of `hair`.
pub(in crate::forge) fn strands(hair: Srgb) -> Result<Picture, ForgeError> {
    let mut canvas = Canvas::new(SIDE, hair);
    canvas.fill(|place| {
        let across = place.x * 256.0;
        let along = place.y * 6.0;
        let shade = noise(Vec3::new(across * 0.06, along * 0.5, 1.0)) * 0.22
            + noise(Vec3::new(across * 0.22, along * 0.7, 5.0)) * 0.24
            + noise(Vec3::new(across * 0.55, along, 9.0)) * 0.2;
        scale(hair, 1.12 + shade)
    });
    canvas.jpeg("Hair", 82)
}
