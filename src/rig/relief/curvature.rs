//! How bent a surface is at each vertex.

use glam::Vec3;

/// Mean of the normal curvatures along the edges at each vertex, 1/m, whatever their sign, spread over the neighbours once:
/// `|(n₁ − n₀)·(p₁ − p₀)| / |p₁ − p₀|²`.
pub(super) fn curvature(places: &[Vec3], normals: &[Vec3], indices: &[u32]) -> Vec<f32> {
    let bend = |a: usize, b: usize| {
        let (step, turn) = (*places.get(b)? - *places.get(a)?, *normals.get(b)? - *normals.get(a)?);
        let square = step.length_squared();
        (square > 1e-12).then(|| (turn.dot(step) / square).abs())
    };
    let sharp = mean_at(places.len(), indices, bend);
    mean_at(places.len(), indices, |a, b| Some((sharp.get(a)? + sharp.get(b)?) * 0.5))
}

/// At each of `count` vertices the mean of what its edges are.
fn mean_at(count: usize, indices: &[u32], of: impl Fn(usize, usize) -> Option<f32>) -> Vec<f32> {
    let mut sums = vec![(0.0f32, 0.0f32); count];
    for triangle in indices.chunks_exact(3) {
        for (a, b) in [(0, 1), (1, 2), (2, 0)] {
            let (a, b) = (triangle[a] as usize, triangle[b] as usize);
            let Some(value) = of(a, b) else { continue };
            for end in [a, b] {
                if let Some((sum, edges)) = sums.get_mut(end) {
                    *sum += value;
                    *edges += 1.0;
                }
            }
        }
    }
    sums.into_iter().map(|(sum, edges)| if edges > 0.0 { sum / edges } else { 0.0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ball_is_bent_by_one_over_its_radius() {
        let radius = 0.02;
        let corners = [Vec3::X, Vec3::Y, Vec3::Z, Vec3::NEG_X, Vec3::NEG_Y, Vec3::NEG_Z];
        let indices = [0, 1, 2, 1, 3, 2, 3, 4, 2, 4, 0, 2, 1, 0, 5, 3, 1, 5, 4, 3, 5, 0, 4, 5];
        let places = corners.map(|c| c * radius);
        for found in curvature(&places, &corners, &indices) {
            assert!((found * radius - 1.0).abs() < 1e-4, "{found}");
        }
        assert_eq!(curvature(&places, &[Vec3::Z; 6], &indices), vec![0.0; 6]);
        assert_eq!(curvature(&places, &corners, &[7, 8, 9]), vec![0.0; 6]);
    }
}
