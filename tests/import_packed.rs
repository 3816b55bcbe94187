//! Importing packed files: meshopt, Draco, KTX2 and WebP, against the same content unpacked, and damaged.
//!
//! The packed files were written by others' encoders (`tests/tools/pack.mjs`).

use crate::common::gltf::{Builder, glb};
use crate::common::{Folder, folder, repository};
use glam::Vec3;
use rhetor::avatar::{Avatar, BlockCoding, Influences, deform_cpu};
use rhetor::import::{Imported, Options, import};
use rhetor::source::NoSource;

fn packed(name: &str) -> Vec<u8> {
    std::fs::read(repository().join("tests/fixtures/packed").join(name)).unwrap()
}

fn load(bytes: &[u8]) -> Result<Imported, String> {
    import(bytes, "a.glb", &NoSource, Options::default()).map_err(|e| e.to_string())
}

fn good(bytes: &[u8]) -> Imported {
    load(bytes).unwrap_or_else(|error| panic!("{error}"))
}

fn warnings(imported: &Imported) -> String {
    imported.report.iter().map(|d| d.message.as_str()).collect::<Vec<_>>().join("\n")
}

/// Every vertex at rest, and with each morph target of each mesh in turn.
fn shapes(avatar: &Avatar) -> Vec<Vec<Vec3>> {
    let world = avatar.rest_world();
    let targets = avatar.meshes.iter().map(|m| m.morph_names.len()).max().unwrap_or(0);
    let shape = |target: Option<usize>| {
        let weights: Vec<Vec<f32>> = avatar
            .nodes
            .iter()
            .map(|_| (0..targets).map(|i| if Some(i) == target { 1.0 } else { 0.0 }).collect())
            .collect();
        deform_cpu(avatar, &world, &weights).into_iter().flat_map(|part| part.positions).collect()
    };
    std::iter::once(None).chain((0..targets).map(Some)).map(shape).collect()
}

/// The greatest distance between the same vertex of two avatars in any of their shapes, and the greatest movement.
fn furthest(a: &Avatar, b: &Avatar) -> (f32, f32) {
    let (a, b) = (shapes(a), shapes(b));
    assert_eq!(a.len(), b.len(), "morph targets");
    let mut distance = 0.0f32;
    let mut movement = 0.0f32;
    for (one, other) in a.iter().zip(&b) {
        assert_eq!(one.len(), other.len(), "vertices");
        for ((p, q), rest) in one.iter().zip(other).zip(&a[0]) {
            distance = distance.max(p.distance(*q));
            movement = movement.max(p.distance(*rest));
        }
    }
    (distance, movement)
}

/// Triangles that begin with their smallest index: which corner is the first means nothing.
fn turned(indices: &[u32]) -> Vec<[u32; 3]> {
    let (triangles, _) = indices.as_chunks::<3>();
    let turn = |&[a, b, c]: &[u32; 3]| match a.min(b).min(c) {
        first if first == a => [a, b, c],
        first if first == b => [b, c, a],
        _ => [c, a, b],
    };
    triangles.iter().map(turn).collect()
}

