//! Tangents where the file has none: `MikkTSpace`, which normal maps are baked for (glTF 2.0 section 3.7.2.1).
//!
//! Vertices that have more than one tangent are doubled; nothing is smoothed or moved.

use crate::avatar::{MorphDeltas, Primitive};
use glam::{Vec2, Vec3};
use std::collections::HashMap;

/// Tangents of one vertex that differ by less (sine) are one.
const ALIKE: f32 = 1e-3;

/// A triangle with an area in the picture.
#[derive(Debug, Clone, Copy)]
struct Face {
    /// Where u grows, unit length.
    along: Vec3,
    /// The picture is not mirrored.
    is_upright: bool,
}

/// An edge between two welded vertices, lower number first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    ends: [u32; 2],
    is_upright: bool,
    /// The triangle runs from the lower to the higher.
    is_forward: bool,
    /// The triangle's corners at the ends.
    corners: [u32; 2],
}

/// Sets of corners that share a tangent.
struct Groups(Vec<u32>);

impl Groups {
    fn find(&mut self, mut corner: u32) -> u32 {
        while let Some(&parent) = self.0.get(corner as usize).filter(|parent| **parent != corner) {
            let above = self.0.get(parent as usize).copied().unwrap_or(parent);
            if let Some(place) = self.0.get_mut(corner as usize) {
                *place = above;
            }
            corner = above;
        }
        corner
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        if let Some(place) = self.0.get_mut(a.max(b) as usize) {
            *place = a.min(b);
        }
    }
}

/// For each vertex the first one with the same place, normal and texture coordinates.
fn welded(primitive: &Primitive, uvs: &[[f32; 2]]) -> Vec<u32> {
    let mut first: HashMap<[u32; 8], u32> = HashMap::with_capacity(uvs.len());
    let all = primitive.positions.iter().zip(&primitive.normals).zip(uvs);
    all.zip(0u32..)
        .map(|(((p, n), uv), vertex)| {
            let mut key = [0; 8];
            let numbers = p.iter().chain(n).chain(uv);
            // Adding zero makes -0.0 and 0.0 one number.
            key.iter_mut().zip(numbers).for_each(|(word, c)| *word = (c + 0.0).to_bits());
            *first.entry(key).or_insert(vertex)
        })
        .collect()
}

/// How a triangle lies in the picture; `None` where it has no area there.
fn face(points: [Vec3; 3], uvs: [Vec2; 3]) -> Option<Face> {
    let ([p0, p1, p2], [t0, t1, t2]) = (points, uvs);
    // Bitangents point up in the picture, where glTF's v runs downwards.
    let up = |t: Vec2| Vec2::new(t.x, -t.y);
    let (d1, d2) = (up(t1 - t0), up(t2 - t0));
    let area = d1.perp_dot(d2);
    let along = ((p1 - p0) * d2.y - (p2 - p0) * d1.y) * area.signum();
    let is_flat = area.abs() <= f32::MIN_POSITIVE;
    let along = along.try_normalize().filter(|_| !is_flat)?;
    Some(Face { along, is_upright: area > 0.0 })
}

