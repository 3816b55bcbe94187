//! The sets of clothes: which pieces they have, how those are cut, and of what cloth they are.

use super::super::ForgeError;
use super::super::model::{Bundle, Piece, Surface};
use super::super::part::Part;
use super::super::person::{Clothes, Outfit, Srgb};
use glam::Vec2;

use super::Measures;
use super::cloth::weld;
use super::collar::{ShirtCollar, jacket_collar, shirt_collar, stand_collar};
use super::dress::{belt, buckle, trim, wrap};
use super::front;
use super::jacket::{JacketCut, shell, uncut};
use super::layout::{plain, unroll};
use super::legs::{ShoeCut, TrouserCut, shoes, stockings, trousers};
use super::probe::Probe;
use super::shirt::{Neck, cuffs, shirt_front, tie};
use super::weave::{Creases, normals, shade};

const SUIT: JacketCut = JacketCut {
    ease: 0.013,
    pad: 0.016,
    sleeve: [0.066, 0.054],
    cuff: 0.014,
    button: 0.36,
    gap: 0.0,
    lapel: 0.088,
    swing: 0.16,
    spread: 0.055,
    hem: -0.19,
    flare: 0.0,
    waves: 0.0,
};

const BLAZER: JacketCut = JacketCut {
    ease: 0.010,
    pad: 0.010,
    sleeve: [0.050, 0.041],
    cuff: 0.010,
    button: 0.34,
    lapel: 0.070,
    swing: 0.24,
    spread: 0.05,
    hem: -0.15,
    flare: 0.004,
    ..SUIT
};

const DRESS: JacketCut = JacketCut {
    ease: 0.006,
    pad: 0.004,
    sleeve: [0.044, 0.034],
    cuff: 0.016,
    button: 0.66,
    swing: -9.0,
    spread: 0.0,
    hem: -0.92,
    flare: 0.055,
    waves: 0.007,
    ..SUIT
};

const STAGE: JacketCut = JacketCut {
    ease: 0.009,
    pad: 0.008,
    sleeve: [0.054, 0.044],
    cuff: 0.006,
    button: 0.065,
    gap: 0.062,
    swing: -9.0,
    spread: 0.0,
    hem: 0.065,
    flare: 0.0,
    ..SUIT
};

/// The clothes over the close-fitting `suit`.
///
/// # Errors
/// When a picture cannot be encoded.
pub(in crate::forge) fn wear(
    suit: &Part,
    measures: &Measures,
    clothes: &Clothes,
) -> Result<Bundle, ForgeError> {
    let suit = &weld(suit);
    let measures = &measures.fitted(&Probe::new(suit));
    let mut pieces = match clothes.outfit {
        Outfit::Suit => business(suit, measures, clothes, &SUIT, true),
        Outfit::Blazer => business(suit, measures, clothes, &BLAZER, false),
        Outfit::Dress => dress(suit, measures, clothes),
        Outfit::Stage => stage(suit, measures, clothes),
    };
    for piece in &mut pieces {
        piece.surface.double_sided = true;
    }
    let creases = creases(clothes.outfit);
    Ok(Bundle { pieces, pictures: vec![shade(&creases)?, normals(&creases)?], ..Bundle::default() })
}

/// How the outfit's cloth creases.
fn creases(outfit: Outfit) -> Creases {
    let suit = Creases { sleeve: 1.0, trunk: 0.8, skirt: 0.1, leg: 1.0, seams: true, thread: 0.10 };
    match outfit {
        Outfit::Suit => suit,
        Outfit::Blazer => Creases { trunk: 0.7, ..suit },
        Outfit::Dress => Creases { sleeve: 0.9, trunk: 0.9, skirt: 0.8, thread: 0.05, ..suit },
        Outfit::Stage => Creases { sleeve: 1.2, trunk: 1.0, thread: 0.05, ..suit },
    }
}

/// One even colour.
fn even(name: &'static str, part: Part, colour: Srgb, roughness: f32) -> Piece {
    Piece::new(name, part, Surface::plain(name, colour, roughness))
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
        Surface { picture: Some(0), normals: Some((1, 1.0)), sheen: Some((nap, 0.5)), ..plain },
    )
}

