//! From acting to one avatar's pose: morph weights and node transforms, through its rig.

use super::acting::Room;
use super::constraints::constrain;
use super::face::{self, Restraint};
use super::gestures::Arms;
use super::motions::Played;
use super::skeleton::Skeleton;
use super::springs::Springs;
use super::stance::Legs;
use super::{Acting, Cast, mouth};
use crate::avatar::{Avatar, Transform};
use crate::frame::Actor;
use crate::rig::{Move, Retarget, Rig};
use crate::stage::Light;
use crate::time::Time;
use crate::vocabulary::{Bone, Channel, ExpressionKind};
use glam::{Affine3A, Mat4, Quat, Vec3};
use std::sync::Arc;

/// One avatar in one pose, without its place on the stage.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pose {
    /// For every node of the avatar, relative to its parent.
    pub locals: Vec<Transform>,
    /// For every node, the weights of its mesh's morph targets; empty for nodes without any.
    pub morph_weights: Vec<Vec<f32>>,
}

/// Room for one evaluation, kept so that none has to ask for memory.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    skeleton: Skeleton,
    face: FaceScratch,
    /// Of other moments, on which what sways depends.
    other: (Acting, FaceScratch),
}

#[derive(Debug, Default)]
struct FaceScratch {
    /// What each of the avatar's own expressions is given, and how strong it is in the end.
    given: Vec<f32>,
    strengths: Vec<f32>,
    /// Turns of joints.
    turns: Vec<(usize, Vec3)>,
}

/// One avatar placed on the stage.
#[derive(Debug)]
pub(super) struct Poser {
    avatar: Arc<Avatar>,
    rig: Arc<Rig>,
    world_from_avatar: Affine3A,
    /// Local transforms with the arms down.
    rest: Vec<Transform>,
    /// Rest weights of every node's mesh.
    morphs: Vec<Vec<f32>>,
    /// For each humanoid bone: its node and `world_from_parent`'s rotation at rest.
    joints: Vec<Option<(usize, Quat)>>,
    /// For each of the avatar's own expressions that is not about speech: which of its morph binds move mostly the mouth.
    mouth_binds: Vec<Vec<bool>>,
    springs: Option<Springs>,
    legs: Option<Legs>,
    /// Where there are gestures or motions to follow.
    retarget: Option<Retarget>,
}

impl Poser {
    /// Adds the lights that `actor`, posed so, carries.
    pub(super) fn light(&self, actor: &Actor, lights: &mut Vec<Light>) {
        lights.extend(self.avatar.lights.iter().filter_map(|light| {
            let world_from_node = actor.world_from_node.get(light.node)?;
            Light::carried(light, world_from_node)
        }));
    }

    pub(super) fn new(member: &Cast, offset: Vec3, follows_motions: bool) -> Self {
        let (avatar, rig) = (Arc::clone(&member.avatar), Arc::clone(&member.rig));
        let world_from_avatar = placement(&rig, offset);
        let mut rest = avatar.rest_locals();
        for &(node, stands) in &rig.stance {
            if let Some(local) = rest.get_mut(node) {
                *local = stands;
            }
        }
        let mut world = Vec::new();
        avatar.world_transforms(&rest, &mut world);
        let turn = Quat::from_mat3a(&world_from_avatar.matrix3);
        let joints = (Bone::ALL.iter())
            .map(|&bone| {
                let node = rig.bone(bone).filter(|&n| n < avatar.nodes.len())?;
                let parent = avatar.nodes[node].parent;
                let rotation = parent.map_or(Quat::IDENTITY, |p| world[p].to_scale_rotation_translation().1);
                Some((node, turn * rotation))
            })
            .collect();
        let morphs = avatar.nodes.iter().map(|node| rest_weights(&avatar, node)).collect();
        let mouth_binds = mouth::binds(&avatar, &rig);
        let springs = Springs::new(&avatar, world_from_avatar);
        let retarget = follows_motions.then(|| Retarget::new(&avatar, &rig)).flatten();
        let legs = Legs::new(&avatar, &rig, turn, &rest);
        Self { avatar, rig, world_from_avatar, rest, morphs, joints, mouth_binds, springs, legs, retarget }
    }

