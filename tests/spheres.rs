//! Spheres whose reflection is known, drawn and compared with what it has to be.

use crate::common::has_gpu;
use glam::{Mat4, Vec3};
use rhetor::avatar::{Avatar, Material, Mesh, Node, Primitive, Transform};
use rhetor::frame::{Actor, Frame};
use rhetor::render::{Gpu, GpuOptions, Quality, Renderer};
use rhetor::stage::{Backdrop, Camera, Environment, Light, LightKind, Look};

pub(crate) const SIDE: u32 = 128;
/// How far the eye is from the middle of a sphere of radius 1.
pub(crate) const FAR: f32 = 60.0;

/// A sphere of radius 1.
pub(crate) fn sphere(material: Material) -> Avatar {
    let (rings, segments) = (96u32, 192u32);
    let mut primitive = Primitive { material: Some(0), ..Primitive::default() };
    for ring in 0..=rings {
        let down = std::f32::consts::PI * ring as f32 / rings as f32;
        for segment in 0..=segments {
            let around = std::f32::consts::TAU * segment as f32 / segments as f32;
            let (ring, up) = (libm::sinf(down), libm::cosf(down));
            let point = [ring * libm::sinf(around), up, ring * libm::cosf(around)];
            primitive.positions.push(point);
            primitive.normals.push(point);
            primitive.tangents.push([libm::cosf(around), 0.0, -libm::sinf(around), 1.0]);
        }
    }
    for ring in 0..rings {
        for segment in 0..segments {
            let a = ring * (segments + 1) + segment;
            let b = a + segments + 1;
            primitive.indices.extend([a, b, a + 1, a + 1, b, b + 1]);
        }
    }
    let mesh = Mesh { name: "Sphere".into(), primitives: vec![primitive], ..Mesh::default() };
    let node = Node {
        name: "Sphere".into(),
        parent: None,
        local: Transform::IDENTITY,
        mesh: Some(0),
        skin: None,
        morph_weights: Vec::new(),
    };
    Avatar { materials: vec![material], meshes: vec![mesh], nodes: vec![node], ..Avatar::default() }
}

pub(crate) fn uniform(radiance: f32) -> Environment {
    let all = Vec3::ONE;
    Environment::gradient(all, all, all, radiance)
}

pub(crate) fn frame(environment: Environment, lights: Vec<Light>) -> Frame {
    let actor =
        Actor { world_from_node: vec![Mat4::IDENTITY], morph_weights: vec![Vec::new()], ..Actor::default() };
    let camera = Camera { eye: Vec3::Z * FAR, target: Vec3::ZERO, fov_y: 2.4 / FAR, near: 1.0, far: 100.0 };
    Frame {
        actors: vec![actor],
        camera,
        lights,
        environment,
        backdrop: Backdrop::Color(Vec3::ZERO),
        overlays: Vec::new(),
        look: Look::default(),
    }
}

/// Linear light before tone mapping, of an 8-bit code; for grey in 0.08..0.76, where the Khronos PBR Neutral tone mapper takes
/// away 0.04 and no more.
pub(crate) fn linear(code: u8) -> f32 {
    let code = f32::from(code) / 255.0;
    let linear = if code <= 0.04045 { code / 12.92 } else { libm::powf((code + 0.055) / 1.055, 2.4) };
    linear + 0.04
}

/// The sphere as drawn, in linear light, by where the normal points: the mean of some pixels around each.
pub(crate) struct Drawn(Vec<u8>);

impl Drawn {
    pub(crate) fn new(rgba: Vec<u8>) -> Self {
        Self(rgba)
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    pub(crate) fn at(&self, x: f32, y: f32) -> f32 {
        let half = SIDE as f32 * 0.5;
        let place = |v: f32| (half + v * half / 1.2) as i32;
        let (column, row) = (place(x), place(-y));
        let pixels = (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (column + dx, row + dy)));
        let values = pixels.map(|(x, y)| linear(self.0[((y * SIDE as i32 + x) * 4 + 1) as usize]));
        values.sum::<f32>() / 9.0
    }
}

