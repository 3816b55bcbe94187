//! A part of the avatar while it is being made: an indexed triangle mesh with one material.

use std::collections::BTreeMap;

use glam::{Vec2, Vec3};

use super::base::{Base, Corner};
use super::skeleton::{self, Skin};

/// A vertex.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vertex {
    /// Metres.
    pub(super) position: Vec3,
    /// Unit length.
    pub(super) normal: Vec3,
    /// Texture coordinate, v down, each 0..=1.
    pub(super) coordinate: Vec2,
    /// Which bones move it.
    pub(super) skin: Skin,
    /// The source vertex whose facial movements it shares.
    pub(super) source: Option<u32>,
}

/// A mesh with one material.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    pub(super) vertices: Vec<Vertex>,
    /// Counter-clockwise from outside.
    pub(super) triangles: Vec<[u32; 3]>,
}

impl Part {
    /// The given quads of the source as they are; `normals` are those of the whole source mesh.
    pub(super) fn from_quads<'q>(
        base: &Base,
        normals: &[Vec3],
        skins: &[Skin],
        quads: impl Iterator<Item = &'q [Corner; 4]>,
    ) -> Self {
        let mut part = Self::default();
        let mut known: BTreeMap<Corner, u32> = BTreeMap::new();
        for quad in quads {
            let indices = quad.map(|corner| {
                *known.entry(corner).or_insert_with(|| {
                    let v = corner.vertex as usize;
                    let coordinate = base.coordinates[corner.coordinate as usize];
                    part.vertices.push(Vertex {
                        position: base.positions[v],
                        normal: normals[v],
                        coordinate: Vec2::new(coordinate.x, 1.0 - coordinate.y),
                        skin: skins[v],
                        source: Some(corner.vertex),
                    });
                    part.vertices.len() as u32 - 1
                })
            });
            part.quad(indices);
        }
        part
    }

    /// Adds a quad as two triangles, cut along its shorter diagonal.
    pub(super) fn quad(&mut self, [a, b, c, d]: [u32; 4]) {
        let at = |i: u32| self.vertices[i as usize].position;
        if at(a).distance_squared(at(c)) <= at(b).distance_squared(at(d)) {
            self.triangles.extend([[a, b, c], [a, c, d]]);
        } else {
            self.triangles.extend([[a, b, d], [b, c, d]]);
        }
    }

    /// Adds a vertex and returns its index.
    pub(super) fn vertex(&mut self, vertex: Vertex) -> u32 {
        self.vertices.push(vertex);
        self.vertices.len() as u32 - 1
    }

    /// Appends all of `other`.
    pub(super) fn append(&mut self, other: &Self) {
        let offset = self.vertices.len() as u32;
        self.vertices.extend_from_slice(&other.vertices);
        self.triangles.extend(other.triangles.iter().map(|t| t.map(|i| i + offset)));
    }

    /// The triangles of which `is_first` holds for every vertex, and the others.
    pub(super) fn split(&self, is_first: impl Fn(&Vertex) -> bool) -> [Self; 2] {
        let mut halves = [Self::default(), Self::default()];
        let mut kept = [BTreeMap::new(), BTreeMap::new()];
        for triangle in &self.triangles {
            let half = usize::from(!triangle.iter().all(|&i| is_first(&self.vertices[i as usize])));
            let indices = triangle.map(|i| {
                *kept[half].entry(i).or_insert_with(|| halves[half].vertex(self.vertices[i as usize]))
            });
            halves[half].triangles.push(indices);
        }
        halves
    }

    /// Keeps what lies where `field` is at least zero: triangles across the border are cut along it.
    pub(super) fn clip(&self, field: impl Fn(&Vertex) -> f32) -> Self {
        let values: Vec<f32> = self.vertices.iter().map(field).collect();
        let mut out = Self::default();
        let mut kept: BTreeMap<u32, u32> = BTreeMap::new();
        let mut cut: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for triangle in &self.triangles {
            let mut polygon: Vec<u32> = Vec::with_capacity(4);
            for (i, &a) in triangle.iter().enumerate() {
                let b = triangle[(i + 1) % 3];
                let (fa, fb) = (values[a as usize], values[b as usize]);
                if fa >= 0.0 {
                    polygon.push(*kept.entry(a).or_insert_with(|| out.vertex(self.vertices[a as usize])));
                }
                if (fa >= 0.0) != (fb >= 0.0) {
                    let (low, high) = (a.min(b), a.max(b));
                    let index = *cut.entry((low, high)).or_insert_with(|| {
                        let (fl, fh) = (values[low as usize], values[high as usize]);
                        let (l, h) = (&self.vertices[low as usize], &self.vertices[high as usize]);
                        out.vertex(between(l, h, fl / (fl - fh)))
                    });
                    polygon.push(index);
                }
            }
            for i in 2..polygon.len() {
                out.triangles.push([polygon[0], polygon[i - 1], polygon[i]]);
            }
        }
        out
    }

    /// Computes the normals anew from the triangles; vertices at one place share theirs.
    pub(super) fn smooth_normals(&mut self) {
        let mut sums: BTreeMap<[u32; 3], Vec3> = BTreeMap::new();
        for triangle in &self.triangles {
            let [a, b, c] = triangle.map(|i| self.vertices[i as usize].position);
            let area = (b - a).cross(c - a);
            for p in [a, b, c] {
                *sums.entry(key(p)).or_default() += area;
            }
        }
        for vertex in &mut self.vertices {
            if let Some(sum) = sums.get(&key(vertex.position)) {
                vertex.normal = sum.normalize_or(vertex.normal);
            }
        }
    }

    /// The edges that only one triangle has, in its direction.
    pub(super) fn border(&self) -> Vec<(u32, u32)> {
        let mut edges: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for t in &self.triangles {
            for i in 0..3 {
                *edges.entry((t[i], t[(i + 1) % 3])).or_default() += 1;
            }
        }
        edges.keys().filter(|(a, b)| !edges.contains_key(&(*b, *a))).copied().collect()
    }

    /// For each vertex the least vertex that triangles connect it with: equal for all of one connected piece.
    pub(super) fn groups(&self) -> Vec<u32> {
        let mut least: Vec<u32> = (0..self.vertices.len() as u32).collect();
        let mut changed = true;
        while changed {
            changed = false;
            for triangle in &self.triangles {
                let low = triangle.iter().map(|&i| least[i as usize]).min().unwrap_or_default();
                for &i in triangle {
                    changed |= least[i as usize] > low;
                    least[i as usize] = low;
                }
            }
            for i in 0..least.len() {
                least[i] = least[least[i] as usize];
            }
        }
        least
    }

    /// Each vertex's neighbours, ascending.
    pub(super) fn neighbours(&self) -> Vec<Vec<u32>> {
        let mut near = vec![Vec::new(); self.vertices.len()];
        for t in &self.triangles {
            for i in 0..3 {
                near[t[i] as usize].extend([t[(i + 1) % 3], t[(i + 2) % 3]]);
            }
        }
        for list in &mut near {
            list.sort_unstable();
            list.dedup();
        }
        near
    }
}

