//! One step of the simulation: inertia, stiffness, gravity, collisions, and the turns that follow from them
//! (the algorithm that `VRMC_springBone` 1.0 ends with).

use super::super::skeleton::Skeleton;
use super::collide::{Bone, Placed};
use crate::avatar::{Avatar, Collider, SpringJoint, Transform};
use glam::{Affine3A, Quat, Vec3};

/// A joint ready to be played.
#[derive(Debug)]
struct Joint {
    given: SpringJoint,
    rest: Transform,
    /// Towards the tail in the node's own space, a unit vector.
    axis: Vec3,
    /// Metres on the stage.
    length: f32,
    /// Metres a second, stage space.
    gravity: Vec3,
    center: Option<usize>,
    /// Which of [`Joints::springs`].
    spring: usize,
}

/// All joints of an avatar, in the order of their nodes.
#[derive(Debug)]
pub(super) struct Joints {
    joints: Vec<Joint>,
    colliders: Vec<Collider>,
    /// For each spring, its colliders.
    springs: Vec<Vec<usize>>,
    /// The nodes at and below joints in order, each with its parent and the joint it is.
    swaying: Vec<(usize, Option<usize>, Option<usize>)>,
    world_from_avatar: Affine3A,
}

/// Where each joint's tail is and was a step before, in its centre's space or on the stage.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tails {
    pub(super) before: Vec<Vec3>,
    pub(super) now: Vec<Vec3>,
}

/// Room for a walk through all joints.
#[derive(Debug, Default)]
pub(super) struct Walk {
    placed: Vec<Placed>,
    centers: Vec<Affine3A>,
}

/// What the walk knows of a joint when its tail is asked for.
struct Visit<'a> {
    index: usize,
    joint: &'a Joint,
    bone: Bone,
    placed: &'a [Placed],
    colliders: &'a [usize],
    world_from_center: Affine3A,
}

impl Visit<'_> {
    fn colliders(&self) -> impl Iterator<Item = Placed> + Clone {
        self.colliders.iter().filter_map(|c| self.placed.get(*c).copied())
    }
}

impl Joints {
    /// `None` where nothing sways.
    pub(super) fn new(avatar: &Avatar, world_from_avatar: Affine3A) -> Option<Self> {
        let rest = avatar.rest_world();
        let mut joints: Vec<Joint> = Vec::new();
        for (index, spring) in avatar.springs.iter().enumerate() {
            for given in &spring.joints {
                let (Some(node), Some(world)) = (avatar.nodes.get(given.node), rest.get(given.node)) else {
                    continue;
                };
                joints.push(Joint {
                    given: *given,
                    rest: node.local,
                    axis: given.tail.normalize_or(Vec3::Y),
                    length: world.transform_vector3(given.tail).length(),
                    gravity: world_from_avatar.transform_vector3(given.gravity_dir) * given.gravity_power,
                    center: spring.center,
                    spring: index,
                });
            }
        }
        joints.sort_by_key(|joint| joint.given.node);
        let mut joint_of = vec![None; avatar.nodes.len()];
        for (index, joint) in joints.iter().enumerate() {
            if let Some(slot) = joint_of.get_mut(joint.given.node) {
                *slot = Some(index);
            }
        }
        let mut sways = vec![false; avatar.nodes.len()];
        let mut swaying = Vec::new();
        for (index, (node, joint)) in avatar.nodes.iter().zip(joint_of).enumerate() {
            if joint.is_some() || node.parent.is_some_and(|p| sways.get(p) == Some(&true)) {
                swaying.push((index, node.parent, joint));
                if let Some(slot) = sways.get_mut(index) {
                    *slot = true;
                }
            }
        }
        let springs = avatar.springs.iter().map(|s| s.colliders.clone()).collect();
        let colliders = avatar.colliders.clone();
        (!joints.is_empty()).then_some(Self { joints, colliders, springs, swaying, world_from_avatar })
    }

