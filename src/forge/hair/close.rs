//! Close hair as a surface: what covers the head inside the hairline's soft border, combed down and back.

use std::f32::consts::{FRAC_PI_2, PI, TAU};

use glam::{Vec2, Vec3};

use super::super::paint::noise;
use super::super::part::{Part, Vertex};
use super::super::skeleton::rigid;
use super::scalp::{Scalp, sphere};
use crate::vocabulary::Bone;

const AZIMUTHS: u32 = 72;
const ELEVATIONS: u32 = 30;
const LOWEST: f32 = -1.1;
/// Where of the picture of a mass the front is, how much of it goes around half a head, and how far strands lean back.
const WORN: [f32; 3] = [0.16, 0.80, 0.11];
/// Where of the picture the top is, and how much of it goes down to the nape.
const DOWN: [f32; 2] = [0.10, 0.62];
/// How far its border wavers, metres, and how often, per unit of direction.
const RAGGED: (f32, f32) = (0.003, 34.0);

/// The surface that begins `begin` metres inside the hairline, `height` metres above the skull.
pub(super) fn close(scalp: &Scalp, begin: f32, height: impl Fn(Vec3) -> f32) -> Part {
    let mut part = Part::default();
    for elevation in 0..=ELEVATIONS {
        let down = 1.0 - elevation as f32 / ELEVATIONS as f32;
        for azimuth in 0..=AZIMUTHS {
            // Both halves wear the same: the seam lies in front, below the forehead's mass.
            let around = azimuth as f32 / AZIMUTHS as f32;
            let out = sphere(
                (azimuth % AZIMUTHS) as f32 / AZIMUTHS as f32 * TAU,
                FRAC_PI_2 + (LOWEST - FRAC_PI_2) * down,
            );
            let half = 1.0 - (2.0 * around - 1.0).abs();
            let lean = WORN[2] * libm::sinf(PI * half) * down;
            let position = scalp.skin(out) + out * height(out);
            part.vertex(Vertex {
                position,
                normal: scalp.out(position),
                coordinate: Vec2::new(WORN[0] + WORN[1] * half - lean, DOWN[0] + DOWN[1] * down),
                skin: rigid(Bone::Head),
                source: None,
            });
        }
    }
    for elevation in 1..=ELEVATIONS {
        for azimuth in 0..AZIMUTHS {
            let at = |e: u32, a: u32| e * (AZIMUTHS + 1) + a;
            part.quad([
                at(elevation - 1, azimuth),
                at(elevation - 1, azimuth + 1),
                at(elevation, azimuth + 1),
                at(elevation, azimuth),
            ]);
        }
    }
    part.clip(|vertex| {
        let d = (vertex.position - scalp.centre).normalize_or(Vec3::Y);
        scalp.inside(d) - begin - RAGGED.0 * noise(d * RAGGED.1)
    })
}
