//! Surfaces that let a part of what is behind show: in the upper tiers they may come in any order, in one mesh or in many.

use crate::common::has_gpu;
use crate::spheres::{frame, uniform};
use glam::Vec3;
use rhetor::avatar::{AlphaMode, Avatar, Material, Mesh, Node, Primitive, Transform, Transmission};
use rhetor::frame::Frame;
use rhetor::render::{Gpu, GpuOptions, Picture, Quality, Renderer};
use rhetor::stage::{Backdrop, Focus};

const SIZE: u32 = 150;

/// A rectangle from `low` to `high`, farther at its left than at its right.
fn pane(low: (f32, f32), high: (f32, f32), (left, right): (f32, f32), material: usize) -> Primitive {
    Primitive {
        positions: vec![
            [low.0, low.1, left],
            [high.0, low.1, right],
            [high.0, high.1, right],
            [low.0, high.1, left],
        ],
        normals: vec![[0.0, 0.0, 1.0]; 4],
        indices: vec![0, 1, 2, 0, 2, 3],
        material: Some(material),
        ..Primitive::default()
    }
}

fn paint([r, g, b]: [f32; 3], alpha: f32) -> Material {
    let alpha_mode = if alpha < 1.0 { AlphaMode::Blend } else { AlphaMode::Opaque };
    Material { base_color: [r, g, b, alpha], is_unlit: true, alpha_mode, ..Material::default() }
}

fn avatar(primitives: Vec<Primitive>, materials: Vec<Material>) -> Avatar {
    let node = Node {
        name: "Panes".into(),
        parent: None,
        local: Transform::IDENTITY,
        mesh: Some(0),
        skin: None,
        morph_weights: Vec::new(),
    };
    let mesh = Mesh { name: "Panes".into(), primitives, ..Mesh::default() };
    Avatar { materials, meshes: vec![mesh], nodes: vec![node], ..Avatar::default() }
}

/// All with one material as one primitive, in the order they come in.
fn joined(all: &[Primitive]) -> Primitive {
    let mut out = Primitive { material: Some(0), ..Primitive::default() };
    for one in all {
        let first = out.positions.len() as u32;
        out.indices.extend(one.indices.iter().map(|n| n + first));
        out.positions.extend(&one.positions);
        out.normals.extend(&one.normals);
        // Each its own colour.
        let shade = [[255u8, 40, 20, 150], [30, 220, 60, 200], [40, 60, 255, 110], [230, 220, 40, 60]];
        let shade = shade[one.material.unwrap() % 4].map(|c| f32::from(c) / 255.0);
        out.colors.extend(one.positions.iter().map(|_| shade));
    }
    out
}

fn on(backdrop: Backdrop) -> Frame {
    Frame { backdrop, ..frame(uniform(0.0), Vec::new()) }
}

fn grey() -> Backdrop {
    Backdrop::Studio { center: Vec3::splat(0.4), rim: Vec3::new(0.05, 0.1, 0.2), floor: -5.0 }
}

fn gpus() -> [Gpu; 2] {
    let options = GpuOptions::from_env();
    [false, true].map(|is_least| Gpu::new(&GpuOptions { is_least, ..options.clone() }).unwrap())
}

fn drawn(gpu: &Gpu, quality: Quality, avatar: &Avatar, frame: &Frame) -> Picture {
    let mut renderer = Renderer::new(gpu, quality, Renderer::PICTURE_FORMAT);
    renderer.upload(avatar);
    renderer.picture(frame, SIZE, SIZE).unwrap()
}

/// By how much two texels of straight alpha differ; colours count as far as they are there.
fn texel_off(a: &[u8; 4], b: &[u8; 4]) -> u32 {
    let there = |t: &[u8; 4], c: usize| u32::from(t[c]) * u32::from(t[3]) / 255;
    let colors = (0..3).map(|c| there(a, c).abs_diff(there(b, c))).max().unwrap_or(0);
    colors.max(u32::from(a[3].abs_diff(b[3])))
}

