//! Light through surfaces: what shines through unchanged, what a body takes of it, where it is bent.

use crate::common::has_gpu;
use crate::spheres::{FAR, frame, linear, uniform};
use glam::{Mat4, Vec3};
use rhetor::avatar::{Avatar, Material, Mesh, Node, Primitive, Transform, Transmission, Volume};
use rhetor::frame::Frame;
use rhetor::render::{Gpu, GpuOptions, PASSES, Picture, Quality, Renderer};
use rhetor::stage::{Backdrop, Focus};

/// Not a power of two, nor a multiple of what parts of a picture begin at.
const SIZE: u32 = 150;

/// A rectangle from `low` to `high` that faces the eye, with normals that lean by `lean` to the right.
fn pane(low: (f32, f32), high: (f32, f32), z: f32, lean: f32, material: usize) -> Primitive {
    let normal = Vec3::new(lean, 0.0, 1.0).normalize_or_zero().to_array();
    Primitive {
        positions: vec![[low.0, low.1, z], [high.0, low.1, z], [high.0, high.1, z], [low.0, high.1, z]],
        normals: vec![normal; 4],
        indices: vec![0, 1, 2, 0, 2, 3],
        material: Some(material),
        ..Primitive::default()
    }
}

fn paint(color: [f32; 3]) -> Material {
    let [r, g, b] = color;
    Material { base_color: [r, g, b, 1.0], is_unlit: true, ..Material::default() }
}

/// What lets all light through and reflects none.
fn clear() -> Material {
    let transmission = Some(Transmission { strength: 1.0, texture: None });
    Material { metallic: 0.0, roughness: 0.0, ior: 1.0, specular: 0.0, transmission, ..Material::default() }
}

fn body(thickness: f32, attenuation_distance: f32, attenuation_color: [f32; 3]) -> Option<Volume> {
    Some(Volume { thickness, thickness_texture: None, attenuation_distance, attenuation_color })
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

fn dark(backdrop: Backdrop) -> Frame {
    Frame { backdrop, ..frame(uniform(0.0), Vec::new()) }
}

fn drawn(gpu: &Gpu, quality: Quality, avatar: &Avatar, frame: &Frame) -> Picture {
    let mut renderer = Renderer::new(gpu, quality, Renderer::PICTURE_FORMAT);
    renderer.upload(avatar);
    renderer.picture(frame, SIZE, SIZE).unwrap()
}

/// The texel at a place of the world's plane z = 0, of which the picture shows 1.2 to each side.
fn texel(picture: &Picture, x: f32, y: f32) -> [u8; 4] {
    let place = |v: f32| ((0.5 + v / 2.4) * SIZE as f32) as usize;
    let at = (place(-y) * SIZE as usize + place(x)) * 4;
    picture.rgba[at..at + 4].try_into().unwrap()
}

/// By how much two texels of straight alpha differ; colours count as far as they are there.
fn off(a: &[u8; 4], b: &[u8; 4]) -> u32 {
    let there = |t: &[u8; 4], c: usize| u32::from(t[c]) * u32::from(t[3]) / 255;
    let colors = (0..3).map(|c| there(a, c).abs_diff(there(b, c))).max().unwrap_or(0);
    colors.max(u32::from(a[3].abs_diff(b[3])))
}

#[test]
fn a_clear_pane_shows_what_is_behind_it_unchanged() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    let colors = [[0.8, 0.1, 0.02], [0.1, 0.5, 0.9], [1.0, 1.0, 1.0]];
    let mut materials = vec![clear()];
    materials.extend(colors.map(paint));
    let stripes = (0..9).map(|n| {
        let left = n as f32 * 0.2 - 0.9;
        pane((left, -0.7), (left + 0.13, 0.5), -0.5, 0.0, 1 + n % 3)
    });
    let stripes: Vec<Primitive> = stripes.collect();
    // The pane is in one case larger than what is behind it.
    let glass = pane((-1.0, -0.9), (1.0, 0.9), 0.0, 0.0, 0);
    // Beyond it, so that without the glass the same part of the picture is drawn.
    let one = pane((-1.05, -0.95), (-1.02, -0.92), 0.0, 0.0, 1);
    let other = pane((1.02, 0.92), (1.05, 0.95), 0.0, 0.0, 1);
    let corners = [one, other];
    let with = |more: &[Primitive]| {
        avatar(stripes.iter().chain(&corners).chain(more).cloned().collect(), materials.clone())
    };
    let studio = Backdrop::Studio { center: Vec3::splat(0.4), rim: Vec3::new(0.05, 0.1, 0.2), floor: -5.0 };
    let all = [
        studio,
        Backdrop::Color(Vec3::new(0.9, 0.5, 0.1)),
        Backdrop::Color(Vec3::ONE),
        Backdrop::Transparent,
    ];
    for (name, quality) in Quality::ALL {
        for backdrop in all {
            let frame = dark(backdrop);
            let without = drawn(&gpu, *quality, &with(&[]), &frame);
            let through = drawn(&gpu, *quality, &with(std::slice::from_ref(&glass)), &frame);
            let both = without.rgba.as_chunks::<4>().0.iter().zip(through.rgba.as_chunks::<4>().0);
            let worst = both.map(|(a, b)| off(a, b)).max().unwrap();
            println!("{name}, {backdrop:?}: off by {worst}");
            assert!(worst <= 2, "{name}, {backdrop:?}: off by {worst}");
        }
    }
}

