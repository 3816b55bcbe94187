//! What all clothes need: a surface moved outwards, relaxed as cloth hangs, lengthened, and given a visible thickness at its edges.

use std::collections::BTreeMap;

use glam::Vec3;

use super::super::part::{Part, Vertex, between};
use super::super::skeleton::{self, Skin};
use super::probe::Probe;

/// `part` with one vertex at each place: the source cuts it along seams of its texture.
pub(super) fn weld(part: &Part) -> Part {
    let mut known: BTreeMap<[u32; 3], u32> = BTreeMap::new();
    let mut out = Part::default();
    let index: Vec<u32> = part
        .vertices
        .iter()
        .map(|v| *known.entry(v.position.to_array().map(f32::to_bits)).or_insert_with(|| out.vertex(*v)))
        .collect();
    out.triangles = part.triangles.iter().map(|t| t.map(|i| index[i as usize])).collect();
    out
}

/// `suit` moved outwards by `distance` metres and relaxed over `rounds`; no vertex comes nearer than `nearest` to where it was.
pub(super) fn drape(suit: &Part, distance: impl Fn(&Vertex) -> f32, rounds: usize, nearest: f32) -> Part {
    let mut part = suit.clone();
    for vertex in &mut part.vertices {
        vertex.position += vertex.normal * distance(vertex);
        vertex.source = None;
    }
    relax(&mut part, suit, rounds, nearest);
    part.smooth_normals();
    part
}

/// Evens `part` over `rounds`, edges kept, at least `nearest` metres above `suit`, which has the same vertices.
pub(super) fn relax(part: &mut Part, suit: &Part, rounds: usize, nearest: f32) {
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
}

/// Pushes `part` inwards until it lies at least `gap` metres below `over`.
pub(super) fn sink(part: &mut Part, over: &Probe<'_>, gap: f32) {
    for vertex in &mut part.vertices {
        vertex.position = over.lay(vertex.position, f32::NEG_INFINITY, -gap);
    }
    part.smooth_normals();
}

/// Evens the surface over `rounds`, each vertex as much as `share` says; edges stay.
pub(super) fn even(part: &mut Part, rounds: usize, share: impl Fn(&Vertex) -> f32) {
    let (near, border) = (part.neighbours(), part.border());
    let mut shares: Vec<f32> = part.vertices.iter().map(share).collect();
    for (a, b) in border {
        shares[a as usize] = 0.0;
        shares[b as usize] = 0.0;
    }
    for _ in 0..rounds {
        let before: Vec<Vec3> = part.vertices.iter().map(|v| v.position).collect();
        for (index, vertex) in part.vertices.iter_mut().enumerate() {
            if near[index].is_empty() {
                continue;
            }
            let mean =
                near[index].iter().map(|&n| before[n as usize]).sum::<Vec3>() / near[index].len() as f32;
            vertex.position = before[index].lerp(mean, 0.5 * shares[index]);
        }
    }
    part.smooth_normals();
}

/// Halves the edges between vertices that both `count`, so that the surface can follow finer curves.
pub(super) fn refine(part: &mut Part, counts: impl Fn(&Vertex) -> bool) {
    let within: Vec<bool> = part.vertices.iter().map(counts).collect();
    let mut middles: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    let mut triangles = Vec::with_capacity(part.triangles.len() * 2);
    for corners in std::mem::take(&mut part.triangles) {
        let mut halved = [None; 3];
        for (i, slot) in halved.iter_mut().enumerate() {
            let (a, b) = (corners[i], corners[(i + 1) % 3]);
            if within[a as usize] && within[b as usize] {
                let key = (a.min(b), a.max(b));
                let middle = *middles.entry(key).or_insert_with(|| {
                    let vertex = between(&part.vertices[key.0 as usize], &part.vertices[key.1 as usize], 0.5);
                    part.vertex(vertex)
                });
                *slot = Some(middle);
            }
        }
        let [a, b, c] = corners;
        match halved {
            [Some(ab), Some(bc), Some(ca)] => {
                triangles.extend([[a, ab, ca], [ab, b, bc], [ca, bc, c], [ab, bc, ca]]);
            }
            // Corners count, not edges: one edge alone may be halved, never two.
            [Some(ab), ..] => triangles.extend([[a, ab, c], [ab, b, c]]),
            [_, Some(bc), _] => triangles.extend([[a, b, bc], [a, bc, c]]),
            [.., Some(ca)] => triangles.extend([[a, b, ca], [ca, b, c]]),
            _ => triangles.push(corners),
        }
    }
    part.triangles = triangles;
}

/// Evens over `rounds` which bones move the vertices, so that cloth bends in wider curves than the body.
pub(super) fn soften_skins(part: &mut Part, rounds: usize) {
    let near = part.neighbours();
    for _ in 0..rounds {
        let before: Vec<Skin> = part.vertices.iter().map(|v| v.skin).collect();
        for (index, vertex) in part.vertices.iter_mut().enumerate() {
            let count = near[index].len();
            if count == 0 {
                continue;
            }
            let share = 0.5 / count as f32;
            let mut list = vec![(before[index], 0.5)];
            list.extend(near[index].iter().map(|&n| (before[n as usize], share)));
            vertex.skin = skeleton::mix(&list);
        }
    }
}

/// Lengthens `part` at those edges whose both ends `hem` accepts: `steps` strips, whose points `place` finds from the
/// edge's vertex and the share of the way, 0..=1.
pub(super) fn lengthen(
    part: &mut Part,
    hem: impl Fn(&Vertex) -> bool,
    steps: usize,
    place: impl Fn(&Vertex, f32) -> Vertex,
) {
    let border: Vec<(u32, u32)> = part
        .border()
        .into_iter()
        .filter(|&(a, b)| hem(&part.vertices[a as usize]) && hem(&part.vertices[b as usize]))
        .collect();
    let mut strips: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for index in border.iter().flat_map(|&(a, b)| [a, b]) {
        if strips.contains_key(&index) {
            continue;
        }
        let start = part.vertices[index as usize];
        let mut strip = vec![index];
        strip.extend((1..=steps).map(|step| part.vertex(place(&start, step as f32 / steps as f32))));
        strips.insert(index, strip);
    }
    for (a, b) in border {
        if let (Some(from), Some(to)) = (strips.get(&a).cloned(), strips.get(&b).cloned()) {
            for step in 0..steps {
                part.quad([to[step], from[step], from[step + 1], to[step + 1]]);
            }
        }
    }
    part.smooth_normals();
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
