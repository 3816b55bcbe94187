//! Faces by the names of morph targets, for avatars whose files define no expressions of their own.

use super::Move;
use super::morphs::MorphIndex;
use crate::avatar::{Avatar, MorphBind, OwnExpression};
use crate::vocabulary::Expression;

/// What whole faces are called in the wild.
pub(super) const FACES: &[(Expression, &[&str])] = &[
    (Expression::Happy, &["happy", "joy", "Fcl_ALL_Joy", "eCTRLHappy"]),
    (Expression::Angry, &["angry", "anger", "Fcl_ALL_Angry", "eCTRLAngry"]),
    (Expression::Sad, &["sad", "sorrow", "sadness", "Fcl_ALL_Sorrow", "eCTRLSad"]),
    (Expression::Surprised, &["surprised", "surprise", "Fcl_ALL_Surprised", "eCTRLSurprised"]),
    (Expression::Relaxed, &["relaxed", "fun", "Fcl_ALL_Fun"]),
];

/// Gives `avatar` expressions made of the targets that are named like faces, where its author gave it none.
pub fn name_faces(avatar: &mut Avatar) {
    if !avatar.expressions.is_empty() {
        return;
    }
    let morphs = MorphIndex::new(avatar);
    let bind = |step: &Move| match *step {
        Move::Morph { node, target, weight } => Some(MorphBind { node, target, weight }),
        Move::Rotate { .. } | Move::Express { .. } => None,
    };
    let face = |(preset, names): &(Expression, &[&str])| {
        let found = names.iter().find_map(|name| morphs.find_whole(name))?;
        let morphs = found.moves.iter().filter_map(bind).collect();
        let name = preset.name().to_owned();
        Some(OwnExpression { name, preset: Some(*preset), morphs, ..OwnExpression::default() })
    };
    avatar.expressions = FACES.iter().filter_map(face).collect();
}