#[test]
fn packed_grids_are_the_plain_one() {
    let plain = good(&packed("plain.glb")).avatar;
    assert_eq!(plain.meshes[0].primitives[0].positions.len(), 36);
    for (name, quantum) in [
        ("meshopt.glb", 0.0),
        ("meshopt_quantised.glb", 1.0 / 8192.0),
        ("draco_sequential.glb", 1.0 / 8192.0),
    ] {
        let imported = good(&packed(name));
        let (distance, movement) = furthest(&plain, &imported.avatar);
        assert!(distance <= quantum, "{name}: {distance}");
        assert!(movement > 0.2, "{name}: {movement}");
        let (a, b) = (&plain.meshes[0].primitives[0], &imported.avatar.meshes[0].primitives[0]);
        assert_eq!(turned(&a.indices), turned(&b.indices), "{name}");
        for (n, m) in a.normals.iter().zip(&b.normals) {
            assert!(Vec3::from(*n).dot(Vec3::from(*m)) > 0.9999, "{name}: {n:?} {m:?}");
        }
        let tip = |influence: &Influences| -> f32 {
            let both = influence.joints.iter().zip(&influence.weights);
            both.filter(|(joint, _)| **joint == 1).map(|(_, weight)| weight).sum()
        };
        for (s, t) in a.influences.iter().zip(&b.influences) {
            assert!((tip(s) - tip(t)).abs() < 0.01, "{name}: {s:?} {t:?}");
        }
        assert!(a.uvs[0].iter().zip(&b.uvs[0]).all(|(s, t)| (s[0] - t[0]).abs() < 1e-3), "{name}");
        assert_eq!(imported.avatar.meshes[0].morph_names, ["lift"], "{name}");
        assert!(imported.report.is_empty(), "{name}: {}", warnings(&imported));
    }
}

#[test]
fn edgebreaker_keeps_the_surface_and_drops_what_cannot_be_matched() {
    let plain = good(&packed("plain.glb")).avatar;
    let bytes = packed("draco_edgebreaker.glb");
    let imported = good(&bytes);
    // The same triangles, whatever order their vertices have.
    let corners = |avatar: &Avatar| {
        let primitive = &avatar.meshes[0].primitives[0];
        let point = |i: &u32| primitive.positions[*i as usize].map(|c| (c * 1000.0).round() as i32);
        let mut triangles: Vec<Vec<[i32; 3]>> = primitive
            .indices
            .chunks(3)
            .map(|t| {
                let mut corners: Vec<[i32; 3]> = t.iter().map(point).collect();
                corners.sort_unstable();
                corners
            })
            .collect();
        triangles.sort_unstable();
        triangles
    };
    assert_eq!(corners(&plain), corners(&imported.avatar));
    assert!(
        imported.avatar.meshes[0].primitives[0]
            .influences
            .iter()
            .all(|i| i.weights[0] > 0.0 || i.weights[1] > 0.0)
    );
    assert!(imported.report.is_empty(), "{}", warnings(&imported));
    let morphed = edited(
        &bytes,
        r#""attributes":{"POSITION":1"#,
        r#""targets":[{"POSITION":1}],"attributes":{"POSITION":1"#,
    );
    let imported = good(&morphed);
    assert!(warnings(&imported).contains("edgebreaker"), "{}", warnings(&imported));
    assert!(imported.avatar.meshes[0].primitives[0].morphs[0].vertices.is_empty());
}

/// The file with its JSON changed in one place.
fn edited(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let length = u32::from_le_bytes(*bytes[12..].first_chunk().unwrap()) as usize;
    let json = std::str::from_utf8(&bytes[20..20 + length]).unwrap();
    assert!(json.contains(from), "{from} in {json}");
    glb(&json.replacen(from, to, 1), &bytes[28 + length..])
}

/// A file whose only material shows the picture.
fn pictured(picture: &[u8], texture: &str) -> Vec<u8> {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &[0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0]);
    let view = b.view(picture);
    b.glb(&format!(
        r#""nodes":[{{"mesh":0}}],"meshes":[{{"primitives":[{{"attributes":{{"POSITION":{p}}},"material":0}}]}}],
        "materials":[{{"emissiveTexture":{{"index":0}}}}],"textures":[{texture}],"images":[{{"bufferView":{view}}}]"#
    ))
}

