//! Importing what glTF extensions add: materials, lights, variants, sets of coordinates, pointers, further influences.

use crate::common::gltf::Builder;
use rhetor::avatar::{LightKind, Values, VariantMaterial};
use rhetor::import::{Imported, Options, import};
use rhetor::source::NoSource;

const TRIANGLE: [f32; 9] = [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0];
const NODE: &str = r#""scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}]"#;

fn good(bytes: &[u8]) -> Imported {
    import(bytes, "a.glb", &NoSource, Options::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn warnings(imported: &Imported) -> String {
    imported.report.iter().map(|d| d.message.as_str()).collect::<Vec<_>>().join("\n")
}

/// What the materials below use.
const EXTENSIONS: &str = r#""KHR_materials_anisotropy","KHR_materials_clearcoat","KHR_materials_dispersion","KHR_materials_emissive_strength",
    "KHR_materials_ior","KHR_materials_iridescence","KHR_materials_sheen","KHR_materials_specular","KHR_materials_transmission",
    "KHR_materials_unlit","KHR_materials_volume","KHR_materials_pbrSpecularGlossiness","KHR_texture_transform""#;

/// One triangle with a picture of one texel, of which `materials` may use texture 0.
fn with_materials(b: &mut Builder, attributes: &str, materials: &str, more: &str) -> Vec<u8> {
    let p = b.floats("VEC3", 3, &TRIANGLE);
    let mut png = Vec::new();
    let pixel = image::RgbaImage::from_pixel(1, 1, image::Rgba([255, 255, 255, 255]));
    pixel.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    let picture = b.view(&png);
    b.glb(&format!(
        r#"{NODE},"meshes":[{{"primitives":[{{"attributes":{{"POSITION":{p}{attributes}}},"material":0{more}}}]}}],
        "materials":[{materials}],"textures":[{{"source":0}}],"images":[{{"bufferView":{picture},"mimeType":"image/png"}}],"extensionsUsed":[{EXTENSIONS}]"#
    ))
}

#[test]
fn layers_of_a_material_are_carried() {
    let mut b = Builder::default();
    let imported = good(&with_materials(
        &mut b,
        "",
        r#"{"extensions":{
            "KHR_materials_unlit":{},"KHR_materials_ior":{"ior":1.33},"KHR_materials_dispersion":{"dispersion":0.5},
            "KHR_materials_emissive_strength":{"emissiveStrength":5},
            "KHR_materials_specular":{"specularFactor":0.5,"specularTexture":{"index":0},"specularColorFactor":[2,0.5,0]},
            "KHR_materials_clearcoat":{"clearcoatFactor":0.75,"clearcoatRoughnessFactor":0.25,"clearcoatNormalTexture":{"index":0,"scale":2}},
            "KHR_materials_sheen":{"sheenColorFactor":[1,0.5,0.25],"sheenRoughnessFactor":0.5},
            "KHR_materials_transmission":{"transmissionFactor":1,"transmissionTexture":{"index":0,"texCoord":1}},
            "KHR_materials_volume":{"thicknessFactor":0.5,"attenuationDistance":2,"attenuationColor":[0.5,1,1]},
            "KHR_materials_iridescence":{"iridescenceFactor":1},
            "KHR_materials_anisotropy":{"anisotropyStrength":0.5,"anisotropyRotation":1}},
          "emissiveFactor":[1,0,0]},
         {"extensions":{"KHR_materials_sheen":{"sheenColorFactor":"red","sheenRoughnessFactor":7},"KHR_materials_volume":{}}}"#,
        "",
    ));
    let material = &imported.avatar.materials[0];
    assert!(material.is_unlit);
    assert_eq!((material.ior, material.dispersion, material.emissive), (1.33, 0.5, [5.0, 0.0, 0.0]));
    assert_eq!((material.specular, material.specular_color), (0.5, [2.0, 0.5, 0.0]));
    assert_eq!(material.specular_texture.map(|t| t.image), Some(0));
    let coat = material.clearcoat.as_ref().unwrap();
    assert_eq!((coat.strength, coat.roughness, coat.normal_scale), (0.75, 0.25, 2.0));
    assert!(coat.normal_texture.is_some() && coat.texture.is_none());
    let sheen = material.sheen.as_ref().unwrap();
    assert_eq!((sheen.color, sheen.roughness), ([1.0, 0.5, 0.25], 0.5));
    assert_eq!(material.transmission.as_ref().unwrap().texture.unwrap().uv_set, 1);
    let volume = material.volume.as_ref().unwrap();
    assert_eq!((volume.thickness, volume.attenuation_distance), (0.5, 2.0));
    let film = material.iridescence.as_ref().unwrap();
    assert_eq!((film.ior, film.thickness_min_nm, film.thickness_max_nm), (1.3, 100.0, 400.0));
    assert_eq!(material.anisotropy.as_ref().unwrap().rotation, 1.0);
    // Ill values are the extension's defaults, or the nearest that it allows.
    let second = &imported.avatar.materials[1];
    assert_eq!(second.sheen.as_ref().unwrap().color, [0.0; 3]);
    assert_eq!(second.sheen.as_ref().unwrap().roughness, 1.0);
    assert_eq!(second.volume.as_ref().unwrap().attenuation_distance, f32::INFINITY);
    assert!(imported.report.is_empty(), "{}", warnings(&imported));
}

