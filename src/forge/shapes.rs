//! The facial shapes: 52 channels after the source, 15 visemes made over them, and what mends them where they meet.

use std::collections::BTreeMap;

use glam::Vec3;

use super::ForgeError;
use super::base::{Base, Displacement};
use super::cheeks::APPLE;
use super::correctives::{self, Side};
use super::lids;
use super::lips::{Bend, Lips, Opening};
use super::mouth::{Mouth, Reach};
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
const CLOSED: [Channel; 21] = [
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
    Channel::NoseSneerLeft,
    Channel::NoseSneerRight,
];

/// Channels that part the lips.
const OPEN: [Channel; 6] = [
    Channel::JawOpen,
    Channel::MouthFunnel,
    Channel::MouthLowerDownLeft,
    Channel::MouthLowerDownRight,
    Channel::MouthUpperUpLeft,
    Channel::MouthUpperUpRight,
];
/// Those of them that part both sides alike, and how.
const ROUND: [(Channel, Opening); 2] = [
    (
        Channel::JawOpen,
        Opening {
            apart: [0.6, 29.0],
            sealed: 0.12,
            wide: -0.04,
            corner: [-6.0, -2.0],
            pout: 0.0,
            curve: [2.2, 2.3],
        },
    ),
    (
        Channel::MouthFunnel,
        Opening {
            apart: [3.0, 5.0],
            sealed: 0.30,
            wide: -0.22,
            corner: [0.0, 4.0],
            pout: 5.0,
            curve: [2.3, 2.4],
        },
    ),
];
/// What else smiling does: shares of the channels that raise the cheek and the lower lid.
const CHEERS: [(Channel, [(Channel, f32); 2]); 2] = [
    (Channel::MouthSmileLeft, [(Channel::CheekSquintLeft, 0.45), (Channel::EyeSquintLeft, 0.26)]),
    (Channel::MouthSmileRight, [(Channel::CheekSquintRight, 0.45), (Channel::EyeSquintRight, 0.26)]),
];
/// Where the lips go in it.
const SMILE: Bend = Bend { out: 5.0, up: 9.4, back: 9.0 };
/// How far it fills and raises the cheek itself, metres.
const CHEERED: [f32; 2] = [0.004_5, 0.004];
/// Rounds in which the source's movements of the mouth are evened, and more of them that make the fold of a smile soft.
const SMOOTH: u32 = 3;
const SOFTENED: u32 = 28;

/// How far the lips of the source are brought together at rest, of the way until they touch.
const CLOSED_BY: f32 = 0.97;
/// Rounds in which lips are evened and brought together over an open jaw, and how far they press into each other then,
/// metres.
const ROUNDS: u32 = 3;
const PRESS: f32 = 0.000_3;

/// What parts the lips and teeth for the tongue to come out, and where its tip is then.
const OUT_OVER: [(Channel, f32); 3] =
    [(Channel::JawOpen, 0.16), (Channel::MouthLowerDownLeft, 0.2), (Channel::MouthLowerDownRight, 0.2)];
const OUT_TO: Reach = Reach::Tip(-0.009, 0.032);

/// All shapes, and the lips of `base` closed at rest, teeth behind them: the 52 channels in their order, then `viseme_sil` to
/// `viseme_U`, then the correctives.
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
    lips.smooth(&mut rest, SMOOTH);
    lips.seal(base, &mut rest);
    lips.settle(base, &mut rest);
    base.displace(&Displacement { deltas: rest.into_iter().collect() }, CLOSED_BY);
    let mouth = Mouth::grow(base, skins, &lips);
    for (smile, [cheek, lid]) in CHEERS {
        let deltas = mix(&shapes, &[(smile, 1.0), cheek, lid]).into_iter().collect();
        shapes[smile.index()].displacement = Displacement { deltas };
    }
    for channel in OPEN.into_iter().chain(CLOSED) {
        let displacement = &mut shapes[channel.index()].displacement;
        let mut moved: BTreeMap<u32, Vec3> = displacement.deltas.iter().copied().collect();
        lips.smooth(&mut moved, SMOOTH);
        let side = Side::of_smile(channel);
        if let Some(side) = side {
            lips.smooth(&mut moved, SOFTENED);
            lips.bend(base, &mut moved, SMILE, |x| side.share(x));
        }
        if CLOSED.contains(&channel) {
            lips.seal(base, &mut moved);
        } else if let Some((_, opening)) = ROUND.iter().find(|(round, _)| *round == channel) {
            lips.part_along(base, &mut moved, opening);
        }
        if let Some(side) = side {
            APPLE.swell(base, &lips, CHEERED, |x| side.share(x), &mut moved);
            side.seal(base, &lips, &mut moved);
        }
        displacement.deltas = moved.into_iter().collect();
    }
    close(base, &mut shapes, &lips);
    let shut = lids::share(base, &shapes[Channel::EyeBlinkLeft.index()].displacement);
    for blink in [Channel::EyeBlinkLeft, Channel::EyeBlinkRight] {
        shapes[blink.index()].displacement.deltas.iter_mut().for_each(|(_, delta)| *delta *= shut);
    }
    for shape in &mut shapes {
        mouth.carry(base, &mut shape.displacement);
    }
    shapes[Channel::TongueOut.index()].displacement = tongue_out(base, &shapes, &mouth);
    let visemes: Vec<Shape> =
        VISEMES.iter().map(|viseme| viseme.bake(base, &shapes, &lips, &mouth)).collect();
    shapes.extend(visemes);
    correctives::add_to(&mut shapes, base, &lips);
    Ok((shapes, mouth))
}

/// Makes the channel that closes the lips over an open jaw undo exactly what the jaw does to them.
fn close(base: &Base, shapes: &mut [Shape], lips: &Lips) {
    let [jaw, closing] = [Channel::JawOpen, Channel::MouthClose].map(Channel::index);
    let mut moved: BTreeMap<u32, Vec3> = shapes[jaw].displacement.deltas.iter().copied().collect();
    for &(vertex, delta) in &shapes[closing].displacement.deltas {
        *moved.entry(vertex).or_default() += delta;
    }
    for _ in 0..ROUNDS {
        lips.smooth(&mut moved, SMOOTH);
        lips.seal(base, &mut moved);
    }
    lips.open(base, &mut moved, -PRESS, 4.0, 0.5);
    for &(vertex, delta) in &shapes[jaw].displacement.deltas {
        *moved.entry(vertex).or_default() -= delta;
    }
    shapes[closing].displacement.deltas = moved.into_iter().collect();
}

/// The tongue over the lower lip, which makes way.
fn tongue_out(base: &Base, shapes: &[Shape], mouth: &Mouth) -> Displacement {
    let mut moved = mix(shapes, &OUT_OVER);
    mouth.reach(base, OUT_TO, &mut moved);
    Displacement { deltas: moved.into_iter().collect() }
}

/// How far each vertex moves in a mix of channels; `channels` are in the vocabulary's order.
pub(super) fn mix(channels: &[Shape], parts: &[(Channel, f32)]) -> BTreeMap<u32, Vec3> {
    let mut moved: BTreeMap<u32, Vec3> = BTreeMap::new();
    for (channel, weight) in parts {
        for &(vertex, delta) in &channels[channel.index()].displacement.deltas {
            *moved.entry(vertex).or_default() += delta * *weight;
        }
    }
    moved
}
