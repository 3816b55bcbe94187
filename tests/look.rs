//! Exposure, tone mapping, lens and film: pictures whose light is known, drawn and measured.

use crate::common::has_gpu;
use glam::{Mat4, Vec3};
use rhetor::avatar::{Avatar, Material, Mesh, Node, Primitive, Transform};
use rhetor::frame::{Actor, Frame};
use rhetor::job::Job;
use rhetor::production::{Production, Request};
use rhetor::render::{DebugView, Gpu, GpuOptions, Quality, Renderer};
use rhetor::stage::{Backdrop, Camera, Focus, Look, Tone, linear_from_srgb};

const SIDE: u32 = 256;
/// How far the board is from the eye; the picture is 2 m high there.
const AWAY: f32 = 4.0;

/// A board before the eye at z = 0 that shines by itself: rectangles (left, top, right, bottom in −1..=1) of linear colours.
fn board(rectangles: &[([f32; 4], [f32; 3])]) -> Avatar {
    let mut primitive = Primitive { material: Some(0), ..Primitive::default() };
    for &([left, top, right, bottom], [r, g, b]) in rectangles {
        let first = primitive.positions.len() as u32;
        for (x, y) in [(left, top), (left, bottom), (right, bottom), (right, top)] {
            primitive.positions.push([x, y, 0.0]);
            primitive.normals.push([0.0, 0.0, 1.0]);
            primitive.colors.push([r, g, b, 1.0]);
        }
        primitive.indices.extend([0, 1, 2, 0, 2, 3].map(|n| first + n));
    }
    let material = Material { is_unlit: true, ..Material::default() };
    let mesh = Mesh { name: "Board".into(), primitives: vec![primitive], ..Mesh::default() };
    let node = Node {
        name: "Board".into(),
        parent: None,
        local: Transform::IDENTITY,
        mesh: Some(0),
        skin: None,
        morph_weights: Vec::new(),
    };
    Avatar { materials: vec![material], meshes: vec![mesh], nodes: vec![node], ..Avatar::default() }
}

fn frame(look: Look) -> Frame {
    let actor =
        Actor { world_from_node: vec![Mat4::IDENTITY], morph_weights: vec![Vec::new()], ..Actor::default() };
    Frame {
        actors: vec![actor],
        camera: Camera {
            eye: Vec3::Z * AWAY,
            target: Vec3::ZERO,
            fov_y: 2.0 * libm::atanf(1.0 / AWAY),
            near: 0.1,
            far: 50.0,
        },
        lights: Vec::new(),
        environment: crate::spheres::uniform(0.0),
        backdrop: Backdrop::Color(Vec3::ZERO),
        overlays: Vec::new(),
        look,
    }
}

fn draw(gpu: &Gpu, quality: Quality, avatar: &Avatar, frame: &Frame) -> Vec<[u8; 4]> {
    let mut renderer = Renderer::new(gpu, quality, Renderer::PICTURE_FORMAT);
    renderer.upload(avatar);
    renderer.picture(frame, SIDE, SIDE).unwrap().rgba.as_chunks::<4>().0.to_vec()
}

fn pixel(picture: &[[u8; 4]], x: u32, y: u32) -> [u8; 3] {
    let [r, g, b, _] = picture[(y * SIDE + x) as usize];
    [r, g, b]
}

/// Light of a grey pixel, where the tone mapper takes away 0.04 and no more.
fn light(code: u8) -> f64 {
    f64::from(linear_from_srgb(f32::from(code) / 255.0)) + 0.04
}

const WHOLE: [f32; 4] = [-1.5, 1.5, 1.5, -1.5];

/// Linear light and the sRGB codes of it, from the published formulas in double precision.
const TONES: &[(Tone, [f32; 3], [u8; 3])] = &[
    (Tone::Neutral, [0.18, 0.18, 0.18], [105, 105, 105]),
    (Tone::Neutral, [0.02, 0.02, 0.02], [8, 8, 8]),
    (Tone::Neutral, [1.0, 1.0, 1.0], [240, 240, 240]),
    (Tone::Neutral, [4.0, 4.0, 4.0], [253, 253, 253]),
    (Tone::Neutral, [1.0, 0.2, 0.05], [240, 111, 45]),
    (Tone::Agx, [0.18, 0.18, 0.18], [99, 99, 99]),
    (Tone::Agx, [0.02, 0.02, 0.02], [14, 14, 14]),
    (Tone::Agx, [1.0, 1.0, 1.0], [186, 186, 186]),
    (Tone::Agx, [1.0, 0.2, 0.05], [225, 105, 36]),
    (Tone::Agx, [0.05, 0.3, 2.0], [79, 138, 252]),
    (Tone::Aces, [0.18, 0.18, 0.18], [127, 127, 127]),
    (Tone::Aces, [0.02, 0.02, 0.02], [21, 21, 21]),
    (Tone::Aces, [1.0, 1.0, 1.0], [226, 226, 226]),
    (Tone::Aces, [1.0, 0.2, 0.05], [240, 147, 75]),
    (Tone::Aces, [0.05, 0.3, 2.0], [122, 168, 244]),
];