pub(crate) fn draw(gpu: &Gpu, quality: Quality, material: Material, frame: &Frame) -> Drawn {
    let mut renderer = Renderer::new(gpu, quality, Renderer::PICTURE_FORMAT);
    renderer.upload(&sphere(material));
    Drawn(renderer.picture(frame, SIDE, SIDE).unwrap().rgba)
}

const TIERS: [Quality; 2] = [Quality::Low, Quality::High];

#[test]
fn a_white_metal_in_uniform_light_is_white_at_every_roughness() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    let frame = frame(uniform(0.6), Vec::new());
    let mut worst = 0.0f32;
    for quality in TIERS {
        for tenths in 0..=10 {
            let roughness = tenths as f32 / 10.0;
            let material = Material { metallic: 1.0, roughness, ..Material::default() };
            let drawn = draw(&gpu, quality, material, &frame);
            for (x, y) in [(0.0, 0.0), (0.5, 0.0), (0.0, 0.7), (-0.6, 0.6), (0.9, 0.0), (0.0, -0.95)] {
                let found = drawn.at(x, y) / 0.6;
                worst = worst.max((found - 1.0).abs());
                assert!((found - 1.0).abs() < 0.02, "{quality:?}, roughness {roughness} at {x} {y}: {found}");
            }
        }
    }
    println!("off by {worst} at most");
}

#[test]
fn nothing_reflects_more_light_than_arrives() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    let frame = frame(uniform(0.6), Vec::new());
    for tenths in 0..=10 {
        let roughness = tenths as f32 / 10.0;
        let material = Material { metallic: 0.0, roughness, ..Material::default() };
        let drawn = draw(&gpu, Quality::High, material, &frame);
        for (x, y) in [(0.0, 0.0), (0.5, 0.0), (0.0, 0.8), (0.93, 0.0)] {
            let found = drawn.at(x, y) / 0.6;
            assert!(
                (0.93..1.02).contains(&found),
                "a white dielectric of roughness {roughness} at {x} {y}: {found}"
            );
        }
    }
}

/// The most that a matt ball under one light differs from the cosine, where light reaches it at an angle.
fn off_the_cosine(gpu: &Gpu, quality: Quality, angular_radius: f32, casts_shadow: bool) -> f32 {
    let towards = Vec3::new(0.48, 0.6, 0.64);
    let radiance = Vec3::splat(0.9);
    let light = Light { kind: LightKind::Directional, towards, radiance, angular_radius, casts_shadow };
    let base_color = [0.8, 0.8, 0.8, 1.0];
    let material =
        Material { metallic: 0.0, roughness: 1.0, specular: 0.0, base_color, ..Material::default() };
    let drawn = draw(gpu, quality, material, &frame(uniform(0.0), vec![light]));
    let places = [(0.48, 0.6), (0.0, 0.0), (0.3, 0.2), (0.7, 0.1), (0.1, 0.8), (0.0, -0.25), (-0.2, 0.4)];
    let off = |(x, y): (f32, f32)| {
        let normal = Vec3::new(x, y, (1.0f32 - x * x - y * y).sqrt());
        (drawn.at(x, y) / (0.8 * 0.9 * normal.dot(towards)) - 1.0).abs()
    };
    places.into_iter().map(off).fold(0.0, f32::max)
}

#[test]
fn a_matt_ball_is_as_bright_as_the_cosine() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    for quality in TIERS {
        let off = off_the_cosine(&gpu, quality, 0.0, false);
        println!("{quality:?}: off by {off} at most");
        assert!(off < 0.01, "{quality:?}: {off}");
    }
}

#[test]
fn a_ball_does_not_shade_itself_where_light_reaches_it() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    for (name, quality) in Quality::ALL {
        let off = off_the_cosine(&gpu, *quality, 0.12, true);
        println!("{name}: off by {off} at most");
        assert!(off < 0.04, "{name}: {off}");
    }
}
