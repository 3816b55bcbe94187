//! The mouth's shapes in speech: mixes of channels, then lips, tongue and cheeks brought to where the sound is made.

use std::collections::BTreeMap;

use glam::Vec3;

use super::base::{Base, Displacement, range};
use super::lips::Lips;
use super::mouth::{Mouth, Reach};
use super::part::source_normals;
use super::shapes::Shape;
use crate::vocabulary::Channel;

/// How one viseme is made.
#[derive(Debug)]
pub(super) struct Viseme {
    name: &'static str,
    mix: &'static [(Channel, f32)],
    lips: Form,
    /// How far the corners are drawn to the middle, of their distance from it.
    narrow: f32,
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
    /// They part in a curve of this power; 2 is an ellipse, more is squarer.
    Curved(f32),
}

use Channel::{
    CheekSquintLeft as CheekL, CheekSquintRight as CheekR, JawForward as Forward, JawOpen as Jaw,
    MouthDimpleLeft as DimpleL, MouthDimpleRight as DimpleR, MouthFunnel as Funnel,
    MouthLowerDownLeft as LowerL, MouthLowerDownRight as LowerR, MouthPressLeft as PressL,
    MouthPressRight as PressR, MouthPucker as Pucker, MouthRollLower as RollLower,
    MouthRollUpper as RollUpper, MouthSmileLeft as SmileL, MouthSmileRight as SmileR,
    MouthStretchLeft as StretchL, MouthStretchRight as StretchR, MouthUpperUpLeft as UpperL,
    MouthUpperUpRight as UpperR,
};
use Form::{Curved, Free, Sealed, Tucked};

/// In the vocabulary's order, tuned by eye.
pub(super) const VISEMES: [Viseme; 15] = [
    Viseme { name: "sil", mix: &[], lips: Free, narrow: 0.0, tongue: &[], cheeks: 0.0 },
    Viseme {
        name: "PP",
        mix: &[(PressL, 0.45), (PressR, 0.45), (RollLower, 0.34), (RollUpper, 0.34)],
        lips: Sealed,
        narrow: 0.0,
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
        narrow: 0.0,
        tongue: &[],
        cheeks: 0.0,
    },
    Viseme {
        name: "TH",
        mix: &[(Jaw, 0.19), (UpperL, 0.25), (UpperR, 0.25), (LowerL, 0.3), (LowerR, 0.3)],
        lips: Curved(1.7),
        narrow: 0.0,
        tongue: &[Reach::Tip(-0.0030, 0.0044)],
        cheeks: 0.0,
    },
    Viseme {
        name: "DD",
        mix: &[(Jaw, 0.19), (UpperL, 0.3), (UpperR, 0.3), (LowerL, 0.28), (LowerR, 0.28)],
        lips: Curved(1.7),
        narrow: 0.0,
        tongue: &[Reach::Tip(-0.0006, -0.006)],
        cheeks: 0.0,
    },
    Viseme {
        name: "kk",
        mix: &[(Jaw, 0.24), (UpperL, 0.15), (UpperR, 0.15), (LowerL, 0.15), (LowerR, 0.15)],
        lips: Curved(1.7),
        narrow: 0.03,
        tongue: &[Reach::Back(0.010)],
        cheeks: 0.0,
    },
    Viseme {
        name: "CH",
        mix: &[(Funnel, 0.62), (Pucker, 0.38), (Jaw, 0.10)],
        lips: Curved(1.8),
        narrow: 0.08,
        tongue: &[Reach::Blade(0.005)],
        cheeks: -0.001,
    },
    Viseme {
        name: "SS",
        mix: &[
            (Jaw, 0.075),
            (StretchL, 0.3),
            (StretchR, 0.3),
            (UpperL, 0.34),
            (UpperR, 0.34),
            (LowerL, 0.55),
            (LowerR, 0.55),
            (SmileL, 0.12),
            (SmileR, 0.12),
        ],
        lips: Curved(1.8),
        narrow: 0.0,
        tongue: &[Reach::Blade(0.004)],
        cheeks: 0.0,
    },
    Viseme {
        name: "nn",
        mix: &[(Jaw, 0.15), (UpperL, 0.18), (UpperR, 0.18), (LowerL, 0.2), (LowerR, 0.2)],
        lips: Curved(1.7),
        narrow: 0.0,
        tongue: &[Reach::Tip(0.0004, -0.006)],
        cheeks: 0.0,
    },
    Viseme {
        name: "RR",
        mix: &[(Pucker, 0.42), (Funnel, 0.38), (Jaw, 0.15)],
        lips: Curved(1.8),
        narrow: 0.12,
        tongue: &[Reach::Tip(-0.001, -0.017)],
        cheeks: -0.001,
    },
    Viseme {
        name: "aa",
        mix: &[(Jaw, 0.58), (LowerL, 0.12), (LowerR, 0.12), (UpperL, 0.22), (UpperR, 0.22)],
        lips: Curved(1.65),
        narrow: 0.08,
        tongue: &[],
        cheeks: -0.001,
    },
    Viseme {
        name: "E",
        mix: &[
            (Jaw, 0.30),
            (StretchL, 0.32),
            (StretchR, 0.32),
            (DimpleL, 0.2),
            (DimpleR, 0.2),
            (UpperL, 0.25),
            (UpperR, 0.25),
            (LowerL, 0.12),
            (LowerR, 0.12),
        ],
        lips: Curved(1.6),
        narrow: 0.0,
        tongue: &[Reach::Blade(0.003)],
        cheeks: 0.0,
    },
    Viseme {
        name: "I",
        mix: &[
            (Jaw, 0.13),
            (StretchL, 0.3),
            (StretchR, 0.3),
            (SmileL, 0.38),
            (SmileR, 0.38),
            (UpperL, 0.28),
            (UpperR, 0.28),
            (LowerL, 0.15),
            (LowerR, 0.15),
            (CheekL, 0.25),
            (CheekR, 0.25),
        ],
        lips: Curved(1.6),
        narrow: 0.0,
        tongue: &[Reach::Blade(0.005)],
        cheeks: 0.001,
    },
    Viseme {
        name: "O",
        mix: &[(Funnel, 0.62), (Pucker, 0.48), (Jaw, 0.40)],
        lips: Curved(1.75),
        narrow: 0.13,
        tongue: &[Reach::Back(0.004)],
        cheeks: -0.002,
    },
    Viseme {
        name: "U",
        mix: &[(Pucker, 0.95), (Funnel, 0.30), (Jaw, 0.07), (Forward, 0.1)],
        lips: Curved(1.9),
        narrow: 0.24,
        tongue: &[Reach::Back(0.005)],
        cheeks: -0.002,
    },
];

