//! The finished avatar before it is written: parts with materials and shapes, the skeleton, the pictures.

use glam::Vec3;

use super::base::Base;
use super::part::{Part, source_normals};
use super::person::Srgb;
use super::shapes::Shape;
use super::skeleton::Joint;
use crate::vocabulary::Bone;

/// How a surface looks; colours are linear. Pictures are indices into [`Model::pictures`].
#[derive(Debug, Clone, Default)]
pub(super) struct Surface {
    pub(super) name: &'static str,
    /// Linear RGB and alpha, multiplied with the picture.
    pub(super) colour: [f32; 4],
    pub(super) roughness: f32,
    pub(super) picture: Option<usize>,
    /// Normals in tangent space (glTF 2.0, 3.9.3), and how much they count.
    pub(super) normals: Option<(usize, f32)>,
    /// Occlusion in red, roughness in green, metallic in blue; multiplied with `roughness`.
    pub(super) rough: Option<usize>,
    /// Colour and roughness of the cloth's nap (`KHR_materials_sheen`).
    pub(super) sheen: Option<([f32; 3], f32)>,
    /// Reflects nothing, not even seen from the side (`KHR_materials_specular`).
    pub(super) is_matte: bool,
    /// How much of its picture it sends out itself, as what light fills from within does.
    pub(super) glow: f32,
    /// What alpha does.
    pub(super) alpha: Alpha,
    pub(super) double_sided: bool,
}

impl Surface {
    /// All in one colour.
    pub(super) fn plain(name: &'static str, colour: Srgb, roughness: f32) -> Self {
        let [r, g, b] = colour.map(linear);
        Self { name, colour: [r, g, b, 1.0], roughness, ..Self::default() }
    }

    /// Coloured by a picture.
    pub(super) fn painted(name: &'static str, picture: usize, roughness: f32) -> Self {
        Self { picture: Some(picture), ..Self::plain(name, [1.0; 3], roughness) }
    }
}

/// From sRGB to linear (IEC 61966-2-1).
fn linear(c: f32) -> f32 {
    if c <= 0.04045 { c / 12.92 } else { libm::powf((c + 0.055) / 1.055, 2.4) }
}

/// What a picture's alpha does.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) enum Alpha {
    /// Nothing.
    #[default]
    Opaque,
    /// Lets what is behind shine through.
    Blend,
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

impl Piece {
    /// Without morphs, which vertices with a source get from it.
    pub(super) fn new(name: &'static str, part: Part, surface: Surface) -> Self {
        Self { name, part, surface, morphs: Vec::new() }
    }
}

/// A joint beside the humanoid ones, such as of a lock of hair.
#[derive(Debug, Clone)]
pub(super) struct Extra {
    pub(super) name: String,
    /// Index of a humanoid bone, or of an extra joint after [`Bone::COUNT`].
    pub(super) parent: usize,
    /// Metres, in the avatar's space.
    pub(super) position: Vec3,
}

/// A chain of extra joints that swings (`VRMC_springBone` 1.0).
#[derive(Debug, Clone)]
pub(super) struct Spring {
    pub(super) name: String,
    /// From the root outwards, numbered as in [`Extra::parent`]; the last one only says where the chain ends.
    pub(super) joints: Vec<usize>,
    /// 0 limp, 4 stiff.
    pub(super) stiffness: f32,
    /// 0..=1.
    pub(super) drag: f32,
    /// Downwards.
    pub(super) gravity: f32,
    /// Of the joints against the colliders, metres.
    pub(super) radius: f32,
}

/// What one workshop adds to the model: pictures and extra joints are numbered from its own first.
#[derive(Debug, Clone, Default)]
pub(super) struct Bundle {
    pub(super) pieces: Vec<Piece>,
    pub(super) pictures: Vec<Picture>,
    pub(super) extras: Vec<Extra>,
    pub(super) springs: Vec<Spring>,
}

impl Bundle {
    /// Takes all of `other`, renumbered.
    pub(super) fn append(&mut self, other: Self) {
        let (pictures, extras) = (self.pictures.len(), self.extras.len());
        let joint = |n: usize| if n < Bone::COUNT { n } else { n + extras };
        self.pieces.extend(other.pieces.into_iter().map(|mut piece| {
            let surface = &mut piece.surface;
            surface.picture = surface.picture.map(|n| n + pictures);
            surface.rough = surface.rough.map(|n| n + pictures);
            surface.normals = surface.normals.map(|(n, scale)| (n + pictures, scale));
            for (bone, _) in piece.part.vertices.iter_mut().flat_map(|v| &mut v.skin) {
                *bone = joint(usize::from(*bone)) as u8;
            }
            piece
        }));
        self.pictures.extend(other.pictures);
        self.extras.extend(other.extras.into_iter().map(|e| Extra { parent: joint(e.parent), ..e }));
        self.springs.extend(
            other
                .springs
                .into_iter()
                .map(|s| Spring { joints: s.joints.iter().map(|&n| joint(n)).collect(), ..s }),
        );
    }
}

/// All of it.
#[derive(Debug, Clone)]
pub(super) struct Model {
    pub(super) name: String,
    /// The humanoid bones.
    pub(super) joints: Vec<Joint>,
    pub(super) bundle: Bundle,
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
