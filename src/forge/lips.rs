//! Where the lips meet, and how a mouth shape is made to close exactly.

mod opening;
mod settle;

use std::collections::BTreeMap;

use glam::Vec3;

use super::base::{Base, Displacement, range};
use super::dress::smoothstep;
use super::part::source_normals;

pub(super) use self::opening::{Bend, Opening};

/// A vertex that the open jaw carries down at least this far belongs to the lower lip, also at the corners, metres.
const CARRIED: f32 = 0.012_7;
/// Vertices of the two lips that rest this close belong together, metres: in the middle, and at the corners, where the source gapes.
const CONTACT: [f32; 2] = [0.0022, 0.0042];
/// A pair may be this many times as far apart as the upper vertex's nearest, and this much more, metres.
const MUTUAL: [f32; 2] = [1.4, 0.000_15];
/// Beyond the corners the skin runs on unbroken: there neighbours' normals have a larger product than this. Where lips meet,
/// the upper one also faces further down than the lower one.
const FACING: f32 = 0.8;
/// The corners are not further from the middle than this, and what moves with them not than that, metres.
const CORNERS: f32 = 0.035;
const BESIDE: f32 = 0.047;
/// How far from the contact a correction fades out, metres.
const FADE: f32 = 0.007;
/// The same where the mouth is open, metres.
const WIDE_FADE: f32 = 0.016;
/// Where the opening ends, of the half width of the contact.
const CORNER: f32 = 0.93;
/// What counts as around the mouth: all of it within the first distance from its middle, nothing beyond the second, metres.
const AROUND: [f32; 2] = [0.026, 0.052];
/// How far forwards a corner goes on its way inwards around the teeth, of that way.
const AROUND_TEETH: f32 = 1.3;
/// How far a vertex goes to the mean of its neighbours in one round.
const EVEN: f32 = 0.6;

/// The line of contact of the lips.
#[derive(Debug, Clone)]
pub(super) struct Lips {
    /// Pairs of vertices that touch when the mouth is closed: upper, lower.
    pairs: Vec<(u32, u32)>,
    /// All vertices near the contact: whether each belongs to the lower lip.
    near: Vec<(u32, bool)>,
    /// Vertices around the mouth: how much they take part in what is done to it, and their neighbours.
    around: Vec<(u32, f32, Vec<u32>)>,
}

impl Lips {
    /// Finds the lips: skin near the front of the mouth, told apart by how far the jaw carries it.
    pub(super) fn find(base: &Base, jaw_open: &Displacement) -> Self {
        let carried: BTreeMap<u32, f32> = jaw_open.deltas.iter().map(|(v, delta)| (*v, delta.y)).collect();
        let is_lower = |v: u32| carried.get(&v).is_some_and(|y| *y < -CARRIED);
        let teeth = &base.positions[range::TEETH];
        let front = teeth.iter().map(|p| p.z).fold(f32::MIN, f32::max);
        let middle = teeth.iter().map(|p| p.y).sum::<f32>() / teeth.len() as f32;
        let near: Vec<(u32, bool)> = range::BODY
            .map(|v| v as u32)
            .filter(|&v| {
                let p = base.positions[v as usize];
                p.x.abs() < BESIDE && (p.y - middle).abs() < 0.022 && p.z > front - 0.03
            })
            .map(|v| (v, is_lower(v)))
            .collect();
        let at = |v: u32| base.positions[v as usize];
        let normals = source_normals(base, &base.positions);
        let mut pairs = Vec::new();
        for &(lower, _) in near.iter().filter(|(v, is_lower)| *is_lower && at(*v).x.abs() < CORNERS) {
            let nearest = near
                .iter()
                .filter(|(_, is_lower)| !is_lower)
                .map(|&(upper, _)| (upper, at(upper).distance(at(lower))))
                .min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            if let Some((upper, distance)) = nearest
                && normals[upper as usize].dot(normals[lower as usize]) < FACING
                && normals[upper as usize].y < normals[lower as usize].y
                && distance < if at(lower).x.abs() < 0.014 { CONTACT[0] } else { CONTACT[1] }
            {
                pairs.push((upper, lower));
            }
        }
        keep_mutual(base, &mut pairs);
        let mut lips = Self { pairs, near, around: Vec::new() };
        lips.around = around(base, lips.middle(base));
        lips
    }

    /// The middle of the contact, in front.
    pub(super) fn middle(&self, base: &Base) -> Vec3 {
        let points =
            self.pairs.iter().map(|&(upper, _)| base.positions[upper as usize]).filter(|p| p.x.abs() < 0.004);
        let front = points.max_by(|a, b| a.z.total_cmp(&b.z)).unwrap_or_default();
        Vec3::new(0.0, front.y, front.z)
    }

