//! Where hair grows: a line across the forehead, round the temples and the ears, to the nape.

use glam::Vec3;

use super::super::dress::smoothstep;
use super::super::paint::noise;
use super::super::person::BodyShape;

/// The border of the scalp as height above the eyes at a depth behind them, metres: forehead, temple, ear, nape.
const BORDER: [(f32, f32); 11] = [
    (0.030, 0.066),
    (0.008, 0.057),
    (-0.008, 0.046),
    (-0.018, 0.033),
    (-0.030, 0.012),
    (-0.045, -0.003),
    (-0.060, -0.014),
    (-0.078, -0.021),
    (-0.100, -0.024),
    (-0.118, -0.056),
    (-0.170, -0.080),
];
/// Before and behind the ear, and above it, as in [`BORDER`].
const EAR: [f32; 2] = [-0.048, -0.108];
const EAR_TOP: f32 = 0.024;
/// Where the middle of a woman's and a man's ear lies in [`BORDER`].
const EARS: [f32; 2] = [-0.065, -0.076];
/// From where on the line goes with the ears, and from where wholly, as in [`BORDER`].
const WITH_EARS: [f32; 2] = [-0.015, -0.045];
/// How far a woman's line recedes at the corners of the forehead, metres: it comes down there.
const ROUND: f32 = -0.006;
/// How much lower it lies over the forehead where it has not receded, metres.
const LOW: f32 = 0.003;
/// How far the line wavers, metres, and how often, per metre.
const WAVER: [(f32, f32); 2] = [(0.0012, 55.0), (0.0010, 210.0)];

/// Where hair grows on a head.
#[derive(Debug, Clone, Copy)]
pub(in crate::forge) struct Hairline {
    /// Midway between the eyes' centres.
    pub(in crate::forge) eyes: Vec3,
    /// How much farther ahead than in [`BORDER`] the ears are, metres.
    pub(in crate::forge) ahead: f32,
    /// How far sideburns come down, 0..=1.
    pub(in crate::forge) sideburns: f32,
    /// How far it has receded above the temples, 0..=1.
    pub(in crate::forge) receded: f32,
}

impl Hairline {
    /// That of a person with such a body, whose eyes' middle is `eyes`; the ears' lies `ears` metres ahead of it.
    pub(in crate::forge) fn of(eyes: Vec3, ears: f32, body: &BodyShape) -> Self {
        let male = smoothstep(0.4, 0.8, body.gender);
        let ahead = ears - (EARS[0] + (EARS[1] - EARS[0]) * male);
        Self { eyes, ahead, sideburns: male, receded: male * smoothstep(0.52, 0.85, body.age) }
    }

    /// How far inside the scalp `p` lies, roughly in metres; negative on the face, the ears and the neck.
    pub(in crate::forge) fn depth(&self, p: Vec3) -> f32 {
        let (inside, from) = (self.inside(p), self.from(p));
        if from.z < EAR[0] && from.z > EAR[1] { inside.min(from.y - EAR_TOP) } else { inside }
    }

    /// Where `p` lies seen from between the eyes, of a head whose ears are where [`BORDER`] has them.
    fn from(&self, p: Vec3) -> Vec3 {
        let from = p - self.eyes;
        Vec3::new(from.x, from.y, from.z - self.ahead * smoothstep(WITH_EARS[0], WITH_EARS[1], from.z))
    }

    /// The same as [`Self::depth`], taking no account of the ears.
    pub(super) fn inside(&self, p: Vec3) -> f32 {
        let from = self.from(p);
        // The line recedes a little above the temples, and comes down a little in the middle.
        let corner = smoothstep(0.020, 0.042, from.x.abs()) * smoothstep(-0.03, 0.01, from.z);
        let peak = smoothstep(0.014, 0.0, from.x.abs()) * smoothstep(-0.02, 0.02, from.z);
        let burn =
            0.022 * self.sideburns * smoothstep(-0.040, -0.052, from.z) * smoothstep(-0.078, -0.066, from.z);
        let waver: f32 = WAVER.iter().map(|(far, often)| far * noise(p * *often)).sum();
        let low = LOW * (1.0 - self.receded) * smoothstep(-0.05, 0.01, from.z);
        // A woman's is an arch.
        let recedes = ROUND + (0.006 + 0.014 * self.receded - ROUND) * self.sideburns;
        from.y + low - border(from.z) - recedes * corner - 0.004 * self.receded + burn + 0.002 * peak + waver
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
