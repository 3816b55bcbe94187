//! The skin's colours: melanin and blood unevenly spread, freckles and stubble, lips, lids, brows and the shade of the scalp.

use glam::{Vec2, Vec3};

use super::super::dress::smoothstep;
use super::super::person::Srgb;
use super::contour;
use super::creases::Creases;
use super::face::{Face, Site, spot};
use super::noise::{cloud, nearest_dot, noise};
use super::relief::{crease, fold};
use super::{lerp, scale};

/// What a full measure of melanin and of blood leaves of the light (red, green, blue).
const MELANIN: Srgb = [0.60, 0.44, 0.32];
const BLOOD: Srgb = [0.93, 0.55, 0.53];
/// Of the flesh at the inner corner of an eye.
const INNER: Srgb = [0.86, 0.76, 0.73];
/// What the shade of nostrils leaves.
const NOSTRIL: Srgb = [0.55, 0.34, 0.28];
/// What ears keep of the light: they are thin, and red with blood.
const EAR: Srgb = [0.98, 0.90, 0.88];
/// The rings of the upper lid that paint may lie on: from the lashes to the fold.
const SHADOW: [f32; 2] = [6.2, 9.2];
/// The ring at which the lashes stand, and the last one of the wet rim.
const LASHES: f32 = 3.4;
const RIM: f32 = 3.0;

/// How broad the line of the lashes is in rings: without paint, painted at the nose, and what comes on top at the temple.
const LINE: [f32; 3] = [0.85, 0.20, 0.9];
/// Where paint draws it on to from the outer corner, metres.
const WING: Vec2 = Vec2::new(0.0048, 0.0030);
/// Of the line.
const LINER: Srgb = [0.065, 0.045, 0.04];

/// Where the chance of a mole begins.
const MOLES: f32 = 0.996;

/// How dark a complexion is, 0..=1.
pub(super) fn darkness(colour: Srgb) -> f32 {
    smoothstep(0.65, 0.30, colour[0] * 0.3 + colour[1] * 0.59 + colour[2] * 0.11)
}

fn filter(colour: Srgb, by: Srgb, measure: f32) -> Srgb {
    [0, 1, 2].map(|i| colour[i] * (1.0 + (by[i] - 1.0) * measure))
}

/// The colour at `site`.
pub(super) fn colour(face: &Face, creases: &Creases, site: &Site) -> Srgb {
    let skin = &face.person.skin;
    let scalp = face.scalp(site);
    let shaded = scale(face.person.hair.colour, 0.86);
    if scalp >= 1.0 {
        return shaded;
    }
    let dark = darkness(skin.colour);
    let mut colour = filter(skin.colour, MELANIN, melanin(face, site, dark));
    colour = filter(colour, BLOOD, blood(face, site, dark) * (1.0 - 0.55 * dark));
    colour = filter(colour, EAR, site.ear);
    colour = scale(colour, 1.0 + grain(site));
    colour = filter(colour, [0.86, 0.70, 0.66], 0.5 * creases.depth(site.p, site.normal));
    colour = hands(colour, face, site, dark);
    colour = filter(colour, MELANIN, speckles(face, site));
    colour = filter(colour, NOSTRIL, nostril(face, site));
    colour = contour::apply(colour, face, site);
    colour = lids(colour, face, site);
    colour = stubble(colour, face, site);
    let corner = spot(site.side, face.marks.corner, Vec3::new(0.0030, 0.0020, 0.006));
    colour = filter(colour, [0.66, 0.46, 0.42], 0.4 * corner);
    colour = lerp(colour, lips(face, site), face.red(site) * (0.86 + 0.08 * skin.makeup));
    let hair = scale(face.person.hair.colour, 0.9);
    colour = lerp(colour, hair, face.brow(site.p) * (0.14 + 0.2 * face.person.hair.brows));
    lerp(colour, shaded, scalp)
}

/// How much it is the shade of a nostril, or of the fold behind the nose's wing, 0..=1.
fn nostril(face: &Face, site: &Site) -> f32 {
    let (m, s) = (&face.marks, site.side);
    let under = smoothstep(0.1, -0.4, site.normal.y);
    let hole = spot(
        s,
        Vec3::new(m.wing.x * 0.52, m.nose.y - 0.006, m.nose.z - 0.008),
        Vec3::new(0.0056, 0.0060, 0.013),
    );
    let fold = spot(s, m.wing + Vec3::new(-0.0030, -0.001, -0.001), Vec3::new(0.0020, 0.0055, 0.008));
    (0.75 * hole * under).max(0.40 * fold)
}

/// Unevenness that is not of one cause.
fn grain(site: &Site) -> f32 {
    0.006 * noise(site.p * 420.0) + 0.008 * noise(site.p * 1250.0)
}

