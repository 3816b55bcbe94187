//! Resolving rigs: names in the wild, recipes, joints, the relaxed pose, landmarks.

use crate::common::{Folder, add_mesh, folder};
use glam::{Mat4, Quat, Vec3};
use rhetor::avatar::{Avatar, MorphDeltas, Node, Skin, Transform};
use rhetor::import::{Options, import};
use rhetor::rig::{How, Move, Rig};
use rhetor::source::NoSource;
use rhetor::vocabulary::{Bone, Channel, Viseme};

/// A node of a skeleton: name, parent's name (empty: none), place in the world.
type Joint = (&'static str, &'static str, [f32; 3]);

/// A person in a T pose, facing +Z, as Mixamo names it.
const MIXAMO: &[Joint] = &[
    ("mixamorig:Hips", "", [0.0, 1.0, 0.0]),
    ("mixamorig:Spine", "mixamorig:Hips", [0.0, 1.1, 0.0]),
    ("mixamorig:Spine1", "mixamorig:Spine", [0.0, 1.2, 0.0]),
    ("mixamorig:Spine2", "mixamorig:Spine1", [0.0, 1.3, 0.0]),
    ("mixamorig:Neck", "mixamorig:Spine2", [0.0, 1.45, 0.0]),
    ("mixamorig:Head", "mixamorig:Neck", [0.0, 1.55, 0.0]),
    ("mixamorig:LeftEye", "mixamorig:Head", [0.03, 1.63, 0.08]),
    ("mixamorig:RightEye", "mixamorig:Head", [-0.03, 1.63, 0.08]),
    ("mixamorig:Jaw", "mixamorig:Head", [0.0, 1.57, 0.03]),
    ("mixamorig:LeftShoulder", "mixamorig:Spine2", [0.05, 1.42, 0.0]),
    ("mixamorig:LeftArm", "mixamorig:LeftShoulder", [0.18, 1.42, 0.0]),
    ("mixamorig:LeftForeArm", "mixamorig:LeftArm", [0.45, 1.42, 0.0]),
    ("mixamorig:LeftHand", "mixamorig:LeftForeArm", [0.7, 1.42, 0.0]),
    ("mixamorig:LeftHandIndex1", "mixamorig:LeftHand", [0.8, 1.42, 0.02]),
    ("mixamorig:LeftHandIndex2", "mixamorig:LeftHandIndex1", [0.83, 1.42, 0.02]),
    ("mixamorig:RightShoulder", "mixamorig:Spine2", [-0.05, 1.42, 0.0]),
    ("mixamorig:RightArm", "mixamorig:RightShoulder", [-0.18, 1.42, 0.0]),
    ("mixamorig:RightForeArm", "mixamorig:RightArm", [-0.45, 1.42, 0.0]),
    ("mixamorig:RightHand", "mixamorig:RightForeArm", [-0.7, 1.42, 0.0]),
];

/// Skinned joints at the places given; each has some odd rotation of its own, which must not matter.
fn skeleton(joints: &[Joint], rename: impl Fn(&str) -> String) -> Avatar {
    let mut avatar = Avatar::default();
    let mut world: Vec<Mat4> = Vec::new();
    for (i, (name, parent, place)) in joints.iter().enumerate() {
        let parent = joints[..i].iter().position(|(n, _, _)| n == parent);
        let turn = Quat::from_rotation_y(i as f32) * Quat::from_rotation_x(0.7 * i as f32);
        let own = Mat4::from_rotation_translation(turn, Vec3::from(*place));
        let above = parent.map_or(Mat4::IDENTITY, |p| world[p]);
        let (scale, rotation, translation) = (above.inverse() * own).to_scale_rotation_translation();
        world.push(own);
        avatar.nodes.push(Node {
            name: rename(name),
            parent,
            local: Transform { translation, rotation, scale },
            mesh: None,
            skin: None,
            morph_weights: Vec::new(),
        });
    }
    avatar.skins.push(Skin {
        name: String::new(),
        joints: (0..joints.len()).collect(),
        inverse_bind: world.iter().map(Mat4::inverse).collect(),
    });
    avatar
}

fn face(morphs: &[&str]) -> (Avatar, Rig) {
    let mut avatar = Avatar::default();
    add_mesh(&mut avatar, "face", morphs);
    let rig = Rig::resolve(&avatar);
    (avatar, rig)
}

fn how(rig: &Rig) -> Vec<How> {
    Viseme::ALL[1..].iter().map(|v| rig.viseme(*v).how).collect()
}

/// The report's warnings, one a line.
fn told(rig: &Rig, avatar: &Avatar) -> String {
    let lines = rig.report(avatar).warnings.iter().map(ToString::to_string).collect::<Vec<_>>();
    lines.join("\n")
}