    /// The pose at `t`, as nodes and morph targets have it; `at` as for [`Self::pose_into`].
    pub(super) fn pose(&self, acting: &Acting, t: Time, at: impl Fn(Time, &mut Acting)) -> Pose {
        let (mut actor, mut scratch) = (Actor::default(), Scratch::default());
        self.face_into(acting, &mut scratch.face, &mut actor);
        self.swaying(acting, t, at, &mut scratch);
        Pose { locals: scratch.skeleton.locals, morph_weights: actor.morph_weights }
    }

    /// Writes the pose at `t` over whatever `actor` held; `at` gives the acting at other moments, on which what sways
    /// depends.
    pub(super) fn pose_into(
        &self,
        acting: &Acting,
        t: Time,
        at: impl Fn(Time, &mut Acting),
        scratch: &mut Scratch,
        actor: &mut Actor,
    ) {
        self.face_into(acting, &mut scratch.face, actor);
        self.swaying(acting, t, at, scratch);
        actor.world_from_node.clear();
        actor.world_from_node.extend(scratch.skeleton.world.iter().map(|world| Mat4::from(*world)));
    }

    /// All joints in place, with what sways.
    fn swaying(&self, acting: &Acting, t: Time, at: impl Fn(Time, &mut Acting), scratch: &mut Scratch) {
        let Scratch { skeleton, face, other: (other_acting, other_face) } = scratch;
        self.skeleton_into(acting, face, skeleton);
        if let Some(springs) = &self.springs {
            springs.sway(skeleton, t, |other, posed| {
                at(other, other_acting);
                self.skeleton_into(other_acting, other_face, posed);
            });
            // Motions are not held on to.
            other_acting.motions.clear();
        }
    }

    /// Morph weights and materials.
    fn face_into(&self, acting: &Acting, scratch: &mut FaceScratch, actor: &mut Actor) {
        let FaceScratch { given, strengths, .. } = scratch;
        actor.morph_weights.clone_from(&self.morphs);
        self.give(acting, given);
        let restraint = Restraint::of(&self.avatar.expressions, given);
        for (step, by) in self.moves(acting, restraint) {
            match step {
                Move::Morph { node, target, weight } => {
                    if let Some(slot) = actor.morph_weights.get_mut(node).and_then(|w| w.get_mut(target)) {
                        *slot += weight * by;
                    }
                }
                // Expressions obey their own rules, all together, below.
                Move::Express { expression, weight } => {
                    if let Some(slot) = given.get_mut(expression) {
                        *slot += weight * by;
                    }
                }
                Move::Rotate { .. } => {}
            }
        }
        if given.iter().any(|w| *w > 0.0) {
            let mouth = Room::beside(&acting.visemes).mouth;
            face::weigh_into(&self.avatar.expressions, given, strengths);
            let share = |expression: usize, bind: usize| {
                let is_mouth = self.mouth_binds.get(expression).and_then(|b| b.get(bind)) == Some(&true);
                if is_mouth { mouth } else { 1.0 }
            };
            face::apply(&self.avatar, strengths, share, actor);
        }
        for weights in &mut actor.morph_weights {
            for weight in weights {
                *weight = weight.clamp(-1.0, 1.0);
            }
        }
        for combination in &self.rig.combinations {
            if let Some(weights) = actor.morph_weights.get_mut(combination.node) {
                let strength = combination.strength(weights);
                if let Some(slot) = weights.get_mut(combination.target) {
                    *slot = strength;
                }
            }
        }
    }

