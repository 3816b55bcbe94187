//! `VRMC_vrm_animation` 1.0: which nodes of an animation file are which bone, which expression, and what is looked at.

use super::context::{Context, Notes};
use super::value::node;
use crate::avatar::{Humanoid, MotionNodes};
use crate::vocabulary::Bone;

/// More expressions are not read.
const EXPRESSION_LIMIT: usize = 256;

/// The file's humanoid map and its further tracks; `None` where the file is no such animation.
pub(super) fn read(
    context: &Context<'_>,
    place: &[Option<usize>],
    notes: &mut Notes,
) -> Option<(Humanoid, MotionNodes)> {
    let json = context.root.extensions.as_ref()?.others.get("VRMC_vrm_animation")?;
    let mut humanoid = Humanoid::default();
    for (name, value) in
        json.pointer("/humanoid/humanBones").and_then(|v| v.as_object()).into_iter().flatten()
    {
        match Bone::from_name(name).zip(node(value, "node", place)) {
            Some((bone, node)) => humanoid.set(bone, node),
            None => notes.add(format!("the animation's bone '{}' is not one", shortened(name))),
        }
    }
    let mut expressions = Vec::new();
    for kind in ["preset", "custom"] {
        let named = json.get("expressions").and_then(|e| e.get(kind)).and_then(|v| v.as_object());
        for (name, value) in named.into_iter().flatten().take(EXPRESSION_LIMIT) {
            expressions.extend(node(value, "node", place).map(|node| (name.clone(), node)));
        }
    }
    let look_at = json.get("lookAt").and_then(|value| node(value, "node", place));
    Some((humanoid, MotionNodes { expressions, look_at }))
}

fn shortened(name: &str) -> String {
    name.chars().take(40).collect()
}