/// The vertex `t` of the way from `a` to `b`.
pub(super) fn between(a: &Vertex, b: &Vertex, t: f32) -> Vertex {
    Vertex {
        position: a.position.lerp(b.position, t),
        normal: a.normal.lerp(b.normal, t).normalize_or(a.normal),
        coordinate: a.coordinate.lerp(b.coordinate, t),
        skin: skeleton::mix(&[(a.skin, 1.0 - t), (b.skin, t)]),
        source: if t < 0.5 { a.source } else { b.source },
    }
}

fn key(p: Vec3) -> [u32; 3] {
    // Adding zero makes -0 and 0 one place.
    [p.x, p.y, p.z].map(|c| (c + 0.0).to_bits())
}

/// Area-weighted normals of the source mesh at `positions`.
pub(super) fn source_normals(base: &Base, positions: &[Vec3]) -> Vec<Vec3> {
    let mut sums = vec![Vec3::ZERO; positions.len()];
    for quad in &base.quads {
        let [a, b, c, d] = quad.map(|corner| positions[corner.vertex as usize]);
        let area = (c - a).cross(d - b);
        for corner in quad {
            sums[corner.vertex as usize] += area;
        }
    }
    sums.into_iter().map(|sum| sum.normalize_or(Vec3::Z)).collect()
}
