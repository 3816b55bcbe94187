//! The finished avatar before it is written: parts with materials and shapes, the skeleton, the pictures.

use glam::Vec3;

use super::base::Base;
use super::part::{Part, source_normals};
use super::shapes::Shape;
use super::skeleton::Joint;

/// How a surface looks; colours are linear.
#[derive(Debug, Clone)]
pub(super) struct Surface {
    pub(super) name: &'static str,
    /// Linear RGB and alpha, multiplied with the picture.
    pub(super) colour: [f32; 4],
    pub(super) roughness: f32,
    /// Index into [`Model::pictures`].
    pub(super) picture: Option<usize>,
    /// Whether the picture's alpha cuts the surface out softly.
    pub(super) blended: bool,
    pub(super) double_sided: bool,
}

/// An encoded picture.
#[derive(Debug, Clone)]
pub(super) struct Picture {
    pub(super) name: &'static str,
    pub(super) mime: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// A morph target of one mesh.
#[derive(Debug, Clone)]
pub(super) struct Morph {
    pub(super) name: String,
    /// Vertices that move, ascending, and how far, metres; never empty.
    pub(super) moved: Vec<(u32, Vec3)>,
    /// Vertices whose normals change, ascending, and by what; never empty.
    pub(super) turned: Vec<(u32, Vec3)>,
}

/// A mesh of the avatar.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) name: &'static str,
    pub(super) part: Part,
    pub(super) surface: Surface,
    pub(super) morphs: Vec<Morph>,
}

/// All of it.
#[derive(Debug, Clone)]
pub(super) struct Model {
    pub(super) name: String,
    pub(super) joints: Vec<Joint>,
    pub(super) pieces: Vec<Piece>,
    pub(super) pictures: Vec<Picture>,
}

/// A movement smaller than this is dropped, metres.
const STILL: f32 = 0.000_08;
/// A turn of the normal smaller than this is dropped.
const UNTURNED: f32 = 0.06;

/// A shape with the normals that the whole source mesh has in it.
pub(super) struct PosedShape<'a> {
    pub(super) shape: &'a Shape,
    moved: Vec<Vec3>,
    normals: Vec<Vec3>,
}

impl<'a> PosedShape<'a> {
    /// Poses the base mesh.
    pub(super) fn new(base: &Base, shape: &'a Shape) -> Self {
        let mut moved = vec![Vec3::ZERO; base.positions.len()];
        for &(vertex, delta) in &shape.displacement.deltas {
            if let Some(slot) = moved.get_mut(vertex as usize) {
                *slot = delta;
            }
        }
        let positions: Vec<Vec3> = base.positions.iter().zip(&moved).map(|(p, d)| *p + *d).collect();
        Self { shape, normals: source_normals(base, &positions), moved }
    }

    /// This shape on `part`. A part on which it does nothing has none, unless `always`: then it holds one vertex that stays.
    pub(super) fn on(&self, part: &Part, rest: &[Vec3], always: bool) -> Option<Morph> {
        let (mut moved, mut turned) = (Vec::new(), Vec::new());
        for (index, vertex) in part.vertices.iter().enumerate() {
            let Some(source) = vertex.source.map(|s| s as usize) else { continue };
            let (movement, turn) = (self.moved[source], self.normals[source] - rest[source]);
            if movement.length() >= STILL {
                moved.push((index as u32, movement));
            }
            if turn.length() >= UNTURNED {
                turned.push((index as u32, turn));
            }
        }
        if moved.is_empty() && !always {
            return None;
        }
        for list in [&mut moved, &mut turned] {
            if list.is_empty() {
                list.push((0, Vec3::ZERO));
            }
        }
        Some(Morph { name: self.shape.name.clone(), moved, turned })
    }
}
