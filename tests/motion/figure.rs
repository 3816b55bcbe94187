//! A figure of joints alone, in any rest pose, size and facing, with any joint axes.

use glam::{Affine3A, Quat, Vec3};
use rhetor::avatar::{Avatar, Node, Transform};
use rhetor::rig::Rig;
use rhetor::vocabulary::Bone;

/// How the figure rests.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    /// 1 is a metre seventy.
    pub(super) size: f32,
    /// From a T-pose, radians.
    pub(super) arms_down: f32,
    /// Each leg, radians.
    pub(super) legs_apart: f32,
    /// Every joint has axes of its own.
    pub(super) has_odd_axes: bool,
    /// Radians from +Z towards +X.
    pub(super) faces: f32,
}

impl Default for Figure {
    fn default() -> Self {
        Self { size: 1.0, arms_down: 0.0, legs_apart: 0.0, has_odd_axes: false, faces: 0.0 }
    }
}

/// Joints of the middle, and of the left side: name, what it hangs on, where it is in a T-pose.
const MIDDLE: &[(&str, &str, [f32; 3])] = &[
    ("Hips", "", [0.0, 0.95, 0.0]),
    ("Spine", "Hips", [0.0, 1.05, 0.0]),
    ("Spine1", "Spine", [0.0, 1.2, 0.0]),
    ("Neck", "Spine1", [0.0, 1.45, 0.0]),
    ("Head", "Neck", [0.0, 1.55, 0.0]),
];
const SIDE: &[(&str, &str, [f32; 3])] = &[
    ("Shoulder", "Spine1", [0.05, 1.4, 0.0]),
    ("Arm", "Shoulder", [0.18, 1.4, 0.0]),
    ("ForeArm", "Arm", [0.45, 1.4, 0.0]),
    ("Hand", "ForeArm", [0.7, 1.4, 0.0]),
    ("UpLeg", "Hips", [0.1, 0.9, 0.0]),
    ("Leg", "UpLeg", [0.1, 0.5, 0.0]),
    ("Foot", "Leg", [0.1, 0.1, 0.0]),
    ("ToeBase", "Foot", [0.1, 0.02, 0.12]),
];

/// The figure.
pub(super) fn figure(figure: Figure) -> Avatar {
    let mut joints: Vec<(String, String, Vec3)> = Vec::new();
    for (name, above, place) in MIDDLE {
        joints.push(((*name).into(), (*above).into(), Vec3::from(*place)));
    }
    for (side, sign) in [("Left", 1.0), ("Right", -1.0)] {
        for (name, above, place) in SIDE {
            let parent = if MIDDLE.iter().any(|(n, ..)| n == above) {
                (*above).to_owned()
            } else {
                format!("{side}{above}")
            };
            let place = Vec3::from(*place) * Vec3::new(sign, 1.0, 1.0);
            let place = if place.y > 1.0 {
                swung(place, Vec3::new(0.18 * sign, 1.4, 0.0), -figure.arms_down * sign)
            } else {
                swung(place, Vec3::new(0.1 * sign, 0.9, 0.0), figure.legs_apart * sign)
            };
            joints.push((format!("{side}{name}"), parent, place));
        }
    }
    let turn = Quat::from_rotation_y(figure.faces);
    let mut world: Vec<Affine3A> = Vec::new();
    let mut nodes: Vec<Node> = Vec::new();
    for (index, (name, above, place)) in joints.iter().enumerate() {
        let parent = nodes.iter().position(|n| n.name == *above);
        let axes = if figure.has_odd_axes {
            let odd = |k: usize| ((index * 37 + k * 101) % 17) as f32 / 17.0 - 0.5;
            Quat::from_scaled_axis(Vec3::new(odd(1), odd(2), odd(3)) * 5.0)
        } else {
            Quat::IDENTITY
        };
        let own = Affine3A::from_rotation_translation(axes, turn * (*place * figure.size));
        let local = parent.map_or(own, |p| world[p].inverse() * own);
        let (_, rotation, translation) = local.to_scale_rotation_translation();
        world.push(own);
        nodes.push(Node {
            name: name.clone(),
            parent,
            local: Transform { translation, rotation: rotation.normalize(), scale: Vec3::ONE },
            mesh: None,
            skin: None,
            morph_weights: Vec::new(),
        });
    }
    Avatar { nodes, ..Avatar::default() }
}

/// `place` turned about +Z around `pivot`, where it lies further out than it.
fn swung(place: Vec3, pivot: Vec3, angle: f32) -> Vec3 {
    let is_outer = (place - pivot).length() > 1e-4 && (place.x.abs() >= pivot.x.abs());
    if is_outer { pivot + Quat::from_rotation_z(angle) * (place - pivot) } else { place }
}

/// From one bone to another in a pose, as seen from the figure, which faces `faces`.
pub(super) fn bone_direction(
    avatar: &Avatar,
    locals: &[Transform],
    from: Bone,
    to: Bone,
    faces: f32,
) -> Vec3 {
    let rig = Rig::resolve(avatar);
    let mut world = Vec::new();
    avatar.world_transforms(locals, &mut world);
    let place = |bone: Bone| {
        let node = rig.bone(bone).unwrap_or_else(|| panic!("no {bone}"));
        world[node].w_axis.truncate()
    };
    Quat::from_rotation_y(-faces) * (place(to) - place(from)).normalize()
}
