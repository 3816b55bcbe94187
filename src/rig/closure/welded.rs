//! Surfaces that hang together, whatever seams of texture or normals cut their vertices apart, and ways along them.

use glam::Vec3;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// Vertices this close are one, metres.
const WELD: f32 = 2e-5;

/// For each vertex the number of its surface; vertices of one number are joined by triangles.
pub(super) fn surfaces(positions: &[Vec3], indices: &[u32]) -> Vec<u32> {
    let mut parents = welded(positions);
    for triangle in indices.chunks_exact(3) {
        join(&mut parents, triangle[0], triangle[1]);
        join(&mut parents, triangle[0], triangle[2]);
    }
    (0..positions.len() as u32).map(|vertex| root(&mut parents, vertex)).collect()
}

/// For each vertex the first one at its place.
fn welded(positions: &[Vec3]) -> Vec<u32> {
    let mut first_at: BTreeMap<[i64; 3], u32> = BTreeMap::new();
    let place = |p: &Vec3| (*p / WELD).to_array().map(|c| c as i64);
    positions.iter().enumerate().map(|(v, p)| *first_at.entry(place(p)).or_insert(v as u32)).collect()
}

/// The edges of a surface, to go along.
pub(super) struct Ways<'a> {
    positions: &'a [Vec3],
    /// For each vertex the first one at its place.
    first: Vec<u32>,
    /// Both directions of every edge between first ones, in order.
    edges: Vec<(u32, u32)>,
}

impl<'a> Ways<'a> {
    pub(super) fn new(positions: &'a [Vec3], indices: &[u32]) -> Self {
        let first = welded(positions);
        let of = |vertex: u32| first.get(vertex as usize).copied().unwrap_or(vertex);
        let sides = |&[a, b, c]: &[u32; 3]| [(a, b), (b, c), (c, a)];
        let triangles = indices.as_chunks::<3>().0.iter();
        let mut edges: Vec<(u32, u32)> =
            triangles.flat_map(sides).flat_map(|(a, b)| [(of(a), of(b)), (of(b), of(a))]).collect();
        edges.sort_unstable();
        edges.dedup();
        Self { positions, first, edges }
    }

    /// For each vertex which of the `seeds` is nearest along the surface, by the number of its list, if one is at most
    /// `reach` away (E. W. Dijkstra, 1959).
    pub(super) fn nearest(&self, seeds: &[&[u32]], reach: f32) -> Vec<Option<usize>> {
        let mut found: Vec<Option<usize>> = vec![None; self.positions.len()];
        self.walk(seeds, reach, |vertex, list| {
            if let Some(slot) = found.get_mut(vertex as usize) {
                *slot = Some(list);
            }
            true
        });
        self.first.iter().map(|&v| found.get(v as usize).copied().flatten()).collect()
    }

    /// Whether the way from one vertex to another is at most `reach` long.
    pub(super) fn are_within(&self, from: u32, to: u32, reach: f32) -> bool {
        let to = self.of(to);
        let mut is_met = false;
        self.walk(&[&[from]], reach, |vertex, _| {
            is_met |= vertex == to;
            !is_met
        });
        is_met
    }

    fn of(&self, vertex: u32) -> u32 {
        self.first.get(vertex as usize).copied().unwrap_or(vertex)
    }

    /// Tells of every place within `reach` of a seed, the nearest first, and whose list it is, until told to stop.
    fn walk(&self, seeds: &[&[u32]], reach: f32, mut tell: impl FnMut(u32, usize) -> bool) {
        // Lengths are never negative, and the bits of such numbers are ordered as they are.
        let mut open: BinaryHeap<Reverse<(u32, u32, usize)>> = BinaryHeap::new();
        for (list, seeds) in seeds.iter().enumerate() {
            open.extend(seeds.iter().map(|&seed| Reverse((0, self.of(seed), list))));
        }
        let mut seen: BTreeSet<u32> = BTreeSet::new();
        while let Some(Reverse((length, vertex, list))) = open.pop() {
            if !seen.insert(vertex) {
                continue;
            }
            if !tell(vertex, list) {
                return;
            }
            let Some(here) = self.positions.get(vertex as usize) else { continue };
            let begin = self.edges.partition_point(|edge| edge.0 < vertex);
            for &(_, next) in self.edges[begin..].iter().take_while(|edge| edge.0 == vertex) {
                let Some(there) = self.positions.get(next as usize) else { continue };
                let longer = f32::from_bits(length) + here.distance(*there);
                if longer <= reach && !seen.contains(&next) {
                    open.push(Reverse((longer.to_bits(), next, list)));
                }
            }
        }
    }
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

    #[test]
    fn ways_go_along_the_surface() {
        // A strip 0–1–2–3 with a seam at 1, and a triangle close by that hangs on nothing.
        let at = |x: f32, y: f32| Vec3::new(x, y, 0.0);
        let places = [at(0.0, 0.0), at(1.0, 0.0), at(0.5, 1.0), at(1.0, 0.0), at(2.0, 0.0), at(1.5, 1.0)];
        let apart = [at(0.0, 0.1), at(1.0, 0.1), at(0.5, 0.2)];
        let places: Vec<Vec3> = places.into_iter().chain(apart).collect();
        let ways = Ways::new(&places, &[0, 1, 2, 3, 4, 5, 6, 7, 8]);
        let found = ways.nearest(&[&[0], &[4]], 1.2);
        assert_eq!(found, [Some(0), Some(0), Some(0), Some(0), Some(1), Some(1), None, None, None]);
        assert_eq!(ways.nearest(&[&[0]], 0.5)[1], None, "too far");
        assert!(ways.are_within(0, 4, 2.0) && !ways.are_within(0, 4, 1.9) && !ways.are_within(0, 6, 9.0));
    }
}
