//! What all clothes need: a surface moved outwards, relaxed as cloth hangs, and given a visible thickness at its edges.

use std::collections::BTreeMap;

use glam::Vec3;

use super::super::part::{Part, Vertex};

/// `suit` moved outwards by `distance` metres and relaxed over `rounds`; no vertex comes nearer than `nearest` to where it was.
pub(super) fn drape(suit: &Part, distance: impl Fn(&Vertex) -> f32, rounds: usize, nearest: f32) -> Part {
    let mut part = suit.clone();
    for vertex in &mut part.vertices {
        vertex.position += vertex.normal * distance(vertex);
        vertex.source = None;
    }
    let (near, border) = (part.neighbours(), part.border());
    let mut fixed = vec![false; part.vertices.len()];
    for (a, b) in border {
        fixed[a as usize] = true;
        fixed[b as usize] = true;
    }
    for _ in 0..rounds {
        let before: Vec<Vec3> = part.vertices.iter().map(|v| v.position).collect();
        for (index, vertex) in part.vertices.iter_mut().enumerate() {
            if fixed[index] || near[index].is_empty() {
                continue;
            }
            let sum: Vec3 = near[index].iter().map(|&n| before[n as usize]).sum();
            vertex.position = before[index].lerp(sum / near[index].len() as f32, 0.5);
            let skin = &suit.vertices[index];
            let height = (vertex.position - skin.position).dot(skin.normal);
            if height < nearest {
                vertex.position += skin.normal * (nearest - height);
            }
        }
    }
    part.smooth_normals();
    part
}

/// Turns the edges of `part` inwards by `depth` metres, so that cloth looks thick where it ends.
pub(super) fn rim(part: &mut Part, depth: f32) {
    let border = part.border();
    let mut sums: BTreeMap<u32, Vec3> = BTreeMap::new();
    for &(a, b) in &border {
        let (va, vb) = (part.vertices[a as usize], part.vertices[b as usize]);
        let out = (vb.position - va.position).cross(va.normal + vb.normal);
        *sums.entry(a).or_default() += out;
        *sums.entry(b).or_default() += out;
    }
    let mut rims: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for (&index, out) in &sums {
        let edge = part.vertices[index as usize];
        let outer = Vertex { normal: out.normalize_or(edge.normal), ..edge };
        let inner = Vertex { position: edge.position - edge.normal * depth, ..outer };
        rims.insert(index, (part.vertex(outer), part.vertex(inner)));
    }
    for (a, b) in border {
        if let (Some(&(outer_a, inner_a)), Some(&(outer_b, inner_b))) = (rims.get(&a), rims.get(&b)) {
            part.quad([outer_b, outer_a, inner_a, inner_b]);
        }
    }
}