/// The weight of a target of the first mesh's node.
fn weight(moves: &[Move], wanted: usize) -> f32 {
    let one = |m: &Move| match *m {
        Move::Morph { target, weight, .. } if target == wanted => weight,
        _ => 0.0,
    };
    moves.iter().map(one).sum()
}

#[test]
fn finds_bones_of_many_conventions() {
    let conventions: [(&str, &[&str]); 6] = [
        ("Mixamo", &[]),
        ("VRoid", &["J_Bip_C_Head", "J_Bip_L_UpperArm", "J_Bip_R_LowerArm", "J_Adj_L_FaceEye"]),
        ("Rigify", &["DEF-head", "DEF-upper_arm.L", "DEF-forearm.R", "DEF-eye.L"]),
        ("Unreal", &["head", "upperarm_l", "lowerarm_r", "eye_l"]),
        ("CC", &["CC_Base_Head", "CC_Base_L_Upperarm", "CC_Base_R_Forearm", "CC_Base_L_Eye"]),
        ("MakeHuman", &["head", "upperarm01.L", "lowerarm01.R", "eye.L"]),
    ];
    let replaced = ["mixamorig:Head", "mixamorig:LeftArm", "mixamorig:RightForeArm", "mixamorig:LeftEye"];
    for (convention, names) in conventions {
        let rename = |name: &str| {
            let place = replaced.iter().position(|r| *r == name);
            place.and_then(|p| names.get(p)).map_or(name.to_owned(), |n| (*n).to_owned())
        };
        let rig = Rig::resolve(&skeleton(MIXAMO, rename));
        let node = |name: &str| MIXAMO.iter().position(|(n, _, _)| *n == name);
        for (bone, name) in
            [Bone::Head, Bone::LeftUpperArm, Bone::RightLowerArm, Bone::LeftEye].iter().zip(replaced)
        {
            assert_eq!(rig.bone(*bone), node(name), "{convention}: {bone}");
        }
        assert_eq!(rig.bone(Bone::Chest), node("mixamorig:Spine1"), "{convention}");
        assert_eq!(rig.bone(Bone::UpperChest), node("mixamorig:Spine2"), "{convention}");
        assert_eq!(rig.bone(Bone::LeftIndexIntermediate), node("mixamorig:LeftHandIndex2"), "{convention}");
    }
}

#[test]
fn arms_of_a_t_pose_hang_whatever_the_axes() {
    let avatar = skeleton(MIXAMO, str::to_owned);
    let rig = Rig::resolve(&avatar);
    let mut locals = avatar.rest_locals();
    for (node, stands) in &rig.stance {
        locals[*node] = *stands;
    }
    let mut world = Vec::new();
    avatar.world_transforms(&locals, &mut world);
    let place = |bone: Bone| world[rig.bone(bone).unwrap()].w_axis.truncate();
    for (upper, lower, hand, side) in [
        (Bone::LeftUpperArm, Bone::LeftLowerArm, Bone::LeftHand, 1.0),
        (Bone::RightUpperArm, Bone::RightLowerArm, Bone::RightHand, -1.0),
    ] {
        let arm = (place(lower) - place(upper)).normalize();
        assert!(arm.y < -0.95 && arm.x * side > 0.1, "{upper} {arm}");
        let forearm = (place(hand) - place(lower)).normalize();
        assert!(forearm.y < -0.9 && forearm.z > 0.1, "{lower} {forearm}");
        assert!(((place(lower) - place(upper)).length() - 0.27).abs() < 1e-4, "arms keep their length");
    }
    assert!(place(Bone::LeftIndexProximal).y < 1.0, "fingers go along");
}

#[test]
fn arms_that_hang_are_left_alone() {
    let hanging: Vec<Joint> = MIXAMO
        .iter()
        .map(|&(name, parent, [x, y, z])| {
            let beyond = (x.abs() - 0.18).max(0.0);
            (name, parent, [x.clamp(-0.18, 0.18), y - beyond, z])
        })
        .collect();
    assert_eq!(Rig::resolve(&skeleton(&hanging, str::to_owned)).stance, []);
}

#[test]
fn facing_is_told_from_left_and_right() {
    let turned: Vec<Joint> = MIXAMO.iter().map(|&(n, p, [x, y, z])| (n, p, [-x, y, -z])).collect();
    assert_eq!(Rig::resolve(&skeleton(MIXAMO, str::to_owned)).landmarks.facing, Vec3::Z);
    assert_eq!(Rig::resolve(&skeleton(&turned, str::to_owned)).landmarks.facing, Vec3::NEG_Z);
}