    /// What the visemes and channels move, and how strongly: what the avatar's expressions leave of it, except to
    /// other expressions.
    fn moves(&self, acting: &Acting, restraint: Restraint) -> impl Iterator<Item = (Move, f32)> {
        let visemes = self.rig.visemes.iter().zip(acting.visemes).map(|(b, w)| (b, w, ExpressionKind::Mouth));
        let channels = self.rig.channels.iter().zip(Channel::ALL).zip(acting.channels);
        let channels = channels.map(|((binding, &channel), weight)| {
            (binding, self.rig.strength(&self.avatar, channel, weight), kind(channel))
        });
        let jaw = (self.rig.channel(Channel::JawOpen), acting.jaw, ExpressionKind::Mouth);
        let moved = visemes.chain(channels).chain([jaw]).filter(|(_, weight, _)| *weight != 0.0);
        moved.flat_map(move |(binding, weight, kind)| {
            let left = 1.0 - restraint.effect(kind);
            binding.moves.iter().map(move |step| match step {
                Move::Express { .. } => (*step, weight),
                Move::Morph { .. } | Move::Rotate { .. } => (*step, weight * left),
            })
        })
    }

    /// Takes the body from how it stands to where gestures and motions have it.
    fn follow(&self, arms: &Arms, motions: &[Played], locals: &mut [Transform]) {
        let Some(retarget) = &self.retarget else { return };
        if !arms.rest() {
            retarget.turn_arms(&arms.turns(retarget.arm_measures()), locals);
        }
        for Played { motion, secs, part, weight, .. } in motions {
            retarget.pose(&self.avatar, motion, *secs, *part, *weight, locals);
        }
    }

    /// All joints in place, nothing swaying yet.
    fn skeleton_into(&self, acting: &Acting, scratch: &mut FaceScratch, skeleton: &mut Skeleton) {
        let FaceScratch { given, turns, .. } = scratch;
        let locals = &mut skeleton.locals;
        locals.clone_from(&self.rest);
        if let Some(legs) = &self.legs {
            legs.shift(acting.sideways, locals);
        }
        self.follow(&acting.arms, &acting.motions, locals);
        turns.clear();
        self.give(acting, given);
        let restraint = Restraint::of(&self.avatar.expressions, given);
        for (step, by) in self.moves(acting, restraint) {
            if let Move::Rotate { node, axis, angle } = step {
                let turn = axis * (angle * by);
                match turns.iter_mut().find(|(n, _)| *n == node) {
                    Some((_, sum)) => *sum += turn,
                    None => turns.push((node, turn)),
                }
            }
        }
        for &(node, turn) in turns.iter() {
            if let Some(local) = locals.get_mut(node) {
                local.rotation *= Quat::from_scaled_axis(turn);
            }
        }
        for (bone, rotation) in acting.bones.iter() {
            if let Some((node, world_from_parent)) = self.joints[bone.index()] {
                let axis = world_from_parent.inverse() * rotation;
                let local = &mut locals[node];
                local.rotation = Quat::from_scaled_axis(axis) * local.rotation;
            }
        }
        constrain(&self.avatar, locals);
        skeleton.place(&self.avatar, &self.world_from_avatar);
    }

    /// What each of the avatar's own expressions is given by marks.
    fn give(&self, acting: &Acting, given: &mut Vec<f32>) {
        given.clear();
        given.resize(self.avatar.expressions.len(), 0.0);
        for (expression, weight) in &acting.expressions {
            if let Some(slot) = given.get_mut(*expression) {
                *slot += weight;
            }
        }
    }
}

/// `world_from_avatar`: `offset`, facing the audience (+Z).
pub(super) fn placement(rig: &Rig, offset: Vec3) -> Affine3A {
    let facing = rig.landmarks.facing;
    let turn = Quat::from_rotation_y(-libm::atan2f(facing.x, facing.z));
    Affine3A::from_rotation_translation(turn, offset)
}

/// What a channel is about, as expressions override it. Jaw and lips as such are no speech.
fn kind(channel: Channel) -> ExpressionKind {
    match channel {
        Channel::EyeBlinkLeft | Channel::EyeBlinkRight => ExpressionKind::Blink,
        _ => ExpressionKind::Face,
    }
}

fn rest_weights(avatar: &Avatar, node: &crate::avatar::Node) -> Vec<f32> {
    let Some(mesh) = node.mesh.and_then(|m| avatar.meshes.get(m)) else { return Vec::new() };
    let own = if node.morph_weights.is_empty() { &mesh.morph_weights } else { &node.morph_weights };
    let mut weights = own.clone();
    weights.resize(mesh.morph_names.len(), 0.0);
    weights
}
