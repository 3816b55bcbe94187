//! A lock of hair: a ribbon along a path, with a tuft of strands painted on it.

use glam::{Vec2, Vec3};

use super::super::paint::TUFTS;
use super::super::part::{Part, Vertex};
use super::super::skeleton::{Skin, rigid};
use crate::vocabulary::Bone;

/// A point of a lock's path, and which way is outwards there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// Metres.
    pub(super) place: Vec3,
    /// Unit length.
    pub(super) out: Vec3,
}

/// How a lock looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// At its widest, metres.
    pub(super) width: f32,
    /// Widths at root and tip, as shares of the widest.
    pub(super) ends: [f32; 2],
    /// Which tuft of the picture it wears.
    pub(super) tuft: usize,
    /// Where on the tuft its root is: 0 where the first strands begin.
    pub(super) begin: f32,
    /// Whether the tuft is mirrored.
    pub(super) mirrored: bool,
    /// How far it bends across, as the sine of the angle at its sides.
    pub(super) bend: f32,
    /// Turned about its path, radians.
    pub(super) roll: f32,
}

/// Normals of a ribbon follow the head by this share, and the ribbon itself by the rest.
const CALM: f32 = 0.72;
/// Where ribbons are widest.
const WIDEST: f32 = 0.3;

/// The ribbon along `path`, moved by the head.
pub(super) fn ribbon(path: &[Spot], look: &Look) -> Part {
    ribbon_moved_by(path, look, |_| rigid(Bone::Head))
}

/// The ribbon along `path`; `skin` tells for a place what moves it.
pub(super) fn ribbon_moved_by(path: &[Spot], look: &Look, skin: impl Fn(Vec3) -> Skin) -> Part {
    let mut part = Part::default();
    let last = path.len().saturating_sub(1);
    for (row, spot) in path.iter().enumerate() {
        let share = row as f32 / last.max(1) as f32;
        let (before, after) = (path[row.saturating_sub(1)], path[(row + 1).min(last)]);
        let forward = (after.place - before.place).normalize_or(Vec3::NEG_Y);
        let flat = spot.out.cross(forward).normalize_or(Vec3::X);
        let (sin, cos) = libm::sincosf(look.roll);
        let across = (flat * cos + forward.cross(flat) * sin).normalize_or(flat);
        let own = forward.cross(across).normalize_or(spot.out);
        let own = if own.dot(spot.out) < 0.0 { -own } else { own };
        let half = 0.5 * look.width * profile(share, look.ends);
        for side in [-1.0_f32, 1.0] {
            let u = if (side > 0.0) != look.mirrored { 1.0 } else { 0.0 };
            let calm = spot.out * CALM + own * (1.0 - CALM);
            part.vertex(Vertex {
                position: spot.place + across * (side * half) - own * (0.25 * half * look.bend),
                normal: (calm + across * (side * look.bend)).normalize_or(spot.out),
                coordinate: Vec2::new(
                    (look.tuft as f32 + u) / TUFTS as f32,
                    look.begin + (1.0 - look.begin) * share,
                ),
                skin: skin(spot.place),
                source: None,
            });
        }
    }
    for row in 1..path.len() as u32 {
        let at = |r: u32, c: u32| r * 2 + c;
        part.quad([at(row - 1, 1), at(row - 1, 0), at(row, 0), at(row, 1)]);
    }
    part
}

fn profile(share: f32, ends: [f32; 2]) -> f32 {
    let (end, t) =
        if share < WIDEST { (ends[0], share / WIDEST) } else { (ends[1], (1.0 - share) / (1.0 - WIDEST)) };
    end + (1.0 - end) * t * (2.0 - t)
}