    /// All tails where the skeleton has them without any sway.
    pub(super) fn rest(&self, skeleton: &Skeleton, tails: &mut Tails) {
        tails.now.clear();
        tails.now.extend(self.joints.iter().map(|joint| {
            let world = skeleton.world.get(joint.given.node).copied().unwrap_or_default();
            let tail = world.transform_point3(joint.given.tail);
            self.world_from_center(joint, skeleton).inverse().transform_point3(tail)
        }));
        tails.before.clone_from(&tails.now);
    }

    /// A step of `step_secs`, with the skeleton as it is at its end. The skeleton is left swaying.
    pub(super) fn step(&self, skeleton: &mut Skeleton, tails: &mut Tails, step_secs: f32, walk: &mut Walk) {
        self.walk(skeleton, walk, |visit| {
            let (Some(now), Some(before)) =
                (tails.now.get_mut(visit.index), tails.before.get_mut(visit.index))
            else {
                return visit.bone.head;
            };
            let joint = &visit.joint.given;
            let current = visit.world_from_center.transform_point3(*now);
            let previous = visit.world_from_center.transform_point3(*before);
            let inertia = (current - previous) * (1.0 - joint.drag_force);
            let stiffness = visit.bone.rest_direction * (joint.stiffness * step_secs);
            let external = visit.joint.gravity * step_secs;
            let next = visit.bone.settle(current + inertia + stiffness + external, visit.colliders());
            *before = *now;
            *now = visit.world_from_center.inverse().transform_point3(next);
            next
        });
    }

    /// Turns the skeleton's joints towards tails given in their centres' spaces.
    pub(super) fn turn(&self, skeleton: &mut Skeleton, tails: &[Vec3], walk: &mut Walk) {
        self.walk(skeleton, walk, |visit| {
            let tail = tails.get(visit.index).copied().unwrap_or_default();
            let tail = visit.world_from_center.transform_point3(tail);
            visit.bone.settle_fully(tail, visit.colliders())
        });
    }

    /// Goes through all that sways from the roots outwards and turns each joint towards the tail that `tail` gives.
    fn walk(&self, skeleton: &mut Skeleton, walk: &mut Walk, mut tail: impl FnMut(&Visit<'_>) -> Vec3) {
        let Walk { placed, centers } = walk;
        placed.clear();
        let place = |c: &Collider| Placed::new(c, &skeleton.world.get(c.node).copied().unwrap_or_default());
        placed.extend(self.colliders.iter().map(place));
        centers.clear();
        centers.extend(self.joints.iter().map(|joint| self.world_from_center(joint, skeleton)));
        for &(node, parent, index) in &self.swaying {
            let above = parent.and_then(|p| skeleton.world.get(p)).copied().unwrap_or(self.world_from_avatar);
            let Some(local) = skeleton.locals.get_mut(node) else { continue };
            if let Some((index, joint)) = index.and_then(|i| Some((i, self.joints.get(i)?))) {
                let rest = Transform { rotation: joint.rest.rotation, ..*local };
                let world_from_rest = above * rest.to_affine();
                let direction = world_from_rest.transform_vector3(joint.axis).normalize_or(Vec3::Y);
                let visit = Visit {
                    index,
                    joint,
                    bone: Bone {
                        head: world_from_rest.translation.into(),
                        length: joint.length,
                        hit_radius: joint.given.hit_radius,
                        rest_direction: direction,
                    },
                    placed,
                    colliders: self.springs.get(joint.spring).map_or(&[], Vec::as_slice),
                    world_from_center: centers.get(index).copied().unwrap_or_default(),
                };
                let to = world_from_rest.inverse().transform_point3(tail(&visit)).normalize_or(joint.axis);
                let turned = rest.rotation * Quat::from_rotation_arc(joint.axis, to);
                if turned.is_finite() {
                    local.rotation = turned.normalize();
                }
            }
            let own = above * local.to_affine();
            if let Some(slot) = skeleton.world.get_mut(node) {
                *slot = own;
            }
        }
    }

    fn world_from_center(&self, joint: &Joint, skeleton: &Skeleton) -> Affine3A {
        joint.center.and_then(|c| skeleton.world.get(c)).copied().unwrap_or(Affine3A::IDENTITY)
    }
}
