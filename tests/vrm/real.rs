//! The VRM files of a test folder: every one loads, stands as a person stands, and says whose it is.

use crate::common::folder;
use glam::Vec3;
use rhetor::avatar::Avatar;
use rhetor::import::{Options, import};
use rhetor::perform::{Worn, worn};
use rhetor::rig::{EYE_RANGE, How, Rig};
use rhetor::source::NoSource;
use rhetor::vocabulary::{Bone, Channel, Viseme};

fn all() -> Vec<(String, Avatar)> {
    let Some(folder) = folder("AVATARS") else { return Vec::new() };
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| name.ends_with(".vrm"))
        .collect();
    names.sort();
    let load = |name: String| {
        let bytes = std::fs::read(folder.join(&name)).unwrap();
        let imported = import(&bytes, &name, &NoSource, Options::default());
        let avatar = imported.unwrap_or_else(|error| panic!("{error}")).avatar;
        (name, avatar)
    };
    names.into_iter().map(load).collect()
}

/// Where a node is in the stance.
fn place(avatar: &Avatar, rig: &Rig, bone: Bone) -> Option<Vec3> {
    let mut locals = avatar.rest_locals();
    for (node, local) in &rig.stance {
        locals[*node] = *local;
    }
    let mut world = Vec::new();
    avatar.world_transforms(&locals, &mut world);
    Some(world[rig.bone(bone)?].w_axis.truncate())
}

#[test]
fn every_file_has_its_bones_faces_its_way_and_hangs_its_arms() {
    for (name, avatar) in all() {
        let meta = avatar.meta.as_ref().unwrap_or_else(|| panic!("{name} has no meta"));
        assert!(!meta.title.is_empty() || meta.format == "VRM 0.x", "{name}");
        let rig = Rig::resolve(&avatar);
        let found = rig.bones.iter().flatten().count();
        assert!(found >= 15, "{name}: {found} bones");
        let forward = if meta.format == "VRM 0.x" { Vec3::NEG_Z } else { Vec3::Z };
        assert!(rig.landmarks.facing.dot(forward) > 0.9, "{name} faces {}", rig.landmarks.facing);
        for (shoulder, hand) in [(Bone::LeftUpperArm, Bone::LeftHand), (Bone::RightUpperArm, Bone::RightHand)]
        {
            let (Some(shoulder), Some(hand)) = (place(&avatar, &rig, shoulder), place(&avatar, &rig, hand))
            else {
                panic!("{name} has no arm")
            };
            let arm = (hand - shoulder).normalize_or_zero();
            assert!(arm.y < -0.8, "{name}: an arm points to {arm}");
        }
    }
}

#[test]
fn faces_speak_blink_and_look_as_their_authors_bound() {
    for (name, avatar) in all() {
        let rig = Rig::resolve(&avatar);
        let source = |channel: Channel| rig.channel(channel).source.as_str();
        match name.as_str() {
            "vrm_catbot.vrm" => {
                // Its own visemes are finer than its vowels; its author lets no eye turn.
                assert_eq!(rig.viseme(Viseme::PP).how, How::Direct);
                assert_eq!(source(Channel::EyeBlinkLeft), "expression blink 0.50");
                assert_eq!(rig.channel(Channel::EyeLookUpLeft).how, How::Missing);
                assert!(
                    matches!(worn("surprised", &avatar, &rig), Some(Worn::Own { weight, .. }) if weight >= 1.0)
                );
            }
            "vrm0_Godette.vrm" => {
                assert_eq!(rig.viseme(Viseme::Aa).source, "expression aa");
                assert_eq!(source(Channel::EyeBlinkLeft), "expression blinkLeft");
                assert!(source(Channel::EyeLookOutLeft).starts_with("expression lookLeft"));
                // Its curve is bent: half way is not half as far.
                let half = rig.strength(&avatar, Channel::EyeLookOutLeft, 0.5);
                let outer = &avatar.look_at.as_ref().unwrap().outer;
                let wanted = outer.at(EYE_RANGE * 0.5) / outer.at(EYE_RANGE);
                assert!((half - wanted).abs() < 1e-6 && (half - 0.5).abs() > 0.01, "{half}");
            }
            "vrm1_debug_robot.vrm" => {
                // 10 degrees at 90 and beyond: 0.52 radians give a ninth of that.
                let [rhetor::rig::Move::Rotate { angle, .. }] =
                    rig.channel(Channel::EyeLookOutLeft).moves[..]
                else {
                    panic!("{:?}", rig.channel(Channel::EyeLookOutLeft))
                };
                assert!((angle - 0.52 / 9.0).abs() < 1e-4, "{angle}");
            }
            _ => {}
        }
    }
}