#[test]
fn a_body_takes_what_beer_and_lambert_say() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    let behind = 0.7;
    for (thickness, scale) in [(0.25, 1.0), (0.5, 1.0), (0.25, 2.0)] {
        let color = [0.9, 0.7, 0.5];
        let material = Material { volume: body(thickness, 0.5, color), ..clear() };
        let avatar = avatar(
            vec![pane((-0.5, -0.5), (0.5, 0.5), 0.1, 0.0, 0), pane((-0.6, -0.6), (0.6, 0.6), -0.5, 0.0, 1)],
            vec![material, paint([behind; 3])],
        );
        let mut frame = dark(Backdrop::Color(Vec3::ZERO));
        // Thickness is in the mesh's units (KHR_materials_volume).
        frame.actors[0].world_from_node = vec![Mat4::from_scale(Vec3::splat(scale))];
        for (name, quality) in Quality::ALL {
            let picture = drawn(&gpu, *quality, &avatar, &frame);
            let found = texel(&picture, 0.1, 0.1);
            let wanted = color.map(|c: f32| behind * libm::powf(c, thickness * scale / 0.5));
            for (code, wanted) in found.iter().zip(wanted) {
                let found = linear(*code);
                println!("{name}, {thickness} m by {scale}: {found}, {wanted} by the formula");
                assert!((found / wanted - 1.0).abs() < 0.02, "{name}: {found}, {wanted} by the formula");
            }
        }
    }
}

/// The column at which a channel falls from white to dark along the middle row, pixels.
fn fall(picture: &Picture, channel: usize) -> f32 {
    let row = SIZE as usize / 2 * SIZE as usize;
    let light: f32 = (20..SIZE as usize - 20)
        .map(|x| linear(picture.rgba[(row + x) * 4 + channel]))
        .map(|v| ((v - 0.1) / 0.6).clamp(0.0, 1.0))
        .sum();
    light
}

#[test]
fn light_is_bent_by_snell_and_its_colors_by_their_own_indices() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    let picture = |ior: f32, dispersion: f32| {
        let material = Material { volume: body(0.5, f32::INFINITY, [1.0; 3]), ior, dispersion, ..clear() };
        let avatar = avatar(
            vec![
                pane((-1.0, -0.9), (1.0, 0.9), 0.0, 0.7, 0),
                pane((-1.1, -1.0), (0.0, 1.0), -0.5, 0.0, 1),
                pane((0.0, -1.0), (1.1, 1.0), -0.5, 0.0, 2),
            ],
            vec![material, paint([0.7; 3]), paint([0.1; 3])],
        );
        drawn(&gpu, Quality::High, &avatar, &dark(Backdrop::Color(Vec3::ZERO)))
    };
    let straight = fall(&picture(1.0, 0.0), 1);
    // Snell's law for light along -Z on a surface that leans by atan(0.7), half a metre of it, in pixels.
    let leaning = libm::atanf(0.7);
    let aside = |ior: f32| {
        let turned = leaning - libm::asinf(libm::sinf(leaning) / ior);
        let (x, z) = (libm::sinf(turned) * 0.5, libm::cosf(turned) * 0.5);
        x / (1.0 + z / FAR) * SIZE as f32 / 2.4
    };
    let bent = picture(1.5, 0.0);
    let moved = fall(&bent, 1) - straight;
    println!("bent by {moved} pixels, {} by the formula", aside(1.5));
    assert!((moved.abs() - aside(1.5)).abs() < 1.0, "{moved} pixels, {} by the formula", aside(1.5));
    assert!((fall(&bent, 0) - fall(&bent, 2)).abs() < 0.1);
    // An Abbe number of 4: the indices of red and blue are 0.0625 to each side.
    let split = picture(1.5, 5.0);
    let apart = (fall(&split, 2) - fall(&split, 0)) * moved.signum();
    let wanted = aside(1.5625) - aside(1.4375);
    println!("red and blue {apart} pixels apart, {wanted} by the formula");
    assert!((apart - wanted).abs() < 1.0 && apart > 1.0, "{apart} pixels, {wanted} by the formula");
}