#[test]
fn specular_glossiness_becomes_metallic_roughness() {
    let mut b = Builder::default();
    let avatar = good(&with_materials(
        &mut b,
        "",
        r#"{"extensions":{"KHR_materials_pbrSpecularGlossiness":{"diffuseFactor":[0.5,0.5,0.5,0.5],"specularFactor":[0.04,0.04,0.04],"glossinessFactor":0.75}}},
           {"extensions":{"KHR_materials_pbrSpecularGlossiness":{"specularGlossinessTexture":{"index":0}}}}"#,
        "",
    ))
    .avatar;
    let plain = &avatar.materials[0];
    assert!(plain.metallic < 1e-3 && (plain.roughness - 0.25).abs() < 1e-6);
    assert!((plain.base_color[0] - 0.5).abs() < 1e-3 && plain.base_color[3] == 0.5);
    // White specular without diffuse is polished metal.
    let pictured = &avatar.materials[1];
    let rough = pictured.metallic_roughness_texture.unwrap();
    let texels = avatar.images[rough.image].texels.get();
    assert_eq!(texels[..], [0, 0, 255, 255]);
    assert_eq!((pictured.metallic, pictured.roughness), (1.0, 1.0));
}

#[test]
fn transforms_may_name_another_set_and_the_two_most_used_sets_are_read() {
    let mut b = Builder::default();
    let sets: Vec<usize> =
        [2u8, 3, 5, 7].iter().map(|set| b.bytes("VEC2", 2, &[*set, 0, 255, 0, 0, 255], true)).collect();
    let attributes: String =
        sets.iter().zip([0, 1, 2, 3]).map(|(a, n)| format!(r#","TEXCOORD_{n}":{a}"#)).collect();
    let imported = good(&with_materials(
        &mut b,
        &attributes,
        r#"{"pbrMetallicRoughness":{"baseColorTexture":{"index":0,"texCoord":1,"extensions":{"KHR_texture_transform":{"texCoord":3,"offset":[0.5,0],"rotation":1.5}}},
            "metallicRoughnessTexture":{"index":0,"texCoord":3}},"normalTexture":{"index":0,"texCoord":2},"emissiveTexture":{"index":0,"texCoord":2},"occlusionTexture":{"index":0}}"#,
        "",
    ));
    let material = &imported.avatar.materials[0];
    let base = material.base_color_texture.unwrap();
    assert_eq!((base.uv_set, base.offset, base.rotation), (1, [0.5, 0.0], 1.5));
    assert_eq!(material.normal_texture.unwrap().uv_set, 0);
    assert_eq!(material.occlusion_texture, None);
    let uvs = &imported.avatar.meshes[0].primitives[0].uvs;
    assert_eq!((uvs[0][0][0], uvs[1][0][0]), (5.0 / 255.0, 7.0 / 255.0));
    assert!(warnings(&imported).contains("texture coordinates 0 was left out"), "{}", warnings(&imported));
}

