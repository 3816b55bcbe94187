//! Lids that meet when they close, and do not pass each other.

use glam::{Vec2, Vec3};

use super::base::{Base, Displacement, range};
use super::eyes::Ball;

/// Rings and sectors of the places on the eyeball that must be covered, and how far from its front they reach, radians.
const RINGS: u32 = 14;
const SECTORS: u32 = 48;
const REACH: f32 = 0.7;
/// How finely the share is sought, and how far: lids of large eyes go farther than the source's.
const STEPS: u32 = 32;
const FARTHEST: u32 = 46;
/// How much further lids go than just over the eyeball.
const FIRM: f32 = 0.12;
/// How far behind the surface of a ball without a cornea a lid still covers it, metres.
const SUNK: f32 = 0.002;
/// Skin this far from the middle of the eyeball may be lid, metres.
const NEAR: f32 = 0.026;

/// The least share of `blink` that covers as much of the avatar's left eyeball as can be, seen from the front.
pub(super) fn share(base: &Base, blink: &Displacement) -> f32 {
    let ball = Ball::of(base, range::LEFT_EYE);
    let is_near = |v: u32| {
        let p = base.positions[v as usize];
        p.distance(ball.centre) < NEAR && p.z > ball.centre.z
    };
    let lids: Vec<[u32; 4]> = base
        .quads_in(range::BODY)
        .map(|quad| quad.map(|corner| corner.vertex))
        .filter(|quad| quad.iter().all(|v| is_near(*v)))
        .collect();
    let places: Vec<Vec3> = (0..RINGS)
        .flat_map(|ring| (0..SECTORS).map(move |sector| (ring, sector)))
        .map(|(ring, sector)| {
            let (sin, cos) = libm::sincosf(REACH * (ring + 1) as f32 / RINGS as f32);
            let (y, x) = libm::sincosf(std::f32::consts::TAU * sector as f32 / SECTORS as f32);
            ball.centre + Vec3::new(sin * x, sin * y, cos) * ball.radius
        })
        .collect();
    let covers = |share: f32| {
        let at = |v: u32| {
            let found = blink.deltas.binary_search_by_key(&v, |(vertex, _)| *vertex).ok();
            let delta = found.and_then(|i| blink.deltas.get(i)).map_or(Vec3::ZERO, |(_, delta)| *delta);
            base.positions[v as usize] + delta * share
        };
        let posed: Vec<[Vec3; 4]> = lids.iter().map(|quad| quad.map(at)).collect();
        let hidden = |place: &&Vec3| {
            posed.iter().any(|[a, b, c, d]| hides([*a, *b, *c], **place) || hides([*a, *c, *d], **place))
        };
        places.iter().filter(hidden).count()
    };
    let covered: Vec<usize> = (1..=FARTHEST).map(|step| covers(step as f32 / STEPS as f32)).collect();
    let most = covered.iter().copied().max().unwrap_or_default();
    let step = covered.iter().position(|count| *count == most).map_or(STEPS, |place| place as u32 + 1);
    step as f32 / STEPS as f32 + FIRM
}

/// Whether `place` is behind the triangle, seen from the front.
fn hides(corners: [Vec3; 3], place: Vec3) -> bool {
    let [a, b, c] = corners.map(Vec3::truncate);
    let p = place.truncate();
    let area = (b - a).perp_dot(c - a);
    let share = |u: Vec2, v: Vec2| (u - p).perp_dot(v - p) / area;
    let shares = [share(b, c), share(c, a), share(a, b)];
    let depth: f32 = corners.iter().zip(shares).map(|(corner, share)| corner.z * share).sum();
    area.abs() > 1e-12 && shares.iter().all(|s| *s >= 0.0) && depth > place.z - SUNK
}