    /// How far in front the lining of the lips ends, in the middle of the mouth.
    pub(super) fn lining(&self, base: &Base) -> f32 {
        let normals = source_normals(base, &base.positions);
        let middle = self.middle(base);
        self.near
            .iter()
            .map(|(v, _)| (base.positions[*v as usize], normals[*v as usize]))
            .filter(|(p, n)| p.x.abs() < 0.005 && (p.y - middle.y).abs() < 0.009 && n.z < -0.3)
            .map(|(p, _)| p.z)
            .fold(middle.z, f32::min)
    }

    /// Half the width of the line of contact, metres.
    pub(super) fn half_width(&self, base: &Base) -> f32 {
        self.pairs.iter().map(|&(_, l)| base.positions[l as usize].x.abs()).fold(1e-3, f32::max)
    }

    /// How far `place` is from where the lips touch, metres.
    fn way_to_contact(&self, base: &Base, place: Vec3) -> f32 {
        let touching = self.pairs.iter().flat_map(|&(upper, lower)| [upper, lower]);
        touching.map(|v| base.positions[v as usize].distance(place)).fold(f32::MAX, f32::min)
    }

    /// Adds to `moved` what brings each pair together, half from above and half from below, fading out around the contact.
    pub(super) fn seal(&self, base: &Base, moved: &mut BTreeMap<u32, Vec3>) {
        // Each round closes what the blending of neighbouring pairs left open.
        for _ in 0..14 {
            self.part(base, moved, FADE, 0.5, |_, _| Vec3::ZERO);
        }
    }

    /// Rounds an open mouth: the lips part in a curve of the given power (2 is an ellipse), `above` of the change in the upper lip.
    pub(super) fn round(&self, base: &Base, moved: &mut BTreeMap<u32, Vec3>, power: f32, above: f32) {
        let corner = self.half_width(base) * CORNER;
        let opening = self.opening(base, moved);
        for _ in 0..3 {
            self.part(base, moved, WIDE_FADE, above, |at, gap| {
                let share = (at.x.abs() / corner).min(1.0);
                let curve = libm::powf(1.0 - libm::powf(share, power), 1.0 / power);
                gap.lerp(opening * curve, 0.75)
            });
        }
    }

    /// Parts the lips by `by` more, in a curve of the given power, `above` of it in the upper lip.
    pub(super) fn open(&self, base: &Base, moved: &mut BTreeMap<u32, Vec3>, by: f32, power: f32, above: f32) {
        let corner = self.half_width(base) * CORNER;
        self.part(base, moved, WIDE_FADE, above, |at, gap| {
            let share = (at.x.abs() / corner).min(1.0);
            gap + Vec3::Y * (by * libm::powf(1.0 - libm::powf(share, power), 1.0 / power))
        });
    }

    /// From the middle of the lower lip to that of the upper one.
    fn opening(&self, base: &Base, moved: &BTreeMap<u32, Vec3>) -> Vec3 {
        let place = |v: u32| base.positions[v as usize] + moved.get(&v).copied().unwrap_or_default();
        let middle = self.pairs.iter().filter(|(_, lower)| base.positions[*lower as usize].x.abs() < 0.004);
        let (sum, count) = middle.fold((Vec3::ZERO, 0.0), |(sum, n), &(upper, lower)| {
            (sum + place(upper) - place(lower), n + 1.0)
        });
        sum / f32::max(count, 1.0)
    }

    /// Evens the movement around the mouth, so that neither contours nor corners kink.
    pub(super) fn smooth(&self, moved: &mut BTreeMap<u32, Vec3>, rounds: u32) {
        let of = |v: u32, moved: &BTreeMap<u32, Vec3>| moved.get(&v).copied().unwrap_or_default();
        for _ in 0..rounds {
            let even = |(vertex, share, neighbours): &(u32, f32, Vec<u32>)| {
                let mean =
                    neighbours.iter().map(|n| of(*n, moved)).sum::<Vec3>() / neighbours.len().max(1) as f32;
                (*vertex, of(*vertex, moved).lerp(mean, share * EVEN))
            };
            let evened: Vec<(u32, Vec3)> = self.around.iter().map(even).collect();
            moved.extend(evened);
        }
    }

    /// Draws the corners towards the middle by `share` of their distance, and everything around the mouth with them.
    pub(super) fn narrow(&self, base: &Base, moved: &mut BTreeMap<u32, Vec3>, share: f32) {
        let corner = self.half_width(base);
        for (vertex, part, _) in &self.around {
            let rest = base.positions[*vertex as usize].x;
            let movement = moved.entry(*vertex).or_default();
            let inwards = (rest + movement.x) * share * part;
            movement.x -= inwards;
            movement.z += inwards.abs() * AROUND_TEETH * (rest / corner).powi(2).min(1.0);
        }
    }

