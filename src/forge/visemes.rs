//! The mouth's shapes in speech: mixes of channels, then lips, tongue and cheeks brought to where the sound is made.

use glam::Vec3;

use super::base::{Base, Displacement};
use super::cheeks::HOLLOW;
use super::lips::{Lips, Opening};
use super::mouth::{Mouth, Reach};
use super::shapes::{Shape, mix};
use crate::vocabulary::Channel;

/// How one viseme is made.
#[derive(Debug)]
pub(super) struct Viseme {
    name: &'static str,
    mix: &'static [(Channel, f32)],
    lips: Form,
    tongue: &'static [Reach],
    /// How far the cheeks stand out, metres; negative hollows them.
    cheeks: f32,
}

/// What the lips do beyond the mix.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    Free,
    /// They meet exactly.
    Sealed,
    /// The lower lip lies against the edge of the upper teeth.
    Tucked,
    /// They part along a contour.
    Parted(Opening),
}

use Channel::{
    CheekSquintLeft as CheekL, CheekSquintRight as CheekR, JawForward as Forward, JawOpen as Jaw,
    MouthFunnel as Funnel, MouthPressLeft as PressL, MouthPressRight as PressR, MouthPucker as Pucker,
    MouthRollLower as RollLower, MouthRollUpper as RollUpper, MouthSmileLeft as SmileL,
    MouthSmileRight as SmileR, MouthStretchLeft as StretchL, MouthStretchRight as StretchR,
    MouthUpperUpLeft as UpperL, MouthUpperUpRight as UpperR,
};
use Form::{Free, Parted, Sealed, Tucked};

/// A mouth that opens to both sides alike; the arguments are the fields of [`Opening`] in their order.
const fn parted(
    apart: [f32; 2],
    sealed: f32,
    wide: f32,
    corner: [f32; 2],
    pout: f32,
    curve: [f32; 2],
) -> Form {
    Parted(Opening { apart, sealed, wide, corner, pout, curve })
}

