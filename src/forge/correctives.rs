//! Shapes for movements that go wrong only together: each is as strong as the product of those in its name.

use std::collections::BTreeMap;

use glam::Vec3;

use super::base::{Base, Displacement, range};
use super::dress::smoothstep;
use super::eyes::Ball;
use super::lips::Lips;
use super::shapes::Shape;
use crate::vocabulary::Channel;

/// One shape, named by its drivers with `+` between them.
#[derive(Debug)]
struct Corrective {
    drivers: &'static [&'static str],
    /// What else moves while the remedy is sought: the other side's twin, or a corrective above.
    beside: &'static [&'static str],
    remedy: Remedy,
    side: Side,
}

#[derive(Debug, Clone, Copy)]
enum Remedy {
    /// The open lips part in a curve of this power.
    Curve(f32),
    /// The lips meet exactly.
    Seal,
    /// The last driver lets go of the lids.
    Release,
    /// The last driver does less by this share: rounded lips hold against what pulls them wide.
    Ease(f32),
}

/// Where on the face something is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Side {
    /// Everywhere.
    Both,
    /// On the avatar's left.
    Left,
    /// On its right.
    Right,
}

impl Side {
    /// The side of a channel that smiles.
    pub(super) fn of_smile(channel: Channel) -> Option<Self> {
        match channel {
            Channel::MouthSmileLeft => Some(Left),
            Channel::MouthSmileRight => Some(Right),
            _ => None,
        }
    }

    /// How much is done at `x`, 0..=1.
    pub(super) fn share(self, x: f32) -> f32 {
        match self {
            Both => 1.0,
            Left => smoothstep(-SEAM, SEAM, x),
            Right => smoothstep(SEAM, -SEAM, x),
        }
    }

    /// Brings the lips together on this side.
    pub(super) fn seal(self, base: &Base, lips: &Lips, moved: &mut BTreeMap<u32, Vec3>) {
        let mut sealed = moved.clone();
        lips.seal(base, &mut sealed);
        for (vertex, goal) in sealed {
            let share = self.share(base.positions[vertex as usize].x);
            let movement = moved.entry(vertex).or_default();
            *movement = movement.lerp(goal, share);
        }
    }
}

use Remedy::{Curve, Ease, Release, Seal};
use Side::{Both, Left, Right};

const fn corrective(
    drivers: &'static [&'static str],
    beside: &'static [&'static str],
    remedy: Remedy,
    side: Side,
) -> Corrective {
    Corrective { drivers, beside, remedy, side }
}

const SMILE_L: &str = "mouthSmileLeft";
const SMILE_R: &str = "mouthSmileRight";
const SEALED_L: &str = "viseme_PP+mouthSmileLeft";
const SEALED_R: &str = "viseme_PP+mouthSmileRight";

const CORRECTIVES: [Corrective; 16] = [
    corrective(&["viseme_PP", SMILE_L], &[], Seal, Both),
    corrective(&["viseme_PP", SMILE_R], &[], Seal, Both),
    corrective(&["viseme_PP", SMILE_L, SMILE_R], &[SEALED_L, SEALED_R], Seal, Both),
    corrective(&["jawOpen", SMILE_L], &[SMILE_R], Curve(2.3), Left),
    corrective(&["jawOpen", SMILE_R], &[SMILE_L], Curve(2.3), Right),
    corrective(&["mouthFunnel", SMILE_L], &[SMILE_R], Curve(2.2), Left),
    corrective(&["mouthFunnel", SMILE_R], &[SMILE_L], Curve(2.2), Right),
    corrective(&["jawOpen", "mouthPucker"], &[], Curve(2.0), Both),
    corrective(&["viseme_O", SMILE_L], &[], Ease(0.6), Both),
    corrective(&["viseme_O", SMILE_R], &[], Ease(0.6), Both),
    corrective(&["viseme_U", SMILE_L], &[], Ease(0.6), Both),
    corrective(&["viseme_U", SMILE_R], &[], Ease(0.6), Both),
    corrective(&["eyeBlinkLeft", "eyeSquintLeft"], &[], Release, Left),
    corrective(&["eyeBlinkRight", "eyeSquintRight"], &[], Release, Right),
    corrective(&["eyeBlinkLeft", SMILE_L], &[], Release, Left),
    corrective(&["eyeBlinkRight", SMILE_R], &[], Release, Right),
];

/// How far lips that must meet while smiling press into each other, metres.
const PRESS: f32 = 0.000_2;
/// How much of a change the upper lip takes.
const ABOVE: f32 = 0.5;
/// Rounds of smoothing after the lips are formed.
const SMOOTH: u32 = 3;
/// Power of the curve in which smiling lips press.
const SMILING: f32 = 1.7;
/// Half the width of the seam between the shares of the two sides, metres.
const SEAM: f32 = 0.012;
/// Lids are what lies this close to the eyeball's surface, all of it and none of it, metres.
const LID: [f32; 2] = [0.004, 0.010];
/// A movement smaller than this is none, metres.
const NOTHING: f32 = 0.000_05;

/// Adds all of them to the finished channels and visemes.
pub(super) fn add_to(shapes: &mut Vec<Shape>, base: &Base, lips: &Lips) {
    for corrective in &CORRECTIVES {
        let shape = corrective.bake(base, shapes, lips);
        shapes.push(shape);
    }
}

impl Corrective {
    fn bake(&self, base: &Base, shapes: &[Shape], lips: &Lips) -> Shape {
        let mut together = BTreeMap::new();
        for name in self.drivers.iter().chain(self.beside) {
            add(&mut together, shapes, name);
        }
        let before = together.clone();
        match self.remedy {
            Curve(power) => {
                lips.round(base, &mut together, power, ABOVE);
                lips.smooth(&mut together, SMOOTH);
            }
            Seal => {
                lips.seal(base, &mut together);
                lips.open(base, &mut together, -PRESS, SMILING, ABOVE);
            }
            Release => {
                let ball = Ball::of(base, range::LEFT_EYE);
                self.relax(&mut together, shapes, |vertex| {
                    let p = base.positions[vertex as usize];
                    let off = Vec3::new(p.x.abs(), p.y, p.z).distance(ball.centre) - ball.radius;
                    smoothstep(LID[1], LID[0], off)
                });
            }
            Ease(share) => self.relax(&mut together, shapes, |_| share),
        }
        let share = |vertex: u32| self.side.share(base.positions[vertex as usize].x);
        let change = |(vertex, after): (u32, Vec3)| {
            let delta = (after - before.get(&vertex).copied().unwrap_or_default()) * share(vertex);
            (delta.length() > NOTHING).then_some((vertex, delta))
        };
        let deltas = together.into_iter().filter_map(change).collect();
        Shape { name: self.drivers.join("+"), displacement: Displacement { deltas } }
    }

    /// Takes back what the last driver does, as much of it as `share` says for each vertex.
    fn relax(&self, together: &mut BTreeMap<u32, Vec3>, shapes: &[Shape], share: impl Fn(u32) -> f32) {
        let mut alone = BTreeMap::new();
        self.drivers.last().into_iter().for_each(|name| add(&mut alone, shapes, name));
        for (vertex, delta) in alone {
            *together.entry(vertex).or_default() -= delta * share(vertex);
        }
    }
}

fn add(moved: &mut BTreeMap<u32, Vec3>, shapes: &[Shape], name: &str) {
    let shape = shapes.iter().find(|shape| shape.name == name);
    for &(vertex, delta) in shape.iter().flat_map(|shape| &shape.displacement.deltas) {
        *moved.entry(vertex).or_default() += delta;
    }
}
