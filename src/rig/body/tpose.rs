//! The T-pose of a humanoid, from whatever pose it rests in (`VRMC_vrm-1.0/tpose.md`).
//!
//! Arms and fingers point straight out, palms down, legs straight down, feet ahead; the trunk and the head are as at rest.

use crate::avatar::Avatar;
use crate::rig::Rig;
use crate::vocabulary::Bone;
use glam::{Mat4, Quat, Vec3};

/// Where a limb's bone points in the T-pose.
#[derive(Clone, Copy)]
enum Axis {
    Left,
    Right,
    Down,
}

/// A bone, what lies at its end (the first that is there), and where it points.
type Row = (Bone, &'static [Bone], Axis);

const LIMBS: &[Row] = {
    use Axis::{Down, Left, Right};
    use Bone::*;
    &[
        (LeftUpperArm, &[LeftLowerArm, LeftHand], Left),
        (LeftLowerArm, &[LeftHand], Left),
        (LeftHand, &[LeftMiddleProximal, LeftRingProximal, LeftIndexProximal], Left),
        (LeftIndexProximal, &[LeftIndexIntermediate], Left),
        (LeftIndexIntermediate, &[LeftIndexDistal], Left),
        (LeftMiddleProximal, &[LeftMiddleIntermediate], Left),
        (LeftMiddleIntermediate, &[LeftMiddleDistal], Left),
        (LeftRingProximal, &[LeftRingIntermediate], Left),
        (LeftRingIntermediate, &[LeftRingDistal], Left),
        (LeftLittleProximal, &[LeftLittleIntermediate], Left),
        (LeftLittleIntermediate, &[LeftLittleDistal], Left),
        (RightUpperArm, &[RightLowerArm, RightHand], Right),
        (RightLowerArm, &[RightHand], Right),
        (RightHand, &[RightMiddleProximal, RightRingProximal, RightIndexProximal], Right),
        (RightIndexProximal, &[RightIndexIntermediate], Right),
        (RightIndexIntermediate, &[RightIndexDistal], Right),
        (RightMiddleProximal, &[RightMiddleIntermediate], Right),
        (RightMiddleIntermediate, &[RightMiddleDistal], Right),
        (RightRingProximal, &[RightRingIntermediate], Right),
        (RightRingIntermediate, &[RightRingDistal], Right),
        (RightLittleProximal, &[RightLittleIntermediate], Right),
        (RightLittleIntermediate, &[RightLittleDistal], Right),
        (LeftUpperLeg, &[LeftLowerLeg, LeftFoot], Down),
        (LeftLowerLeg, &[LeftFoot], Down),
        (RightUpperLeg, &[RightLowerLeg, RightFoot], Down),
        (RightLowerLeg, &[RightFoot], Down),
    ]
};

/// A hand, and the knuckles that lie across it from its little finger to its index finger.
const PALMS: &[(Bone, Bone, Bone)] = &[
    (Bone::LeftHand, Bone::LeftLittleProximal, Bone::LeftIndexProximal),
    (Bone::RightHand, Bone::RightLittleProximal, Bone::RightIndexProximal),
];

const FEET: &[(Bone, Bone)] = &[(Bone::LeftFoot, Bone::LeftToes), (Bone::RightFoot, Bone::RightToes)];

/// A foot that points further away from ahead than this is not understood (cosine of 60 degrees).
const AHEAD: f32 = 0.5;

/// Of a body without legs: how high its hips stand, in distances from hips to head.
const HIPS_OF_HEAD: f32 = 1.5;

/// One bone in the T-pose.
#[derive(Debug, Clone, Copy)]
pub(super) struct TBone {
    pub(super) node: usize,
    /// What turns its rest into its T-pose, avatar space.
    turn: Quat,
    /// `avatar_from_node`'s rotation at rest.
    rest: Quat,
    /// Where it is in the T-pose, avatar space.
    pub(super) place: Vec3,
}

impl TBone {
    /// `avatar_from_node`'s rotation in the T-pose.
    pub(super) fn rotation(&self) -> Quat {
        self.turn * self.rest
    }
}

/// A humanoid in its T-pose.
#[derive(Debug, Clone)]
pub(super) struct TPose {
    /// From the avatar's space to one in which it faces +Z.
    pub(super) body_from_avatar: Quat,
    /// One for each of [`Bone::ALL`], where the humanoid has it.
    pub(super) bones: Vec<Option<TBone>>,
    /// From the lowest joint of the feet to the hips, metres, positive.
    pub(super) hip_height: f32,
}

impl TPose {
    /// `bones` are the nodes of [`Bone::ALL`]; `forward` is where the avatar faces at rest. `None` without hips.
    pub(super) fn new(avatar: &Avatar, bones: &[Option<usize>], forward: Vec3) -> Option<Self> {
        let rest = avatar.rest_world();
        let body_from_avatar = Quat::from_rotation_y(-libm::atan2f(forward.x, forward.z));
        let mut pose = Straightening {
            avatar,
            bones,
            places: rest.iter().map(|m: &Mat4| m.w_axis.truncate()).collect(),
            avatar_from_body: body_from_avatar.inverse(),
            turns: vec![Quat::IDENTITY; avatar.nodes.len()],
        };
        pose.straighten();
        let places = pose.positions();
        let turns = pose.turns;
        let rotations = rotations(avatar);
        let bones: Vec<Option<TBone>> = (Bone::ALL.iter())
            .map(|bone| {
                let node = bones.get(bone.index()).copied().flatten()?;
                let (turn, rest, place) = (*turns.get(node)?, *rotations.get(node)?, *places.get(node)?);
                Some(TBone { node, turn, rest, place })
            })
            .collect();
        let hip_height = hip_height(&bones)?;
        Some(Self { body_from_avatar, bones, hip_height })
    }

    pub(super) fn bone(&self, bone: Bone) -> Option<&TBone> {
        self.bones.get(bone.index())?.as_ref()
    }
}

/// Where a humanoid's bones are in its T-pose, seen from the body: it faces +Z, metres.
#[derive(Debug, Clone, PartialEq)]
pub struct Stature {
    /// The bones that it has, in [`Bone::ALL`]'s order.
    pub bones: Vec<(Bone, Vec3)>,
    /// From the lowest joint of the feet to the hips, metres, positive.
    pub hip_height: f32,
}

/// The stature of `avatar`, whose rig is `rig`; `None` without hips.
pub fn stature(avatar: &Avatar, rig: &Rig) -> Option<Stature> {
    let pose = TPose::new(avatar, &rig.bones, rig.landmarks.facing)?;
    let place = |bone: &Bone| Some((*bone, pose.body_from_avatar * pose.bone(*bone)?.place));
    Some(Stature { bones: Bone::ALL.iter().filter_map(place).collect(), hip_height: pose.hip_height })
}

/// `avatar_from_node`'s rotation of every node at rest, scales left aside.
fn rotations(avatar: &Avatar) -> Vec<Quat> {
    let mut out: Vec<Quat> = Vec::with_capacity(avatar.nodes.len());
    for node in &avatar.nodes {
        let above = node.parent.and_then(|p| out.get(p)).copied().unwrap_or_default();
        out.push((above * node.local.rotation).normalize());
    }
    out
}

fn hip_height(bones: &[Option<TBone>]) -> Option<f32> {
    let height = |bone: Bone| bones.get(bone.index()).copied().flatten().map(|b| b.place.y);
    let hips = height(Bone::Hips)?;
    let feet = FEET.iter().flat_map(|(foot, toes)| [height(*foot), height(*toes)]).flatten();
    let lowest = feet.fold(f32::INFINITY, f32::min);
    let head = || height(Bone::Head).map(|head| (head - hips) * HIPS_OF_HEAD);
    let found = Some(hips - lowest).filter(|h| h.is_finite() && *h > 1e-3).or_else(head);
    found.filter(|h| h.is_finite() && *h > 1e-3)
}

struct Straightening<'a> {
    avatar: &'a Avatar,
    bones: &'a [Option<usize>],
    /// At rest.
    places: Vec<Vec3>,
    avatar_from_body: Quat,
    /// For every node, what turns its rest into its T-pose.
    turns: Vec<Quat>,
}