/// Four by four texels of one colour and its mip maps: KTX2, each level a block of UASTC in mode 8 (a code of five
/// bits, then the colour).
fn ktx2([r, g, b, a]: [u8; 4], levels: u32) -> Vec<u8> {
    let mut bytes = b"\xABKTX 20\xBB\r\n\x1A\n".to_vec();
    let descriptor_at = 80 + 24 * levels;
    let words = [0u32, 1, 4, 4, 0, 0, 1, levels, 0, descriptor_at, 44, 0, 0];
    bytes.extend(words.iter().flat_map(|w| w.to_le_bytes()));
    bytes.extend([0; 16]);
    for level in 0..u64::from(levels) {
        let entry = [u64::from(descriptor_at) + 44 + level * 16, 16, 16];
        bytes.extend(entry.iter().flat_map(|w| w.to_le_bytes()));
    }
    // The data format descriptor: UASTC, linear, blocks of 4 × 4, one RGBA channel.
    let descriptor = [
        44u32,
        0,
        2 | 40 << 16,
        166 | 1 << 8 | 1 << 16,
        3 | 3 << 8,
        16,
        0,
        3 << 24 | 127 << 16,
        0,
        0,
        u32::MAX,
    ];
    bytes.extend(descriptor.iter().flat_map(|w| w.to_le_bytes()));
    let color = u128::from(u32::from_le_bytes([r, g, b, a]));
    (0..levels).for_each(|_| bytes.extend((0x17u128 | color << 5).to_le_bytes()));
    bytes
}

#[test]
fn a_picture_with_all_its_mip_maps_goes_along_for_graphics_cards() {
    let texture = r#"{"extensions":{"KHR_texture_basisu":{"source":0}}}"#;
    let image =
        |levels| good(&pictured(&ktx2([200, 100, 50, 255], levels), texture)).avatar.images[0].clone();
    assert_eq!(image(1).universal, None, "its mip maps have to be made");
    let universal = image(3).universal.unwrap();
    for coding in [BlockCoding::Astc, BlockCoding::Bc7, BlockCoding::Etc2] {
        let levels = universal.blocks(coding).unwrap();
        assert_eq!(levels.iter().map(Vec::len).collect::<Vec<_>>(), [16, 16, 16], "{coding:?}");
    }
    // A void-extent block of ASTC (Khronos Data Format 1.3, section 23.22) holds the colour in 16 bits a channel.
    let astc = universal.blocks(BlockCoding::Astc).unwrap().remove(0);
    assert_eq!(astc[8..].iter().copied().skip(1).step_by(2).collect::<Vec<_>>(), [200, 100, 50, 255]);
}

