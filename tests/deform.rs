//! The deform shader against the CPU's deformation, and the renderer's promises; skipped without an adapter.

use crate::common::{folder, skip};
use glam::{Mat4, Quat, Vec3};
use rhetor::avatar::{Avatar, Influences, Mesh, MorphDeltas, Node, Primitive, Skin, Transform, deform_cpu};
use rhetor::frame::{Actor, Frame};
use rhetor::render::{Gpu, GpuOptions, Quality, RenderError, Renderer};
use rhetor::stage::{Backdrop, Camera, Look, Overlay, Stage};

fn gpu() -> Option<Gpu> {
    match Gpu::new(&GpuOptions::from_env()) {
        Ok(gpu) => Some(gpu),
        Err(error) => {
            skip(&error.to_string(), "REQUIRE_GPU");
            None
        }
    }
}

fn frame(actors: Vec<Actor>) -> Frame {
    let stage = Stage::studio(Vec3::Z, 0.0);
    Frame {
        actors,
        camera: Camera {
            eye: Vec3::new(0.0, 1.0, 4.0),
            target: Vec3::new(0.0, 1.0, 0.0),
            fov_y: 0.6,
            near: 0.05,
            far: 50.0,
        },
        lights: stage.lights,
        environment: stage.environment,
        backdrop: stage.backdrop,
        overlays: Vec::new(),
        look: Look::default(),
    }
}

/// A number in −1..1 from a counter.
fn noise(n: usize) -> f32 {
    let hashed = (n as u32).wrapping_mul(0x9E37_79B9) ^ 0x5bd1;
    (hashed.wrapping_mul(0x85EB_CA6B) >> 8) as f32 / (1 << 23) as f32 - 1.0
}

/// A cloth of 20 × 20 vertices with eight influences on five joints and three morphs, beside an unskinned copy.
fn synthetic() -> Avatar {
    let count = 400;
    let positions: Vec<[f32; 3]> =
        (0..count).map(|i| [(i % 20) as f32 * 0.1 - 1.0, (i / 20) as f32 * 0.1, noise(i) * 0.1]).collect();
    let influences = (0..count)
        .map(|i| {
            let mut one = Influences::default();
            // Every tenth vertex hangs on the node itself.
            if i % 10 != 3 {
                let raw: Vec<f32> = (0..8).map(|k| noise(i * 8 + k).abs()).collect();
                let sum: f32 = raw.iter().sum();
                for (k, weight) in raw.iter().enumerate() {
                    one.joints[k] = ((i + k) % 5) as u16;
                    one.weights[k] = weight / sum;
                }
            }
            one
        })
        .collect();
    let morphs = [1usize, 7, 90]
        .iter()
        .map(|step| {
            let vertices: Vec<u32> = (5..count as u32).step_by(*step).collect();
            let delta = |v: &u32| [noise(*v as usize), noise(*v as usize + 9), 0.3];
            let positions = vertices.iter().map(delta).collect();
            let normals =
                if *step == 7 { vertices.iter().map(|_| [0.2, 0.0, -0.4]).collect() } else { Vec::new() };
            MorphDeltas { vertices, positions, normals }
        })
        .collect();
    let indices = (0..19 * 19u32).flat_map(|i| {
        let v = i / 19 * 20 + i % 19;
        [v, v + 1, v + 20, v + 20, v + 1, v + 21]
    });
    let primitive = Primitive {
        normals: vec![[0.0, 0.0, 1.0]; count],
        indices: indices.collect(),
        positions,
        influences,
        morphs,
        ..Default::default()
    };
    let mesh = Mesh {
        name: "cloth".into(),
        morph_names: (0..3).map(|n| format!("morph{n}")).collect(),
        morph_weights: vec![0.0; 3],
        primitives: vec![primitive.clone(), primitive],
    };
    let node = |parent: Option<usize>, mesh: Option<usize>, skin: Option<usize>| Node {
        name: String::new(),
        parent,
        local: Transform { translation: Vec3::new(0.0, 0.2, 0.0), ..Transform::IDENTITY },
        mesh,
        skin,
        morph_weights: Vec::new(),
    };
    let mut nodes = vec![node(None, None, None)];
    (0..5).for_each(|i| nodes.push(node(Some(i), None, None)));
    nodes.push(node(Some(0), Some(0), Some(0)));
    nodes.push(node(Some(0), Some(0), None));
    let inverse_bind = (0..5).map(|i| Mat4::from_translation(Vec3::new(0.0, -0.2 * i as f32, 0.1))).collect();
    Avatar {
        nodes,
        meshes: vec![mesh],
        skins: vec![Skin { name: String::new(), joints: vec![1, 2, 3, 4, 5], inverse_bind }],
        ..Default::default()
    }
}

/// A pose with every joint turned and some morphs at work.
fn posed(avatar: &Avatar) -> Actor {
    let mut locals = avatar.rest_locals();
    for (i, local) in locals.iter_mut().enumerate().skip(1) {
        let turn = Vec3::new(noise(i), noise(i + 50), noise(i + 90)) * 0.3;
        local.rotation *= Quat::from_scaled_axis(turn);
    }
    if let Some(last) = locals.last_mut() {
        last.scale = Vec3::new(1.3, 0.6, 1.1);
    }
    let mut world_from_node = Vec::new();
    avatar.world_transforms(&locals, &mut world_from_node);
    let morph_weights = avatar
        .nodes
        .iter()
        .enumerate()
        .map(|(n, node)| {
            let count = node.mesh.map_or(0, |m| avatar.meshes[m].morph_names.len());
            (0..count).map(|t| if t % 4 == 1 { 0.0 } else { noise(n * 100 + t) * 0.5 }).collect()
        })
        .collect();
    Actor {
        avatar: 0,
        world_from_node,
        morph_weights,
        material_overrides: Vec::new(),
        material_secs: 0.0,
        mouth_open: 0.0,
    }
}

