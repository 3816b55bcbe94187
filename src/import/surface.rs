//! Normals where the file has none.

use glam::Vec3;
use std::collections::HashMap;

/// Smooth normals: each face adds its own, by area, to its corners; vertices at one place share theirs.
pub(super) fn normals(positions: &[[f32; 3]], indices: &[u32]) -> Vec<[f32; 3]> {
    let mut first_at: HashMap<[u32; 3], usize> = HashMap::with_capacity(positions.len());
    // Adding zero makes -0.0 and 0.0 one place.
    let key = |p: &[f32; 3]| p.map(|c| (c + 0.0).to_bits());
    let place: Vec<usize> =
        positions.iter().enumerate().map(|(i, p)| *first_at.entry(key(p)).or_insert(i)).collect();
    let mut sums = vec![Vec3::ZERO; positions.len()];
    let (corners, _) = indices.as_chunks::<3>();
    for corner in corners {
        let [a, b, c] = corner.map(|i| positions.get(i as usize).map_or(Vec3::ZERO, |p| Vec3::from(*p)));
        let area = (b - a).cross(c - a);
        for &i in corner {
            if let Some(sum) = place.get(i as usize).and_then(|p| sums.get_mut(*p)) {
                *sum += area;
            }
        }
    }
    let normal = |p: &usize| sums.get(*p).copied().unwrap_or_default().normalize_or(Vec3::Y).to_array();
    place.iter().map(normal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [[f32; 3]; 4] = [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [0.0, 1.0, 0.0]];

    #[test]
    fn normals_point_out_of_the_front() {
        assert_eq!(normals(&SQUARE, &[0, 1, 2, 0, 2, 3]), vec![[0.0, 0.0, 1.0]; 4]);
    }

    #[test]
    fn split_vertices_share_a_normal() {
        // Two faces at a right angle that share an edge through different vertices.
        let positions = [
            [0.0, 0.0, 0.0],
            [1.0, 0.0, 0.0],
            [0.0, 1.0, 0.0],
            [0.0, 0.0, 0.0],
            [0.0, 1.0, 0.0],
            [0.0, 0.0, 1.0],
        ];
        let n = normals(&positions, &[0, 1, 2, 3, 4, 5]);
        assert_eq!(n[0], n[3]);
        assert!((n[0][0] - n[0][2]).abs() < 1e-6 && n[0][0] > 0.7);
    }
}
