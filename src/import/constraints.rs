//! `VRMC_node_constraint` 1.0: read, checked, and put in the order of what depends on what.

use super::context::{Context, Notes, label};
use super::value::{node, number_or};
use crate::avatar::{Constraint, ConstraintKind, Node};
use glam::Vec3;
use serde_json::Value;

/// More are not played.
const LIMIT: usize = 256;

/// All constraints of the kept nodes, each after those it depends on; circles are noted and left out.
pub(super) fn read(
    context: &Context<'_>,
    nodes: &[Node],
    place: &[Option<usize>],
    notes: &mut Notes,
) -> Vec<Constraint> {
    let mut found = Vec::new();
    for (index, json) in context.root.nodes.iter().enumerate() {
        let extension = json.extensions.as_ref().and_then(|e| e.others.get("VRMC_node_constraint"));
        let (Some(extension), Some(own)) = (extension, place.get(index).copied().flatten()) else { continue };
        let name = || label("node", json.name.as_deref(), index);
        match extension.get("constraint").and_then(|c| constraint(c, own, place)) {
            Some(constraint) if constraint.source == own => {
                notes.add(format!("{}: a constraint that follows its own node was left out", name()));
            }
            Some(_) if found.len() == LIMIT => {
                notes.add(format!("only the first {LIMIT} node constraints are played"));
            }
            Some(constraint) => found.push(constraint),
            None => notes.add(format!("{}: its constraint cannot be read and was left out", name())),
        }
    }
    ordered(found, nodes, notes)
}

fn constraint(json: &Value, own: usize, place: &[Option<usize>]) -> Option<Constraint> {
    let roll = |json: &Value| axis(json.get("rollAxis")?.as_str()?, ROLL_AXES).map(ConstraintKind::Roll);
    let aim = |json: &Value| axis(json.get("aimAxis")?.as_str()?, AIM_AXES).map(ConstraintKind::Aim);
    let (json, kind) = if let Some(json) = json.get("roll") {
        (json, roll(json)?)
    } else if let Some(json) = json.get("aim") {
        (json, aim(json)?)
    } else {
        (json.get("rotation")?, ConstraintKind::Rotation)
    };
    let weight = number_or(json, "weight", 1.0).clamp(0.0, 1.0);
    Some(Constraint { node: own, source: node(json, "source", place)?, kind, weight })
}

const ROLL_AXES: &[(&str, Vec3)] = &[("X", Vec3::X), ("Y", Vec3::Y), ("Z", Vec3::Z)];

const AIM_AXES: &[(&str, Vec3)] = &[
    ("PositiveX", Vec3::X),
    ("NegativeX", Vec3::NEG_X),
    ("PositiveY", Vec3::Y),
    ("NegativeY", Vec3::NEG_Y),
    ("PositiveZ", Vec3::Z),
    ("NegativeZ", Vec3::NEG_Z),
];

fn axis(name: &str, axes: &[(&str, Vec3)]) -> Option<Vec3> {
    axes.iter().find(|(known, _)| *known == name).map(|&(_, axis)| axis)
}

/// Sorts by dependency: a constraint needs its source, an aim also all that its source and its node hang on.
fn ordered(found: Vec<Constraint>, nodes: &[Node], notes: &mut Notes) -> Vec<Constraint> {
    let mut constrains: Vec<Option<usize>> = vec![None; nodes.len()];
    for (index, constraint) in found.iter().enumerate() {
        if let Some(slot) = constrains.get_mut(constraint.node) {
            *slot = Some(index);
        }
    }
    let owner = |node: usize| constrains.get(node).copied().flatten();
    let above = |node: usize| {
        std::iter::successors(Some(node), |n| nodes.get(*n).and_then(|n| n.parent)).filter_map(owner)
    };
    let needs: Vec<Vec<usize>> = (found.iter())
        .map(|constraint| match constraint.kind {
            ConstraintKind::Roll(_) | ConstraintKind::Rotation => {
                owner(constraint.source).into_iter().collect()
            }
            ConstraintKind::Aim(_) => {
                let parent = nodes.get(constraint.node).and_then(|n| n.parent);
                above(constraint.source).chain(parent.into_iter().flat_map(above)).collect()
            }
        })
        .collect();
    let mut is_done = vec![false; found.len()];
    let mut order = Vec::new();
    loop {
        let is_ready = |needs: &Vec<usize>| needs.iter().all(|n| is_done.get(*n) == Some(&true));
        let next = needs.iter().enumerate().position(|(i, n)| is_done.get(i) == Some(&false) && is_ready(n));
        let Some((index, slot)) = next.and_then(|i| Some((i, is_done.get_mut(i)?))) else { break };
        *slot = true;
        order.extend(found.get(index).copied());
    }
    for (constraint, _) in found.iter().zip(&is_done).filter(|(_, done)| !**done) {
        let name = nodes.get(constraint.node).map(|n| n.name.as_str());
        let name = label("node", name, constraint.node);
        notes.add(format!("{name}: a constraint that depends on itself in a circle was left out"));
    }
    order
}
