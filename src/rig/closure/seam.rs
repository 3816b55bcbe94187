//! The seam between two surfaces that face each other, as lips do, or the lower lip and the upper teeth: how far they
//! are apart, looked at from above along upright lines.

use super::mouth::Patch;
use glam::{Vec2, Vec3};

/// Upright lines side by side, and behind each other.
pub(super) const COLUMNS: usize = 15;
const ROWS: usize = 18;

/// Where the lines stand: plane axes of the head, metres.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    /// To the avatar's left, and the way it faces; unit vectors.
    pub(super) left: Vec3,
    pub(super) forward: Vec3,
    /// The places of the columns along `left`, ascending and evenly spaced.
    pub(super) first: f32,
    pub(super) spacing: f32,
    /// For each column where the rows begin along `forward`, and how far apart they are.
    pub(super) backs: [f32; COLUMNS],
    pub(super) step: f32,
}

/// What two surfaces do in one column: metres between them, negative where they overlap.
pub(super) type Gaps = [Option<f32>; COLUMNS];

/// The two surfaces' heights on the lines: the lowest of the one above, the highest of the one below.
struct Heights([[f32; ROWS]; COLUMNS]);

impl Grid {
    /// The gap of each column; `None` where one surface is not there at all.
    pub(super) fn gaps(&self, above: &[Patch], below: &[Patch], posed: &[Vec<Vec3>]) -> Gaps {
        let above = self.heights(above, posed, f32::INFINITY, f32::min);
        let below = self.heights(below, posed, f32::NEG_INFINITY, f32::max);
        std::array::from_fn(|column| self.gap(&above.0[column], &below.0[column]))
    }

    /// How deep one is in the other, negative, or how far the two profiles are apart.
    fn gap(&self, above: &[f32; ROWS], below: &[f32; ROWS]) -> Option<f32> {
        let upright = above.iter().zip(below).map(|(a, b)| a - b).filter(|gap| gap.is_finite());
        let deepest = upright.reduce(f32::min).filter(|gap| *gap <= 0.0);
        deepest.or_else(|| {
            let below: Vec<(usize, f32)> =
                below.iter().copied().enumerate().filter(|(_, h)| h.is_finite()).collect();
            let uppers = above.iter().enumerate().filter(|(_, h)| h.is_finite());
            let apart = uppers.flat_map(|(row, upper)| {
                below.iter().map(move |(other, lower)| {
                    Vec2::new((upper - lower).max(0.0), row.abs_diff(*other) as f32 * self.step).length()
                })
            });
            apart.reduce(f32::min)
        })
    }

    fn heights(
        &self,
        patches: &[Patch],
        posed: &[Vec<Vec3>],
        none: f32,
        pick: fn(f32, f32) -> f32,
    ) -> Heights {
        let mut heights = Heights([[none; ROWS]; COLUMNS]);
        for patch in patches {
            let positions = posed.get(patch.part).map_or(&[][..], Vec::as_slice);
            for triangle in &patch.triangles {
                if let [Some(&a), Some(&b), Some(&c)] = triangle.map(|v| positions.get(v as usize)) {
                    self.draw([a, b, c], &mut heights, pick);
                }
            }
        }
        heights
    }

    /// Meets one triangle with the lines.
    fn draw(&self, corners: [Vec3; 3], heights: &mut Heights, pick: fn(f32, f32) -> f32) {
        let [a, b, c] = corners.map(|p| Vec2::new(p.dot(self.left), p.dot(self.forward)));
        let area = (b - a).perp_dot(c - a);
        if area.abs() < 1e-12 {
            return;
        }
        let (low, high) = (a.min(b).min(c), a.max(b).max(c));
        let within = |low: f32, high: f32, first: f32, spacing: f32, count: usize| {
            let from = libm::ceilf((low - first) / spacing).clamp(0.0, count as f32) as usize;
            let end = (libm::floorf((high - first) / spacing) + 1.0).clamp(0.0, count as f32) as usize;
            from..end.max(from)
        };
        for column in within(low.x, high.x, self.first, self.spacing, COLUMNS) {
            let back = self.backs[column];
            let x = self.first + column as f32 * self.spacing;
            for row in within(low.y, high.y, back, self.step, ROWS) {
                let at = Vec2::new(x, back + row as f32 * self.step);
                let weights = [(c - b).perp_dot(at - b), (a - c).perp_dot(at - c), (b - a).perp_dot(at - a)];
                if weights.iter().all(|w| w / area >= -1e-6) {
                    let height: f32 = weights.iter().zip(corners).map(|(w, p)| w / area * p.y).sum();
                    let held = &mut heights.0[column][row];
                    *held = pick(*held, height);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two plates from −1 to 1, at a height each and one moved along the rows.
    fn plates(heights: [f32; 2], moved: f32) -> ([Patch; 2], [Vec<Vec3>; 2]) {
        let corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
        let plate = |height: f32, moved: f32| corners.map(|(x, z)| Vec3::new(x, height, z + moved)).to_vec();
        let patch = |part| Patch { part, triangles: vec![[0, 1, 2], [0, 2, 3]] };
        ([patch(0), patch(1)], [plate(heights[0], 0.0), plate(heights[1], moved)])
    }

    fn gaps(heights: [f32; 2], moved: f32, back: f32) -> Gaps {
        let ([upper, lower], posed) = plates(heights, moved);
        let (left, forward) = (Vec3::X, Vec3::Z);
        let grid = Grid { left, forward, first: -0.7, spacing: 0.1, backs: [back; COLUMNS], step: 0.05 };
        grid.gaps(&[upper], &[lower], &posed)
    }

    #[test]
    fn plates_are_as_far_apart_as_their_heights() {
        assert!(gaps([0.5, 0.2], 0.0, -0.4).iter().all(|gap| (gap.unwrap() - 0.3).abs() < 1e-6));
        assert!(gaps([0.2, 0.5], 0.0, -0.4).iter().all(|gap| (gap.unwrap() + 0.3).abs() < 1e-6));
    }

    #[test]
    fn surfaces_behind_each_other_are_measured_around_the_corner() {
        // The lower plate ends at −1.1, where the upper one has not begun.
        assert!(gaps([0.5, 0.2], -2.1, -1.4).iter().all(|gap| gap.unwrap() > 0.3));
        assert_eq!(gaps([0.5, 0.2], 0.0, 5.0), [None; COLUMNS]);
    }
}
