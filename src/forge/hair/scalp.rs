//! The skull seen from its middle: how far it reaches in each direction, with the ears and without them.

use std::f32::consts::{PI, TAU};

use glam::Vec3;

use super::super::dress::smoothstep;
use super::super::part::Part;
use super::hairline::Hairline;
use super::lock::Spot;

const AZIMUTHS: usize = 120;
const ELEVATIONS: usize = 72;
/// The lowest direction looked at, radians below the horizon.
const LOWEST: f32 = -1.25;
/// Distances of the skin that are believed, metres, and what is taken where there is none.
const NEAREST: f32 = 0.05;
const FARTHEST: f32 = 0.16;
const NOWHERE: f32 = 0.12;
/// From where on the ear stands out of the skull, metres.
const EAR: f32 = 0.0025;
/// Points of a path stand closer at its root by this power.
const DENSER: f32 = 1.6;
/// How far around an ear nothing grows, nodes.
const AROUND: u32 = 2;
/// How wide the hollows of an ear are that count as ear, nodes to each side.
const HOLLOW: u32 = 3;

/// The skull as distances from a point inside it.
pub(super) struct Scalp {
    hairline: Hairline,
    /// The point inside.
    pub(super) centre: Vec3,
    /// Distance of the skull, without the ears, by elevation and azimuth.
    skull: Vec<f32>,
    /// Distance of the outermost skin.
    hull: Vec<f32>,
    /// How far the ear stands out of the skull.
    ear: Vec<f32>,
}

impl Scalp {
    /// Measures the head.
    pub(super) fn of(head: &Part, hairline: &Hairline) -> Self {
        // A little beside the middle, where no ray runs along the seam of the head's two halves.
        let centre = hairline.eyes + Vec3::new(0.0003, 0.028, -0.082);
        let (mut skull, mut hull) = measure(head, centre);
        let mut smooth = skull.clone();
        even(&mut smooth, 14);
        let mut ear: Vec<f32> =
            hull.iter().zip(&smooth).map(|(h, s)| if *h - s > EAR { h - s } else { 0.0 }).collect();
        for (node, ear) in ear.iter_mut().enumerate() {
            // On the face, and at the neck, what stands out is no ear.
            let azimuth = node % AZIMUTHS * 360 / AZIMUTHS;
            if !(70..=135).contains(&azimuth.min(360 - azimuth)) {
                *ear = 0.0;
            }
        }
        widen(&mut ear, AROUND + HOLLOW);
        narrow(&mut ear, HOLLOW);
        for ((skull, smooth), ear) in skull.iter_mut().zip(smooth).zip(&ear) {
            if *ear > 0.0 {
                *skull = smooth;
            }
        }
        even(&mut skull, 1);
        even(&mut hull, 2);
        even(&mut ear, 1);
        Self { hairline: *hairline, centre, skull, hull, ear }
    }

    /// Midway between the eyes.
    pub(super) fn eyes(&self) -> Vec3 {
        self.hairline.eyes
    }

    /// How far the skull reaches in a direction of unit length, metres.
    pub(super) fn reach(&self, direction: Vec3) -> f32 {
        look_up(&self.skull, direction)
    }

    /// How far the skin reaches, ears included, metres.
    pub(super) fn hull(&self, direction: Vec3) -> f32 {
        look_up(&self.hull, direction).max(self.reach(direction))
    }

    /// The skin's place in a direction.
    pub(super) fn skin(&self, direction: Vec3) -> Vec3 {
        self.centre + direction * self.reach(direction)
    }

    /// The place, outside of skull and ears: so far off them, and so much farther below the eyes, metres.
    pub(super) fn outside(&self, place: Vec3, [off, hung]: [f32; 2]) -> Vec3 {
        let from = place - self.centre;
        let direction = from.normalize_or(Vec3::Y);
        let below = smoothstep(0.0, 0.04, self.eyes().y - place.y);
        let least = self.hull(direction) + off + hung * below;
        if from.length() < least { self.centre + direction * least } else { place }
    }

    /// How far inside the hairline the skull is in a direction, roughly in metres.
    pub(super) fn inside(&self, direction: Vec3) -> f32 {
        self.hairline.inside(self.skin(direction)) - 3.0 * self.ear(direction)
    }

    /// How far the ear stands out of the skull in a direction, and a little around it, metres.
    pub(super) fn ear(&self, direction: Vec3) -> f32 {
        look_up(&self.ear, direction)
    }

    /// The direction in which the hairline lies at an azimuth, above the ear where there is one, moved upwards by `shift` metres.
    pub(super) fn root(&self, azimuth: f32, shift: f32) -> Vec3 {
        const TOP: f32 = PI * 0.45;
        const LOOKS: u32 = 64;
        let is_inside = |elevation: f32| self.inside(sphere(azimuth, elevation)) >= shift;
        let step = (TOP - LOWEST) / LOOKS as f32;
        let steps = (1..LOOKS).find(|n| !is_inside(TOP - step * *n as f32)).unwrap_or(LOOKS);
        let mut low = TOP - step * steps as f32;
        let mut high = low + step;
        for _ in 0..18 {
            let middle = 0.5 * (low + high);
            if is_inside(middle) { high = middle } else { low = middle }
        }
        sphere(azimuth, high)
    }