/// A tangent for each corner of a triangle: those of all triangles around the vertex that hang together by edges and are
/// mirrored alike, weighted by their angles (Mikkelsen, "Simulation of Wrinkled Surfaces Revisited", 2008, section 2.8).
fn corner_tangents(primitive: &Primitive, uvs: &[[f32; 2]]) -> Vec<Option<[f32; 4]>> {
    let (triangles, _) = primitive.indices.as_chunks::<3>();
    let welded = welded(primitive, uvs);
    let place = |v: u32| primitive.positions.get(v as usize).map_or(Vec3::ZERO, |p| Vec3::from(*p));
    let normal = |v: u32| primitive.normals.get(v as usize).map_or(Vec3::Y, |n| Vec3::from(*n));
    let uv = |v: u32| uvs.get(v as usize).map_or(Vec2::ZERO, |t| Vec2::from(*t));
    let faces: Vec<Option<Face>> = triangles.iter().map(|t| face(t.map(place), t.map(uv))).collect();
    let mut edges = Vec::with_capacity(primitive.indices.len());
    for ((triangle, face), n) in triangles.iter().zip(&faces).zip(0u32..) {
        let Some(Face { is_upright, .. }) = *face else { continue };
        let [a, b, c] = triangle.map(|v| welded.get(v as usize).copied().unwrap_or(v));
        for (from, to, at, then) in [(a, b, 0, 1), (b, c, 1, 2), (c, a, 2, 0)] {
            let (mut ends, mut corners) = ([from, to], [n * 3 + at, n * 3 + then]);
            let is_forward = from < to;
            if !is_forward {
                ends.reverse();
                corners.reverse();
            }
            edges.push(Edge { ends, is_upright, is_forward, corners });
        }
    }
    edges.sort_unstable();
    let mut groups = Groups((0..primitive.indices.len() as u32).collect());
    for same in edges.chunk_by(|a, b| a.ends == b.ends && a.is_upright == b.is_upright) {
        let (back, forth) = same.split_at(same.partition_point(|edge| !edge.is_forward));
        for (one, other) in back.iter().zip(forth) {
            one.corners.into_iter().zip(other.corners).for_each(|(a, b)| groups.join(a, b));
        }
    }
    let mut sums = vec![Vec3::ZERO; primitive.indices.len()];
    for ((triangle, face), n) in triangles.iter().zip(&faces).zip(0u32..) {
        let Some(face) = face else { continue };
        let [a, b, c] = *triangle;
        for (corner, [at, before, after]) in (n * 3..).zip([[a, c, b], [b, a, c], [c, b, a]]) {
            let up = normal(at);
            let flat = |v: Vec3| (v - up * up.dot(v)).normalize_or_zero();
            let cosine = flat(place(before) - place(at)).dot(flat(place(after) - place(at)));
            let angle = libm::acosf(cosine.clamp(-1.0, 1.0));
            if let Some(sum) = sums.get_mut(groups.find(corner) as usize) {
                *sum += flat(face.along) * angle;
            }
        }
    }
    let mut tangent = |(corner, face): (u32, &Option<Face>)| {
        let side = if face.as_ref()?.is_upright { 1.0 } else { -1.0 };
        let t = sums.get(groups.find(corner) as usize)?.try_normalize()?;
        Some([t.x, t.y, t.z, side])
    };
    let owners = faces.iter().flat_map(|face| [face; 3]);
    (0u32..).zip(owners).map(&mut tangent).collect()
}

/// Gives `primitive` tangents along its texture coordinates `set`. A vertex at which they part, as on the seam of a mirrored
/// half, becomes several, with all that it has. Nothing happens where there are no such coordinates.
pub(super) fn complete(primitive: &mut Primitive, set: usize) {
    let count = primitive.positions.len();
    let Some(uvs) = primitive.uvs.get(set).filter(|uvs| uvs.len() == count && count > 0) else { return };
    let found = corner_tangents(primitive, uvs);
    let mut tangents: Vec<Option<[f32; 4]>> = vec![None; count];
    // Of each doubled vertex the next one of the same place.
    let mut next: Vec<Option<u32>> = vec![None; count];
    let mut doubles: Vec<u32> = Vec::new();
    let mut indices = std::mem::take(&mut primitive.indices);
    for (index, tangent) in indices.iter_mut().zip(found) {
        let Some(tangent) = tangent.filter(|t| t.iter().all(|c| c.is_finite())) else { continue };
        let vertex = *index;
        let mut at = vertex as usize;
        loop {
            match tangents.get_mut(at) {
                Some(place @ None) => {
                    *place = Some(tangent);
                    break;
                }
                Some(Some(held)) if is_alike(held, &tangent) => break,
                Some(Some(_)) => {}
                None => break,
            }
            let further = next.get(at).copied().flatten().unwrap_or_else(|| {
                let new = tangents.len() as u32;
                tangents.push(None);
                next.push(None);
                if let Some(link) = next.get_mut(at) {
                    *link = Some(new);
                }
                doubles.push(vertex);
                new
            });
            at = further as usize;
        }
        *index = at as u32;
    }
    primitive.indices = indices;
    double(primitive, &doubles);
    let normals = primitive.normals.iter().copied().chain(std::iter::repeat([0.0, 1.0, 0.0]));
    primitive.tangents =
        tangents.into_iter().zip(normals).map(|(t, n)| t.unwrap_or_else(|| any(n))).collect();
}

fn is_alike(a: &[f32; 4], b: &[f32; 4]) -> bool {
    let [ax, ay, az, aw] = *a;
    let [bx, by, bz, bw] = *b;
    aw == bw && Vec3::new(ax, ay, az).distance_squared(Vec3::new(bx, by, bz)) < ALIKE * ALIKE
}

/// Some direction along a surface.
fn any(normal: [f32; 3]) -> [f32; 4] {
    let t = Vec3::from(normal).try_normalize().map_or(Vec3::X, |n| n.any_orthonormal_vector());
    [t.x, t.y, t.z, 1.0]
}

