//! Neck and shoulders as distances from an upright axis: what hanging hair must not enter.

use std::f32::consts::TAU;

use glam::Vec3;

use super::super::part::Part;

const ROWS: usize = 48;
const SECTORS: usize = 60;
/// Height of a row, metres.
const ROW: f32 = 0.006;
/// How far below the eyes the highest row is, metres.
const TOP: f32 = 0.05;
/// Room for a collar and a garment, metres.
const ROOM: f32 = 0.008;
/// Only what is not farther inside is moved out, metres at a time.
const NEAR: f32 = 0.004;

/// How far neck and shoulders reach, by height and azimuth.
pub(super) struct Torso {
    /// On the axis, at the height of the highest row.
    top: Vec3,
    reaches: Vec<f32>,
}

impl Torso {
    /// Measures `parts`; `eyes` is midway between the eyes.
    pub(super) fn of(parts: [&Part; 2], eyes: Vec3) -> Self {
        const FINE: u32 = 4;
        let top = eyes + Vec3::new(0.0, -TOP, -0.085);
        let mut torso = Self { top, reaches: vec![0.0; ROWS * SECTORS] };
        for part in parts {
            for triangle in &part.triangles {
                let [a, b, c] = triangle.map(|i| part.vertices[i as usize].position);
                if [a, b, c].iter().all(|p| p.y > top.y || p.y < top.y - ROW * ROWS as f32) {
                    continue;
                }
                for i in 0..=FINE {
                    for j in 0..=FINE - i {
                        let (s, t) = (i as f32 / FINE as f32, j as f32 / FINE as f32);
                        torso.mark(a + (b - a) * s + (c - a) * t);
                    }
                }
            }
        }
        torso
    }

    fn node(&self, place: Vec3) -> Option<(usize, usize)> {
        let row = (self.top.y - place.y) / ROW;
        let from = place - self.top;
        let azimuth = libm::atan2f(from.x, from.z).rem_euclid(TAU) / TAU * SECTORS as f32;
        (row >= 0.0 && (row as usize) < ROWS).then_some((row as usize, azimuth as usize % SECTORS))
    }

    fn mark(&mut self, place: Vec3) {
        let from = place - self.top;
        let Some((row, sector)) = self.node(place) else { return };
        let far = libm::hypotf(from.x, from.z);
        for row in row.saturating_sub(1)..(row + 2).min(ROWS) {
            for sector in [sector + SECTORS - 1, sector, sector + 1] {
                let slot = &mut self.reaches[row * SECTORS + sector % SECTORS];
                *slot = slot.max(far);
            }
        }
    }

    /// How far a place is inside of what neck and shoulders need, metres; negative outside.
    pub(super) fn depth(&self, place: Vec3) -> f32 {
        let from = place - self.top;
        let reach = self.node(place).map_or(0.0, |(row, sector)| self.reaches[row * SECTORS + sector]);
        let least = if reach > 0.0 { reach + ROOM } else { 0.0 };
        least - libm::hypotf(from.x, from.z)
    }

    /// The place outside of neck and shoulders, as far as that is near.
    pub(super) fn outside(&self, place: Vec3) -> Vec3 {
        let from = place - self.top;
        let level = Vec3::new(from.x, 0.0, from.z).normalize_or(Vec3::Z);
        place + level * self.depth(place).clamp(0.0, NEAR)
    }
}
