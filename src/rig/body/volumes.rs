//! How thick a body is, so that hands stay out of it: an oval around each bone of trunk, head and thighs.

use super::tpose::TPose;
use crate::avatar::{Avatar, Deformed};
use crate::vocabulary::Bone;
use glam::{Affine3A, Mat4, Quat, Vec3};

/// Bones whose flesh hands stay out of.
const BONES: &[Bone] = &[
    Bone::Hips,
    Bone::Spine,
    Bone::Chest,
    Bone::UpperChest,
    Bone::Head,
    Bone::LeftUpperLeg,
    Bone::RightUpperLeg,
];

/// Bones that end another's flesh: what follows them is not its own.
const OTHERS: &[Bone] = &[
    Bone::Neck,
    Bone::LeftShoulder,
    Bone::RightShoulder,
    Bone::LeftUpperArm,
    Bone::RightUpperArm,
    Bone::LeftLowerLeg,
    Bone::RightLowerLeg,
];

/// The share of vertices left out at each end of each axis: seams, hair, hems.
const TRIM: f32 = 0.04;
/// Fewer vertices say nothing of a shape.
const FEWEST: usize = 24;

/// An oval that moves with a node: round sideways and forwards, blunt at its ends.
#[derive(Debug, Clone, Copy)]
struct Volume {
    node: usize,
    /// From the node's space to the body's as it stood at rest, centred on the oval.
    oval_from_node: Affine3A,
    /// Metres at rest, along the body's axes.
    half: Vec3,
}

/// The ovals of one body.
#[derive(Debug, Clone, Default)]
pub(super) struct Volumes(Vec<Volume>);

impl Volumes {
    /// From the mesh as it is at rest.
    pub(super) fn new(avatar: &Avatar, pose: &TPose, deformed: &[Deformed]) -> Self {
        let rest = avatar.rest_world();
        let node = |bone: &Bone| pose.bone(*bone).map(|b| b.node);
        let bones: Vec<usize> = BONES.iter().filter_map(node).collect();
        let others: Vec<usize> = OTHERS.iter().filter_map(node).collect();
        let mut owner: Vec<Option<usize>> = Vec::with_capacity(avatar.nodes.len());
        for (index, node) in avatar.nodes.iter().enumerate() {
            let above = node.parent.and_then(|p| owner.get(p).copied().flatten());
            let own = (bones.contains(&index) || others.contains(&index)).then_some(index);
            owner.push(own.or(above));
        }
        let vertices = followers(avatar, deformed, &owner);
        let turn = pose.body_from_avatar;
        Self(bones.into_iter().filter_map(|node| volume(node, &vertices, rest.get(node)?, turn)).collect())
    }

    /// The nodes that they move with.
    pub(super) fn nodes(&self) -> impl Iterator<Item = usize> {
        self.0.iter().map(|volume| volume.node)
    }

    /// What moves `point` (avatar space) out of the body, `clear` metres away from it; zero outside.
    pub(super) fn way_out(
        &self,
        point: Vec3,
        clear: f32,
        avatar_from_node: &impl Fn(usize) -> Option<Affine3A>,
    ) -> Vec3 {
        let (mut sum, mut weights) = (Vec3::ZERO, 0.0);
        for volume in &self.0 {
            let Some(world) = avatar_from_node(volume.node) else { continue };
            let inside = volume.oval_from_node * world.inverse();
            let way = volume.way_out(inside.transform_point3(point), clear);
            if way != Vec3::ZERO {
                let way = inside.inverse().transform_vector3(way);
                let weight = way.length_squared() * way.length_squared();
                if way.is_finite() && weight.is_finite() {
                    (sum, weights) = (sum + way * weight, weights + weight);
                }
            }
        }
        if weights > 0.0 { sum / weights } else { Vec3::ZERO }
    }
}

impl Volume {
    /// Sideways out of the oval, in its own space.
    fn way_out(&self, point: Vec3, clear: f32) -> Vec3 {
        let half = self.half + Vec3::splat(clear);
        let height = point.y / half.y;
        let room = 1.0 - height * height * height * height;
        if room <= 0.0 {
            return Vec3::ZERO;
        }
        let (x, z) = (point.x / half.x, point.z / half.z);
        let (is, may) = ((x * x + z * z).sqrt(), room);
        if is >= may {
            return Vec3::ZERO;
        }
        // From the very middle there is no way; forwards is one.
        let (x, z) = if is > 1e-4 { (x / is, z / is) } else { (0.0, 1.0) };
        Vec3::new(x * may * half.x - point.x, 0.0, z * may * half.z - point.z)
    }
}

fn volume(node: usize, vertices: &[(usize, Vec3)], rest: &Mat4, body_from_avatar: Quat) -> Option<Volume> {
    let own: Vec<Vec3> =
        vertices.iter().filter(|(n, _)| *n == node).map(|(_, p)| body_from_avatar * *p).collect();
    if own.len() < FEWEST {
        return None;
    }
    let span = |part: fn(&Vec3) -> f32| {
        let mut values: Vec<f32> = own.iter().map(part).collect();
        values.sort_by(f32::total_cmp);
        let left_out = (values.len() as f32 * TRIM) as usize;
        Some((*values.get(left_out)?, *values.get(values.len() - 1 - left_out)?))
    };
    let (x, y, z) = (span(|p| p.x)?, span(|p| p.y)?, span(|p| p.z)?);
    let low = Vec3::new(x.0, y.0, z.0);
    let high = Vec3::new(x.1, y.1, z.1);
    let (centre, half) = ((low + high) * 0.5, (high - low) * 0.5);
    let oval_from_avatar = Affine3A::from_rotation_translation(body_from_avatar, -centre);
    let oval_from_node = oval_from_avatar * Affine3A::from_mat4(*rest);
    let is_sound = oval_from_node.is_finite() && half.min_element() > 1e-4;
    is_sound.then_some(Volume { node, oval_from_node, half })
}

/// Every vertex with the owner of the joint it follows most, or of the node it hangs on, where that has one.
pub(super) fn followers(
    avatar: &Avatar,
    deformed: &[Deformed],
    owner: &[Option<usize>],
) -> Vec<(usize, Vec3)> {
    let mut out = Vec::new();
    let owner_of = |node: usize| owner.get(node).copied().flatten();
    for part in deformed {
        let node = avatar.nodes.get(part.node);
        let skin = node.and_then(|n| n.skin).and_then(|s| avatar.skins.get(s));
        let mesh = node.and_then(|n| n.mesh).and_then(|m| avatar.meshes.get(m));
        let primitive = mesh.and_then(|m| m.primitives.get(part.primitive));
        let skinned = skin.zip(primitive).filter(|(_, p)| p.influences.len() == part.positions.len());
        let Some((skin, primitive)) = skinned else {
            let rigid = owner_of(part.node);
            out.extend(rigid.into_iter().flat_map(|owner| part.positions.iter().map(move |p| (owner, *p))));
            continue;
        };
        for (influences, position) in primitive.influences.iter().zip(&part.positions) {
            let pairs = influences.joints.iter().zip(influences.weights);
            let most = pairs.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(joint, _)| usize::from(*joint));
            let joint = most.and_then(|slot| skin.joints.get(slot));
            out.extend(joint.and_then(|j| owner_of(*j)).map(|owner| (owner, *position)));
        }
    }
    out
}