    /// Evenly strewn directions in which hair grows, about `count` if it grew everywhere.
    pub(super) fn roots(&self, count: u32) -> Vec<Vec3> {
        const GOLDEN: f32 = 2.399_963_2;
        (0..count)
            .map(|i| {
                let y = 1.0 - 2.0 * (i as f32 + 0.5) / count as f32;
                let ring = libm::sqrtf((1.0 - y * y).max(0.0));
                let (sin, cos) = libm::sincosf(GOLDEN * (i % 100_000) as f32);
                Vec3::new(ring * sin, y, ring * cos)
            })
            .filter(|direction| direction.y > -0.9 && self.inside(*direction) > 0.0)
            .collect()
    }

    /// Which way is outwards at a place; below the skull's middle nearly level.
    pub(super) fn out(&self, place: Vec3) -> Vec3 {
        let from = place - self.centre;
        let y = if from.y > 0.0 { from.y } else { from.y * 0.3 };
        Vec3::new(from.x, y, from.z).normalize_or(Vec3::Y)
    }

    /// A path of `rows` points from the skin in direction `root`, each step going where `flow` says.
    ///
    /// `flow` gets place, outward direction and share of the way; `height` says how far from the skull the path stays,
    /// and how strongly it is held there (0 free to lift off, 1 lying), at a direction and share of the way.
    pub(super) fn grow(
        &self,
        root: Vec3,
        rows: u32,
        length: f32,
        height: impl Fn(Vec3, f32) -> (f32, f32),
        flow: impl Fn(Vec3, Vec3, f32) -> Vec3,
    ) -> Vec<Spot> {
        const SUBSTEPS: u32 = 4;
        let steps = (rows.max(2) - 1) * SUBSTEPS;
        let travelled = |n: u32| libm::powf(n as f32 / steps as f32, DENSER);
        let mut place = self.skin(root) - root * 0.0008;
        let mut path = vec![Spot { place, out: root }];
        for n in 1..=steps {
            let share = travelled(n);
            let out = self.out(place);
            place += flow(place, out, share).normalize_or(out) * ((share - travelled(n - 1)) * length);
            let from = place - self.centre;
            let direction = from.normalize_or(Vec3::Y);
            let (above, held) = height(direction, share);
            let least = self.reach(direction) + above;
            let far = from.length();
            let kept = if far < least { least } else { far + (least - far) * held };
            place = self.centre + direction * kept;
            if n % SUBSTEPS == 0 {
                path.push(Spot { place, out: self.out(place) });
            }
        }
        path
    }
}

/// The direction of a node of the grid.
fn grid(azimuth: f32, elevation: f32) -> Vec3 {
    let up = LOWEST + (PI * 0.5 - LOWEST) * elevation / (ELEVATIONS - 1) as f32;
    sphere(azimuth / AZIMUTHS as f32 * TAU, up)
}

/// Azimuth 0 is the front, growing towards the avatar's left.
pub(super) fn sphere(azimuth: f32, elevation: f32) -> Vec3 {
    let ((sin, cos), (up, level)) = (libm::sincosf(azimuth), libm::sincosf(elevation));
    Vec3::new(sin * level, up, cos * level)
}

/// Between two directions, at an even pace.
pub(super) fn slerp(a: Vec3, b: Vec3, t: f32) -> Vec3 {
    let angle = libm::acosf(a.dot(b).clamp(-1.0, 1.0));
    let sin = libm::sinf(angle);
    if sin < 1e-3 {
        return a.lerp(b, t).normalize_or(a);
    }
    (a * libm::sinf((1.0 - t) * angle) + b * libm::sinf(t * angle)) / sin
}

/// Evens out the mesh's facets.
fn even(reaches: &mut [f32], times: u32) {
    for _ in 0..times {
        let before = reaches.to_vec();
        for e in 0..ELEVATIONS {
            for a in 0..AZIMUTHS {
                let at = |e: usize, a: usize| before[e * AZIMUTHS + a % AZIMUTHS];
                let (below, above) = (e.saturating_sub(1), (e + 1).min(ELEVATIONS - 1));
                let around = at(below, a) + at(above, a) + at(e, a + 1) + at(e, a + AZIMUTHS - 1);
                reaches[e * AZIMUTHS + a] = 0.5 * at(e, a) + 0.125 * around;
            }
        }
    }
}

fn look_up(reaches: &[f32], direction: Vec3) -> f32 {
    let e = row_of(direction).clamp(0.0, (ELEVATIONS - 1) as f32);
    let a = column_of(direction);
    let (row, column) = (e as usize, a as usize);
    let at = |e: usize, a: usize| reaches[e.min(ELEVATIONS - 1) * AZIMUTHS + a % AZIMUTHS];
    let (te, ta) = (e - row as f32, a - column as f32);
    let low = at(row, column) * (1.0 - ta) + at(row, column + 1) * ta;
    let high = at(row + 1, column) * (1.0 - ta) + at(row + 1, column + 1) * ta;
    low * (1.0 - te) + high * te
}

