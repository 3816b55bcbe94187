//! Where cloth creases, as strokes on the unrolled fields: each a ridge with a hollow beside it.

use glam::Vec2;

use super::layout::Field;

/// A crease: middle (turn and metres along the field), direction in degrees (0 across, positive falls towards greater
/// turns), half its length, half its width and its height, metres.
struct Stroke(f32, f32, f32, f32, f32, f32);

/// Metres around each field, and along one unit of its own measure.
pub(super) const fn metres(field: Field) -> Vec2 {
    match field {
        Field::Trunk => Vec2::new(1.0, 1.0),
        Field::Arm => Vec2::new(0.38, 0.29),
        Field::Leg => Vec2::new(0.48, 0.44),
        Field::Plain => Vec2::new(0.3, 0.3),
    }
}

/// From the armpits towards the breast and the blades, around the waist, from the button. One half; the other mirrors it.
const TRUNK: [Stroke; 13] = [
    Stroke(0.165, 0.235, -58.0, 0.060, 0.0085, 0.0026),
    Stroke(0.190, 0.275, -44.0, 0.070, 0.0095, 0.0030),
    Stroke(0.205, 0.330, -28.0, 0.055, 0.0085, 0.0020),
    Stroke(0.055, 0.440, 16.0, 0.050, 0.0075, 0.0016),
    Stroke(0.060, 0.400, -20.0, 0.055, 0.0080, 0.0015),
    Stroke(0.215, 0.405, -12.0, 0.065, 0.0090, 0.0026),
    Stroke(0.235, 0.445, 4.0, 0.075, 0.0085, 0.0034),
    Stroke(0.220, 0.480, 17.0, 0.060, 0.0090, 0.0024),
    Stroke(0.370, 0.435, 5.0, 0.080, 0.0100, 0.0030),
    Stroke(0.395, 0.475, -7.0, 0.070, 0.0090, 0.0022),
    Stroke(0.335, 0.240, 62.0, 0.065, 0.0095, 0.0026),
    Stroke(0.355, 0.300, 50.0, 0.065, 0.0100, 0.0022),
    Stroke(0.470, 0.105, 6.0, 0.040, 0.0080, 0.0014),
];

/// Along the hanging sleeve, from the armpit, in the bend of the elbow, above the cuff.
const ARM: [Stroke; 20] = [
    Stroke(0.26, 0.02, 58.0, 0.060, 0.0075, 0.0024),
    Stroke(0.33, 0.05, 46.0, 0.060, 0.0080, 0.0028),
    Stroke(-0.28, 0.03, -60.0, 0.060, 0.0080, 0.0024),
    Stroke(-0.36, 0.07, -48.0, 0.055, 0.0080, 0.0026),
    Stroke(0.06, 0.15, 78.0, 0.085, 0.0110, 0.0018),
    Stroke(-0.11, 0.12, 101.0, 0.080, 0.0120, 0.0018),
    Stroke(0.17, 0.19, 66.0, 0.065, 0.0090, 0.0022),
    Stroke(0.30, 0.225, 33.0, 0.048, 0.0070, 0.0026),
    Stroke(0.24, 0.262, 15.0, 0.045, 0.0062, 0.0030),
    Stroke(0.33, 0.283, -4.0, 0.055, 0.0065, 0.0036),
    Stroke(0.23, 0.310, -24.0, 0.050, 0.0066, 0.0030),
    Stroke(0.34, 0.330, -38.0, 0.045, 0.0070, 0.0024),
    Stroke(-0.18, 0.268, 22.0, 0.040, 0.0085, 0.0018),
    Stroke(-0.14, 0.320, -18.0, 0.042, 0.0085, 0.0020),
    Stroke(0.02, 0.400, 68.0, 0.070, 0.0095, 0.0018),
    Stroke(0.20, 0.430, 107.0, 0.065, 0.0090, 0.0017),
    Stroke(-0.22, 0.420, 82.0, 0.070, 0.0100, 0.0018),
    Stroke(0.12, 0.510, 14.0, 0.042, 0.0070, 0.0018),
    Stroke(-0.12, 0.530, -11.0, 0.048, 0.0070, 0.0018),
    Stroke(0.32, 0.490, -22.0, 0.040, 0.0070, 0.0016),
];

/// From the crotch, behind and above the knee, over the shoe.
const LEG: [Stroke; 16] = [
    Stroke(0.42, 0.02, 42.0, 0.070, 0.0090, 0.0026),
    Stroke(0.36, 0.06, 30.0, 0.075, 0.0095, 0.0022),
    Stroke(-0.42, 0.03, -42.0, 0.070, 0.0100, 0.0026),
    Stroke(-0.34, 0.08, -28.0, 0.075, 0.0100, 0.0022),
    Stroke(0.12, 0.22, 82.0, 0.120, 0.0130, 0.0018),
    Stroke(-0.14, 0.26, 97.0, 0.120, 0.0140, 0.0018),
    Stroke(-0.25, 0.425, 14.0, 0.055, 0.0080, 0.0026),
    Stroke(-0.22, 0.462, -10.0, 0.060, 0.0080, 0.0030),
    Stroke(-0.28, 0.500, -26.0, 0.050, 0.0085, 0.0022),
    Stroke(0.20, 0.480, -14.0, 0.045, 0.0100, 0.0016),
    Stroke(0.10, 0.620, 74.0, 0.110, 0.0120, 0.0016),
    Stroke(-0.12, 0.660, 104.0, 0.110, 0.0130, 0.0016),
    Stroke(0.20, 0.790, 10.0, 0.060, 0.0095, 0.0030),
    Stroke(0.30, 0.830, -7.0, 0.065, 0.0090, 0.0036),
    Stroke(-0.18, 0.815, -12.0, 0.060, 0.0090, 0.0026),
    Stroke(-0.30, 0.850, 8.0, 0.055, 0.0085, 0.0024),
];

/// The height of all creases at `turn` and `along` metres, metres.
pub(super) fn creases(field: Field, turn: f32, along: f32) -> f32 {
    match field {
        Field::Trunk => sum(&TRUNK, field, turn, along) + sum(&TRUNK, field, -turn, along),
        Field::Arm => sum(&ARM, field, turn, along),
        Field::Leg => sum(&LEG, field, turn, along),
        Field::Plain => 0.0,
    }
}

fn sum(strokes: &[Stroke], field: Field, turn: f32, along: f32) -> f32 {
    let around = metres(field).x;
    strokes.iter().map(|stroke| stroke.height(turn, along, around)).sum()
}

impl Stroke {
    fn height(&self, turn: f32, along: f32, around: f32) -> f32 {
        let Self(at, down, degrees, long, wide, high) = *self;
        let d = turn - at;
        let p = Vec2::new((d - libm::roundf(d)) * around, along - down);
        if p.length_squared() > (long * 2.5) * (long * 2.5) {
            return 0.0;
        }
        let (sin, cos) = libm::sincosf(degrees.to_radians());
        let t = p.x * cos + p.y * sin;
        // No crease is quite straight.
        let bent = -p.x * sin + p.y * cos + 0.16 * t * t / long;
        let bell = |x: f32| libm::expf(-x * x);
        let wide = wide * (0.75 + 0.5 * bell(t / long));
        high * bell(t / long) * (bell(bent / wide) - 0.55 * bell((bent - 1.7 * wide) / (1.2 * wide)))
    }
}
