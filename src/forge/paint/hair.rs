//! The hair's picture: tufts of single strands side by side, which the locks' ribbons wear from root (top) to tip.

use super::super::ForgeError;
use super::super::dress::smoothstep;
use super::super::hair::chance;
use super::super::model::Picture;
use super::super::person::{Hair, Srgb};
use super::png::png;
use super::{lerp, scale};

/// How many tufts the picture holds beside each other.
pub(in crate::forge) const TUFTS: usize = TABLE.len();

/// Pixels of a tuft.
const WIDE: usize = 96;
const HIGH: usize = 384;
/// Pixels at each side of a tuft that stay bare, so that coarser mip levels do not take from its neighbour.
const MARGIN: f32 = 3.0;
const GREY: Srgb = [0.70, 0.69, 0.68];
/// Colours are rounded to this many steps: the picture packs better.
const STEPS: f32 = 64.0;

/// A tuft of strands; places along it are 0 at the root and 1 at the tip.
struct Tuft {
    strands: u32,
    /// Of a strand, pixels.
    width: f32,
    /// Between which places strands begin.
    begin: [f32; 2],
    /// Between which places strands end.
    end: [f32; 2],
    /// How far strands come together towards the tip.
    gather: f32,
    /// Of the whole tuft.
    shade: f32,
}

const fn tuft(strands: u32, width: f32, begin: [f32; 2], end: [f32; 2], gather: f32, shade: f32) -> Tuft {
    Tuft { strands, width, begin, end, gather, shade }
}

/// Three full tufts in three shades, two thinner ones, a wisp, fine short hair, and the ground under all of them.
const TABLE: [Tuft; 8] = [
    tuft(170, 2.4, [0.0, 0.16], [0.80, 1.0], 0.35, 1.0),
    tuft(150, 2.4, [0.0, 0.18], [0.74, 1.0], 0.45, 1.18),
    tuft(150, 2.4, [0.0, 0.16], [0.76, 1.0], 0.40, 0.88),
    tuft(64, 2.1, [0.0, 0.20], [0.62, 1.0], 0.50, 1.08),
    tuft(48, 2.0, [0.0, 0.22], [0.60, 1.0], 0.35, 0.92),
    tuft(17, 1.7, [0.0, 0.20], [0.55, 1.0], 0.40, 1.05),
    tuft(14, 1.5, [0.0, 0.10], [0.35, 1.0], 0.10, 0.95),
    tuft(300, 2.6, [0.38, 0.97], [1.4, 1.4], 0.0, 0.94),
];

/// Full tufts.
pub(in crate::forge) const FULL: [usize; 3] = [0, 1, 2];
/// Thinner tufts.
pub(in crate::forge) const THIN: [usize; 2] = [3, 4];
/// A few strands.
pub(in crate::forge) const WISP: usize = 5;
/// Short fine hair.
pub(in crate::forge) const FINE: usize = 6;
/// What covers the scalp: sparse at its border (top), whole farther in.
pub(in crate::forge) const GROUND: usize = 7;

/// How a style changes what the table says, as shares of it.
#[derive(Debug, Clone, Copy)]
pub(in crate::forge) struct Weave {
    /// How far strands come together towards their tips.
    pub(in crate::forge) gather: f32,
    /// How light the ground is.
    pub(in crate::forge) ground: f32,
    /// How far the ground's strands curl to their sides, pixels.
    pub(in crate::forge) curl: f32,
}

/// Strands of `hair`.
///
/// # Errors
/// When the encoder refuses it.
pub(in crate::forge) fn strands(hair: &Hair, weave: Weave) -> Result<Picture, ForgeError> {
    let mut pixels = vec![(hair.colour, 0.0_f32); WIDE * TUFTS * HIGH];
    for (index, tuft) in TABLE.iter().enumerate() {
        for strand in 0..tuft.strands {
            draw(&mut pixels, index, tuft, strand, hair, weave);
        }
    }
    let byte =
        |c: f32, steps: f32| libm::roundf(libm::roundf(c.clamp(0.0, 1.0) * steps) * 255.0 / steps) as u8;
    let bytes: Vec<u8> = pixels
        .iter()
        .flat_map(|(c, alpha)| {
            [byte(c[0], STEPS), byte(c[1], STEPS), byte(c[2], STEPS), byte(*alpha, STEPS * 0.5)]
        })
        .collect();
    png("Hair", &bytes, (WIDE * TUFTS) as u32, HIGH as u32)
}

