//! Lets hanging hair swing: chains of joints around the head, each the spring of the locks near it.

use std::f32::consts::TAU;

use glam::Vec3;

use super::super::dress::smoothstep;
use super::super::model::{Extra, Spring};
use super::super::skeleton::Skin;
use super::scalp::{Scalp, sphere};
use crate::vocabulary::Bone;

/// Names and azimuths of the chains, radians from the front towards the avatar's left, ascending.
const CHAINS: [(&str, f32); 6] = [
    ("HairFrontLeft", 1.05),
    ("HairLeft", 1.85),
    ("HairBackLeft", 2.70),
    ("HairBackRight", TAU - 2.70),
    ("HairRight", TAU - 1.85),
    ("HairFrontRight", TAU - 1.05),
];
/// Joints of a chain; the last one only says where it ends.
const JOINTS: usize = 3;
/// How far below the eyes a chain begins, and between its joints, metres.
const BEGIN: f32 = 0.035;
const STEP: f32 = 0.075;
const STIFFNESS: f32 = 1.1;
const DRAG: f32 = 0.45;
const GRAVITY: f32 = 0.25;
const RADIUS: f32 = 0.012;

/// The chains of one head.
pub(super) struct Sway {
    centre: Vec3,
    /// Height at which they begin.
    begin: f32,
    reaches: [f32; CHAINS.len()],
}

impl Sway {
    /// Hung around the head.
    pub(super) fn of(scalp: &Scalp) -> Self {
        let reaches = CHAINS.map(|(_, azimuth)| scalp.hull(sphere(azimuth, -0.3)) + 0.01);
        Self { centre: scalp.centre, begin: scalp.eyes().y - BEGIN, reaches }
    }

    /// The joints, the number of a chain's first being `JOINTS` times the chain's.
    pub(super) fn extras(&self) -> Vec<Extra> {
        let mut extras = Vec::new();
        for ((name, azimuth), reach) in CHAINS.into_iter().zip(self.reaches) {
            let root = self.centre + sphere(azimuth, 0.0) * reach;
            for n in 0..JOINTS {
                let parent = if n == 0 { Bone::Head.index() } else { Bone::COUNT + extras.len() - 1 };
                let position = Vec3::new(root.x, self.begin - STEP * n as f32, root.z);
                extras.push(Extra { name: format!("{name}{}", n + 1), parent, position });
            }
        }
        extras
    }

    /// The chains as springs.
    pub(super) fn springs(&self) -> Vec<Spring> {
        CHAINS
            .into_iter()
            .enumerate()
            .map(|(chain, (name, _))| Spring {
                name: name.to_owned(),
                joints: (0..JOINTS).map(|n| Bone::COUNT + chain * JOINTS + n).collect(),
                stiffness: STIFFNESS,
                drag: DRAG,
                gravity: GRAVITY,
                radius: RADIUS,
            })
            .collect()
    }

    /// What moves hair at a place: the head above, the two nearest chains below.
    pub(super) fn at(&self, place: Vec3) -> Skin {
        let down = (self.begin - place.y) / STEP;
        let (hung, lower) = (smoothstep(-0.15, 0.65, down), smoothstep(0.65, 1.35, down));
        let from = place - self.centre;
        let azimuth = libm::atan2f(from.x, from.z).rem_euclid(TAU);
        let after = CHAINS.iter().position(|(_, a)| *a > azimuth).unwrap_or(0);
        let before = (after + CHAINS.len() - 1) % CHAINS.len();
        let gap = (CHAINS[after].1 - CHAINS[before].1).rem_euclid(TAU);
        let share = smoothstep(0.0, 1.0, (azimuth - CHAINS[before].1).rem_euclid(TAU) / gap.max(1e-3));
        let joint = |chain: usize, n: usize| (Bone::COUNT + chain * JOINTS + n) as u8;
        let mut all = [
            (Bone::Head as u8, 1.0 - hung),
            (joint(before, 0), hung * (1.0 - lower) * (1.0 - share)),
            (joint(after, 0), hung * (1.0 - lower) * share),
            (joint(before, 1), hung * lower * (1.0 - share)),
            (joint(after, 1), hung * lower * share),
        ];
        // Never more than four count: the head lets go before the lower joints take hold.
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        [all[0], all[1], all[2], all[3]]
            .map(|(bone, weight)| if weight > 0.0 { (bone, weight) } else { (0, 0.0) })
    }
}
