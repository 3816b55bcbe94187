//! The sets of clothes: which pieces they have, how those are cut, and of what cloth they are.

use super::super::ForgeError;
use super::super::model::{Bundle, Piece, Surface};
use super::super::part::Part;
use super::super::person::{Clothes, Outfit, Srgb};
use glam::Vec2;

use super::Measures;
use super::cloth::weld;
use super::collar::{jacket_collar, shirt_collar, stand_collar};
use super::front;
use super::gown::{belt, buckle, trim, wrap};
use super::jacket::{JacketCut, shell, uncut};
use super::layout::{plain, unroll};
use super::legs::{ShoeCut, TrouserCut, shoes, stockings, trousers};
use super::probe::Probe;
use super::shirt::{Neck, cuffs, shirt_front, shirt_whole, tie};
use super::weave::{self, Creases, Relief, stripes};

const SUIT: JacketCut = JacketCut {
    ease: 0.013,
    pad: 0.006,
    sleeve: [0.060, 0.051],
    cuff: 0.014,
    button: 0.36,
    gap: 0.0,
    lapel: 0.088,
    swing: 0.16,
    spread: 0.055,
    hem: -0.19,
    flare: 0.0,
    waves: 0.0,
    stand: 0.012,
    leaf: 0.050,
    throat: 0.012,
};

/// A shirt worn open: only its opening is cut so.
const OPEN: JacketCut = JacketCut { button: 0.76, ..SUIT };

const BLAZER: JacketCut = JacketCut {
    ease: 0.010,
    pad: 0.0,
    sleeve: [0.045, 0.039],
    cuff: 0.010,
    button: 0.34,
    lapel: 0.070,
    swing: 0.11,
    spread: 0.045,
    hem: -0.15,
    flare: 0.004,
    stand: 0.005,
    leaf: 0.042,
    ..SUIT
};

/// Where the dress is belted.
const WAIST: f32 = 0.30;

const DRESS: JacketCut = JacketCut {
    ease: 0.006,
    pad: -0.005,
    sleeve: [0.041, 0.033],
    cuff: 0.016,
    button: 0.72,
    swing: -9.0,
    spread: 0.0,
    hem: -0.92,
    flare: 0.034,
    waves: 0.012,
    throat: 0.004,
    ..SUIT
};

const STAGE: JacketCut = JacketCut {
    ease: 0.011,
    pad: 0.0,
    sleeve: [0.051, 0.044],
    cuff: 0.006,
    button: 0.065,
    gap: 0.062,
    swing: -9.0,
    spread: 0.0,
    hem: 0.065,
    flare: 0.0,
    stand: 0.008,
    ..SUIT
};

/// The clothes over the close-fitting `suit`.
///
/// # Errors
/// When a picture cannot be encoded.
pub(in crate::forge) fn wear(
    suit: &Part,
    body: &Part,
    measures: &Measures,
    clothes: &Clothes,
) -> Result<Bundle, ForgeError> {
    let suit = &weld(suit);
    let neck = &measures.neck(body);
    let neck = &Probe::new(neck);
    let measures = &measures.fitted(neck);
    let mut pieces = match clothes.outfit {
        Outfit::Suit => business(suit, neck, measures, clothes, &SUIT, true),
        Outfit::Blazer => business(suit, neck, measures, clothes, &BLAZER, false),
        Outfit::Dress => dress(suit, neck, measures, clothes),
        Outfit::Stage => stage(suit, neck, measures, clothes),
    };
    for piece in &mut pieces {
        piece.surface.double_sided = true;
    }
    let relief = Relief::new(&creases(clothes.outfit));
    let mut pictures = vec![relief.shade()?, relief.normals()?, weave::metal()?];
    if clothes.outfit == Outfit::Suit {
        pictures.push(stripes(clothes.accent)?);
    }
    Ok(Bundle { pieces, pictures, ..Bundle::default() })
}