/// By how much two pictures differ at most.
fn off(a: &Picture, b: &Picture) -> u32 {
    let both = a.rgba.as_chunks::<4>().0.iter().zip(b.rgba.as_chunks::<4>().0);
    both.map(|(a, b)| texel_off(a, b)).max().unwrap_or(0)
}

/// The same beside edges, where a pixel's samples differ.
fn off_inside(a: &Picture, b: &Picture) -> u32 {
    let (a, b) = (a.rgba.as_chunks::<4>().0, b.rgba.as_chunks::<4>().0);
    let side = SIZE as usize;
    let is_even =
        |n: &usize| [n - 1, n + 1, n - side, n + side].iter().all(|m| texel_off(&b[*n], &b[*m]) <= 6);
    let all = (side..side * (side - 1)).filter(is_even);
    all.map(|n| texel_off(&a[n], &b[n])).max().unwrap_or(0)
}

const COLORS: [([f32; 3], f32); 4] =
    [([1.0, 0.1, 0.05], 0.6), ([0.1, 0.8, 0.2], 0.8), ([0.1, 0.2, 1.0], 0.4), ([0.9, 0.85, 0.1], 0.25)];

/// Four panes that go through each other.
fn crossing() -> Vec<Primitive> {
    vec![
        pane((-0.8, -0.7), (0.7, 0.6), (-0.3, 0.3), 0),
        pane((-0.7, -0.8), (0.8, 0.5), (0.3, -0.3), 1),
        pane((-0.6, -0.5), (0.6, 0.8), (0.1, 0.05), 2),
        pane((-0.9, -0.2), (0.9, 0.3), (-0.1, 0.4), 3),
    ]
}

#[test]
fn panes_through_each_other_look_alike_in_any_order() {
    if !has_gpu() {
        return;
    }
    let [gpu, _] = gpus();
    let materials: Vec<Material> = COLORS.iter().map(|&(color, alpha)| paint(color, alpha)).collect();
    let white = vec![Material { alpha_mode: AlphaMode::Blend, ..paint([1.0; 3], 1.0) }];
    let orders = [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]];
    let panes = crossing();
    for quality in [Quality::High, Quality::Ultra] {
        for backdrop in [grey(), Backdrop::Color(Vec3::new(0.9, 0.5, 0.1)), Backdrop::Transparent] {
            let frame = on(backdrop);
            let parts = orders.map(|order| {
                let all = order.map(|n| panes[n].clone()).to_vec();
                drawn(&gpu, quality, &avatar(all, materials.clone()), &frame)
            });
            let meshes = orders.map(|order| {
                let all = order.map(|n| panes[n].clone());
                drawn(&gpu, quality, &avatar(vec![joined(&all)], white.clone()), &frame)
            });
            for all in [parts, meshes] {
                let worst = all[1..].iter().map(|other| off(&all[0], other)).max().unwrap();
                println!("{quality:?}, {backdrop:?}: off by {worst}");
                assert!(worst <= 2, "{quality:?}, {backdrop:?}: off by {worst}");
            }
        }
    }
}

#[test]
fn layers_that_lie_apart_are_what_they_are_when_laid_in_order() {
    if !has_gpu() {
        return;
    }
    // The least of devices lays them over each other one by one.
    let [gpu, least] = gpus();
    let materials: Vec<Material> = COLORS.iter().map(|&(color, alpha)| paint(color, alpha)).collect();
    let flat = |n: usize, z: f32| {
        let shift = n as f32 * 0.13 - 0.2;
        pane((-0.7 + shift, -0.6 + shift), (0.5 + shift, 0.5 + shift), (z, z), n)
    };
    let cases = [
        (vec![flat(1, 0.0)], 2),
        (vec![flat(0, -0.2), flat(1, 0.2)], 3),
        (vec![flat(1, 0.0), flat(3, 0.01)], 3),
        (vec![flat(0, -0.3), flat(1, 0.0), flat(2, 0.3)], 4),
        (vec![flat(0, -0.3), flat(1, -0.1), flat(2, 0.1), flat(3, 0.3)], 4),
    ];
    for (panes, most) in cases {
        let name = panes.len();
        let all = avatar(panes, materials.clone());
        for backdrop in [grey(), Backdrop::Color(Vec3::new(0.9, 0.5, 0.1)), Backdrop::Transparent] {
            let frame = on(backdrop);
            let [found, exact] = [&gpu, &least].map(|gpu| drawn(gpu, Quality::High, &all, &frame));
            let (worst, inside) = (off(&found, &exact), off_inside(&found, &exact));
            println!("{name}, {backdrop:?}: off by {inside}, at edges by {worst}");
            assert!(inside <= most && worst <= 12, "{name} layers, {backdrop:?}: off by {inside}, {worst}");
        }
    }
}

