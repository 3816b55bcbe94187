//! A clip of one humanoid as a motion of any.

use super::hands::{ARMS, SOFT, depth};
use super::soles::Soles;
use super::tpose::TPose;
use super::volumes::Volumes;
use crate::avatar::{Avatar, Clip, Motion, Transform, deform_cpu};
use crate::rig::Rig;
use crate::vocabulary::Bone;
use glam::{Affine3A, Quat, Vec2, Vec3};

/// Samples a second. Clips are keyed at 24 to 60; nothing a body does is faster.
const RATE: f32 = 60.0;
/// Longer clips end here, seconds.
const LONGEST_SECS: f32 = 1200.0;
/// Samples times nodes and curves: more would take seconds to read.
const WORK_LIMIT: usize = 1 << 27;

/// Bones that a motion leaves to the face.
const OF_THE_FACE: &[Bone] = &[Bone::LeftEye, Bone::RightEye, Bone::Jaw];

/// In a clip on the floor a foot stands for at least this share of the time.
const STANDS: f32 = 0.1;
/// How far the floor of a clip may be from where the rest pose has it, hip heights.
const FLOOR_OFF: f32 = 0.2;

/// `clip` of `avatar` as a motion; `rig` is the avatar's. `None` where it has no humanoid to speak of (hips and at least
/// one limb), or the clip moves nothing of it, or is too long to be read.
pub fn motion_of(avatar: &Avatar, rig: &Rig, clip: &Clip) -> Option<Motion> {
    let pose = TPose::new(avatar, &rig.bones, rig.landmarks.facing)?;
    let bones: Vec<Bone> = moved(avatar, &pose, clip);
    if bones.is_empty() {
        return None;
    }
    let duration_secs = clip.duration_secs.clamp(0.0, LONGEST_SECS);
    let samples = libm::ceilf(duration_secs * RATE) as usize + 1;
    if samples.saturating_mul(avatar.nodes.len() + clip.channels.len()) > WORK_LIMIT {
        return None;
    }
    let deformed = deform_cpu(avatar, &avatar.rest_world(), &[]);
    let mut bake = Bake {
        avatar,
        soles: Soles::new(avatar, &pose, &deformed),
        volumes: Volumes::new(avatar, &pose, &deformed),
        pose,
        out: Motion {
            name: clip.name.clone(),
            duration_secs,
            rate: RATE,
            bones: bones.into_iter().map(|bone| (bone, Vec::with_capacity(samples))).collect(),
            ..Motion::default()
        },
    };
    bake.begin_tracks();
    for sample in 0..samples {
        bake.sample(clip, (sample as f32 / RATE).min(duration_secs));
    }
    Some(bake.finish())
}

/// The humanoid's bones that the clip moves, themselves or something between them and the bone above.
fn moved(avatar: &Avatar, pose: &TPose, clip: &Clip) -> Vec<Bone> {
    let mut is_bone = vec![false; avatar.nodes.len()];
    let mut is_moved = vec![false; avatar.nodes.len()];
    for bone in pose.bones.iter().flatten() {
        if let Some(slot) = is_bone.get_mut(bone.node) {
            *slot = true;
        }
    }
    for channel in &clip.channels {
        if let Some(slot) = is_moved.get_mut(channel.node) {
            *slot = true;
        }
    }
    let moves = |node: usize| {
        let up = std::iter::successors(Some(node), |n| {
            let parent = avatar.nodes.get(*n)?.parent?;
            (is_bone.get(parent) != Some(&true)).then_some(parent)
        });
        up.into_iter().any(|n| is_moved.get(n) == Some(&true))
    };
    let own = Bone::ALL.iter().copied().filter(|bone| !OF_THE_FACE.contains(bone));
    let found: Vec<Bone> = own.filter(|bone| pose.bone(*bone).is_some_and(|b| moves(b.node))).collect();
    // Something that only moves the root is no movement of a body.
    if found.iter().any(|bone| *bone != Bone::Hips) { found } else { Vec::new() }
}

struct Bake<'a> {
    avatar: &'a Avatar,
    pose: TPose,
    soles: Option<Soles>,
    volumes: Volumes,
    out: Motion,
}

