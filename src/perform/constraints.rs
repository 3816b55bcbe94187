//! Node constraints at work: nodes turned as their sources are (`VRMC_node_constraint` 1.0, "Constraints").

use super::skeleton::{position, rotation};
use crate::avatar::{Avatar, Constraint, ConstraintKind, Transform};
use glam::{Quat, Vec3};

/// Turns all constrained nodes of `avatar` by where `locals` have their sources.
pub(super) fn constrain(avatar: &Avatar, locals: &mut [Transform]) {
    for constraint in &avatar.constraints {
        let turned = turned(avatar, constraint, locals);
        if let Some((turned, local)) = turned.zip(locals.get_mut(constraint.node)) {
            local.rotation = turned;
        }
    }
}

/// The constrained node's local rotation.
fn turned(avatar: &Avatar, constraint: &Constraint, locals: &[Transform]) -> Option<Quat> {
    let rest_of = |node: usize| avatar.nodes.get(node).map(|n| n.local.rotation);
    let (rest, source_rest) = (rest_of(constraint.node)?, rest_of(constraint.source)?);
    let source = locals.get(constraint.source)?.rotation;
    let target = match constraint.kind {
        ConstraintKind::Rotation => rest * (source_rest.inverse() * source),
        ConstraintKind::Roll(axis) => rest * roll(rest, source_rest, source, axis),
        ConstraintKind::Aim(axis) => {
            let parent = avatar.nodes.get(constraint.node)?.parent;
            let above = parent.map_or(Quat::IDENTITY, |p| rotation(avatar, locals, p));
            let here = position(avatar, locals, constraint.node);
            let towards = (position(avatar, locals, constraint.source) - here).try_normalize()?;
            let points = above * rest * axis;
            above.inverse() * Quat::from_rotation_arc(points.normalize_or(Vec3::X), towards) * above * rest
        }
    };
    let turned = rest.slerp(target, constraint.weight).normalize();
    turned.is_finite().then_some(turned)
}

/// The part of the source's turn that is about `axis`, in the node's own rest space.
fn roll(rest: Quat, source_rest: Quat, source: Quat, axis: Vec3) -> Quat {
    let in_parent = source * source_rest.inverse();
    let own = rest.inverse() * in_parent * rest;
    let swing = Quat::from_rotation_arc(axis, (own * axis).normalize_or(axis));
    swing.inverse() * own
}