/// How the outfit's cloth creases.
fn creases(outfit: Outfit) -> Creases {
    let suit = Creases { sleeve: 1.0, trunk: 0.8, skirt: 0.1, leg: 1.0, seams: true, thread: 0.13 };
    match outfit {
        Outfit::Suit => suit,
        Outfit::Blazer => Creases { trunk: 0.7, ..suit },
        Outfit::Dress => Creases { sleeve: 0.9, trunk: 0.9, skirt: 1.0, thread: 0.08, ..suit },
        Outfit::Stage => Creases { sleeve: 1.2, trunk: 1.0, thread: 0.05, ..suit },
    }
}

/// The pictures of a set of clothes: shade, folds and, where there is one, the tie.
const SHADE: usize = 0;
const FOLDS: usize = 1;
const METAL: usize = 2;
const TIE: usize = 3;

/// One even colour.
fn even(name: &'static str, part: Part, colour: Srgb, roughness: f32) -> Piece {
    Piece::new(name, part, Surface::plain(name, colour, roughness))
}

/// Polished metal.
fn metal(name: &'static str, part: Part, colour: Srgb) -> Piece {
    let surface = Surface { picture: Some(SHADE), rough: Some(METAL), ..Surface::plain(name, colour, 0.35) };
    Piece::new(name, plain(part), surface)
}

/// Woven: the outfit's pictures of shade and folds lie on it.
fn cloth(name: &'static str, part: Part, colour: Srgb, roughness: f32) -> Piece {
    const NAP: f32 = 0.35;
    let plain = Surface::plain(name, colour, roughness);
    let [r, g, b, _] = plain.colour;
    // The nap is lighter than the cloth and nearly as coloured.
    let nap = [r, g, b].map(|c| (0.02 + c * 0.5).min(1.0) * NAP);
    Piece::new(
        name,
        part,
        Surface { picture: Some(SHADE), normals: Some((FOLDS, 1.25)), sheen: Some((nap, 0.5)), ..plain },
    )
}

fn business(
    suit: &Part,
    neck: &Probe<'_>,
    measures: &Measures,
    clothes: &Clothes,
    cut: &JacketCut,
    formal: bool,
) -> Vec<Piece> {
    let whole = uncut(suit, measures, cut);
    let (body, over) = (Probe::new(suit), Probe::new(&whole));
    let mut jacket = unroll(&shell(&whole, measures, cut), measures, false);
    jacket.append(&plain(front::lapels(&over, measures, cut)));
    jacket.append(&plain(front::edge(&over, measures, cut)));
    jacket.append(&plain(jacket_collar(neck, &over, measures, cut)));
    if formal {
        jacket.append(&plain(front::pocket(&over, measures)));
    }
    let buttons = front::buttons(&over, measures, cut, &[cut.button, cut.button - 0.19]);
    let mut shirt = shirt_front(suit, measures, cut, if formal { Neck::Closed } else { Neck::Round });
    let shirt_probe = shirt_whole(suit, measures);
    shirt = unroll(&shirt, measures, false);
    let on_shirt = Probe::new(&shirt_probe);
    let mut pieces = Vec::new();
    if formal {
        shirt.append(&plain(shirt_collar(neck, &body, measures)));
        shirt.append(&plain(front::handkerchief(&over, measures)));
        pieces.push(Piece::new("Tie", tie(&on_shirt, measures, cut), Surface::painted("Tie", TIE, 0.5)));
    }
    shirt.append(&plain(cuffs(&body, measures, cut.sleeve[1] - 0.012, cut.cuff - 0.013)));
    let legs = TrouserCut { leg: [0.074, 0.078], hem: -0.038, crease: 0.012, top: 0.05, hidden: 0.08 };
    let [upper, sole] = shoes(suit, measures, &ShoeCut { top: 0.0, low_cut: 0.0, toe: 0.02, sole: 0.003 });
    pieces.extend([
        cloth("Jacket", jacket, clothes.main, 0.85),
        even("Buttons", buttons, clothes.shoes, 0.4),
        cloth("Shirt", shirt, clothes.under, 0.75),
        cloth("Trousers", unroll(&trousers(suit, measures, &legs), measures, true), clothes.main, 0.85),
        even("Shoes", upper, clothes.shoes, 0.3),
        even("Soles", sole, clothes.shoes.map(|c| c * 0.5), 0.6),
    ]);
    pieces
}

