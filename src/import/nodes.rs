//! The node tree: parents before children, cycles and shared children refused (glTF 2.0 section 3.5.2).

use super::context::{Context, Notes, label};
use crate::avatar::{Node, Transform};
use crate::diagnostic::Diagnostic;
use glam::{Mat4, Quat, Vec3};
use gltf::json;

/// The nodes that are kept. Their `mesh` and `skin` still are the document's indices.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// From the document's index to the place in `nodes`.
    pub(super) place: Vec<Option<usize>>,
}

/// Orders the default scene's nodes, and the joints that its skins need.
pub(super) fn tree(context: &Context<'_>, notes: &mut Notes) -> Result<Tree, Diagnostic> {
    let parents = parents(context)?;
    let order = depth_first(context, &parents)?;
    let shown = shown(context, &parents, &order, notes)?;
    let kept = with_joints(context, &parents, &shown)?;
    let mut place = vec![None; order.len()];
    let mut nodes = Vec::new();
    for &index in order.iter().filter(|i| kept.get(**i) == Some(&true)) {
        let Some(json) = context.root.nodes.get(index) else { continue };
        let parent = parents.get(index).copied().flatten().and_then(|p| place.get(p).copied().flatten());
        let is_shown = shown.get(index) == Some(&true);
        let mesh = json.mesh.map(|m| m.value()).filter(|_| is_shown);
        if mesh.is_some_and(|m| m >= context.root.meshes.len()) {
            return Err(
                context.error(format!("{} shows a mesh that does not exist", name_of(context, index)))
            );
        }
        let skin = json.skin.map(|s| s.value()).filter(|_| mesh.is_some());
        if skin.is_some_and(|s| s >= context.root.skins.len()) {
            return Err(context.error(format!("{} has a skin that does not exist", name_of(context, index))));
        }
        if let Some(slot) = place.get_mut(index) {
            *slot = Some(nodes.len());
        }
        let weights = json.weights.as_deref().unwrap_or_default();
        nodes.push(Node {
            name: json.name.clone().unwrap_or_default(),
            parent,
            local: transform(json, || name_of(context, index), notes),
            mesh,
            skin,
            morph_weights: weights.iter().map(|w| if w.is_finite() { *w } else { 0.0 }).collect(),
        });
    }
    Ok(Tree { nodes, place })
}

fn name_of(context: &Context<'_>, index: usize) -> String {
    label("node", context.root.nodes.get(index).and_then(|n| n.name.as_deref()), index)
}

fn children(node: &json::Node) -> impl DoubleEndedIterator<Item = usize> {
    node.children.iter().flatten().map(|c| c.value())
}

/// Each node's parent; an error where a node has two.
fn parents(context: &Context<'_>) -> Result<Vec<Option<usize>>, Diagnostic> {
    let mut parents = vec![None; context.root.nodes.len()];
    for (index, node) in context.root.nodes.iter().enumerate() {
        for child in children(node) {
            let Some(slot) = parents.get_mut(child) else {
                let message =
                    format!("{} has a child that does not exist ({child})", name_of(context, index));
                return Err(context.error(message));
            };
            if slot.replace(index).is_some() {
                return Err(context.error(format!("{} has two parents", name_of(context, child))));
            }
        }
    }
    Ok(parents)
}

/// All nodes, parents first; an error where some hang in a circle, which no root reaches.
fn depth_first(context: &Context<'_>, parents: &[Option<usize>]) -> Result<Vec<usize>, Diagnostic> {
    let is_root = |i: &usize| parents.get(*i) == Some(&None);
    let mut stack: Vec<usize> = (0..parents.len()).rev().filter(is_root).collect();
    let mut order = Vec::with_capacity(parents.len());
    let mut is_seen = vec![false; parents.len()];
    while let Some(index) = stack.pop() {
        if let (Some(node), Some(seen)) = (context.root.nodes.get(index), is_seen.get_mut(index)) {
            *seen = true;
            order.push(index);
            stack.extend(children(node).rev());
        }
    }
    match is_seen.iter().position(|seen| !seen) {
        Some(index) => Err(context.error(format!("{} is its own ancestor", name_of(context, index)))),
        None => Ok(order),
    }
}