#[test]
fn lights_hang_on_nodes() {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &TRIANGLE);
    let imported = good(&b.glb(&format!(
        r#""nodes":[{{"mesh":0}},{{"extensions":{{"KHR_lights_punctual":{{"light":0}}}}}},{{"extensions":{{"KHR_lights_punctual":{{"light":1}}}}}},{{"extensions":{{"KHR_lights_punctual":{{"light":9}}}}}}],
        "meshes":[{{"primitives":[{{"attributes":{{"POSITION":{p}}}}}]}}],
        "extensions":{{"KHR_lights_punctual":{{"lights":[{{"type":"spot","name":"key","intensity":20,"range":5,"spot":{{"innerConeAngle":0.25}}}},{{"type":"directional","color":[1,0.5,0]}}]}}}},"extensionsUsed":["KHR_lights_punctual"]"#
    )));
    let lights = &imported.avatar.lights;
    assert_eq!(lights.len(), 2);
    assert_eq!((lights[0].node, lights[0].name.as_str(), lights[0].range), (1, "key", Some(5.0)));
    assert_eq!(lights[0].kind, LightKind::Spot { inner: 0.25, outer: std::f32::consts::FRAC_PI_4 });
    assert_eq!(
        (lights[1].kind, lights[1].color, lights[1].range),
        (LightKind::Directional, [1.0, 0.5, 0.0], None)
    );
    assert!(warnings(&imported).contains("light that does not exist"));
}

#[test]
fn variants_name_other_materials() {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &TRIANGLE);
    let imported = good(&b.glb(&format!(
        r#"{NODE},"meshes":[{{"primitives":[{{"attributes":{{"POSITION":{p}}},"material":0,"extensions":{{"KHR_materials_variants":{{"mappings":[{{"material":1,"variants":[1]}},{{"material":7,"variants":[0]}},{{"material":0,"variants":[1,9]}}]}}}}}}]}}],
        "materials":[{{}},{{}}],"extensions":{{"KHR_materials_variants":{{"variants":[{{"name":"day"}},{{"name":"night"}}]}}}}"#
    )));
    assert_eq!(imported.avatar.variants, ["day", "night"]);
    let primitive = &imported.avatar.meshes[0].primitives[0];
    assert_eq!(primitive.variants, [VariantMaterial { variant: 1, material: 1 }]);
    let mut avatar = imported.avatar.clone();
    assert!(avatar.wear("day") && avatar.meshes[0].primitives[0].material == Some(0));
    assert!(avatar.wear("night") && avatar.meshes[0].primitives[0].material == Some(1));
    assert!(!avatar.wear("noon") && avatar.meshes[0].primitives[0].material == Some(1));
    for part in ["material that does not exist", "variant twice", "variant that does not exist"] {
        assert!(warnings(&imported).contains(part), "{part}");
    }
}

#[test]
fn pointers_to_nodes_move_them_and_others_are_said() {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &TRIANGLE);
    let t = b.floats("SCALAR", 1, &[0.0, 1.0]);
    let v = b.floats("VEC3", 3, &[0.0, 0.0, 0.0, 1.0, 2.0, 3.0]);
    let target = |pointer: &str| {
        format!(
            r#"{{"sampler":0,"target":{{"path":"pointer","extensions":{{"KHR_animation_pointer":{{"pointer":"{pointer}"}}}}}}}}"#
        )
    };
    let (moves, tints) = (target("/nodes/0/translation"), target("/materials/0/emissiveFactor"));
    let imported = good(&b.glb(&format!(
        r#"{NODE},"meshes":[{{"primitives":[{{"attributes":{{"POSITION":{p}}}}}]}}],
        "animations":[{{"channels":[{moves},{tints}],"samplers":[{{"input":{t},"output":{v}}}]}}],
        "extensionsUsed":["KHR_animation_pointer"],"extensionsRequired":["KHR_animation_pointer"]"#
    )));
    let channels = &imported.avatar.clips[0].channels;
    assert_eq!(channels.len(), 1);
    assert_eq!(channels[0].values, Values::Translation(vec![[0.0; 3], [1.0, 2.0, 3.0]]));
    assert!(warnings(&imported).contains("1 animation curves"), "{}", warnings(&imported));
}

