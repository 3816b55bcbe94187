//! Where hair grows, and the smooth surface under it: the skull seen from its middle, without the ears.

use std::f32::consts::{PI, TAU};

use glam::{Vec2, Vec3};

use super::super::dress::smoothstep;
use super::super::part::{Part, Vertex};
use super::super::skeleton::rigid;
use crate::vocabulary::Bone;

/// The border of the scalp as height above the eyes at a depth behind them, metres: forehead, temple, ear, nape.
const BORDER: [(f32, f32); 7] = [
    (0.030, 0.072),
    (0.005, 0.062),
    (-0.022, 0.042),
    (-0.045, 0.008),
    (-0.075, -0.012),
    (-0.105, -0.045),
    (-0.170, -0.075),
];

/// Before and behind the ear, and above it, as in [`BORDER`].
const EAR: [f32; 2] = [-0.048, -0.108];
const EAR_TOP: f32 = 0.024;

/// Where hair grows on a head.
#[derive(Debug, Clone, Copy)]
pub(in crate::forge) struct Hairline {
    /// Midway between the eyes' centres.
    pub(in crate::forge) eyes: Vec3,
}

impl Hairline {
    /// How far inside the scalp `p` lies, roughly in metres; negative on the face, the ears and the neck.
    pub(in crate::forge) fn depth(&self, p: Vec3) -> f32 {
        let (inside, from) = (self.inside(p), p - self.eyes);
        if from.z < EAR[0] && from.z > EAR[1] { inside.min(from.y - EAR_TOP) } else { inside }
    }

    /// The same, taking no account of the ears.
    fn inside(&self, p: Vec3) -> f32 {
        let from = p - self.eyes;
        // The line recedes a little above the temples.
        let corner = smoothstep(0.022, 0.045, from.x.abs()) * smoothstep(-0.03, 0.01, from.z);
        from.y - border(from.z) - 0.003 * corner
    }
}

fn border(z: f32) -> f32 {
    let mut last = BORDER[0];
    for next in BORDER {
        if z >= next.0 {
            let t = if last.0 > next.0 { (z - next.0) / (last.0 - next.0) } else { 0.0 };
            return next.1 + (last.1 - next.1) * t.clamp(0.0, 1.0);
        }
        last = next;
    }
    last.1
}

const AZIMUTHS: usize = 56;
const ELEVATIONS: usize = 32;
/// The lowest direction looked at, radians below the horizon.
const LOWEST: f32 = -1.25;

/// The skull as distances from a point inside it.
pub(super) struct Scalp {
    hairline: Hairline,
    /// The point inside.
    pub(super) centre: Vec3,
    /// Where the knot sits, as a direction from the centre.
    pub(super) towards_knot: Vec3,
    /// Distance of the skin, by elevation and azimuth.
    reaches: Vec<f32>,
}

impl Scalp {
    /// Measures the head.
    pub(super) fn of(head: &Part, hairline: &Hairline) -> Self {
        let centre = hairline.eyes + Vec3::new(0.0, 0.028, -0.082);
        let mut reaches = Vec::with_capacity(AZIMUTHS * ELEVATIONS);
        for elevation in 0..ELEVATIONS {
            for azimuth in 0..AZIMUTHS {
                reaches.push(hit(head, centre, direction(azimuth as f32, elevation as f32)));
            }
        }
        let towards_knot = Vec3::new(0.0, -0.30, -1.0).normalize();
        let mut scalp = Self { hairline: *hairline, centre, towards_knot, reaches };
        scalp.smooth();
        scalp
    }

    /// Evens out the ears' roots and the mesh's facets.
    fn smooth(&mut self) {
        for _ in 0..3 {
            let before = self.reaches.clone();
            for e in 0..ELEVATIONS {
                for a in 0..AZIMUTHS {
                    let at = |e: usize, a: usize| before[e * AZIMUTHS + a % AZIMUTHS];
                    let (below, above) = (e.saturating_sub(1), (e + 1).min(ELEVATIONS - 1));
                    let around = at(below, a) + at(above, a) + at(e, a + 1) + at(e, a + AZIMUTHS - 1);
                    self.reaches[e * AZIMUTHS + a] = 0.5 * at(e, a) + 0.125 * around;
                }
            }
        }
    }

