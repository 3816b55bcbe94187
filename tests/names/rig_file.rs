//! Rig files: what they change, and how they are refused.

use super::node;
use crate::common::add_mesh;
use glam::Vec3;
use rhetor::avatar::{Avatar, Material, Surface, Transform};
use rhetor::host::{load_rigged, read_rig_file};
use rhetor::import::Options;
use rhetor::rig::{How, Move, Rig, name_surfaces};
use rhetor::vocabulary::{Bone, Channel, Viseme};

fn avatar() -> Avatar {
    let mut avatar = Avatar::default();
    let mut chin = node("Kiefer", None);
    chin.local = Transform { translation: Vec3::Y, ..Transform::IDENTITY };
    avatar.nodes.push(chin);
    add_mesh(&mut avatar, "face", &["jawOpen", "lippen_zu", "Mund auf"]);
    let haut = Material { name: "Haut".into(), ..Material::default() };
    avatar.materials = vec![haut, Material { name: "Hair".into(), ..Material::default() }];
    avatar
}

const GOOD: &str = r#"version = "1.0"
x-made-by = "hand"
[bones]
jaw = "Kiefer"
head = ""
[channels.mouthPucker]
morphs = { "Mund auf" = 0.25 }
[visemes.PP]
morphs = { lippen_zu = 1.0 }
[visemes.oh]
channels = { mouthPucker = 0.5 }
joints = [{ joint = "Kiefer", degrees = 10 }]
[visemes.kk]
[surfaces]
Haut = "skin"
"#;

#[test]
fn a_rig_file_has_the_last_word() {
    let avatar = avatar();
    let (overrides, warnings) = read_rig_file(GOOD, "a.rig.toml", &avatar).unwrap();
    assert_eq!(warnings, []);
    let rig = Rig::resolve_with(&avatar, &overrides);
    assert_eq!(rig.bone(Bone::Jaw), Some(0));
    assert_eq!(rig.viseme(Viseme::PP).how, How::Direct);
    assert_eq!(rig.viseme(Viseme::PP).moves, [Move::Morph { node: 1, target: 1, weight: 1.0 }]);
    assert_eq!(rig.viseme(Viseme::Kk).how, How::Missing, "an empty table moves nothing");
    let oh = &rig.viseme(Viseme::Oh).moves;
    assert_eq!(
        oh[0],
        Move::Morph { node: 1, target: 2, weight: 0.125 },
        "a viseme uses the channels as overridden"
    );
    let Move::Rotate { node: 0, axis, angle } = oh[1] else { panic!("{oh:?}") };
    assert!(
        axis.distance(Vec3::X) < 1e-6 && (angle.to_degrees() - 10.0).abs() < 1e-4,
        "a jaw opens about the left"
    );
    assert_eq!(rig.channel(Channel::JawOpen).how, How::Direct, "what is not named stays");
    let mut avatar = avatar;
    name_surfaces(&mut avatar, &overrides);
    let surfaces: Vec<Surface> = avatar.materials.iter().map(|m| m.surface).collect();
    assert_eq!(surfaces, [Surface::Skin, Surface::Hair]);
}

#[test]
fn mistakes_are_told_with_their_place() {
    let avatar = avatar();
    for (from, to, told) in [
        ("lippen_zu = 1", "lipen_zu = 1", "a.rig.toml:9:"),
        ("lippen_zu = 1", "lipen_zu = 1", "no morph target 'lipen_zu' (did you mean 'lippen_zu'?)"),
        ("[visemes.PP]", "[visemes.PQ]", "there is no viseme 'PQ'"),
        ("mouthPucker]", "mouthPuker]", "did you mean 'mouthPucker'?"),
        ("jaw =", "jwa =", "there is no bone 'jwa' (did you mean 'jaw'?)"),
        ("\"Kiefer\", deg", "\"Keifer\", deg", "no node 'Keifer' (did you mean 'Kiefer'?)"),
        ("degrees = 10", "degrees = 400", "an angle must lie within -180 and 180"),
        ("degrees = 10", "degrees = 10, axis = \"lft\"", "did you mean 'left'?"),
        ("degrees = 10", "degrees = 10, axis = [0, 0, 0]", "no direction"),
        ("= 0.5 }", "= 5 }", "a weight must lie within -2 and 2"),
        ("morphs = { lip", "morfs = { lip", "unknown key 'morfs' (did you mean 'morphs'?)"),
        ("1.0\"", "2.0\"", "version 2.0 cannot be read"),
        ("[bones]", "[bones", "a.rig.toml:3:"),
        ("Haut =", "Hautt =", "no material 'Hautt' (did you mean 'Haut'?)"),
        ("\"skin\"", "\"skn\"", "there is no surface 'skn' (did you mean 'skin'?)"),
    ] {
        let text = GOOD.replacen(from, to, 1);
        assert_ne!(text, GOOD, "{from}");
        let faults = read_rig_file(&text, "a.rig.toml", &avatar).unwrap_err();
        let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(all.iter().any(|fault| fault.contains(told)), "{told}: {all:?}");
    }
}

#[test]
fn a_rig_file_lies_beside_its_avatar() {
    let folder = tempfile::tempdir().unwrap();
    let avatar = folder.path().join("me.glb");
    std::fs::copy(crate::common::repository().join("assets/avatars/thalia.glb"), &avatar).unwrap();
    let load = || load_rigged(&avatar.display().to_string(), None, &[], Options { decode_textures: false });
    assert_eq!(load().unwrap().rig_file, None);
    let said = folder.path().join("me.rig.toml");
    std::fs::write(&said, "version = \"1.0\"\n[visemes.aa]\nchannels = { jawOpen = 0.25 }\n").unwrap();
    let loaded = load().unwrap();
    let jaw = loaded.rig.channel(Channel::JawOpen).moves[0];
    let aa = loaded.rig.viseme(Viseme::Aa).moves[0];
    let (Move::Morph { weight: jaw, .. }, Move::Morph { weight: aa, .. }) = (jaw, aa) else { panic!() };
    assert!((aa - jaw * 0.25).abs() < 1e-6);
    assert_eq!(loaded.rig_file.as_deref(), Some(said.display().to_string().as_str()));
    std::fs::write(&said, "version = \"1.0\"\n[visemes.aa]\nchannels = { jawOpn = 0.25 }\n").unwrap();
    let error = load().unwrap_err().to_string();
    assert!(error.contains("me.rig.toml:3:") && error.contains("did you mean 'jawOpen'?"), "{error}");
}
