//! BVH recordings: read as the same movement whatever their axes, units and order of channels; and what is refused.

use super::figure::{Figure, figure};
use super::{gymnastics, motion, posed};
use crate::common::folder;
use glam::{EulerRot, Quat, Vec3};
use proptest::prelude::*;
use rhetor::avatar::{Avatar, Motion, Transform};
use rhetor::host::load_motion;
use rhetor::import::{import_bvh, is_bvh};
use rhetor::rig::{Part, Rig, motion_of};
use rhetor::vocabulary::Bone;
use std::fmt::Write as _;

/// How a file is written.
#[derive(Clone, Copy)]
struct Style {
    order: (EulerRot, [&'static str; 3]),
    unit: f32,
    is_z_up: bool,
    has_all_positions: bool,
}

const PLAIN: Style = Style {
    order: (EulerRot::ZXY, ["Zrotation", "Xrotation", "Yrotation"]),
    unit: 100.0,
    is_z_up: false,
    has_all_positions: false,
};

/// `avatar` in these poses, a frame each, as a BVH file.
fn written(avatar: &Avatar, poses: &[Vec<Transform>], style: Style) -> String {
    let turn =
        if style.is_z_up { Quat::from_rotation_x(std::f32::consts::FRAC_PI_2) } else { Quat::IDENTITY };
    let mut text = "HIERARCHY\n".to_owned();
    let mut columns = Vec::new();
    joint(avatar, 0, style, turn, &mut text, &mut columns);
    _ = write!(text, "MOTION\nFrames: {}\nFrame Time: 0.5\n", poses.len());
    for pose in poses {
        let mut row = Vec::new();
        for (node, has_position) in &columns {
            let local = pose[*node];
            if *has_position {
                row.extend((turn * local.translation * style.unit).to_array());
            }
            let (a, b, c) = (turn * local.rotation * turn.inverse()).to_euler(style.order.0);
            row.extend([a, b, c].map(f32::to_degrees));
        }
        text += &(row.iter().map(f32::to_string).collect::<Vec<_>>().join(" ") + "\n");
    }
    text
}

fn joint(
    avatar: &Avatar,
    index: usize,
    style: Style,
    turn: Quat,
    text: &mut String,
    columns: &mut Vec<(usize, bool)>,
) {
    let node = &avatar.nodes[index];
    let [x, y, z] = (turn * node.local.translation * style.unit).to_array();
    let kind = if node.parent.is_none() { "ROOT" } else { "JOINT" };
    let has_position = node.parent.is_none() || style.has_all_positions;
    let order = style.order.1.join(" ");
    let channels =
        if has_position { format!("6 Xposition Yposition Zposition {order}") } else { format!("3 {order}") };
    _ = write!(text, "{kind} {}\n{{\nOFFSET {x} {y} {z}\nCHANNELS {channels}\n", node.name);
    columns.push((index, has_position));
    let below: Vec<usize> =
        (0..avatar.nodes.len()).filter(|i| avatar.nodes[*i].parent == Some(index)).collect();
    if below.is_empty() {
        let end = turn * Vec3::new(0.0, 0.05, 0.0) * style.unit;
        _ = write!(text, "End Site\n{{\nOFFSET {} {} {}\n}}\n", end.x, end.y, end.z);
    }
    below.into_iter().for_each(|child| joint(avatar, child, style, turn, text, columns));
    text.push_str("}\n");
}

fn read(text: &str) -> Motion {
    let avatar = import_bvh(text.as_bytes(), "dir/x.bvh").unwrap_or_else(|error| panic!("{error}"));
    motion_of(&avatar, &Rig::resolve(&avatar), &avatar.clips[0]).expect("a body")
}

#[test]
fn any_axes_units_and_order_of_channels_are_the_same_movement() {
    let (avatar, clip) = gymnastics();
    let wanted = motion(&avatar, &clip);
    let mut last = avatar.rest_locals();
    clip.sample_into(1.0, &mut last);
    last[0].translation += Vec3::new(0.1, -0.2, 0.3);
    let poses = [avatar.rest_locals(), avatar.rest_locals(), last];
    let xyz = (EulerRot::XYZ, ["Xrotation", "Yrotation", "Zrotation"]);
    for style in [
        PLAIN,
        Style { unit: 1.0, ..PLAIN },
        Style { order: xyz, unit: 39.37, ..PLAIN },
        Style { is_z_up: true, ..PLAIN },
        Style { is_z_up: true, has_all_positions: true, order: xyz, ..PLAIN },
    ] {
        let found = read(&written(&avatar, &poses, style));
        assert_eq!((found.name.as_str(), found.duration_secs), ("x", 1.0));
        let turns: Vec<(Bone, Quat)> = found.turns(found.moment(1.0)).collect();
        for (bone, turn) in wanted.turns(wanted.moment(1.0)) {
            let (_, own) = turns.iter().find(|(other, _)| *other == bone).unwrap();
            assert!(own.dot(turn).abs() > 1.0 - 1e-5, "{bone}: {own} is not {turn}");
        }
        // It begins where it stands; only the toes tell the floor, and they are a little above it.
        let (begins, _) = found.stand(found.moment(0.0));
        assert!(begins.distance(Vec3::Y * 0.02 / 0.93) < 1e-3, "{begins}");
        let (hips, _) = found.stand(found.moment(1.0));
        assert!((hips - begins).distance(Vec3::new(0.1, -0.2, 0.3) / 0.93) < 2e-3, "{hips}");
    }
}

#[test]
fn positions_may_count_from_the_offset() {
    let (avatar, _) = gymnastics();
    let poses = [avatar.rest_locals(), avatar.rest_locals()];
    let whole = written(&avatar, &poses, Style { has_all_positions: true, ..PLAIN });
    let mut still = poses.clone();
    still
        .iter_mut()
        .for_each(|pose| pose.iter_mut().skip(1).for_each(|local| local.translation = Vec3::ZERO));
    let relative = written(&avatar, &still, Style { has_all_positions: true, ..PLAIN });
    assert_ne!(whole, relative);
    let (a, b) = (read(&whole), read(&relative));
    for ((bone, a), (_, b)) in a.bones.iter().zip(&b.bones) {
        assert!(a[0].dot(b[0]).abs() > 1.0 - 1e-6, "{bone}");
    }
}

/// Names of the CMU database, and of Biovision's own players.
#[test]
fn skeletons_of_other_tools_are_bodies() {
    const CMU: &[(&str, &str)] =
        &[("Spine1", "Spine1"), ("LeftShoulder", "LeftShoulder"), ("LeftToeBase", "LeftToeBase")];
    const BIOVISION: &[(&str, &str)] = &[
        ("Spine", "Chest"),
        ("Spine1", "Chest2"),
        ("LeftShoulder", "LeftCollar"),
        ("LeftArm", "LeftShoulder"),
        ("LeftForeArm", "LeftElbow"),
        ("LeftHand", "LeftWrist"),
        ("LeftUpLeg", "LeftHip"),
        ("LeftLeg", "LeftKnee"),
        ("LeftFoot", "LeftAnkle"),
        ("LeftToeBase", "LeftToe"),
    ];
    let (avatar, clip) = gymnastics();
    let mut last = avatar.rest_locals();
    clip.sample_into(1.0, &mut last);
    let poses = [avatar.rest_locals(), last];
    for names in [CMU, BIOVISION] {
        let mut renamed = avatar.clone();
        for node in &mut renamed.nodes {
            let left = node.name.replace("Right", "Left");
            if let Some((_, new)) = names.iter().find(|(old, _)| *old == left) {
                let is_right = node.name.starts_with("Right");
                node.name = if is_right { new.replace("Left", "Right") } else { (*new).to_owned() };
            }
        }
        let found = read(&written(&renamed, &poses, PLAIN));
        for bone in
            [Bone::LeftUpperArm, Bone::LeftLowerArm, Bone::RightUpperLeg, Bone::RightLowerLeg, Bone::Spine]
        {
            assert!(found.bones.iter().any(|(other, _)| *other == bone), "{names:?}: no {bone}");
        }
    }
}

#[test]
fn a_real_recording_moves_an_avatar() {
    let Some(folder) = folder("AVATARS") else { return };
    let name = folder.join("bvh_univrm_test.bvh").display().to_string();
    let motion = load_motion(&name, None, &[]).unwrap();
    assert!((motion.duration_secs - 4006.0 * 0.008_333).abs() < 0.01, "{}", motion.duration_secs);
    assert_eq!(motion.bones.len(), 21);
    let stands = motion.lift.iter().filter(|lift| **lift < 0.02).count();
    println!(
        "{stands} of {} samples stand; hips go {:.2} hip heights",
        motion.lift.len(),
        motion.hips.iter().map(|h| h.length()).fold(0.0, f32::max)
    );
    assert!(stands * 2 > motion.lift.len(), "{stands} of {}", motion.lift.len());
    assert!(motion.hips.iter().all(|hips| hips.y.abs() < 0.8), "the body stays upright on its feet");
    let target = figure(Figure { size: 1.1, arms_down: 0.7, has_odd_axes: true, ..Figure::default() });
    for secs in [0.0, 5.0, 17.3, 33.0] {
        let locals = posed(&target, &motion, secs, Part::Whole, 1.0);
        let mut world = Vec::new();
        target.world_transforms(&locals, &mut world);
        let height = |bone| world[Rig::resolve(&target).bone(bone).unwrap()].w_axis.y;
        assert!(
            height(Bone::Head) > height(Bone::Hips) && height(Bone::Hips) > height(Bone::LeftFoot),
            "at {secs} s"
        );
    }
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let (avatar, _) = gymnastics();
    let text = written(&avatar, &[avatar.rest_locals(), avatar.rest_locals()], PLAIN);
    let told = |text: &str| import_bvh(text.as_bytes(), "x.bvh").unwrap_err().to_string();
    let lines = text.lines().count();
    let row = text.lines().last().unwrap();
    assert!(told(&format!("{text}{row}\n")).contains("more frames than the 2"));
    let cut = told(text.trim_end().rsplit_once('\n').unwrap().0);
    assert!(cut.starts_with(&format!("x.bvh:{}:1: there are fewer frames", lines - 1)), "{cut}");
    let short = told(text.trim_end().rsplit_once(' ').unwrap().0);
    assert!(
        short.starts_with(&format!("x.bvh:{lines}:1: the frame has 65 numbers, its joints 66 channels")),
        "{short}"
    );
    let nan = told(&format!("{} NaN\n", text.trim_end().rsplit_once(' ').unwrap().0));
    assert!(nan.starts_with(&format!("x.bvh:{lines}:1: 'NaN' is no number, in column 66")), "{nan}");
    for (from, to, complaint) in [
        ("HIERARCHY", "HIERACHY", "x.bvh:1:1: 'HIERACHY' stands where HIERARCHY"),
        ("OFFSET 0", "OFFSET x", "x.bvh:4:1: 'x' is no number"),
        ("CHANNELS 6", "CHANNELS 9", "x.bvh:5:1: '9' is no number of channels"),
        ("Xposition", "Wposition", "'Wposition' is no channel"),
        ("Xposition", "Yposition", "stands twice"),
        ("MOTION", "", "'Frames:' does not belong here"),
        ("Frames: 2", "Frames: none", "'none' is no number of frames"),
        ("Frames: 2", "Frames: 99999999999", "too many"),
        ("Frame Time: 0.5", "Frame Time: 0", "a frame of 0 s"),
        ("JOINT", "ROOT", "'ROOT' does not belong here"),
    ] {
        let told = told(&text.replacen(from, to, 1));
        assert!(told.contains(complaint), "{from} → {to}: {told}");
    }
    assert!(told("HIERARCHY\n").contains("the file ends"));
    let deep = format!("HIERARCHY\nROOT a\n{{\n{}", "JOINT b\n{\n".repeat(5000));
    assert!(told(&deep).contains("deeper than"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("unknown.bvh");
    let mut unknown = text.clone();
    for (index, node) in avatar.nodes.iter().enumerate() {
        unknown = unknown.replace(&format!("{}\n", node.name), &format!("q{index}\n"));
    }
    std::fs::write(&path, unknown.replace("OFFSET", "OFFSET 0 0 0\nOFFSET")).unwrap();
    let name = path.display().to_string();
    match load_motion(&name, None, &[]) {
        Err(error) => {
            let error = error.to_string();
            assert!(
                error.contains("unknown.bvh:2:1: its joints are no body") && error.contains("q0, q1"),
                "{error}"
            );
        }
        // The skeleton's shape may tell what its names do not.
        Ok(motion) => assert!(motion.bones.len() > 10, "{} bones", motion.bones.len()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// No bytes panic, and what is read can be made a motion of.
    #[test]
    fn no_file_panics(cuts in proptest::collection::vec((0.0..1.0f64, 0..40usize, "[A-Za-z{} .0-9\n-]{0,6}"), 0..6)) {
        let (avatar, _) = gymnastics();
        let mut bytes = written(&avatar, &[avatar.rest_locals(), avatar.rest_locals()], PLAIN).into_bytes();
        for (place, length, put) in cuts {
            let from = (place * bytes.len() as f64) as usize;
            let to = (from + length).min(bytes.len());
            bytes.splice(from..to, put.into_bytes());
        }
        prop_assert!(is_bvh(b"\xEF\xBB\xBF hierarchy"));
        if let Ok(avatar) = import_bvh(&bytes, "x.bvh") {
            _ = motion_of(&avatar, &Rig::resolve(&avatar), &avatar.clips[0]);
        }
    }
}
