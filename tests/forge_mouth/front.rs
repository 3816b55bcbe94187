//! What is seen of a surface from the front, along the depth axis.

use glam::{Vec2, Vec3};
use std::collections::BTreeMap;

/// Size of a cell, metres.
const CELL: f32 = 0.002;

/// Triangles sorted into cells by where they are seen from the front.
pub(super) struct Front<'a> {
    points: &'a [Vec3],
    triangles: &'a [[usize; 3]],
    cells: BTreeMap<(i32, i32), Vec<usize>>,
}

fn cell(p: Vec2) -> (i32, i32) {
    let p = (p / CELL).floor();
    (p.x as i32, p.y as i32)
}

impl<'a> Front<'a> {
    /// Those of `triangles` that `is_wanted`.
    pub(super) fn new(
        points: &'a [Vec3],
        triangles: &'a [[usize; 3]],
        is_wanted: impl Fn(usize) -> bool,
    ) -> Self {
        let mut cells: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
        for (index, triangle) in triangles.iter().enumerate().filter(|(index, _)| is_wanted(*index)) {
            let corners = triangle.map(|i| points[i].truncate());
            let low = cell(corners[0].min(corners[1]).min(corners[2]));
            let high = cell(corners[0].max(corners[1]).max(corners[2]));
            for x in low.0..=high.0 {
                for y in low.1..=high.1 {
                    cells.entry((x, y)).or_default().push(index);
                }
            }
        }
        Self { points, triangles, cells }
    }

    /// Depths of the surface where `p` is seen: for each triangle there its index and z.
    pub(super) fn at(&self, p: Vec3) -> impl Iterator<Item = (usize, f32)> {
        let here = self.cells.get(&cell(p.truncate())).into_iter().flatten();
        here.filter_map(move |&index| {
            let [a, b, c] = self.triangles[index].map(|i| self.points[i]);
            let area = (b - a).truncate().perp_dot((c - a).truncate());
            let share = |u: Vec3, v: Vec3| (u - p).truncate().perp_dot((v - p).truncate()) / area;
            let shares = [share(b, c), share(c, a), share(a, b)];
            let is_here = area.abs() > 1e-12 && shares.iter().all(|s| *s >= -1e-4);
            is_here.then(|| (index, a.z * shares[0] + b.z * shares[1] + c.z * shares[2]))
        })
    }

    /// The triangles of which no other hides the middle.
    pub(super) fn seen(&self) -> Vec<bool> {
        let of = |(index, triangle): (usize, &[usize; 3])| {
            let middle = triangle.iter().map(|&i| self.points[i]).sum::<Vec3>() / 3.0;
            self.at(middle).all(|(other, z)| other == index || z <= middle.z + 1e-4)
        };
        self.triangles.iter().enumerate().map(of).collect()
    }
}
