//! Pictures of brows and lashes, hair by hair.

use glam::Vec2;

use super::super::ForgeError;
use super::super::dress::smoothstep;
use super::super::hair::chance;
use super::super::model::Picture;
use super::super::person::{Hair, Srgb};
use super::png::png;
use super::stroke::{Sheet, Stroke};
use super::{lerp, scale};

/// The brow's picture: u from the nose outwards, v from above the brow to below it.
///
/// `size` is the size of what wears it, metres; `thick` how thick the brow is at its thickest, metres.
///
/// # Errors
/// When the encoder refuses it.
pub(in crate::forge) fn brows(
    hair: &Hair,
    size: Vec2,
    ends: [f32; 2],
    thick: f32,
) -> Result<Picture, ForgeError> {
    const WIDE: usize = 512;
    const HIGH: usize = 160;
    /// Of a hair, metres.
    const WIDTH: f32 = 0.000_13;
    let dark = scale(hair.colour, 0.95);
    let mut sheet = Sheet::new(WIDE, HIGH, dark);
    let pixel = Vec2::new(WIDE as f32, HIGH as f32) / size;
    let count = (220.0 + 280.0 * hair.brows) as u32;
    for n in 0..count {
        let random = |purpose: u32| chance(n, 60 + purpose);
        let share = (n as f32 + random(0)) / count as f32;
        // From edge to edge, 1 above and -1 below.
        let across = 2.0 * random(1) - 1.0;
        let half = 0.5 * thick * thickness(share);
        let at = Vec2::new((ends[0] + (ends[1] - ends[0]) * share) * size.x, 0.5 * size.y - across * half);
        // Upright at the nose, lying farther out; the upper ones lean down, the lower ones up.
        let lean = 0.95 * smoothstep(0.26, 0.0, share) + 0.42 * smoothstep(1.0, 0.3, share)
            - across * 0.40 * smoothstep(0.1, 0.5, share)
            + 0.35 * (random(2) - 0.5);
        let (sin, cos) = libm::sincosf(lean);
        let length = (0.0052 + 0.0026 * random(3))
            * (1.0 - 0.35 * smoothstep(0.6, 1.0, share))
            * (0.62 + 0.38 * smoothstep(0.0, 0.2, share));
        let ahead = Vec2::new(cos, -sin) * length;
        let tip = at + ahead + Vec2::new(0.18, 0.10) * length * smoothstep(0.0, 0.3, share);
        let own = 0.8 + 0.5 * random(4);
        let grey = random(5) < 0.6 * hair.grey;
        let colour = if grey { lerp(dark, [0.6; 3], 0.6) } else { scale(dark, own) };
        let stroke = Stroke {
            root: at * pixel,
            bend: (at + ahead * 0.5) * pixel,
            tip: tip * pixel,
            width: WIDTH * pixel.x * (0.8 + 0.5 * random(6)),
            colour,
            // Where the brow narrows its hairs crowd; thinner ones keep it from ending in a black line.
            alpha: (0.42 + 0.40 * hair.brows) * (1.0 - 0.45 * smoothstep(0.6, 1.0, share)),
        };
        sheet.draw(&stroke, 1..HIGH - 1);
    }
    png("Brows", &sheet.bytes(), WIDE as u32, HIGH as u32)
}

/// How thick a brow is along its way, as a share of its thickest.
fn thickness(share: f32) -> f32 {
    (0.55 + 0.45 * smoothstep(0.0, 0.22, share)) * (0.18 + 0.82 * smoothstep(1.04, 0.48, share))
}

/// Lashes: u along the lid from the nose outwards; the upper half of the picture holds the upper lid's from root to tip,
/// the lower half the lower lid's.
///
/// # Errors
/// When the encoder refuses it.
pub(in crate::forge) fn lashes() -> Result<Picture, ForgeError> {
    const WIDE: usize = 512;
    const HIGH: usize = 128;
    const HALF: f32 = HIGH as f32 * 0.5;
    const COLOUR: Srgb = [0.055, 0.04, 0.035];
    /// Lashes of a lid, their width in pixels, and how dense they look.
    const LIDS: [(u32, f32, f32); 2] = [(104, 2.5, 0.95), (54, 1.7, 0.7)];
    let mut sheet = Sheet::new(WIDE, HIGH, COLOUR);
    for (lid, (count, width, alpha)) in LIDS.into_iter().enumerate() {
        let top = lid as f32 * HALF;
        for n in 0..count {
            let random = |purpose: u32| chance(n + 500 * lid as u32, 80 + purpose);
            let u = (n as f32 + 0.2 + 0.6 * random(0)) / count as f32;
            // Tips come together by threes.
            let tuft = (libm::floorf(u * count as f32 / 3.0) + 0.5) * 3.0 / count as f32;
            let length = (0.58 + 0.42 * random(1)) * (HALF - 4.0);
            let x = u * (WIDE as f32 - 8.0) + 4.0;
            let tip = x + 0.6 * (tuft - u) * WIDE as f32 + 9.0 * (random(2) - 0.5);
            let root = Vec2::new(x, top + 1.0);
            let stroke = Stroke {
                root,
                bend: Vec2::new(x + 2.0 * (random(3) - 0.5), top + length * 0.5),
                tip: Vec2::new(tip, top + length),
                width: width * (0.8 + 0.4 * random(4)),
                colour: COLOUR,
                alpha,
            };
            let rows = if lid == 0 { 0..HIGH / 2 - 2 } else { HIGH / 2 + 1..HIGH - 2 };
            sheet.draw(&stroke, rows);
        }
    }
    png("Lashes", &sheet.bytes(), WIDE as u32, HIGH as u32)
}
