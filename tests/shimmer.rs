//! Highlights of a bumpy ball that moves by less than a pixel: how much they flicker.

use crate::common::has_gpu;
use glam::{Mat4, Vec3};
use rhetor::avatar::{Avatar, Material, Mesh, Node, Primitive, Transform};
use rhetor::frame::{Actor, Frame};
use rhetor::render::{Gpu, GpuOptions, Quality, Renderer};
use rhetor::stage::{Backdrop, Camera, Light, LightKind, Look, linear_from_srgb};

const SIDE: u32 = 96;

/// A ball of radius 1, its normals tilted in waves of some five pixels.
fn bumpy() -> Avatar {
    let (rings, segments) = (200u32, 400u32);
    let mut primitive = Primitive { material: Some(0), ..Primitive::default() };
    for (ring, segment) in (0..=rings).flat_map(|r| (0..=segments).map(move |s| (r, s))) {
        let down = std::f32::consts::PI * ring as f32 / rings as f32;
        let around = std::f32::consts::TAU * segment as f32 / segments as f32;
        let point = Vec3::new(
            libm::sinf(down) * libm::sinf(around),
            libm::cosf(down),
            libm::sinf(down) * libm::cosf(around),
        );
        let tilt = Vec3::new(libm::sinf(point.x * 50.0), libm::sinf(point.y * 50.0), 0.0) * 0.25;
        primitive.positions.push(point.to_array());
        primitive.normals.push((point + tilt).normalize_or(point).to_array());
    }
    for (ring, segment) in (0..rings).flat_map(|r| (0..segments).map(move |s| (r, s))) {
        let a = ring * (segments + 1) + segment;
        let b = a + segments + 1;
        primitive.indices.extend([a, b, a + 1, a + 1, b, b + 1]);
    }
    let material = Material { metallic: 1.0, roughness: 0.3, ..Material::default() };
    let mesh = Mesh { name: "Ball".into(), primitives: vec![primitive], ..Mesh::default() };
    let node = Node {
        name: "Ball".into(),
        parent: None,
        local: Transform::IDENTITY,
        mesh: Some(0),
        skin: None,
        morph_weights: Vec::new(),
    };
    Avatar { materials: vec![material], meshes: vec![mesh], nodes: vec![node], ..Avatar::default() }
}

/// How far the light of a bump strays from its mean while the ball moves over a pixel in steps, as a share of it; the mean over
/// the bumps in the light.
fn flicker(gpu: &Gpu, quality: Quality) -> f64 {
    let mut renderer = Renderer::new(gpu, quality, Renderer::PICTURE_FORMAT);
    renderer.upload(&bumpy());
    let mut frame = Frame {
        actors: vec![Actor { morph_weights: vec![Vec::new()], ..Actor::default() }],
        camera: Camera { eye: Vec3::Z * 40.0, target: Vec3::ZERO, fov_y: 2.4 / 40.0, near: 1.0, far: 80.0 },
        lights: vec![Light {
            kind: LightKind::Directional,
            towards: Vec3::new(0.3, 0.4, 0.866).normalize_or(Vec3::Z),
            radiance: Vec3::splat(0.03),
            angular_radius: 0.02,
            casts_shadow: false,
        }],
        environment: crate::spheres::uniform(0.0),
        backdrop: Backdrop::Color(Vec3::ZERO),
        overlays: Vec::new(),
        look: Look::default(),
    };
    let pixel = 2.4 / SIDE as f32;
    let steps = 16;
    let pictures: Vec<Vec<u8>> = (0..steps)
        .map(|n| {
            let aside =
                Vec3::new(n as f32 * pixel / steps as f32, n as f32 * pixel * 0.5 / steps as f32, 0.0);
            frame.actors[0].world_from_node = vec![Mat4::from_translation(aside)];
            renderer.picture(&frame, SIDE, SIDE).unwrap().rgba
        })
        .collect();
    // Squares of two bumps each way, so that what moves out on one side comes in on the other.
    let (square, squares) = (SIDE / 8, [(3, 2), (4, 2), (3, 3), (4, 3), (5, 3), (4, 4), (5, 2), (3, 4)]);
    let light = |picture: &[u8], (column, row): (u32, u32)| {
        let pixels = (0..square * square).map(|n| (column * square + n % square, row * square + n / square));
        pixels
            .map(|(x, y)| linear_from_srgb(f32::from(picture[((y * SIDE + x) * 4 + 1) as usize]) / 255.0))
            .sum::<f32>()
    };
    let strays = squares.map(|at| {
        let sums: Vec<f32> = pictures.iter().map(|picture| light(picture, at)).collect();
        let mean = sums.iter().sum::<f32>() / sums.len() as f32;
        (sums.iter().map(|s| (s - mean) * (s - mean)).sum::<f32>() / sums.len() as f32).sqrt() / mean
    });
    f64::from(strays.iter().sum::<f32>() / strays.len() as f32)
}

#[test]
fn highlights_of_the_upper_tiers_are_calm() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    // The lower tiers shade the same pixels without it, and even smooth the stairs of what they show.
    let (without, with) = (flicker(&gpu, Quality::Medium), flicker(&gpu, Quality::High));
    println!("{without:.4} without, {with:.4} with");
    assert!(with < without * 0.6, "{with} of {without}");
}