impl Straightening<'_> {
    fn node(&self, bone: Bone) -> Option<usize> {
        self.bones.get(bone.index()).copied().flatten()
    }

    /// From one bone to another at rest.
    fn along(&self, from: usize, to: Bone) -> Option<Vec3> {
        (*self.places.get(self.node(to)?)? - *self.places.get(from)?).try_normalize()
    }

    /// Goes through all nodes, parents first: each takes its parent's turn, bones of limbs one of their own.
    fn straighten(&mut self) {
        let mut bone_of = vec![None; self.avatar.nodes.len()];
        for bone in Bone::ALL {
            if let Some(slot) = self.node(*bone).and_then(|n| bone_of.get_mut(n)) {
                *slot = Some(*bone);
            }
        }
        for (node, bone) in bone_of.into_iter().enumerate() {
            let parent = self.avatar.nodes.get(node).and_then(|n| n.parent);
            let carried = parent.and_then(|p| self.turns.get(p)).copied().unwrap_or_default();
            let turn = bone.and_then(|bone| self.turn(bone, node, carried)).unwrap_or(carried);
            if let Some(slot) = self.turns.get_mut(node) {
                *slot = turn;
            }
        }
    }

    fn turn(&self, bone: Bone, node: usize, carried: Quat) -> Option<Quat> {
        if let Some((_, toes)) = FEET.iter().find(|(foot, _)| *foot == bone) {
            return Some(self.foot(node, *toes).unwrap_or_default());
        }
        let (_, ends, axis) = LIMBS.iter().find(|(b, ..)| *b == bone)?;
        let along = carried * ends.iter().find_map(|end| self.along(node, *end))?;
        let goal = self.avatar_from_body
            * match axis {
                Axis::Left => Vec3::X,
                Axis::Right => Vec3::NEG_X,
                Axis::Down => Vec3::NEG_Y,
            };
        let turn = Quat::from_rotation_arc(along, goal) * carried;
        Some(self.palm(bone, goal, turn) * turn)
    }

    /// What rolls a hand about the arm until its palm looks down.
    fn palm(&self, hand: Bone, arm: Vec3, turn: Quat) -> Quat {
        let across = PALMS.iter().find(|(b, ..)| *b == hand).and_then(|(_, little, index)| {
            let across = turn * self.along(self.node(*little)?, *index)?;
            across.reject_from_normalized(arm).try_normalize()
        });
        let Some(across) = across else { return Quat::IDENTITY };
        Quat::from_rotation_arc(across, self.avatar_from_body * Vec3::Z)
    }

    /// What turns a foot, whose sole is flat at rest, ahead.
    fn foot(&self, node: usize, toes: Bone) -> Option<Quat> {
        let ahead = self.avatar_from_body * Vec3::Z;
        let along = (self.along(node, toes)? * Vec3::new(1.0, 0.0, 1.0)).try_normalize()?;
        (along.dot(ahead) > AHEAD).then(|| Quat::from_rotation_arc(along, ahead))
    }

    /// Where all nodes are in the T-pose.
    fn positions(&self) -> Vec<Vec3> {
        let mut out: Vec<Vec3> = Vec::with_capacity(self.places.len());
        for (node, place) in self.avatar.nodes.iter().zip(&self.places) {
            let above = node
                .parent
                .and_then(|p| Some(*out.get(p)? + *self.turns.get(p)? * (*place - *self.places.get(p)?)));
            out.push(above.unwrap_or(*place));
        }
        out
    }
}
