//! The picture of a mass of hair: strands from root (top) to tip, in clumps side by side.

use glam::Vec3;

use super::super::ForgeError;
use super::super::dress::smoothstep;
use super::super::hair::chance;
use super::super::model::Picture;
use super::super::person::{Hair, Srgb};
use super::noise::noise;
use super::{Canvas, lerp, scale};

/// Columns and rows: strands are fine across and long.
const SIZE: [u32; 2] = [1024, 320];
const QUALITY: u8 = 74;
const GREY: Srgb = [0.70, 0.69, 0.68];
/// Light that went through coloured hair is this much warmer.
const WARM: Srgb = [1.02, 1.0, 0.97];
/// How often strands of four sizes lie side by side, and how much they count.
const STRANDS: [(f32, f32); 4] = [(70.0, 0.08), (240.0, 0.16), (560.0, 0.40), (900.0, 0.36)];
/// How often ridges of three sizes lie side by side, and how high they stand against the width of a pixel.
const RIDGES: [(f32, f32); 3] = [(90.0, 1.3), (260.0, 0.65), (640.0, 0.35)];
/// How much of the scalp shows between the roots, and up to where, as a share of the picture.
const SCALP: (f32, f32) = (0.26, 0.0022);
/// How far strands wander to their sides on the way, as a share of the picture.
const WANDER: f32 = 0.0025;

/// Hair in `clumps`.
///
/// # Errors
/// When the encoder refuses it.
pub(in crate::forge) fn mass(hair: &Hair, skin: Srgb, clumps: usize) -> Result<Picture, ForgeError> {
    let mut canvas = Canvas::sized(SIZE, hair.colour);
    let light = hair.colour.iter().fold(0.0, |most: f32, c| most.max(*c));
    let dull = hair.colour.iter().fold(1.0, |least: f32, c| least.min(*c));
    let vivid = smoothstep(0.05, 0.35, (light - dull) / light.max(0.01));
    // Dark hair shows its strands by what shines; fair hair would lose its colour.
    let lift = 1.30 - 0.30 * smoothstep(0.2, 0.6, light);
    canvas.fill(|p| {
        let inner = smoothstep(0.0, 0.03, p.x.min(1.0 - p.x));
        let strands = strands(p.x, p.y);
        let clump = p.x * clumps as f32;
        let (number, within) = (libm::floorf(clump), clump - libm::floorf(clump));
        let tone = 0.07 * (chance(number as u32, 71) - 0.5);
        let valley = smoothstep(0.0, 0.2, within) * smoothstep(1.0, 0.86, within);
        let hung = smoothstep(0.05, 0.4, p.y);
        let root = 0.74 + 0.26 * smoothstep(0.0, 0.16, p.y);
        let sun = 0.07 * smoothstep(0.2, 0.75, p.y + 0.12 * noise(Vec3::new(p.x * 60.0, p.y * 2.0, 3.0)));
        let shade = root * (1.0 + tone + sun + 0.21 * strands) * (1.0 - 0.12 * (1.0 - valley) * hung * inner);
        let colour = lerp(hair.colour, GREY, white(hair.grey, p.x, p.y));
        let warm = vivid * smoothstep(0.0, 0.6, strands + sun);
        let colour = [0, 1, 2].map(|i| colour[i] * (1.0 + (WARM[i] - 1.0) * warm));
        let between = 0.6 + 0.4 * smoothstep(0.25, -0.25, strands);
        let parting = SCALP.0 * between * smoothstep(SCALP.1, 0.3 * SCALP.1, p.y);
        lerp(scale(colour, lift * shade), skin, parting)
    });
    canvas.jpeg("Hair mass", QUALITY)
}

/// How its strands stand out, as normals in the picture's space (glTF 2.0, 3.9.3).
///
/// # Errors
/// When the encoder refuses it.
pub(in crate::forge) fn mass_relief() -> Result<Picture, ForgeError> {
    const STEP: f32 = 0.5 / SIZE[0] as f32;
    let mut canvas = Canvas::sized(SIZE, [0.5, 0.5, 1.0]);
    canvas.fill(|p| {
        let rise = ridges(p.x + STEP, p.y) - ridges(p.x - STEP, p.y);
        (Vec3::new(-rise, 0.0, 1.0).normalize() * 0.5 + 0.5).to_array()
    });
    canvas.jpeg("Hair relief", QUALITY)
}

/// How high strands and the locks that they lie in stand, against the width of a pixel.
fn ridges(x: f32, y: f32) -> f32 {
    let x = x + WANDER * noise(Vec3::new(x * 48.0, y * 3.0, 9.0));
    RIDGES.iter().map(|(often, high)| high * noise(Vec3::new(x * often, y * 2.0 + often, 17.0))).sum()
}

/// How white the strand at a place of the picture is when so many are grey, 0..=1.
fn white(grey: f32, x: f32, y: f32) -> f32 {
    let own = noise(Vec3::new(x * 620.0, y * 1.5, 21.0));
    0.36 * smoothstep(-0.8, 0.8, own + 2.0 * grey - 1.1) * smoothstep(0.0, 0.2, grey)
}

/// How light strands are at a place of the picture, about -1..=1.
fn strands(x: f32, y: f32) -> f32 {
    let x = x + WANDER * noise(Vec3::new(x * 48.0, y * 3.0, 9.0));
    STRANDS.iter().map(|(often, much)| much * noise(Vec3::new(x * often, y * 2.5 + often, 5.0))).sum()
}
