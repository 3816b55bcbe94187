//! Where the lips meet, and how a mouth shape is made to close exactly.

use std::collections::BTreeMap;

use glam::Vec3;

use super::base::{Base, Displacement, range};
use super::part::source_normals;

/// A vertex that the open jaw carries down at least this far belongs to the lower lip, also at the corners, metres.
const CARRIED: f32 = 0.012_7;
/// Vertices of the two lips that rest this close belong together, metres: in the middle, and at the corners, where the source gapes.
const CONTACT: [f32; 2] = [0.0022, 0.0042];
/// Beyond the corners the skin runs on unbroken: there neighbours' normals have a larger product than this.
const FACING: f32 = 0.8;
/// How far from the contact a correction fades out, metres.
const FADE: f32 = 0.007;

/// The line of contact of the lips.
#[derive(Debug, Clone)]
pub(super) struct Lips {
    /// Pairs of vertices that touch when the mouth is closed: upper, lower.
    pairs: Vec<(u32, u32)>,
    /// All vertices near the contact: whether each belongs to the lower lip.
    near: Vec<(u32, bool)>,
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
                p.x.abs() < 0.035 && (p.y - middle).abs() < 0.022 && p.z > front - 0.03
            })
            .map(|v| (v, is_lower(v)))
            .collect();
        let at = |v: u32| base.positions[v as usize];
        let normals = source_normals(base, &base.positions);
        let mut pairs = Vec::new();
        for &(lower, _) in near.iter().filter(|(_, is_lower)| *is_lower) {
            let nearest = near
                .iter()
                .filter(|(_, is_lower)| !is_lower)
                .map(|&(upper, _)| (upper, at(upper).distance(at(lower))))
                .min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            if let Some((upper, distance)) = nearest
                && normals[upper as usize].dot(normals[lower as usize]) < FACING
                && distance < if at(lower).x.abs() < 0.014 { CONTACT[0] } else { CONTACT[1] }
            {
                pairs.push((upper, lower));
            }
        }
        Self { pairs, near }
    }

    /// The middle of the contact, in front.
    pub(super) fn middle(&self, base: &Base) -> Vec3 {
        let points =
            self.pairs.iter().map(|&(upper, _)| base.positions[upper as usize]).filter(|p| p.x.abs() < 0.004);
        let front = points.max_by(|a, b| a.z.total_cmp(&b.z)).unwrap_or_default();
        Vec3::new(0.0, front.y, front.z)
    }

    /// Adds to `moved` what brings each pair together, half from above and half from below, fading out around the contact.
    pub(super) fn seal(&self, base: &Base, moved: &mut BTreeMap<u32, Vec3>) {
        // Each round closes what the blending of neighbouring pairs left open.
        for _ in 0..6 {
            let place = |v: u32| base.positions[v as usize] + moved.get(&v).copied().unwrap_or_default();
            let gaps: Vec<(Vec3, Vec3)> = self
                .pairs
                .iter()
                .map(|&(upper, lower)| (base.positions[lower as usize], place(upper) - place(lower)))
                .collect();
            let mut corrections = Vec::new();
            for &(vertex, is_lower) in &self.near {
                let rest = base.positions[vertex as usize];
                let (mut sum, mut total, mut nearest) = (Vec3::ZERO, 0.0, f32::MAX);
                for &(at, gap) in &gaps {
                    let distance = at.distance(rest);
                    let weight = 1.0 / (distance * distance + 1e-7);
                    sum += gap * weight;
                    total += weight;
                    nearest = nearest.min(distance);
                }
                if total > 0.0 && nearest < FADE {
                    let fade = 1.0 - (nearest / FADE) * (nearest / FADE);
                    let side = if is_lower { 0.5 } else { -0.5 };
                    corrections.push((vertex, sum / total * (side * fade)));
                }
            }
            for (vertex, correction) in corrections {
                *moved.entry(vertex).or_default() += correction;
            }
        }
    }
}