#[test]
fn twelve_joints_a_vertex_become_the_strongest_eight() {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &TRIANGLE);
    let mut attributes = format!(r#""POSITION":{p}"#);
    for set in 0..3u8 {
        let joints: Vec<u8> = (0..12).map(|i| set * 4 + i % 4).collect();
        let weights: Vec<u8> = joints.iter().map(|j| 10 + j * 10).collect();
        let j = b.bytes("VEC4", 4, &joints, false);
        let w = b.bytes("VEC4", 4, &weights, true);
        attributes += &format!(r#","JOINTS_{set}":{j},"WEIGHTS_{set}":{w}"#);
    }
    let nodes = ["{}"; 12].join(",");
    let imported = good(&b.glb(&format!(
        r#""nodes":[{{"mesh":0,"skin":0}},{nodes}],"skins":[{{"joints":[1,2,3,4,5,6,7,8,9,10,11,12]}}],"meshes":[{{"primitives":[{{"attributes":{{{attributes}}}}}]}}]"#
    )));
    let influence = &imported.avatar.meshes[0].primitives[0].influences[1];
    let mut joints = influence.joints;
    joints.sort_unstable();
    assert_eq!(joints, [4, 5, 6, 7, 8, 9, 10, 11]);
    assert!((influence.weights.iter().sum::<f32>() - 1.0).abs() < 1e-6);
    assert!(warnings(&imported).contains("strongest eight"));
}

#[test]
fn the_default_scene_is_shown_and_others_are_said() {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &TRIANGLE);
    let imported = good(&b.glb(&format!(
        r#""scene":1,"scenes":[{{"nodes":[0]}},{{"name":"stage","nodes":[1]}}],"nodes":[{{"name":"a","mesh":0}},{{"name":"b","mesh":0}}],"meshes":[{{"primitives":[{{"attributes":{{"POSITION":{p}}}}}]}}]"#
    )));
    assert_eq!(imported.avatar.nodes.iter().map(|n| n.name.as_str()).collect::<Vec<_>>(), ["b"]);
    assert!(warnings(&imported).contains("2 scenes; only scene 'stage'"), "{}", warnings(&imported));
}

#[test]
fn quantised_interleaved_and_misaligned_numbers_are_read() {
    let mut b = Builder::default();
    // Three vertices of 13 bytes: a position of 16-bit integers, a normal and a colour of bytes, one byte too many.
    let mut bytes = vec![0u8];
    for vertex in [[0i16, 0, 0], [32767, 0, 0], [0, -32767, 16]] {
        bytes.extend(vertex.iter().flat_map(|c| c.to_le_bytes()));
        bytes.extend([0, 0, 127, 255, 0, 51, 9]);
    }
    let view = b.view(&bytes);
    let accessor = |kind: u32, offset: usize, normalized: bool| {
        format!(
            r#"{{"bufferView":{view},"byteOffset":{offset},"componentType":{kind},"normalized":{normalized},"count":3,"type":"VEC3","min":[0,0,0],"max":[1,1,1]}}"#
        )
    };
    let p = b.accessor(&accessor(5122, 1, true));
    let n = b.accessor(&accessor(5120, 7, true));
    let c = b.accessor(&accessor(5121, 10, true));
    let glb = b.glb(&format!(
        r#"{NODE},"meshes":[{{"primitives":[{{"attributes":{{"POSITION":{p},"NORMAL":{n},"COLOR_0":{c}}}}}]}}],"extensionsUsed":["KHR_mesh_quantization"],"extensionsRequired":["KHR_mesh_quantization"]"#
    ));
    let imported = good(&with_stride(&glb, 13));
    let primitive = &imported.avatar.meshes[0].primitives[0];
    assert_eq!(primitive.positions[1], [1.0, 0.0, 0.0]);
    assert_eq!(primitive.positions[2], [0.0, -1.0, 16.0 / 32767.0]);
    assert_eq!(primitive.normals, [[0.0, 0.0, 1.0]; 3]);
    assert_eq!(primitive.colors[0], [1.0, 0.0, 0.2, 1.0]);
    assert!(warnings(&imported).contains("not aligned"), "{}", warnings(&imported));
}

/// The file with a stride for its first view.
fn with_stride(glb: &[u8], stride: usize) -> Vec<u8> {
    let length = u32::from_le_bytes(*glb[12..].first_chunk().unwrap()) as usize;
    let json = std::str::from_utf8(&glb[20..20 + length]).unwrap();
    let json = json.replacen(r#""byteOffset":0,"#, &format!(r#""byteOffset":0,"byteStride":{stride},"#), 1);
    crate::common::gltf::glb(&json, &glb[28 + length..])
}