/// Rounds of smoothing before the lips are formed and after.
const SMOOTH: [u32; 2] = [6, 5];
/// How far sealed lips press into each other, so that no emotion parts them, metres.
const PRESS: f32 = 0.000_2;
/// How much of a rounding the upper lip takes.
const ABOVE: f32 = 0.42;
/// Where the lower lip lies in FF, from the edge of the upper teeth, metres: upwards and forwards.
const BITE: [f32; 2] = [0.000_3, 0.001_3];
/// Size of a cheek, metres, and where its middle is from the corner of the mouth: outwards and upwards.
const CHEEK: f32 = 0.017;
const CHEEK_OUT: f32 = 0.014;
const CHEEK_UP: f32 = 0.004;

impl Viseme {
    /// The finished shape; `channels` are in the vocabulary's order.
    pub(super) fn bake(&self, base: &Base, channels: &[Shape], lips: &Lips, inside: &Mouth) -> Shape {
        let mut moved: BTreeMap<u32, Vec3> = BTreeMap::new();
        for &(channel, weight) in self.mix {
            for &(vertex, delta) in &channels[channel.index()].displacement.deltas {
                *moved.entry(vertex).or_default() += delta * weight;
            }
        }
        if self.lips != Free {
            lips.smooth(&mut moved, SMOOTH[0]);
            lips.narrow(base, &mut moved, self.narrow);
        }
        match self.lips {
            Free => {}
            Sealed => {
                lips.seal(base, &mut moved);
                lips.open(base, &mut moved, -PRESS, 4.0);
            }
            Tucked => lips.tuck(base, &mut moved, inside.edge() + Vec3::new(0.0, BITE[0], BITE[1])),
            Curved(power) => {
                lips.round(base, &mut moved, power, ABOVE);
                lips.smooth(&mut moved, SMOOTH[1]);
            }
        }
        for reach in self.tongue {
            inside.reach(base, *reach, &mut moved);
        }
        if self.cheeks != 0.0 {
            swell(base, lips, self.cheeks, &mut moved);
        }
        let displacement = Displacement { deltas: moved.into_iter().collect() };
        Shape { name: format!("viseme_{}", self.name), displacement }
    }
}

/// Moves the cheeks outwards by `by`.
fn swell(base: &Base, lips: &Lips, by: f32, moved: &mut BTreeMap<u32, Vec3>) {
    let normals = source_normals(base, &base.positions);
    let middle = lips.middle(base);
    let corner = lips.half_width(base);
    for vertex in range::BODY {
        let p = base.positions[vertex];
        let from = Vec3::new(p.x.abs() - corner - CHEEK_OUT, p.y - middle.y - CHEEK_UP, 0.0);
        let share = libm::expf(-from.length_squared() / (CHEEK * CHEEK));
        // Only the outside of the face: not its lining, nor the back of the head.
        let is_outside = p.z > middle.z - 0.06 && normals[vertex].z > 0.0;
        if is_outside && share > 0.02 {
            *moved.entry(vertex as u32).or_default() += normals[vertex] * (by * share);
        }
    }
}
