//! Shaders without a GPU: every file links and validates, and every mirror in Rust has the shader's offsets.

use naga::valid::{Capabilities, ValidationFlags, Validator};
use rhetor::render::layout::*;
use rhetor::render::shader::{FILES, LinkError, link, link_with};
use std::mem::offset_of;

fn parsed(path: &str) -> naga::Module {
    let text = link(path).unwrap();
    naga::front::wgsl::parse_str(&text).unwrap_or_else(|e| panic!("{path}: {}", e.emit_to_string(&text)))
}

#[test]
fn every_file_links_and_validates() {
    for (path, _) in FILES {
        let module = parsed(path);
        Validator::new(ValidationFlags::all(), Capabilities::default())
            .validate(&module)
            .unwrap_or_else(|e| panic!("{path}: {e:?}"));
        let is_library = path.contains('/');
        assert_eq!(
            module.entry_points.is_empty(),
            is_library,
            "{path}: only files in folders hold no entry points"
        );
    }
}

#[test]
fn every_file_of_the_folder_is_in_the_table() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("shaders");
    let mut found = Vec::new();
    for folder in ["", "common", "lighting"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "wgsl") {
                let name = path.strip_prefix(&root).unwrap();
                found.push(name.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    found.sort();
    let mut table: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
    table.sort_unstable();
    assert_eq!(found, table);
}

#[test]
fn names_of_shared_files_carry_the_file() {
    for (path, text) in FILES.iter().filter(|(path, _)| path.contains('/')) {
        let stem = path.rsplit('/').next().unwrap().trim_end_matches(".wgsl");
        for line in text.lines() {
            let name = line.strip_prefix("fn ").and_then(|l| l.split('(').next());
            assert!(name.is_none_or(|n| n.starts_with(stem)), "{path}: {line}");
        }
    }
}

#[test]
fn an_import_comes_once_and_before_its_user() {
    let read = |name: &str| match name {
        "a" => Some("#import b\n#import c\nA"),
        "b" => Some("#import c\nB"),
        "c" => Some("#import a\nC"),
        "lost" => Some("#import nowhere"),
        _ => None,
    };
    assert_eq!(link_with("a", &read).unwrap(), "C\nB\nA\n");
    let missing = LinkError::Missing { path: "nowhere".into(), by: "lost".into() };
    assert_eq!(link_with("lost", &read), Err(missing));
}

/// Offsets and size of a struct as naga lays it out.
fn shader_layout(path: &str, name: &str) -> (Vec<(String, usize)>, usize) {
    let module = parsed(path);
    for (_, ty) in module.types.iter() {
        if let (Some(found), naga::TypeInner::Struct { members, span }) = (&ty.name, &ty.inner)
            && found == name
        {
            let members = members.iter().map(|m| (m.name.clone().unwrap_or_default(), m.offset as usize));
            return (members.collect(), *span as usize);
        }
    }
    panic!("{path} has no struct {name}");
}

/// Compares a mirror's fields, all of them, with its twin.
macro_rules! assert_mirrors {
    ($path:literal, $type:ident: $($field:ident),+) => {
        let (members, size) = shader_layout($path, stringify!($type));
        let mirror = vec![$((stringify!($field).to_owned(), offset_of!($type, $field))),+];
        assert_eq!(mirror, members, "{}: {}", $path, stringify!($type));
        assert_eq!(size_of::<$type>(), size, "{}: size of {}", $path, stringify!($type));
    };
}

#[test]
fn mirrors_have_the_shaders_offsets() {
    assert_mirrors!("common/frame.wgsl", FrameLight: towards, radiance, place, along, cone);
    assert_mirrors!("common/frame.wgsl", FrameUniform: clip_from_world, world_from_clip, shadow_from_world, eye,
        harmonics, lights, backdrop_center, backdrop_rim, ground, size, origin, part_size, scale, occlusion, shadow_cone, film);
    assert_mirrors!("defocus.wgsl", DefocusUniform: near, far, distance, reach, most, tile, unused, taps);
    assert_mirrors!("shadow_depth.wgsl", ShadowUniform: clip_from_world);
    assert_mirrors!("common/material.wgsl", MaterialUniform: base_color, emissive, specular, metallic, roughness, normal_scale,
        occlusion_strength, alpha_cutoff, uv_sets, detail, scatter, eye_steps, uv_rows);
    assert_mirrors!("common/toon.wgsl", ToonUniform: shade_color, matcap_factor, rim_color, outline_color, shading_shift,
        shading_shift_scale, shading_toony, gi_equalization, rim_lighting_mix, rim_fresnel_power, rim_lift,
        outline_lighting_mix, outline_world, outline_screen, turn, uv_sets, scroll, unused, uv_rows);
    assert_mirrors!("common/layers.wgsl", LayerUniform: absorption, sheen_color, specular, sheen_roughness, clearcoat,
        clearcoat_roughness, clearcoat_normal_scale, iridescence, iridescence_ior, iridescence_thinnest, iridescence_thickest,
        anisotropy, anisotropy_cos, anisotropy_sin, transmission, thickness, ior, dispersion, uv_sets, uv_rows);
    assert_mirrors!("deform.wgsl", DeformVertex: position, part, normal, unused, tangent, joints, weights_a,
        weights_b);
    assert_mirrors!("deform.wgsl", DeformedVertex: position, normal, tangent);
}