fn business(
    suit: &Part,
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
    jacket.append(&plain(jacket_collar(&body, &over, measures, cut)));
    if formal {
        jacket.append(&plain(front::pocket(&over, measures)));
    }
    let buttons = front::buttons(&over, measures, cut, &[cut.button, cut.button - 0.19]);
    let mut shirt = shirt_front(suit, measures, cut, if formal { Neck::Closed } else { Neck::Round });
    let shirt_probe = shirt.clone();
    shirt = unroll(&shirt, measures, false);
    let on_shirt = Probe::new(&shirt_probe);
    let mut pieces = Vec::new();
    if formal {
        let collar = ShirtCollar { stand: 0.038, point: Vec2::new(0.016, 0.060), gap: 0.018, drop: 0.040 };
        shirt.append(&plain(shirt_collar(&body, measures, &collar)));
        pieces.push(even("Tie", tie(&on_shirt, measures, cut.button), clothes.accent, 0.5));
    }
    shirt.append(&plain(cuffs(&body, measures, cut.sleeve[1] - 0.012, cut.cuff - 0.013)));
    let legs = TrouserCut { leg: [0.074, 0.078], hem: -0.045, crease: 0.012, top: 0.05 };
    let [upper, sole] = shoes(suit, measures, &ShoeCut { top: 0.0, low_cut: 0.0, toe: 0.02, heel: 0.01 });
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

fn dress(suit: &Part, measures: &Measures, clothes: &Clothes) -> Vec<Piece> {
    const WAIST: f32 = 0.30;
    let cut = &DRESS;
    let whole = uncut(suit, measures, cut);
    let (body, over) = (Probe::new(suit), Probe::new(&whole));
    let mut gown = unroll(&shell(&whole, measures, cut), measures, false);
    gown.append(&plain(wrap(&body, &over, measures, cut)));
    let [upper, sole] =
        shoes(suit, measures, &ShoeCut { top: -0.022, low_cut: 0.034, toe: 0.016, heel: 0.03 });
    vec![
        cloth("Dress", gown, clothes.main, 0.8),
        even("Belt", belt(&whole, measures, WAIST, 0.036), clothes.shoes, 0.35),
        even("Buckle", buckle(&over, measures, WAIST, Vec2::new(0.024, 0.021)), clothes.accent, 0.25),
        even("Stockings", stockings(suit, measures, measures.height(-0.7)), clothes.under, 0.7),
        even("Shoes", upper, clothes.shoes, 0.3),
        even("Soles", sole, clothes.shoes.map(|c| c * 0.5), 0.6),
    ]
}

fn stage(suit: &Part, measures: &Measures, clothes: &Clothes) -> Vec<Piece> {
    let cut = &STAGE;
    let whole = uncut(suit, measures, cut);
    let (body, over) = (Probe::new(suit), Probe::new(&whole));
    let mut jacket = unroll(&shell(&whole, measures, cut), measures, false);
    jacket.append(&plain(stand_collar(&body, &over, measures, cut, 0.034)));
    let mut shirt = shirt_front(suit, measures, cut, Neck::Vee);
    shirt = unroll(&shirt, measures, false);
    let legs = TrouserCut { leg: [0.062, 0.056], hem: 0.0, crease: 0.0, top: 0.08 };
    let trousers = trousers(suit, measures, &legs);
    let waist = trousers.clone();
    let at_waist = Probe::new(&waist);
    let collar = ShirtCollar { stand: 0.034, point: Vec2::new(-0.01, 0.05), gap: 0.10, drop: 0.03 };
    shirt.append(&plain(shirt_collar(&body, measures, &collar)));
    let [upper, sole] = shoes(suit, measures, &ShoeCut { top: 0.05, low_cut: 0.0, toe: 0.02, heel: 0.01 });
    vec![
        cloth("Jacket", jacket, clothes.main, 0.6),
        even("Trim", trim(&over, measures, cut, 0.012), clothes.accent, 0.3),
        cloth("Shirt", shirt, clothes.under, 0.5),
        cloth("Trousers", unroll(&trousers, measures, true), clothes.main.map(|c| c * 0.7), 0.8),
        even("Belt", belt(&waist, measures, 0.035, 0.034), clothes.shoes, 0.35),
        even("Buckle", buckle(&at_waist, measures, 0.035, Vec2::new(0.025, 0.02)), clothes.accent, 0.25),
        even("Shoes", upper, clothes.shoes, 0.3),
        even("Soles", sole, clothes.shoes.map(|c| c * 0.5), 0.6),
    ]
}