/// Blotches, the sockets of the eyes, folds.
fn melanin(face: &Face, site: &Site, dark: f32) -> f32 {
    let blotch = cloud(site.p * 38.0, 3, 0.6);
    let fine = cloud(site.p * 210.0 + 9.0, 2, 0.6);
    let eye = face.eye.centre;
    let below = spot(
        site.side,
        Vec3::new(eye.x - 0.004, eye.y - 0.017, eye.z + 0.010),
        Vec3::new(0.016, 0.007, 0.02),
    );
    let socket = spot(
        site.side,
        Vec3::new(eye.x - 0.009, eye.y + 0.008, eye.z + 0.008),
        Vec3::new(0.013, 0.010, 0.02),
    );
    let mouth = spot(site.p, face.marks.mouth, Vec3::new(0.040, 0.022, 0.04)) * dark;
    let edge = face.front(site) * smoothstep(face.marks.canthus_outer.x, 0.085, site.side.x) * dark;
    0.014 * blotch
        + 0.012 * fine
        + 0.12 * below * (0.6 + 0.7 * face.person.skin.lines) * (1.0 - face.person.skin.makeup)
        + 0.06 * socket
        + 0.05 * mouth
        + 0.08 * edge
        + (0.05 + 0.07 * dark) * site.hollow
}

/// Where blood shows: cheeks, nose, ears, chin, lids; more unevenly the more of it.
fn blood(face: &Face, site: &Site, dark: f32) -> f32 {
    let m = &face.marks;
    let flush = 0.35 + 0.9 * face.person.skin.flush;
    let cheek = spot(site.side, m.cheek + Vec3::new(0.006, 0.002, 0.0), Vec3::new(0.024, 0.021, 0.05));
    let nose = spot(site.side, m.nose, Vec3::new(0.016, 0.014, 0.022));
    let wing = spot(site.side, m.wing, Vec3::splat(0.008));
    let chin = spot(site.p, m.chin, Vec3::new(0.018, 0.014, 0.03));
    let mouth = spot(site.p, m.mouth, Vec3::new(0.034, 0.018, 0.03));
    let lid = smoothstep(10.0, 4.0, site.lids);
    let zones = 0.22 * cheek + 0.26 * nose + 0.22 * wing + 0.14 * chin + 0.08 * mouth + 0.10 * site.ear;
    let patchy = 0.75 + 0.35 * cloud(site.p * 75.0 + 3.0, 3, 0.65);
    let vessels = smoothstep(0.25, 0.0, noise(site.p * 330.0).abs()) * 0.05 * (cheek + nose + wing).min(1.0);
    let everywhere = 0.05 * cloud(site.p * 55.0 + 31.0, 3, 0.6);
    everywhere
        + flush * (zones * patchy + vessels * (1.0 - dark))
        + 0.07 * lid
        + 0.22 * site.hand.knuckle
        + 0.25 * site.hand.tip
}

/// Freckles, and a few moles: how much melanin they hold.
fn speckles(face: &Face, site: &Site) -> f32 {
    let freckles = face.person.skin.freckles;
    let mut measure = 0.0;
    if freckles > 0.0 {
        let m = &face.marks;
        let zone = spot(site.side, m.cheek + Vec3::Y * 0.006, Vec3::new(0.032, 0.020, 0.06)).max(spot(
            site.p,
            m.nose + Vec3::Y * 0.014,
            Vec3::new(0.022, 0.02, 0.04),
        ));
        let dot = nearest_dot(site.p / 0.0024);
        let share = freckles * (0.03 + 0.75 * zone);
        let there = smoothstep(1.0 - share, 1.0 - 0.4 * share, dot.chance);
        measure += 0.30 * there * smoothstep(0.36, 0.08, dot.distance + 0.08 * noise(site.p * 1500.0));
    }
    let mole = nearest_dot(site.p / 0.024 + 3.0);
    let there = if mole.chance > MOLES { 1.0 } else { 0.0 };
    let size = 0.024 + 0.03 * (mole.chance - MOLES) / (1.0 - MOLES);
    measure
        + there
            * 0.75
            * smoothstep(size + 0.014, size - 0.006, mole.distance + 0.006 * noise(site.p * 1800.0))
}

/// The rims of the lids are wet and pink; paint lies on the upper ones.
fn lids(colour: Srgb, face: &Face, site: &Site) -> Srgb {
    let skin = &face.person.skin;
    let upper = face.upper(site);
    let shadow = smoothstep(SHADOW[1], SHADOW[0], site.lids) * upper;
    let tone = lerp(scale(skin.colour, 0.62), [0.30, 0.16, 0.11], 0.60);
    let colour = lerp(colour, tone, shadow * (0.30 + 0.34 * skin.makeup));
    let colour = filter(colour, [0.62, 0.46, 0.42], 0.4 * fold(face, site) * crease(site.lids));
    let rim = smoothstep(RIM + 0.4, RIM - 0.4, site.lids);
    // It lies in shade, where skin looks redder than it is.
    let wet = lerp(scale(skin.colour, 0.42), scale([0.48, 0.29, 0.25], skin.colour[0]), 0.55);
    let colour = lerp(colour, wet, rim * (0.85 + 0.05 * upper));
    let colour = lerp(colour, INNER, (0.10 + 0.72 * upper) * smoothstep(2.5, 1.5, site.lids));
    lerp(colour, LINER, liner(face, site, upper))
}

