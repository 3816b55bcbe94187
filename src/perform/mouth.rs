//! Which morphs of an avatar's own expressions belong to the mouth, found by what they move: speech comes first there.

use crate::avatar::{Avatar, MorphBind, OwnExpression, Primitive};
use crate::rig::{Move, Rig};
use crate::vocabulary::{ExpressionKind, Viseme};
use glam::Vec3;
use std::collections::BTreeMap;

/// Of what a morph moves, how much must lie where speech moves the face.
const MOSTLY: f32 = 0.5;

/// For each expression of the avatar and each of its morph binds: whether it moves mostly the mouth.
pub(super) fn binds(avatar: &Avatar, rig: &Rig) -> Vec<Vec<bool>> {
    let spoken = spoken(avatar, rig);
    // Many expressions may bind the same targets of the same meshes.
    let mut regions: BTreeMap<usize, Vec<Vec<bool>>> = BTreeMap::new();
    let mut known: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    let mut of = |bind: &MorphBind| {
        let MorphBind { node, target, .. } = *bind;
        let region = regions.entry(node).or_insert_with(|| region(avatar, node, &spoken));
        *known.entry((node, target)).or_insert_with(|| is_mouth(avatar, node, target, region))
    };
    let of_expression = |own: &OwnExpression| match own.kind() {
        ExpressionKind::Face => own.morphs.iter().map(&mut of).collect(),
        // Speech itself is not held back.
        _ => Vec::new(),
    };
    avatar.expressions.iter().map(of_expression).collect()
}

/// The morph targets that make the open vowel: node and target.
fn spoken(avatar: &Avatar, rig: &Rig) -> Vec<(usize, usize)> {
    let of = |m: &Move| match *m {
        Move::Morph { node, target, .. } => vec![(node, target)],
        Move::Express { expression, .. } => {
            let own = avatar.expressions.get(expression).into_iter().flat_map(|e| &e.morphs);
            own.map(|b| (b.node, b.target)).collect()
        }
        Move::Rotate { .. } => Vec::new(),
    };
    rig.viseme(Viseme::Aa).moves.iter().flat_map(of).collect()
}

fn primitives(avatar: &Avatar, node: usize) -> &[Primitive] {
    let mesh = avatar.nodes.get(node).and_then(|n| n.mesh).and_then(|m| avatar.meshes.get(m));
    mesh.map_or(&[], |m| m.primitives.as_slice())
}

/// For each primitive of a node and each of its vertices: whether speech moves it.
fn region(avatar: &Avatar, node: usize, spoken: &[(usize, usize)]) -> Vec<Vec<bool>> {
    let of = |primitive: &Primitive| {
        let mut is_spoken = vec![false; primitive.positions.len()];
        for (_, target) in spoken.iter().filter(|(n, _)| *n == node) {
            let Some(morph) = primitive.morphs.get(*target) else { continue };
            for (vertex, delta) in morph.vertices.iter().zip(&morph.positions) {
                if let Some(slot) = is_spoken.get_mut(*vertex as usize) {
                    *slot |= Vec3::from(*delta).length_squared() > 1e-8;
                }
            }
        }
        is_spoken
    };
    primitives(avatar, node).iter().map(of).collect()
}

fn is_mouth(avatar: &Avatar, node: usize, target: usize, region: &[Vec<bool>]) -> bool {
    let (mut inside, mut all) = (0.0f32, 0.0f32);
    for (primitive, is_spoken) in primitives(avatar, node).iter().zip(region) {
        let Some(morph) = primitive.morphs.get(target) else { continue };
        for (vertex, delta) in morph.vertices.iter().zip(&morph.positions) {
            let far = Vec3::from(*delta).length_squared();
            all += far;
            inside += if is_spoken.get(*vertex as usize) == Some(&true) { far } else { 0.0 };
        }
    }
    all > 0.0 && inside >= all * MOSTLY
}
