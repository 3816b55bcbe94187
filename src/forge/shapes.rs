//! The facial shapes: 52 channels as the source gives them, and 15 visemes made over them.

use std::collections::BTreeMap;

use glam::Vec3;

use super::ForgeError;
use super::base::{Base, Displacement};
use super::lips::Lips;
use super::mouth::Mouth;
use super::skeleton::Skin;
use super::visemes::VISEMES;
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

/// Channels that leave closed lips closed.
const CLOSED: [Channel; 19] = [
    Channel::CheekPuff,
    Channel::MouthDimpleLeft,
    Channel::MouthDimpleRight,
    Channel::MouthFrownLeft,
    Channel::MouthFrownRight,
    Channel::MouthLeft,
    Channel::MouthPressLeft,
    Channel::MouthPressRight,
    Channel::MouthPucker,
    Channel::MouthRight,
    Channel::MouthRollLower,
    Channel::MouthRollUpper,
    Channel::MouthShrugLower,
    Channel::MouthShrugUpper,
    Channel::MouthSmileLeft,
    Channel::MouthSmileRight,
    Channel::MouthStretchLeft,
    Channel::MouthStretchRight,
    Channel::JawForward,
];

/// All shapes, and the lips of `base` closed at rest, teeth behind them: the 52 channels in their order, then `viseme_sil` to
/// `viseme_U`.
///
/// # Errors
/// When a channel's file is missing or broken.
pub(super) fn all(
    base: &mut Base,
    skins: &mut Vec<Skin>,
    wheel: &mut Wheel<'_>,
) -> Result<(Vec<Shape>, Mouth), ForgeError> {
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
    let mouth = Mouth::grow(base, skins, &lips);
    for channel in CLOSED {
        let displacement = &mut shapes[channel.index()].displacement;
        let mut moved: BTreeMap<u32, Vec3> = displacement.deltas.iter().copied().collect();
        lips.seal(base, &mut moved);
        displacement.deltas = moved.into_iter().collect();
    }
    for shape in &mut shapes {
        mouth.carry(base, &mut shape.displacement);
    }
    let visemes: Vec<Shape> = VISEMES.iter().map(|viseme| viseme.bake(base, &shapes, &lips, &mouth)).collect();
    shapes.extend(visemes);
    Ok((shapes, mouth))
}
