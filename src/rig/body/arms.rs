//! Both arms of one humanoid, from shoulder to finger tips: turned as asked, hands out of the body.
//!
//! It goes through the joints that matter alone, and allocates nothing while it does.

use super::hands::{ARMS, Arm, SOFT, depth, ways_out};
use super::tpose::TPose;
use super::volumes::Volumes;
use crate::avatar::{Avatar, Transform};
use crate::vocabulary::Bone;
use glam::{Affine3A, Quat, Vec3};

/// The bones of the left arm and of the right, each after what it hangs on.
pub const ARM_BONES: [[Bone; 19]; 2] = {
    use Bone::*;
    [
        [
            LeftShoulder,
            LeftUpperArm,
            LeftLowerArm,
            LeftHand,
            LeftThumbMetacarpal,
            LeftThumbProximal,
            LeftThumbDistal,
            LeftIndexProximal,
            LeftIndexIntermediate,
            LeftIndexDistal,
            LeftMiddleProximal,
            LeftMiddleIntermediate,
            LeftMiddleDistal,
            LeftRingProximal,
            LeftRingIntermediate,
            LeftRingDistal,
            LeftLittleProximal,
            LeftLittleIntermediate,
            LeftLittleDistal,
        ],
        [
            RightShoulder,
            RightUpperArm,
            RightLowerArm,
            RightHand,
            RightThumbMetacarpal,
            RightThumbProximal,
            RightThumbDistal,
            RightIndexProximal,
            RightIndexIntermediate,
            RightIndexDistal,
            RightMiddleProximal,
            RightMiddleIntermediate,
            RightMiddleDistal,
            RightRingProximal,
            RightRingIntermediate,
            RightRingDistal,
            RightLittleProximal,
            RightLittleIntermediate,
            RightLittleDistal,
        ],
    ]
};

/// What an arm hangs on, the nearest first.
const CHEST: &[Bone] = &[Bone::UpperChest, Bone::Chest, Bone::Spine, Bone::Hips];

/// More joints than this between the root and the finger tips are left alone.
const MOST: usize = 128;
/// How far below the shoulders the breast is measured, lengths of the arm.
const BREAST_BELOW: f32 = 0.25;
/// How the front of a body is looked for, hip heights.
const FRONT_STEP: f32 = 0.005;
const FRONT_STEPS: usize = 80;
/// How often an arm is turned further out of the body.
const PASSES: usize = 4;
/// An arm that would turn by less than this stays, radians.
const NEAR: f32 = 1e-5;

/// Where an arm is wanted: for each of its [`ARM_BONES`], what turns its T-pose as seen from a body that faces +Z, and how
/// much of that is wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ArmTurns {
    /// Turns.
    pub turns: [Quat; 19],
    /// 0 leaves a bone as it stands.
    pub weights: [f32; 19],
    /// How deep in the body its hand may be, hip heights.
    pub touch: f32,
}

impl Default for ArmTurns {
    fn default() -> Self {
        Self { turns: [Quat::IDENTITY; 19], weights: [0.0; 19], touch: 0.0 }
    }
}

impl ArmTurns {
    /// How much of the upper arm is wanted.
    pub(super) fn reaches(&self) -> f32 {
        self.weights[1]
    }
}

/// One arm in the T-pose, metres, seen from a body that faces +Z.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ArmMeasures {
    /// Where the upper arm begins.
    pub shoulder: Vec3,
    /// From there to the elbow.
    pub upper: f32,
    /// From the elbow to the wrist.
    pub lower: f32,
    /// From the wrist to the knuckles.
    pub palm: f32,
    /// Where the three bones of the thumb point; zero where there is none.
    pub thumb: [Vec3; 3],
    /// How far the breast is ahead of the origin.
    pub breast: f32,
    /// Where the chin is, or what is ahead of it.
    pub chin: Vec3,
    /// From the feet to the hips.
    pub hip_height: f32,
}

#[derive(Debug, Clone, Copy)]
enum Role {
    /// Between others.
    Between,
    Chest,
    /// A side, and which of its bones.
    Arm(usize, usize),
}

#[derive(Debug, Clone, Copy)]
struct Joint {
    node: usize,
    /// Its parent's place in the chain.
    above: Option<usize>,
    role: Role,
    /// `avatar_from_node`'s rotation in the T-pose.
    pose: Quat,
}

/// The arms of one humanoid.
#[derive(Debug)]
pub(super) struct Arms {
    /// Parents first; no more than [`MOST`].
    chain: Vec<Joint>,
    /// For every node, its place in the chain.
    place_of: Vec<Option<usize>>,
    volumes: Volumes,
    measures: [Option<ArmMeasures>; 2],
}

