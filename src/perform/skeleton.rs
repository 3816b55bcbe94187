//! A posed skeleton: every node's local transform, and where that puts it on the stage.

use crate::avatar::{Avatar, Transform};
use glam::{Affine3A, Quat, Vec3};

/// The nodes of one avatar in one pose.
#[derive(Debug, Clone, Default)]
pub(super) struct Skeleton {
    pub(super) locals: Vec<Transform>,
    /// `world_from_node`, placement included.
    pub(super) world: Vec<Affine3A>,
}

impl Skeleton {
    /// Becomes the other, in the memory that is there.
    pub(super) fn copy_from(&mut self, other: &Self) {
        self.locals.clone_from(&other.locals);
        self.world.clone_from(&other.world);
    }

    /// Computes all of `world` from `locals`.
    pub(super) fn place(&mut self, avatar: &Avatar, world_from_avatar: &Affine3A) {
        self.world.clear();
        self.world.reserve(self.locals.len());
        for (node, local) in avatar.nodes.iter().zip(&self.locals) {
            let parent = node.parent.and_then(|p| self.world.get(p)).unwrap_or(world_from_avatar);
            let own = *parent * local.to_affine();
            self.world.push(own);
        }
    }
}

/// `avatar_from_node`'s rotation.
pub(super) fn rotation(avatar: &Avatar, locals: &[Transform], node: usize) -> Quat {
    let mut turn = Quat::IDENTITY;
    for node in upwards(avatar, node) {
        turn = locals.get(node).map_or(Quat::IDENTITY, |l| l.rotation) * turn;
    }
    turn
}

/// Where a node is, avatar space.
pub(super) fn position(avatar: &Avatar, locals: &[Transform], node: usize) -> Vec3 {
    let mut point = Vec3::ZERO;
    for node in upwards(avatar, node) {
        let local = locals.get(node).copied().unwrap_or_default();
        point = local.translation + local.rotation * (local.scale * point);
    }
    point
}

/// A node, its parent, and so on to the root.
fn upwards(avatar: &Avatar, node: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(node), |n| avatar.nodes.get(*n).and_then(|n| n.parent))
}
