//! A mouth's vertices in a pose.

use super::mouth::Mouth;
use crate::avatar::{Avatar, Transform, deform_primitive};
use crate::rig::Move;
use crate::rig::landmarks::rest_weights;
use glam::{Mat4, Quat, Vec3};

/// An avatar at rest, and its mouth's vertices.
pub(super) struct Posing {
    locals: Vec<Transform>,
    weights: Vec<Vec<f32>>,
    /// Each part's vertices at rest, world space.
    pub(super) positions: Vec<Vec<Vec3>>,
}

impl Posing {
    pub(super) fn new(mouth: &Mouth) -> Self {
        let locals = mouth.avatar.rest_locals();
        let weights = all_rest_weights(&mouth.avatar);
        let mut posing = Self { locals, weights, positions: Vec::new() };
        posing.positions = posing.posed(mouth, &[]);
        posing
    }

    /// Each part's vertices after `moves`.
    pub(super) fn posed(&self, mouth: &Mouth, moves: &[Move]) -> Vec<Vec<Vec3>> {
        let (world, weights) = pose(&mouth.avatar, &self.locals, &self.weights, moves);
        let part = |&(node, primitive): &(usize, usize)| {
            deform_primitive(&mouth.avatar, node, primitive, &world, &weights)
                .map_or(Vec::new(), |d| d.positions)
        };
        mouth.parts.iter().map(part).collect()
    }
}

/// The weights of every node's mesh at rest.
pub(super) fn all_rest_weights(avatar: &Avatar) -> Vec<Vec<f32>> {
    avatar.nodes.iter().map(|node| rest_weights(avatar, node)).collect()
}

/// Matrices and weights of a resting avatar after `moves`.
pub(super) fn pose(
    avatar: &Avatar,
    locals: &[Transform],
    rest: &[Vec<f32>],
    moves: &[Move],
) -> (Vec<Mat4>, Vec<Vec<f32>>) {
    let (mut locals, mut weights) = (locals.to_vec(), rest.to_vec());
    let mut morph = |node: usize, target: usize, weight: f32| {
        if let Some(list) = weights.get_mut(node) {
            list.resize(list.len().max(target + 1), 0.0);
            list[target] += weight;
        }
    };
    for step in moves {
        match *step {
            Move::Morph { node, target, weight } => morph(node, target, weight),
            Move::Express { expression, weight } => {
                for bind in avatar.expressions.get(expression).into_iter().flat_map(|e| &e.morphs) {
                    morph(bind.node, bind.target, bind.weight * weight);
                }
            }
            Move::Rotate { node, axis, angle } => {
                if let Some(local) = locals.get_mut(node) {
                    local.rotation *= Quat::from_scaled_axis(axis * angle);
                }
            }
        }
    }
    let mut world = Vec::new();
    avatar.world_transforms(&locals, &mut world);
    (world, weights)
}
