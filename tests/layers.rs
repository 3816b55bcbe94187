//! Layers of materials: energy, what they leave alone, and what the specifications of `KHR_materials_*` say of them.

use crate::common::has_gpu;
use crate::spheres::{Drawn, draw, frame, sphere, uniform};
use glam::Vec3;
use rhetor::avatar::{Anisotropy, Clearcoat, Iridescence, Material, Sheen};
use rhetor::render::{Gpu, GpuOptions, Quality, Renderer};
use rhetor::stage::{Light, LightKind};

const PLACES: [(f32, f32); 5] = [(0.0, 0.0), (0.5, 0.0), (0.0, 0.7), (-0.6, 0.6), (0.9, 0.0)];

fn white_metal(roughness: f32) -> Material {
    Material { metallic: 1.0, roughness, ..Material::default() }
}

fn coated(base: Material, roughness: f32) -> Material {
    Material { clearcoat: Some(Clearcoat { strength: 1.0, roughness, ..Clearcoat::default() }), ..base }
}

fn cloth(roughness: f32) -> Material {
    let sheen = Sheen { color: [1.0; 3], roughness, ..Sheen::default() };
    Material { metallic: 0.0, roughness: 1.0, specular: 0.0, sheen: Some(sheen), ..Material::default() }
}

fn brushed(roughness: f32, strength: f32) -> Material {
    let anisotropy = Anisotropy { strength, rotation: 0.4, texture: None };
    Material { anisotropy: Some(anisotropy), ..white_metal(roughness) }
}

fn film(base: Material, thickness: f32) -> Material {
    let iridescence = Iridescence {
        strength: 1.0,
        texture: None,
        ior: 1.3,
        thickness_min_nm: 0.0,
        thickness_max_nm: thickness,
        thickness_texture: None,
    };
    Material { iridescence: Some(iridescence), ..base }
}

/// What a sphere in uniform light of radiance 0.6 sends back, at [`PLACES`], by that radiance.
fn furnace(gpu: &Gpu, quality: Quality, material: Material) -> Vec<f32> {
    let drawn = draw(gpu, quality, material, &frame(uniform(0.6), Vec::new()));
    PLACES.map(|(x, y)| drawn.at(x, y) / 0.6).to_vec()
}

#[test]
fn layers_in_uniform_light_keep_white_things_white() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    for quality in [Quality::Low, Quality::High] {
        let mut worst = 0.0f32;
        for tenths in [0, 3, 6, 10] {
            let roughness = tenths as f32 / 10.0;
            // Varnish and a drawn-out highlight change where light goes, not how much; cloth takes from below what it sends back.
            let all = [
                ("varnished", coated(white_metal(0.4), roughness)),
                ("brushed", brushed(roughness, 0.8)),
                ("cloth", cloth(roughness)),
            ];
            for (name, material) in all {
                for found in furnace(&gpu, quality, material) {
                    worst = worst.max((found - 1.0).abs());
                    assert!(
                        (found - 1.0).abs() < 0.02,
                        "{quality:?}, {name}, roughness {roughness}: {found}"
                    );
                }
            }
        }
        println!("{quality:?}: off by {worst} at most");
    }
}

#[test]
fn a_film_over_white_metal_colors_it_and_adds_nothing() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    // A white base reflects all, whatever the film's waves do; three terms of their sum may take a little.
    for thickness in [0.0, 200.0, 400.0, 800.0] {
        for found in furnace(&gpu, Quality::High, film(white_metal(0.3), thickness)) {
            println!("{thickness} nm: {found}");
            assert!((0.6..1.02).contains(&found), "{thickness} nm: {found}");
        }
    }
    let none = furnace(&gpu, Quality::High, film(white_metal(0.3), 0.0));
    assert!(none.iter().all(|f| (f - 1.0).abs() < 0.02), "a film of no thickness: {none:?}");
}