#[test]
fn tone_mappers_give_what_is_published() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    for quality in [Quality::Low, Quality::High] {
        for &(tone, color, expected) in TONES {
            // Vertex colours end at 1; the exposure does the rest.
            let look = Look { tone, exposure: 1.0, ..Look::default() };
            let half = color.map(|c| c * 0.5);
            let found =
                pixel(&draw(&gpu, quality, &board(&[(WHOLE, half)]), &frame(look)), SIDE / 2, SIDE / 2);
            let off = (0..3).map(|n| found[n].abs_diff(expected[n])).max().unwrap();
            assert!(off <= 2, "{quality:?} {tone:?} {color:?}: {found:?}, not {expected:?}");
        }
    }
}

#[test]
fn bloom_keeps_the_light_and_spreads_it() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    let patch = [-0.25, 0.25, 0.25, -0.25];
    let avatar = board(&[(WHOLE, [0.15; 3]), (patch, [0.6; 3])]);
    let of = |bloom: f32| draw(&gpu, Quality::High, &avatar, &frame(Look { bloom, ..Look::default() }));
    let sum = |picture: &[[u8; 4]]| picture.iter().map(|p| light(p[1])).sum::<f64>();
    let (plain, glowing) = (of(0.0), of(0.3));
    let ratio = sum(&glowing) / sum(&plain);
    println!("light after over before: {ratio}");
    assert!((ratio - 1.0).abs() < 0.01, "{ratio}");
    let beside = |picture: &[[u8; 4]]| light(pixel(picture, SIDE / 2 - 44, SIDE / 2)[1]);
    assert!(beside(&glowing) > beside(&plain) * 1.05, "the glow reaches around the patch");
    let low = |bloom: f32| draw(&gpu, Quality::Medium, &avatar, &frame(Look { bloom, ..Look::default() }));
    assert!(low(0.3) == low(0.0), "tiers without linear light have none");
}

/// The radius in pixels of the circles that make an edge so soft as it is drawn: across an edge the light's slope has the variance
/// r² / 4 of a disc seen from its side.
fn radius_of_edge(picture: &[[u8; 4]]) -> f64 {
    // Farther from the edge there is nothing but dither.
    let row: Vec<f64> =
        (SIDE / 2 - 16..SIDE / 2 + 16).map(|x| light(pixel(picture, x, SIDE / 2)[1])).collect();
    let slopes: Vec<f64> = row.windows(2).map(|w| w[1] - w[0]).collect();
    let sum: f64 = slopes.iter().sum();
    let place = |n: usize| n as f64 + 1.0;
    let mean = slopes.iter().enumerate().map(|(n, s)| place(n) * s).sum::<f64>() / sum;
    let variance =
        slopes.iter().enumerate().map(|(n, s)| (place(n) - mean) * (place(n) - mean) * s).sum::<f64>() / sum;
    2.0 * variance.max(0.0).sqrt()
}

#[test]
fn blur_is_that_of_a_thin_lens() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    let avatar = board(&[([-3.0, 3.0, 0.0, -3.0], [0.2; 3]), ([0.0, 3.0, 3.0, -3.0], [0.7; 3])]);
    let camera = frame(Look::default()).camera;
    let focal = 0.012 * AWAY;
    for (distance, radius) in [(AWAY, 0.0f32), (2.0, 5.0), (3.0, 6.5), (6.0, 5.0), (8.0, 7.0)] {
        // The f-number for which the circle has this radius: c = f² / N · |d − s| / (d (s − f)), 24 mm are the picture's height.
        let circle = focal * focal * (AWAY - distance).abs() / (AWAY * (distance - focal));
        let wanted = radius * 2.0 / SIDE as f32 * 0.024;
        let f_number = if radius > 0.0 { circle / wanted } else { 1.4 };
        let focus = Focus { f_number, distance };
        assert!((Focus::focal_length(&camera) - focal).abs() < 1e-6);
        let look = Look { focus: Some(focus), ..Look::default() };
        let found = radius_of_edge(&draw(&gpu, Quality::High, &avatar, &frame(look)));
        println!("in focus at {distance} m, f/{f_number:.3}: a radius of {found:.2} pixels, not {radius}");
        let limit = if radius > 0.0 { f64::from(radius) * 0.1 } else { 1.01 };
        assert!((found - f64::from(radius)).abs() <= limit, "{found}, not {radius}");
    }
}