/// Largest distances of positions (metres) and normals between both deformations.
fn difference(gpu: &Gpu, avatar: &Avatar, actor: &Actor) -> (f32, f32) {
    let mut renderer = Renderer::new(gpu, Quality::Low, Renderer::PICTURE_FORMAT);
    renderer.upload(avatar);
    renderer.picture(&frame(vec![actor.clone()]), 16, 16).unwrap();
    let there = renderer.deformed(0).unwrap();
    let here = deform_cpu(avatar, &actor.world_from_node, &actor.morph_weights);
    let here: Vec<(Vec3, Vec3)> =
        here.iter().flat_map(|d| d.positions.iter().copied().zip(d.normals.iter().copied())).collect();
    assert_eq!(here.len(), there.len());
    let far = |a: f32, b: f32| if b.is_nan() { f32::INFINITY } else { a.max(b) };
    here.iter().zip(&there).fold((0.0, 0.0), |(p, n), (cpu, shader)| {
        (far(p, cpu.0.distance(shader.position.into())), far(n, cpu.1.distance(shader.normal.into())))
    })
}

#[test]
fn the_shader_deforms_as_the_cpu() {
    let Some(gpu) = gpu() else { return };
    let avatar = synthetic();
    let (position, _) = difference(&gpu, &avatar, &posed(&avatar));
    assert!(position <= 1e-4, "{position} m apart");
}

#[test]
fn real_avatars_deform_alike() {
    let Some(folder) = folder("AVATARS") else { return };
    let Some(gpu) = gpu() else { return };
    for name in ["rpm_brunette-t.glb", "anny_female_arkit52_joints8.glb"] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let options = rhetor::import::Options { decode_textures: false };
        let avatar = rhetor::import::import(&bytes, name, &rhetor::source::NoSource, options).unwrap().avatar;
        let (position, _) = difference(&gpu, &avatar, &posed(&avatar));
        assert!(position <= 1e-4, "{name}: {position} m apart");
    }
}

#[test]
fn the_least_of_adapters_draws_the_same_in_every_tier() {
    let Some(gpu) = gpu() else { return };
    let avatar = synthetic();
    let mut one = frame(vec![posed(&avatar)]);
    one.overlays.push(Overlay { rect: [0.0, 0.5, 1.0, 0.5], color: [1.0, 0.0, 0.0, 0.5] });
    let draw = |gpu: &Gpu, quality: Quality| {
        let mut renderer = Renderer::new(gpu, quality, Renderer::PICTURE_FORMAT);
        renderer.upload(&avatar);
        let first = renderer.picture(&one, 96, 64).unwrap();
        assert!(first == renderer.picture(&one, 96, 64).unwrap(), "the same frame gave other bytes");
        first
    };
    let least = Gpu::new(&GpuOptions { is_least: true, ..GpuOptions::from_env() }).unwrap();
    assert!(!least.has_compute() && !least.has_timestamps());
    for (name, quality) in Quality::ALL {
        let (shader, cpu) = (draw(&gpu, *quality), draw(&least, *quality));
        let outliers = shader.rgba.iter().zip(&cpu.rgba).filter(|(a, b)| a.abs_diff(**b) > 8).count();
        assert!(outliers < shader.rgba.len() / 100, "{name}: {outliers} bytes differ");
        least.check().unwrap();
    }
}

#[test]
fn nothing_behind_is_transparent_and_one_color_is_exact() {
    let Some(gpu) = gpu() else { return };
    let avatar = synthetic();
    let mut one = frame(vec![posed(&avatar)]);
    for quality in [Quality::Low, Quality::Medium, Quality::High] {
        let mut renderer = Renderer::new(&gpu, quality, Renderer::PICTURE_FORMAT);
        renderer.upload(&avatar);
        one.backdrop = Backdrop::Transparent;
        let picture = renderer.picture(&one, 64, 64).unwrap();
        assert_eq!(picture.rgba[..4], [0; 4], "{quality:?}");
        assert!(picture.rgba.chunks(4).any(|t| t[3] == 255), "{quality:?}: nobody there");
        one.backdrop = Backdrop::Color(Vec3::new(0.0, 0.4397, 0.0513));
        let picture = renderer.picture(&one, 64, 64).unwrap();
        assert_eq!(picture.rgba[..4], [0, 177, 64, 255], "{quality:?}");
    }
}

#[test]
fn impossible_sizes_are_refused() {
    let Some(gpu) = gpu() else { return };
    let mut renderer = Renderer::new(&gpu, Quality::Low, Renderer::PICTURE_FORMAT);
    let refused = |result| matches!(result, Err(RenderError::Size { .. }));
    assert!(refused(renderer.picture(&frame(Vec::new()), 0, 10).map(drop)));
    assert!(refused(renderer.picture(&frame(Vec::new()), 1_000_000, 10).map(drop)));
    assert!(renderer.picture(&frame(Vec::new()), 8, 8).is_ok());
}
