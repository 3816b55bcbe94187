//! The skin's fine shape: pores, creases of the lips, lines of age, as a picture of normals.

use glam::Vec3;

use super::super::dress::smoothstep;
use super::super::person::Srgb;
use super::chart::Spot;
use super::creases::Creases;
use super::face::{Face, Site, spot};
use super::noise::{cloud, nearest_dot, noise};

/// How far apart slopes are measured, metres: about a pixel.
const STEP: f32 = 0.000_35;
/// A pore's depth and the distance between pores, metres.
const PORE: [f32; 2] = [0.000_045, 0.001_25];
/// The depth of a deep line, metres.
const LINE: f32 = 0.000_75;
/// The depth of the lips' creases, metres.
const LIP: f32 = 0.000_075;
/// The depth of the upper lid's fold, metres; at which ring it lies, and how wide it is, in rings.
const FOLD: f32 = 0.000_45;
const FOLD_RING: f32 = 7.6;
const FOLD_WIDTH: f32 = 0.75;
/// The depth of the creases across the knuckles, metres.
const KNUCKLE: f32 = 0.000_35;
/// No slope.
pub(super) const FLAT: Srgb = [0.5, 0.5, 1.0];

/// What of the fine shape there is at a place.
struct Grain {
    pores: f32,
    lips: f32,
    weave: f32,
}

/// The normal at `site` in the picture's space (glTF 2.0, 3.9.3).
pub(super) fn normal(face: &Face, creases: &Creases, site: &Site, at: &Spot) -> Srgb {
    if face.scalp(site) >= 1.0 {
        return FLAT;
    }
    let grain = grain(face, site);
    let fold = fold(face, site);
    let height = |p: Vec3| {
        let ring = site.lids + site.lids_slope.dot(p - site.p);
        height(&grain, creases, p, site.normal) - FOLD * fold * crease(ring) - knuckle(site, p)
    };
    let here = height(site.p);
    let right = (height(site.p + at.right * STEP) - here) / STEP;
    let up = (height(site.p + at.up * STEP) - here) / STEP;
    let normal = Vec3::new(-right, -up, 1.0).normalize();
    (normal * 0.5 + 0.5).to_array()
}

/// How much of the upper lid's fold there is, 0..=1: where the lid slides under the skin above it.
pub(super) fn fold(face: &Face, site: &Site) -> f32 {
    let body = &face.person.body;
    let single = 0.6 * body.asian / (body.african + body.asian + body.caucasian).max(1e-3);
    face.upper(site) * (1.0 - single)
}

/// 1 in the middle of the fold.
pub(super) fn crease(ring: f32) -> f32 {
    let off = (ring - FOLD_RING) / FOLD_WIDTH;
    libm::expf(-off * off)
}

/// The depth of the creases across a knuckle, metres.
fn knuckle(site: &Site, p: Vec3) -> f32 {
    if site.hand.knuckle <= 0.02 {
        return 0.0;
    }
    let along = Vec3::new(p.x.abs(), p.y, p.z).dot(site.hand.axis);
    let crease = 1.0 - noise(Vec3::new(along * 620.0, p.y * 90.0, p.z * 90.0)).abs();
    KNUCKLE * site.hand.knuckle * crease * crease
}

fn grain(face: &Face, site: &Site) -> Grain {
    let m = &face.marks;
    let lips = face.red(site);
    let nose = spot(site.side, m.nose, Vec3::splat(0.018));
    let cheek = spot(site.side, m.cheek - Vec3::X * 0.008, Vec3::new(0.022, 0.024, 0.04));
    let brow = spot(
        site.p,
        Vec3::new(0.0, face.eye.centre.y + 0.035, face.eye.centre.z + 0.02),
        Vec3::new(0.05, 0.03, 0.04),
    );
    let lid = smoothstep(9.0, 4.0, site.lids);
    let age = 0.75 + 0.5 * face.person.skin.lines;
    let pores = (0.40 + 0.55 * nose.max(cheek) + 0.2 * brow)
        * (1.0 - lips)
        * (1.0 - 0.8 * lid)
        * (1.0 - site.hand.nail)
        * age;
    Grain { pores, lips, weave: (1.0 - lips) * (0.7 + 0.6 * lid) * (1.0 - site.hand.nail) * age }
}

/// Metres above the smooth skin.
fn height(grain: &Grain, creases: &Creases, p: Vec3, normal: Vec3) -> f32 {
    let mut height = -LINE * creases.depth(p, normal);
    if grain.pores > 0.0 {
        let pore = nearest_dot(p / PORE[1] + 0.35 * noise(p * 500.0));
        height -= PORE[0] * grain.pores * (0.5 + pore.chance) * smoothstep(0.5, 0.05, pore.distance);
    }
    // The skin's weave: fine furrows that cross.
    height += 0.000_014 * grain.weave * cloud(p * 1300.0, 2, 0.6);
    height += 0.000_018 * grain.weave * cloud(p * 240.0, 2, 0.5);
    if grain.lips > 0.0 {
        let across = Vec3::new(p.x * 1100.0 + 1.2 * noise(p * 350.0), p.y * 130.0, p.z * 130.0);
        let crease = 1.0 - noise(across).abs();
        let fine = noise(Vec3::new(p.x * 2300.0, p.y * 500.0, p.z * 500.0));
        height -= LIP * grain.lips * (crease * crease - 0.25 * fine);
    }
    height
}
