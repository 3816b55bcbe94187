//! Holes in surfaces: how much is left of strands when they are seen from farther and farther away.

use crate::common::has_gpu;
use crate::spheres::{frame, uniform};
use glam::{Mat4, Vec3};
use rhetor::avatar::{
    AlphaMode, Avatar, Image, Material, Mesh, Node, Primitive, Sampler, Texels, TextureRef, Transform,
};
use rhetor::render::{Gpu, GpuOptions, Quality, Renderer};
use rhetor::stage::Backdrop;

const TEXELS: u32 = 512;
const SIZE: u32 = 256;

/// White strands of all widths up to `widest` texels, soft at their sides.
fn strands(widest: f32) -> Image {
    let alpha = |x: u32, y: u32| {
        let (x, y) = (x as f32, y as f32);
        let bent = x + 9.0 * libm::sinf(y * 0.02) + 3.0 * libm::sinf(x * 0.05);
        let strand = (bent / 11.0).floor();
        let half = widest * 0.5 * (0.4 + 0.6 * libm::sinf(strand * 1.7).abs());
        let away = (bent - strand * 11.0 - 5.5).abs();
        ((half - away + 0.5).clamp(0.0, 1.0) * 255.0) as u8
    };
    let texels = (0..TEXELS * TEXELS).flat_map(|n| [255, 255, 255, alpha(n % TEXELS, n / TEXELS)]);
    Image {
        name: "strands".into(),
        width: TEXELS,
        height: TEXELS,
        texels: Texels::new(texels.collect()),
        universal: None,
    }
}

/// A square of them, 2 m wide.
fn card(widest: f32, cutoff: f32) -> Avatar {
    let primitive = Primitive {
        positions: vec![[-1.0, -1.0, 0.0], [1.0, -1.0, 0.0], [1.0, 1.0, 0.0], [-1.0, 1.0, 0.0]],
        normals: vec![[0.0, 0.0, 1.0]; 4],
        uvs: [vec![[0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]], Vec::new()],
        indices: vec![0, 1, 2, 0, 2, 3],
        material: Some(0),
        ..Primitive::default()
    };
    let material = Material {
        base_color_texture: Some(TextureRef {
            image: 0,
            sampler: Sampler::default(),
            uv_set: 0,
            offset: [0.0; 2],
            rotation: 0.0,
            scale: [1.0; 2],
        }),
        alpha_mode: AlphaMode::Mask { cutoff },
        is_unlit: true,
        ..Material::default()
    };
    let node = Node {
        name: "Card".into(),
        parent: None,
        local: Transform::IDENTITY,
        mesh: Some(0),
        skin: None,
        morph_weights: Vec::new(),
    };
    let mesh = Mesh { name: "Card".into(), primitives: vec![primitive], ..Mesh::default() };
    Avatar {
        images: vec![strands(widest)],
        materials: vec![material],
        meshes: vec![mesh],
        nodes: vec![node],
        ..Avatar::default()
    }
}

/// The share of the card that is there where it is seen from so many times as far as its texels are pixels; the mean of some places
/// between two pixels.
fn covered(renderer: &mut Renderer, times: f32) -> f32 {
    let mut frame = frame(uniform(0.0), Vec::new());
    frame.backdrop = Backdrop::Color(Vec3::ZERO);
    // A pixel is as large as `times` texels, of which a metre has half of all.
    let pixel = times * 2.0 / TEXELS as f32;
    frame.camera.fov_y = 2.0 * libm::atanf(pixel * SIZE as f32 * 0.5 / frame.camera.eye.z);
    let mut seen = |shift: (f32, f32)| {
        let aside = Vec3::new(shift.0, shift.1, 0.0) * pixel;
        frame.actors[0].world_from_node = vec![Mat4::from_translation(aside)];
        let picture = renderer.picture(&frame, SIZE, SIZE).unwrap();
        let codes = picture.rgba.as_chunks::<4>().0.iter().map(|pixel| f32::from(pixel[1]));
        // One colour shows through as far as a pixel is not covered, in codes.
        codes.clone().sum::<f32>() / codes.fold(1.0, f32::max)
    };
    let shifts = [(0.0, 0.0), (0.3, 0.6), (0.5, 0.25), (0.8, 0.9)];
    let whole = (TEXELS as f32 / times).min(SIZE as f32).powi(2);
    shifts.map(&mut seen).iter().sum::<f32>() / shifts.len() as f32 / whole
}

#[test]
fn strands_do_not_thin_out_with_distance() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    // Strands wider than a pixel, and down to a fifth of one. Where alpha chooses samples it is a smooth share of them, and less exact.
    let cases = [(8.0, 0.3, 0.12), (8.0, 0.5, 0.06), (8.0, 0.7, 0.12), (4.0, 0.5, 0.25)];
    for quality in [Quality::Low, Quality::Medium, Quality::High] {
        for (widest, cutoff, most) in cases {
            let is_shared = quality == Quality::High;
            if is_shared && widest < 8.0 {
                continue;
            }
            let most = if is_shared { 0.4 } else { most };
            let mut renderer = Renderer::new(&gpu, quality, Renderer::PICTURE_FORMAT);
            renderer.upload(&card(widest, cutoff));
            let near = covered(&mut renderer, 2.0);
            for times in [2.9, 4.2, 5.9, 8.3, 12.1] {
                let share = covered(&mut renderer, times) / near;
                let name =
                    format!("{quality:?}, {widest} wide above {cutoff}, {times} times as far: {share}");
                println!("{name}");
                assert!((share - 1.0).abs() < most, "{name}");
            }
        }
    }
}