#[test]
fn joints_turn_eyes_and_jaw() {
    let avatar = skeleton(MIXAMO, str::to_owned);
    let rig = Rig::resolve(&avatar);
    let world = avatar.rest_world();
    // Where a point ahead of the joint goes when the channel is whole.
    let moved = |moves: &[Move]| {
        let [Move::Rotate { node, axis, angle }] = *moves else { panic!("{moves:?}") };
        let rotation = world[node].to_scale_rotation_translation().1;
        rotation * Quat::from_axis_angle(axis, angle) * rotation.inverse() * Vec3::Z
    };
    let eye = |c: Channel| moved(&rig.channel(c).moves);
    assert!(eye(Channel::EyeLookOutLeft).x > 0.3 && eye(Channel::EyeLookInLeft).x < -0.3);
    assert!(eye(Channel::EyeLookOutRight).x < -0.3);
    assert!(eye(Channel::EyeLookUpLeft).y > 0.25 && eye(Channel::EyeLookDownRight).y < -0.25);
    assert!(moved(&rig.channel(Channel::JawOpen).moves).y < -0.25);
    assert_eq!(rig.viseme(Viseme::Aa).how, How::Bone);
    assert!(moved(&rig.viseme(Viseme::Aa).moves).y < moved(&rig.viseme(Viseme::Oh).moves).y);
    assert_eq!(rig.viseme(Viseme::PP).moves, []);
    let warnings = told(&rig, &avatar);
    assert!(warnings.contains("lips take no shapes") && warnings.contains("will not blink"), "{warnings}");
}

#[test]
fn visemes_by_their_own_names() {
    let spelled = |prefix: &str, three: [&str; 3]| -> Vec<String> {
        let rest = ["sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E"];
        rest.iter().chain(&three).map(|n| format!("{prefix}{n}")).collect()
    };
    for (prefix, three) in [
        ("viseme_", ["I", "O", "U"]),
        ("", ["ih", "oh", "ou"]),
        ("vrc.v_", ["ih", "oh", "ou"]),
        ("Head.Viseme-", ["ih", "oh", "ou"]),
    ] {
        let names = spelled(prefix, three);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let (_, rig) = face(&names);
        assert!(how(&rig).iter().all(|h| *h == How::Direct), "{prefix}: {:?}", how(&rig));
        for (i, viseme) in Viseme::ALL.iter().enumerate().skip(1) {
            assert_eq!(rig.viseme(*viseme).moves.len(), 1);
            assert!((weight(&rig.viseme(*viseme).moves, i) - 1.0).abs() < 1e-6, "{prefix} {viseme}");
        }
    }
}

#[test]
fn morphs_of_one_name_move_together() {
    let mut avatar = Avatar::default();
    add_mesh(&mut avatar, "head", &["jawOpen", "eyeBlink_L"]);
    add_mesh(&mut avatar, "teeth", &["Teeth_jawOpen", "jawOpen.001"]);
    let rig = Rig::resolve(&avatar);
    let jaw = rig.channel(Channel::JawOpen);
    let nodes: Vec<usize> =
        jaw.moves.iter().map(|m| if let Move::Morph { node, .. } = m { *node } else { 99 }).collect();
    assert_eq!(nodes, [0, 1], "once on each mesh");
    assert_eq!(rig.channel(Channel::EyeBlinkLeft).how, How::Direct);
}

#[test]
fn recipes_of_channels_seal_and_open() {
    let names: Vec<&str> = Channel::ALL.iter().map(|c| c.name()).collect();
    let (avatar, rig) = face(&names);
    assert!(how(&rig).iter().all(|h| *h == How::Recipe));
    let jaw = |v: Viseme| weight(&rig.viseme(v).moves, Channel::JawOpen.index());
    assert!(jaw(Viseme::PP) < 1e-6, "lips meet over a shut jaw");
    assert!(
        jaw(Viseme::Aa) > jaw(Viseme::E)
            && jaw(Viseme::E) > jaw(Viseme::Ih)
            && jaw(Viseme::Ih) > jaw(Viseme::FF)
    );
    assert!(weight(&rig.viseme(Viseme::Ou).moves, Channel::MouthPucker.index()) > 0.5);
    let report = rig.report(&avatar);
    assert_eq!((report.viseme_count.recipe, report.channel_count.direct), (14, 52));
    assert_eq!(told(&rig, &avatar).lines().count(), 1, "no head");
    assert!(told(&rig, &avatar).starts_with("no head joint: the head will not move ("));
}