    /// How far the skull reaches in a direction of unit length, metres.
    pub(super) fn reach(&self, direction: Vec3) -> f32 {
        let elevation = libm::asinf(direction.y.clamp(-1.0, 1.0));
        let azimuth = libm::atan2f(direction.x, direction.z).rem_euclid(TAU);
        let e = ((elevation - LOWEST) / (PI * 0.5 - LOWEST) * (ELEVATIONS - 1) as f32)
            .clamp(0.0, (ELEVATIONS - 1) as f32);
        let a = azimuth / TAU * AZIMUTHS as f32;
        let (row, column) = (e as usize, a as usize);
        let at = |e: usize, a: usize| self.reaches[e.min(ELEVATIONS - 1) * AZIMUTHS + a % AZIMUTHS];
        let (te, ta) = (e - row as f32, a - column as f32);
        let low = at(row, column) * (1.0 - ta) + at(row, column + 1) * ta;
        let high = at(row + 1, column) * (1.0 - ta) + at(row + 1, column + 1) * ta;
        low * (1.0 - te) + high * te
    }

    fn inside(&self, direction: Vec3) -> f32 {
        self.hairline.inside(self.centre + direction * self.reach(direction))
    }

    /// How thick the hair lies in a direction, metres.
    pub(super) fn thickness(&self, direction: Vec3) -> f32 {
        0.0012 + 0.0105 * smoothstep(0.0, 0.06, self.inside(direction))
    }

    /// The direction in which the hairline lies at an azimuth, moved upwards by `shift` metres.
    pub(super) fn root(&self, azimuth: f32, shift: f32) -> Vec3 {
        let (mut low, mut high) = (LOWEST, PI * 0.45);
        for _ in 0..24 {
            let middle = 0.5 * (low + high);
            if self.inside(sphere(azimuth, middle)) < shift { low = middle } else { high = middle }
        }
        sphere(azimuth, high)
    }

    /// The surface under the locks, which begins a little behind the hairline.
    pub(super) fn cap(&self, coordinate: impl Fn(Vec3) -> Vec2) -> Part {
        let mut part = Part::default();
        for elevation in 0..ELEVATIONS {
            for azimuth in 0..=AZIMUTHS {
                let out = direction((azimuth % AZIMUTHS) as f32, elevation as f32);
                let position = self.centre + out * (self.reach(out) + self.thickness(out));
                part.vertex(Vertex {
                    position,
                    normal: out,
                    coordinate: coordinate(position),
                    skin: rigid(Bone::Head),
                    source: None,
                });
            }
        }
        for elevation in 1..ELEVATIONS as u32 {
            for azimuth in 0..AZIMUTHS as u32 {
                let at = |e: u32, a: u32| e * (AZIMUTHS as u32 + 1) + a;
                part.quad([
                    at(elevation - 1, azimuth),
                    at(elevation - 1, azimuth + 1),
                    at(elevation, azimuth + 1),
                    at(elevation, azimuth),
                ]);
            }
        }
        part.clip(|v| self.inside((v.position - self.centre).normalize_or(Vec3::Y)) - 0.006)
    }
}

fn direction(azimuth: f32, elevation: f32) -> Vec3 {
    let up = LOWEST + (PI * 0.5 - LOWEST) * elevation / (ELEVATIONS - 1) as f32;
    sphere(azimuth / AZIMUTHS as f32 * TAU, up)
}

/// Azimuth 0 is the front, growing towards the avatar's left.
fn sphere(azimuth: f32, elevation: f32) -> Vec3 {
    let ((sin, cos), (up, level)) = (libm::sincosf(azimuth), libm::sincosf(elevation));
    Vec3::new(sin * level, up, cos * level)
}

/// Where a ray from inside first leaves the head; 9 cm where it does not.
fn hit(head: &Part, origin: Vec3, direction: Vec3) -> f32 {
    let mut nearest = f32::MAX;
    for triangle in &head.triangles {
        let [a, b, c] = triangle.map(|i| head.vertices[i as usize].position - origin);
        let normal = (b - a).cross(c - a);
        let facing = normal.dot(direction);
        if facing <= 1e-12 {
            continue;
        }
        let distance = normal.dot(a) / facing;
        let p = direction * distance;
        let within = (b - a).cross(p - a).dot(normal) >= 0.0
            && (c - b).cross(p - b).dot(normal) >= 0.0
            && (a - c).cross(p - c).dot(normal) >= 0.0;
        if within && distance > 0.05 {
            nearest = nearest.min(distance);
        }
    }
    if nearest < 0.14 { nearest } else { 0.09 }
}
