//! The hair of the head: locks grown from the scalp and combed as the style says, over a thin ground.

mod cap;
mod crop;
mod curls;
mod hairline;
mod knot;
mod lock;
mod loose;
mod parted;
mod scalp;
mod sway;
mod torso;

pub(super) use self::hairline::Hairline;
use self::scalp::Scalp;
use self::sway::Sway;
use self::torso::Torso;
use super::ForgeError;
use super::model::{Alpha, Bundle, Picture, Piece, Surface};
use super::paint::{self, Face, Weave};
use super::part::Part;
use super::person::{Hair, HairStyle};

/// The hair of the person whose `head`, `suit` and `face` these are.
///
/// # Errors
/// When a picture cannot be encoded.
pub(super) fn wear(head: &Part, suit: &Part, face: &Face) -> Result<Bundle, ForgeError> {
    let hair = &face.person.hair;
    let scalp = Scalp::of(head, &face.hairline);
    let mut bundle = Bundle { pictures: vec![picture(hair)?], ..Bundle::default() };
    let part = match hair.style {
        HairStyle::Knot => knot::knot(&scalp),
        HairStyle::Loose => {
            let sway = Sway::of(&scalp);
            (bundle.extras, bundle.springs) = (sway.extras(), sway.springs());
            loose::loose(&scalp, &Torso::of([head, suit], scalp.eyes()), &sway)
        }
        HairStyle::Short => parted::parted(&scalp),
        HairStyle::Swept => crop::SWEPT.cut(&scalp),
        HairStyle::Curls => curls::curls(&scalp),
    };
    bundle.pieces.push(Piece::new("Hair", part, surface(hair.style)));
    Ok(bundle)
}

/// What the hair wears.
fn picture(hair: &Hair) -> Result<Picture, ForgeError> {
    // Where hair is short its ground is seen, and must look like strands as well.
    let (gather, ground, curl) = match hair.style {
        HairStyle::Knot => (1.0, 1.0, 0.0),
        HairStyle::Loose => (0.15, 1.0, 0.0),
        HairStyle::Short => (0.4, 1.22, 0.9),
        HairStyle::Swept => (1.0, 0.8, 1.5),
        HairStyle::Curls => return paint::coils(hair),
    };
    paint::strands(hair, Weave { gather, ground, curl })
}

fn surface(style: HairStyle) -> Surface {
    let combed = |roughness: f32, double_sided: bool| Surface {
        double_sided,
        ..Surface::painted("Hair", 0, roughness)
    };
    let surface = match style {
        HairStyle::Knot | HairStyle::Loose => combed(0.52, true),
        // What lies close is never seen from inside.
        HairStyle::Short => combed(0.85, false),
        HairStyle::Swept => combed(0.8, true),
        // By this name it is none of the combed hair, which shines across its strands.
        HairStyle::Curls => Surface { is_matte: true, ..Surface::painted("Curls", 0, 1.0) },
    };
    Surface { alpha: Alpha::Blend, ..surface }
}

/// A repeatable number in 0..1 for a lock and a purpose.
pub(super) fn chance(lock: u32, purpose: u32) -> f32 {
    let mut h = lock.wrapping_mul(0x9e37_79b9) ^ purpose.wrapping_mul(0x85eb_ca6b);
    h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    h = (h ^ (h >> 13)).wrapping_mul(0x297a_2d39);
    ((h ^ (h >> 16)) >> 8) as f32 / (1 << 24) as f32
}