#[test]
fn poorer_faces_do_what_they_can() {
    // The extras of Ready Player Me: an open mouth, closed eyes.
    let (_, rig) = face(&["mouthOpen", "mouthSmile", "eyesClosed"]);
    assert!((weight(&rig.viseme(Viseme::Aa).moves, 0) - 1.0).abs() < 1e-6);
    assert!((weight(&rig.channel(Channel::EyeBlinkLeft).moves, 2) - 0.5).abs() < 1e-6);
    // Five vowels.
    let (_, rig) = face(&["A", "I", "U", "E", "O"]);
    assert!((weight(&rig.viseme(Viseme::Ou).moves, 2) - 1.0).abs() < 1e-6);
    assert!(how(&rig).iter().all(|h| *h == How::Recipe));
    // Nothing.
    let (avatar, rig) = face(&["hat"]);
    assert!(how(&rig).iter().all(|h| *h == How::Missing));
    assert!(
        told(&rig, &avatar).contains("the mouth will not move")
            && told(&rig, &avatar).contains("nothing here: hat")
    );
}

#[test]
fn a_name_that_is_used_on_one_mesh_is_not_told_as_unknown() {
    let mut avatar = Avatar::default();
    add_mesh(&mut avatar, "head", &["mouthSmile", "hat"]);
    add_mesh(&mut avatar, "beard", &["mouthSmile", "hat"]);
    avatar.meshes[1].primitives[0].morphs[0] = MorphDeltas::default();
    let rig = Rig::resolve(&avatar);
    let told = told(&rig, &avatar);
    assert!(told.contains("nothing here: hat") && !told.contains("mouthSmile"), "{told}");
}

#[test]
fn targets_that_move_nothing_do_not_count() {
    let mut avatar = Avatar::default();
    add_mesh(&mut avatar, "face", &["jawOpen"]);
    avatar.meshes[0].primitives[0].morphs[0] = MorphDeltas::default();
    assert_eq!(Rig::resolve(&avatar).channel(Channel::JawOpen).how, How::Missing);
}

#[test]
fn landmarks_of_what_is_no_person() {
    let (_, rig) = face(&[]);
    let l = rig.landmarks;
    assert!((l.crown - 1.8).abs() < 1e-6 && l.floor.abs() < 1e-6 && (l.half_width - 0.1).abs() < 1e-6);
    assert!(l.neck.y < l.eyes.y && l.eyes.y < l.crown);
    assert!(Rig::resolve(&Avatar::default()).landmarks.crown > 1.0, "of nothing, a person's measures");
}

#[test]
fn real_avatars() {
    let Some(folder) = folder("AVATARS") else { return };
    // Name, direct, recipe (of 15 visemes), directly named channels, whether the arms were brought down.
    let expected = [
        ("rpm_brunette-t.glb", 15, 0, 52, true),
        ("anny_female_arkit52.glb", 1, 14, 52, true),
        ("RobotExpressive.glb", 1, 0, 0, true),
        ("avaturn_default_model.glb", 1, 0, 0, true),
        ("mixamo_Michelle.glb", 1, 0, 0, true),
        ("khr_CesiumMan.glb", 1, 0, 0, true),
        ("rpm_preview_mesh.glb", 1, 14, 0, true),
    ];
    for (name, direct, recipe, channels, is_relaxed) in expected {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let avatar = import(&bytes, name, &Folder(folder.clone()), Options::default()).unwrap().avatar;
        let rig = Rig::resolve(&avatar);
        let report = rig.report(&avatar);
        assert_eq!(report.viseme_count.direct, direct, "{name}");
        assert_eq!(report.viseme_count.recipe, recipe, "{name}");
        assert_eq!(report.channel_count.direct, channels, "{name}");
        assert_eq!(!rig.stance.is_empty(), is_relaxed, "{name}");
        let l = rig.landmarks;
        assert!(l.floor < l.neck.y && l.neck.y < l.eyes.y && l.eyes.y < l.crown, "{name} {l:?}");
        assert!(l.facing.z > 0.9, "{name}");
    }
}

/// The bundled avatar's glance shapes move only its lids; its eyeballs ride on joints.
#[test]
fn a_glance_turns_the_eyeballs_too() {
    let bytes = std::fs::read(crate::common::repository().join("assets/avatars/thalia.glb")).unwrap();
    let avatar = import(&bytes, "thalia", &NoSource, Options { decode_textures: false }).unwrap().avatar;
    let rig = Rig::resolve(&avatar);
    let eye = rig.bone(Bone::LeftEye).unwrap();
    for channel in [Channel::EyeLookOutLeft, Channel::EyeLookUpLeft, Channel::EyeLookDownLeft] {
        let moves = &rig.channel(channel).moves;
        let turns = moves.iter().any(|m| matches!(m, Move::Rotate { node, .. } if *node == eye));
        let shapes = moves.iter().any(|m| matches!(m, Move::Morph { .. }));
        assert!(turns && shapes, "{channel}: {moves:?}");
    }
}