impl Bake<'_> {
    fn begin_tracks(&mut self) {
        let Some(nodes) = &self.avatar.motion_nodes else { return };
        self.out.expressions = nodes.expressions.iter().map(|(name, _)| (name.clone(), Vec::new())).collect();
    }

    fn sample(&mut self, clip: &Clip, secs: f32) {
        let mut locals = self.avatar.rest_locals();
        clip.sample_into(secs, &mut locals);
        let (rotations, world) = placed(self.avatar, &locals);
        let turn = self.pose.body_from_avatar;
        for (bone, track) in &mut self.out.bones {
            let Some(bone) = self.pose.bone(*bone) else { continue };
            let now = rotations.get(bone.node).copied().unwrap_or_default();
            let away = now * bone.rotation().inverse();
            track.push((turn * away * turn.inverse()).normalize());
        }
        let hips = self.pose.bone(Bone::Hips).and_then(|hips| {
            let now: Vec3 = world.get(hips.node)?.translation.into();
            Some(turn * (now - hips.place) / self.pose.hip_height)
        });
        self.out.hips.push(hips.unwrap_or_default());
        let lift = self.soles.as_ref().map_or(0.0, |soles| soles.lowest(&world) - soles.floor);
        self.out.lift.push(lift / self.pose.hip_height);
        self.out.touch.push(ARMS.map(|arm| {
            let at = |node: usize| world.get(node).copied();
            depth(&arm, &self.pose, &self.volumes, SOFT, &at) / self.pose.hip_height
        }));
        if let Some(nodes) = &self.avatar.motion_nodes {
            for ((_, track), (_, node)) in self.out.expressions.iter_mut().zip(&nodes.expressions) {
                let weight = locals.get(*node).map_or(0.0, |l| l.translation.x);
                track.push(weight.clamp(0.0, 1.0));
            }
            let look = nodes.look_at.and_then(|node| self.look(node, &rotations, &world));
            self.out.look.extend(look);
        }
    }

    /// Where the eyes have to turn to see `node`, relative to the head.
    fn look(&self, node: usize, rotations: &[Quat], world: &[Affine3A]) -> Option<Vec2> {
        let head = self.pose.bone(Bone::Head)?;
        let away = *rotations.get(head.node)? * head.rotation().inverse();
        let point: Vec3 = world.get(node)?.translation.into();
        let from: Vec3 = world.get(head.node)?.translation.into();
        let to = self.pose.body_from_avatar * (away.inverse() * (point - from));
        let to = to.try_normalize()?;
        Some(Vec2::new(libm::atan2f(to.x, to.z), libm::asinf(to.y.clamp(-1.0, 1.0))))
    }

    /// Puts the floor where the feet stand.
    fn finish(mut self) -> Motion {
        let mut heights = self.out.lift.clone();
        heights.sort_by(f32::total_cmp);
        let standing = heights.get((heights.len() as f32 * STANDS) as usize).copied().unwrap_or(0.0);
        let floor = if standing.abs() < FLOOR_OFF { standing } else { 0.0 };
        for lift in &mut self.out.lift {
            *lift = (*lift - floor).max(0.0);
        }
        // A point of interest without a head to turn says nothing.
        if self.out.look.len() != self.out.hips.len() {
            self.out.look.clear();
        }
        self.out
    }
}

/// `avatar_from_node` of all nodes, rotations without scales.
pub(super) fn placed(avatar: &Avatar, locals: &[Transform]) -> (Vec<Quat>, Vec<Affine3A>) {
    let mut rotations: Vec<Quat> = Vec::with_capacity(locals.len());
    let mut world: Vec<Affine3A> = Vec::with_capacity(locals.len());
    for (node, local) in avatar.nodes.iter().zip(locals) {
        let above = node.parent.and_then(|p| Some((rotations.get(p)?, world.get(p)?)));
        let (turn, place) = above.map_or((local.rotation, local.to_affine()), |(turn, place)| {
            (*turn * local.rotation, *place * local.to_affine())
        });
        rotations.push(turn.normalize());
        world.push(place);
    }
    (rotations, world)
}
