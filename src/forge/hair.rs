//! The hair of the head: locks grown from the scalp and combed as the style says, over a thin ground.

mod cap;
mod hairline;
mod knot;
mod lock;
mod scalp;

pub(super) use self::hairline::Hairline;
use self::scalp::Scalp;
use super::ForgeError;
use super::model::{Alpha, Bundle, Piece, Surface};
use super::paint::{self, Face};
use super::part::Part;
use super::person::HairStyle;

/// The hair of the person whose `head` and `face` these are.
///
/// # Errors
/// When a picture cannot be encoded.
pub(super) fn wear(head: &Part, face: &Face) -> Result<Bundle, ForgeError> {
    let hair = &face.person.hair;
    let scalp = Scalp::of(head, &face.hairline);
    let part = match hair.style {
        HairStyle::Knot => knot::knot(&scalp),
    };
    let surface = Surface { double_sided: true, alpha: Alpha::Blend, ..Surface::painted("Hair", 0, 0.5) };
    Ok(Bundle {
        pieces: vec![Piece::new("Hair", part, surface)],
        pictures: vec![paint::strands(hair, 0.0)?],
        ..Bundle::default()
    })
}

/// A repeatable number in 0..1 for a lock and a purpose.
pub(super) fn chance(lock: u32, purpose: u32) -> f32 {
    let mut h = lock.wrapping_mul(0x9e37_79b9) ^ purpose.wrapping_mul(0x85eb_ca6b);
    h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    h = (h ^ (h >> 13)).wrapping_mul(0x297a_2d39);
    ((h ^ (h >> 16)) >> 8) as f32 / (1 << 24) as f32
}
