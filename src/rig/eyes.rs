//! Whether a shape that is named for a glance turns the eyeball itself or only moves the lids.

use super::Move;
use crate::avatar::{Avatar, Influences, Primitive};

/// An eyeball that moves less than this at full weight stands still, metres.
const STILL: f32 = 2e-4;

/// Whether vertices ride on the eye's joint and none of `moves` takes them along: then the joint has to turn too.
pub(super) fn needs_turning(avatar: &Avatar, joint: usize, moves: &[Move]) -> bool {
    let mut rides = false;
    let mut hangs = vec![false; avatar.nodes.len()];
    for (index, node) in avatar.nodes.iter().enumerate() {
        let is_below = index == joint || node.parent.and_then(|p| hangs.get(p)) == Some(&true);
        if let Some(slot) = hangs.get_mut(index) {
            *slot = is_below;
        }
        let Some(mesh) = node.mesh.and_then(|m| avatar.meshes.get(m)) else { continue };
        let slot = node
            .skin
            .and_then(|s| avatar.skins.get(s))
            .map(|skin| skin.joints.iter().position(|j| *j == joint));
        let targets = moves.iter().filter_map(|m| match *m {
            Move::Morph { node, target, .. } if node == index => Some(target),
            _ => None,
        });
        let targets: Vec<usize> = targets.collect();
        for primitive in &mesh.primitives {
            let on_eye: Vec<bool> = match slot {
                Some(Some(slot)) => primitive.influences.iter().map(|i| follows(i, slot)).collect(),
                Some(None) => continue,
                // A mesh without a skin follows the node it hangs on.
                None => vec![is_below; primitive.positions.len()],
            };
            if on_eye.contains(&true) {
                rides = true;
                if targets.iter().any(|target| carries(primitive, *target, &on_eye)) {
                    return false;
                }
            }
        }
    }
    rides
}

fn follows(influences: &Influences, slot: usize) -> bool {
    let pairs = influences.joints.iter().zip(influences.weights);
    pairs.filter(|(joint, _)| usize::from(**joint) == slot).map(|(_, weight)| weight).sum::<f32>() > 0.5
}

fn carries(primitive: &Primitive, target: usize, on_eye: &[bool]) -> bool {
    primitive.morphs.get(target).is_some_and(|morph| {
        morph.vertices.iter().zip(&morph.positions).any(|(vertex, delta)| {
            on_eye.get(*vertex as usize) == Some(&true) && glam::Vec3::from(*delta).length() > STILL
        })
    })
}
