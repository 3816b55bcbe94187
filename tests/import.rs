//! Importing glTF: what is read, what is corrected, what is refused, and that nothing panics.

use crate::common::gltf::{Builder, glb};
use crate::common::{Folder, folder};
use rhetor::avatar::{Interpolation, Values};
use rhetor::import::{Imported, Limits, Options, import, import_within};
use rhetor::source::NoSource;
use std::collections::BTreeMap;

const TRIANGLE: [f32; 9] = [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0];
const NODE: &str = r#""scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}]"#;

fn load(bytes: &[u8]) -> Result<Imported, String> {
    import(bytes, "a/test.glb", &NoSource, Options::default()).map_err(|e| e.to_string())
}

fn good(bytes: &[u8]) -> Imported {
    load(bytes).unwrap_or_else(|error| panic!("{error}"))
}

fn warnings(imported: &Imported) -> String {
    imported.report.iter().map(|d| d.message.as_str()).collect::<Vec<_>>().join("\n")
}

/// A skinned, morphed, textured, animated little thing: one file with a bit of everything.
fn everything() -> Vec<u8> {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &TRIANGLE);
    let uv = b.bytes("VEC2", 2, &[0, 0, 255, 0, 0, 255], true);
    let j = b.bytes("VEC4", 4, &[0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0], false);
    let w = b.bytes("VEC4", 4, &[255, 255, 0, 0, 255, 0, 0, 0, 51, 0, 0, 0], true);
    let j1 = b.bytes("VEC4", 4, &[1, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0], false);
    let w1 = b.bytes("VEC4", 4, &[255, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0], true);
    let i = b.indices(&[0, 1, 2]);
    let moved = b.view(&[2, 0, 0, 0]);
    let delta: Vec<u8> = [0.0f32, 0.0, 0.5].iter().flat_map(|v| v.to_le_bytes()).collect();
    let by = b.view(&delta);
    let morph = b.accessor(&format!(
        r#"{{"componentType":5126,"count":3,"type":"VEC3","sparse":{{"count":1,"indices":{{"bufferView":{moved},"componentType":5121}},"values":{{"bufferView":{by}}}}}}}"#
    ));
    let t = b.floats("SCALAR", 1, &[0.0, 1.5]);
    let r = b.floats("VEC4", 4, &[0.0, 0.0, 0.0, 2.0, 0.0, 3.0, 0.0, 0.0]);
    let weights = b.floats("SCALAR", 1, &[0.0, 0.0, 1.0, 0.0, 0.0, 0.0]);
    let mut png = Vec::new();
    let pixel = image::RgbaImage::from_pixel(2, 1, image::Rgba([1, 2, 3, 4]));
    let written = pixel.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png);
    assert!(written.is_ok());
    let picture = b.view(&png);
    b.glb(&format!(
        r#""scenes":[{{"nodes":[2]}}],
        "nodes":[{{"name":"hand"}},{{"name":"arm","children":[0],"translation":[0,1,0]}},{{"name":"root","children":[3,1]}},{{"name":"body","mesh":0,"skin":0,"rotation":[0,0,0,5]}}],
        "skins":[{{"joints":[1,0]}}],
        "meshes":[{{"name":"skin","weights":[0.25],"extras":{{"targetNames":["jawOpen"]}},"primitives":[{{"attributes":{{"POSITION":{p},"TEXCOORD_0":{uv},"JOINTS_0":{j},"WEIGHTS_0":{w},"JOINTS_1":{j1},"WEIGHTS_1":{w1}}},"indices":{i},"material":0,"targets":[{{"POSITION":{morph}}}]}}]}}],
        "materials":[{{"name":"m","normalTexture":{{"index":0}},"pbrMetallicRoughness":{{"baseColorTexture":{{"index":0,"extensions":{{"KHR_texture_transform":{{"scale":[2,3]}}}}}}}},"emissiveFactor":[1,0.5,0],"extensions":{{"KHR_materials_emissive_strength":{{"emissiveStrength":4}},"KHR_materials_unlit":{{}}}}}}],
        "textures":[{{"source":0,"sampler":0}}],"samplers":[{{"wrapS":33071,"magFilter":9728}}],"images":[{{"bufferView":{picture},"mimeType":"image/png"}}],
        "animations":[{{"name":"wave","channels":[{{"sampler":0,"target":{{"node":0,"path":"rotation"}}}},{{"sampler":1,"target":{{"node":3,"path":"weights"}}}}],"samplers":[{{"input":{t},"output":{r},"interpolation":"STEP"}},{{"input":{t},"output":{weights},"interpolation":"CUBICSPLINE"}}]}}],
        "extensionsUsed":["KHR_texture_transform","ACME_magic"]"#
    ))
}

