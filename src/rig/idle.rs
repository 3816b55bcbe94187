//! How an avatar stands: by its author's own word, the first pose of a clip that is called idle, else as it rests;
//! and with its arms down.

use super::{Bones, Facing, relaxed};
use crate::avatar::{Avatar, Clip, Interpolation, Transform, Values};
use glam::{Quat, Vec3};

/// What such clips are called, as the last word of the name.
const NAMES: &[&str] = &["idle", "standing", "stand"];

/// Local transforms in place of the rest ones, by node.
pub(super) fn stance(avatar: &Avatar, bones: &Bones<'_>, facing: Facing) -> Vec<(usize, Transform)> {
    let rest = avatar.rest_locals();
    let mut locals = rest.clone();
    if let Some(clip) = idle(avatar) {
        take_first_keys(clip, &mut locals);
    }
    let mut world = Vec::new();
    avatar.world_transforms(&locals, &mut world);
    for (node, rotation) in relaxed::relax(avatar, bones, &world, facing) {
        if let Some(local) = locals.get_mut(node) {
            local.rotation = rotation;
        }
    }
    let changed = locals.into_iter().zip(rest).enumerate().filter(|(_, (local, rest))| local != rest);
    changed.map(|(node, (local, _))| (node, local)).collect()
}

fn idle(avatar: &Avatar) -> Option<&Clip> {
    let named = |name: &&str| avatar.clips.iter().find(|c| last_word(&c.name).as_deref() == Some(*name));
    NAMES.iter().find_map(named)
}

fn last_word(name: &str) -> Option<String> {
    super::words::words(name).into_iter().rev().find(|w| !super::words::is_number(w))
}

fn take_first_keys(clip: &Clip, locals: &mut [Transform]) {
    for channel in &clip.channels {
        let Some(local) = locals.get_mut(channel.node) else { continue };
        // A spline's key begins with its in-tangent.
        let key = usize::from(channel.interpolation == Interpolation::CubicSpline);
        match &channel.values {
            Values::Translation(keys) => local.translation = vector(keys, key).unwrap_or(local.translation),
            Values::Scale(keys) => local.scale = vector(keys, key).unwrap_or(local.scale),
            Values::Rotation(keys) => {
                let rotation = keys.get(key).map(|k| Quat::from_array(*k));
                let usable = rotation.filter(|r| r.is_finite() && r.length_squared() > 0.5);
                local.rotation = usable.map_or(local.rotation, Quat::normalize);
            }
            Values::MorphWeights(_) => {}
        }
    }
}

fn vector(keys: &[[f32; 3]], key: usize) -> Option<Vec3> {
    keys.get(key).map(|k| Vec3::from(*k)).filter(|v| v.is_finite())
}
