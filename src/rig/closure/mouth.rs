//! Finding the lips and the upper teeth in a mesh: lips are what lies close together at rest on one surface and parts when
//! the jaw opens; teeth are what stands still behind them.

use super::seam::{COLUMNS, Grid};
use super::welded::{Ways, surfaces};
use crate::avatar::{Avatar, Mesh, Primitive};
use glam::Vec3;
use std::collections::BTreeMap;

/// Some triangles of one primitive of the mouth's own small avatar.
#[derive(Debug, Clone)]
pub(super) struct Patch {
    /// Index among the small avatar's deformed primitives.
    pub(super) part: usize,
    /// Its vertices.
    pub(super) triangles: Vec<[u32; 3]>,
}

/// A mouth: its triangles and vertices alone, and where to measure them.
#[derive(Debug)]
pub(super) struct Mouth {
    /// The avatar with nothing but the mouth's vertices.
    pub(super) avatar: Avatar,
    /// What patches call parts: node and primitive of that small avatar.
    pub(super) parts: Vec<(usize, usize)>,
    pub(super) upper_lip: Patch,
    pub(super) lower_lip: Patch,
    /// Empty where none are found.
    pub(super) upper_teeth: Vec<Patch>,
    /// Across the lips where they meet.
    pub(super) lips: Grid,
    /// The same without the corners, where lips that rest apart run into each other.
    pub(super) middle: Grid,
    /// Across the whole mouth, as far back as an open jaw takes the lower lip.
    pub(super) mouth: Grid,
    /// Farther in, where the teeth are.
    pub(super) teeth: Grid,
}

/// What the search needs to know of a head.
pub(super) struct Head {
    pub(super) left: Vec3,
    pub(super) forward: Vec3,
    /// Metres of this head for a metre of one that measures 0.12 m from chin to brow.
    pub(super) scale: f32,
}

/// One primitive at rest and with the jaw open; world space.
pub(super) struct Face {
    pub(super) node: usize,
    pub(super) primitive: usize,
    pub(super) rest: Vec<Vec3>,
    pub(super) open: Vec<Vec3>,
}

/// Lips lie this close at rest, metres.
const CLOSE: f32 = 0.008;
/// Of the farthest that the jaw takes anything down: what sinks less belongs to the upper lip, ...
const UPPER: f32 = 0.25;
/// ... what parts by more lies across the line between the lips, and what moves less stands still.
const PARTED: f32 = 0.25;
const STILL: f32 = 0.04;
/// A lip reaches this far from the line along the skin, metres.
const LIP: f32 = 0.015;
/// A way along the skin is straight if it is at most this many times as long as the distance.
const STRAIGHT: f32 = 1.6;
/// Fewer pairs than this are no mouth.
const FEWEST_PAIRS: usize = 6;
/// A surface with at least the most pairs of any through this may be the face.
const ENOUGH_PAIRS: usize = 4;
/// The shares of the mouth's width between its corners in which lips must meet, and in which all else is measured.
const MEETING: f32 = 0.9;
const MIDDLE: f32 = 0.8;
/// Rows begin this far behind the front of the lips, and follow each other at this distance, metres.
const LIP_DEPTH: f32 = 0.008;
const TEETH_DEPTH: f32 = 0.014;
const STEP: f32 = 0.0007;
const MOUTH_DEPTH: f32 = 0.030;
const MOUTH_STEP: f32 = 0.002;
const TEETH_STEP: f32 = 0.001;
/// Upper teeth begin at most this far below and end at most this far above the line between the lips, ...
const TEETH_BELOW: f32 = 0.010;
const TEETH_ABOVE: f32 = 0.014;
/// ... this far behind the front of the lips.
const TEETH_BEHIND: std::ops::Range<f32> = 0.001..0.024;

/// An upper and a lower vertex that part.
#[derive(Clone, Copy)]
struct Pair {
    upper: u32,
    lower: u32,
}

impl Pair {
    /// Whether the skin between the two goes about straight on: then it stretches, as beside the corners of a mouth, and nothing
    /// opens.
    fn is_skin(self, ways: &Ways<'_>, face: &Face) -> bool {
        let place = |v: u32| face.rest.get(v as usize);
        let (Some(upper), Some(lower)) = (place(self.upper), place(self.lower)) else { return true };
        ways.are_within(self.lower, self.upper, upper.distance(*lower) * STRAIGHT)
    }
}

