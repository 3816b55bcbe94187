//! The pictures of cloth: normals of its folds, seams and threads, and how these darken it.

use glam::{Vec2, Vec3};
use rayon::prelude::*;

use super::super::ForgeError;
use super::super::model::Picture;
use super::super::paint::{Canvas, noise};
use super::super::person::Srgb;
use super::crease::{self, metres};
use super::layout::{ARM, FIELDS, Field, LEG, MARGIN, SEWN, TRUNK};
use super::shirt::SILK;
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

const SIDE: u32 = 1024;
const SHADE_SIDE: u32 = 512;
/// Where across the plain field pieces are sewn along their edge.
const EDGE_SEAM: f32 = 0.05 + 0.9 * 0.825;

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
    let along = match field {
        Field::Trunk => share.y * TRUNK.1,
        Field::Arm => span(ARM),
        Field::Leg => span(LEG),
        Field::Plain => share.y,
    };
    let long = span_of(field);
    let size = Vec2::new(1.0 + 2.0 * MARGIN, long) * metres(field);
    (Place { field, turn, along }, size / (high - low))
}

/// Smooth swells that go on across the seam: so many `around` and `along`.
fn swell(place: Place, around: f32, along: f32, seed: f32) -> f32 {
    let (sin, cos) = libm::sincosf(place.turn * std::f32::consts::TAU);
    noise(Vec3::new(cos * around + seed, place.along * along, sin * around - seed))
}

/// How much of its own measure the field's height is.
const fn span_of(field: Field) -> f32 {
    match field {
        Field::Trunk => TRUNK.1,
        Field::Arm => ARM.1 - ARM.0,
        Field::Leg => LEG.1 - LEG.0,
        Field::Plain => 1.0,
    }
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
    let stroke = crease::creases(field, turn, along * metres(field).y);
    // Where the sleeve meets the trunk nothing may be cut off.
    let joined = smoothstep(0.02, 0.35, along).max(smoothstep(0.18, 0.08, turn.abs()));
    match field {
        Field::Trunk => {
            let hang = smoothstep(0.45, 0.8, along)
                * (swell(place, 2.2, 0.8, 12.0) + 0.6 * swell(place, 4.6, 0.8, 3.0));
            creases.trunk * (stroke + 0.0018 * swell(place, 1.5, 4.0, 9.0)) + 0.0065 * creases.skirt * hang
        }
        Field::Arm => creases.sleeve * joined * (stroke + 0.0016 * swell(place, 0.9, 2.6, 11.0)),
        Field::Leg => creases.leg * (stroke + 0.0018 * swell(place, 1.0, 1.8, 15.0)),
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
            // The sides are sewn from the armpits down.
            back.max(sides * smoothstep(0.24, 0.29, along)).max(dart(turn.abs(), along))
        }
        Field::Arm => (0.2 * bell(along, 0.02, 0.007) * smoothstep(0.30, 0.16, turn.abs())).max(bell(
            apart(turn, -0.33),
            0.0,
            HALF * 2.4,
        )),
        Field::Leg => bell(apart(turn, 0.0), 0.0, HALF * 2.0).max(bell(apart(turn, 0.5), 0.0, HALF * 2.0)),
        Field::Plain => {
            // The turn of a plain field is its share across; both ends lie beyond the pieces.
            let across = (turn + 0.5 + MARGIN) / (1.0 + 2.0 * MARGIN);
            if along > SEWN { 0.8 * bell(across, EDGE_SEAM, 0.012) } else { 0.0 }
        }
    }
}

/// How near the dart of the front is, which takes the waist in: 1 on it.
fn dart(turn: f32, along: f32) -> f32 {
    const HALF: f32 = 0.0014;
    let middle = 0.118 - 0.05 * (along - 0.42).abs();
    bell(turn, middle, HALF) * smoothstep(0.27, 0.33, along) * smoothstep(0.60, 0.55, along)
}

/// The threads' relief, -1..=1: ribs of a twill that no two threads make quite alike.
fn thread(p: Vec2) -> f32 {
    const RIB: f32 = 1.6;
    let q = p * SIDE as f32;
    let uneven =
        noise(Vec3::new(q.x * 0.63, q.y * 0.31, 0.5)) + noise(Vec3::new(q.x * 0.29, q.y * 0.71, 9.5));
    0.55 * libm::sinf((q.x + q.y * 2.0) * RIB * 0.62 + uneven) + 0.4 * uneven
}

/// The cloth's relief, computed once for both pictures: heights in metres, row by row.
pub(super) struct Relief {
    heights: Vec<f32>,
    creases: Creases,
    shadows: Vec<Shadow>,
}

/// Where something lies on the trunk's cloth and keeps light from it.
#[derive(Debug, Clone)]
pub(super) struct Shadow {
    /// The edge of what lies there, as [`super::layout::on_trunk`] says.
    pub(super) path: Vec<Vec2>,
    /// How far it reaches, metres.
    pub(super) reach: f32,
    /// How dark it is at the edge, share.
    pub(super) depth: f32,
}

impl Shadow {
    fn at(&self, p: Vec2) -> f32 {
        let nearest = self
            .path
            .windows(2)
            .map(|pair| {
                let (a, way) = (pair[0], pair[1] - pair[0]);
                let share = ((p - a).dot(way) / way.length_squared().max(1e-12)).clamp(0.0, 1.0);
                p.distance_squared(a + way * share)
            })
            .fold(f32::MAX, f32::min);
        self.depth * libm::expf(-nearest / (self.reach * self.reach))
    }
}

