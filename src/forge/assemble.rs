//! Puts the avatar together: body, face, hair and clothes as pieces of the document.

use std::ops::Range;

use glam::Vec3;

use super::base::{Base, range};
use super::dress::{self, Measures};
use super::eyes::{self, Ball};
use super::hair::{self, Hairline};
use super::lips::Lips;
use super::model::{Alpha, Bundle, Piece, PosedShape, Surface};
use super::mouth::Mouth;
use super::paint::{self, Face, Fields, Hands, Landmarks};
use super::part::{Part, Vertex, source_normals};
use super::person::{Person, Srgb};
use super::shapes::{self, Shape};
use super::skeleton::{self, Joint, Skin};
use super::wheel::{Folder, Wheel};
use super::{ForgeError, atlas, brows, lashes, proportion, rings, stance, tears};
use crate::vocabulary::{Bone, Channel};

/// The mesh that has every morph, even those that do nothing on it.
const HEAD: &str = "Head";
/// The mesh whose shapes are bent after the skin's.
const LASHES: &str = "Lashes";

/// What with the skin makes the colour of the sockets and the backs of the lids, how much of that shade leaves, and up to
/// which ring around the sockets these go.
const SOCKET: Srgb = [0.76, 0.60, 0.57];
const SHADED: f32 = 0.60;
const BEHIND: f32 = 1.0;
/// Of the corners of the eyes: the white's, a little redder.
const CORNER: Srgb = [0.73, 0.69, 0.67];

/// The mean sine by which neighbours stand out where skin begins to count as hollow, and where it is wholly so.
const HOLLOW: [f32; 2] = [0.10, 0.45];

/// Everything the pieces are made from.
pub(super) struct Workshop {
    person: Person,
    base: Base,
    skins: Vec<Skin>,
    joints: Vec<Joint>,
    shapes: Vec<Shape>,
    mouth: Mouth,
    /// Normals of the base mesh at rest.
    normals: Vec<Vec3>,
}

impl Workshop {
    /// Reads the source and shapes it.
    ///
    /// # Errors
    /// When something in the archive cannot be read.
    pub(super) fn open(person: Person, wheel: &mut Wheel<'_>) -> Result<Self, ForgeError> {
        let mut base = Base::parse(&wheel.text(Folder::Body, "3dobjs/base.obj")?)?;
        proportion::shape(&mut base, &person, wheel)?;
        let weights = wheel.text(Folder::Body, "rigs/standard/weights.default.json")?;
        let mut skins = skeleton::skins(&weights, base.positions.len())?;
        stance::close(&mut base, &skins);
        stand(&mut base);
        let joints = skeleton::joints(&base)?;
        let (shapes, mouth) = shapes::all(&mut base, &mut skins, wheel)?;
        let normals = source_normals(&base, &base.positions);
        Ok(Self { person, base, skins, joints, shapes, mouth, normals })
    }

    /// The person's name.
    pub(super) fn name(&self) -> String {
        self.person.name.clone()
    }

    /// The skeleton.
    pub(super) fn joints(&self) -> Vec<Joint> {
        self.joints.clone()
    }

    /// All pieces, pictures and joints beside the humanoid ones.
    ///
    /// # Errors
    /// When the source lacks something, a picture cannot be encoded, or the job was cancelled.
    pub(super) fn make(&self, wheel: &mut Wheel<'_>) -> Result<Bundle, ForgeError> {
        let measures = Measures::of(&self.joints, self.person.clothes.outfit);
        let skin = self.skin(&measures);
        let face = self.face(&skin, wheel)?;
        let mut bundle = self.body(&skin, &face)?;
        bundle.append(hair::wear(&skin, &self.part(range::TIGHTS), &face)?);
        bundle.append(brows::wear(&skin, &face)?);
        bundle.append(dress::wear(
            &self.part(range::TIGHTS),
            &self.part(range::BODY),
            &measures,
            &self.person.clothes,
        )?);
        if let Some(colour) = self.person.clothes.glasses {
            let frame = dress::glasses(&skin, face.eye);
            let look = Surface { double_sided: true, ..Surface::plain("Glasses", colour, 0.45) };
            bundle.pieces.push(Piece::new("Glasses", frame, look));
        }
        let posed: Vec<_> = self.shapes.iter().map(|shape| PosedShape::new(&self.base, shape)).collect();
        for piece in &mut bundle.pieces {
            let is_head = piece.name == HEAD;
            piece.morphs = posed.iter().filter_map(|p| p.on(&piece.part, &self.normals, is_head)).collect();
            if piece.name == LASHES {
                lashes::swing(piece);
            }
        }
        Ok(bundle)
    }

