//! New surfaces that are added to the source mesh, so that whatever moves it moves them.

use std::ops::Range;

use glam::{Vec2, Vec3};

use crate::forge::base::{Base, Corner};

/// Vertices and quads being added to the end of a base mesh.
pub(super) struct Mesh<'a> {
    base: &'a mut Base,
    first: usize,
    /// Index of the texture coordinate minus that of the position.
    ahead: i64,
}

impl<'a> Mesh<'a> {
    pub(super) fn new(base: &'a mut Base) -> Self {
        let first = base.positions.len();
        let ahead = base.coordinates.len() as i64 - first as i64;
        Self { base, first, ahead }
    }

    /// Adds a vertex; the texture coordinate has v down.
    pub(super) fn vertex(&mut self, position: Vec3, coordinate: Vec2) -> u32 {
        self.base.positions.push(position);
        self.base.coordinates.push(Vec2::new(coordinate.x, 1.0 - coordinate.y));
        self.base.positions.len() as u32 - 1
    }

    fn quad(&mut self, corners: [u32; 4], is_turned: bool) {
        let mut corners =
            corners.map(|vertex| Corner { vertex, coordinate: (i64::from(vertex) + self.ahead) as u32 });
        if is_turned {
            corners.reverse();
        }
        self.base.quads.push(corners);
    }

    /// Joins closed rings, one after the other.
    pub(super) fn skirt(&mut self, rings: &[Vec<u32>], is_turned: bool) {
        for pair in rings.windows(2) {
            let [low, high] = pair else { continue };
            for (i, (&a, &d)) in low.iter().zip(high).enumerate() {
                let next = (i + 1) % low.len();
                if let (Some(&b), Some(&c)) = (low.get(next), high.get(next)) {
                    self.quad([a, b, c, d], is_turned);
                }
            }
        }
    }

    /// Joins open rows, one after the other.
    pub(super) fn strip(&mut self, rows: &[Vec<u32>], is_turned: bool) {
        for pair in rows.windows(2) {
            let [low, high] = pair else { continue };
            for (a, d) in low.windows(2).zip(high.windows(2)) {
                if let ([a, b], [d, c]) = (a, d) {
                    self.quad([*a, *b, *c, *d], is_turned);
                }
            }
        }
    }

    /// Closes a ring of an even number of corners over `top`.
    pub(super) fn lid(&mut self, ring: &[u32], top: u32, is_turned: bool) {
        for i in (0..ring.len()).step_by(2) {
            let corner = |i: usize| ring.get(i % ring.len()).copied().unwrap_or(top);
            self.quad([corner(i), corner(i + 1), corner(i + 2), top], is_turned);
        }
    }

    /// The vertices that were added.
    pub(super) fn added(&self) -> Range<usize> {
        self.first..self.base.positions.len()
    }
}