/// What the sphere sends back, at places that face the eye more or less, of light from all directions, summed light by light.
fn summed(gpu: &Gpu, material: Material) -> [((f32, f32), f32); 3] {
    const LIGHTS: usize = 320;
    const RADIANCE: f32 = 0.04;
    let mut renderer = Renderer::new(gpu, Quality::Medium, Renderer::PICTURE_FORMAT);
    renderer.upload(&sphere(material));
    let mut seen = |lights: Vec<Light>| {
        // Some light beside, for what is nearly black is mapped otherwise.
        let frame = frame(uniform(0.2), lights);
        let side = crate::spheres::SIDE;
        let drawn = Drawn::new(renderer.picture(&frame, side, side).unwrap().rgba);
        [(0.0, 0.0), (0.5, 0.0), (0.3, 0.6)].map(|place| (place, drawn.at(place.0, place.1)))
    };
    let beside = seen(Vec::new());
    let towards = |n: usize| {
        let z = 1.0 - (n as f32 + 0.5) / LIGHTS as f32 * 2.0;
        let ring = (1.0 - z * z).sqrt();
        let around = n as f32 * 2.399_963_2;
        Vec3::new(ring * libm::cosf(around), ring * libm::sinf(around), z)
    };
    let light = |n: usize| Light {
        kind: LightKind::Directional,
        towards: towards(n),
        radiance: Vec3::splat(RADIANCE),
        angular_radius: 0.1,
        casts_shadow: false,
    };
    let all: Vec<Light> = (0..LIGHTS).map(light).collect();
    let mut sums = beside.map(|(place, _)| (place, 0.0));
    for four in all.chunks(4) {
        for ((sum, found), beside) in sums.iter_mut().zip(seen(four.to_vec())).zip(beside) {
            sum.1 += (found.1 - beside.1) * 4.0 / (LIGHTS as f32 * RADIANCE);
        }
    }
    sums
}

#[test]
fn lights_from_everywhere_add_up_to_no_more_than_arrives() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    let matt = Material { metallic: 0.0, roughness: 1.0, specular: 0.0, ..Material::default() };
    let all = [
        ("matt", matt.clone(), 0.97),
        ("varnished", coated(matt, 0.4), 0.96),
        ("cloth", cloth(0.6), 0.96),
        ("smooth cloth", cloth(0.35), 0.96),
        ("brushed", brushed(0.5, 0.7), 0.93),
    ];
    for (name, material, least) in all {
        for (place, found) in summed(&gpu, material) {
            println!("{name} at {place:?}: {found}");
            assert!(found < 1.02 && found > least, "{name} at {place:?}: {found}");
        }
    }
}

/// What a sphere of white metal sends back at a place where the normal's cosine is known, of light from all directions: lights where the
/// lobe is (Walter et al. 2007), each as strong as directions are rare there, so that all bring about as much.
fn importance_summed(gpu: &Gpu, roughness: f32, (x, y): (f32, f32)) -> f32 {
    const LIGHTS: usize = 128;
    const SHARE: f32 = 0.03;
    let normal = Vec3::new(x, y, libm::sqrtf(1.0 - x * x - y * y));
    let (side, up) = normal.any_orthonormal_pair();
    // A little wider than the material, which is widened where normals turn fast.
    let alpha2 = (roughness * roughness + 0.01) * (roughness * roughness + 0.01);
    let light = |n: usize| {
        let u = (n as f32 + 0.5) / LIGHTS as f32;
        let around = n as f32 * 2.399_963_2;
        let cosine = libm::sqrtf((1.0 - u) / (1.0 + (alpha2 - 1.0) * u));
        let ring = libm::sqrtf(1.0 - cosine * cosine);
        let half = normal * cosine + (side * libm::cosf(around) + up * libm::sinf(around)) * ring;
        let towards = half * (2.0 * half.z) - Vec3::Z;
        let f = cosine * cosine * (alpha2 - 1.0) + 1.0;
        let density = alpha2 / (f * f) * cosine / (4.0 * half.z);
        // What the shader holds back of lights from behind.
        let behind = (-towards.z).clamp(0.0, 1.0);
        let held = 1.0 + ((1.0 - normal.z) * (1.0 - normal.z) - 1.0) * behind;
        let radiance = Vec3::splat(SHARE / (density * held));
        let is_seen = half.z > 0.0 && towards.dot(normal) > 0.0;
        is_seen.then_some(Light {
            kind: LightKind::Directional,
            towards,
            radiance,
            angular_radius: 0.0,
            casts_shadow: false,
        })
    };
    let all: Vec<Light> = (0..LIGHTS).filter_map(light).collect();
    let mut renderer = Renderer::new(gpu, Quality::Medium, Renderer::PICTURE_FORMAT);
    renderer.upload(&sphere(white_metal(roughness)));
    let mut seen = |lights: Vec<Light>| {
        let side = crate::spheres::SIDE;
        Drawn::new(renderer.picture(&frame(uniform(0.2), lights), side, side).unwrap().rgba).at(x, y)
    };
    let beside = seen(Vec::new());
    let sum: f32 = all.chunks(4).map(|four| seen(four.to_vec()) - beside).sum();
    sum / (LIGHTS as f32 * SHARE)
}