#[test]
fn rough_glass_blurs_and_keeps_the_mean() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    let stripes = (0..24).map(|n| {
        let left = n as f32 * 0.1 - 1.2;
        pane((left, -1.2), (left + 0.05, 1.2), -0.5, 0.0, 1)
    });
    let ground = pane((-1.2, -1.2), (1.2, 1.2), -0.6, 0.0, 2);
    let glass = pane((-1.0, -1.0), (1.0, 1.0), 0.0, 0.0, 0);
    let primitives: Vec<Primitive> = stripes.chain([ground, glass]).collect();
    for (name, quality) in Quality::ALL {
        let range = |roughness: f32| {
            let rough = Material { roughness, ior: 1.5, ..clear() };
            let avatar = avatar(primitives.clone(), vec![rough, paint([0.6; 3]), paint([0.2; 3])]);
            let picture = drawn(&gpu, *quality, &avatar, &dark(Backdrop::Color(Vec3::ZERO)));
            let row = (-8..8).map(|n| linear(texel(&picture, n as f32 * 0.031, 0.0)[1]));
            let row: Vec<f32> = row.collect();
            let most = row.iter().copied().fold(0.0, f32::max);
            let least = row.iter().copied().fold(1.0, f32::min);
            (most - least, (most + least) * 0.5)
        };
        let (clear, rough) = (range(0.0), range(0.7));
        println!("{name}: {clear:?} clear, {rough:?} rough");
        assert!(clear.0 > 0.3, "{name}: stripes that do not show: {clear:?}");
        assert!(rough.0 < 0.06 && (rough.1 - 0.4).abs() < 0.05, "{name}: {rough:?}");
    }
}

#[test]
fn every_pass_that_is_drawn_is_measured_and_no_other() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    if !gpu.has_timestamps() {
        return;
    }
    let panes = [pane((-0.9, -0.9), (0.9, 0.9), -0.5, 0.0, 1), pane((-0.7, -0.7), (0.7, 0.7), 0.0, 0.0, 0)];
    let glass = avatar(panes.to_vec(), vec![clear(), paint([0.8, 0.4, 0.1])]);
    let plain = avatar(panes[..1].to_vec(), vec![clear(), paint([0.8, 0.4, 0.1])]);
    let still = dark(Backdrop::Transparent);
    let mut lens = still.clone();
    lens.look.bloom = 0.5;
    lens.look.focus = Some(Focus { f_number: 1.0, distance: FAR * 0.5 });
    let all = [
        (&plain, &still, vec!["forward", "compose"]),
        (&glass, &still, vec!["forward", "glass", "compose"]),
        (&glass, &lens, vec!["forward", "glass", "focus", "bloom", "compose"]),
    ];
    for (avatar, frame, wanted) in all {
        let mut renderer = Renderer::new(&gpu, Quality::High, Renderer::PICTURE_FORMAT);
        renderer.upload(avatar);
        renderer.set_timing(true);
        // As a window draws: nothing waits for a picture, so measures arrive when they do.
        let target = gpu.device().create_texture(&wgpu::TextureDescriptor {
            label: None,
            size: wgpu::Extent3d { width: SIZE, height: SIZE, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: Renderer::PICTURE_FORMAT,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT,
            view_formats: &[],
        });
        let view = target.create_view(&wgpu::TextureViewDescriptor::default());
        let mut rounds = 0;
        let has_arrived = |renderer: &mut Renderer| renderer.timings().iter().any(|t| t.gpu_ms > Some(0.0));
        while rounds < 2000 && !has_arrived(&mut renderer) {
            renderer.draw(frame, &view, SIZE, SIZE);
            rounds += 1;
        }
        let timings = renderer.timings();
        assert_eq!(timings.iter().map(|t| t.name).collect::<Vec<_>>(), PASSES, "all are listed");
        let of_scene = |name: &str| !["deform", "shadow", "occlusion"].contains(&name);
        let took = timings.iter().filter(|t| t.gpu_ms > Some(0.0) && of_scene(t.name));
        println!("after {rounds} frames: {timings:?}");
        assert_eq!(took.map(|t| t.name).collect::<Vec<_>>(), wanted);
    }
}
