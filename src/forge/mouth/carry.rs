//! The movement of a jaw, found from how some of its vertices move.

use std::ops::Range;

use glam::{DMat4, DVec4, Vec3};

use crate::forge::base::{Base, Displacement};

/// A movement that depends on the place in a straight line: that of a stiff body, for small turns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Linear {
    middle: Vec3,
    /// For x, y and z of the movement: shares of the place's x, y and z and a constant.
    rows: [DVec4; 3],
}

impl Linear {
    /// The one that fits best how `displacement` moves `vertices`; none where they stay.
    pub(super) fn fit(base: &Base, displacement: &Displacement, vertices: Range<usize>) -> Option<Self> {
        let from = displacement.deltas.partition_point(|(v, _)| (*v as usize) < vertices.start);
        let to = displacement.deltas.partition_point(|(v, _)| (*v as usize) < vertices.end);
        let moved = displacement.deltas.get(from..to).filter(|moved| !moved.is_empty())?;
        let points = &base.positions[vertices.clone()];
        let middle = points.iter().copied().sum::<Vec3>() / points.len().max(1) as f32;
        let place = |p: Vec3| (p - middle).extend(0.01).as_dvec4();
        let mut square = DMat4::ZERO;
        for point in points {
            let p = place(*point);
            square += DMat4::from_cols(p * p.x, p * p.y, p * p.z, p * p.w);
        }
        let mut sums = [DVec4::ZERO; 3];
        for (vertex, delta) in moved {
            let p = place(base.positions[*vertex as usize]);
            for (sum, part) in sums.iter_mut().zip(delta.as_dvec3().to_array()) {
                *sum += p * part;
            }
        }
        let inverse = square.inverse();
        inverse.is_finite().then(|| Self { middle, rows: sums.map(|sum| inverse * sum) })
    }

    /// How far what is at `point` moves.
    pub(super) fn at(&self, point: Vec3) -> Vec3 {
        let p = (point - self.middle).extend(0.01).as_dvec4();
        Vec3::from_array(self.rows.map(|row| row.dot(p) as f32))
    }
}