/// In the vocabulary's order, tuned by eye.
pub(super) const VISEMES: [Viseme; 15] = [
    Viseme { name: "sil", mix: &[], lips: Free, tongue: &[], cheeks: 0.0 },
    Viseme {
        name: "PP",
        mix: &[(PressL, 0.22), (PressR, 0.22), (RollLower, 0.1), (RollUpper, 0.1)],
        lips: Sealed,
        tongue: &[],
        cheeks: 0.000_5,
    },
    Viseme {
        name: "FF",
        mix: &[
            (UpperL, 0.42),
            (UpperR, 0.42),
            (RollLower, 0.35),
            (Jaw, 0.05),
            (StretchL, 0.1),
            (StretchR, 0.1),
        ],
        lips: Tucked,
        tongue: &[],
        cheeks: 0.0,
    },
    Viseme {
        name: "TH",
        mix: &[(Jaw, 0.17)],
        lips: parted([2.2, 5.5], 0.22, 0.02, [2.4, 0.0], 0.0, [2.2, 2.2]),
        tongue: &[Reach::Tip(-0.0030, 0.0044)],
        cheeks: 0.0,
    },
    Viseme {
        name: "DD",
        mix: &[(Jaw, 0.16), (CheekL, 0.1), (CheekR, 0.1)],
        lips: parted([2.2, 5.5], 0.22, 0.03, [2.6, 0.0], 0.0, [2.2, 2.2]),
        tongue: &[Reach::Tip(-0.0006, -0.006)],
        cheeks: 0.0,
    },
    Viseme {
        name: "kk",
        mix: &[(Jaw, 0.22)],
        lips: parted([2.0, 6.5], 0.22, 0.0, [2.0, 0.0], 0.0, [2.1, 2.1]),
        tongue: &[Reach::Back(0.010)],
        cheeks: 0.0,
    },
    Viseme {
        name: "CH",
        mix: &[(Funnel, 0.35), (Pucker, 0.2), (Jaw, 0.08)],
        lips: parted([3.0, 5.4], 0.40, -0.20, [0.4, 2.6], 2.6, [2.1, 2.2]),
        tongue: &[Reach::Blade(0.005)],
        cheeks: -0.001_5,
    },
    Viseme {
        name: "SS",
        mix: &[
            (Jaw, 0.05),
            (StretchL, 0.12),
            (StretchR, 0.12),
            (SmileL, 0.12),
            (SmileR, 0.12),
            (CheekL, 0.2),
            (CheekR, 0.2),
        ],
        lips: parted([2.2, 4.0], 0.24, 0.07, [4.4, -0.5], 0.0, [2.3, 2.3]),
        tongue: &[Reach::Blade(0.004)],
        cheeks: 0.0,
    },
    Viseme {
        name: "nn",
        mix: &[(Jaw, 0.13), (CheekL, 0.1), (CheekR, 0.1)],
        lips: parted([1.9, 4.6], 0.24, 0.02, [2.6, 0.0], 0.0, [2.2, 2.2]),
        tongue: &[Reach::Tip(0.0004, -0.006)],
        cheeks: 0.0,
    },
    Viseme {
        name: "RR",
        mix: &[(Pucker, 0.22), (Funnel, 0.2), (Jaw, 0.12)],
        lips: parted([2.6, 5.6], 0.42, -0.18, [0.2, 2.2], 2.2, [2.1, 2.2]),
        tongue: &[Reach::Tip(-0.001, -0.017)],
        cheeks: -0.001_5,
    },
    Viseme {
        name: "aa",
        mix: &[(Jaw, 0.50)],
        lips: parted([2.9, 11.2], 0.12, -0.07, [-1.7, -0.2], 0.8, [2.0, 2.2]),
        tongue: &[],
        cheeks: -0.000_6,
    },
    Viseme {
        name: "E",
        mix: &[(Jaw, 0.17), (CheekL, 0.22), (CheekR, 0.22)],
        lips: parted([3.1, 4.2], 0.20, 0.11, [4.6, -1.6], 0.0, [2.0, 2.1]),
        tongue: &[Reach::Blade(0.003)],
        cheeks: 0.000_5,
    },
    Viseme {
        name: "I",
        mix: &[
            (Jaw, 0.11),
            (StretchL, 0.08),
            (StretchR, 0.08),
            (SmileL, 0.38),
            (SmileR, 0.38),
            (CheekL, 0.4),
            (CheekR, 0.4),
        ],
        lips: parted([2.7, 4.8], 0.22, 0.11, [5.6, -1.4], 0.0, [2.3, 2.3]),
        tongue: &[Reach::Blade(0.005)],
        cheeks: 0.001,
    },
    Viseme {
        name: "O",
        mix: &[(Funnel, 0.28), (Pucker, 0.18), (Jaw, 0.48)],
        lips: parted([1.4, 14.0], 0.20, -0.17, [-2.6, 2.6], 3.0, [2.0, 2.3]),
        tongue: &[Reach::Tip(-0.011, -0.024), Reach::Back(0.004)],
        cheeks: -0.001_2,
    },
    Viseme {
        name: "U",
        mix: &[(Pucker, 0.35), (Funnel, 0.25), (Jaw, 0.16), (Forward, 0.1)],
        lips: parted([-0.4, 5.4], 0.34, -0.28, [-1.6, 3.4], 4.2, [2.0, 2.5]),
        tongue: &[Reach::Tip(-0.007, -0.022), Reach::Back(0.005)],
        cheeks: -0.001_2,
    },
];

/// Rounds of smoothing before the lips are formed.
const SMOOTH: u32 = 6;
/// How far sealed lips stay apart where their edges touch: what bulges between those does touch, metres.
const TOUCH: f32 = 0.000_07;
/// Where the lower lip lies in FF, from the edge of the upper teeth, metres: upwards and forwards.
const BITE: [f32; 2] = [0.000_3, 0.002_8];

impl Viseme {
    /// The finished shape; `channels` are in the vocabulary's order.
    pub(super) fn bake(&self, base: &Base, channels: &[Shape], lips: &Lips, inside: &Mouth) -> Shape {
        let mut moved = mix(channels, self.mix);
        if self.lips != Free {
            lips.smooth(&mut moved, SMOOTH);
        }
        match self.lips {
            Free => {}
            Sealed => {
                lips.seal(base, &mut moved);
                lips.open(base, &mut moved, TOUCH, 4.0, 0.5);
                lips.settle(base, &mut moved);
            }
            Tucked => lips.tuck(base, &mut moved, inside.edge() + Vec3::new(0.0, BITE[0], BITE[1])),
            Parted(opening) => lips.part_along(base, &mut moved, &opening),
        }
        for reach in self.tongue {
            inside.reach(base, *reach, &mut moved);
        }
        if self.cheeks != 0.0 {
            HOLLOW.swell(base, lips, [self.cheeks, 0.0], |_| 1.0, &mut moved);
        }
        let displacement = Displacement { deltas: moved.into_iter().collect() };
        Shape { name: format!("viseme_{}", self.name), displacement }
    }
}
