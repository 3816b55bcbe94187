//! Pieces of cloth made as a grid of points: collars, lapels, ties, belts, skirts.

use glam::{Vec2, Vec3};

use super::super::part::{Part, Vertex};
use super::probe::Probe;

/// A grid: rows of equally many points.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    rows: Vec<Vec<Vec3>>,
    /// Whether the last point of each row joins the first.
    closed: bool,
}

impl Sheet {
    /// `rows` times `columns` points; `place` gets both as shares, 0..=1.
    pub(super) fn new(rows: usize, columns: usize, place: impl Fn(f32, f32) -> Vec3) -> Self {
        let share = |i: usize, n: usize| i as f32 / (n.max(2) - 1) as f32;
        let row = |r: usize| (0..columns).map(|c| place(share(r, rows), share(c, columns))).collect();
        Self { rows: (0..rows).map(row).collect(), closed: false }
    }

    /// The same whose rows are rings: the column 1 is the column 0.
    pub(super) fn ring(rows: usize, columns: usize, place: impl Fn(f32, f32) -> Vec3) -> Self {
        let row = |r: usize| {
            (0..columns)
                .map(|c| place(r as f32 / (rows.max(2) - 1) as f32, c as f32 / columns as f32))
                .collect()
        };
        Self { rows: (0..rows).map(row).collect(), closed: true }
    }

    /// Evens the points with their neighbours' mean, borders kept.
    pub(super) fn relax(mut self, rounds: usize) -> Self {
        let (rows, columns) = (self.rows.len(), self.rows.first().map_or(0, Vec::len));
        for _ in 0..rounds {
            let before = self.rows.clone();
            for r in 1..rows.saturating_sub(1) {
                let inner = if self.closed { 0..columns } else { 1..columns.saturating_sub(1) };
                for c in inner {
                    let (left, right) = ((c + columns - 1) % columns, (c + 1) % columns);
                    let mean =
                        (before[r - 1][c] + before[r + 1][c] + before[r][left] + before[r][right]) * 0.25;
                    self.rows[r][c] = before[r][c].lerp(mean, 0.6);
                }
            }
        }
        self
    }

    /// With all points from column `first` on moved to where `place` says.
    pub(super) fn moved(mut self, first: usize, place: impl Fn(Vec3) -> Vec3) -> Self {
        for point in self.rows.iter_mut().flat_map(|row| row.iter_mut().skip(first)) {
            *point = place(*point);
        }
        self
    }

    /// The mirror image across the middle of the body.
    pub(super) fn mirrored(&self) -> Self {
        let flip = |p: &Vec3| Vec3::new(-p.x, p.y, p.z);
        Self { rows: self.rows.iter().map(|row| row.iter().map(flip).collect()).collect(), ..*self }
    }

    fn point(&self, r: usize, c: isize) -> Vec3 {
        let row = &self.rows[r];
        let n = row.len() as isize;
        row[if self.closed { c.rem_euclid(n) } else { c.clamp(0, n - 1) } as usize]
    }

    fn normal(&self, r: usize, c: usize) -> Vec3 {
        let c = c as isize;
        let along = self.point(r, c + 1) - self.point(r, c - 1);
        let across = self.point((r + 1).min(self.rows.len() - 1), c) - self.point(r.saturating_sub(1), c);
        along.cross(across).normalize_or(Vec3::Z)
    }

    /// As a mesh that moves with `body` and whose edges are `thick` metres deep; `outward` says which way a place faces.
    pub(super) fn part(&self, body: &Probe<'_>, thick: f32, outward: impl Fn(Vec3) -> Vec3) -> Part {
        let columns = self.rows.first().map_or(0, Vec::len);
        let facing: f32 = (0..self.rows.len())
            .flat_map(|r| (0..columns).map(move |c| (r, c)))
            .map(|(r, c)| self.normal(r, c).dot(outward(self.rows[r][c])))
            .sum();
        let side = if facing < 0.0 { -1.0 } else { 1.0 };
        let mut part = Part::default();
        let across = (self.rows.len().max(2) - 1) as f32;
        let along = if self.closed { columns as f32 } else { (columns.max(2) - 1) as f32 };
        for (r, row) in self.rows.iter().enumerate() {
            for (c, &position) in row.iter().enumerate() {
                let coordinate = Vec2::new(c as f32 / along, r as f32 / across);
                let skin = body.skin(position);
                part.vertex(Vertex {
                    position,
                    normal: self.normal(r, c) * side,
                    coordinate,
                    skin,
                    source: None,
                });
            }
        }
        let index = |r: usize, c: usize| (r * columns + c % columns) as u32;
        let last = if self.closed { columns } else { columns.saturating_sub(1) };
        for r in 0..self.rows.len().saturating_sub(1) {
            for c in 0..last {
                let mut quad = [index(r, c), index(r, c + 1), index(r + 1, c + 1), index(r + 1, c)];
                if side < 0.0 {
                    quad.reverse();
                }
                part.quad(quad);
            }
        }
        if thick > 0.0 {
            super::cloth::rim(&mut part, thick);
        }
        part
    }
}
