//! What the specification forbids and the import reads nevertheless is said.

use crate::common::gltf::{Builder, glb};
use rhetor::import::{Imported, Options, import};
use rhetor::source::NoSource;

const TRIANGLE: [f32; 9] = [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0];

fn good(bytes: &[u8]) -> Imported {
    import(bytes, "test.glb", &NoSource, Options::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn warnings(imported: &Imported) -> String {
    imported.report.iter().map(|d| d.message.as_str()).collect::<Vec<_>>().join("\n")
}

/// A skinned, textured, moving triangle that nothing is wrong with.
fn sound() -> (String, Vec<u8>) {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &TRIANGLE);
    let n = b.floats("VEC3", 3, &[0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0]);
    let uv = b.floats("VEC2", 2, &[0.0, 0.0, 1.0, 0.0, 0.0, 1.0]);
    let j = b.bytes("VEC4", 4, &[0; 12], false);
    let w = b.floats("VEC4", 4, &[1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]);
    let t = b.floats("SCALAR", 1, &[0.0, 1.0]);
    let turns = b.floats("VEC4", 4, &[0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0]);
    let mut png = Vec::new();
    let pixel = image::RgbaImage::from_pixel(1, 1, image::Rgba([9; 4]));
    pixel.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    let picture = b.view(&png);
    let json = b.json(
        "",
        &format!(
            r#""scene":0,"scenes":[{{"nodes":[0]}}],"nodes":[{{"children":[1,2]}},{{"mesh":0,"skin":0}},{{"rotation":[0,0,0,1]}}],
            "skins":[{{"joints":[2]}}],"materials":[{{"pbrMetallicRoughness":{{"baseColorTexture":{{"index":0}},"metallicFactor":0.5}}}}],
            "textures":[{{"source":0}}],"images":[{{"bufferView":{picture},"mimeType":"image/png"}}],
            "meshes":[{{"primitives":[{{"attributes":{{"POSITION":{p},"NORMAL":{n},"TEXCOORD_0":{uv},"JOINTS_0":{j},"WEIGHTS_0":{w}}},"material":0,"targets":[{{"POSITION":{p}}}]}}]}}],
            "animations":[{{"channels":[{{"sampler":0,"target":{{"node":2,"path":"rotation"}}}}],"samplers":[{{"input":{t},"output":{turns}}}]}}]"#
        ),
    );
    let (json, bytes) = (json, b.glb(""));
    let length = u32::from_le_bytes(*bytes[12..].first_chunk().unwrap()) as usize;
    (json, bytes[28 + length..].to_vec())
}

#[test]
fn each_kind_of_fault_is_told() {
    let (json, binary) = sound();
    let plain = good(&glb(&json, &binary));
    assert!(plain.report.is_empty(), "{}", warnings(&plain));
    for (from, to, told) in [
        (r#""max":[1,1,0]"#, r#""max":[1,2,0]"#, "bounds (min and max) that are not those"),
        (r#""max":[1,1,0]"#, r#""max":[1,1]"#, "bounds (min and max) that are not those"),
        (r#","max":[1,1,0]"#, "", "positions without bounds"),
        (r#""max":[1]"#, r#""max":[2]"#, "bounds (min and max) that are not those"),
        (r#","min":[0],"max":[1]"#, "", "times without bounds"),
        (r#","WEIGHTS_0":4"#, "", "joints without weights"),
        (r#""TEXCOORD_0""#, r#""TEXCOORD_1""#, "begin at 0 or leave one out"),
        (r#""TEXCOORD_0":2,"#, "", "no texture coordinates"),
        (r#""NORMAL":1"#, r#""NORMAL":0"#, "not of unit length"),
        (r#""NORMAL":1,"#, "", ""),
        (
            r#""targets":[{"POSITION":0}]"#,
            r#""targets":[{"POSITION":0,"TANGENT":0}]"#,
            "attributes that they do not have",
        ),
        (r#""TEXCOORD_0":2"#, r#""TEXCOORD_0":2,"TANGENT":0"#, "another kind of number"),
        (r#""targets":[{"POSITION":0}]"#, r#""targets":[{}]"#, "lists or sets are empty"),
        (r#""children":[1,2]}"#, r#""children":[1,2]},{"children":[]}"#, "lists or sets are empty"),
        (r#""children":[1,2]"#, r#""children":[1]"#, "not in their scene"),
        (r#""scenes":[{"nodes":[0]}]"#, r#""scenes":[{"nodes":[0,0]}]"#, "show a node twice"),
        (r#""scenes":[{"nodes":[0]}]"#, r#""scenes":[{"nodes":[0]},{"nodes":[2]}]"#, "hang on others"),
        (r#""rotation":[0,0,0,1]"#, r#""rotation":[0,0,1,1]"#, "not of unit length"),
        (
            r#""rotation":[0,0,0,1]"#,
            r#""matrix":[1,0,0,0,1,1,0,0,0,0,1,0,0,0,0,1]"#,
            "no translation, rotation and scale",
        ),
        (r#""joints":[2]"#, r#""joints":[2,2]"#, "name a joint twice"),
        (r#""joints":[2]"#, r#""joints":[2],"skeleton":1"#, "not all of their joints hang on"),
        (r#""target":{"node":2"#, r#""target":{"node":9"#, "nodes that do not exist"),
        (r#""metallicFactor":0.5"#, r#""metallicFactor":2"#, "factors outside their range"),
        (r#","mimeType":"image/png""#, "", "do not say of what kind"),
        (r#""image/png""#, r#""image/jpeg""#, "another kind than they say"),
        (
            r#""textures":[{"source":0}]"#,
            r#""textures":[{"source":0,"sampler":3}]"#,
            "samplers that do not exist",
        ),
        (
            r#""source":0}]"#,
            r#""source":0,"extensions":{"EXT_texture_webp":{"source":0}}}]"#,
            "used and not declared: EXT_texture_webp",
        ),
        (r#""input":5"#, r#""input":0"#, "serve two ends"),
        (r#""children":[1,2]}"#, r#""children":[1,2]},{"weights":[]}"#, "lists or sets are empty"),
    ] {
        assert!(json.contains(from), "{from} in {json}");
        let imported = good(&glb(&json.replacen(from, to, 1), &binary));
        let all = warnings(&imported);
        assert!(all.contains(told) && told.is_empty() == all.is_empty(), "{from} → {to}: {all:?}");
    }
}

#[test]
fn a_scene_may_be_empty() {
    let (json, binary) = sound();
    let json = json.replace(r#""scenes":[{"nodes":[0]}]"#, r#""scenes":[{"name":"empty"},{"nodes":[0]}]"#);
    let imported = good(&glb(&json, &binary));
    assert_eq!(imported.avatar.triangle_count(), 0);
    assert!(warnings(&imported).contains("nothing can be seen"), "{}", warnings(&imported));
    let second = json.replace(r#""scene":0"#, r#""scene":1"#);
    assert_eq!(good(&glb(&second, &binary)).avatar.triangle_count(), 1);
}

#[test]
fn unused_parts_that_cannot_be_read_are_told() {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &TRIANGLE);
    b.accessor(r#"{"bufferView":0,"componentType":5126,"count":4000,"type":"VEC3"}"#);
    let bytes = b.glb(&format!(
        r#""nodes":[{{"mesh":0}}],"meshes":[{{"primitives":[{{"attributes":{{"POSITION":{p}}}}}]}}]"#
    ));
    assert!(warnings(&good(&bytes)).contains("1 accessors cannot be read"), "{}", warnings(&good(&bytes)));
}
