//! The sets of clothes: which pieces they have, how those are cut, and of what cloth they are.

use glam::Vec3;

use super::super::ForgeError;
use super::super::model::{Bundle, Piece, Surface};
use super::super::part::Part;
use super::super::person::{Clothes, Outfit, Srgb};

use super::Measures;
use super::cloth::weld;
use super::collar::{jacket_collar, shirt_collar};
use super::front;
use super::jacket::{JacketCut, shell, uncut};
use super::jewels::{Necklace, earrings, necklace};
use super::layout::{on_trunk, plain, sewn, unroll};
use super::legs::{ShoeCut, TrouserCut, shoes, skirt, stockings, trousers};
use super::neckline::{NeckLine, chin};
use super::probe::Probe;
use super::shirt::{Neck, bound_edge, cuffs, shirt_front, shirt_whole, tie};
use super::trim;
use super::weave::{self, Creases, Relief, Shadow, stripes};

const SUIT: JacketCut = JacketCut {
    ease: 0.013,
    point: [0.050, 0.091],
    sleeve: [0.051, 0.044],
    cuff: 0.014,
    button: 0.36,
    gap: 0.0,
    lapel: 0.084,
    swing: 0.16,
    spread: 0.055,
    hem: -0.19,
    flare: 0.0,
    taper: 0.0,
    stand: 0.015,
    leaf: 0.042,
    below: 0.015,
    covered: 0.023,
    beside: 0.010,
};

const BLAZER: JacketCut = JacketCut {
    ease: 0.010,
    point: [0.046, 0.082],
    sleeve: [0.043, 0.037],
    cuff: 0.010,
    button: 0.34,
    lapel: 0.070,
    swing: 0.11,
    spread: 0.045,
    hem: -0.15,
    flare: 0.004,
    stand: 0.004,
    leaf: 0.047,
    below: 0.0,
    covered: 0.014,
    ..SUIT
};

/// Where a top with a V neck is cut open.
const OPEN: JacketCut = JacketCut { button: 0.775, ..SUIT };

/// As narrow at the knees as the legs let it be.
const SKIRT: JacketCut = JacketCut { ease: 0.004, hem: -0.80, flare: 0.0, taper: 0.24, ..BLAZER };

/// Of a man on stage: closer than a suit, cut open lower.
const STAGE: JacketCut =
    JacketCut { point: [0.044, 0.082], sleeve: [0.046, 0.040], button: 0.30, lapel: 0.074, ..BLAZER };

/// A man's trousers.
const LEGS: TrouserCut =
    TrouserCut { leg: [0.070, 0.066], hem: -0.038, crease: 0.012, top: 0.05, hidden: 0.08 };

/// How light the satin of facings is beside the cloth.
const FACINGS: f32 = 0.5;

/// Thin stockings, whatever else is worn.
const STOCKING: Srgb = [0.13, 0.11, 0.115];

/// Of what jewels are made.
const GOLD: Srgb = [0.79, 0.66, 0.40];

/// Half as thick as piping.
const PIPING: f32 = 0.0016;

/// What clothes are fitted to.
struct Fitting<'a> {
    /// The close-fitting suit and the skin.
    suit: &'a Part,
    body: &'a Part,
    /// The skin around the neck, and the height of the chin.
    neck: &'a Probe<'a>,
    chin: f32,
    measures: &'a Measures,
    clothes: &'a Clothes,
}

impl Fitting<'_> {
    /// The line around the neck from `nape` to `throat`, metres above the neck's joint.
    fn line(&self, nape: f32, throat: f32) -> NeckLine {
        NeckLine::new(self.neck, self.measures, self.chin, nape, throat)
    }
}

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
    let chin = chin(body, measures);
    let fitting = Fitting { suit, body, neck, chin, measures, clothes };
    let (mut pieces, shadows) = match clothes.outfit {
        Outfit::Suit => business(&fitting, &SUIT),
        Outfit::Blazer | Outfit::Dress => blazer(&fitting, &BLAZER),
        Outfit::Stage => stage(&fitting, &STAGE),
    };
    for piece in &mut pieces {
        piece.surface.double_sided = true;
    }
    let relief = Relief::new(&creases(clothes.outfit), shadows);
    let mut pictures = vec![relief.shade()?, relief.normals()?, weave::metal()?];
    if clothes.outfit == Outfit::Suit {
        pictures.push(stripes(clothes.accent)?);
    }
    Ok(Bundle { pieces, pictures, ..Bundle::default() })
}

