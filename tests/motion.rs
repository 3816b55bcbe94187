//! Motions: from any humanoid, onto any humanoid, by script and by file.

mod bvh;
mod figure;
mod real;
mod speech;

use figure::{Figure, bone_direction, figure};
use glam::{Quat, Vec3};
use rhetor::avatar::{Avatar, Clip, ClipChannel, Interpolation, Motion, Transform, Values};
use rhetor::rig::{Part, Retarget, Rig, motion_of};
use rhetor::vocabulary::Bone;

/// The motion of one clip of `avatar`.
fn motion(avatar: &Avatar, clip: &Clip) -> Motion {
    motion_of(avatar, &Rig::resolve(avatar), clip).expect("a humanoid's motion")
}

/// The avatar's standing pose with `motion` on it.
fn posed(avatar: &Avatar, motion: &Motion, secs: f32, part: Part, weight: f32) -> Vec<Transform> {
    let rig = Rig::resolve(avatar);
    let mut locals = avatar.rest_locals();
    for (node, local) in &rig.stance {
        locals[*node] = *local;
    }
    let retarget = Retarget::new(avatar, &rig).expect("a humanoid");
    retarget.pose(avatar, motion, secs, part, weight, &mut locals);
    locals
}

/// A clip of the upright figure that turns nodes over a second: node's name, and the turn in its parent's space.
fn clip(avatar: &Avatar, turns: &[(&str, Quat)]) -> Clip {
    let channel = |(name, turn): &(&str, Quat)| {
        let node = avatar.nodes.iter().position(|n| n.name == *name).unwrap();
        let rest = avatar.nodes[node].local.rotation;
        ClipChannel {
            node,
            times_secs: vec![0.0, 1.0],
            interpolation: Interpolation::Linear,
            values: Values::Rotation(vec![rest.to_array(), (*turn * rest).to_array()]),
        }
    };
    Clip { name: "turns".into(), duration_secs: 1.0, channels: turns.iter().map(channel).collect() }
}

/// Arms up and bent, a knee up, a bow: large turns of everything.
fn gymnastics() -> (Avatar, Clip) {
    let avatar = figure(Figure::default());
    let clip = clip(
        &avatar,
        &[
            ("Spine", Quat::from_rotation_x(0.4)),
            ("LeftArm", Quat::from_rotation_z(1.2)),
            ("LeftForeArm", Quat::from_rotation_y(-1.0)),
            ("RightArm", Quat::from_rotation_y(1.1)),
            ("RightUpLeg", Quat::from_rotation_x(-1.3)),
            ("RightLeg", Quat::from_rotation_x(1.5)),
        ],
    );
    (avatar, clip)
}

/// What the clip moves.
const DIRECTIONS: &[(Bone, Bone)] = &[
    (Bone::Spine, Bone::Chest),
    (Bone::LeftUpperArm, Bone::LeftLowerArm),
    (Bone::LeftLowerArm, Bone::LeftHand),
    (Bone::RightUpperArm, Bone::RightLowerArm),
    (Bone::RightUpperLeg, Bone::RightLowerLeg),
    (Bone::RightLowerLeg, Bone::RightFoot),
];

#[test]
fn any_rest_pose_any_joint_axes_any_size_show_the_same_posture() {
    let (source, clip) = gymnastics();
    let motion = motion(&source, &clip);
    let mut shown = source.rest_locals();
    clip.sample_into(1.0, &mut shown);
    for target in [
        Figure { size: 0.4, ..Figure::default() },
        Figure { arms_down: 0.9, legs_apart: 0.2, ..Figure::default() },
        Figure { has_odd_axes: true, ..Figure::default() },
        Figure { faces: 2.5, ..Figure::default() },
        Figure { size: 1.7, arms_down: 0.7, legs_apart: 0.15, has_odd_axes: true, faces: -1.0 },
    ] {
        let avatar = figure(target);
        let locals = posed(&avatar, &motion, 1.0, Part::Whole, 1.0);
        for (from, to) in DIRECTIONS {
            let wanted = bone_direction(&source, &shown, *from, *to, 0.0);
            let found = bone_direction(&avatar, &locals, *from, *to, target.faces);
            assert!(wanted.distance(found) < 2e-3, "{target:?}: {from} points to {found}, not {wanted}");
        }
    }
}

