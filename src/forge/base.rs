//! The base mesh and the displacement files that shape it, as the source data states them.
//!
//! Units here are metres: the source's decimetres are converted while reading.

use std::collections::BTreeMap;
use std::ops::Range;

use glam::{Vec2, Vec3};

use super::ForgeError;

/// The source writes decimetres.
const METRES: f32 = 0.1;

/// Vertex ranges of the source mesh (`mesh_metadata/hm08_config.json`).
pub(super) mod range {
    use std::ops::Range;
    /// Skin, with the lining of mouth and lids.
    pub(in crate::forge) const BODY: Range<usize> = 0..13380;
    /// Tongue.
    pub(in crate::forge) const TONGUE: Range<usize> = 13380..13606;
    /// The avatar's left eyeball.
    pub(in crate::forge) const LEFT_EYE: Range<usize> = 14598..14670;
    /// The avatar's right eyeball.
    pub(in crate::forge) const RIGHT_EYE: Range<usize> = 14670..14742;
    /// Eyelashes, both sides.
    pub(in crate::forge) const LASHES: Range<usize> = 14742..14992;
    /// Lower teeth, then upper teeth.
    pub(in crate::forge) const TEETH: Range<usize> = 14992..15128;
    /// A close-fitting suit around the body.
    pub(in crate::forge) const TIGHTS: Range<usize> = 15328..18002;
}

/// A corner of a face: position and texture coordinate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Corner {
    /// Index of the position.
    pub(super) vertex: u32,
    /// Index of the texture coordinate.
    pub(super) coordinate: u32,
}

/// The source mesh: every vertex, helpers and joint cubes included.
#[derive(Debug, Clone)]
pub(super) struct Base {
    /// Metres, +Y up, facing +Z.
    pub(super) positions: Vec<Vec3>,
    /// Texture coordinates, v up.
    pub(super) coordinates: Vec<Vec2>,
    /// Quads, counter-clockwise from outside.
    pub(super) quads: Vec<[Corner; 4]>,
    /// First to last vertex of each joint cube, by the group's name.
    pub(super) cubes: BTreeMap<String, Range<usize>>,
}

impl Base {
    /// Reads the Wavefront text of the base mesh.
    ///
    /// # Errors
    /// On a line that is not as Wavefront OBJ says, or an index out of range.
    pub(super) fn parse(text: &str) -> Result<Self, ForgeError> {
        let mut base = Self {
            positions: Vec::new(),
            coordinates: Vec::new(),
            quads: Vec::new(),
            cubes: BTreeMap::new(),
        };
        let mut group = "";
        for (index, line) in text.lines().enumerate() {
            let bad = |reason: &str| malformed("3dobjs/base.obj", index, reason);
            let mut words = line.split_ascii_whitespace();
            match words.next() {
                Some("v") => base.positions.push(vector(&mut words).ok_or_else(|| bad("not a position"))?),
                Some("vt") => {
                    let (u, v) = (number(&mut words), number(&mut words));
                    base.coordinates
                        .push(u.zip(v).map(Vec2::from).ok_or_else(|| bad("not a texture coordinate"))?);
                }
                Some("g") => group = words.next().unwrap_or_default(),
                Some("f") => {
                    let corners: Option<Vec<Corner>> = words.map(|word| base.corner(word)).collect();
                    let quad = corners.and_then(|c| <[Corner; 4]>::try_from(c).ok());
                    base.add_quad(group, quad.ok_or_else(|| bad("not a quad of known vertices"))?);
                }
                _ => {}
            }
        }
        if base.positions.len() < range::TIGHTS.end {
            return Err(malformed("3dobjs/base.obj", 0, "too few vertices"));
        }
        base.positions.iter_mut().for_each(|p| *p *= METRES);
        Ok(base)
    }

    fn corner(&self, word: &str) -> Option<Corner> {
        let (vertex, coordinate) = word.split_once('/')?;
        let vertex = vertex.parse::<u32>().ok()?.checked_sub(1)?;
        let coordinate = coordinate.parse::<u32>().ok()?.checked_sub(1)?;
        let known =
            (vertex as usize) < self.positions.len() && (coordinate as usize) < self.coordinates.len();
        known.then_some(Corner { vertex, coordinate })
    }

    fn add_quad(&mut self, group: &str, quad: [Corner; 4]) {
        if group.starts_with("joint-") {
            for corner in quad {
                let v = corner.vertex as usize;
                let range = self.cubes.entry(group.to_owned()).or_insert(v..v + 1);
                *range = range.start.min(v)..range.end.max(v + 1);
            }
        } else {
            self.quads.push(quad);
        }
    }

    /// The middle of the named joint cube; none when there is no such cube.
    pub(super) fn cube(&self, name: &str) -> Option<Vec3> {
        let points = self.positions.get(self.cubes.get(name)?.clone())?;
        Some(points.iter().copied().sum::<Vec3>() / points.len().max(1) as f32)
    }

    /// The quads whose vertices all lie in `range`.
    pub(super) fn quads_in(&self, range: Range<usize>) -> impl Iterator<Item = &[Corner; 4]> {
        self.quads.iter().filter(move |quad| quad.iter().all(|c| range.contains(&(c.vertex as usize))))
    }

    /// Moves every vertex of `displacement` by `weight` times its delta.
    pub(super) fn displace(&mut self, displacement: &Displacement, weight: f32) {
        for &(vertex, delta) in &displacement.deltas {
            if let Some(position) = self.positions.get_mut(vertex as usize) {
                *position += delta * weight;
            }
        }
    }
}

/// A morph of the base mesh: vertices and how far each moves, in metres.
#[derive(Debug, Clone, Default)]
pub(super) struct Displacement {
    /// In ascending order of vertex.
    pub(super) deltas: Vec<(u32, Vec3)>,
}

impl Displacement {
    /// Reads a `.target` text: lines of vertex, x, y, z.
    ///
    /// # Errors
    /// On a line that is neither a comment nor four numbers.
    pub(super) fn parse(entry: &str, text: &str) -> Result<Self, ForgeError> {
        let mut deltas = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut words = line.split_ascii_whitespace();
            let vertex = words.next().and_then(|word| word.parse().ok());
            let delta = vertex.zip(vector(&mut words));
            let (vertex, delta): (u32, Vec3) =
                delta.ok_or_else(|| malformed(entry, index, "not a vertex and three numbers"))?;
            deltas.push((vertex, delta * METRES));
        }
        deltas.sort_by_key(|&(vertex, _)| vertex);
        Ok(Self { deltas })
    }
}

fn malformed(entry: &str, index: usize, reason: &str) -> ForgeError {
    ForgeError::Malformed { entry: entry.into(), line: index + 1, reason: reason.into() }
}

fn number<'a>(words: &mut impl Iterator<Item = &'a str>) -> Option<f32> {
    words.next()?.parse().ok().filter(|n: &f32| n.is_finite())
}

fn vector<'a>(words: &mut impl Iterator<Item = &'a str>) -> Option<Vec3> {
    Some(Vec3::new(number(words)?, number(words)?, number(words)?))
}
