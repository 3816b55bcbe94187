//! Sparse morph deltas packed for the deform shader.
//!
//! A morph target of a primitive becomes blocks of 32 vertices, each a bit mask of the vertices it moves and the place of
//! their deltas; a vertex finds its delta by counting the bits below its own. Nothing is stored for vertices that do
//! not move, and targets of weight zero are never looked at.

use crate::avatar::MorphDeltas;
use glam::Vec3;

/// Words of one delta: position and normal.
const DELTA_WORDS: usize = 6;

/// Where one target's blocks are; no blocks where it moves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct MorphBlocks {
    /// Word index of the first block.
    pub(super) start: u32,
    /// Which block of the primitive it is.
    pub(super) first: u32,
    /// How many.
    pub(super) count: u32,
    /// The farthest that the target moves a vertex at weight 1, mesh space.
    pub(super) reach: f32,
}

/// Appends `deltas` of a primitive with `vertex_count` vertices to `words`.
pub(super) fn pack(deltas: &MorphDeltas, vertex_count: usize, words: &mut Vec<u32>) -> MorphBlocks {
    let moved: Vec<(u32, [f32; 3], [f32; 3])> = deltas
        .vertices
        .iter()
        .zip(&deltas.positions)
        .enumerate()
        .filter(|(_, (vertex, _))| (**vertex as usize) < vertex_count)
        .map(|(i, (vertex, position))| {
            (*vertex, *position, deltas.normals.get(i).copied().unwrap_or_default())
        })
        .collect();
    let (Some(lowest), Some(highest)) = (moved.iter().map(|m| m.0).min(), moved.iter().map(|m| m.0).max())
    else {
        return MorphBlocks::default();
    };
    let (first, count) = (lowest / 32, highest / 32 - lowest / 32 + 1);
    let reach = moved.iter().map(|m| Vec3::from(m.1).length()).fold(0.0, f32::max);
    let blocks = MorphBlocks { start: words.len() as u32, first, count, reach };
    let mut masks = vec![0u32; count as usize];
    let mut order: Vec<usize> = (0..moved.len()).collect();
    order.sort_by_key(|&i| moved[i].0);
    order.dedup_by_key(|i| moved[*i].0);
    for &i in &order {
        masks[(moved[i].0 / 32 - first) as usize] |= 1 << (moved[i].0 % 32);
    }
    let mut at = words.len() + 2 * masks.len();
    for mask in &masks {
        words.extend([*mask, at as u32]);
        at += mask.count_ones() as usize * DELTA_WORDS;
    }
    for &i in &order {
        let (_, position, normal) = moved[i];
        words.extend(position.iter().chain(&normal).map(|f| f.to_bits()));
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the shader does to find a delta.
    fn find(words: &[u32], blocks: MorphBlocks, vertex: u32) -> Option<[f32; 3]> {
        let nth = (vertex / 32).wrapping_sub(blocks.first);
        if nth >= blocks.count {
            return None;
        }
        let at = (blocks.start + nth * 2) as usize;
        let bit = vertex % 32;
        if words[at] >> bit & 1 == 0 {
            return None;
        }
        let rank = (words[at] & ((1 << bit) - 1)).count_ones();
        let delta = words[at + 1] as usize + rank as usize * DELTA_WORDS;
        Some([0, 1, 2].map(|i| f32::from_bits(words[delta + i])))
    }

    #[test]
    fn every_delta_is_found_and_no_other() {
        let vertices = vec![40, 63, 64, 200, 201, 255];
        let positions: Vec<[f32; 3]> = vertices.iter().map(|&v| [v as f32, 0.5, -1.0]).collect();
        let deltas = MorphDeltas { vertices: vertices.clone(), positions, normals: Vec::new() };
        let mut words = vec![7; 3];
        let blocks = pack(&deltas, 256, &mut words);
        assert_eq!((blocks.start, blocks.first, blocks.count), (3, 1, 7));
        for vertex in 0..300 {
            let expected = vertices.contains(&vertex).then_some([vertex as f32, 0.5, -1.0]);
            assert_eq!(find(&words, blocks, vertex), expected, "vertex {vertex}");
        }
    }

    #[test]
    fn vertices_that_do_not_exist_are_left_out() {
        let deltas = MorphDeltas { vertices: vec![9], positions: vec![[1.0; 3]], normals: Vec::new() };
        assert_eq!(pack(&deltas, 9, &mut Vec::new()), MorphBlocks::default());
    }
}