/// Appends copies of `vertices`.
fn double(primitive: &mut Primitive, vertices: &[u32]) {
    fn append<T: Copy>(all: &mut Vec<T>, vertices: &[u32], count: usize) {
        if all.len() == count {
            let copies: Vec<T> = vertices.iter().filter_map(|&v| all.get(v as usize).copied()).collect();
            all.extend(copies);
        }
    }
    let count = primitive.positions.len();
    append(&mut primitive.normals, vertices, count);
    append(&mut primitive.colors, vertices, count);
    append(&mut primitive.influences, vertices, count);
    for uvs in &mut primitive.uvs {
        append(uvs, vertices, count);
    }
    for morph in &mut primitive.morphs {
        double_deltas(morph, vertices, count as u32);
    }
    append(&mut primitive.positions, vertices, count);
}

/// What moves a vertex moves its copies; the first of these has the number `first`.
fn double_deltas(morph: &mut MorphDeltas, vertices: &[u32], first: u32) {
    let copies: Vec<(u32, usize)> = (first..)
        .zip(vertices)
        .filter_map(|(copy, vertex)| Some((copy, morph.vertices.binary_search(vertex).ok()?)))
        .collect();
    morph.vertices.extend(copies.iter().map(|(copy, _)| *copy));
    for deltas in [&mut morph.positions, &mut morph.normals] {
        let own: Vec<[f32; 3]> = copies.iter().filter_map(|(_, at)| deltas.get(*at).copied()).collect();
        deltas.extend(own);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square() -> Primitive {
        Primitive {
            positions: vec![[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [0.0, 1.0, 0.0]],
            normals: vec![[0.0, 0.0, 1.0]; 4],
            uvs: [vec![[0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]], Vec::new()],
            indices: vec![0, 1, 2, 0, 2, 3],
            ..Primitive::default()
        }
    }

    #[test]
    fn tangents_follow_u_and_know_mirrored_charts() {
        let mut plain = square();
        complete(&mut plain, 0);
        assert_eq!(plain.tangents, [[1.0, 0.0, 0.0, 1.0]; 4]);
        let mut mirrored = square();
        mirrored.uvs[0].iter_mut().for_each(|[u, _]| *u = -*u);
        complete(&mut mirrored, 0);
        assert_eq!(mirrored.tangents, [[-1.0, 0.0, 0.0, -1.0]; 4]);
        let mut without = square();
        complete(&mut without, 1);
        assert!(without.tangents.is_empty());
    }

    /// What the reference algorithm says.
    struct Reference {
        primitive: Primitive,
        tangents: Vec<[f32; 4]>,
    }

    impl Reference {
        fn vertex(&self, face: usize, corner: usize) -> usize {
            self.primitive.indices[face * 3 + corner] as usize
        }
    }

    impl bevy_mikktspace::Geometry for Reference {
        fn num_faces(&self) -> usize {
            self.primitive.indices.len() / 3
        }

        fn num_vertices_of_face(&self, _face: usize) -> usize {
            3
        }

        fn position(&self, face: usize, corner: usize) -> [f32; 3] {
            self.primitive.positions[self.vertex(face, corner)]
        }

        fn normal(&self, face: usize, corner: usize) -> [f32; 3] {
            self.primitive.normals[self.vertex(face, corner)]
        }

        fn tex_coord(&self, face: usize, corner: usize) -> [f32; 2] {
            let [u, v] = self.primitive.uvs[0][self.vertex(face, corner)];
            [u, 1.0 - v]
        }

        fn set_tangent(&mut self, space: Option<bevy_mikktspace::TangentSpace>, face: usize, corner: usize) {
            self.tangents[face * 3 + corner] = space.unwrap_or_default().tangent_encoded();
        }
    }

    #[test]
    fn an_uneven_mesh_with_seams_has_the_reference_algorithms_tangents() {
        // A hilly sheet, mirrored in the middle, with a fan that touches another one at a single vertex.
        let side = 24u32;
        let mut sheet = Primitive::default();
        let hill = |x: f32, y: f32| libm::sinf(x * 0.7) * libm::cosf(y * 0.9) * 0.8;
        for (row, column) in (0..=side).flat_map(|r| (0..=side).map(move |c| (r, c))) {
            let (x, y) = (column as f32 + 0.3 * libm::sinf(row as f32), row as f32);
            let (dx, dy) = (hill(x + 0.01, y) - hill(x, y), hill(x, y + 0.01) - hill(x, y));
            sheet.positions.push([x, y, hill(x, y)]);
            sheet.normals.push(Vec3::new(-dx, -dy, 0.01).normalize_or_zero().to_array());
            let u = (column as f32 - side as f32 * 0.5).abs() * 0.05 + 0.01 * libm::cosf(y);
            sheet.uvs[0].push([u, y * 0.04 + 0.01 * libm::sinf(x)]);
            if row < side && column < side && (row + column) % 7 != 3 {
                let a = row * (side + 1) + column;
                let b = a + side + 1;
                sheet.indices.extend([a, a + 1, b, b, a + 1, b + 1]);
            }
        }
        let tangents = vec![[0.0; 4]; sheet.indices.len()];
        let mut reference = Reference { primitive: sheet.clone(), tangents };
        bevy_mikktspace::generate_tangents(&mut reference).unwrap();
        complete(&mut sheet, 0);
        assert!(sheet.positions.len() > reference.primitive.positions.len());
        let mut worst = 0.0f32;
        for (index, wanted) in sheet.indices.iter().zip(&reference.tangents) {
            let ([x, y, z, w], [rx, ry, rz, rw]) = (sheet.tangents[*index as usize], *wanted);
            worst = worst.max(Vec3::new(x, y, z).distance(Vec3::new(rx, ry, rz)));
            assert_eq!(w, rw);
        }
        println!("off by {worst} at most");
        assert!(worst < 2e-3, "{worst}");
    }

    #[test]
    fn a_ball_has_the_tangents_of_its_meridians() {
        let (rings, segments) = (24u32, 48u32);
        let mut ball = Primitive::default();
        let mut wanted = Vec::new();
        for ring in 0..=rings {
            for segment in 0..=segments {
                let down = std::f32::consts::PI * ring as f32 / rings as f32;
                let around = std::f32::consts::TAU * segment as f32 / segments as f32;
                let (flat, up) = (libm::sinf(down), libm::cosf(down));
                let point = [flat * libm::sinf(around), up, flat * libm::cosf(around)];
                ball.positions.push(point);
                ball.normals.push(point);
                ball.uvs[0].push([segment as f32 / segments as f32, ring as f32 / rings as f32]);
                wanted.push(Vec3::new(libm::cosf(around), 0.0, -libm::sinf(around)));
                if ring < rings && segment < segments {
                    let a = ring * (segments + 1) + segment;
                    let b = a + segments + 1;
                    ball.indices.extend([a, b, a + 1, a + 1, b, b + 1]);
                }
            }
        }
        complete(&mut ball, 0);
        // The poles have no meridian.
        for ring in 2..=rings - 2 {
            for segment in 0..=segments {
                let at = (ring * (segments + 1) + segment) as usize;
                let [x, y, z, w] = ball.tangents[at];
                let off = Vec3::new(x, y, z).distance(wanted[at]);
                assert!(off < 0.07 && w == 1.0, "{at}: {off}");
            }
        }
    }

    #[test]
    fn a_vertex_on_a_mirrored_seam_becomes_two_with_all_that_it_has() {
        // Two squares that share the edge x = 1, across which the picture is mirrored.
        let mut both = square();
        both.positions.extend([[2.0, 0.0, 0.0], [2.0, 1.0, 0.0]]);
        both.normals.extend([[0.0, 0.0, 1.0]; 2]);
        both.uvs[0].extend([[0.0, 1.0], [0.0, 0.0]]);
        both.colors = (0..6).map(|n| [n as f32; 4]).collect();
        both.indices.extend([1, 4, 5, 1, 5, 2]);
        both.morphs = vec![MorphDeltas {
            vertices: vec![0, 2],
            positions: vec![[9.0; 3], [5.0; 3]],
            normals: Vec::new(),
        }];
        complete(&mut both, 0);
        assert_eq!(both.positions.len(), 8);
        assert_eq!(both.indices[..6], [0, 1, 2, 0, 2, 3]);
        for (corner, index) in both.indices.iter().enumerate() {
            let side = if corner < 6 { 1.0 } else { -1.0 };
            assert_eq!(both.tangents[*index as usize], [side, 0.0, 0.0, side], "corner {corner}");
        }
        let copy = both.indices[11];
        assert!(copy >= 6 && both.positions[copy as usize] == both.positions[2]);
        assert_eq!(both.colors[copy as usize], [2.0; 4]);
        assert_eq!(both.morphs[0].vertices, [0, 2, copy]);
        assert_eq!(both.morphs[0].positions, [[9.0; 3], [5.0; 3], [5.0; 3]]);
        assert!(both.morphs[0].normals.is_empty());
    }
}
