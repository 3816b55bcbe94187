//! How far the skin around an opening lies from its rim, counted in the source mesh's rings of edges.
//!
//! The source's rings follow the border of the lips and the folds of the lids, so that one number says where on them a point is.

use std::collections::BTreeSet;

use super::base::{Base, range};
use super::part::Part;

/// What lies farther out is all as far.
pub(super) const FARTHEST: f32 = 14.0;

/// For each source vertex the number of edges to the rim of the lining, and 0 inside; `is_lining` tells the part's vertices that line the opening.
pub(super) fn around(base: &Base, part: &Part, is_lining: impl Fn(usize) -> bool) -> Vec<f32> {
    let mut lining = BTreeSet::new();
    for triangle in &part.triangles {
        if triangle.iter().all(|&i| is_lining(i as usize)) {
            lining.extend(triangle.iter().filter_map(|&i| part.vertices[i as usize].source));
        }
    }
    let mut rings = vec![FARTHEST; base.positions.len()];
    for &vertex in &lining {
        rings[vertex as usize] = 0.0;
    }
    // Quads, since the diagonals of triangles would cut the rings short.
    let mut changed = true;
    while changed {
        changed = false;
        for quad in base.quads_in(range::BODY) {
            for side in 0..4 {
                let [a, b] = [quad[side], quad[(side + 1) % 4]].map(|corner| corner.vertex as usize);
                let least = rings[a].min(rings[b]) + 1.0;
                for v in [a, b] {
                    changed |= rings[v] > least;
                    rings[v] = rings[v].min(least);
                }
            }
        }
    }
    rings
}