#[test]
fn what_is_in_focus_leaves_no_halo_in_what_is_not() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    // A sharp bright half before a grey wall far behind, out of focus.
    let mut avatar = board(&[([-3.0, 3.0, 0.0, -3.0], [0.7; 3])]);
    let wall = board(&[([-40.0, 40.0, 40.0, -40.0], [0.3; 3])]);
    avatar.meshes.extend(wall.meshes);
    avatar.nodes.push(Node { mesh: Some(1), ..avatar.nodes[0].clone() });
    let mut frame = frame(Look { focus: Some(Focus { f_number: 0.7, distance: AWAY }), ..Look::default() });
    frame.actors[0].world_from_node.push(Mat4::from_translation(Vec3::NEG_Z * 20.0));
    frame.actors[0].morph_weights.push(Vec::new());
    let blurred = draw(&gpu, Quality::High, &avatar, &frame);
    frame.look.focus = None;
    let sharp = draw(&gpu, Quality::High, &avatar, &frame);
    let worst = blurred.iter().zip(&sharp).map(|(a, b)| a[1].abs_diff(b[1])).max().unwrap();
    println!("differs by {worst} of 255 at most");
    assert!(worst <= 2, "{worst}");
}

#[test]
fn corners_are_as_dark_as_asked_for() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    let avatar = board(&[(WHOLE, [0.6; 3])]);
    for quality in [Quality::Low, Quality::High] {
        let picture = draw(&gpu, quality, &avatar, &frame(Look { vignette: 0.5, ..Look::default() }));
        let (corner, middle) = (light(pixel(&picture, 0, 0)[1]), light(pixel(&picture, 128, 128)[1]));
        assert!((corner / 0.6 - 0.5).abs() < 0.02 && (middle / 0.6 - 1.0).abs() < 0.02, "{corner} {middle}");
    }
}

#[test]
fn grain_is_a_function_of_pixel_and_seed_and_changes_no_brightness() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    let avatar = board(&[(WHOLE, [0.3; 3])]);
    let of = |grain: f32, grain_seed: u32| {
        draw(&gpu, Quality::Low, &avatar, &frame(Look { grain, grain_seed, ..Look::default() }))
    };
    let mean = |p: &[[u8; 4]]| p.iter().map(|p| f64::from(p[1])).sum::<f64>() / p.len() as f64;
    let (plain, first) = (of(0.0, 7), of(1.0, 7));
    let deviation = |p: &[[u8; 4]]| {
        let m = mean(p);
        (p.iter().map(|p| (f64::from(p[1]) - m).powi(2)).sum::<f64>() / p.len() as f64).sqrt()
    };
    println!("mean {} and {}, deviation {}", mean(&plain), mean(&first), deviation(&first));
    assert!(first == of(1.0, 7) && first != of(1.0, 8));
    assert!((mean(&plain) - mean(&first)).abs() < 0.3);
    assert!((12.0..18.0).contains(&deviation(&first)));
}

/// `over` (straight alpha) laid over a grey of code `under`.
fn laid_over(over: [u8; 4], under: f32) -> [f32; 3] {
    let alpha = f32::from(over[3]) / 255.0;
    [0, 1, 2].map(|n| f32::from(over[n]) * alpha + under * (1.0 - alpha))
}

#[test]
fn a_transparent_picture_laid_over_a_colour_is_the_picture_before_that_colour() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    let request = Request { input: "thalia".into(), is_transparent: true, ..Request::default() };
    let production = Production::load(&request, &Job::silent()).unwrap();
    let mut frame = production.performance.first_frame(1.0);
    let plain = frame.look;
    let looks = [
        ("plain", Look { bloom: 0.0, focus: None, ..plain }),
        ("bloom", Look { bloom: 0.3, focus: None, ..plain }),
        ("focus", Look { bloom: 0.0, focus: plain.focus.map(|f| Focus { f_number: 1.4, ..f }), ..plain }),
        ("all", Look { bloom: 0.2, vignette: 0.5, grain: 0.5, tone: Tone::Aces, ..plain }),
    ];
    for (tier, quality) in Quality::ALL {
        let mut renderer = production.renderer(&gpu, *quality);
        for (name, look) in looks {
            frame.look = look;
            frame.backdrop = Backdrop::Transparent;
            let clear = renderer.picture(&frame, SIDE, SIDE).unwrap();
            for under in [0.0f32, 1.0] {
                frame.backdrop = Backdrop::Color(Vec3::splat(under));
                let whole = renderer.picture(&frame, SIDE, SIDE).unwrap();
                let pairs = clear.rgba.as_chunks::<4>().0.iter().zip(whole.rgba.as_chunks::<4>().0);
                let off = pairs.map(|(&over, whole)| {
                    let laid = laid_over(over, under * 255.0);
                    (0..3).map(|n| (laid[n] - f32::from(whole[n])).abs()).fold(0.0, f32::max)
                });
                let off: Vec<f32> = off.collect();
                let worst = off.iter().copied().fold(0.0, f32::max);
                let beyond = off.iter().filter(|off| **off > 2.0).count() as f32 / off.len() as f32;
                println!("{tier} {name} over {under}: off by {worst:.2} at most, {beyond:.5} by more than 2");
                // Where stairs are smoothed afterwards, what is behind decides what is an edge.
                let is_smoothed = matches!(quality, Quality::Low | Quality::Medium);
                let limit = if is_smoothed { 0.015 } else { 0.0 };
                assert!(beyond <= limit, "{tier} {name} over {under}: {worst}");
            }
        }
    }
}