    /// What of the skin is seen.
    fn skin(&self, measures: &Measures) -> Part {
        let seen = |v: usize| measures.bare(self.base.positions[v], self.skins[v][0].0 == Bone::Head as u8);
        let quads =
            self.base.quads_in(range::BODY).filter(|quad| quad.iter().any(|c| seen(c.vertex as usize)));
        let mut skin = Part::from_quads(&self.base, &self.normals, &self.skins, quads);
        atlas::lay_out(&mut skin);
        skin
    }

    fn body(&self, skin: &Part, face: &Face) -> Result<Bundle, ForgeError> {
        let mut pictures =
            vec![paint::eye(self.person.eyes.iris)?, paint::teeth()?, paint::lashes()?, paint::tongue()?];
        pictures.extend(paint::skin(skin, face, atlas::is_lining)?);
        let complexion =
            Surface { normals: Some((5, 1.0)), rough: Some(6), ..Surface::painted("Skin", 4, 1.0) };
        let lashes = lashes::strips(&self.base, self.person.body.gender);
        let lashes_look =
            Surface { alpha: Alpha::Blend, double_sided: true, ..Surface::painted("Lashes", 2, 0.8) };
        let teeth = self.part(self.mouth.teeth());
        let tongue = self.part(self.mouth.tongue());
        let tears = tears::lines(&self.base, &self.normals, &face.fields.lids);
        let wet = Surface { alpha: Alpha::Blend, ..Surface::plain("Tearline", [1.0; 3], 0.06) };
        let wet = Surface { colour: [0.6, 0.5, 0.48, 0.06], ..wet };
        let [lining, outside] = skin.split(|vertex| atlas::is_lining(vertex.coordinate));
        let is_behind = |vertex: &Vertex| {
            let ring = vertex.source.and_then(|s| face.fields.lids.get(s as usize));
            atlas::is_socket(vertex.coordinate) || ring.is_some_and(|ring| *ring <= BEHIND)
        };
        let [sockets, outside] = outside.split(is_behind);
        let socket = paint::lerp(self.person.skin.colour, SOCKET, 0.5).map(|c| c * SHADED);
        let pieces = vec![
            Piece::new(HEAD, outside, complexion),
            Piece::new("Mouth", lining, Surface::painted("Mouth", 4, 0.7)),
            // Thin as they are, light would shine through the backs of the lids.
            Piece::new("Sockets", sockets, Surface::plain("Sockets", socket, 0.6)),
            Piece::new("Corners", eyes::corners(&self.base), Surface::plain("Corners", CORNER, 0.4)),
            Piece::new("Eyes", eyes::build(&self.base), Surface::painted("Eyes", 0, 0.08)),
            Piece::new(
                "Teeth",
                teeth,
                Surface { glow: 0.16, is_matte: true, ..Surface::painted("Teeth", 1, 0.5) },
            ),
            Piece::new("Tongue", tongue, Surface::painted("Tongue", 3, 0.72)),
            Piece::new("Tearline", tears, wet),
            Piece::new(LASHES, lashes, lashes_look),
        ];
        Ok(Bundle { pieces, pictures, ..Bundle::default() })
    }

    fn part(&self, vertices: Range<usize>) -> Part {
        Part::from_quads(&self.base, &self.normals, &self.skins, self.base.quads_in(vertices))
    }

