//! A lock that lies on a mass of hair: it rises out of it, overlaps its clumps and ends in a point of its own.

use glam::{Vec2, Vec3};

use super::super::part::{Part, Vertex};
use super::super::skeleton::Skin;
use super::sheet::Sheet;

/// A lock on a sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf {
    /// Where on the sheet it begins and ends across, 0..=1.
    pub(super) shares: [f32; 2],
    /// The same along the sheet's paths; more than 1 is beyond their ends.
    pub(super) ways: [f32; 2],
    /// At its widest, metres.
    pub(super) width: f32,
    /// How far its middle stands out of the sheet, metres.
    pub(super) lift: f32,
    /// The middle of what it wears of the picture, 0..=1.
    pub(super) worn: f32,
}

const ROWS: u32 = 14;
const ACROSS: u32 = 4;
/// How far its sides lie under the sheet's surface, metres.
const SUNK: f32 = 0.0012;
/// How far its root lies under it, metres.
const ROOTED: f32 = 0.0080;
/// Up to which share of its way it widens and rises.
const GROWN: f32 = 0.38;
/// How wide it is at its root, as a share of its width.
const ROOT: f32 = 0.08;
/// Of the picture, across a lock.
const WORN: f32 = 0.03;

/// The lock on `sheet`; `whole` metres of hair are as high as the picture.
pub(super) fn leaf(sheet: &Sheet, leaf: &Leaf, whole: f32, skin: impl Fn(Vec3) -> Skin) -> Part {
    let mut part = Part::default();
    for row in 0..=ROWS {
        let t = row as f32 / ROWS as f32;
        let drift = t * t * (3.0 - 2.0 * t);
        let share = leaf.shares[0] + (leaf.shares[1] - leaf.shares[0]) * drift;
        let way = leaf.ways[0] + (leaf.ways[1] - leaf.ways[0]) * t;
        let near = [share - 0.01, share + 0.01].map(|s| sheet.point(s.clamp(0.0, 1.0), way).place);
        let metre = 0.02 / near[0].distance(near[1]).max(0.002);
        let half = 0.5 * leaf.width * breadth(t) * metre;
        let rise = (t / GROWN).min(1.0);
        let lift = leaf.lift * rise * (2.0 - rise) * (1.0 - 0.5 * t * t);
        let sunk = ROOTED + (SUNK - ROOTED) * rise * (2.0 - rise);
        for column in 0..=ACROSS {
            let x = column as f32 / ACROSS as f32 * 2.0 - 1.0;
            let point = sheet.point((share + x * half).clamp(0.0, 1.0), way);
            let place = point.place + point.out * (lift * (1.0 - x * x) - sunk);
            part.vertex(Vertex {
                position: place,
                normal: point.out,
                coordinate: Vec2::new(leaf.worn + x * WORN * 0.5, way * sheet.length(share) / whole),
                skin: skin(place),
                source: None,
            });
        }
    }
    for row in 0..ROWS {
        for column in 0..ACROSS {
            let at = |r: u32, c: u32| r * (ACROSS + 1) + c;
            part.quad([at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)]);
        }
    }
    part.smooth_normals();
    part
}

/// How broad it is at a share of its way, as a share of its width.
fn breadth(t: f32) -> f32 {
    if t < GROWN {
        let s = t / GROWN;
        ROOT + (1.0 - ROOT) * s * (2.0 - s)
    } else {
        let s = (1.0 - t) / (1.0 - GROWN);
        libm::sqrtf(s) * (0.35 + 0.65 * s)
    }
}