/// The farthest that the open jaw takes anything down.
fn most_sunk(faces: &[Face]) -> f32 {
    let sink = |face: &Face| face.rest.iter().zip(&face.open).map(|(r, o)| r.y - o.y).fold(0.0, f32::max);
    faces.iter().map(sink).fold(0.0, f32::max)
}

/// The height of the lowest place that goes down with the jaw at least half as far as any.
pub(super) fn chin(faces: &[Face]) -> Option<f32> {
    let most = most_sunk(faces);
    let sunk = faces.iter().flat_map(|face| face.rest.iter().zip(&face.open));
    sunk.filter(|(rest, open)| most > 0.0 && rest.y - open.y >= most * 0.5)
        .map(|(rest, _)| rest.y)
        .reduce(f32::min)
}

/// The mouth of `avatar`, whose primitives are `faces`.
pub(super) fn find(avatar: &Avatar, faces: &[Face], head: &Head) -> Option<Mouth> {
    let most = most_sunk(faces);
    if !(most > 0.002 * head.scale && most.is_finite()) {
        return None;
    }
    let candidates: Vec<Candidate<'_>> =
        faces.iter().filter_map(|face| Candidate::of(avatar, face, most, head.scale)).collect();
    let enough = candidates.iter().map(|c| c.pairs.len()).max()? / ENOUGH_PAIRS;
    let able = candidates.into_iter().filter(|c| c.pairs.len() >= enough);
    let Candidate { face, primitive, surfaces, mut pairs, .. } =
        able.max_by(|a, b| a.height.total_cmp(&b.height))?;
    let ways = Ways::new(&face.rest, &primitive.indices);
    pairs.retain(|pair| !pair.is_skin(&ways, face));
    let skin = pairs.first().and_then(|pair| surfaces.get(pair.upper as usize));
    let is_skin = |v: u32| surfaces.get(v as usize) == skin;
    let line = Line::new(face, &pairs, head, MIDDLE)?;
    let [upper, lower] = lips(&ways, primitive, &pairs, head.scale);
    let mut small = Small::default();
    let upper_lip = small.add(face, upper);
    let lower_lip = small.add(face, lower);
    let upper_teeth = faces
        .iter()
        .filter_map(|other| {
            let is_face = std::ptr::eq(other, face);
            let mut triangles = line.teeth(other, primitive_of(avatar, other)?, most, head);
            triangles.retain(|t| !(is_face && is_skin(t[0])));
            (!triangles.is_empty()).then(|| small.add(other, triangles))
        })
        .collect();
    let (middle, teeth) = (line.grid(LIP_DEPTH, STEP, head), line.grid(TEETH_DEPTH, TEETH_STEP, head));
    let whole = line.grid(MOUTH_DEPTH, MOUTH_STEP, head);
    let lips = Line::new(face, &pairs, head, MEETING)?.grid(LIP_DEPTH, STEP, head);
    let (avatar, parts) = small.finish(avatar);
    Some(Mouth { avatar, parts, upper_lip, lower_lip, upper_teeth, lips, middle, mouth: whole, teeth })
}

/// A surface whose parts open like lips: those of a mouth's inside do so too.
struct Candidate<'a> {
    face: &'a Face,
    primitive: &'a Primitive,
    surfaces: Vec<u32>,
    pairs: Vec<Pair>,
    /// Of the whole surface: a face is taller than what is in its mouth.
    height: f32,
}

impl<'a> Candidate<'a> {
    fn of(avatar: &'a Avatar, face: &'a Face, most: f32, scale: f32) -> Option<Self> {
        let primitive = primitive_of(avatar, face)?;
        let surfaces = surfaces(&face.rest, &primitive.indices);
        let pairs = pairs(face, &surfaces, most, scale);
        let own = surfaces.get(pairs.first()?.upper as usize)?;
        let heights = || surfaces.iter().zip(&face.rest).filter(|(s, _)| *s == own).map(|(_, p)| p.y);
        let height = heights().fold(f32::NEG_INFINITY, f32::max) - heights().fold(f32::INFINITY, f32::min);
        (pairs.len() >= FEWEST_PAIRS).then_some(Self { face, primitive, surfaces, pairs, height })
    }
}

fn primitive_of<'a>(avatar: &'a Avatar, face: &Face) -> Option<&'a Primitive> {
    let mesh = avatar.nodes.get(face.node).and_then(|n| n.mesh).and_then(|m| avatar.meshes.get(m))?;
    mesh.primitives.get(face.primitive)
}

