//! The pictures of cloth: normals of its folds, seams and threads, and how these darken it.

use glam::{Vec2, Vec3};

use super::super::ForgeError;
use super::super::model::Picture;
use super::super::paint::{Canvas, noise};
use super::layout::{ARM, FIELDS, Field, LEG, MARGIN, TRUNK};
use super::smoothstep;

/// How a set of clothes creases; shares of a heavy crease.
#[derive(Debug, Clone, Copy)]
pub(super) struct Creases {
    /// At elbows, cuffs and armpits.
    pub(super) sleeve: f32,
    /// At the waist and from the armpits.
    pub(super) trunk: f32,
    /// Hanging folds below the waist.
    pub(super) skirt: f32,
    /// At knees and hem.
    pub(super) leg: f32,
    /// Whether seams are sewn down the back and the sides.
    pub(super) seams: bool,
    /// How coarse the threads are.
    pub(super) thread: f32,
}

const NORMAL_SIDE: u32 = 1024;
const SHADE_SIDE: u32 = 512;

/// A place on the unrolled cloth.
#[derive(Debug, Clone, Copy)]
struct Place {
    field: Field,
    turn: f32,
    /// In the field's own measure along it.
    along: f32,
}

/// The field, and how many metres its whole width and height are.
fn find(p: Vec2) -> (Place, Vec2) {
    let field = FIELDS
        .into_iter()
        .find(|f| {
            let [low, high] = f.corners();
            p.cmpge(low).all() && p.cmplt(high).all()
        })
        .unwrap_or(Field::Plain);
    let [low, high] = field.corners();
    let share = (p - low) / (high - low);
    let turn = share.x * (1.0 + 2.0 * MARGIN) - 0.5 - MARGIN;
    let span = |(from, to): (f32, f32)| from + (to - from) * share.y;
    let (along, size) = match field {
        Field::Trunk => (share.y * TRUNK.1, Vec2::new(1.0, TRUNK.1)),
        Field::Arm => (span(ARM), Vec2::new(0.38, 0.66)),
        Field::Leg => (span(LEG), Vec2::new(0.48, 0.98)),
        Field::Plain => (share.y, Vec2::new(0.3, 0.3)),
    };
    (Place { field, turn, along }, size / (high - low))
}

/// Smooth ridges with sharp valleys, 0..=1, that go on across the seam: finer `around` and `along`, leaning by `lean`.
fn fold(place: Place, around: f32, along: f32, lean: f32, seed: f32) -> f32 {
    let (sin, cos) = libm::sincosf(place.turn * std::f32::consts::TAU);
    let down = place.along * along + lean * sin;
    let p = Vec3::new(cos * around + seed, down, sin * around - seed);
    let warp = noise(p * 0.6 + 7.3) * 0.7;
    let n = noise(p + Vec3::new(0.0, warp, 0.0)).abs();
    1.0 - (1.0 - n) * (1.0 - n)
}

fn bell(x: f32, middle: f32, width: f32) -> f32 {
    let t = (x - middle) / width;
    libm::expf(-t * t)
}

/// Distance on the turn, 0..=0.5.
fn apart(a: f32, b: f32) -> f32 {
    let d = a - b;
    (d - libm::roundf(d)).abs()
}

/// The height of the cloth at a place, metres.
fn height(place: Place, creases: &Creases) -> f32 {
    let Place { field, turn, along } = place;
    match field {
        Field::Trunk => {
            let side = bell(apart(turn, 0.25), 0.0, 0.13) + bell(apart(turn, -0.25), 0.0, 0.13);
            let waist = bell(along, 0.44, 0.10) * (0.35 + 0.65 * side) * fold(place, 1.1, 17.0, 0.5, 3.0);
            let armpit = bell(along, 0.22, 0.09) * side * fold(place, 2.6, 11.0, 2.6, 5.0);
            let calm = fold(place, 1.6, 3.2, 0.6, 9.0);
            let hang = smoothstep(0.45, 0.8, along) * fold(place, 3.4, 0.9, 0.2, 12.0);
            0.0042 * creases.trunk * waist
                + 0.0036 * creases.trunk * armpit
                + 0.0030 * creases.trunk * calm
                + 0.0100 * creases.skirt * hang
        }
        Field::Arm => {
            let inside = 0.35 + 0.65 * bell(apart(turn, 0.30), 0.0, 0.20);
            let elbow = bell(along, 1.0, 0.26) * inside * fold(place, 0.9, 9.0, 1.2, 1.0);
            let behind = bell(along, 1.02, 0.16)
                * bell(apart(turn, -0.2), 0.0, 0.14)
                * fold(place, 1.0, 13.0, -0.9, 2.0);
            let armpit = bell(along, 0.12, 0.30) * fold(place, 1.5, 5.0, 1.9, 6.0);
            let cuff = smoothstep(1.45, 1.95, along) * fold(place, 0.8, 8.0, 0.5, 8.0);
            let calm = fold(place, 1.0, 2.2, 0.9, 11.0);
            creases.sleeve
                * (0.0058 * elbow + 0.0032 * behind + 0.0032 * armpit + 0.0026 * cuff + 0.0030 * calm)
        }
        Field::Leg => {
            let knee = bell(along, 1.04, 0.20)
                * fold(place, 0.9, 9.0, 0.8, 4.0)
                * (0.4 + 0.6 * bell(apart(turn, -0.25), 0.0, 0.2));
            let seat = smoothstep(0.35, -0.05, along) * fold(place, 1.1, 7.0, 1.2, 13.0);
            let stack = smoothstep(1.6, 1.98, along) * fold(place, 0.8, 10.0, 0.5, 14.0);
            let calm = fold(place, 1.2, 1.4, 0.4, 15.0);
            creases.leg * (0.0045 * knee + 0.0035 * seat + 0.0045 * stack + 0.0035 * calm)
        }
        Field::Plain => 0.0,
    }
}