    /// What the painter must know: where features are, and of each vertex how far from mouth and lids it is.
    fn face(&self, skin: &Part, wheel: &mut Wheel<'_>) -> Result<Face, ForgeError> {
        let coordinate = |i: usize| skin.vertices[i].coordinate;
        let lips = rings::around(&self.base, skin, |i| atlas::is_lining(coordinate(i)));
        let lids = rings::around(&self.base, skin, |i| atlas::is_socket(coordinate(i)));
        let mut ears = vec![0.0_f32; self.base.positions.len()];
        for side in ["l", "r"] {
            let path = format!("targets/ears/{side}-ear-scale-incr.target.gz");
            let growth = proportion::displacement(wheel, &path)?;
            let most = growth.deltas.iter().map(|(_, d)| d.length()).fold(1e-9, f32::max);
            for (vertex, delta) in growth.deltas {
                if let Some(ear) = ears.get_mut(vertex as usize) {
                    *ear = (delta.length() / most * 2.5).min(1.0);
                }
            }
        }
        let contact = Lips::find(&self.base, &self.shapes[Channel::JawOpen.index()].displacement);
        let eye = Ball::of(&self.base, range::LEFT_EYE);
        let marks = Landmarks::find(&self.base, eye, contact.middle(&self.base), &lips, &lids);
        let middle = Vec3::new(0.0, eye.centre.y, eye.centre.z);
        let hairline = Hairline::of(middle, self.behind(&ears) - middle.z, &self.person.body);
        let fields = Fields { lips, lids, ears, hollows: self.hollows() };
        let hands = Hands::find(&self.base);
        Ok(Face { eye, marks, fields, hands, hairline, person: self.person.clone() })
    }

    /// Where the middle of what is all ear lies, metres ahead.
    fn behind(&self, ears: &[f32]) -> f32 {
        let all = ears.iter().zip(&self.base.positions).filter(|(share, _)| **share >= 1.0);
        let (sum, count) = all.fold((0.0, 0.0_f32), |(sum, count), (_, p)| (sum + p.z, count + 1.0));
        sum / count.max(1.0)
    }

    /// How hollow the skin is at each source vertex: how far its neighbours stand out before it.
    fn hollows(&self) -> Vec<f32> {
        let mut sums = vec![(0.0_f32, 0.0_f32); self.base.positions.len()];
        for quad in self.base.quads_in(range::BODY) {
            for corner in quad {
                for other in quad {
                    let v = corner.vertex as usize;
                    let step = self.base.positions[other.vertex as usize] - self.base.positions[v];
                    if let (Some(step), Some((sum, count))) = (step.try_normalize(), sums.get_mut(v)) {
                        *sum += step.dot(self.normals[v]);
                        *count += 1.0;
                    }
                }
            }
        }
        let mut hollows: Vec<f32> = sums
            .iter()
            .map(|(sum, count)| {
                ((sum / count.max(1.0) - HOLLOW[0]) / (HOLLOW[1] - HOLLOW[0])).clamp(0.0, 1.0)
            })
            .collect();
        soften(&self.base, &mut hollows);
        hollows
    }
}

/// Evens the values of the skin's vertices with their neighbours'.
fn soften(base: &Base, values: &mut [f32]) {
    for _ in 0..2 {
        let mut sums = vec![(0.0_f32, 0.0_f32); values.len()];
        for quad in base.quads_in(range::BODY) {
            let mean = quad.iter().map(|c| values[c.vertex as usize]).sum::<f32>() * 0.25;
            for corner in quad {
                let (sum, count) = &mut sums[corner.vertex as usize];
                *sum += mean;
                *count += 1.0;
            }
        }
        for (value, (sum, count)) in values.iter_mut().zip(sums) {
            if count > 0.0 {
                *value = 0.4 * *value + 0.6 * sum / count;
            }
        }
    }
}

/// Puts the feet, and the soles under them, on the floor.
fn stand(base: &mut Base) {
    let suit = &base.positions[range::TIGHTS];
    let floor = suit.iter().map(|p| p.y).fold(f32::MAX, f32::min) - dress::SOLE;
    for position in &mut base.positions {
        *position -= Vec3::Y * floor;
    }
}
