//! `VRMC_springBone` 1.0 and `VRMC_springBone_extended_collider` 1.0.

use super::context::{Context, Notes};
use super::json::{list, text};
use super::springs_vrm0;
use super::value::{indices, node, number_or, vector};
use crate::avatar::{Avatar, Collider, ColliderShape, Node, Spring, SpringJoint, Transform};
use glam::{Mat4, Vec3};
use serde_json::Value;

/// Joints times what each may collide with: more would be felt in every frame.
const WORK_LIMIT: usize = 1 << 16;

/// Shorter bones have no direction, metres.
const SHORTEST: f32 = 1e-6;

/// What springs are made from: the tree at rest and who sways already.
pub(super) struct Chains<'a> {
    nodes: &'a [Node],
    rest_world: Vec<Mat4>,
    is_taken: Vec<bool>,
    work: usize,
    pub(super) springs: Vec<Spring>,
    pub(super) colliders: Vec<Collider>,
}

/// Reads all springs and colliders of the document; what cannot be used is noted and left out.
pub(super) fn read(
    context: &Context<'_>,
    nodes: &[Node],
    place: &[Option<usize>],
    notes: &mut Notes,
) -> (Vec<Spring>, Vec<Collider>) {
    let Some(extensions) = &context.root.extensions else { return Default::default() };
    let mut chains = Chains::new(nodes);
    if let Some(json) = extensions.others.get("VRMC_springBone") {
        read_vrm1(json, place, &mut chains, notes);
    } else if let Some(json) = extensions.others.get("VRM").and_then(|vrm| vrm.get("secondaryAnimation")) {
        springs_vrm0::read(json, place, &mut chains, notes);
    }
    (chains.springs, chains.colliders)
}

fn read_vrm1(json: &Value, place: &[Option<usize>], chains: &mut Chains<'_>, notes: &mut Notes) {
    // A collider that cannot be read keeps its number.
    let places: Vec<Option<usize>> = (list(json, "colliders").iter())
        .map(|value| {
            let collider = node(value, "node", place).zip(shape(value));
            if collider.is_none() {
                notes.add("a spring collider has no usable node or shape and was left out");
            }
            collider.and_then(|(node, shape)| chains.add_collider(Collider { node, shape }))
        })
        .collect();
    let groups = list(json, "colliderGroups");
    for value in list(json, "springs") {
        let of_group = |group: usize| groups.get(group).into_iter().flat_map(|g| indices(g, "colliders"));
        let colliders = indices(value, "colliderGroups").flat_map(of_group);
        let colliders = colliders.filter_map(|c| places.get(c).copied().flatten()).collect();
        let mut spring = Spring {
            name: text(value, "name"),
            joints: Vec::new(),
            colliders,
            center: node(value, "center", place),
        };
        let joints = list(value, "joints");
        for (head, tail) in joints.iter().zip(joints.iter().skip(1)) {
            let ends = node(head, "node", place).zip(node(tail, "node", place));
            match ends.and_then(|(head, tail)| Some((head, chains.tail(head, tail)?))) {
                Some((node, tail)) => spring.joints.push(joint(head, node, tail)),
                None => {
                    notes.add(format!("spring '{}': a joint is not below the one before it", spring.name));
                }
            }
        }
        chains.add(spring, notes);
    }
}

fn joint(json: &Value, node: usize, tail: Vec3) -> SpringJoint {
    SpringJoint {
        node,
        tail,
        hit_radius: number_or(json, "hitRadius", 0.0).max(0.0),
        stiffness: number_or(json, "stiffness", 1.0).max(0.0),
        gravity_power: number_or(json, "gravityPower", 0.0),
        gravity_dir: vector(json, "gravityDir", Vec3::NEG_Y),
        drag_force: number_or(json, "dragForce", 0.5).clamp(0.0, 1.0),
    }
}