#[test]
fn what_hides_all_hides_them_and_is_not_changed() {
    if !has_gpu() {
        return;
    }
    let [gpu, _] = gpus();
    let materials: Vec<Material> =
        COLORS.iter().map(|&(color, alpha)| paint(color, alpha)).chain([paint([0.5; 3], 1.0)]).collect();
    let wall = pane((-0.95, -0.95), (0.95, 0.95), (0.6, 0.6), 4);
    let with: Vec<Primitive> = crossing().into_iter().chain([wall.clone()]).collect();
    for backdrop in [grey(), Backdrop::Transparent] {
        let frame = on(backdrop);
        let hidden = drawn(&gpu, Quality::High, &avatar(with.clone(), materials.clone()), &frame);
        let alone = drawn(&gpu, Quality::High, &avatar(vec![wall.clone()], materials.clone()), &frame);
        assert!(hidden == alone, "{backdrop:?}: what is behind a wall shows");
    }
}

#[test]
fn a_lens_out_of_focus_and_glow_leave_them_in_place() {
    if !has_gpu() {
        return;
    }
    let [gpu, least] = gpus();
    let materials: Vec<Material> = COLORS.iter().map(|&(color, alpha)| paint(color, alpha)).collect();
    let panes =
        vec![pane((-0.7, -0.6), (0.4, 0.5), (-0.2, -0.2), 0), pane((-0.4, -0.5), (0.6, 0.7), (0.2, 0.2), 1)];
    let all = avatar(panes, materials);
    let mut frame = on(grey());
    frame.look.bloom = 0.1;
    frame.look.focus = Some(Focus { distance: crate::spheres::FAR, f_number: 1.0 });
    let [found, exact] = [&gpu, &least].map(|gpu| drawn(gpu, Quality::High, &all, &frame));
    let worst = off(&found, &exact);
    println!("off by {worst}");
    assert!(worst <= 4, "off by {worst}");
}

#[test]
fn glass_between_them_shows_those_behind_it_and_not_those_before() {
    if !has_gpu() {
        return;
    }
    let [gpu, least] = gpus();
    let mut materials: Vec<Material> = COLORS.iter().map(|&(color, alpha)| paint(color, alpha)).collect();
    let transmission = Some(Transmission { strength: 1.0, texture: None });
    materials.push(Material { roughness: 0.0, ior: 1.0, specular: 0.0, transmission, ..Material::default() });
    let flat = |z: f32, material: usize| pane((-0.7, -0.6), (0.6, 0.7), (z, z), material);
    let all = avatar(vec![flat(-0.4, 0), flat(-0.2, 1), flat(0.0, 4), flat(0.2, 2), flat(0.4, 3)], materials);
    for backdrop in [grey(), Backdrop::Transparent] {
        let frame = on(backdrop);
        let [found, exact] = [&gpu, &least].map(|gpu| drawn(gpu, Quality::High, &all, &frame));
        let inside = off_inside(&found, &exact);
        println!("{backdrop:?}: off by {inside}");
        assert!(inside <= 3, "{backdrop:?}: off by {inside}");
    }
}