/// How dark cloth is below the armpits, on trunk and sleeves, whatever lies on it.
fn hollow(place: Place) -> f32 {
    match place.field {
        Field::Trunk => 0.22 * bell(place.turn.abs(), 0.27, 0.05) * bell(place.along, 0.24, 0.11),
        Field::Arm => 0.26 * bell(apart(place.turn, 0.5), 0.0, 0.16) * bell(place.along, 0.2, 0.4),
        Field::Leg => 0.20 * bell(apart(place.turn, 0.5), 0.0, 0.2) * bell(place.along, 0.0, 0.5),
        Field::Plain => 0.0,
    }
}

impl Relief {
    /// Of cloth that creases so.
    pub(super) fn new(creases: &Creases, shadows: Vec<Shadow>) -> Self {
        let heights = (0..SIDE * SIDE)
            .into_par_iter()
            .map(|index| {
                let (place, _) = find(middle(index % SIDE, index / SIDE));
                let groove = if creases.seams { seam(place) * 0.0007 } else { 0.0 };
                height(place, creases) - groove
            })
            .collect();
        Self { heights, creases: *creases, shadows }
    }

    fn at(&self, x: u32, y: u32) -> f32 {
        self.heights.get((y.min(SIDE - 1) * SIDE + x.min(SIDE - 1)) as usize).copied().unwrap_or_default()
    }

    /// How much light what lies on the cloth leaves to it, share.
    fn lit(&self, place: Place) -> f32 {
        if place.field != Field::Trunk {
            return 1.0;
        }
        let both = [place.turn, -place.turn].map(|turn| Vec2::new(turn, place.along));
        let dark = |p: &Vec2| self.shadows.iter().map(|s| s.at(*p)).fold(0.0, f32::max);
        1.0 - both.iter().map(dark).fold(0.0, f32::max)
    }

    /// The normals, in tangent space.
    ///
    /// # Errors
    /// When the encoder refuses the picture.
    pub(super) fn normals(&self) -> Result<Picture, ForgeError> {
        let mut canvas = Canvas::new(SIDE, [0.5, 0.5, 1.0]);
        canvas.fill(|p| {
            let (place, metres) = find(p);
            let (x, y) = ((p.x * SIDE as f32) as u32, (p.y * SIDE as f32) as u32);
            let slope = |low: (u32, u32), high: (u32, u32), metres: f32| {
                // Across the end of a field there is no slope.
                let within = |(x, y): (u32, u32)| find(middle(x, y)).0.field == place.field;
                let steps = (high.0 - low.0 + high.1 - low.1) as f32;
                if within(low) && within(high) {
                    (self.at(high.0, high.1) - self.at(low.0, low.1)) * SIDE as f32 / (steps * metres)
                } else {
                    0.0
                }
            };
            let (left, right) = (x.saturating_sub(1), (x + 1).min(SIDE - 1));
            let (above, below) = (y.saturating_sub(1), (y + 1).min(SIDE - 1));
            let (across, down) =
                (slope((left, y), (right, y), metres.x), slope((x, above), (x, below), metres.y));
            let grain = self.creases.thread * thread(p);
            let n = Vec3::new(-across + grain, down + grain * 0.6, 1.0).normalize_or(Vec3::Z);
            (n * 0.5 + 0.5).to_array()
        });
        canvas.jpeg("Cloth folds", 78)
    }

    /// How folds, seams and threads darken the cloth: grey, to be multiplied with its colour.
    ///
    /// # Errors
    /// When the encoder refuses the picture.
    pub(super) fn shade(&self) -> Result<Picture, ForgeError> {
        let mut canvas = Canvas::new(SHADE_SIDE, [1.0; 3]);
        canvas.fill(|p| {
            let (place, _) = find(p);
            let height = self.at((p.x * SIDE as f32) as u32, (p.y * SIDE as f32) as u32);
            let valley = (-height / 0.002).clamp(-0.5, 1.0);
            let sewn = if self.creases.seams { seam(place) } else { 0.0 };
            let worn = noise(Vec3::new(p.x * 23.0, p.y * 23.0, 2.0));
            let grain = self.creases.thread * 0.15 * thread(p);
            let light = (0.95 - 0.12 * valley - 0.20 * sewn + 0.015 * worn + grain)
                * (1.0 - hollow(place))
                * self.lit(place);
            [light.clamp(0.0, 1.0); 3]
        });
        canvas.jpeg("Cloth shade", 80)
    }
}

/// The middle of a pixel.
fn middle(x: u32, y: u32) -> Vec2 {
    (Vec2::new(x as f32, y as f32) + 0.5) / SIDE as f32
}

/// Metal all over, in the channels of occlusion, roughness and metallic.
///
/// # Errors
/// When the encoder refuses the picture.
pub(super) fn metal() -> Result<Picture, ForgeError> {
    Canvas::new(8, [1.0; 3]).jpeg("Metal", 90)
}

/// A tie's silk, striped aslant.
///
/// # Errors
/// When the encoder refuses the picture.
pub(super) fn stripes(colour: Srgb) -> Result<Picture, ForgeError> {
    let mut canvas = Canvas::new(256, colour);
    let light = colour.map(|c| c + (0.82 - c) * 0.42);
    canvas.fill(|p| {
        // From the right shoulder down to the left, as regiments wear it.
        let metres = p * SILK;
        let way = (metres.y * 0.8 - metres.x) / 0.030;
        let within = way - libm::floorf(way);
        let stripe = smoothstep(0.06, 0.10, within) * smoothstep(0.26, 0.22, within);
        let rib = 1.0 + 0.05 * libm::sinf((metres.y * 0.8 + metres.x) * 4000.0);
        [0, 1, 2].map(|i| ((colour[i] + (light[i] - colour[i]) * stripe) * rib).clamp(0.0, 1.0))
    });
    canvas.jpeg("Tie", 82)
}
