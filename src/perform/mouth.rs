//! Which morphs of an avatar's own expressions belong to the mouth, found by what they move: speech comes first there.

use crate::avatar::{Avatar, MorphBind, OwnExpression};
use crate::rig::{Move, Rig};
use crate::vocabulary::{ExpressionKind, Viseme};
use glam::Vec3;

/// Of what a morph moves, how much must lie where speech moves the face.
const MOSTLY: f32 = 0.5;

/// For each expression of the avatar and each of its morph binds: whether it moves mostly the mouth.
pub(super) fn binds(avatar: &Avatar, rig: &Rig) -> Vec<Vec<bool>> {
    let spoken = spoken(avatar, rig);
    let of = |own: &OwnExpression| match own.kind() {
        ExpressionKind::Face => own.morphs.iter().map(|bind| is_mouth(avatar, bind, &spoken)).collect(),
        // Speech itself is not held back.
        _ => Vec::new(),
    };
    avatar.expressions.iter().map(of).collect()
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

fn is_mouth(avatar: &Avatar, bind: &MorphBind, spoken: &[(usize, usize)]) -> bool {
    let mesh = avatar.nodes.get(bind.node).and_then(|n| n.mesh).and_then(|m| avatar.meshes.get(m));
    let (mut inside, mut all) = (0.0f32, 0.0f32);
    for primitive in mesh.into_iter().flat_map(|m| &m.primitives) {
        let mut is_spoken = vec![false; primitive.positions.len()];
        for (_, target) in spoken.iter().filter(|(node, _)| *node == bind.node) {
            let Some(morph) = primitive.morphs.get(*target) else { continue };
            for (vertex, delta) in morph.vertices.iter().zip(&morph.positions) {
                if let Some(slot) = is_spoken.get_mut(*vertex as usize) {
                    *slot |= Vec3::from(*delta).length_squared() > 1e-8;
                }
            }
        }
        let Some(morph) = primitive.morphs.get(bind.target) else { continue };
        for (vertex, delta) in morph.vertices.iter().zip(&morph.positions) {
            let far = Vec3::from(*delta).length_squared();
            all += far;
            inside += if is_spoken.get(*vertex as usize) == Some(&true) { far } else { 0.0 };
        }
    }
    all > 0.0 && inside >= all * MOSTLY
}
