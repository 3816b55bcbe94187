//! The seam between two surfaces that face each other, as lips do, or the lower lip and the upper teeth: how far they
//! are apart, in upright planes across the seam and along upright lines in them.

use super::mouth::Patch;
use glam::{Vec2, Vec3};

/// Upright lines side by side, and behind each other.
pub(super) const COLUMNS: usize = 25;
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

/// What a surface has around one line of a column's plane.
#[derive(Clone, Copy)]
struct Place {
    /// Its height on the line itself, by which overlaps are told.
    on_line: f32,
    /// Its outermost point nearer to this line than to any other: along `forward`, and the height. A thin sheet that stands
    /// between two lines is seen by this alone.
    outermost: Vec2,
}

/// A surface cut by the planes of the columns: the lower side of the one above, the upper side of the one below.
struct Profile([[Place; ROWS]; COLUMNS]);

impl Grid {
    /// The gap of each column; `None` where one surface is not there at all.
    pub(super) fn gaps(&self, above: &[Patch], below: &[Patch], posed: &[Vec<Vec3>]) -> Gaps {
        let above = self.profile(above, posed, f32::INFINITY, |a, b| a < b);
        let below = self.profile(below, posed, f32::NEG_INFINITY, |a, b| a > b);
        std::array::from_fn(|column| gap(&above.0[column], &below.0[column]))
    }

    fn profile(
        &self,
        patches: &[Patch],
        posed: &[Vec<Vec3>],
        none: f32,
        is_outer: fn(f32, f32) -> bool,
    ) -> Profile {
        let nowhere = Place { on_line: none, outermost: Vec2::new(0.0, none) };
        let mut profile = Profile([[nowhere; ROWS]; COLUMNS]);
        for patch in patches {
            let positions = posed.get(patch.part).map_or(&[][..], Vec::as_slice);
            for triangle in &patch.triangles {
                if let [Some(&a), Some(&b), Some(&c)] = triangle.map(|v| positions.get(v as usize)) {
                    self.cut([a, b, c], &mut profile, is_outer);
                }
            }
        }
        profile
    }

    /// Cuts one triangle by the columns' planes.
    fn cut(&self, corners: [Vec3; 3], profile: &mut Profile, is_outer: fn(f32, f32) -> bool) {
        let across = corners.map(|p| p.dot(self.left));
        let flat = corners.map(|p| Vec2::new(p.dot(self.forward), p.y));
        let low = across.iter().copied().fold(f32::INFINITY, f32::min);
        let high = across.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        for column in steps(low, high, self.first, self.spacing, COLUMNS) {
            let x = self.first + column as f32 * self.spacing;
            let crossing = |from: usize, to: usize| {
                let (a, b) = (across[from] - x, across[to] - x);
                ((a < 0.0) != (b < 0.0)).then(|| flat[from].lerp(flat[to], a / (a - b)))
            };
            let mut ends = [(0, 1), (1, 2), (2, 0)].into_iter().filter_map(|(from, to)| crossing(from, to));
            if let (Some(a), Some(b)) = (ends.next(), ends.next()) {
                self.enter(a, b, self.backs[column], &mut profile.0[column], is_outer);
            }
        }
    }

    /// Enters a stretch of the outline into a column.
    fn enter(&self, a: Vec2, b: Vec2, back: f32, column: &mut [Place; ROWS], is_outer: fn(f32, f32) -> bool) {
        for end in [a, b] {
            let row = libm::roundf((end.x - back) / self.step);
            if (0.0..ROWS as f32).contains(&row) {
                let held = &mut column[row as usize].outermost;
                if is_outer(end.y, held.y) {
                    *held = end;
                }
            }
        }
        let (low, high) = (a.x.min(b.x), a.x.max(b.x));
        for row in steps(low, high, back, self.step, ROWS) {
            let at = back + row as f32 * self.step;
            let along = if high > low { (at - a.x) / (b.x - a.x) } else { 0.0 };
            let height = a.y + (b.y - a.y) * along;
            let held = &mut column[row];
            if is_outer(height, held.on_line) {
                held.on_line = height;
            }
            if is_outer(height, held.outermost.y) {
                held.outermost = Vec2::new(at, height);
            }
        }
    }
}

/// Which of `count` places, `spacing` apart from `first` on, lie from `low` to `high`.
fn steps(low: f32, high: f32, first: f32, spacing: f32, count: usize) -> std::ops::Range<usize> {
    let from = libm::ceilf((low - first) / spacing).clamp(0.0, count as f32) as usize;
    let end = (libm::floorf((high - first) / spacing) + 1.0).clamp(0.0, count as f32) as usize;
    from..end.max(from)
}

/// How deep one is in the other, negative, or how far the two outlines are apart.
fn gap(above: &[Place; ROWS], below: &[Place; ROWS]) -> Option<f32> {
    let upright = above.iter().zip(below).map(|(a, b)| a.on_line - b.on_line).filter(|gap| gap.is_finite());
    let deepest = upright.reduce(f32::min).filter(|gap| *gap <= 0.0);
    deepest.or_else(|| {
        let there = |place: &Place| Some(place.outermost).filter(|at| at.y.is_finite());
        let lowers = || below.iter().filter_map(there);
        let apart = above.iter().filter_map(there).flat_map(|upper| {
            lowers().map(move |lower| Vec2::new((upper.y - lower.y).max(0.0), upper.x - lower.x).length())
        });
        apart.reduce(f32::min)
    })
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
        let grid = Grid { left, forward, first: -0.7, spacing: 0.05, backs: [back; COLUMNS], step: 0.05 };
        grid.gaps(&[upper], &[lower], &posed)
    }

    #[test]
    fn plates_are_as_far_apart_as_their_heights() {
        assert!(gaps([0.5, 0.2], 0.0, -0.4).iter().all(|gap| (gap.unwrap() - 0.3).abs() < 1e-6));
        assert!(gaps([0.2, 0.5], 0.0, -0.4).iter().all(|gap| (gap.unwrap() + 0.3).abs() < 1e-6));
    }

    #[test]
    fn a_thin_sheet_between_two_lines_is_seen() {
        // Two upright sheets one above the other, at z = 0.02 while the lines stand at multiples of 0.05.
        let sheet = |low: f32, high: f32| {
            [(-1.0, low), (1.0, low), (1.0, high), (-1.0, high)].map(|(x, y)| Vec3::new(x, y, 0.02)).to_vec()
        };
        let posed = [sheet(0.1, 0.5), sheet(-0.5, 0.07)];
        let patch = |part| Patch { part, triangles: vec![[0, 1, 2], [0, 2, 3]] };
        let (left, forward) = (Vec3::X, Vec3::Z);
        let grid = Grid { left, forward, first: -0.7, spacing: 0.05, backs: [-0.4; COLUMNS], step: 0.05 };
        let gaps = grid.gaps(&[patch(0)], &[patch(1)], &posed);
        assert!(gaps.iter().all(|gap| (gap.unwrap() - 0.03).abs() < 1e-6), "{gaps:?}");
    }

    #[test]
    fn surfaces_behind_each_other_are_measured_around_the_corner() {
        // The lower plate ends at −1.1, where the upper one has not begun.
        assert!(gaps([0.5, 0.2], -2.1, -1.4).iter().all(|gap| gap.unwrap() > 0.3));
        assert_eq!(gaps([0.5, 0.2], 0.0, 5.0), [None; COLUMNS]);
    }
}
