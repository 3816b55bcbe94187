//! The avatar's own expressions and look-at as means of visemes, blinks and glances.

use crate::avatar::{LookAt, LookAtKind, RangeMap};
use crate::vocabulary::Channel;

/// The angle of the eyes that a look channel's full weight stands for, radians (about 30°).
pub const EYE_RANGE: f32 = 0.52;

/// Where eyes look, and whose range map of [`LookAt`] holds for the joint.
const LOOKS: &[(Channel, Reach)] = &[
    (Channel::EyeLookUpLeft, Reach::Up),
    (Channel::EyeLookUpRight, Reach::Up),
    (Channel::EyeLookDownLeft, Reach::Down),
    (Channel::EyeLookDownRight, Reach::Down),
    (Channel::EyeLookOutLeft, Reach::Outer),
    (Channel::EyeLookInRight, Reach::Inner),
    (Channel::EyeLookOutRight, Reach::Outer),
    (Channel::EyeLookInLeft, Reach::Inner),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Inner,
    Outer,
    Down,
    Up,
}

/// How far along its way a look channel of `weight` (0..=1) is, where the avatar's look-at is not a straight line:
/// `None` where it is.
pub(super) fn bent(look_at: &LookAt, channel: Channel, weight: f32) -> Option<f32> {
    let (_, reach) = LOOKS.iter().find(|(c, _)| *c == channel)?;
    let map = map(look_at, *reach);
    let is_straight = map.curve.is_empty() && map.input_max >= EYE_RANGE;
    let most = map.at(EYE_RANGE);
    (!is_straight && most > 0.0).then(|| map.at(weight * EYE_RANGE) / most)
}

/// How far the avatar's look-at takes a glance at a look channel's full weight: radians of a joint, or the weight of an
/// expression; 0 where its author lets the eyes no further, `None` where it does not say.
pub(super) fn most(look_at: &LookAt, kind: LookAtKind, channel: Channel) -> Option<f32> {
    let (_, reach) = LOOKS.iter().find(|(c, _)| *c == channel).filter(|_| look_at.kind == kind)?;
    Some(map(look_at, *reach).at(EYE_RANGE))
}

/// Whether `channel` is a glance.
pub(super) fn is_look(channel: Channel) -> bool {
    LOOKS.iter().any(|(c, _)| *c == channel)
}

/// Expressions move both eyes by the outer map (`VRMC_vrm-1.0/lookAt.md`).
fn map(look_at: &LookAt, reach: Reach) -> &RangeMap {
    match (reach, look_at.kind) {
        (Reach::Inner, LookAtKind::Bone) => &look_at.inner,
        (Reach::Inner | Reach::Outer, _) => &look_at.outer,
        (Reach::Down, _) => &look_at.down,
        (Reach::Up, _) => &look_at.up,
    }
}
