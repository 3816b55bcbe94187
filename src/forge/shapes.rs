//! The facial shapes: 52 channels as the source gives them, and 15 visemes baked from recipes over them.

use std::collections::BTreeMap;

use glam::Vec3;

use super::ForgeError;
use super::base::{Base, Displacement};
use super::lips::Lips;
use super::wheel::{Folder, Wheel};
use crate::vocabulary::Channel;

/// A named facial movement of the whole source mesh.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// The morph target's name.
    pub(super) name: String,
    /// How far each vertex moves, metres.
    pub(super) displacement: Displacement,
}

type Recipe = (&'static str, &'static [(Channel, f32)]);

use Channel::{
    JawForward as Forward, JawOpen as Jaw, MouthDimpleLeft as DimpleL, MouthDimpleRight as DimpleR,
    MouthFunnel as Funnel, MouthLowerDownLeft as LowerL, MouthLowerDownRight as LowerR,
    MouthPressLeft as PressL, MouthPressRight as PressR, MouthPucker as Pucker, MouthRollLower as RollLower,
    MouthRollUpper as RollUpper, MouthShrugLower as ShrugLower, MouthSmileLeft as SmileL,
    MouthSmileRight as SmileR, MouthStretchLeft as StretchL, MouthStretchRight as StretchR,
    MouthUpperUpLeft as UpperL, MouthUpperUpRight as UpperR, TongueOut as Tongue,
};

/// Mouth shapes in terms of the channels, tuned by eye on this head. `mouthClose` with `jawOpen` parts the teeth behind nearly closed lips.
const VISEMES: [Recipe; 15] = [
    ("sil", &[]),
    ("PP", &[(PressL, 0.5), (PressR, 0.5), (RollLower, 0.22), (RollUpper, 0.22)]),
    ("FF", &[(ShrugLower, 0.45), (UpperL, 0.35), (UpperR, 0.35), (RollLower, 0.55), (Jaw, 0.06)]),
    ("TH", &[(Tongue, 0.85), (Jaw, 0.16), (UpperL, 0.15), (UpperR, 0.15), (LowerL, 0.2), (LowerR, 0.2)]),
    ("DD", &[(Jaw, 0.2), (Tongue, 0.2), (UpperL, 0.15), (UpperR, 0.15), (LowerL, 0.15), (LowerR, 0.15)]),
    ("kk", &[(Jaw, 0.28), (LowerL, 0.12), (LowerR, 0.12)]),
    ("CH", &[(Funnel, 0.6), (Pucker, 0.4), (Jaw, 0.16)]),
    (
        "SS",
        &[
            (Jaw, 0.09),
            (StretchL, 0.3),
            (StretchR, 0.3),
            (UpperL, 0.28),
            (UpperR, 0.28),
            (LowerL, 0.28),
            (LowerR, 0.28),
        ],
    ),
    ("nn", &[(Jaw, 0.18), (Tongue, 0.15), (LowerL, 0.12), (LowerR, 0.12), (UpperL, 0.1), (UpperR, 0.1)]),
    ("RR", &[(Pucker, 0.45), (Funnel, 0.3), (Jaw, 0.18)]),
    ("aa", &[(Jaw, 0.6), (LowerL, 0.1), (LowerR, 0.1)]),
    ("E", &[(Jaw, 0.36), (StretchL, 0.32), (StretchR, 0.32), (DimpleL, 0.22), (DimpleR, 0.22)]),
    (
        "I",
        &[
            (Jaw, 0.16),
            (StretchL, 0.4),
            (StretchR, 0.4),
            (SmileL, 0.3),
            (SmileR, 0.3),
            (UpperL, 0.2),
            (UpperR, 0.2),
        ],
    ),
    ("O", &[(Funnel, 0.7), (Pucker, 0.42), (Jaw, 0.42)]),
    ("U", &[(Pucker, 0.85), (Funnel, 0.5), (Jaw, 0.12), (Forward, 0.1)]),
];

/// The viseme in which the lips meet exactly.
const SEALED: &str = "PP";

/// All shapes, and the lips of `base` closed at rest: the 52 channels in their order, then `viseme_sil` to `viseme_U`.
///
/// # Errors
/// When a channel's file is missing or broken.
pub(super) fn all(base: &mut Base, wheel: &mut Wheel<'_>) -> Result<Vec<Shape>, ForgeError> {
    let mut shapes = Vec::with_capacity(Channel::COUNT + VISEMES.len());
    for &channel in Channel::ALL {
        let path = format!("{}.target", channel.name());
        let displacement = Displacement::parse(&path, &wheel.text(Folder::Face, &path)?)?;
        shapes.push(Shape { name: channel.name().into(), displacement });
    }
    let lips = Lips::find(base, &shapes[Channel::JawOpen.index()].displacement);
    // The source rests with the lips a little apart; at rest they touch.
    let mut rest = BTreeMap::new();
    lips.seal(base, &mut rest);
    base.displace(&Displacement { deltas: rest.into_iter().collect() }, 0.9);
    for (name, recipe) in VISEMES {
        let mut moved: BTreeMap<u32, Vec3> = BTreeMap::new();
        for &(channel, weight) in recipe {
            for &(vertex, delta) in &shapes[channel.index()].displacement.deltas {
                *moved.entry(vertex).or_default() += delta * weight;
            }
        }
        if name == SEALED {
            lips.seal(base, &mut moved);
        }
        let displacement = Displacement { deltas: moved.into_iter().collect() };
        shapes.push(Shape { name: format!("viseme_{name}"), displacement });
    }
    Ok(shapes)
}