fn draw(pixels: &mut [(Srgb, f32)], index: usize, tuft: &Tuft, strand: u32, hair: &Hair, weave: Weave) {
    let random = |purpose: u32| chance(strand + 1000 * index as u32, 40 + purpose);
    let between = |[a, b]: [f32; 2], t: f32| a + (b - a) * t;
    let half = WIDE as f32 * 0.5;
    // Two chances added up: more strands in the middle than at the sides.
    let spread = if index == GROUND { 2.0 * random(0) - 1.0 } else { 0.75 * (random(0) + random(1)) - 0.75 };
    let root = spread.clamp(-1.0, 1.0) * (half - MARGIN - 1.0);
    let (begin, end) = (between(tuft.begin, random(2)), between(tuft.end, random(3)));
    let lean = (random(4) - 0.5) * 13.0 * (1.0 - root.abs() / half);
    let (phase, speed) = (random(5) * std::f32::consts::TAU, 4.0 + 5.0 * random(6));
    // The ground and what is short are even: they must not draw the eye.
    let grey = match (index >= WISP, random(7) < hair.grey) {
        (true, _) => 0.5 * hair.grey,
        (false, true) => 0.35 + 0.4 * random(9),
        (false, false) => 0.0,
    };
    let colour = lerp(hair.colour, GREY, grey);
    // Dark hair shows its strands by what shines; fair hair would lose its colour.
    let light = hair.colour.iter().fold(0.0, |most: f32, c| most.max(*c));
    let lift = 1.34 - 0.36 * smoothstep(0.15, 0.6, light);
    let tangled = 1.0 + (random(8) - 0.5) * (weave.curl * 0.25).min(1.3);
    let own = lift
        * match index {
            GROUND => 0.85 * weave.ground * tangled,
            WISP | FINE => 0.78 + 0.26 * random(8),
            _ => 0.74 + 0.56 * random(8),
        };
    for y in 0..HIGH {
        let along = (y as f32 + 0.5) / HIGH as f32;
        if along < begin || along > end {
            continue;
        }
        let gathered = 1.0 - weave.gather * tuft.gather * along * along;
        let sway = 0.9 * libm::sinf(phase + speed * along) * smoothstep(0.0, 0.2, along);
        let curl =
            if index == GROUND { weave.curl * libm::sinf(phase * 3.0 + 16.0 * speed * along) } else { 0.0 };
        let x = half + (root + lean * along) * gathered + sway + curl;
        let x = x.clamp(MARGIN, WIDE as f32 - MARGIN);
        // A strand thins towards its tip and out of its root.
        let width =
            tuft.width * smoothstep(end, end - 0.28, along) * smoothstep(begin - 0.02, begin + 0.05, along);
        let dark = 0.70 + 0.30 * smoothstep(0.0, 0.34, along) + 0.08 * along;
        let shade = scale(colour, own * tuft.shade * if index == GROUND { 1.0 } else { dark });
        let (low, high) = ((x - width - 1.0).max(0.0) as usize, (x + width + 1.0) as usize);
        for column in low..=high.min(WIDE - 1) {
            let cover = (width * 0.5 + 0.5 - (column as f32 + 0.5 - x).abs()).clamp(0.0, 1.0);
            if let Some((under, alpha)) = pixels.get_mut(y * WIDE * TUFTS + index * WIDE + column) {
                // What shows under a strand's soft edge counts only where there is something.
                let share = if *alpha > 0.0 { cover } else { 1.0 };
                if cover > 0.0 {
                    *under = lerp(*under, shade, share);
                    *alpha += (1.0 - *alpha) * cover;
                }
            }
        }
    }
}
