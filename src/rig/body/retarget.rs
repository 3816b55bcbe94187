//! A motion on one humanoid: each bone turned as the motion turns its T-pose, hips by the length of the legs, feet on the
//! floor, hands out of the body.

use super::arms::{ArmMeasures, ArmTurns, Arms};
use super::bake::placed;
use super::soles::Soles;
use super::tpose::TPose;
use super::volumes::Volumes;
use crate::avatar::{Avatar, Motion, Transform, deform_cpu};
use crate::rig::Rig;
use crate::vocabulary::Bone;
use glam::{Affine3A, Quat, Vec3};

/// How much of the body a motion takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// What is above the hips; the legs stand as they stood.
    Upper,
}

/// Bones that [`Part::Upper`] leaves alone.
const LOWER: &[Bone] = &[
    Bone::Hips,
    Bone::LeftUpperLeg,
    Bone::LeftLowerLeg,
    Bone::LeftFoot,
    Bone::LeftToes,
    Bone::RightUpperLeg,
    Bone::RightLowerLeg,
    Bone::RightFoot,
    Bone::RightToes,
];

/// One humanoid, ready to take any motion.
#[derive(Debug)]
pub struct Retarget {
    pose: TPose,
    /// For every node, the bone it is.
    bone_of: Vec<Option<Bone>>,
    soles: Option<Soles>,
    arms: Arms,
    floor: f32,
}

impl Retarget {
    /// `None` where the avatar has no hips.
    pub fn new(avatar: &Avatar, rig: &Rig) -> Option<Self> {
        let pose = TPose::new(avatar, &rig.bones, rig.landmarks.facing)?;
        let mut bone_of = vec![None; avatar.nodes.len()];
        for (bone, found) in Bone::ALL.iter().zip(&pose.bones) {
            if let Some(slot) = found.and_then(|b| bone_of.get_mut(b.node)) {
                *slot = Some(*bone);
            }
        }
        let deformed = deform_cpu(avatar, &avatar.rest_world(), &[]);
        let hips = pose.bone(Bone::Hips).map(|b| b.node);
        let soles = Soles::new(avatar, &pose, &deformed);
        // Feet that do not hang on the hips do not move with them.
        let soles = soles.filter(|soles| hips.is_some_and(|hips| soles.hang_below(avatar, hips)));
        let floor = soles.as_ref().map_or(rig.landmarks.floor, |s| s.floor);
        let volumes = Volumes::new(avatar, &pose, &deformed);
        let chin = pose.body_from_avatar * rig.landmarks.neck;
        let arms = Arms::new(avatar, &pose, volumes, chin);
        Some(Self { pose, bone_of, soles, arms, floor })
    }

    /// Takes `locals` (the avatar's nodes as it stands) `weight` of the way to where `motion` has them `secs` after its
    /// beginning. Bones that the motion does not move stay as they stand, relative to what they hang on.
    pub fn pose(
        &self,
        avatar: &Avatar,
        motion: &Motion,
        secs: f32,
        part: Part,
        weight: f32,
        locals: &mut [Transform],
    ) {
        let weight = weight.clamp(0.0, 1.0);
        if weight <= 0.0 {
            return;
        }
        let moment = motion.moment(secs);
        let mut turns = [None; Bone::COUNT];
        for (bone, turn) in motion.turns(moment) {
            if let Some(slot) = turns.get_mut(bone.index()) {
                *slot = Some(turn);
            }
        }
        if part == Part::Upper {
            above_hips(&mut turns);
        }
        self.turn(avatar, &turns, part, weight, locals);
        if part == Part::Whole {
            let (hips, lift) = motion.stand(moment);
            self.stand(avatar, hips, lift, weight, locals);
        }
        self.arms.free_hands(&self.pose, motion.touch(moment), [weight; 2], locals);
    }

