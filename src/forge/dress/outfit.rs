//! The sets of clothes: which pieces they have, how those are cut, and of what cloth they are.

use super::super::ForgeError;
use super::super::model::{Bundle, Piece, Surface};
use super::super::part::Part;
use super::super::person::{Clothes, Outfit, Srgb};
use super::Measures;
use super::collar::{ShirtCollar, jacket_collar, shirt_collar};
use super::front;
use super::jacket::{JacketCut, shell, uncut};
use super::legs::{ShoeCut, TrouserCut, shoes, trousers};
use super::probe::Probe;
use super::shirt::{cuffs, shirt_front, tie};

const SUIT: JacketCut = JacketCut {
    ease: 0.013,
    pad: 0.016,
    sleeve: [0.074, 0.058],
    cuff: 0.014,
    button: 0.36,
    lapel: 0.088,
    swing: 0.16,
    spread: 0.055,
    hem: -0.19,
    waist: 0.0,
    flare: 0.006,
};

const BLAZER: JacketCut = JacketCut {
    ease: 0.010,
    pad: 0.010,
    sleeve: [0.060, 0.047],
    cuff: 0.010,
    button: 0.34,
    lapel: 0.070,
    swing: 0.24,
    spread: 0.075,
    hem: -0.15,
    waist: 0.0,
    flare: 0.012,
};

/// The clothes over the close-fitting `suit`.
///
/// # Errors
/// When a picture cannot be encoded.
pub(in crate::forge) fn wear(suit: &Part, measures: &Measures, clothes: &Clothes) -> Result<Bundle, ForgeError> {
    let mut pieces = match clothes.outfit {
        Outfit::Suit => business(suit, measures, clothes, &SUIT, true),
        Outfit::Blazer | Outfit::Dress | Outfit::Stage => business(suit, measures, clothes, &BLAZER, false),
    };
    for piece in &mut pieces {
        piece.surface.double_sided = true;
    }
    Ok(Bundle { pieces, ..Bundle::default() })
}

fn cloth(name: &'static str, part: Part, colour: Srgb, roughness: f32) -> Piece {
    Piece::new(name, part, Surface::plain(name, colour, roughness))
}

fn business(suit: &Part, measures: &Measures, clothes: &Clothes, cut: &JacketCut, formal: bool) -> Vec<Piece> {
    let whole = uncut(suit, measures, cut);
    let (body, over) = (Probe::new(suit), Probe::new(&whole));
    let mut jacket = shell(&whole, measures, cut);
    jacket.append(&front::lapels(&over, measures, cut));
    jacket.append(&front::edge(&over, measures, cut));
    jacket.append(&jacket_collar(&body, &over, measures, cut));
    jacket.append(&front::pocket(&over, measures));
    let buttons = front::buttons(&over, measures, cut, &[cut.button, cut.button - 0.19]);
    let mut shirt = shirt_front(suit, measures, cut, !formal);
    let shirt_probe = shirt.clone();
    let on_shirt = Probe::new(&shirt_probe);
    let mut pieces = Vec::new();
    if formal {
        let collar = ShirtCollar { stand: 0.042, point: glam::Vec2::new(0.018, 0.062), gap: 0.02, drop: 0.024 };
        shirt.append(&shirt_collar(&body, measures, &collar));
        pieces.push(cloth("Tie", tie(&on_shirt, measures, 0.1), clothes.accent, 0.5));
    }
    shirt.append(&cuffs(suit, &body, measures, cut.sleeve[1] - 0.012, cut.cuff - 0.013));
    let legs = TrouserCut { leg: [0.082, 0.092], hem: -0.045, crease: 0.012, top: 0.05 };
    let [upper, sole] = shoes(suit, measures, &ShoeCut { top: 0.0, low_cut: 0.0, toe: 0.02, heel: 0.01 });
    pieces.extend([
        cloth("Jacket", jacket, clothes.main, 0.85),
        cloth("Buttons", buttons, clothes.shoes, 0.4),
        cloth("Shirt", shirt, clothes.under, 0.75),
        cloth("Trousers", trousers(suit, measures, &legs), clothes.main, 0.85),
        cloth("Shoes", upper, clothes.shoes, 0.3),
        cloth("Soles", sole, clothes.shoes.map(|c| c * 0.5), 0.6),
    ]);
    pieces
}