/// The pairs of the surface that has most of them.
fn pairs(face: &Face, surfaces: &[u32], most: f32, scale: f32) -> Vec<Pair> {
    let cell = CLOSE * scale;
    let key = |p: Vec3| (p / cell).to_array().map(|c| libm::floorf(c) as i64);
    let mut uppers: BTreeMap<(u32, [i64; 3]), Vec<u32>> = BTreeMap::new();
    let mut lowers: Vec<u32> = Vec::new();
    for (vertex, (rest, open)) in face.rest.iter().zip(&face.open).enumerate() {
        let Some(&surface) = surfaces.get(vertex) else { continue };
        if rest.y - open.y >= most * UPPER {
            lowers.push(vertex as u32);
        } else {
            uppers.entry((surface, key(*rest))).or_default().push(vertex as u32);
        }
    }
    let mut found: BTreeMap<u32, Vec<Pair>> = BTreeMap::new();
    for lower in lowers {
        let (rest, open) = (face.rest[lower as usize], face.open[lower as usize]);
        let surface = surfaces[lower as usize];
        let [x, y, z] = key(rest);
        let around = (-1..=1).flat_map(|i| (-1..=1).flat_map(move |j| (-1..=1).map(move |k| [i, j, k])));
        let cell_at = |[i, j, k]: [i64; 3]| [x.saturating_add(i), y.saturating_add(j), z.saturating_add(k)];
        let near = around.filter_map(|step| uppers.get(&(surface, cell_at(step)))).flatten();
        let closest = near
            .map(|&upper| (face.rest[upper as usize].distance(rest), upper))
            .filter(|(distance, upper)| {
                let parted = face.open[*upper as usize].distance(open) - distance;
                *distance < cell && parted > most * PARTED
            })
            .min_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, upper)) = closest {
            found.entry(surface).or_default().push(Pair { upper, lower });
        }
    }
    found.into_values().max_by_key(Vec::len).unwrap_or_default()
}

/// The triangles of the upper and the lower lip: what is nearer, along the skin, to the one than to the other. How far a
/// place sinks would not tell, because towards the corners of the mouth nothing does.
fn lips(ways: &Ways<'_>, primitive: &Primitive, pairs: &[Pair], scale: f32) -> [Vec<[u32; 3]>; 2] {
    let side = |of: fn(&Pair) -> u32| pairs.iter().map(of).collect::<Vec<u32>>();
    let (uppers, lowers) = (side(|p| p.upper), side(|p| p.lower));
    let belongs = ways.nearest(&[&uppers, &lowers], LIP * scale);
    let of = |lip: usize| triangles(primitive, |v| belongs.get(v as usize) == Some(&Some(lip)));
    [of(0), of(1)]
}

fn triangles(primitive: &Primitive, is_in: impl Fn(u32) -> bool) -> Vec<[u32; 3]> {
    let (all, _) = primitive.indices.as_chunks::<3>();
    all.iter().copied().filter(|t| t.iter().all(|&v| is_in(v))).collect()
}

/// The line between the lips at rest.
struct Line {
    first: f32,
    spacing: f32,
    fronts: [f32; COLUMNS],
    height: f32,
}

impl Line {
    /// Of the share `part` of the mouth's width.
    fn new(face: &Face, pairs: &[Pair], head: &Head, part: f32) -> Option<Self> {
        let points: Vec<Vec3> = pairs
            .iter()
            .flat_map(|p| [p.upper, p.lower])
            .filter_map(|v| face.rest.get(v as usize).copied())
            .collect();
        let across = || points.iter().map(|p| p.dot(head.left));
        let (low, high) =
            (across().fold(f32::INFINITY, f32::min), across().fold(f32::NEG_INFINITY, f32::max));
        let width = high - low;
        if !(width > 0.01 * head.scale && width.is_finite()) {
            return None;
        }
        let first = low + width * (1.0 - part) * 0.5;
        let spacing = width * part / (COLUMNS - 1) as f32;
        let front = |column: usize| {
            let x = first + column as f32 * spacing;
            let near = |reach: f32| points.iter().filter(move |p| (p.dot(head.left) - x).abs() <= reach);
            let widths = [1.0, 2.0, 4.0, COLUMNS as f32];
            let ahead =
                widths.iter().find_map(|n| near(n * spacing).map(|p| p.dot(head.forward)).reduce(f32::max));
            ahead.unwrap_or_default()
        };
        let mut heights: Vec<f32> = points.iter().map(|p| p.y).collect();
        heights.sort_by(f32::total_cmp);
        let height = heights.get(heights.len() / 2).copied()?;
        Some(Self { first, spacing, fronts: std::array::from_fn(front), height })
    }

