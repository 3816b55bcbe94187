//! The picture of close curls: slices through a thicket of coils, from its dark ground to its sparse outside, and coils seen from the
//! side. Slices repeat without a seam.

use glam::Vec2;

use super::super::ForgeError;
use super::super::dress::smoothstep;
use super::super::hair::chance;
use super::super::model::Picture;
use super::super::person::{Hair, Srgb};
use super::png::png;
use super::{lerp, scale};

/// Pixels of a slice that repeats, and how much of its neighbours is laid around it for coarser mip levels.
const TILE: usize = 148;
const MARGIN: usize = 8;
const CELL: usize = TILE + 2 * MARGIN;
const GREY: Srgb = [0.55, 0.54, 0.53];
/// Colours are rounded to this many steps: the picture packs better.
const STEPS: f32 = 40.0;

/// A slice: how many coils it cuts, how light they are, and how light what lies between them is if that is closed.
struct Slice {
    coils: u32,
    shade: f32,
    ground: Option<f32>,
}

const SLICES: [Slice; 5] = [
    Slice { coils: 330, shade: 0.72, ground: Some(0.42) },
    Slice { coils: 260, shade: 0.84, ground: None },
    Slice { coils: 165, shade: 1.08, ground: None },
    Slice { coils: 84, shade: 1.25, ground: None },
    Slice { coils: 42, shade: 0.85, ground: None },
];
/// The closed one.
pub(in crate::forge) const CORE: usize = 0;
/// Ever sparser ones.
pub(in crate::forge) const DENSE: usize = 1;
/// See [`DENSE`].
pub(in crate::forge) const LOOSE: usize = 2;
/// See [`DENSE`].
pub(in crate::forge) const SPARSE: usize = 3;
/// The sparsest, for the hairline.
pub(in crate::forge) const STRAY: usize = 4;
/// Coils from the side.
pub(in crate::forge) const SIDE: usize = SLICES.len();
const COLUMNS: usize = SIDE + 1;
/// Coils seen from the side.
const STRANDS: u32 = 20;

/// Where on the picture a place of a column is, both 0..=1.
pub(in crate::forge) fn curl_place(column: usize, within: Vec2) -> Vec2 {
    let at = (within * TILE as f32 + MARGIN as f32) / CELL as f32;
    Vec2::new((column as f32 + at.x) / COLUMNS as f32, at.y)
}

/// Colour and alpha of one column, row by row.
struct Column(Vec<(Srgb, f32)>);

impl Column {
    /// Lays a dot at a place; what is outside comes in at the other side if the column `repeats`.
    fn dot(&mut self, at: Vec2, width: f32, colour: Srgb, repeats: bool) {
        let reach = width * 0.5 + 1.0;
        let (low, high) = ((at - reach).floor(), (at + reach).floor());
        for y in low.y as i32..=high.y as i32 {
            for x in low.x as i32..=high.x as i32 {
                let far = Vec2::new(x as f32 + 0.5, y as f32 + 0.5).distance(at);
                let cover = (width * 0.5 + 0.5 - far).clamp(0.0, 1.0);
                let within = |c: i32| (0..TILE as i32).contains(&c);
                if cover <= 0.0 || !(repeats || within(x) && within(y)) {
                    continue;
                }
                let [x, y] = [x, y].map(|c| c.rem_euclid(TILE as i32) as usize);
                let (under, alpha) = &mut self.0[y * TILE + x];
                *under = lerp(*under, colour, if *alpha > 0.0 { cover } else { 1.0 });
                *alpha = alpha.max(cover);
            }
        }
    }
}