/// How the outfit's cloth creases.
fn creases(outfit: Outfit) -> Creases {
    let suit = Creases { sleeve: 1.0, trunk: 0.8, skirt: 0.1, leg: 1.0, seams: true, thread: 0.07 };
    match outfit {
        Outfit::Suit => suit,
        Outfit::Blazer | Outfit::Dress => Creases { trunk: 0.7, ..suit },
        Outfit::Stage => Creases { trunk: 0.6, thread: 0.06, ..suit },
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

/// The pieces of a set of clothes, and what shadows lie on the trunk.
type Dressed = (Vec<Piece>, Vec<Shadow>);

/// The shadow along `edge`.
fn shadow(edge: &[Vec3], measures: &Measures, reach: f32, depth: f32) -> Shadow {
    Shadow { path: edge.iter().map(|p| on_trunk(*p, measures)).collect(), reach, depth }
}

/// The shadow of the lapels.
fn under_lapels(over: &Probe<'_>, measures: &Measures, cut: &JacketCut) -> Shadow {
    shadow(&front::lapel_edge(over, measures, cut), measures, 0.007, 0.20)
}

/// The shadow of the flaps of the side pockets.
fn under_flaps(over: &Probe<'_>, measures: &Measures) -> Shadow {
    shadow(&front::flap_edge(over, measures), measures, 0.006, 0.22)
}

/// The jacket with its lapels and collar.
fn jacket(whole: &Part, over: &Probe<'_>, fitting: &Fitting<'_>, cut: &JacketCut, line: &NeckLine) -> Part {
    let measures = fitting.measures;
    let mut jacket = closed(whole, over, fitting, cut, line);
    jacket.append(&sewn(front::lapels(over, measures, cut), false));
    jacket.append(&sewn(jacket_collar(line, over, measures, cut), true));
    jacket
}

/// The jacket without them.
fn closed(whole: &Part, over: &Probe<'_>, fitting: &Fitting<'_>, cut: &JacketCut, line: &NeckLine) -> Part {
    let measures = fitting.measures;
    let mut jacket = unroll(&shell(whole, measures, cut, line), measures, false);
    jacket.append(&plain(front::edge(over, measures, cut)));
    jacket.append(&plain(front::flaps(over, measures)));
    jacket
}

/// A man's suit with shirt and tie.
fn business(fitting: &Fitting<'_>, cut: &JacketCut) -> Dressed {
    let &Fitting { suit, measures, clothes, .. } = fitting;
    let line = &fitting.line(0.034, -0.020);
    let whole = uncut(suit, measures, cut);
    let over = &Probe::new(&whole);
    let mut jacket = jacket(&whole, over, fitting, cut, line);
    jacket.append(&plain(front::pocket(over, measures)));
    let buttons = front::buttons(over, measures, cut, &[cut.button, cut.button - 0.19]);
    let shirt_probe = shirt_whole(suit, measures);
    let (body, on_shirt) = (&Probe::new(suit), &Probe::new(&shirt_probe));
    let mut shirt = unroll(&shirt_front(suit, measures, cut, over, line, Neck::Closed), measures, false);
    shirt.append(&plain(shirt_collar(line, body, measures)));
    shirt.append(&plain(front::handkerchief(over, measures)));
    shirt.append(&plain(cuffs(body, measures, cut.sleeve[1] - 0.010, cut.cuff - 0.013)));
    let mut pieces = vec![
        Piece::new("Tie", tie(on_shirt, measures, cut, line), Surface::painted("Tie", TIE, 0.5)),
        cloth("Jacket", jacket, clothes.main, 0.85),
        even("Buttons", buttons, clothes.shoes, 0.4),
        cloth("Shirt", shirt, clothes.under, 0.75),
        cloth("Trousers", unroll(&trousers(suit, measures, &LEGS), measures, true), clothes.main, 0.85),
    ];
    pieces.extend(shod(fitting, &ShoeCut { top: 0.0, low_cut: 0.0, toe: 0.02, sole: 0.003 }));
    let pocket = shadow(&front::pocket_edge(over, measures), measures, 0.006, 0.35);
    (pieces, vec![under_lapels(over, measures, cut), under_flaps(over, measures), pocket])
}

/// A woman's blazer over a top, with trousers or a skirt.
fn blazer(fitting: &Fitting<'_>, cut: &JacketCut) -> Dressed {
    let &Fitting { suit, body, measures, clothes, .. } = fitting;
    let skirted = clothes.outfit == Outfit::Dress;
    let line = &fitting.line(0.034, -0.012);
    let whole = uncut(suit, measures, cut);
    let over = &Probe::new(&whole);
    let jacket = jacket(&whole, over, fitting, cut, line);
    let buttons = front::buttons(over, measures, cut, &[cut.button, cut.button - 0.19]);
    let shirt_probe = shirt_whole(suit, measures);
    let (close, on_shirt, skin) = (&Probe::new(suit), &Probe::new(&shirt_probe), &Probe::new(body));
    let neck = if skirted { Neck::Vee(&OPEN) } else { Neck::Round };
    let mut top = unroll(&shirt_front(suit, measures, cut, over, line, neck), measures, false);
    if skirted {
        top.append(&plain(bound_edge(on_shirt, measures, &OPEN)));
    }
    let mut pieces = vec![
        cloth("Jacket", jacket, clothes.main, 0.85),
        metal("Buttons", buttons, clothes.accent),
        cloth("Shirt", top, clothes.under, 0.6),
    ];
    if skirted {
        let worn = Necklace { chain: 0.0009, depth: 0.074, pendant: 0.006 };
        pieces.extend([
            metal("Jewels", necklace(skin, measures, &worn), GOLD),
            cloth("Skirt", unroll(&skirt(suit, measures, &SKIRT), measures, false), clothes.main, 0.85),
            even("Stockings", stockings(suit, measures, measures.height(-0.7)), STOCKING, 0.6),
        ]);
        pieces.extend(shod(fitting, &ShoeCut { top: -0.014, low_cut: 0.026, toe: 0.022, sole: -0.003 }));
    } else {
        let mut jewels = necklace(skin, measures, &Necklace { chain: 0.0014, depth: 0.052, pendant: 0.0 });
        jewels.append(&earrings(body, measures, 0.0052));
        let cuffs = cuffs(close, measures, cut.sleeve[1] - 0.008, cut.cuff - 0.013);
        let legs = TrouserCut { leg: [0.066, 0.064], hem: -0.038, crease: 0.010, top: 0.05, hidden: 0.08 };
        pieces.extend([
            metal("Jewels", jewels, GOLD),
            cloth("Cuffs", plain(cuffs), clothes.under, 0.6),
            cloth("Trousers", unroll(&trousers(suit, measures, &legs), measures, true), clothes.main, 0.85),
        ]);
        pieces.extend(shod(fitting, &ShoeCut { top: 0.0, low_cut: 0.0, toe: 0.02, sole: 0.003 }));
    }
    (pieces, vec![under_lapels(over, measures, cut), under_flaps(over, measures)])
}

/// A singer's jacket with facings of satin and piping over a top of satin.
fn stage(fitting: &Fitting<'_>, cut: &JacketCut) -> Dressed {
    let &Fitting { suit, measures, clothes, .. } = fitting;
    let line = &fitting.line(0.034, -0.012);
    let whole = uncut(suit, measures, cut);
    let over = &Probe::new(&whole);
    let mut facings = plain(front::lapels(over, measures, cut));
    facings.append(&plain(jacket_collar(line, over, measures, cut)));
    let mut piping = trim::lapels(over, measures, cut, PIPING);
    piping.append(&trim::cuffs(&whole, measures, &[0.045, 0.055], PIPING));
    let top = shirt_front(suit, measures, cut, over, line, Neck::Round);
    let buttons = front::buttons(over, measures, cut, &[cut.button, cut.button - 0.16]);
    let mut pieces = vec![
        cloth("Jacket", closed(&whole, over, fitting, cut, line), clothes.main, 0.74),
        even("Facings", facings, clothes.main.map(|c| c * FACINGS), 0.62),
        cloth("Shirt", unroll(&top, measures, false), clothes.under, 0.55),
        metal("Trim", piping, clothes.accent),
        metal("Buttons", buttons, clothes.accent),
        cloth("Trousers", unroll(&trousers(suit, measures, &LEGS), measures, true), clothes.main, 0.8),
    ];
    let worn = Necklace { chain: 0.0014, depth: 0.060, pendant: 0.0 };
    pieces.push(metal("Jewels", necklace(&Probe::new(fitting.body), measures, &worn), clothes.accent));
    pieces.extend(shod(fitting, &ShoeCut { top: 0.02, low_cut: 0.0, toe: 0.02, sole: 0.003 }));
    (pieces, vec![under_lapels(over, measures, cut), under_flaps(over, measures)])
}

/// Shoes and their soles.
fn shod(fitting: &Fitting<'_>, cut: &ShoeCut) -> [Piece; 2] {
    let colour = fitting.clothes.shoes;
    let [upper, sole] = shoes(fitting.suit, fitting.measures, cut);
    [even("Shoes", upper, colour, 0.3), even("Soles", sole, colour.map(|c| c * 0.5), 0.6)]
}