#[test]
fn a_white_metal_sends_back_all_that_lights_from_everywhere_bring() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    for tenths in 2..=10 {
        let roughness = tenths as f32 / 10.0;
        for place in [(0.0, 0.0), (0.5, 0.0), (0.3, 0.6)] {
            let found = importance_summed(&gpu, roughness, place);
            println!("roughness {roughness} at {place:?}: {found}");
            assert!((0.95..1.03).contains(&found), "roughness {roughness} at {place:?}: {found}");
        }
    }
}

#[test]
fn layers_of_no_strength_change_no_pixel() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    let light = Light {
        kind: LightKind::Directional,
        towards: Vec3::new(0.48, 0.6, 0.64),
        radiance: Vec3::splat(0.9),
        angular_radius: 0.1,
        casts_shadow: true,
    };
    let frame = frame(uniform(0.3), vec![light]);
    let plain = Material { metallic: 0.3, roughness: 0.4, ..Material::default() };
    let none = Material {
        clearcoat: Some(Clearcoat::default()),
        sheen: Some(Sheen { roughness: 0.5, ..Sheen::default() }),
        anisotropy: Some(Anisotropy::default()),
        iridescence: film(plain.clone(), 400.0).iridescence.map(|i| Iridescence { strength: 0.0, ..i }),
        dispersion: 1.0,
        ..plain.clone()
    };
    // The layered shader itself, with a layer that adds nothing at these places: varnish that sends nothing back.
    for quality in [Quality::Low, Quality::High] {
        let bytes = |material: &Material| draw(&gpu, quality, material.clone(), &frame).into_bytes();
        assert!(bytes(&plain) == bytes(&none), "{quality:?}: layers without strength show");
    }
}

#[test]
fn a_brushed_highlight_is_long_along_the_tangent_and_short_across() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    let light = Light {
        kind: LightKind::Directional,
        towards: Vec3::Z,
        radiance: Vec3::splat(0.05),
        angular_radius: 0.0,
        casts_shadow: false,
    };
    let frame = frame(uniform(0.2), vec![light]);
    let anisotropy = |rotation| Some(Anisotropy { strength: 0.9, rotation, texture: None });
    let drawn = |rotation| {
        let material = Material { anisotropy: anisotropy(rotation), ..white_metal(0.3) };
        let drawn = draw(&gpu, Quality::High, material, &frame);
        (drawn.at(0.35, 0.0), drawn.at(0.0, 0.35))
    };
    let (along, across) = drawn(0.0);
    assert!(along > across + 0.02, "along {along}, across {across}");
    let (across, along) = drawn(std::f32::consts::FRAC_PI_2);
    assert!(along > across + 0.02, "turned: along {along}, across {across}");
}