impl Arms {
    pub(super) fn new(avatar: &Avatar, pose: &TPose, volumes: Volumes, chin: Vec3) -> Self {
        let mut is_needed = vec![false; avatar.nodes.len()];
        let bones = ARM_BONES.iter().flatten().chain(CHEST);
        let nodes = bones.filter_map(|bone| pose.bone(*bone)).map(|bone| bone.node);
        for node in nodes.chain(volumes.nodes()) {
            let mut at = Some(node);
            while let Some(here) = at.filter(|n| is_needed.get(*n) == Some(&false)) {
                is_needed[here] = true;
                at = avatar.nodes[here].parent;
            }
        }
        let chest = CHEST.iter().find_map(|bone| pose.bone(*bone)).map(|bone| bone.node);
        let arm_bone = |node: usize| {
            let all =
                ARM_BONES.iter().enumerate().flat_map(|(s, b)| b.iter().enumerate().map(move |b| (s, b)));
            let found = all.filter_map(|(side, (index, bone))| Some((side, index, pose.bone(*bone)?)));
            let mut own = found.filter(|(.., bone)| bone.node == node);
            own.next().map(|(side, index, bone)| (Role::Arm(side, index), bone.rotation()))
        };
        let mut place_of: Vec<Option<usize>> = vec![None; avatar.nodes.len()];
        let mut chain: Vec<Joint> = Vec::new();
        for (node, _) in is_needed.iter().enumerate().filter(|(_, needed)| **needed).take(MOST) {
            let chest = chest.filter(|c| *c == node).and_then(|_| {
                let bone = CHEST.iter().find_map(|bone| pose.bone(*bone))?;
                Some((Role::Chest, bone.rotation()))
            });
            let (role, own) = chest.or_else(|| arm_bone(node)).unwrap_or((Role::Between, Quat::IDENTITY));
            let above = avatar.nodes[node].parent.and_then(|p| place_of.get(p).copied().flatten());
            place_of[node] = Some(chain.len());
            chain.push(Joint { node, above, role, pose: own });
        }
        let rest: Vec<Affine3A> = avatar.rest_world().into_iter().map(Affine3A::from_mat4).collect();
        let front = |place: Vec3| front(place, pose, &volumes, &rest);
        let measures = [0, 1].map(|side| measure(pose, &ARM_BONES[side], chin, front));
        Self { chain, place_of, volumes, measures }
    }

    pub(super) fn measures(&self) -> &[Option<ArmMeasures>; 2] {
        &self.measures
    }

    /// Takes the arms towards where `turns` have them.
    pub(super) fn turn(&self, pose: &TPose, turns: &[ArmTurns; 2], locals: &mut [Transform]) {
        let body = pose.body_from_avatar;
        let mut wanted = [Quat::IDENTITY; MOST];
        let mut chest = Quat::IDENTITY;
        for (index, joint) in self.chain.iter().enumerate() {
            let above = joint.above.map_or(Quat::IDENTITY, |above| wanted[above]);
            let Some(local) = locals.get_mut(joint.node) else { continue };
            let mut own = (above * local.rotation).normalize();
            match joint.role {
                Role::Between => {}
                Role::Chest => chest = own * joint.pose.inverse(),
                Role::Arm(side, bone) if turns[side].weights[bone] > 0.0 => {
                    let turn = turns[side].turns[bone];
                    let goal = chest * body.inverse() * turn * body * joint.pose;
                    let there = (above.inverse() * goal).normalize();
                    if there.is_finite() {
                        own = goal;
                        let weight = turns[side].weights[bone];
                        let part = |from: Quat| from.slerp(there, weight).normalize();
                        local.rotation = if weight < 1.0 { part(local.rotation) } else { there };
                    }
                }
                Role::Arm(..) => {}
            }
            wanted[index] = own;
        }
    }

    /// Turns arms outwards whose hands are deeper in the body than `touch` hip heights, `weights` of the way.
    pub(super) fn free_hands(
        &self,
        pose: &TPose,
        touch: [f32; 2],
        weights: [f32; 2],
        locals: &mut [Transform],
    ) {
        let root = |arm: &Arm| pose.bone(arm.root).map(|b| b.node);
        let rotation = |node: usize, locals: &[Transform]| locals.get(node).map(|l| l.rotation);
        let before = [0, 1].map(|side| root(&ARMS[side]).and_then(|node| rotation(node, locals)));
        for _ in 0..PASSES {
            if !self.turn_out(pose, touch, weights, locals) {
                break;
            }
        }
        for ((arm, before), weight) in ARMS.iter().zip(before).zip(weights) {
            let local = root(arm).and_then(|node| locals.get_mut(node));
            if let Some((local, before)) = local.zip(before)
                && weight < 1.0
                && local.rotation != before
            {
                local.rotation = before.slerp(local.rotation, weight).normalize();
            }
        }
    }

    /// How deep each hand is in the body, metres.
    pub(super) fn depths(&self, pose: &TPose, locals: &[Transform]) -> [f32; 2] {
        let world = self.world(locals);
        let at = |node: usize| self.place_of.get(node).copied().flatten().map(|place| world[place]);
        [0, 1].map(|side| depth(&ARMS[side], pose, &self.volumes, 0.0, &at))
    }

    /// `avatar_from_node` of the chain.
    fn world(&self, locals: &[Transform]) -> [Affine3A; MOST] {
        let mut world = [Affine3A::IDENTITY; MOST];
        for (index, joint) in self.chain.iter().enumerate() {
            let own = locals.get(joint.node).map_or(Affine3A::IDENTITY, |l| l.to_affine());
            world[index] = joint.above.map_or(own, |above| world[above] * own);
        }
        world
    }