/// Which nodes the default scene shows.
fn shown(
    context: &Context<'_>,
    parents: &[Option<usize>],
    order: &[usize],
    notes: &mut Notes,
) -> Result<Vec<bool>, Diagnostic> {
    let root = &context.root;
    let default = root.scene.map_or(0, |s| s.value());
    let mut shown = vec![false; parents.len()];
    let Some(scene) = root.scenes.get(default) else {
        if root.scene.is_some() {
            return Err(context.error(format!("the default scene ({default}) does not exist")));
        }
        return Ok(vec![true; parents.len()]);
    };
    for node in &scene.nodes {
        match shown.get_mut(node.value()) {
            Some(slot) => *slot = true,
            None => return Err(context.error(format!("the scene has a node that does not exist ({node})"))),
        }
    }
    for &index in order {
        let inherited = parents.get(index).copied().flatten().and_then(|p| shown.get(p)) == Some(&true);
        if let Some(slot) = shown.get_mut(index) {
            *slot |= inherited;
        }
    }
    if root.scenes.len() > 1 {
        let scene = label("scene", scene.name.as_deref(), default);
        notes.add(format!("the file has {} scenes; only {scene} is used", root.scenes.len()));
    }
    Ok(shown)
}

/// The shown nodes, the joints of their skins, and the ancestors of both.
fn with_joints(
    context: &Context<'_>,
    parents: &[Option<usize>],
    shown: &[bool],
) -> Result<Vec<bool>, Diagnostic> {
    let mut kept = shown.to_vec();
    let nodes = context.root.nodes.iter().zip(shown).filter(|(node, shown)| **shown && node.mesh.is_some());
    let mut is_used = vec![false; context.root.skins.len()];
    for (node, _) in nodes {
        if let Some(slot) = node.skin.and_then(|s| is_used.get_mut(s.value())) {
            *slot = true;
        }
    }
    let mut needed: Vec<usize> = (0..shown.len()).filter(|i| shown.get(*i) == Some(&true)).collect();
    for (index, skin) in context.root.skins.iter().enumerate().filter(|(i, _)| is_used.get(*i) == Some(&true))
    {
        for joint in &skin.joints {
            if joint.value() >= shown.len() {
                let skin = label("skin", skin.name.as_deref(), index);
                return Err(context.error(format!("{skin} has a joint that does not exist ({joint})")));
            }
            needed.push(joint.value());
        }
    }
    for start in needed {
        let mut above = parents.get(start).copied().flatten();
        if let Some(slot) = kept.get_mut(start) {
            *slot = true;
        }
        while let Some(slot) = above.and_then(|a| kept.get_mut(a)) {
            if std::mem::replace(slot, true) {
                break;
            }
            above = above.and_then(|a| parents.get(a).copied().flatten());
        }
    }
    Ok(kept)
}

/// A node's rest transform; what is not a number becomes the identity's.
fn transform(json: &json::Node, name: impl Fn() -> String, notes: &mut Notes) -> Transform {
    let given = match json.matrix {
        Some(matrix) => {
            let matrix = Mat4::from_cols_array(&matrix);
            let (scale, rotation, translation) = matrix.to_scale_rotation_translation();
            let back = Mat4::from_scale_rotation_translation(scale, rotation, translation);
            let size = scale.abs().max_element().max(1e-6);
            if matrix.is_finite() && !back.abs_diff_eq(matrix, size * 1e-3) {
                notes.add(format!("{}: its matrix shears, which was left out", name()));
            }
            Transform { translation, rotation, scale }
        }
        None => Transform {
            translation: json.translation.map_or(Vec3::ZERO, Vec3::from),
            rotation: json.rotation.map_or(Quat::IDENTITY, |q| Quat::from_array(q.0)),
            scale: json.scale.map_or(Vec3::ONE, Vec3::from),
        },
    };
    let length = given.rotation.length();
    let is_turn = length.is_finite() && length > 1e-6;
    if !(is_turn && given.translation.is_finite() && given.scale.is_finite()) {
        notes.add(format!("{}: its transform is not a number in places, which were reset", name()));
    }
    Transform {
        translation: if given.translation.is_finite() { given.translation } else { Vec3::ZERO },
        rotation: if is_turn { given.rotation.normalize() } else { Quat::IDENTITY },
        scale: if given.scale.is_finite() { given.scale } else { Vec3::ONE },
    }
}
