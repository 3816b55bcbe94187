//! The ground under the locks: a cap on the skull that thins out towards the hairline.

use std::f32::consts::{FRAC_PI_2, TAU};

use glam::{Vec2, Vec3};

use super::super::paint::{GROUND, TUFTS};
use super::super::part::{Part, Vertex};
use super::super::skeleton::rigid;
use super::scalp::{Scalp, sphere};
use crate::vocabulary::Bone;

const AZIMUTHS: u32 = 60;
const ELEVATIONS: u32 = 26;
const LOWEST: f32 = -1.1;
/// Where on the tuft the hairline is; the picture is bare before that.
const BEGIN: f32 = 0.4;
/// How much of the tuft is whole, and lies to and fro farther in.
const FOLD: f32 = 0.2;
/// How often the tuft is laid around the head.
const REPEATS: f32 = 15.0;

/// A cap whose height above the skull is `height` of a direction, metres; it is whole `whole` metres inside the hairline.
pub(super) fn cap(scalp: &Scalp, whole: f32, height: impl Fn(Vec3) -> f32) -> Part {
    let mut part = Part::default();
    let mut depths = Vec::new();
    for elevation in 0..=ELEVATIONS {
        let up = LOWEST + (FRAC_PI_2 - LOWEST) * elevation as f32 / ELEVATIONS as f32;
        for azimuth in 0..=AZIMUTHS {
            let out = sphere((azimuth % AZIMUTHS) as f32 / AZIMUTHS as f32 * TAU, up);
            let depth = scalp.inside(out);
            // The tuft goes to and fro, so that it has no seams.
            let turn = (azimuth as f32 / AZIMUTHS as f32 * REPEATS * 2.0) % 2.0;
            let u = 0.12 + 0.76 * (1.0 - (turn - 1.0).abs());
            // Farther in, the tuft's whole part goes up and down.
            let whole_part = 1.0 - FOLD * (elevation % 2) as f32;
            let v = (BEGIN + depth / whole * (1.0 - BEGIN)).clamp(0.0, 1.0);
            let v = if depth > 1.3 * whole { whole_part } else { v };
            depths.push(depth);
            let position = scalp.skin(out) + out * height(out);
            part.vertex(Vertex {
                position,
                // As that of the locks over it.
                normal: scalp.out(position),
                coordinate: Vec2::new((GROUND as f32 + u) / TUFTS as f32, v),
                skin: rigid(Bone::Head),
                source: None,
            });
        }
    }
    for elevation in 1..=ELEVATIONS {
        for azimuth in 0..AZIMUTHS {
            let at = |e: u32, a: u32| e * (AZIMUTHS + 1) + a;
            let quad = [
                at(elevation - 1, azimuth),
                at(elevation - 1, azimuth + 1),
                at(elevation, azimuth + 1),
                at(elevation, azimuth),
            ];
            if quad.iter().any(|i| depths[*i as usize] > 0.0) {
                part.quad(quad);
            }
        }
    }
    part
}
