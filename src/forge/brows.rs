//! Brows: the skin of the brow once more, a little above itself, wearing a picture of hairs.

use glam::{Vec2, Vec3};

use super::ForgeError;
use super::model::{Alpha, Bundle, Piece, Surface};
use super::paint::{self, Face};
use super::part::Part;

/// How far above the skin, metres.
const LIFT: f32 = 0.0004;
/// Size of what wears the picture, metres: along the brow and across it.
const SIZE: Vec2 = Vec2::new(0.054, 0.017);
/// How far on the nose's side of the eye's middle it begins, metres.
const BEGIN: f32 = 0.0216;
/// How far the outer end is lifted against the inner one, metres.
const RISE: f32 = 0.0008;
/// Where along it the arch begins, and its curve, radians: it is highest at two thirds of the hairs' way.
const ARCHED: f32 = 0.04;
const BOW: f32 = 2.35;
/// Between which shares of it hairs have their roots.
const ENDS: [f32; 2] = [0.09, 0.74];
/// How thick a woman's and a man's brows are, metres.
const THICK: [f32; 2] = [0.0080, 0.0112];

/// Both brows of the face whose skin is `head`.
///
/// # Errors
/// When the picture cannot be encoded.
pub(super) fn wear(head: &Part, face: &Face) -> Result<Bundle, ForgeError> {
    let gender = face.person.body.gender;
    // Kept where it is inside the picture on all four sides.
    let mut part = head.clip(|v| {
        let at = place(face, v.position, gender);
        let inside = at.min(Vec2::ONE - at) * SIZE;
        let in_front = v.position.z - (face.eye.centre.z - 0.016);
        inside.min_element().min(in_front)
    });
    for vertex in &mut part.vertices {
        vertex.coordinate = place(face, vertex.position, gender).clamp(Vec2::ZERO, Vec2::ONE);
        vertex.position += vertex.normal * LIFT;
    }
    let surface = Surface { alpha: Alpha::Blend, ..Surface::painted("Brows", 0, 1.0) };
    let thick = THICK[0] + (THICK[1] - THICK[0]) * gender;
    Ok(Bundle {
        pieces: vec![Piece::new("Brows", part, surface)],
        pictures: vec![paint::brows(&face.person.hair, SIZE, ENDS, thick)?],
        ..Bundle::default()
    })
}

/// Where on the picture a point of the skin lies, metres: along the brow and downwards, 0..=1 within.
pub(super) fn place(face: &Face, p: Vec3, gender: f32) -> Vec2 {
    let eye = face.eye.centre;
    let (x, y) = (p.x.abs(), p.y);
    let along = (x - (eye.x - BEGIN)) / SIZE.x;
    // A woman's brow is arched, a man's is lower and straighter.
    // Either rises outwards: inner ends above the outer ones plead.
    let arch = 0.0155 - 0.0033 * gender
        + (0.0032 + 0.0004 * gender) * libm::sinf((along.clamp(-0.2, 1.2) - ARCHED) * BOW)
        + RISE * (along - 0.45);
    Vec2::new(along, 0.5 - (y - eye.y - arch) / SIZE.y)
}
