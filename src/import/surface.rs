//! Normals and tangents where the file has none.

use glam::{Vec2, Vec3};
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

/// Tangents along increasing `u`, handedness in w, accumulated per vertex by area in UV space
/// (Lengyel, *Foundations of Game Engine Development* volume 2, section 7.5).
pub(super) fn tangents(
    positions: &[[f32; 3]],
    normals: &[[f32; 3]],
    uvs: &[[f32; 2]],
    indices: &[u32],
) -> Vec<[f32; 4]> {
    let mut along_u = vec![Vec3::ZERO; positions.len()];
    let mut along_v = vec![Vec3::ZERO; positions.len()];
    let (corners, _) = indices.as_chunks::<3>();
    for corner in corners {
        let [a, b, c] = corner.map(|i| positions.get(i as usize).map_or(Vec3::ZERO, |p| Vec3::from(*p)));
        let [s, t, r] = corner.map(|i| uvs.get(i as usize).map_or(Vec2::ZERO, |p| Vec2::from(*p)));
        let (e1, e2) = (b - a, c - a);
        let (d1, d2) = (t - s, r - s);
        let area = d1.x * d2.y - d2.x * d1.y;
        // The area's sign orients; its size would only weigh by what stretching the UVs have.
        let sign = if area < 0.0 { -1.0 } else { 1.0 };
        let u = (e1 * d2.y - e2 * d1.y) * sign;
        let v = (e2 * d1.x - e1 * d2.x) * sign;
        for &i in corner {
            if let (Some(su), Some(sv)) = (along_u.get_mut(i as usize), along_v.get_mut(i as usize)) {
                *su += u;
                *sv += v;
            }
        }
    }
    let each = |((n, u), v): ((&[f32; 3], &Vec3), &Vec3)| {
        let n = Vec3::from(*n);
        let flat = *u - n * n.dot(*u);
        let t = flat.try_normalize().unwrap_or_else(|| n.any_orthonormal_vector());
        // The bitangent cross(normal, tangent) · w points up in the picture, where v runs downwards.
        let w = if n.cross(t).dot(*v) > 0.0 { -1.0 } else { 1.0 };
        [t.x, t.y, t.z, w]
    };
    normals.iter().zip(&along_u).zip(&along_v).map(each).collect()
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

    #[test]
    fn tangents_follow_u_and_know_mirrored_charts() {
        let n = vec![[0.0, 0.0, 1.0]; 4];
        let plain = [[0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]];
        assert_eq!(tangents(&SQUARE, &n, &plain, &[0, 1, 2, 0, 2, 3])[0], [1.0, 0.0, 0.0, 1.0]);
        let mirrored = plain.map(|[u, v]| [-u, v]);
        assert_eq!(tangents(&SQUARE, &n, &mirrored, &[0, 1, 2, 0, 2, 3])[0], [-1.0, 0.0, 0.0, -1.0]);
    }
}
