//! Skeletons: the same person under the names of many tools, and under none.

use super::{node, skin};
use crate::common::{Folder, add_mesh, folder};
use glam::Vec3;
use rhetor::avatar::{Avatar, Transform};
use rhetor::import::{Options, import};
use rhetor::rig::{BoneSource, How, Move, Rig};
use rhetor::vocabulary::{Bone, Channel, Viseme};

/// Bones of a person in an A pose facing +Z: the bone, what it hangs on, its place; of sided ones the left.
const PERSON: &[(Bone, Option<Bone>, [f32; 3])] = &[
    (Bone::Hips, None, [0.0, 1.0, 0.0]),
    (Bone::Spine, Some(Bone::Hips), [0.0, 1.1, 0.0]),
    (Bone::Chest, Some(Bone::Spine), [0.0, 1.25, 0.0]),
    (Bone::Neck, Some(Bone::Chest), [0.0, 1.45, 0.0]),
    (Bone::Head, Some(Bone::Neck), [0.0, 1.55, 0.02]),
    (Bone::LeftShoulder, Some(Bone::Chest), [0.04, 1.42, 0.0]),
    (Bone::LeftUpperArm, Some(Bone::LeftShoulder), [0.18, 1.42, 0.0]),
    (Bone::LeftLowerArm, Some(Bone::LeftUpperArm), [0.38, 1.25, 0.0]),
    (Bone::LeftHand, Some(Bone::LeftLowerArm), [0.56, 1.08, 0.02]),
    (Bone::LeftThumbMetacarpal, Some(Bone::LeftHand), [0.57, 1.06, 0.05]),
    (Bone::LeftThumbProximal, Some(Bone::LeftThumbMetacarpal), [0.58, 1.03, 0.07]),
    (Bone::LeftIndexProximal, Some(Bone::LeftHand), [0.62, 1.01, 0.04]),
    (Bone::LeftIndexIntermediate, Some(Bone::LeftIndexProximal), [0.64, 0.98, 0.04]),
    (Bone::LeftUpperLeg, Some(Bone::Hips), [0.1, 0.95, 0.0]),
    (Bone::LeftLowerLeg, Some(Bone::LeftUpperLeg), [0.1, 0.5, 0.02]),
    (Bone::LeftFoot, Some(Bone::LeftLowerLeg), [0.1, 0.08, 0.0]),
    (Bone::LeftToes, Some(Bone::LeftFoot), [0.1, 0.02, 0.12]),
];

