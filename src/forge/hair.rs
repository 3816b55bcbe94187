//! The hair of the head: locks grown from the scalp and combed as the style says, over a thin ground.

mod back;
mod bands;
mod cap;
mod combed;
mod crop;
mod curls;
mod fall;
mod hairline;
mod knot;
mod lock;
mod parted;
mod scalp;
mod sheet;
mod sway;
mod torso;
mod wisps;

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
        HairStyle::Knot => return massed(bundle, knot::knot(&scalp), knot::COMB.clumps, face),
        HairStyle::Loose | HairStyle::Curtain => {
            let sway = Sway::of(&scalp);
            (bundle.extras, bundle.springs) = (sway.extras(), sway.springs());
            let torso = Torso::of([head, suit], scalp.eyes());
            let cut = if hair.style == HairStyle::Curtain { parted::CURTAIN } else { parted::LOOSE };
            return massed(bundle, cut.cut(&scalp, &torso, &sway), parted::COMB.clumps, face);
        }
        HairStyle::Short => return massed(bundle, back::back(&scalp), back::COMB.clumps, face),
        HairStyle::Swept => return massed(bundle, crop::SWEPT.cut(&scalp), crop::WORN.clumps, face),
        HairStyle::Fringe => return massed(bundle, crop::FRINGE.cut(&scalp), crop::WORN.clumps, face),
        HairStyle::Curls => curls::curls(&scalp),
    };
    bundle.pieces.push(Piece::new("Hair", part, surface(hair.style)));
    Ok(bundle)
}

/// Hair as a mass of so many clumps, and the single hairs about it.
fn massed(
    mut bundle: Bundle,
    [mass, single]: [Part; 2],
    clumps: usize,
    face: &Face,
) -> Result<Bundle, ForgeError> {
    bundle.pictures.push(paint::mass(&face.person.hair, face.person.skin.colour, clumps)?);
    bundle.pictures.push(paint::mass_relief()?);
    let combed = Surface { double_sided: true, normals: Some((2, 1.0)), ..Surface::painted("Hair", 1, 0.5) };
    bundle.pieces.push(Piece::new("Hair", mass, combed));
    bundle.pieces.push(Piece::new("Wisps", single, surface(face.person.hair.style)));
    Ok(bundle)
}

/// What single hairs wear.
fn picture(hair: &Hair) -> Result<Picture, ForgeError> {
    // Where hair is short its ground is seen, and must look like strands as well.
    let (gather, ground, curl) = match hair.style {
        HairStyle::Knot => (1.0, 1.0, 0.0),
        HairStyle::Loose | HairStyle::Curtain => (0.15, 1.0, 0.0),
        HairStyle::Short => (0.4, 0.95, 0.6),
        HairStyle::Swept | HairStyle::Fringe => (1.0, 0.95, 0.7),
        HairStyle::Curls => return paint::coils(hair),
    };
    paint::strands(hair, Weave { gather, ground, curl })
}

fn surface(style: HairStyle) -> Surface {
    let combed = |name: &'static str, roughness: f32| Surface {
        double_sided: true,
        ..Surface::painted(name, 0, roughness)
    };
    let surface = match style {
        HairStyle::Knot | HairStyle::Loose | HairStyle::Curtain | HairStyle::Short => {
            combed("Hair wisps", 0.52)
        }
        HairStyle::Swept | HairStyle::Fringe => combed("Hair wisps", 0.8),
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
