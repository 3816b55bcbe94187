//! Whether a face's shapes count left and right as the audience sees them.

use super::morphs::{Found, MorphIndex};
use super::{Facing, Move};
use crate::avatar::Avatar;
use crate::vocabulary::Channel;
use glam::{Mat4, Vec3};

/// Shapes that lie wholly on their side, of which one pair is enough to tell.
const PAIRS: &[(Channel, Channel)] = &[
    (Channel::EyeBlinkLeft, Channel::EyeBlinkRight),
    (Channel::BrowOuterUpLeft, Channel::BrowOuterUpRight),
    (Channel::MouthSmileLeft, Channel::MouthSmileRight),
];

/// Whether what is named left moves the right side. A skin may take its vertices anywhere; only meshes without one are
/// looked at.
pub(super) fn is_mirrored(avatar: &Avatar, rest_world: &[Mat4], facing: Facing, morphs: &MorphIndex) -> bool {
    let middle = |channel: Channel| middle(avatar, rest_world, &morphs.find(channel.name())?);
    let apart =
        |(left, right): &(Channel, Channel)| Some((middle(*left)? - middle(*right)?).dot(facing.left));
    PAIRS.iter().find_map(apart).is_some_and(|apart| apart < 0.0)
}

/// The channel of the other side; the same for the middle ones.
pub(super) fn other_side(channel: Channel) -> Channel {
    let name = channel.name();
    let other = match (name.strip_suffix("Left"), name.strip_suffix("Right")) {
        (Some(stem), _) => Channel::from_name(&format!("{stem}Right")),
        (_, Some(stem)) => Channel::from_name(&format!("{stem}Left")),
        _ => None,
    };
    other.unwrap_or(channel)
}

/// The middle of the vertices that a shape moves, each as much as it moves.
fn middle(avatar: &Avatar, rest_world: &[Mat4], found: &Found) -> Option<Vec3> {
    let (mut sum, mut all) = (Vec3::ZERO, 0.0);
    for step in &found.moves {
        let Move::Morph { node, target, .. } = *step else { continue };
        let shown = avatar.nodes.get(node).filter(|n| n.skin.is_none())?;
        let (mesh, world) = (avatar.meshes.get(shown.mesh?)?, rest_world.get(node)?);
        for primitive in &mesh.primitives {
            let Some(morph) = primitive.morphs.get(target) else { continue };
            for (vertex, delta) in morph.vertices.iter().zip(&morph.positions) {
                let Some(position) = primitive.positions.get(*vertex as usize) else { continue };
                let weight = Vec3::from(*delta).length();
                sum += world.transform_point3(Vec3::from(*position)) * weight;
                all += weight;
            }
        }
    }
    let middle = sum / all;
    (all > 0.0 && middle.is_finite()).then_some(middle)
}