/// A convention: its title in the report, what it calls left and right, and its names for [`PERSON`] with `@` for the side.
type Convention = (&'static str, [&'static str; 2], [&'static str; 17]);

const CONVENTIONS: &[Convention] = &[
    (
        "Mixamo",
        ["Left", "Right"],
        [
            "mixamorig:Hips",
            "mixamorig:Spine",
            "mixamorig:Spine1",
            "mixamorig:Neck",
            "mixamorig:Head",
            "mixamorig:@Shoulder",
            "mixamorig:@Arm",
            "mixamorig:@ForeArm",
            "mixamorig:@Hand",
            "mixamorig:@HandThumb1",
            "mixamorig:@HandThumb2",
            "mixamorig:@HandIndex1",
            "mixamorig:@HandIndex2",
            "mixamorig:@UpLeg",
            "mixamorig:@Leg",
            "mixamorig:@Foot",
            "mixamorig:@ToeBase",
        ],
    ),
    (
        "Character Creator",
        ["L", "R"],
        [
            "CC_Base_Hip",
            "CC_Base_Waist",
            "CC_Base_Spine02",
            "CC_Base_NeckTwist01",
            "CC_Base_Head",
            "CC_Base_@_Clavicle",
            "CC_Base_@_Upperarm",
            "CC_Base_@_Forearm",
            "CC_Base_@_Hand",
            "CC_Base_@_Thumb1",
            "CC_Base_@_Thumb2",
            "CC_Base_@_Index1",
            "CC_Base_@_Index2",
            "CC_Base_@_Thigh",
            "CC_Base_@_Calf",
            "CC_Base_@_Foot",
            "CC_Base_@_ToeBase",
        ],
    ),
    (
        "Rocketbox or 3ds Max Biped",
        ["L", "R"],
        [
            "Bip01 Pelvis",
            "Bip01 Spine",
            "Bip01 Spine1",
            "Bip01 Neck",
            "Bip01 Head",
            "Bip01 @ Clavicle",
            "Bip01 @ UpperArm",
            "Bip01 @ Forearm",
            "Bip01 @ Hand",
            "Bip01 @ Finger0",
            "Bip01 @ Finger01",
            "Bip01 @ Finger1",
            "Bip01 @ Finger11",
            "Bip01 @ Thigh",
            "Bip01 @ Calf",
            "Bip01 @ Foot",
            "Bip01 @ Toe0",
        ],
    ),
    (
        "Unreal",
        ["l", "r"],
        [
            "pelvis",
            "spine_01",
            "spine_02",
            "neck_01",
            "head",
            "clavicle_@",
            "upperarm_@",
            "lowerarm_@",
            "hand_@",
            "thumb_01_@",
            "thumb_02_@",
            "index_01_@",
            "index_02_@",
            "thigh_@",
            "calf_@",
            "foot_@",
            "ball_@",
        ],
    ),
    (
        "Rigify",
        ["L", "R"],
        [
            "DEF-spine",
            "DEF-spine.001",
            "DEF-spine.002",
            "DEF-spine.004",
            "DEF-spine.006",
            "DEF-shoulder.@",
            "DEF-upper_arm.@",
            "DEF-forearm.@",
            "DEF-hand.@",
            "DEF-thumb.01.@",
            "DEF-thumb.02.@",
            "DEF-f_index.01.@",
            "DEF-f_index.02.@",
            "DEF-thigh.@",
            "DEF-shin.@",
            "DEF-foot.@",
            "DEF-toe.@",
        ],
    ),
    (
        "MakeHuman",
        ["L", "R"],
        [
            "root",
            "spine05",
            "spine03",
            "neck01",
            "head",
            "clavicle.@",
            "upperarm01.@",
            "lowerarm01.@",
            "wrist.@",
            "finger1-1.@",
            "finger1-2.@",
            "finger2-1.@",
            "finger2-2.@",
            "upperleg01.@",
            "lowerleg01.@",
            "foot.@",
            "toe1-1.@",
        ],
    ),
    (
        "Daz",
        ["l", "r"],
        [
            "hip",
            "abdomenLower",
            "chestUpper",
            "neckLower",
            "head",
            "@Collar",
            "@ShldrBend",
            "@ForearmBend",
            "@Hand",
            "@Thumb1",
            "@Thumb2",
            "@Index1",
            "@Index2",
            "@ThighBend",
            "@Shin",
            "@Foot",
            "@Toe",
        ],
    ),
    (
        "MMD",
        ["左", "右"],
        [
            "センター",
            "上半身",
            "上半身2",
            "首",
            "頭",
            "@肩",
            "@腕",
            "@ひじ",
            "@手首",
            "@親指０",
            "@親指１",
            "@人指１",
            "@人指２",
            "@足",
            "@ひざ",
            "@足首",
            "@つま先",
        ],
    ),
    (
        "VRoid",
        ["L", "R"],
        [
            "J_Bip_C_Hips",
            "J_Bip_C_Spine",
            "J_Bip_C_Chest",
            "J_Bip_C_Neck",
            "J_Bip_C_Head",
            "J_Bip_@_Shoulder",
            "J_Bip_@_UpperArm",
            "J_Bip_@_LowerArm",
            "J_Bip_@_Hand",
            "J_Bip_@_Thumb1",
            "J_Bip_@_Thumb2",
            "J_Bip_@_Index1",
            "J_Bip_@_Index2",
            "J_Bip_@_UpperLeg",
            "J_Bip_@_LowerLeg",
            "J_Bip_@_Foot",
            "J_Bip_@_ToeBase",
        ],
    ),
    (
        "Unity or VRM",
        ["Left", "Right"],
        [
            "Hips",
            "Spine",
            "Chest",
            "Neck",
            "Head",
            "@Shoulder",
            "@UpperArm",
            "@LowerArm",
            "@Hand",
            "@ThumbProximal",
            "@ThumbIntermediate",
            "@IndexProximal",
            "@IndexIntermediate",
            "@UpperLeg",
            "@LowerLeg",
            "@Foot",
            "@Toes",
        ],
    ),
];

/// The bone of the other side; the same for the middle ones.
fn mirrored(bone: Bone) -> Bone {
    Bone::from_name(&bone.name().replacen("left", "right", 1)).unwrap()
}

/// The person with `name(place in PERSON, side 0 or 1)`; what each node truly is.
fn person(name: impl Fn(usize, usize) -> String, turned: bool) -> (Avatar, Vec<(Bone, usize)>) {
    let mut avatar = Avatar::default();
    let mut truth: Vec<(Bone, usize)> = Vec::new();
    let mut places: Vec<Vec3> = Vec::new();
    for side in 0..2 {
        for (i, (bone, parent, place)) in PERSON.iter().enumerate() {
            let bone = if side == 0 { *bone } else { mirrored(*bone) };
            if truth.iter().any(|(b, _)| *b == bone) {
                continue;
            }
            let parent = parent.map(|p| if side == 0 { p } else { mirrored(p) });
            let above = parent.map(|p| truth.iter().find(|(b, _)| *b == p).unwrap().1);
            let mut place = Vec3::from(*place);
            place.x *= if side == 0 { 1.0 } else { -1.0 };
            if turned {
                place *= Vec3::new(-1.0, 1.0, -1.0);
            }
            let translation = place - above.map_or(Vec3::ZERO, |a| places[a]);
            truth.push((bone, avatar.nodes.len()));
            places.push(place);
            let mut made = node(&name(i, side), above);
            made.local = Transform { translation, ..Transform::IDENTITY };
            avatar.nodes.push(made);
        }
    }
    skin(&mut avatar);
    (avatar, truth)
}

#[test]
fn a_person_is_found_under_every_convention() {
    for (title, sides, names) in CONVENTIONS {
        let (avatar, truth) = person(|i, side| names[i].replace('@', sides[side]), false);
        let rig = Rig::resolve(&avatar);
        for (bone, node) in &truth {
            let found = rig.bone(*bone).map(|n| avatar.nodes[n].name.as_str());
            assert_eq!(found, Some(avatar.nodes[*node].name.as_str()), "{title}: {bone}");
        }
        assert_eq!(rig.convention, Some(*title));
    }
}

#[test]
fn names_that_say_nothing_leave_the_shape() {
    for turned in [false, true] {
        let (avatar, truth) = person(|i, side| format!("thing_{}", (i * 7 + side * 31) % 97), turned);
        let rig = Rig::resolve(&avatar);
        assert_eq!(rig.bone_source, BoneSource::Shape);
        for bone in [
            Bone::Hips,
            Bone::Spine,
            Bone::Neck,
            Bone::Head,
            Bone::LeftUpperArm,
            Bone::LeftLowerArm,
            Bone::LeftHand,
            Bone::RightUpperArm,
            Bone::LeftUpperLeg,
            Bone::LeftLowerLeg,
            Bone::RightFoot,
            Bone::RightToes,
        ] {
            let node = truth.iter().find(|(b, _)| *b == bone).map(|(_, n)| *n);
            assert_eq!(rig.bone(bone), node, "{bone}, turned: {turned}");
        }
    }
}

#[test]
fn a_crossed_pair_is_not_believed() {
    let names = &CONVENTIONS[0].2;
    // The legs' names are exchanged, the arms' are right.
    let name = |i: usize, side: usize| {
        let is_leg = i >= 13;
        names[i].replace('@', if (side == 0) == is_leg { "Right" } else { "Left" })
    };
    let (avatar, _) = person(name, false);
    let rig = Rig::resolve(&avatar);
    assert!(rig.bone(Bone::LeftUpperArm).is_some());
    // The shape then says which leg is the left one.
    let leg = rig.bone(Bone::LeftUpperLeg).unwrap();
    assert!(avatar.rest_world()[leg].w_axis.x > 0.0, "left of a body cannot lie on its right");
}

#[test]
fn sides_as_the_audience_sees_them_are_taken_the_other_way_round() {
    let (_, [left, right], names) = &CONVENTIONS[0];
    let (avatar, truth) = person(|i, side| names[i].replace('@', [right, left][side]), false);
    let rig = Rig::resolve(&avatar);
    assert_eq!(rig.landmarks.facing, Vec3::Z, "the toes say where the front is");
    let arm = truth.iter().find(|(b, _)| *b == Bone::LeftUpperArm).map(|(_, n)| *n);
    assert_eq!(rig.bone(Bone::LeftUpperArm), arm);
    // A head alone, whose eyes lie before its middle, and its shapes.
    let mut head = Avatar::default();
    for (name, parent, [x, y, z]) in [
        ("head", None, [0.0, 0.0, 0.0]),
        ("eyeLeft", Some(0), [-0.03, 0.03, 0.02]),
        ("eyeRight", Some(0), [0.03, 0.03, 0.02]),
    ] {
        let mut made = node(name, parent);
        made.local.translation = Vec3::new(x, y, z);
        head.nodes.push(made);
    }
    add_mesh(&mut head, "face", &["eyeBlink_L", "eyeBlink_R", "jawOpen"]);
    head.nodes[3].parent = Some(0);
    head.nodes[3].local.translation.y = -0.12;
    for (target, vertex) in [(0, 0), (1, 1), (2, 0)] {
        head.meshes[0].primitives[0].morphs[target].vertices = vec![vertex];
    }
    let rig = Rig::resolve(&head);
    assert_eq!((rig.landmarks.facing, rig.bone(Bone::LeftEye)), (Vec3::Z, Some(2)));
    assert_eq!(
        rig.channel(Channel::EyeBlinkLeft).source,
        "eyeBlink_R",
        "the right of the audience is its left"
    );
}

#[test]
fn a_missing_finger_does_not_disable_the_mouth() {
    let names = &CONVENTIONS[0].2;
    let odd = |i: usize, side: usize| match i {
        9..=12 => "lump".to_owned(),
        _ => names[i].replace('@', CONVENTIONS[0].1[side]),
    };
    let (mut avatar, _) = person(odd, false);
    add_mesh(&mut avatar, "face", &["viseme_PP", "viseme_aa", "viseme_O"]);
    let rig = Rig::resolve(&avatar);
    assert_eq!(rig.bone(Bone::LeftIndexProximal), None);
    assert_eq!(rig.viseme(Viseme::Aa).how, How::Direct);
}

/// Character Creator's targets move the skin only; teeth and tongue ride on the jaw's joint.
#[test]
fn a_jaw_root_turns_with_its_shapes() {
    let (_, sides, names) = &CONVENTIONS[1];
    let (mut avatar, truth) = person(|i, side| names[i].replace('@', sides[side]), false);
    let head = truth.iter().find(|(b, _)| *b == Bone::Head).unwrap().1;
    let jaw = avatar.nodes.len();
    avatar.nodes.push(node("CC_Base_JawRoot", Some(head)));
    let lips = ["Open", "Explosive", "Dental_Lip", "Tight_O", "Tight", "Wide", "Affricate", "Lip_Open"];
    let lips = lips.map(|name| format!("V_{name}"));
    add_mesh(&mut avatar, "face", &lips.each_ref().map(String::as_str));
    let rig = Rig::resolve(&avatar);
    assert_eq!(rig.bone(Bone::Jaw), Some(jaw));
    let turn = |viseme: Viseme| -> f32 {
        let angle = |m: &Move| match *m {
            Move::Rotate { node, angle, .. } if node == jaw => angle,
            _ => 0.0,
        };
        rig.viseme(viseme).moves.iter().map(angle).sum()
    };
    assert!(turn(Viseme::Aa) > 0.2 && turn(Viseme::Aa) > turn(Viseme::Ou), "{}", turn(Viseme::Aa));
    assert!(turn(Viseme::PP).abs() < 1e-6, "a shut mouth keeps its jaw");
}

/// What names and shape say of files whose authors say it themselves: never another node than the author's.
#[test]
fn guesses_agree_with_authors() {
    let Some(folder) = folder("AVATARS") else { return };
    let (mut right, mut all) = (0, 0);
    for entry in std::fs::read_dir(&folder).unwrap().flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|e| e != "vrm") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let options = Options { decode_textures: false };
        let imported = import(&bytes, &name, &Folder(folder.clone()), options);
        let Ok(mut avatar) = imported.map(|i| i.avatar) else { continue };
        let Some(said) = avatar.humanoid.take() else { continue };
        let rig = Rig::resolve(&avatar);
        let shown = |node: Option<usize>| node.map_or("nothing", |n| avatar.nodes[n].name.as_str());
        for bone in Bone::ALL {
            let Some(node) = said.node(*bone) else { continue };
            all += 1;
            match rig.bone(*bone) {
                Some(found) if found == node => right += 1,
                found => println!("{name}: {bone} is {}, found {}", shown(Some(node)), shown(found)),
            }
        }
    }
    println!("{right} of {all} bones as their authors say");
    assert!(right * 10 >= all * 9, "{right} of {all}");
}
