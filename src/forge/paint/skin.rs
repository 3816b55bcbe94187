//! The pictures of the skin: colour, fine shape, roughness.

use glam::Vec2;

use super::super::ForgeError;
use super::super::model::Picture;
use super::super::part::Part;
use super::super::person::Srgb;
use super::chart::{Chart, Spot};
use super::complexion;
use super::creases::Creases;
use super::face::Face;
use super::mouth;
use super::{gloss, relief};

/// Pixels each way, and the quality of the JPEG: of colour, fine shape, roughness.
const COLOUR: (u32, u8) = (2048, 86);
const RELIEF: (u32, u8) = (2048, 82);
const GLOSS: (u32, u8) = (512, 82);
/// The lining of the mouth: open a little, wet.
const WET: Srgb = [0.75, 0.3, 0.0];

/// Colour, normals, and occlusion with roughness of `part`; `lining` says whether a texture coordinate belongs to the inside of the mouth.
///
/// # Errors
/// When a picture cannot be encoded.
pub(in crate::forge) fn skin(
    part: &Part,
    face: &Face,
    lining: impl Fn(Vec2) -> bool + Sync,
) -> Result<[Picture; 3], ForgeError> {
    let creases = Creases::of(&face.marks, face.eye.centre, face.person.skin.lines);
    let inside = |spot: &Spot| lining(part.vertices[part.triangles[spot.triangle][0] as usize].coordinate);
    let chart = Chart::new(part, COLOUR.0);
    let bare = [face.person.skin.colour, relief::FLAT];
    let [colour, normals] = chart.paint(bare, |spot| {
        if inside(spot) {
            return [mouth::lining(face, spot.position), relief::FLAT];
        }
        let site = face.site(part, spot);
        [complexion::colour(face, &creases, &site), relief::normal(face, &creases, &site, spot)]
    });
    let [gloss] = Chart::new(part, GLOSS.0)
        .paint([WET], |spot| [if inside(spot) { WET } else { gloss::pack(face, &face.site(part, spot)) }]);
    Ok([
        colour.jpeg("Skin", COLOUR.1)?,
        normals.jpeg("Skin normals", RELIEF.1)?,
        gloss.jpeg("Skin roughness", GLOSS.1)?,
    ])
}
