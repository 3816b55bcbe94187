//! The small pictures of the mouth: teeth with gums.

use glam::Vec3;

use super::super::ForgeError;
use super::super::dress::smoothstep;
use super::super::model::Picture;
use super::super::person::Srgb;
use super::noise::noise;
use super::{Canvas, lerp, scale};

/// Teeth: u around the arch, v from the edge to the gums.
pub(in crate::forge) fn teeth() -> Result<Picture, ForgeError> {
    const GUM: Srgb = [0.62, 0.30, 0.30];
    let mut canvas = Canvas::new(256, GUM);
    canvas.fill(|place| {
        // Sixteen teeth share the half circle; those in front look wider.
        let tooth = (place.x - 0.5) * 17.0;
        let within = (tooth - libm::floorf(tooth) - 0.5).abs() * 2.0;
        let enamel = lerp([0.93, 0.91, 0.86], [0.84, 0.79, 0.70], smoothstep(0.1, 0.7, place.y));
        let molar = smoothstep(0.16, 0.34, (place.x - 0.5).abs());
        let gap = smoothstep(0.80, 1.0, within);
        let enamel = scale(enamel, (1.0 - 0.35 * gap) * (1.0 - 0.45 * molar));
        let line = 0.66 - 0.10 * (1.0 - within * within);
        let gum =
            scale(GUM, 1.0 - 0.3 * molar + 0.06 * noise(Vec3::new(place.x * 60.0, place.y * 30.0, 0.0)));
        lerp(enamel, gum, smoothstep(line + 0.12, line + 0.20, place.y))
    });
    canvas.jpeg("Teeth", 85)
}