fn dress(suit: &Part, neck: &Probe<'_>, measures: &Measures, clothes: &Clothes) -> Vec<Piece> {
    let cut = &DRESS;
    let whole = uncut(suit, measures, cut);
    let over = Probe::new(&whole);
    let mut gown = unroll(&shell(&whole, measures, cut), measures, false);
    gown.append(&plain(wrap(neck, &over, measures, cut, WAIST)));
    let [upper, sole] =
        shoes(suit, measures, &ShoeCut { top: -0.014, low_cut: 0.026, toe: 0.022, sole: -0.003 });
    vec![
        cloth("Dress", gown, clothes.main, 0.8),
        even("Belt", belt(&whole, measures, WAIST, 0.036), clothes.shoes, 0.35),
        metal("Buckle", buckle(&over, measures, WAIST, Vec2::new(0.024, 0.021)), clothes.accent),
        even("Stockings", stockings(suit, measures, measures.height(-0.7)), clothes.under, 0.7),
        even("Shoes", upper, clothes.shoes, 0.3),
        even("Soles", sole, clothes.shoes, 0.3),
    ]
}

fn stage(suit: &Part, neck: &Probe<'_>, measures: &Measures, clothes: &Clothes) -> Vec<Piece> {
    let cut = &STAGE;
    let whole = uncut(suit, measures, cut);
    let over = Probe::new(&whole);
    let mut jacket = unroll(&shell(&whole, measures, cut), measures, false);
    jacket.append(&plain(stand_collar(neck, &over, measures, cut, 0.036)));
    let mut shirt = shirt_front(suit, measures, cut, Neck::Vee(&OPEN));
    let whole_shirt = shirt_whole(suit, measures);
    let on_shirt = Probe::new(&whole_shirt);
    shirt = unroll(&shirt, measures, false);
    let legs = TrouserCut { leg: [0.064, 0.062], hem: -0.02, crease: 0.0, top: 0.040, hidden: 0.0 };
    let worn = trousers(suit, measures, &legs);
    // The belt lies on them as if they went on above it.
    let waist = trousers(suit, measures, &TrouserCut { top: 0.08, ..legs });
    let at_waist = Probe::new(&waist);
    shirt.append(&plain(trim(&on_shirt, measures, &OPEN, 0.018, 0.87)));
    shirt.append(&plain(front::placket(&on_shirt, measures, OPEN.button, 0.04)));
    let studs = front::studs(&on_shirt, measures, OPEN.button - 0.05, 0.09);
    let [upper, sole] = shoes(suit, measures, &ShoeCut { top: 0.02, low_cut: 0.0, toe: 0.02, sole: 0.003 });
    vec![
        cloth("Jacket", jacket, clothes.main, 0.74),
        metal("Trim", trim(&over, measures, cut, 0.012, 0.955), clothes.accent),
        cloth("Shirt", shirt, clothes.under, 0.5),
        even("Buttons", studs, clothes.main, 0.35),
        cloth("Trousers", unroll(&worn, measures, true), clothes.main.map(|c| c * 0.7), 0.8),
        even("Belt", belt(&waist, measures, 0.035, 0.034), clothes.shoes, 0.35),
        metal("Buckle", buckle(&at_waist, measures, 0.035, Vec2::new(0.025, 0.02)), clothes.accent),
        even("Shoes", upper, clothes.shoes, 0.3),
        even("Soles", sole, clothes.shoes.map(|c| c * 0.5), 0.6),
    ]
}
