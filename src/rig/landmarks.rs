//! Where eyes, neck, crown and floor are, measured on the deformed avatar; the bounding box where there is no head.

use super::{Bones, Facing};
use crate::avatar::{Avatar, Deformed, Landmarks, deform_cpu};
use crate::vocabulary::Bone;
use glam::{Mat4, Quat, Vec3};

/// Where the eyes are between neck and crown, where no joint says.
const EYES_IN_HEAD: f32 = 0.45;
/// Where a head would begin and its eyes be, of the whole height, in what has no head.
const NECK_OF_HEIGHT: f32 = 0.82;
const EYES_OF_HEIGHT: f32 = 0.92;

/// Measures `avatar` with the rotations of its relaxed pose.
pub(super) fn measure(
    avatar: &Avatar,
    bones: &Bones<'_>,
    relaxed: &[(usize, Quat)],
    facing: Facing,
) -> Landmarks {
    let mut locals = avatar.rest_locals();
    for (node, rotation) in relaxed {
        if let Some(local) = locals.get_mut(*node) {
            local.rotation = *rotation;
        }
    }
    let mut world = Vec::new();
    avatar.world_transforms(&locals, &mut world);
    let weights: Vec<Vec<f32>> = avatar.nodes.iter().map(|node| rest_weights(avatar, node)).collect();
    let deformed = deform_cpu(avatar, &world, &weights);
    let body = Bounds::of(deformed.iter().flat_map(|d| d.positions.iter().copied()));
    let Some(body) = body else { return empty(facing) };
    let head = bones.get(Bone::Head).and_then(|head| {
        let place = world.get(head)?.w_axis.truncate();
        let vertices = Bounds::of(on_head(avatar, &deformed, head))?;
        (place.is_finite() && vertices.high.y > place.y).then_some((place, vertices))
    });
    match head {
        Some((neck, head)) => with_head(bones, &world, facing, body, neck, head),
        None => without_head(facing, body),
    }
}

fn rest_weights(avatar: &Avatar, node: &crate::avatar::Node) -> Vec<f32> {
    if !node.morph_weights.is_empty() {
        return node.morph_weights.clone();
    }
    node.mesh.and_then(|m| avatar.meshes.get(m)).map_or(Vec::new(), |m| m.morph_weights.clone())
}

fn with_head(
    bones: &Bones<'_>,
    world: &[Mat4],
    facing: Facing,
    body: Bounds,
    neck: Vec3,
    head: Bounds,
) -> Landmarks {
    let crown = head.high.y;
    let joint = |bone| bones.get(bone).and_then(|n| world.get(n)).map(|m| m.w_axis.truncate());
    let joints = joint(Bone::LeftEye).zip(joint(Bone::RightEye)).map(|(l, r)| (l + r) * 0.5);
    // Joints of eyes that are not where a head has eyes say nothing.
    let eyes = joints.filter(|eyes| eyes.y > neck.y && eyes.y < crown).unwrap_or_else(|| {
        let height = neck.y + (crown - neck.y) * EYES_IN_HEAD;
        let reach = head.reach(facing.forward) - neck.dot(facing.forward);
        Vec3::new(neck.x, height, neck.z) + facing.forward * reach.max(0.0) * 0.8
    });
    Landmarks {
        eyes,
        neck,
        crown,
        floor: body.low.y,
        half_width: body.half_width(neck, facing.left),
        facing: facing.forward,
    }
}

fn without_head(facing: Facing, body: Bounds) -> Landmarks {
    let middle = (body.low + body.high) * 0.5;
    let at = |share: f32| body.low.y + (body.high.y - body.low.y) * share;
    let ahead = body.reach(facing.forward) - middle.dot(facing.forward);
    let eyes = Vec3::new(middle.x, at(EYES_OF_HEIGHT), middle.z) + facing.forward * ahead;
    Landmarks {
        eyes,
        neck: Vec3::new(middle.x, at(NECK_OF_HEIGHT), middle.z),
        crown: body.high.y,
        floor: body.low.y,
        half_width: body.half_width(middle, facing.left),
        facing: facing.forward,
    }
}

/// Of nothing: a person's measures, so that a camera has something to look at.
fn empty(facing: Facing) -> Landmarks {
    Landmarks {
        eyes: Vec3::Y * 1.6 + facing.forward * 0.1,
        neck: Vec3::Y * 1.5,
        crown: 1.75,
        floor: 0.0,
        half_width: 0.3,
        facing: facing.forward,
    }
}

/// The vertices that mostly follow the head or what hangs on it.
fn on_head<'a>(avatar: &'a Avatar, deformed: &'a [Deformed], head: usize) -> impl Iterator<Item = Vec3> + 'a {
    let mut hangs = vec![false; avatar.nodes.len()];
    for (i, node) in avatar.nodes.iter().enumerate() {
        let above = node.parent.and_then(|p| hangs.get(p)).copied().unwrap_or(false);
        if let Some(slot) = hangs.get_mut(i) {
            *slot = i == head || above;
        }
    }
    deformed.iter().flat_map(move |part| {
        let node = avatar.nodes.get(part.node);
        let mesh = node.and_then(|n| n.mesh).and_then(|m| avatar.meshes.get(m));
        let primitive = mesh.and_then(|m| m.primitives.get(part.primitive));
        let skin = node.and_then(|n| n.skin).and_then(|s| avatar.skins.get(s));
        let node_hangs = hangs.get(part.node).copied().unwrap_or(false);
        let follows: Vec<bool> = match (primitive.filter(|p| !p.influences.is_empty()), skin) {
            (Some(primitive), Some(skin)) => {
                let joint_hangs: Vec<bool> =
                    skin.joints.iter().map(|j| hangs.get(*j).copied().unwrap_or(false)).collect();
                let share = |i: &crate::avatar::Influences| -> f32 {
                    let pairs = i.joints.iter().zip(&i.weights);
                    pairs
                        .filter(|(j, _)| joint_hangs.get(usize::from(**j)) == Some(&true))
                        .map(|(_, w)| w)
                        .sum()
                };
                primitive.influences.iter().map(|i| share(i) > 0.5).collect()
            }
            _ => vec![node_hangs; part.positions.len()],
        };
        part.positions.iter().zip(follows).filter(|(_, follows)| *follows).map(|(p, _)| *p)
    })
}

/// An axis-aligned box around points.
#[derive(Clone, Copy)]
struct Bounds {
    low: Vec3,
    high: Vec3,
}

impl Bounds {
    fn of(points: impl Iterator<Item = Vec3>) -> Option<Self> {
        let grow = |all: Option<Self>, p: Vec3| {
            let Self { low, high } = all.unwrap_or(Self { low: p, high: p });
            Some(Self { low: low.min(p), high: high.max(p) })
        };
        points.filter(|p| p.is_finite()).fold(None, grow)
    }

    /// The farthest that the box reaches along an axis.
    fn reach(self, axis: Vec3) -> f32 {
        Vec3::select(axis.cmpgt(Vec3::ZERO), self.high, self.low).dot(axis)
    }

    fn half_width(self, middle: Vec3, left: Vec3) -> f32 {
        let at = middle.dot(left);
        (self.reach(left) - at).max(self.reach(-left) + at)
    }
}