/// The dark line from which lashes grow; paint makes it broader towards the temple and draws it on beyond the corner.
fn liner(face: &Face, site: &Site, upper: f32) -> f32 {
    let (m, makeup) = (&face.marks, face.person.skin.makeup);
    let [a, b] = [m.canthus_inner, m.canthus_outer];
    let way = ((site.side.x - a.x) / (b.x - a.x).max(1e-3)).clamp(0.0, 1.0);
    let broad = LINE[0] + makeup * (LINE[1] + LINE[2] * smoothstep(0.2, 0.95, way));
    let above = site.lids - LASHES;
    let line = smoothstep(-1.3, -0.5, above) * smoothstep(broad + 0.45, broad, above);
    let roots = smoothstep(1.0, 0.1, above.abs());
    let below = roots * (0.16 + (0.14 + 0.16 * makeup) * smoothstep(0.35, 0.9, way));
    let lash = upper * line * (0.82 + 0.18 * makeup) * smoothstep(0.0, 0.12, way);
    let beyond = (site.side - b).truncate();
    let along = (beyond.dot(WING) / WING.length_squared()).clamp(0.0, 1.0);
    let off = (beyond - WING * along).length();
    let thick = 0.0011 * (1.0 - 0.75 * along);
    let wing = smoothstep(thick + 0.0004, thick - 0.0004, off) * smoothstep(0.4, 0.7, makeup);
    let in_front = smoothstep(face.eye.centre.z - 0.02, face.eye.centre.z - 0.012, site.p.z);
    lash.max(below * (1.0 - upper)).max(0.85 * wing * in_front).min(0.92)
}

/// Shaved hair: a cool shade, and its stumps.
fn stubble(colour: Srgb, face: &Face, site: &Site) -> Srgb {
    let beard = face.beard(site) * face.person.skin.stubble;
    if beard <= 0.0 {
        return colour;
    }
    let hair = face.person.hair.colour;
    let cool = lerp(scale(colour, 0.70), [0.34, 0.34, 0.36], 0.35);
    let uneven = 0.8 + 0.3 * cloud(site.p * 130.0, 2, 0.6);
    let shaded = lerp(colour, cool, 0.55 * beard * uneven);
    let stump = nearest_dot(Vec3::new(site.p.x, site.p.y * 0.6, site.p.z) / 0.000_85);
    let there = smoothstep(0.25, 0.6, stump.chance + 0.15 * cloud(site.p * 200.0, 2, 0.6));
    let grey = lerp(hair, [0.62, 0.61, 0.60], face.person.hair.grey * smoothstep(0.5, 0.8, stump.chance));
    // Down the throat only the shade is left.
    let clear = smoothstep(face.marks.chin.y - 0.045, face.marks.chin.y - 0.015, site.p.y);
    lerp(shaded, scale(grey, 0.9), 0.55 * beard * clear * there * smoothstep(0.40, 0.12, stump.distance))
}

/// The red of the lips: creased from above downwards, darkest where they meet.
fn lips(face: &Face, site: &Site) -> Srgb {
    let p = site.p;
    let skin = &face.person.skin;
    let natural = lerp(skin.lips, skin.colour, 0.22);
    let red = lerp(natural, skin.lips, 0.45 + 0.55 * skin.makeup);
    let across = Vec3::new(p.x * 1100.0 + 1.2 * noise(p * 350.0), p.y * 130.0, p.z * 130.0);
    let crease = 1.0 - noise(across).abs();
    let tone = 1.01 - 0.045 * crease * crease + 0.03 * cloud(p * 260.0, 2, 0.6);
    let meeting = smoothstep(3.2, 0.8, site.lips);
    let lower = smoothstep(0.0, -0.003, p.y - face.marks.mouth.y);
    let full = filter(red, [1.06, 1.02, 1.02], lower * smoothstep(3.0, 4.5, site.lips));
    let corner = spot(site.side, face.marks.corner, Vec3::new(0.006, 0.003, 0.008));
    filter(scale(full, tone), [0.66, 0.42, 0.42], (0.75 * meeting).max(0.7 * corner))
}

/// The insides of hands are pale on every complexion; nails are paler still, most at their edges.
fn hands(colour: Srgb, face: &Face, site: &Site, dark: f32) -> Srgb {
    let (hand, skin) = (&site.hand, face.person.skin.colour);
    let pale = lerp([0.80, 0.60, 0.52], skin, 0.35);
    let colour = lerp(colour, pale, hand.palm * (0.12 + 0.55 * dark));
    let colour = filter(colour, MELANIN, hand.knuckle * (0.10 + 0.22 * dark));
    let bed = lerp(skin, [0.87, 0.63, 0.59], 0.60);
    let rim = smoothstep(0.0, 0.3, hand.nail) * smoothstep(0.95, 0.5, hand.nail);
    let colour = filter(lerp(colour, bed, 0.8 * hand.nail), [0.80, 0.66, 0.62], 0.6 * rim);
    lerp(colour, [0.90, 0.83, 0.77], 0.7 * hand.edge)
}