#[test]
fn a_portrait_is_focused_on_the_eyes_and_through_the_lens_that_the_stage_names() {
    let load = |input: &str| {
        let request = Request { input: input.into(), exposure: Some(1.5), ..Request::default() };
        Production::load(&request, &Job::silent()).unwrap()
    };
    let production = load("thalia");
    let frame = production.performance.first_frame(1.0);
    let landmarks = &production.cast[0].rig.landmarks;
    assert!((0.005..0.03).contains(&landmarks.eyes_depth), "{}", landmarks.eyes_depth);
    let focus = frame.look.focus.unwrap();
    let forward = (frame.camera.target - frame.camera.eye).normalize_or(Vec3::NEG_Z);
    let eyes = landmarks.eyes + landmarks.facing * landmarks.eyes_depth;
    assert!((focus.distance - (eyes - frame.camera.eye).dot(forward)).abs() < 1e-4, "{focus:?}");
    assert!((focus.f_number - 2.8).abs() < 1e-5 && (frame.look.gain() - 2.828).abs() < 1e-3);
    let mut full = frame;
    production.performance.aim(&mut full, rhetor::stage::Shot::Full, 1.0);
    assert_eq!(full.look.focus, None);
    let case = format!("{}/tests/golden/depth_of_field/stage.timeline.json", env!("CARGO_MANIFEST_DIR"));
    let focus = load(&case).performance.first_frame(1.0).look.focus.unwrap();
    assert!((focus.f_number - 1.4).abs() < 1e-5);
}

#[test]
fn morphs_are_shown_where_they_move_something_with_and_without_compute() {
    if !has_gpu() {
        return;
    }
    let request = Request { input: "thalia".into(), ..Request::default() };
    let production = Production::load(&request, &Job::silent()).unwrap();
    let mut frame = production.performance.first_frame(1.0);
    frame.backdrop = Backdrop::Color(Vec3::ZERO);
    let of = |without_compute: bool, frame: &Frame| {
        let gpu = Gpu::new(&GpuOptions { is_least: without_compute, ..GpuOptions::from_env() }).unwrap();
        let mut renderer = production.renderer(&gpu, Quality::Low);
        renderer.set_debug(DebugView::from_name("morphs"));
        renderer.picture(frame, 128, 128).unwrap().rgba.as_chunks::<4>().0.to_vec()
    };
    let is_moved = |p: &&[u8; 4]| p[0].abs_diff(p[2]) > 20 || p[1].abs_diff(p[2]) > 20;
    frame.actors[0].morph_weights.iter_mut().for_each(|weights| weights.fill(0.0));
    assert_eq!(of(false, &frame).iter().filter(is_moved).count(), 0, "nothing moves at rest");
    for weights in frame.actors[0].morph_weights.iter_mut().filter(|weights| !weights.is_empty()) {
        weights[0] = 1.0;
    }
    let (shader, cpu) = (of(false, &frame), of(true, &frame));
    assert!(shader.iter().filter(is_moved).count() > 50);
    let off = shader.iter().zip(&cpu).filter(|(a, b)| (0..3).any(|n| a[n].abs_diff(b[n]) > 4)).count();
    assert!(off < 20, "{off} pixels differ");
}

#[test]
fn every_debug_view_is_one_of_its_own_and_leaves_the_picture_as_it_was() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    let request = Request { input: "thalia".into(), ..Request::default() };
    let production = Production::load(&request, &Job::silent()).unwrap();
    let frame = production.performance.first_frame(1.0);
    for quality in [Quality::Low, Quality::High] {
        let mut renderer = production.renderer(&gpu, quality);
        let picture = renderer.picture(&frame, 96, 96).unwrap();
        let mut seen = vec![picture.clone()];
        let mut view = DebugView::after(None);
        while view.is_some() {
            renderer.set_debug(view);
            let shown = renderer.picture(&frame, 96, 96).unwrap();
            assert!(!seen.contains(&shown), "{quality:?} {view:?}");
            seen.push(shown);
            view = DebugView::after(view);
        }
        assert_eq!(seen.len(), DebugView::ALL.len() + 1);
        renderer.set_debug(None);
        assert!(renderer.picture(&frame, 96, 96).unwrap() == picture, "{quality:?}");
    }
}
