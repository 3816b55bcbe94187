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
    let colour = tone(hair);
    let mut sheet = Sheet::new(WIDE, HIGH, colour);
    let pixel = Vec2::new(WIDE as f32, HIGH as f32) / size;
    let shape = Shape { size, ends, thick };
    for n in 0..SHADOWS {
        sheet.draw(&shape.shadow(n, colour, hair.brows).on(pixel), 1..HIGH - 1);
    }
    let count = (130.0 + 150.0 * hair.brows) as u32;
    for n in 0..count {
        let own = 0.80 + 0.45 * chance(n, 64);
        let grey = chance(n, 65) < 0.25 * hair.grey;
        let own = if grey { lerp(colour, GREY, 0.45) } else { scale(colour, own) };
        sheet.draw(&shape.hair(n, count, own, hair.brows).on(pixel), 1..HIGH - 1);
    }
    png("Brows", &sheet.bytes(), WIDE as u32, HIGH as u32)
}

/// Of a hair, and of the soft shadow under the hairs, metres.
const WIDTH: f32 = 0.000_15;
const SHADOW: f32 = 0.001_5;
/// Strokes that the shadow is made of.
const SHADOWS: u32 = 90;
const GREY: Srgb = [0.6; 3];
/// What shines through dark hairs that are as thin.
const WARM: Srgb = [0.24, 0.15, 0.10];

/// The colour of brows: of dark hair a little lighter and warmer, of fair and grey hair darker.
fn tone(hair: &Hair) -> Srgb {
    let light = hair.colour.iter().fold(0.0, |most: f32, c| most.max(*c));
    let fair = smoothstep(0.18, 0.5, light);
    lerp(scale(hair.colour, 0.50 - 0.20 * fair), WARM, 0.22 * (1.0 - 0.6 * fair))
}

/// The brow's outline on the picture, metres.
struct Shape {
    size: Vec2,
    ends: [f32; 2],
    thick: f32,
}

impl Shape {
    /// The place at a share of the way from the nose outwards; `across` is 1 at the upper edge and -1 at the lower one.
    fn at(&self, share: f32, across: f32) -> Vec2 {
        let along = self.ends[0] + (self.ends[1] - self.ends[0]) * share;
        let half = 0.5 * self.thick * thickness(share);
        Vec2::new(along * self.size.x, 0.5 * self.size.y - across * half)
    }

    fn shadow(&self, n: u32, colour: Srgb, dense: f32) -> Stroke {
        let share = 0.04 + 0.84 * (n as f32 + chance(n, 71)) / SHADOWS as f32;
        let across = 1.1 * chance(n, 72) - 0.55;
        Stroke {
            root: self.at(share, across),
            bend: self.at(share + 0.07, across),
            tip: self.at(share + 0.14, across * 0.9),
            width: SHADOW * (0.35 + 0.65 * thickness(share)),
            colour,
            alpha: (0.18 + 0.22 * dense) * smoothstep(0.0, 0.15, share) * smoothstep(0.88, 0.45, share),
        }
    }

    fn hair(&self, n: u32, count: u32, colour: Srgb, dense: f32) -> Stroke {
        let random = |purpose: u32| chance(n, 60 + purpose);
        let evenly = (n as f32 + random(0)) / count as f32;
        // Fewer where the brow narrows, or it would end in a line.
        let share = evenly * (0.62 + 0.38 * evenly);
        let across = 1.9 * random(1) - 1.0;
        // Upright at the nose, lying farther out; the upper ones lean down, the lower ones up.
        let lean = 0.80 * smoothstep(0.20, 0.0, share) + 0.36 * smoothstep(1.0, 0.25, share)
            - across * 0.42 * smoothstep(0.08, 0.45, share)
            + 0.28 * (random(2) - 0.5);
        let (sin, cos) = libm::sincosf(lean);
        let length = (0.0040 + 0.0022 * random(3)) * (1.0 - 0.40 * smoothstep(0.6, 1.0, share));
        let root = self.at(share, across);
        let ahead = Vec2::new(cos, -sin) * length;
        Stroke {
            root,
            bend: root + ahead * 0.5,
            tip: root + ahead + Vec2::new(0.20, 0.12) * length * smoothstep(0.0, 0.3, share),
            width: WIDTH * (0.8 + 0.5 * random(6)),
            colour,
            alpha: (0.36 + 0.30 * dense)
                * (1.0 - 0.92 * smoothstep(0.50, 0.95, share))
                * (0.45 + 0.55 * smoothstep(0.0, 0.20, share)),
        }
    }
}

/// How thick a brow is along its way, as a share of its thickest.
fn thickness(share: f32) -> f32 {
    (0.40 + 0.60 * smoothstep(0.0, 0.34, share)) * (0.22 + 0.78 * smoothstep(1.02, 0.42, share))
}

impl Stroke {
    /// The same in pixels, of which a metre has `pixel`.
    fn on(self, pixel: Vec2) -> Self {
        Self {
            root: self.root * pixel,
            bend: self.bend * pixel,
            tip: self.tip * pixel,
            width: self.width * pixel.x,
            ..self
        }
    }
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
    const LIDS: [(u32, f32, f32); 2] = [(104, 2.5, 0.95), (40, 1.5, 0.5)];
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
