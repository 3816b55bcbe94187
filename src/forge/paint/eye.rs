//! The eyeball's picture: a disc whose radius is the angle from the optical axis.

use glam::{Vec2, Vec3};

use super::super::ForgeError;
use super::super::dress::smoothstep;
use super::super::eyes::{IRIS, REACH};
use super::super::model::Picture;
use super::super::person::Srgb;
use super::noise::{cloud, nearest_dot, noise};
use super::{Canvas, lerp, scale};

const SIDE: u32 = 640;
/// The pupil's share of the iris.
const PUPIL: f32 = 0.30;
/// Where the frill around the pupil ends, in shares of the iris.
const COLLARETTE: f32 = 0.56;
const WHITE: Srgb = [0.80, 0.785, 0.765];
const VEIN: Srgb = [0.70, 0.30, 0.26];

/// Where a lamp is mirrored, and how wide that is, in shares of the iris: right and down on the picture.
const GLINT: Vec2 = Vec2::new(-0.30, -0.36);
const GLINT_SIZE: f32 = 0.21;
const GLINT_COLOUR: Srgb = [0.96, 0.97, 1.0];

/// White, iris and pupil, a lamp mirrored in them.
///
/// # Errors
/// When the picture cannot be encoded.
pub(in crate::forge) fn eye(iris: Srgb) -> Result<Picture, ForgeError> {
    let mut canvas = Canvas::new(SIDE, WHITE);
    canvas.fill(|place| {
        let from_axis = place - Vec2::splat(0.5);
        let angle = from_axis.length() * 2.0 * REACH;
        let around = from_axis.normalize_or(Vec2::X);
        let share = angle / IRIS;
        let ragged = share + 0.012 * noise((around * 9.0).extend(1.0));
        let coloured =
            lerp(iris_colour(iris, around, share), white(around, angle), smoothstep(0.94, 1.08, ragged));
        let dark = lerp([0.012, 0.010, 0.010], coloured, smoothstep(PUPIL - 0.03, PUPIL + 0.03, ragged));
        let shaded = scale(dark, 1.0 - lid_shadow(from_axis, angle));
        let off = (around * share).distance(GLINT);
        lerp(shaded, GLINT_COLOUR, smoothstep(GLINT_SIZE, GLINT_SIZE * 0.45, off))
    });
    canvas.jpeg("Eye", 84)
}

/// How dark the shadow of the upper lid and its lashes is.
fn lid_shadow(from_axis: Vec2, angle: f32) -> f32 {
    let up = -from_axis.normalize_or(Vec2::X).y * angle;
    0.68 * smoothstep(-0.02, 0.56, up)
}

/// Fibres run outwards from the frill around the pupil; between them lie crypts, and the rim is dark.
fn iris_colour(iris: Srgb, around: Vec2, share: f32) -> Srgb {
    // What is fast around the axis and slow along it makes fibres.
    let polar = |fast: f32, slow: f32, salt: f32| (around * fast).extend(share * slow + salt);
    let bend = 0.5 * noise(polar(5.0, 4.0, 3.0));
    let fibre = |fast: f32, salt: f32| 1.0 - noise(polar(fast, 2.2, salt) + bend).abs() * 2.0;
    let fibres = 0.45 * fibre(9.0, 0.0) + 0.35 * fibre(19.0, 7.0) + 0.25 * fibre(38.0, 11.0);
    let frill =
        COLLARETTE + 0.05 * noise((around * 6.0).extend(5.0)) + 0.02 * noise((around * 21.0).extend(2.0));
    let within = smoothstep(frill + 0.03, frill - 0.05, share);
    let crest = smoothstep(0.06, 0.0, (share - frill).abs());
    let crypt = nearest_dot(Vec3::new(around.x * 3.4, around.y * 3.4, share * 3.0));
    let crypts = smoothstep(0.42, 0.2, crypt.distance) * smoothstep(0.5, 0.7, crypt.chance) * (1.0 - within);
    // The frill is browner than the rest: melanin gathers there.
    let inner = [iris[0] * 1.18 + 0.03, iris[1] * 1.04 + 0.015, iris[2] * 0.85];
    let tone = lerp(iris, inner, within * 0.75);
    let light = 0.92 + 0.26 * fibres + 0.22 * crest + 0.10 * within - 0.38 * crypts;
    let limbus = 1.0 - 0.72 * smoothstep(0.78, 1.0, share);
    // Light from above gathers in the lower half.
    let gathered = 1.0 + 0.40 * smoothstep(-0.15, 0.65, around.y * share) * smoothstep(0.95, 0.7, share);
    let ruff = 1.0 - 0.6 * smoothstep(PUPIL + 0.09, PUPIL, share);
    let spread = 1.0 + 0.10 * cloud(polar(2.5, 3.0, 21.0), 2, 0.6);
    scale(tone, (light * limbus * ruff * spread * gathered).max(0.05))
}

/// Off-white, bluish beside the iris, redder and veined towards the corners.
fn white(around: Vec2, angle: f32) -> Srgb {
    let p = (around * angle * 7.0).extend(0.0);
    let far = smoothstep(IRIS + 0.12, 1.35, angle);
    let base = lerp([0.75, 0.765, 0.78], WHITE, smoothstep(IRIS, IRIS + 0.22, angle));
    let base = lerp(base, [0.84, 0.74, 0.67], far * (0.06 + 0.05 * noise(p * 0.7)));
    // Veins branch along the ball and thin out before the iris; more of them lie beside it than above.
    let wound = Vec3::new(p.x * 0.30, p.y, 4.0) + 0.45 * Vec3::new(noise(p * 0.9), noise(p * 0.9 + 8.0), 0.0);
    let thick = |scale: f32, width: f32| smoothstep(width, 0.0, noise(wound * scale).abs());
    let veins = 0.6 * thick(0.9, 0.045) + 0.45 * thick(2.1, 0.06);
    let veins = veins * smoothstep(IRIS + 0.1, 1.15, angle) * (0.35 + 0.65 * around.x * around.x);
    lerp(base, VEIN, (veins * (0.6 + 0.4 * noise(p * 0.5 + 5.0))).clamp(0.0, 0.12))
}
