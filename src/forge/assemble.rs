//! Puts the avatar together: body, face, hair and clothes as pieces of the document.

use std::ops::Range;

use glam::Vec3;

use super::base::{Base, range};
use super::dress::{self, Measures};
use super::eyes::{self, Ball};
use super::hair::{self, Hairline};
use super::lips::Lips;
use super::model::{Morph, Picture, Piece, PosedShape, Surface};
use super::paint::{self, Face};
use super::part::{Part, source_normals};
use super::person::{Person, Srgb};
use super::shapes::{self, Shape};
use super::skeleton::{self, Joint, Skin};
use super::wheel::{Folder, Wheel};
use super::{ForgeError, atlas, lashes, mouth, proportion};
use crate::vocabulary::{Bone, Channel};

/// Everything the pieces are made from.
pub(super) struct Workshop {
    person: Person,
    base: Base,
    skins: Vec<Skin>,
    joints: Vec<Joint>,
    shapes: Vec<Shape>,
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
        let skins = skeleton::skins(&weights, base.positions.len())?;
        stand(&mut base);
        let joints = skeleton::joints(&base)?;
        mouth::rest_tongue(&mut base);
        let shapes = shapes::all(&mut base, wheel)?;
        let normals = source_normals(&base, &base.positions);
        Ok(Self { person, base, skins, joints, shapes, normals })
    }

    /// The person's name.
    pub(super) fn name(&self) -> String {
        self.person.name.clone()
    }

    /// The skeleton.
    pub(super) fn joints(&self) -> Vec<Joint> {
        self.joints.clone()
    }

    /// What is not clothes, and all pictures.
    ///
    /// # Errors
    /// When a picture cannot be encoded.
    pub(super) fn body(&self, wheel: &mut Wheel<'_>) -> Result<(Vec<Piece>, Vec<Picture>), ForgeError> {
        let colours = &self.person.colours;
        let measures = Measures::of(&self.joints);
        let seen = |v: usize| measures.bare(self.base.positions[v], self.skins[v][0].0 == Bone::Head as u8);
        let quads =
            self.base.quads_in(range::BODY).filter(|quad| quad.iter().any(|c| seen(c.vertex as usize)));
        let mut skin = Part::from_quads(&self.base, &self.normals, &self.skins, quads);
        atlas::lay_out(&mut skin);
        let face = self.face(wheel)?;
        let pictures = vec![
            paint::skin(&skin, &face, atlas::is_lining)?,
            paint::eye(colours.iris)?,
            paint::strands(colours.hair)?,
            paint::teeth()?,
            paint::lashes()?,
        ];
        let hair = hair::hair(&skin, &face.hairline);
        let blinks = [Channel::EyeBlinkLeft, Channel::EyeBlinkRight];
        let blinks = blinks.map(|channel| &self.shapes[channel.index()].displacement);
        let lashes = lashes::upper(&self.base, &skin, &self.part(range::LASHES), blinks);
        let teeth = mouth::teeth(self.part(range::TEETH));
        let tongue = mouth::on_head(self.part(range::TONGUE));
        let soft = |surface: Surface| Surface { double_sided: true, ..surface };
        let posed = self.posed();
        let moving = |name: &'static str, part: Part, surface: Surface, all: bool| {
            let morphs: Vec<Morph> = posed.iter().filter_map(|p| p.on(&part, &self.normals, all)).collect();
            Piece { name, part, surface, morphs }
        };
        let pieces = vec![
            moving("Head", skin, painted("Skin", 0, 0.5), true),
            still("Eyes", eyes::build(&self.base), painted("Eyes", 1, 0.08)),
            moving("Teeth", teeth, painted("Teeth", 3, 0.25), false),
            moving("Tongue", tongue, plain("Tongue", [0.66, 0.33, 0.33], 0.4), false),
            still("Hair", hair, soft(painted("Hair", 2, 0.55))),
            moving("Lashes", lashes, Surface { blended: true, ..soft(painted("Lashes", 4, 0.8)) }, false),
        ];
        Ok((pieces, pictures))
    }

    /// The clothes.
    pub(super) fn clothes(&self) -> Vec<Piece> {
        let measures = Measures::of(&self.joints);
        let suit = self.part(range::TIGHTS);
        let colours = &self.person.colours;
        let jacket = dress::jacket(&suit, &measures);
        let button = dress::button(&jacket, &measures);
        [
            ("Jacket", jacket, colours.suit, 0.75),
            ("Button", button, colours.shoes, 0.4),
            ("Shirt", dress::shirt(&suit, &measures), colours.shirt, 0.7),
            ("Trousers", dress::trousers(&suit, &measures), colours.suit, 0.75),
            ("Shoes", dress::shoes(&suit, &measures), colours.shoes, 0.35),
        ]
        .into_iter()
        .map(|(name, part, colour, roughness)| {
            still(name, part, Surface { double_sided: true, ..plain(name, colour, roughness) })
        })
        .collect()
    }

    fn part(&self, vertices: Range<usize>) -> Part {
        Part::from_quads(&self.base, &self.normals, &self.skins, self.base.quads_in(vertices))
    }

    fn posed(&self) -> Vec<PosedShape<'_>> {
        self.shapes.iter().map(|shape| PosedShape::new(&self.base, shape)).collect()
    }

    /// What the painter must know: lips are where the source's displacements of lip volume act, and the inner lips.
    fn face(&self, wheel: &mut Wheel<'_>) -> Result<Face, ForgeError> {
        let mut lips = vec![0.0_f32; self.base.positions.len()];
        for half in ["upper", "lower"] {
            let path = format!("targets/mouth/mouth-{half}lip-volume-incr.target.gz");
            let swell = proportion::displacement(wheel, &path)?;
            let most = swell.deltas.iter().map(|(_, d)| d.length()).fold(1e-9, f32::max);
            for (vertex, delta) in swell.deltas {
                if let Some(lip) = lips.get_mut(vertex as usize) {
                    *lip = lip.max(delta.length() / most);
                }
            }
        }
        let contact = Lips::find(&self.base, &self.shapes[Channel::JawOpen.index()].displacement);
        for (vertex, lip) in lips[range::BODY].iter_mut().enumerate() {
            *lip = lip.max(contact.redness(&self.base, vertex as u32));
        }
        soften(&self.base, &mut lips);
        let eye = Ball::of(&self.base, range::LEFT_EYE);
        let hairline = Hairline { eyes: Vec3::new(0.0, eye.centre.y, eye.centre.z) };
        Ok(Face { eye, mouth: contact.middle(&self.base), lips, hairline, colours: self.person.colours })
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

fn still(name: &'static str, part: Part, surface: Surface) -> Piece {
    Piece { name, part, surface, morphs: Vec::new() }
}

fn plain(name: &'static str, colour: Srgb, roughness: f32) -> Surface {
    let [r, g, b] = colour.map(linear);
    Surface { name, colour: [r, g, b, 1.0], roughness, picture: None, blended: false, double_sided: false }
}

fn painted(name: &'static str, picture: usize, roughness: f32) -> Surface {
    Surface { picture: Some(picture), ..plain(name, [1.0; 3], roughness) }
}

/// From sRGB to linear (IEC 61966-2-1).
fn linear(c: f32) -> f32 {
    if c <= 0.04045 { c / 12.92 } else { libm::powf((c + 0.055) / 1.055, 2.4) }
}