#[test]
fn pictures_of_extensions_are_decoded() {
    let mut webp = Vec::new();
    let pixels = image::RgbaImage::from_pixel(3, 2, image::Rgba([10, 20, 30, 255]));
    pixels.write_to(&mut std::io::Cursor::new(&mut webp), image::ImageFormat::WebP).unwrap();
    for (picture, texture, size, color) in [
        (webp, r#"{"extensions":{"EXT_texture_webp":{"source":0}}}"#, (3, 2), [10, 20, 30, 255]),
        (
            ktx2([200, 100, 50, 255], 1),
            r#"{"extensions":{"KHR_texture_basisu":{"source":0}}}"#,
            (4, 4),
            [200, 100, 50, 255],
        ),
    ] {
        let imported = good(&pictured(&picture, texture));
        assert!(imported.avatar.materials[0].emissive_texture.is_some(), "{}", warnings(&imported));
        let image = &imported.avatar.images[0];
        let texels = image.texels.get();
        assert_eq!((image.width, image.height), size);
        assert!(texels.chunks(4).all(|t| t == color), "{:?}", &texels[..4]);
    }
}

#[test]
fn a_damaged_pack_is_an_error_or_a_warning_that_says_where() {
    let meshopt = packed("meshopt.glb");
    for (from, to, part) in [
        (r#""mode":"ATTRIBUTES""#, r#""mode":"TEAPOTS""#, "packing mode 'TEAPOTS'"),
        (r#""count":36}}"#, r#""count":99999999}}"#, "another size"),
        (r#""byteOffset":0,"byteLength":348"#, r#""byteOffset":4,"byteLength":348"#, "damaged"),
        (r#""buffer":0,"#, r#""buffer":7,"#, "without data"),
    ] {
        let error = load(&edited(&meshopt, from, to)).unwrap_err();
        assert!(error.contains(part) && error.contains("buffer view 0"), "{part}: {error}");
    }
    let draco = packed("draco_sequential.glb");
    let fewer = load(&edited(&draco, r#""count":36,"max""#, r#""count":35,"max""#)).unwrap_err();
    assert!(fewer.contains("36 elements where 35 belong"), "{fewer}");
    let lacking =
        load(&edited(&draco, r#""POSITION":0,"NORMAL":1"#, r#""POSITION":9,"NORMAL":1"#)).unwrap_err();
    assert!(lacking.contains("lacks it"), "{lacking}");
    let mut endless = ktx2([1; 4], 1);
    endless[40..44].copy_from_slice(&16u32.to_le_bytes());
    let imported = good(&pictured(&endless, r#"{"source":0}"#));
    assert!(warnings(&imported).contains("level"), "{}", warnings(&imported));
}

fn mutate(whole: &[u8], times: usize, answer: impl Fn(&[u8]) -> bool) -> usize {
    let mut state = 0x2545_F491_4F6C_DD1Du64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let mut loaded = 0;
    for _ in 0..times {
        let mut bytes = whole.to_vec();
        for _ in 0..=random(4) {
            let at = random(bytes.len());
            bytes[at] = if bytes[at].is_ascii_digit() { b'0' + random(10) as u8 } else { random(256) as u8 };
        }
        loaded += usize::from(answer(&bytes));
    }
    loaded
}

#[test]
fn mutated_packs_give_an_answer() {
    let ktx2 = pictured(&ktx2([9; 4], 1), r#"{"source":0}"#);
    let files = [
        packed("meshopt.glb"),
        packed("meshopt_quantised.glb"),
        packed("draco_sequential.glb"),
        packed("draco_edgebreaker.glb"),
        ktx2,
    ];
    let loaded: usize = files.iter().map(|file| mutate(file, 300, |bytes| load(bytes).is_ok())).sum();
    assert!(loaded > 100, "{loaded}");
}

#[test]
fn mutated_real_packs_give_an_answer() {
    let Some(folder) = folder("AVATARS") else { return };
    let source = Folder(folder.clone());
    let mut seen = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1 << 16)]).into_owned();
        let is_packed = ["meshopt", "draco", "basisu", "webp"].iter().any(|name| head.contains(name));
        if !is_packed || bytes.len() > 400_000 || path.extension().is_some_and(|e| e == "md") {
            continue;
        }
        seen += 1;
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        mutate(&bytes, 40, |bytes| import(bytes, &name, &source, Options::default()).is_ok());
    }
    assert!(seen > 0, "no packed files in {}", folder.display());
}

#[test]
fn packed_and_unpacked_copies_are_one() {
    let (Some(packed), Some(unpacked)) = (folder("PACKED"), folder("UNPACKED")) else { return };
    let read = |path: &std::path::Path| good(&std::fs::read(path).unwrap()).avatar;
    let (a, b) = (read(&packed), read(&unpacked));
    assert_eq!(
        a.meshes.iter().map(|m| &m.morph_names).collect::<Vec<_>>(),
        b.meshes.iter().map(|m| &m.morph_names).collect::<Vec<_>>()
    );
    let (distance, movement) = furthest(&a, &b);
    let points = shapes(&a);
    let (low, high) = points[0].iter().fold((Vec3::MAX, Vec3::MIN), |(l, h), p| (l.min(*p), h.max(*p)));
    let size = (high - low).max_element();
    println!("{} shapes, size {size}, movement {movement}, distance {distance}", points.len());
    // A step of 14 bits over the whole, twice: once for the position and once for the target.
    assert!(distance <= size * 2.0 / 16384.0, "{distance} of {size}");
}