#[test]
fn one_foot_stands_on_the_floor_whatever_the_legs_do() {
    let (source, clip) = gymnastics();
    let motion = motion(&source, &clip);
    for size in [0.5, 1.0, 2.0] {
        let avatar = figure(Figure { size, arms_down: 0.6, ..Figure::default() });
        let locals = posed(&avatar, &motion, 1.0, Part::Whole, 1.0);
        let mut world = Vec::new();
        avatar.world_transforms(&locals, &mut world);
        let height = |name: &str| world[avatar.nodes.iter().position(|n| n.name == name).unwrap()].w_axis.y;
        let rest = avatar.rest_world();
        let toes = avatar.nodes.iter().position(|n| n.name == "LeftToeBase").unwrap();
        assert!(
            (height("LeftToeBase") - rest[toes].w_axis.y).abs() < 1e-3 * size,
            "{}",
            height("LeftToeBase")
        );
        assert!(height("RightToeBase") > 0.1 * size);
    }
}

#[test]
fn a_gesture_leaves_the_legs_and_a_weight_goes_halfway() {
    let (source, clip) = gymnastics();
    let motion = motion(&source, &clip);
    let avatar = figure(Figure { size: 1.2, has_odd_axes: true, ..Figure::default() });
    let (none, half, whole) = (
        posed(&avatar, &motion, 1.0, Part::Upper, 0.0),
        posed(&avatar, &motion, 1.0, Part::Upper, 0.5),
        posed(&avatar, &motion, 1.0, Part::Upper, 1.0),
    );
    let rig = Rig::resolve(&avatar);
    for bone in [Bone::Hips, Bone::RightUpperLeg, Bone::RightLowerLeg, Bone::LeftFoot] {
        let node = rig.bone(bone).unwrap();
        assert_eq!(none[node], whole[node], "{bone}");
    }
    let arm = rig.bone(Bone::LeftUpperArm).unwrap();
    let all = none[arm].rotation.angle_between(whole[arm].rotation);
    let part = none[arm].rotation.angle_between(half[arm].rotation);
    assert!(all > 0.5 && (part / all - 0.5).abs() < 0.01, "{part} of {all}");
}

#[test]
fn bones_that_one_of_the_two_lacks_do_no_harm() {
    let (source, clip) = gymnastics();
    let whole = motion(&source, &clip);
    // The target has no chest: what hangs on it still points where it should.
    let mut without = figure(Figure::default());
    let chest = without.nodes.iter().position(|n| n.name == "Spine1").unwrap();
    without.nodes[chest].name = "decoration".into();
    let locals = posed(&without, &whole, 1.0, Part::Whole, 1.0);
    let mut shown = source.rest_locals();
    clip.sample_into(1.0, &mut shown);
    let wanted = bone_direction(&source, &shown, Bone::LeftUpperArm, Bone::LeftLowerArm, 0.0);
    let found = bone_direction(&without, &locals, Bone::LeftUpperArm, Bone::LeftLowerArm, 0.0);
    assert!(wanted.distance(found) < 2e-3, "{found}");
    // The source has no legs: the target's stand as they stood.
    let mut legless = whole.clone();
    legless.bones.retain(|(bone, _)| !bone.name().contains("Leg") && !bone.name().contains("oot"));
    let locals = posed(&without, &legless, 1.0, Part::Whole, 1.0);
    let leg = Rig::resolve(&without).bone(Bone::RightUpperLeg).unwrap();
    assert_eq!(locals[leg].rotation, without.nodes[leg].local.rotation);
}

#[test]
fn what_moves_no_body_is_no_motion() {
    let (avatar, _) = gymnastics();
    let still = Clip { name: "none".into(), duration_secs: 1.0, channels: Vec::new() };
    assert!(motion_of(&avatar, &Rig::resolve(&avatar), &still).is_none());
    let endless = Clip { duration_secs: f32::INFINITY, ..gymnastics().1 };
    let read = motion_of(&avatar, &Rig::resolve(&avatar), &endless);
    assert!(read.is_none_or(|m| m.hips.len() < 100_000));
    let (_, clip) = gymnastics();
    let motion = motion(&avatar, &clip);
    for secs in [-1.0, f32::NAN, f32::INFINITY, 1e30] {
        let locals = posed(&avatar, &motion, secs, Part::Whole, 1.0);
        assert!(locals.iter().all(|l| l.rotation.is_finite() && l.translation.is_finite()), "{secs}");
    }
    assert_eq!(Vec3::ZERO, motion.stand(motion.moment(0.0)).0);
}