    /// One turn outwards of each arm that needs it; whether there was one.
    fn turn_out(&self, pose: &TPose, touch: [f32; 2], weights: [f32; 2], locals: &mut [Transform]) -> bool {
        let world = self.world(locals);
        let at = |node: usize| self.place_of.get(node).copied().flatten().map(|place| world[place]);
        let mut has_turned = false;
        for ((arm, touch), _) in ARMS.iter().zip(touch).zip(weights).filter(|(_, weight)| *weight > 0.0) {
            let Some(root) = pose.bone(arm.root).map(|b| b.node) else { continue };
            let Some(shoulder) = at(root).map(|m| Vec3::from(m.translation)) else { continue };
            let turn =
                turn_free(ways_out(arm, pose, &self.volumes, SOFT, &at), shoulder, touch, pose.hip_height);
            if turn.length_squared() < NEAR * NEAR {
                continue;
            }
            let above = self.place_of.get(root).copied().flatten().and_then(|place| self.chain[place].above);
            let above = above.map_or(Quat::IDENTITY, |a| world[a].to_scale_rotation_translation().1);
            let turn = above.inverse() * Quat::from_scaled_axis(turn) * above;
            if let Some(local) = locals.get_mut(root).filter(|_| turn.is_finite()) {
                local.rotation = (turn * local.rotation).normalize();
                has_turned = true;
            }
        }
        has_turned
    }
}

/// The turn about `shoulder` that takes `points` along their ways out of the body until they are `touch` hip heights deep.
/// The deeper a point, the more it says: which one is the deepest may change at any moment without a jerk.
fn turn_free(
    points: impl Iterator<Item = (Vec3, Vec3)>,
    shoulder: Vec3,
    touch: f32,
    hip_height: f32,
) -> Vec3 {
    let (mut sum, mut weights) = (Vec3::ZERO, 0.0);
    for (point, way) in points {
        let excess = (way.length() / hip_height - touch).max(0.0);
        let to = point + way.normalize_or_zero() * eased(excess) * hip_height;
        let (from, to) = ((point - shoulder).try_normalize(), (to - shoulder).try_normalize());
        let Some((from, to)) = from.zip(to) else { continue };
        let weight = excess * excess * excess * excess;
        sum += Quat::from_rotation_arc(from, to).to_scaled_axis() * weight;
        weights += weight;
    }
    if weights > 0.0 { sum / weights } else { Vec3::ZERO }
}

/// How far a hand goes out that is `excess` past where it begins to: gently, until it keeps [`SOFT`] less than that, hip heights.
fn eased(excess: f32) -> f32 {
    match excess.max(0.0) {
        excess if excess < 2.0 * SOFT => excess * excess / (4.0 * SOFT),
        excess => excess - SOFT,
    }
}

/// How far ahead a body ends at the height of `place` and as far to the side.
fn front(place: Vec3, pose: &TPose, volumes: &Volumes, rest: &[Affine3A]) -> f32 {
    let avatar_from_body = pose.body_from_avatar.inverse();
    let is_out = |step: &usize| {
        let point = place + Vec3::Z * (*step as f32 * FRONT_STEP * pose.hip_height);
        volumes.way_out(avatar_from_body * point, 0.0, &|node| rest.get(node).copied()) == Vec3::ZERO
    };
    let steps = (0..FRONT_STEPS).find(is_out).unwrap_or(0);
    place.z + steps as f32 * FRONT_STEP * pose.hip_height
}

fn measure(pose: &TPose, bones: &[Bone; 19], chin: Vec3, front: impl Fn(Vec3) -> f32) -> Option<ArmMeasures> {
    let place = |bone: Bone| pose.bone(bone).map(|b| pose.body_from_avatar * b.place);
    let [_, upper, lower, hand, fingers @ ..] = bones;
    let (shoulder, elbow) = (place(*upper)?, place(*lower)?);
    let upper = (elbow - shoulder).length();
    let wrist = place(*hand);
    let lower = wrist.map_or(upper, |wrist| (wrist - elbow).length());
    let knuckle = place(fingers[6]).or_else(|| place(fingers[3])).zip(wrist);
    let palm = knuckle.map_or(lower * 0.35, |(knuckle, wrist)| (knuckle - wrist).length());
    let along =
        |from: usize, to: usize| Some((place(fingers[to])? - place(fingers[from])?).normalize_or_zero());
    let (first, second) = (along(0, 1).unwrap_or_default(), along(1, 2).unwrap_or_default());
    // The last bone has nothing at its end; it goes on.
    let breast = front(shoulder * Vec3::new(0.4, 1.0, 1.0) - Vec3::Y * BREAST_BELOW * (upper + lower));
    let head = place(Bone::Head).unwrap_or(chin);
    let chin = chin.with_z(front(Vec3::new(0.0, head.y.max(chin.y), head.z)).max(breast * 0.5));
    Some(ArmMeasures {
        shoulder,
        upper,
        lower,
        palm,
        thumb: [first, second, second],
        breast,
        chin,
        hip_height: pose.hip_height,
    })
}