/// How near a seam is: 1 on it.
fn seam(place: Place) -> f32 {
    const HALF: f32 = 0.0016;
    let Place { field, turn, along } = place;
    match field {
        Field::Trunk => {
            let back = bell(apart(turn, 0.5), 0.0, HALF);
            let sides = bell(apart(turn, 0.29), 0.0, HALF) + bell(apart(turn, -0.29), 0.0, HALF);
            back.max(sides)
        }
        Field::Arm => bell(along, 0.02, 0.008).max(bell(apart(turn, -0.33), 0.0, HALF * 2.4)),
        Field::Leg => bell(apart(turn, 0.0), 0.0, HALF * 2.0).max(bell(apart(turn, 0.5), 0.0, HALF * 2.0)),
        Field::Plain => 0.0,
    }
}

/// A value of its own for each thread crossing, -1..=1.
fn thread(p: Vec2) -> f32 {
    let q = p * NORMAL_SIDE as f32;
    noise(Vec3::new(q.x * 0.63, q.y * 0.31, 0.5)) * 0.6 + noise(Vec3::new(q.x * 0.29, q.y * 0.71, 9.5)) * 0.6
}

/// The normals, in tangent space.
pub(super) fn normals(creases: &Creases) -> Result<Picture, ForgeError> {
    let step = 1.0 / NORMAL_SIDE as f32;
    let mut canvas = Canvas::new(NORMAL_SIDE, [0.5, 0.5, 1.0]);
    canvas.fill(|p| {
        let (place, metres) = find(p);
        let relief = |x: f32, y: f32| {
            let (there, _) = find(p + Vec2::new(x, y));
            // Across a field's end there is no slope.
            let there = if there.field == place.field { there } else { place };
            let groove = if creases.seams { seam(there) * 0.0007 } else { 0.0 };
            height(there, creases) - groove
        };
        let slope_x = (relief(step, 0.0) - relief(-step, 0.0)) / (2.0 * step * metres.x);
        let slope_y = (relief(0.0, step) - relief(0.0, -step)) / (2.0 * step * metres.y);
        let grain = creases.thread * thread(p);
        let n = Vec3::new(-slope_x + grain, slope_y + grain * 0.6, 1.0).normalize_or(Vec3::Z);
        (n * 0.5 + 0.5).to_array()
    });
    canvas.jpeg("Cloth folds", 78)
}

/// How folds, seams and threads darken the cloth: grey, to be multiplied with its colour.
pub(super) fn shade(creases: &Creases) -> Result<Picture, ForgeError> {
    let mut canvas = Canvas::new(SHADE_SIDE, [1.0; 3]);
    canvas.fill(|p| {
        let (place, _) = find(p);
        let valley = (1.0 - height(place, creases) / 0.0065).clamp(0.0, 1.0);
        let sewn = if creases.seams { seam(place) } else { 0.0 };
        let worn = noise(Vec3::new(p.x * 23.0, p.y * 23.0, 2.0));
        let light = 1.0 - 0.10 * valley * creases.trunk - 0.28 * sewn
            + 0.015 * worn
            + creases.thread * 0.35 * thread(p);
        [light.clamp(0.0, 1.0); 3]
    });
    canvas.jpeg("Cloth shade", 80)
}