#[test]
fn reads_a_bit_of_everything() {
    let imported = good(&everything());
    let avatar = &imported.avatar;
    assert_eq!(avatar.name, "test");
    let names: Vec<&str> = avatar.nodes.iter().map(|n| n.name.as_str()).collect();
    assert_eq!(names, ["root", "body", "arm", "hand"]);
    assert!(avatar.nodes.iter().enumerate().all(|(i, n)| n.parent.is_none_or(|p| p < i)));
    assert!(avatar.nodes[1].local.rotation.is_normalized());
    assert_eq!(avatar.skins[0].joints, [2, 3]);
    let primitive = &avatar.meshes[0].primitives[0];
    assert_eq!(primitive.normals, [[0.0, 0.0, 1.0]; 3]);
    assert_eq!(primitive.uvs[0][1], [1.0, 0.0]);
    assert_eq!(primitive.tangents.len(), 3);
    // Three equal weights in two sets; one weight made whole; a joint that the skin does not have left out.
    let third = 1.0 / 3.0;
    assert!((primitive.influences[0].weights[0] - third).abs() < 1e-6);
    assert!((primitive.influences[0].weights[2] - third).abs() < 1e-6);
    assert_eq!(primitive.influences[2].weights, [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    assert_eq!(avatar.meshes[0].morph_names, ["jawOpen"]);
    assert_eq!(avatar.meshes[0].morph_weights, [0.25]);
    assert_eq!(primitive.morphs[0].vertices, [2]);
    assert_eq!(primitive.morphs[0].positions, [[0.0, 0.0, 0.5]]);
    let material = &avatar.materials[0];
    assert_eq!(material.emissive, [4.0, 2.0, 0.0]);
    assert!(material.is_unlit);
    assert_eq!(material.base_color_texture.unwrap().scale, [2.0, 3.0]);
    assert_eq!((avatar.images[0].width, avatar.images[0].height), (2, 1));
    let clip = &avatar.clips[0];
    assert_eq!((clip.name.as_str(), clip.duration_secs), ("wave", 1.5));
    assert_eq!(clip.channels[0].interpolation, Interpolation::Step);
    let turns = vec![[0.0, 0.0, 0.0, 1.0], [0.0, 1.0, 0.0, 0.0]];
    assert_eq!(clip.channels[0].values, Values::Rotation(turns));
    assert_eq!(clip.channels[1].node, 1);
    assert!(warnings(&imported).contains("ACME_magic"));
    assert!(warnings(&imported).contains("joint its skin does not have"));
}

#[test]
fn without_textures_the_materials_refer_to_none() {
    let options = Options { decode_textures: false };
    let avatar = import(&everything(), "a.glb", &NoSource, options).unwrap().avatar;
    assert!(avatar.images.is_empty());
    assert!(avatar.materials.iter().all(|m| m.base_color_texture.is_none() && m.normal_texture.is_none()));
}

#[test]
fn reads_files_beside_it_and_none_elsewhere() {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &TRIANGLE);
    let rest = format!(r#"{NODE},"meshes":[{{"primitives":[{{"attributes":{{"POSITION":{p}}}}}]}}]"#);
    let (json, bin) = b.gltf("my%20data.bin", &rest);
    let source = BTreeMap::from([("my data.bin".to_owned(), bin)]);
    let imported = import(&json, "x.gltf", &source, Options::default()).unwrap();
    assert_eq!(imported.avatar.triangle_count(), 1);
    for uri in ["../data.bin", "/etc/passwd", "http://example.org/a.bin", "file:///a.bin", "%2e%2e/a.bin"] {
        let (json, _) = b.gltf(uri, &rest);
        let error = import(&json, "x.gltf", &source, Options::default()).unwrap_err().to_string();
        assert!(error.contains("only files beside the document"), "{uri}: {error}");
    }
    let error = import(&b.gltf("gone.bin", &rest).0, "x.gltf", &source, Options::default()).unwrap_err();
    assert!(error.to_string().contains("'gone.bin' is not there"), "{error}");
}

#[test]
fn a_missing_or_broken_texture_is_a_warning() {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &TRIANGLE);
    let broken = b.view(b"\x89PNG\r\n\x1a\nnot really");
    let webp = b.view(b"RIFF\0\0\0\0WEBPVP8 ");
    let imported = good(&b.glb(&format!(
        r#"{NODE},"meshes":[{{"primitives":[{{"attributes":{{"POSITION":{p}}},"material":0}}]}}],
        "materials":[{{"pbrMetallicRoughness":{{"baseColorTexture":{{"index":0}}}},"emissiveTexture":{{"index":1}},"occlusionTexture":{{"index":2}},"normalTexture":{{"index":7}}}}],
        "textures":[{{"source":0}},{{"source":1}},{{"source":2}}],
        "images":[{{"name":"face","bufferView":{broken}}},{{"uri":"gone.png"}},{{"bufferView":{webp}}}]"#
    )));
    assert_eq!(imported.avatar.triangle_count(), 1);
    assert_eq!(imported.avatar.materials[0].base_color_texture, None);
    let all = warnings(&imported);
    for part in
        ["image 'face'", "'gone.png' is not there", "image 2 cannot be used", "texture 7 does not exist"]
    {
        assert!(all.contains(part), "{part} in {all}");
    }
}

#[test]
fn ill_values_are_corrected_and_noted() {
    let mut b = Builder::default();
    let mut positions = TRIANGLE;
    positions[3] = f32::NAN;
    let p = b.floats("VEC3", 3, &positions);
    let short = b.floats("VEC2", 2, &[0.0, 0.0]);
    let i = b.indices(&[0, 1, 2, 0, 1, 7]);
    let rest = format!(
        r#"{NODE},"meshes":[{{"primitives":[{{"attributes":{{"POSITION":{p},"TEXCOORD_0":{short}}},"indices":{i}}},{{"mode":1,"attributes":{{"POSITION":{p}}}}}]}}]"#
    );
    let imported = good(&b.glb(&rest));
    assert_eq!(imported.avatar.triangle_count(), 1);
    assert_eq!(imported.avatar.meshes[0].primitives[0].positions[1], [0.0; 3]);
    let all = warnings(&imported);
    for part in [
        "positions that are not numbers (1)",
        "vertices that do not exist",
        "points or lines",
        "1 texture coordinates for 3",
    ] {
        assert!(all.contains(part), "{part} in {all}");
    }
}

#[test]
fn structural_faults_are_errors_that_name_them() {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &TRIANGLE);
    let huge = b.accessor(r#"{"bufferView":0,"componentType":5126,"count":4000000000,"type":"VEC3"}"#);
    let nothing = b.accessor(r#"{"componentType":5126,"count":4000000000,"type":"VEC3"}"#);
    let mesh = |position: usize| {
        format!(r#""meshes":[{{"name":"m","primitives":[{{"attributes":{{"POSITION":{position}}}}}]}}]"#)
    };
    let cases = [
        (format!("{NODE},{}", mesh(huge)), "reaches past the end"),
        (format!("{NODE},{}", mesh(nothing)), "impossible count"),
        (format!("{NODE},{}", mesh(99)), "accessor 99 does not exist"),
        (
            format!(r#""scene":3,"scenes":[{{"nodes":[0]}}],"nodes":[{{"mesh":0}}],{}"#, mesh(p)),
            "default scene (3)",
        ),
        (format!(r#""nodes":[{{"mesh":5}}],{}"#, mesh(p)), "mesh that does not exist"),
        (
            r#""nodes":[{"name":"a","children":[1]},{"children":[0]}]"#.to_owned(),
            "node 'a' is its own ancestor",
        ),
        (r#""nodes":[{"children":[2]},{"children":[2]},{}]"#.to_owned(), "two parents"),
        (r#""nodes":[{"children":[9]}]"#.to_owned(), "child that does not exist"),
        (
            format!(r#""nodes":[{{"mesh":0,"skin":0}}],"skins":[{{"joints":[4]}}],{}"#, mesh(p)),
            "joint that does not exist",
        ),
        (r#""extensionsRequired":["ACME_magic"]"#.to_owned(), "ACME_magic"),
    ];
    for (rest, part) in cases {
        let error = load(&b.glb(&rest)).unwrap_err();
        assert!(error.contains(part) && error.starts_with("a/test.glb"), "{part}: {error}");
    }
}

#[test]
fn what_is_no_gltf_says_so() {
    let cases: [(&[u8], &str); 6] = [
        (b"", "empty"),
        (b"Kaydara FBX Binary", "not a glTF file"),
        (b"glTF\x02\0\0\0", "cut off"),
        (b"{\n  \"asset\": 5\n}", "a/test.glb:2:"),
        (br#"{"asset":{"version":"1.0"}}"#, "version 1.0"),
        (b"glTF\x01\0\0\0\x0c\0\0\0", "version 1"),
    ];
    for (bytes, part) in cases {
        let error = load(bytes).unwrap_err();
        assert!(error.contains(part), "{part}: {error}");
    }
}

#[test]
fn many_uses_of_the_same_bytes_do_not_multiply_without_bound() {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &vec![0.5; 300_000]);
    let i = b.indices(&[0, 1, 2]);
    let part = format!(r#"{{"attributes":{{"POSITION":{p},"NORMAL":{p}}},"indices":{i}}}"#);
    let parts = vec![part; 2000].join(",");
    let error = load(&b.glb(&format!(r#"{NODE},"meshes":[{{"primitives":[{parts}]}}]"#))).unwrap_err();
    assert!(error.contains("1024 MiB"), "{error}");
}

#[test]
fn limits_can_be_narrowed() {
    let within = |limits| import_within(&everything(), "a.glb", &NoSource, Options::default(), limits);
    assert!(within(Limits::default()).is_ok());
    for (limits, part) in [
        (Limits { geometry_bytes: 50, ..Limits::default() }, "the geometry takes"),
        (Limits { shown_vertices: 2, ..Limits::default() }, "more than 2 vertices"),
        (Limits { mesh_targets: 0, ..Limits::default() }, "1 morph targets, more than 0"),
        (Limits { shown_targets: 0, ..Limits::default() }, "too many morph targets"),
    ] {
        let error = within(limits).unwrap_err().to_string();
        assert!(error.contains(part), "{part}: {error}");
    }
    for limits in
        [Limits { picture_side: 1, ..Limits::default() }, Limits { picture_bytes: 4, ..Limits::default() }]
    {
        let imported = within(limits).unwrap();
        assert!(imported.avatar.images.is_empty());
        assert!(warnings(&imported).contains("image 0 cannot be used"), "{}", warnings(&imported));
    }
}

#[test]
fn many_faces_at_once_are_refused() {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &TRIANGLE);
    let nodes = vec![r#"{"mesh":0}"#; 2000].join(",");
    let error = load(&b.glb(&format!(
        r#""nodes":[{nodes}],"meshes":[{{"primitives":[{{"attributes":{{"POSITION":{p}}},"targets":[{{"POSITION":{p}}}]}}]}}]"#
    )));
    assert!(error.is_err_and(|e| e.contains("too many morph targets")));
}

#[test]
fn truncated_files_are_refused_at_every_length() {
    let whole = everything();
    for length in (0..whole.len()).step_by(16) {
        assert!(load(&whole[..length]).is_err(), "{length} of {}", whole.len());
    }
}

#[test]
fn mutated_files_give_an_answer() {
    let whole = everything();
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let mut loaded = 0;
    for _ in 0..2000 {
        let mut bytes = whole.clone();
        for _ in 0..=random(4) {
            let at = random(bytes.len());
            // Digits stand where indices and counts are; other places get any byte.
            bytes[at] = if bytes[at].is_ascii_digit() { b'0' + random(10) as u8 } else { random(256) as u8 };
        }
        loaded += usize::from(load(&bytes).is_ok());
    }
    assert!(loaded > 100, "{loaded}");
}

#[test]
fn deep_json_is_refused() {
    let deep = format!(r#"{{"asset":{{"version":"2.0"}},"extras":{}}}"#, "[".repeat(100_000));
    assert!(load(deep.as_bytes()).is_err());
    assert!(load(&glb(&deep, &[])).is_err());
}

#[test]
fn real_files_load() {
    let Some(folder) = folder("AVATARS") else { return };
    let mut seen = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.ends_with(".glb") && !name.ends_with(".gltf") && !name.ends_with(".vrm") {
            continue;
        }
        seen += 1;
        let source = Folder(folder.clone());
        match import(&std::fs::read(&path).unwrap(), &name, &source, Options::default()) {
            Ok(imported) => check_integrity(&imported, &name),
            Err(error) => panic!("{name}: {error}"),
        }
    }
    assert!(seen > 0, "no avatars in {}", folder.display());
}

/// What everything behind the import relies on.
fn check_integrity(imported: &Imported, name: &str) {
    let avatar = &imported.avatar;
    for node in &avatar.nodes {
        assert!(node.mesh.is_none_or(|m| m < avatar.meshes.len()), "{name}");
        assert!(node.skin.is_none_or(|s| s < avatar.skins.len()), "{name}");
    }
    for mesh in &avatar.meshes {
        for primitive in &mesh.primitives {
            let count = primitive.positions.len();
            assert!(primitive.indices.iter().all(|i| (*i as usize) < count), "{name}");
            assert_eq!(primitive.normals.len(), count, "{name}");
            assert_eq!(primitive.morphs.len(), mesh.morph_names.len(), "{name}");
            assert!(primitive.material.is_none_or(|m| m < avatar.materials.len()), "{name}");
            for morph in &primitive.morphs {
                assert!(morph.vertices.windows(2).all(|w| w[0] < w[1]), "{name}");
                assert!(morph.vertices.last().is_none_or(|v| (*v as usize) < count), "{name}");
            }
        }
    }
}