/// The collider's shape: the extended one where there is one.
fn shape(collider: &Value) -> Option<ColliderShape> {
    let extended = collider.pointer("/extensions/VRMC_springBone_extended_collider/shape");
    let shape = extended.or_else(|| collider.get("shape"))?;
    let is_inside = |json: &Value| json.get("inside").and_then(Value::as_bool) == Some(true);
    let radius = |json: &Value| number_or(json, "radius", 0.0).max(0.0);
    let offset = |json: &Value| vector(json, "offset", Vec3::ZERO);
    if let Some(json) = shape.get("sphere") {
        return Some(ColliderShape::Sphere {
            offset: offset(json),
            radius: radius(json),
            is_inside: is_inside(json),
        });
    }
    if let Some(json) = shape.get("capsule") {
        return Some(ColliderShape::Capsule {
            offset: offset(json),
            tail: vector(json, "tail", Vec3::ZERO),
            radius: radius(json),
            is_inside: is_inside(json),
        });
    }
    let json = shape.get("plane")?;
    let normal = vector(json, "normal", Vec3::Z).try_normalize()?;
    Some(ColliderShape::Plane { offset: offset(json), normal })
}

impl<'a> Chains<'a> {
    fn new(nodes: &'a [Node]) -> Self {
        let locals: Vec<Transform> = nodes.iter().map(|n| n.local).collect();
        let mut rest_world = Vec::new();
        let tree = Avatar { nodes: nodes.to_vec(), ..Avatar::default() };
        tree.world_transforms(&locals, &mut rest_world);
        let is_taken = vec![false; nodes.len()];
        Self { nodes, rest_world, is_taken, work: 0, springs: Vec::new(), colliders: Vec::new() }
    }

    /// Keeps a collider; `None` where there are too many.
    pub(super) fn add_collider(&mut self, collider: Collider) -> Option<usize> {
        (self.colliders.len() < WORK_LIMIT).then(|| {
            self.colliders.push(collider);
            self.colliders.len() - 1
        })
    }

    /// Keeps a spring without the joints that another has.
    pub(super) fn add(&mut self, mut spring: Spring, notes: &mut Notes) {
        let before = spring.joints.len();
        spring.joints.retain(|joint| {
            let taken = self.is_taken.get_mut(joint.node);
            taken.is_some_and(|taken| !std::mem::replace(taken, true))
        });
        if spring.joints.len() < before {
            notes.add(format!("spring '{}': joints that sway in another spring were left out", spring.name));
        }
        spring.colliders.sort_unstable();
        spring.colliders.dedup();
        let work = spring.joints.len().saturating_mul(spring.colliders.len() + 1);
        if self.work.saturating_add(work) > WORK_LIMIT {
            notes.add(format!("spring '{}' was left out: the springs are too many to play", spring.name));
            return;
        }
        self.work += work;
        if !spring.joints.is_empty() {
            // Parents have smaller indices.
            spring.joints.sort_by_key(|joint| joint.node);
            self.springs.push(spring);
        }
    }

    /// Where `tail` is at rest in the space of `head`; `None` unless it is below and apart from it.
    pub(super) fn tail(&self, head: usize, tail: usize) -> Option<Vec3> {
        let mut above = self.parent(tail);
        while let Some(node) = above.filter(|node| *node != head) {
            above = self.parent(node);
        }
        above?;
        self.in_space_of(head, self.position(tail)?)
    }

    /// A point of avatar space in the space of `node` at rest; `None` at the node itself.
    pub(super) fn in_space_of(&self, node: usize, point: Vec3) -> Option<Vec3> {
        let local = self.rest_world.get(node)?.inverse().transform_point3(point);
        (local.is_finite() && local.length() > SHORTEST).then_some(local)
    }

    /// Where a node is at rest.
    pub(super) fn position(&self, node: usize) -> Option<Vec3> {
        self.rest_world.get(node).map(|m| m.w_axis.truncate())
    }

    pub(super) fn parent(&self, node: usize) -> Option<usize> {
        self.nodes.get(node)?.parent
    }

    /// For every node its children, in order.
    pub(super) fn children(&self) -> Vec<Vec<usize>> {
        let mut children = vec![Vec::new(); self.nodes.len()];
        for (index, node) in self.nodes.iter().enumerate() {
            if let Some(slot) = node.parent.and_then(|p| children.get_mut(p)) {
                slot.push(index);
            }
        }
        children
    }
}
