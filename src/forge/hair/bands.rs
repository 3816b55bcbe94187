//! Rounded bands of hair that lie over a mass of it and end in points: they give it depth, and an outline that is none of a
//! cap.

use std::f32::consts::PI;

use glam::{Vec2, Vec3};

use super::super::dress::smoothstep;
use super::super::part::{Part, Vertex};
use super::super::skeleton::Skin;
use super::chance;
use super::lock::Spot;
use super::sheet::Sheet;

/// Where the columns of a band lie across it, -1..=1.
const ACROSS: [f32; 5] = [-1.0, -0.6, 0.0, 0.6, 1.0];
const ROWS: usize = 14;
/// Its edges lie so far inside the mass, metres.
const SUNK: f32 = 0.0016;
/// How wide a band is at its root, as a share of its widest.
const ROOT: f32 = 0.35;

/// What of the mass' picture a band wears: how many clumps that has, and how many metres are as high as it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Worn {
    pub(super) clumps: usize,
    pub(super) whole: f32,
}

/// How bands lie over a mass. All shares are of the mass' way from root to tip.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bands {
    pub(super) count: u32,
    /// Between which places across the mass they lie, 0..=1.
    pub(super) across: [f32; 2],
    /// Between which shares they rise, and between which they end.
    pub(super) begin: [f32; 2],
    pub(super) end: [f32; 2],
    /// How wide they are at their widest, metres.
    pub(super) width: [f32; 2],
    /// How high they stand over the mass, metres.
    pub(super) thick: [f32; 2],
    /// How far aside from the mass' own way they go, as a share of its breadth.
    pub(super) astray: f32,
    /// How far off the mass they stand where they end, metres.
    pub(super) lifted: f32,
}

impl Bands {
    /// The bands over `sheet`.
    pub(super) fn over(&self, sheet: &Sheet, worn: Worn, skin: impl Fn(Vec3) -> Skin + Copy) -> Part {
        let mut part = Part::default();
        for n in 0..self.count {
            part.append(&self.band(sheet, worn, n, skin));
        }
        part
    }

    fn band(&self, sheet: &Sheet, worn: Worn, n: u32, skin: impl Fn(Vec3) -> Skin) -> Part {
        let random = |purpose: u32| chance(n, purpose);
        let between = |[low, high]: [f32; 2], purpose: u32| low + (high - low) * random(purpose);
        let [first, last] = self.across;
        let place = first + (last - first) * (n as f32 + 0.15 + 0.7 * random(130)) / self.count as f32;
        let (begin, end) = (between(self.begin, 131), between(self.end, 132));
        let (astray, phase) = (self.astray * (2.0 * random(135) - 1.0), 2.0 * PI * random(136));
        let path: Vec<Spot> = (0..ROWS)
            .map(|row| {
                let t = row as f32 / (ROWS - 1) as f32;
                let share = place + astray * (0.6 * t * t + 0.4 * libm::sinf(2.2 * PI * t + phase) * t);
                let point = sheet.point(share.clamp(0.004, 0.996), begin + (end - begin) * t);
                // Rising out of the mass.
                let off = self.lifted * t * t * t - SUNK * (1.0 - smoothstep(0.0, 0.3, t));
                Spot { place: point.place + point.out * off, out: point.out }
            })
            .collect();
        let shape = Shape { width: between(self.width, 133), thick: between(self.thick, 134) };
        let long = sheet.length(place) / worn.whole;
        let clump = (random(137) * worn.clumps as f32) as usize;
        shape.along(&path, worn.clumps, clump, [begin * long, end * long], skin)
    }
}

/// A band's form.
pub(super) struct Shape {
    /// At its widest, metres.
    pub(super) width: f32,
    /// How high its middle stands, metres.
    pub(super) thick: f32,
}

impl Shape {
    /// Along `path`; it wears a clump of the picture between two shares of its height.
    pub(super) fn along(
        &self,
        path: &[Spot],
        clumps: usize,
        clump: usize,
        [from, to]: [f32; 2],
        skin: impl Fn(Vec3) -> Skin,
    ) -> Part {
        let mut part = Part::default();
        let last = path.len().saturating_sub(1).max(1);
        for (row, spot) in path.iter().enumerate() {
            let t = row as f32 / last as f32;
            let (before, after) = (path[row.saturating_sub(1)], path[(row + 1).min(last)]);
            let forward = (after.place - before.place).normalize_or(Vec3::NEG_Y);
            let across = forward.cross(spot.out).normalize_or(Vec3::X);
            let out = across.cross(forward).normalize_or(spot.out);
            let pointed = 1.0 - t * t * t;
            let thick = self.thick * smoothstep(0.0, 0.32, t) * libm::sqrtf(pointed);
            let half = 0.5 * self.width * (ROOT + (1.0 - ROOT) * smoothstep(0.0, 0.35, t));
            let half = half * libm::sqrtf(1.0 - t * t * t * t);
            for x in ACROSS {
                let arch = 1.0 - x * x;
                let height = thick * arch - SUNK * (1.0 - arch) * (1.0 - 0.7 * t);
                let lean = out * (1.0 - 0.65 * x.abs()) + across * (x * 0.45);
                part.vertex(Vertex {
                    position: spot.place + across * (x * half) + out * height,
                    normal: lean.normalize_or(out),
                    coordinate: Vec2::new(
                        ((clump % clumps.max(1)) as f32 + 0.5 + 0.46 * x) / clumps.max(1) as f32,
                        from + (to - from) * t,
                    ),
                    skin: skin(spot.place),
                    source: None,
                });
            }
        }
        let columns = ACROSS.len() as u32;
        for row in 1..path.len() as u32 {
            for column in 1..columns {
                let [a, b] = [row * columns + column - 1, row * columns + column];
                part.quad([a - columns, b - columns, b, a]);
            }
        }
        part
    }
}