/// Takes for each node the largest of it and its neighbours.
fn widen(values: &mut [f32], times: u32) {
    for _ in 0..times {
        let before = values.to_vec();
        for e in 0..ELEVATIONS {
            for a in 0..AZIMUTHS {
                let at = |e: usize, a: usize| before[e * AZIMUTHS + a % AZIMUTHS];
                let level = at(e, a + 1).max(at(e, a + AZIMUTHS - 1)).max(at(e, a));
                values[e * AZIMUTHS + a] =
                    level.max(at(e.saturating_sub(1), a)).max(at((e + 1).min(ELEVATIONS - 1), a));
            }
        }
    }
}

/// Takes for each node the smallest of it and its neighbours.
fn narrow(values: &mut [f32], times: u32) {
    values.iter_mut().for_each(|value| *value = -*value);
    widen(values, times);
    values.iter_mut().for_each(|value| *value = -*value);
}

/// Where rays from `origin` first and last leave the head, within what is believed.
fn measure(head: &Part, origin: Vec3) -> (Vec<f32>, Vec<f32>) {
    let mut first = vec![f32::MAX; AZIMUTHS * ELEVATIONS];
    let mut last = vec![0.0_f32; AZIMUTHS * ELEVATIONS];
    for triangle in &head.triangles {
        let corners = triangle.map(|i| head.vertices[i as usize].position - origin);
        let near = corners.iter().map(|c| c.length()).fold(f32::MAX, f32::min);
        if near > FARTHEST {
            continue;
        }
        for (e, a) in nodes(corners) {
            let node = e * AZIMUTHS + a;
            if let Some(distance) = hit(corners, grid(a as f32, e as f32)) {
                first[node] = first[node].min(distance);
                last[node] = last[node].max(distance);
            }
        }
    }
    for (first, last) in first.iter_mut().zip(&mut last) {
        if *first > FARTHEST {
            (*first, *last) = (NOWHERE, NOWHERE);
        }
    }
    (first, last)
}

/// The grid's nodes that may lie behind a triangle.
fn nodes(corners: [Vec3; 3]) -> impl Iterator<Item = (usize, usize)> {
    let unit = corners.map(|c| c.normalize_or(Vec3::Y));
    let rows = unit.map(row_of);
    let columns = unit.map(column_of);
    let low = rows.into_iter().fold(f32::MAX, f32::min).floor().max(0.0) as usize;
    // A triangle near the top may hold the pole.
    let is_polar = unit.iter().any(|d| d.y > 0.9);
    let high = rows.into_iter().fold(0.0, f32::max).ceil() as usize + 1;
    let high = if is_polar { ELEVATIONS - 1 } else { high.min(ELEVATIONS - 1) };
    let (left, right) = columns.into_iter().fold((f32::MAX, 0.0_f32), |(l, r), c| (l.min(c), r.max(c)));
    let half = AZIMUTHS as f32 * 0.5;
    let (left, right) = if is_polar {
        (0.0, AZIMUTHS as f32)
    } else if right - left > half {
        // It lies across the seam of the azimuths.
        let behind = columns.into_iter().filter(|c| *c > half).fold(f32::MAX, f32::min);
        let ahead = columns.into_iter().filter(|c| *c <= half).fold(0.0, f32::max);
        (behind, ahead + AZIMUTHS as f32)
    } else {
        (left, right)
    };
    let (left, right) = (left.floor() as usize, right.ceil() as usize);
    (low..=high).flat_map(move |e| (left..=right).map(move |a| (e, a % AZIMUTHS)))
}

fn row_of(direction: Vec3) -> f32 {
    (libm::asinf(direction.y.clamp(-1.0, 1.0)) - LOWEST) / (PI * 0.5 - LOWEST) * (ELEVATIONS - 1) as f32
}

fn column_of(direction: Vec3) -> f32 {
    libm::atan2f(direction.x, direction.z).rem_euclid(TAU) / TAU * AZIMUTHS as f32
}

/// How far a ray from the origin goes to leave through a triangle.
fn hit([a, b, c]: [Vec3; 3], direction: Vec3) -> Option<f32> {
    let normal = (b - a).cross(c - a);
    let facing = normal.dot(direction);
    if facing <= 1e-12 {
        return None;
    }
    let distance = normal.dot(a) / facing;
    let p = direction * distance;
    let within = (b - a).cross(p - a).dot(normal) >= 0.0
        && (c - b).cross(p - b).dot(normal) >= 0.0
        && (a - c).cross(p - c).dot(normal) >= 0.0;
    (within && distance > NEAREST && distance < FARTHEST).then_some(distance)
}

/// How thick hair lies `inside` the hairline, as a share of its full thickness.
pub(super) fn rise(inside: f32) -> f32 {
    smoothstep(-0.002, 0.05, inside)
}