    /// Takes arms towards where `turns` (the left, the right) have them, relative to the chest, and their hands out of the body.
    pub fn turn_arms(&self, turns: &[ArmTurns; 2], locals: &mut [Transform]) {
        self.arms.turn(&self.pose, turns, locals);
        let [left, right] = turns;
        let touch = [left.touch, right.touch];
        self.arms.free_hands(&self.pose, touch, [left.reaches(), right.reaches()], locals);
    }

    /// How deep the left and the right hand are in the body of the avatar posed so, metres; 0 where they are free.
    pub fn hand_depths(&self, locals: &[Transform]) -> [f32; 2] {
        self.arms.depths(&self.pose, locals)
    }

    /// The lengths of the arms, the left and the right; `None` for one that has no elbow.
    pub fn arm_measures(&self) -> &[Option<ArmMeasures>; 2] {
        self.arms.measures()
    }

    /// Turns all bones that have a turn; for [`Part::Upper`] turns are relative to the hips.
    fn turn(
        &self,
        avatar: &Avatar,
        turns: &[Option<Quat>],
        part: Part,
        weight: f32,
        locals: &mut [Transform],
    ) {
        let body = self.pose.body_from_avatar;
        let mut under = Quat::IDENTITY;
        // Where the motion wants all nodes, whatever the weight.
        let mut wanted: Vec<Quat> = Vec::with_capacity(locals.len());
        for ((node, local), bone) in avatar.nodes.iter().zip(locals).zip(&self.bone_of) {
            let above = node.parent.and_then(|p| wanted.get(p)).copied().unwrap_or_default();
            let turn =
                bone.and_then(|b| Some((self.pose.bone(b)?, turns.get(b.index()).copied().flatten()?)));
            let mut goal = local.rotation;
            if let Some((bone, turn)) = turn {
                let world = under * body.inverse() * turn * body * bone.rotation();
                let own = (above.inverse() * world).normalize();
                if own.is_finite() {
                    goal = own;
                    local.rotation =
                        if weight < 1.0 { local.rotation.slerp(own, weight).normalize() } else { own };
                }
            }
            let own = (above * goal).normalize();
            if *bone == Some(Bone::Hips) && part == Part::Upper {
                let rest = self.pose.bone(Bone::Hips).map_or(own, |hips| hips.rotation());
                under = own * rest.inverse();
            }
            wanted.push(own);
        }
    }

    /// Moves the hips, and puts the lower foot where the motion has it above the floor.
    fn stand(&self, avatar: &Avatar, hips: Vec3, lift: f32, weight: f32, locals: &mut [Transform]) {
        let Some(bone) = self.pose.bone(Bone::Hips) else { return };
        let body_hips = self.pose.body_from_avatar.inverse() * hips;
        let goal = bone.place + body_hips * self.pose.hip_height;
        let (_, world) = placed(avatar, locals);
        let Some(now) = world.get(bone.node).map(|m| Vec3::from(m.translation)) else { return };
        let mut shift = (goal - now) * weight;
        if let Some(soles) = &self.soles {
            shift.y = self.floor + lift * self.pose.hip_height * weight - soles.lowest(&world);
        }
        let parent = avatar.nodes.get(bone.node).and_then(|n| n.parent).and_then(|p| world.get(p));
        let own = parent.copied().unwrap_or(Affine3A::IDENTITY).inverse().transform_vector3(shift);
        if let Some(local) = locals.get_mut(bone.node).filter(|_| own.is_finite()) {
            local.translation += own;
        }
    }
}

/// The turns of what is above the hips as if the hips were in their T-pose, and no others.
fn above_hips(turns: &mut [Option<Quat>]) {
    let hips = turns.get(Bone::Hips.index()).copied().flatten().unwrap_or_default().inverse();
    for (bone, turn) in Bone::ALL.iter().zip(turns) {
        *turn = turn.filter(|_| !LOWER.contains(bone)).map(|turn| hips * turn);
    }
}
