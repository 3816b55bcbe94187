//! How long hair falls from the head to the shoulders, in waves.

use std::f32::consts::PI;

use glam::Vec3;

use super::super::dress::smoothstep;
use super::scalp::Scalp;
use super::sheet::Point;
use super::torso::Torso;

/// It ends where the shoulders are this far in its way, but hangs at least so far, metres.
const LEDGE: f32 = 0.006;
const SHORTEST: f32 = 0.07;
/// From point to point, metres.
const STEP: f32 = 0.008;
/// How far outwards waves lie, as a share of their height: more of them inwards than outwards.
const INNER: f32 = 0.4;

/// A way of falling.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fall {
    /// How much hair turns inwards at its ends, and over which length, metres.
    pub(super) inwards: (f32, f32),
    /// How far it swings to its sides and in and out, metres, and how often, per metre.
    pub(super) wave: ([f32; 2], f32),
    /// How far below the eyes it is widest, metres.
    pub(super) widest: f32,
}

impl Fall {
    /// Continues a path straight down to `ends` metres below the eyes, or to where it would lie on the shoulders; it widens
    /// by `flare` metres.
    pub(super) fn hang(&self, scalp: &Scalp, torso: &Torso, ends: f32, flare: f32, path: &mut Vec<Vec3>) {
        let Some(begin) = path.last().copied() else { return };
        let (turned, over) = self.inwards;
        let depth = begin.y - (scalp.eyes().y - ends);
        let out = Vec3::new(begin.x - scalp.centre.x, 0.0, begin.z - scalp.centre.z).normalize_or(Vec3::Z);
        let steps = (depth / STEP).max(1.0) as u32;
        for n in 1..=steps {
            let below = depth * n as f32 / steps as f32;
            let left = 1.0 - ((depth - below) / over).min(1.0);
            let far = flare * smoothstep(0.0, 0.07, below) - turned * left * left;
            let place = begin - Vec3::Y * below + out * far;
            if below > SHORTEST && torso.depth(place + out * turned * left * left) > LEDGE {
                break;
            }
            path.push(place);
        }
    }

    /// How far `point` swings in its wave, which `phase` shifts, radians; `much` is the share of the whole.
    pub(super) fn swing(&self, scalp: &Scalp, point: &Point, phase: f32, much: f32) -> Vec3 {
        let ([aside, outwards], often) = self.wave;
        let below = scalp.eyes().y - self.widest - point.place.y;
        let (sin, cos) = libm::sincosf(below * often * 2.0 * PI + phase);
        let out = point.place - scalp.centre;
        let out = Vec3::new(out.x, 0.0, out.z).normalize_or(Vec3::Z);
        let swing = out.cross(Vec3::Y) * (aside * sin) + out * (outwards * (cos - INNER));
        swing * (much * smoothstep(-0.03, 0.05, below))
    }
}
