//! Where feet touch the floor: points under the soles that move with the joints of the feet.

use super::tpose::TPose;
use super::volumes::followers;
use crate::avatar::{Avatar, Deformed};
use crate::vocabulary::Bone;
use glam::{Affine3A, Vec3};

/// The joints of both feet.
const JOINTS: &[Bone] = &[Bone::LeftFoot, Bone::LeftToes, Bone::RightFoot, Bone::RightToes];

/// A file's origin is the floor where it lies this little below the feet, in hip heights.
const NEAR_ORIGIN: f32 = 0.2;
/// Ways around in which a foot may tip.
const AROUND: [Vec3; 8] = [
    Vec3::X,
    Vec3::NEG_X,
    Vec3::Z,
    Vec3::NEG_Z,
    Vec3::new(0.7, 0.0, 0.7),
    Vec3::new(-0.7, 0.0, 0.7),
    Vec3::new(0.7, 0.0, -0.7),
    Vec3::new(-0.7, 0.0, -0.7),
];
/// How far (tangents of the angles): flat, on its edge, on its tip.
const TIPPED: [f32; 3] = [0.02, 0.4, 1.2];

/// Points of both soles.
#[derive(Debug, Clone)]
pub(super) struct Soles {
    /// A node, and a point in its space.
    points: Vec<(usize, Vec3)>,
    /// How high the lowest is at rest, avatar space.
    pub(super) floor: f32,
}

impl Soles {
    /// From the mesh (as it is at rest) that follows the feet, or from the joints alone. `None` without feet.
    pub(super) fn new(avatar: &Avatar, pose: &TPose, deformed: &[Deformed]) -> Option<Self> {
        let rest = avatar.rest_world();
        let joints: Vec<usize> = JOINTS.iter().filter_map(|b| pose.bone(*b)).map(|b| b.node).collect();
        let mut under = under_mesh(avatar, deformed, &joints);
        if under.is_empty() {
            let places = joints.iter().filter_map(|j| Some((*j, rest.get(*j)?.w_axis.truncate())));
            let places: Vec<(usize, Vec3)> = places.collect();
            let lowest = places.iter().map(|(_, p)| p.y).fold(f32::INFINITY, f32::min);
            let floor = if (0.0..pose.hip_height * NEAR_ORIGIN).contains(&lowest) { 0.0 } else { lowest };
            under = places.into_iter().map(|(joint, p)| (joint, Vec3::new(p.x, floor, p.z))).collect();
        }
        let floor = under.iter().map(|(_, p)| p.y).fold(f32::INFINITY, f32::min);
        let local = |(joint, point): (usize, Vec3)| {
            let point = rest.get(joint)?.inverse().transform_point3(point);
            point.is_finite().then_some((joint, point))
        };
        let points: Vec<(usize, Vec3)> = under.into_iter().filter_map(local).collect();
        (!points.is_empty() && floor.is_finite()).then_some(Self { points, floor })
    }

    /// How high the lowest point is.
    pub(super) fn lowest(&self, avatar_from_node: &[Affine3A]) -> f32 {
        let heights = self.points.iter().filter_map(|(node, point)| {
            avatar_from_node.get(*node).map(|world| world.transform_point3(*point).y)
        });
        heights.fold(f32::INFINITY, f32::min)
    }

    /// Whether a node carries any of them.
    pub(super) fn hang_below(&self, avatar: &Avatar, node: usize) -> bool {
        let mut at = self.points.first().map(|(node, _)| *node);
        while let Some(here) = at.filter(|here| *here != node) {
            at = avatar.nodes.get(here).and_then(|n| n.parent);
        }
        at.is_some()
    }
}

/// Of what follows each of `joints` or what hangs on it, the points that are lowest however the foot is tipped, avatar
/// space.
fn under_mesh(avatar: &Avatar, deformed: &[Deformed], joints: &[usize]) -> Vec<(usize, Vec3)> {
    let flesh = follow(avatar, deformed, joints);
    let mut out = Vec::new();
    for joint in joints {
        for way in AROUND.iter().flat_map(|around| TIPPED.map(|tipped| *around * tipped - Vec3::Y)) {
            let own = flesh.iter().filter(|(j, _)| j == joint);
            let lowest = own.max_by(|a, b| a.1.dot(way).total_cmp(&b.1.dot(way)));
            out.extend(lowest.copied().filter(|found| !out.contains(found)));
        }
    }
    out
}

/// All vertices that follow one of `joints` more than anything else, at rest.
fn follow(avatar: &Avatar, deformed: &[Deformed], joints: &[usize]) -> Vec<(usize, Vec3)> {
    let mut owner: Vec<Option<usize>> = Vec::with_capacity(avatar.nodes.len());
    for (index, node) in avatar.nodes.iter().enumerate() {
        let above = node.parent.and_then(|p| owner.get(p).copied().flatten());
        owner.push(if joints.contains(&index) { Some(index) } else { above });
    }
    followers(avatar, deformed, &owner)
}
