//! Recipes of visemes and channels: out of a rig, into a rig, and as the text of a rig file.
//!
//! It writes no file.

use super::edits::{Recipe, Shape, Turn};
use crate::avatar::Avatar;
use crate::rig::{Binding, How, Move, Rig};
use glam::Vec3;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The recipe of `shape` in `rig`; `None` where it cannot be written down: it wears an expression of the avatar's own.
pub fn recipe_of(avatar: &Avatar, rig: &Rig, shape: Shape) -> Option<Recipe> {
    let mut recipe = Recipe::default();
    for step in &binding(rig, shape).moves {
        match *step {
            Move::Morph { node, target, weight } => {
                let name = morph_name(avatar, node, target)?;
                // Meshes share a name's weight.
                if !recipe.morphs.iter().any(|(known, _)| known == name) {
                    recipe.morphs.push((name.to_owned(), weight));
                }
            }
            Move::Rotate { node, axis, angle } => {
                let joint = avatar.nodes.get(node)?.name.clone();
                recipe.joints.push(Turn { joint, axis, degrees: angle.to_degrees() });
            }
            Move::Express { .. } => return None,
        }
    }
    Some(recipe)
}

/// The rig with `recipes` in place of its own.
pub fn with_recipes(avatar: &Avatar, rig: &Rig, recipes: &BTreeMap<Shape, Recipe>) -> Rig {
    let mut rig = rig.clone();
    for (shape, recipe) in recipes {
        let moves = moves(avatar, recipe);
        let how = if moves.is_empty() { How::Missing } else { How::Recipe };
        let slot = match shape {
            Shape::Viseme(viseme) => rig.visemes.get_mut(viseme.index()),
            Shape::Channel(channel) => rig.channels.get_mut(channel.index()),
        };
        if let Some(slot) = slot {
            *slot = Binding { how, source: slot.source.clone(), moves };
        }
    }
    rig
}

/// How `rig` makes `shape`.
pub(super) fn binding(rig: &Rig, shape: Shape) -> &Binding {
    match shape {
        Shape::Viseme(viseme) => rig.viseme(viseme),
        Shape::Channel(channel) => rig.channel(channel),
    }
}

fn moves(avatar: &Avatar, recipe: &Recipe) -> Vec<Move> {
    let mut out = Vec::new();
    for (node, mesh) in avatar.nodes.iter().enumerate().filter_map(|(n, node)| Some((n, node.mesh?))) {
        let Some(mesh) = avatar.meshes.get(mesh) else { continue };
        for (name, weight) in recipe.morphs.iter().filter(|(_, weight)| *weight != 0.0) {
            let named = mesh.morph_names.iter().enumerate().filter(|(_, known)| *known == name);
            out.extend(named.map(|(target, _)| Move::Morph { node, target, weight: *weight }));
        }
    }
    for Turn { joint, axis, degrees } in &recipe.joints {
        let node = avatar.nodes.iter().position(|node| node.name == *joint);
        let axis = axis.normalize_or(Vec3::X);
        out.extend(node.map(|node| Move::Rotate { node, axis, angle: degrees.to_radians() }));
    }
    out
}

fn morph_name(avatar: &Avatar, node: usize, target: usize) -> Option<&str> {
    let mesh = avatar.meshes.get(avatar.nodes.get(node)?.mesh?)?;
    mesh.morph_names.get(target).map(String::as_str)
}

/// The tables of a rig file that say `recipe` of `shape`.
pub(super) fn recipe_text(shape: Shape, recipe: &Recipe) -> String {
    let place = format!("{}.{}", shape.table(), key(shape.name()));
    let mut text = format!("[{place}]\n");
    if !recipe.morphs.is_empty() {
        let morphs: Vec<String> = recipe
            .morphs
            .iter()
            .map(|(name, weight)| format!("{} = {}", key(name), number(*weight)))
            .collect();
        let _ = writeln!(text, "morphs = {{ {} }}", morphs.join(", "));
    }
    for Turn { joint, axis, degrees } in &recipe.joints {
        let [x, y, z] = axis.to_array().map(number);
        let joint = toml::Value::from(joint.as_str());
        let _ = write!(
            text,
            "[[{place}.joints]]\njoint = {joint}\naxis = [{x}, {y}, {z}]\ndegrees = {}\n",
            number(*degrees)
        );
    }
    text
}

/// A key, in quotes where it needs them.
pub(super) fn key(name: &str) -> String {
    let is_bare =
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if is_bare { name.to_owned() } else { toml::Value::from(name).to_string() }
}

/// With four digits at most, and always as a float.
pub(super) fn number(value: f32) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0');
    let text = if text.ends_with('.') { format!("{text}0") } else { text.to_owned() };
    if text == "-0.0" { "0.0".to_owned() } else { text }
}
