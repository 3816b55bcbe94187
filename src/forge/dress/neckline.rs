//! The line on which collars stand: an even loop around the neck, falling from the nape to the throat.

use std::f32::consts::TAU;

use glam::{Vec2, Vec3};

use super::super::part::Part;
use super::Measures;
use super::hull::direction;
use super::probe::Probe;
use crate::vocabulary::Bone;

/// How many waves describe the neck's outline: enough for an egg, too few for sinews.
const WAVES: usize = 4;
/// On one half of the neck.
const SAMPLES: usize = 24;
/// How far a collar stays below the chin, metres.
const BELOW_CHIN: f32 = 0.026;
/// How much higher than a level cut the line passes the sides of the neck, where the shoulders rise; metres.
const SIDES: f32 = 0.030;
/// Farther out the shoulders begin, metres for a trunk of 0.56 m.
const WIDEST: f32 = 0.080;

/// A loop around the neck.
pub(super) struct NeckLine {
    axis: Vec3,
    /// Height at the nape and at the throat, metres above the neck's joint.
    nape: f32,
    throat: f32,
    waves: [f32; WAVES],
}

impl NeckLine {
    /// On the `skin`, from `nape` to `throat`, metres above the neck's joint; never nearer to the `chin` than clothes may be.
    pub(super) fn new(skin: &Probe<'_>, measures: &Measures, chin: f32, nape: f32, throat: f32) -> Self {
        let axis = measures.at(Bone::Neck) + Vec3::Z * 0.008;
        let throat = throat.min(chin - BELOW_CHIN - axis.y);
        let mut line = Self { axis, nape, throat, waves: [0.0; WAVES] };
        let widest = WIDEST * measures.scale();
        let reaches: Vec<f32> = (0..=SAMPLES)
            .map(|i| {
                let turn = i as f32 * 0.5 / SAMPLES as f32;
                let (from, out) = (axis + Vec3::Y * line.up(turn), out(turn));
                skin.last(from, out).map_or(widest, |hit| (hit.point - from).dot(out)).min(widest)
            })
            .collect();
        for (k, wave) in line.waves.iter_mut().enumerate() {
            let sum: f32 = reaches
                .iter()
                .enumerate()
                .map(|(i, reach)| {
                    let share = if i == 0 || i == SAMPLES { 0.5 } else { 1.0 };
                    let angle = k as f32 * i as f32 * 0.5 * TAU / SAMPLES as f32;
                    reach * share * libm::cosf(angle)
                })
                .sum();
            *wave = sum / SAMPLES as f32 * if k == 0 { 1.0 } else { 2.0 };
        }
        line
    }

    /// Metres above the neck's joint at `turn` (0 ahead, 0.5 behind).
    fn up(&self, turn: f32) -> f32 {
        let (sin, cos) = libm::sincosf(turn * TAU);
        self.throat + (self.nape - self.throat) * (1.0 - cos) * 0.5 + SIDES * sin * sin
    }

    /// The height of the line at `turn`, metres.
    pub(super) fn height(&self, turn: f32) -> f32 {
        self.axis.y + self.up(turn)
    }

    /// The place at `turn`, `gap` metres off the neck and `drop` metres below the line.
    pub(super) fn at(&self, turn: f32, gap: f32, drop: f32) -> Vec3 {
        let reach: f32 =
            self.waves.iter().enumerate().map(|(k, wave)| wave * libm::cosf(k as f32 * turn * TAU)).sum();
        self.axis + out(turn) * (reach + gap) + Vec3::Y * (self.up(turn) - drop)
    }

    /// How far `p` lies outside of what stands `gap` metres off the neck; negative within.
    pub(super) fn outside(&self, p: Vec3, gap: f32) -> f32 {
        let level = |p: Vec3| Vec2::new(p.x - self.axis.x, p.z - self.axis.z).length();
        level(p) - level(self.at(self.turn(p), gap, 0.0))
    }

    /// The turn at which `p` lies.
    pub(super) fn turn(&self, p: Vec3) -> f32 {
        super::hull::turn(Vec2::new(p.x, p.z - self.axis.z))
    }

    /// Level, away from the neck, at `p`.
    pub(super) fn away(&self, p: Vec3) -> Vec3 {
        Vec3::new(p.x, 0.0, p.z - self.axis.z).normalize_or(Vec3::Z)
    }
}

/// Level, to `turn`.
fn out(turn: f32) -> Vec3 {
    let flat = direction(turn);
    Vec3::new(flat.x, 0.0, flat.y)
}

/// The height of the chin of `body`, metres.
pub(super) fn chin(body: &Part, measures: &Measures) -> f32 {
    let head = measures.at(Bone::Head);
    body.vertices
        .iter()
        .filter(|v| [Bone::Head as u8, Bone::Jaw as u8].contains(&v.skin[0].0))
        .map(|v| v.position)
        .filter(|p| p.x.abs() < 0.012 && p.z > head.z + 0.045)
        .map(|p| p.y)
        .reduce(f32::min)
        .unwrap_or(head.y)
}
