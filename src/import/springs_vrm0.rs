//! The `secondaryAnimation` of VRM 0: groups of roots whose whole trees sway.
//!
//! Its vectors are Unity's, whose +Z is glTF's −Z.

use super::context::Notes;
use super::json::{list, text};
use super::springs::Chains;
use super::value::{indices, node, number_or, vector};
use crate::avatar::{Collider, ColliderShape, Spring, SpringJoint};
use glam::Vec3;
use serde_json::Value;

/// A joint without children sways as if it had one this far on, metres (`VRMC_springBone` 1.0, "For vrm0").
const TIP: f32 = 0.07;

const FROM_UNITY: Vec3 = Vec3::new(1.0, 1.0, -1.0);

pub(super) fn read(json: &Value, place: &[Option<usize>], chains: &mut Chains<'_>, notes: &mut Notes) {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for group in list(json, "colliderGroups") {
        let mut own = Vec::new();
        for value in list(group, "colliders") {
            let shape = ColliderShape::Sphere {
                offset: vector(value, "offset", Vec3::ZERO) * FROM_UNITY,
                radius: number_or(value, "radius", 0.0).max(0.0),
                is_inside: false,
            };
            own.extend(
                node(group, "node", place).and_then(|node| chains.add_collider(Collider { node, shape })),
            );
        }
        groups.push(own);
    }
    let children = chains.children();
    for group in list(json, "boneGroups") {
        let colliders = indices(group, "colliderGroups").filter_map(|g| groups.get(g)).flatten().copied();
        let mut spring = Spring {
            name: text(group, "comment"),
            joints: Vec::new(),
            colliders: colliders.collect(),
            center: node(group, "center", place),
        };
        let mut is_listed = vec![false; children.len()];
        let mut stack: Vec<usize> =
            indices(group, "bones").filter_map(|b| place.get(b).copied().flatten()).collect();
        while let Some(node) = stack.pop() {
            if is_listed.get_mut(node).is_none_or(|listed| std::mem::replace(listed, true)) {
                continue;
            }
            let below = children.get(node).map_or(&[][..], Vec::as_slice);
            if let Some(tail) = tail(chains, node, below.first().copied()) {
                spring.joints.push(joint(group, node, tail));
            }
            stack.extend(below);
        }
        chains.add(spring, notes);
    }
}

fn tail(chains: &Chains<'_>, node: usize, child: Option<usize>) -> Option<Vec3> {
    if let Some(child) = child {
        return chains.tail(node, child);
    }
    let at = chains.position(node)?;
    let along = at - chains.position(chains.parent(node)?)?;
    chains.in_space_of(node, at + along.try_normalize()? * TIP)
}

fn joint(group: &Value, node: usize, tail: Vec3) -> SpringJoint {
    SpringJoint {
        node,
        tail,
        hit_radius: number_or(group, "hitRadius", 0.0).max(0.0),
        // The format's own spelling.
        stiffness: number_or(group, "stiffiness", 1.0).max(0.0),
        gravity_power: number_or(group, "gravityPower", 0.0),
        gravity_dir: vector(group, "gravityDir", Vec3::NEG_Y) * FROM_UNITY,
        drag_force: number_or(group, "dragForce", 0.5).clamp(0.0, 1.0),
    }
}
