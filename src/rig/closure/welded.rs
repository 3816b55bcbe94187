//! Surfaces that hang together, whatever seams of texture or normals cut their vertices apart.

use glam::Vec3;
use std::collections::BTreeMap;

/// Vertices this close are one, metres.
const WELD: f32 = 2e-5;

/// For each vertex the number of its surface; vertices of one number are joined by triangles.
pub(super) fn surfaces(positions: &[Vec3], indices: &[u32]) -> Vec<u32> {
    let mut parents: Vec<u32> = (0..positions.len() as u32).collect();
    let mut first_at: BTreeMap<[i64; 3], u32> = BTreeMap::new();
    for (vertex, position) in positions.iter().enumerate() {
        let place = (*position / WELD).to_array().map(|c| c as i64);
        let first = *first_at.entry(place).or_insert(vertex as u32);
        join(&mut parents, first, vertex as u32);
    }
    for triangle in indices.chunks_exact(3) {
        join(&mut parents, triangle[0], triangle[1]);
        join(&mut parents, triangle[0], triangle[2]);
    }
    (0..positions.len() as u32).map(|vertex| root(&mut parents, vertex)).collect()
}

fn root(parents: &mut [u32], mut vertex: u32) -> u32 {
    while let Some(&parent) = parents.get(vertex as usize).filter(|&&p| p != vertex) {
        // Halving the way keeps it short.
        let above = parents.get(parent as usize).copied().unwrap_or(parent);
        if let Some(slot) = parents.get_mut(vertex as usize) {
            *slot = above;
        }
        vertex = parent;
    }
    vertex
}

fn join(parents: &mut [u32], a: u32, b: u32) {
    let (a, b) = (root(parents, a), root(parents, b));
    if let Some(slot) = parents.get_mut(a.max(b) as usize) {
        *slot = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seam_holds_together_and_a_gap_does_not() {
        let at = |x: f32| Vec3::new(x, 0.0, 0.0);
        // Two triangles that share a place by two vertices, and one apart.
        let places = [0.0, 1.0, 2.0, 2.0, 3.0, 4.0, 7.0, 8.0, 9.0].map(at);
        let found = surfaces(&places, &[0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(found, [0, 0, 0, 0, 0, 0, 6, 6, 6]);
    }
}
