//! The pictures inside the mouth: teeth with gums, and the tongue.

use glam::Vec3;

use super::super::ForgeError;
use super::super::dress::smoothstep;
use super::super::model::Picture;
use super::super::person::Srgb;
use super::face::Face;
use super::noise::noise;
use super::{Canvas, lerp, scale};

/// Enamel at the edge and at the gum.
const ENAMEL: [Srgb; 2] = [[0.98, 0.955, 0.92], [0.965, 0.925, 0.87]];
/// Enamel of the last teeth, in the shade of the cheeks, and from which tooth on it is so.
const BEHIND: Srgb = [0.24, 0.12, 0.11];
const BEHIND_FROM: [f32; 2] = [1.8, 4.2];
/// How much darker teeth are where they meet, and at their gum.
const SEAM: f32 = 0.16;
const UNDER_LIP: f32 = 0.42;
/// Gums where they are thin, and where blood shows.
const GUM: [Srgb; 2] = [[0.92, 0.58, 0.56], [0.76, 0.36, 0.36]];
/// Teeth of one jaw.
const TEETH: f32 = 14.0;

/// Above, a column for each tooth from the right to the left, gum to edge downwards. Below, the gums, outside to inside.
///
/// # Errors
/// When the encoder refuses it.
pub(in crate::forge) fn teeth() -> Result<Picture, ForgeError> {
    let mut canvas = Canvas::new(512, GUM[0]);
    canvas.fill(|place| {
        if place.y < 0.53 {
            enamel((place.x - 0.5) * TEETH, place.y * 2.0)
        } else {
            gum(place.x, (place.y - 0.56) / 0.43)
        }
    });
    canvas.jpeg("Teeth", 84)
}

/// `count` is teeth from the middle, `height` is 0 at the gum and 1 at the edge.
fn enamel(count: f32, height: f32) -> Srgb {
    let from_middle = count.abs();
    // 0 at the middle of a tooth, 1 where it meets the next.
    let aside = ((from_middle - libm::floorf(from_middle)) - 0.5).abs() * 2.0;
    let colour = lerp(ENAMEL[1], ENAMEL[0], smoothstep(0.0, 0.6, height));
    // What stands further back, or under the lip, has only the light that comes through.
    let deep = smoothstep(BEHIND_FROM[0], BEHIND_FROM[1], from_middle);
    let seam = SEAM * smoothstep(0.84, 1.0, aside);
    let root = UNDER_LIP * smoothstep(0.8, 0.2, height);
    scale(lerp(colour, BEHIND, deep), (1.0 - seam) * (1.0 - root))
}

/// `across` runs along the arch, `inward` from the vestibule (0) over the margin (half) to the palate (1).
fn gum(across: f32, inward: f32) -> Srgb {
    let margin = smoothstep(0.28, 0.05, (inward - 0.5).abs());
    let grain = noise(Vec3::new(across * 90.0, inward * 26.0, 2.0)) * 0.05
        + noise(Vec3::new(across * 260.0, inward * 70.0, 3.0)) * 0.03;
    let colour = lerp(GUM[1], GUM[0], 0.25 + 0.6 * margin + grain);
    let deep = smoothstep(0.30, 0.0, inward).max(smoothstep(0.6, 1.0, inward) * 0.6);
    let aside = smoothstep(0.10, 0.24, (across - 0.5).abs());
    scale(colour, (1.0 - 0.35 * deep) * (1.0 - 0.7 * aside))
}

/// The tongue from above, tip at the top.
///
/// # Errors
/// When the encoder refuses it.
pub(in crate::forge) fn tongue() -> Result<Picture, ForgeError> {
    const TIP: Srgb = [0.88, 0.49, 0.47];
    const COAT: Srgb = [0.84, 0.50, 0.47];
    let mut canvas = Canvas::new(256, TIP);
    canvas.fill(|place| {
        let (x, back) = ((place.x - 0.5) * 2.0, place.y);
        let papillae = noise(Vec3::new(place.x * 42.0, place.y * 70.0, 1.0)).max(0.0);
        let patches = noise(Vec3::new(place.x * 7.0, place.y * 9.0, 4.0));
        let coat = smoothstep(0.20, 0.5, back) * smoothstep(0.85, 0.35, x.abs()) * (0.7 + 0.3 * patches);
        let furrow = libm::expf(-(x * x) / 0.004) * smoothstep(0.14, 0.3, back);
        let colour = lerp(TIP, COAT, coat);
        scale(
            colour,
            (1.0 - 0.09 * papillae) * (1.0 - 0.03 * furrow) * (1.0 - 0.72 * smoothstep(0.14, 0.62, back)),
        )
    });
    canvas.jpeg("Tongue", 82)
}

/// The lining at `place`: like the inner lips in front, lost in the dark of the throat behind.
pub(super) fn lining(face: &Face, place: Vec3) -> Srgb {
    const FLESH: Srgb = [0.66, 0.24, 0.24];
    const THROAT: Srgb = [0.30, 0.06, 0.07];
    let deep = face.marks.mouth.z - place.z;
    let flesh = lerp(scale(face.person.skin.lips, 0.8), FLESH, smoothstep(0.002, 0.012, deep));
    let grain = 1.0 + 0.08 * noise(place * 300.0) + 0.05 * noise(place * 900.0);
    scale(lerp(flesh, THROAT, smoothstep(0.020, 0.065, deep)), grain)
}