/// Coils of `hair`.
///
/// # Errors
/// When the encoder refuses it.
pub(in crate::forge) fn coils(hair: &Hair) -> Result<Picture, ForgeError> {
    let mut columns: Vec<Column> = SLICES.iter().enumerate().map(|(n, s)| slice(hair, n, s)).collect();
    columns.push(side(hair));
    let byte =
        |c: f32, steps: f32| libm::roundf(libm::roundf(c.clamp(0.0, 1.0) * steps) * 255.0 / steps) as u8;
    let mut bytes = Vec::with_capacity(CELL * CELL * COLUMNS * 4);
    for y in 0..CELL {
        for x in 0..CELL * COLUMNS {
            let [u, v] = [x % CELL, y].map(|c| (c + TILE - MARGIN) % TILE);
            let (colour, alpha) = columns[x / CELL].0[v * TILE + u];
            bytes.extend(colour.map(|c| byte(c, STEPS * 2.0)));
            bytes.push(byte(alpha, STEPS * 0.25));
        }
    }
    png("Curls", &bytes, (CELL * COLUMNS) as u32, CELL as u32)
}

/// The colour of one coil.
fn tone(hair: &Hair, random: impl Fn(u32) -> f32) -> Srgb {
    let grey = if random(20) < hair.grey { 0.12 + 0.2 * random(21) } else { 0.0 };
    scale(lerp(hair.colour, GREY, grey), 0.78 + 0.44 * random(22))
}

fn slice(hair: &Hair, index: usize, slice: &Slice) -> Column {
    let ground = scale(hair.colour, slice.ground.unwrap_or(0.6));
    let alpha = if slice.ground.is_some() { 1.0 } else { 0.0 };
    let mut column = Column(vec![(ground, alpha); TILE * TILE]);
    for n in 0..slice.coils {
        let random = |purpose: u32| chance(n + 1000 * index as u32, 130 + purpose);
        let middle = Vec2::new(random(0), random(1)) * TILE as f32;
        let radius = 5.0 + 4.5 * random(2);
        let (begin, span) = (random(3) * std::f32::consts::TAU, 2.6 + 2.6 * random(4));
        let squeezed = 0.65 + 0.35 * random(5);
        let (sin, cos) = libm::sincosf(random(6) * std::f32::consts::TAU);
        let width = 2.2 + 1.3 * random(7);
        let colour = scale(tone(hair, random), slice.shade);
        let steps = (radius * span * 1.2) as u32 + 2;
        for step in 0..=steps {
            let share = step as f32 / steps as f32;
            let (s, c) = libm::sincosf(begin + span * share);
            let round = Vec2::new(c, s * squeezed) * radius * (0.82 + 0.25 * share);
            let at = middle + Vec2::new(round.x * cos - round.y * sin, round.x * sin + round.y * cos);
            // A coil dives at both ends of what is seen of it.
            let high = smoothstep(0.0, 0.3, share) * smoothstep(1.0, 0.7, share);
            column.dot(at, width * (0.7 + 0.3 * high), scale(colour, 0.68 + 0.42 * high), true);
        }
    }
    column
}

/// Coils that rise from the picture's upper border.
fn side(hair: &Hair) -> Column {
    let mut column = Column(vec![(scale(hair.colour, 0.8), 0.0); TILE * TILE]);
    let size = TILE as f32;
    for n in 0..STRANDS {
        let random = |purpose: u32| chance(n, 170 + purpose);
        let root = size * (0.2 + 0.6 * (n as f32 + random(0)) / STRANDS as f32);
        let long = size * (0.45 + 0.5 * random(1)) * (1.0 - 0.45 * (2.0 * root / size - 1.0).abs());
        let lean = (root - 0.5 * size) * 0.5 + (random(2) - 0.5) * 30.0;
        let (phase, turns) = (random(3) * std::f32::consts::TAU, 2.0 + 2.5 * random(4));
        let radius = 7.0 + 6.0 * random(5);
        let width = 2.0 + 1.2 * random(6);
        let colour = tone(hair, random);
        let steps = (long * 2.4) as u32;
        for step in 0..=steps {
            let share = step as f32 / steps as f32;
            let (s, c) = libm::sincosf(phase + turns * share * std::f32::consts::TAU);
            let grown = radius * smoothstep(0.0, 0.3, share);
            let at = Vec2::new(root + lean * share + grown * s, long * share + 0.55 * grown * c);
            let light = (0.7 + 0.3 * share) * (0.85 + 0.2 * c);
            column.dot(at, width * smoothstep(1.05, 0.8, share).max(0.4), scale(colour, light), false);
        }
    }
    column
}