    fn grid(&self, depth: f32, step: f32, head: &Head) -> Grid {
        let backs = self.fronts.map(|front| front - depth * head.scale);
        let (left, forward) = (head.left, head.forward);
        Grid { left, forward, first: self.first, spacing: self.spacing, backs, step: step * head.scale }
    }

    /// The triangles of another primitive that stand still where upper teeth are.
    fn teeth(&self, face: &Face, primitive: &Primitive, most: f32, head: &Head) -> Vec<[u32; 3]> {
        let front = self.fronts.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let middle = self.first + self.spacing * (COLUMNS - 1) as f32 * 0.5;
        let half = self.spacing * COLUMNS as f32 * 0.5;
        let is_near = |rest: &Vec3| {
            let above = (rest.y - self.height) / head.scale;
            let behind = (front - rest.dot(head.forward)) / head.scale;
            (-TEETH_BELOW..TEETH_ABOVE).contains(&above)
                && TEETH_BEHIND.contains(&behind)
                && (rest.dot(head.left) - middle).abs() < half
        };
        let stands =
            |v: u32| Some(face.rest.get(v as usize)?.distance(*face.open.get(v as usize)?) < most * STILL);
        let mut found = triangles(primitive, |v| stands(v) == Some(true));
        found.retain(|t| t.iter().any(|&v| face.rest.get(v as usize).is_some_and(is_near)));
        found
    }
}

/// Gathers the vertices of patches, so that posing them costs little.
#[derive(Default)]
struct Small {
    parts: Vec<((usize, usize), Vec<u32>)>,
}

impl Small {
    /// A patch of `triangles` of `face`, renumbered.
    fn add(&mut self, face: &Face, triangles: Vec<[u32; 3]>) -> Patch {
        let key = (face.node, face.primitive);
        let part = self.parts.iter().position(|(k, _)| *k == key).unwrap_or_else(|| {
            self.parts.push((key, Vec::new()));
            self.parts.len() - 1
        });
        let mut place: BTreeMap<u32, u32> = BTreeMap::new();
        let vertices = &mut self.parts[part].1;
        for (n, vertex) in vertices.iter().enumerate() {
            place.insert(*vertex, n as u32);
        }
        let mut renumber = |vertex: u32| {
            *place.entry(vertex).or_insert_with(|| {
                vertices.push(vertex);
                vertices.len() as u32 - 1
            })
        };
        let triangles = triangles.into_iter().map(|t| t.map(&mut renumber)).collect();
        Patch { part, triangles }
    }

    /// `avatar` with the parts alone, and where they are in it.
    fn finish(self, avatar: &Avatar) -> (Avatar, Vec<(usize, usize)>) {
        let mut places = Vec::new();
        let mut small = Avatar {
            nodes: avatar.nodes.clone(),
            skins: avatar.skins.clone(),
            expressions: avatar.expressions.clone(),
            ..Avatar::default()
        };
        small.nodes.iter_mut().for_each(|node| node.mesh = None);
        for ((node, primitive), vertices) in self.parts {
            let mesh = avatar.nodes.get(node).and_then(|n| n.mesh).and_then(|m| avatar.meshes.get(m));
            let Some(mesh) = mesh else { continue };
            let subset = mesh.primitives.get(primitive).map(|p| p.subset(&vertices)).unwrap_or_default();
            let Some(shown) = small.nodes.get_mut(node) else { continue };
            match shown.mesh.and_then(|m| small.meshes.get_mut(m)) {
                Some(mesh) => {
                    places.push((node, mesh.primitives.len()));
                    mesh.primitives.push(subset);
                }
                None => {
                    places.push((node, 0));
                    shown.mesh = Some(small.meshes.len());
                    let (morph_names, morph_weights) = (mesh.morph_names.clone(), mesh.morph_weights.clone());
                    let primitives = vec![subset];
                    small.meshes.push(Mesh {
                        name: mesh.name.clone(),
                        primitives,
                        morph_names,
                        morph_weights,
                    });
                }
            }
        }
        (small, places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_beyond_all_cells_pair_with_nothing() {
        let far = [Vec3::splat(1e30), Vec3::splat(-1e30), Vec3::ZERO];
        let open = far.map(|p| p - Vec3::Y * 1e30);
        let face = Face { node: 0, primitive: 0, rest: far.to_vec(), open: open.to_vec() };
        assert!(pairs(&face, &[0, 0, 0], 1e30, 1.0).is_empty());
    }
}