    /// Brings the middle of the lower lip to `goal`, and with it what is near; the corners stay.
    pub(super) fn tuck(&self, base: &Base, moved: &mut BTreeMap<u32, Vec3>, goal: Vec3) {
        let corner = self.half_width(base);
        let place = |v: u32| base.positions[v as usize] + moved.get(&v).copied().unwrap_or_default();
        let lowers: Vec<Vec3> = self.pairs.iter().map(|(_, lower)| base.positions[*lower as usize]).collect();
        let top = self
            .pairs
            .iter()
            .map(|(_, lower)| place(*lower))
            .filter(|p| p.x.abs() < 0.004)
            .max_by(|a, b| a.z.total_cmp(&b.z));
        let Some(top) = top else { return };
        for &(vertex, _) in self.near.iter().filter(|(_, is_lower)| *is_lower) {
            let rest = base.positions[vertex as usize];
            let share = 1.0 - (rest.x / corner).powi(4).min(1.0);
            let nearest = lowers.iter().map(|l| l.distance(rest)).fold(f32::MAX, f32::min);
            let fade = (1.0 - (nearest / WIDE_FADE).powi(2)).max(0.0);
            *moved.entry(vertex).or_default() +=
                Vec3::new(0.0, goal.y - top.y, goal.z - top.z) * (share * fade);
        }
    }

    /// Changes each pair's gap, from the lower to the upper lip, to what `wanted` makes of its place at rest and the gap;
    /// `above` of the change in the upper lip.
    fn part(
        &self,
        base: &Base,
        moved: &mut BTreeMap<u32, Vec3>,
        reach: f32,
        above: f32,
        wanted: impl Fn(Vec3, Vec3) -> Vec3,
    ) {
        let place = |v: u32| base.positions[v as usize] + moved.get(&v).copied().unwrap_or_default();
        let changes: Vec<(Vec3, Vec3)> = self
            .pairs
            .iter()
            .map(|&(upper, lower)| {
                let at = base.positions[lower as usize];
                let gap = place(upper) - place(lower);
                (at, wanted(at, gap) - gap)
            })
            .collect();
        let mut corrections = Vec::new();
        for &(vertex, is_lower) in &self.near {
            let rest = base.positions[vertex as usize];
            let (mut sum, mut total, mut nearest) = (Vec3::ZERO, 0.0, f32::MAX);
            for &(at, change) in &changes {
                let distance = at.distance(rest);
                let weight = 1.0 / (distance * distance + 1e-7);
                sum += change * weight;
                total += weight;
                nearest = nearest.min(distance);
            }
            if total > 0.0 && nearest < reach {
                let fade = 1.0 - (nearest / reach) * (nearest / reach);
                let side = if is_lower { above - 1.0 } else { above };
                corrections.push((vertex, sum / total * (side * fade)));
            }
        }
        for (vertex, correction) in corrections {
            *moved.entry(vertex).or_default() += correction;
        }
    }
}

/// Drops pairs whose upper vertex has a much nearer one below: they would draw the rims of the lips into each other.
fn keep_mutual(base: &Base, pairs: &mut Vec<(u32, u32)>) {
    let distance =
        |(upper, lower): (u32, u32)| base.positions[upper as usize].distance(base.positions[lower as usize]);
    let mut least: BTreeMap<u32, f32> = BTreeMap::new();
    for &pair in pairs.iter() {
        let held = least.entry(pair.0).or_insert(f32::MAX);
        *held = held.min(distance(pair));
    }
    pairs.retain(|&pair| {
        distance(pair) <= least.get(&pair.0).copied().unwrap_or_default() * MUTUAL[0] + MUTUAL[1]
    });
}

/// Skin and lining around the mouth with its neighbours.
fn around(base: &Base, middle: Vec3) -> Vec<(u32, f32, Vec<u32>)> {
    let share = |v: u32| {
        let from = base.positions[v as usize] - middle;
        let deep = if from.z < -0.05 { 0.0 } else { 1.0 };
        deep * smoothstep(AROUND[1], AROUND[0], Vec3::new(from.x, from.y * 1.25, 0.0).length())
    };
    let mut neighbours: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for quad in base.quads_in(range::BODY) {
        for i in 0..4 {
            let vertex = quad[i].vertex;
            if share(vertex) > 0.0 {
                neighbours
                    .entry(vertex)
                    .or_default()
                    .extend([quad[(i + 1) % 4].vertex, quad[(i + 3) % 4].vertex]);
            }
        }
    }
    neighbours.into_iter().map(|(vertex, near)| (vertex, share(vertex), near)).collect()
}
