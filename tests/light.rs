//! Light whose amount is known: from lamps, from pictures of surroundings, in corners, beside what throws a shadow.

use crate::common::has_gpu;
use crate::spheres::{FAR, draw, frame, linear, sphere, uniform};
use glam::{Mat4, Vec3};
use image::ImageEncoder;
use proptest::prelude::*;
use rhetor::avatar::{Avatar, Material, Mesh, Node, Primitive, Transform};
use rhetor::frame::{Actor, Frame};
use rhetor::job::Job;
use rhetor::production::{Production, Request};
use rhetor::render::{Gpu, GpuOptions, Quality, Renderer};
use rhetor::stage::{Backdrop, Camera, Environment, Light, LightKind, Lighting, Panorama, Sky};
use std::sync::Arc;

const TIERS: [Quality; 2] = [Quality::Low, Quality::High];

fn gpu() -> Option<Gpu> {
    has_gpu().then(|| Gpu::new(&GpuOptions::from_env()).unwrap())
}

fn matt() -> Material {
    let base_color = [0.8, 0.8, 0.8, 1.0];
    Material { metallic: 0.0, roughness: 1.0, specular: 0.0, base_color, ..Material::default() }
}

fn lamp(kind: LightKind, radiance: f32) -> Light {
    let radiance = Vec3::splat(radiance);
    Light { kind, towards: Vec3::ZERO, radiance, angular_radius: 0.0, casts_shadow: false }
}

#[test]
fn a_lamp_lights_by_the_inverse_square_up_to_its_range() {
    let Some(gpu) = gpu() else { return };
    for quality in TIERS {
        for (away, radiance) in [(2.5f32, 1.7f32), (3.5, 5.0), (5.0, 12.0)] {
            let position = Vec3::new(0.4, 0.3, away);
            let kind = LightKind::Point { position, range: 12.0 };
            let drawn = draw(&gpu, quality, matt(), &frame(uniform(0.0), vec![lamp(kind, radiance)]));
            for (x, y) in [(0.0, 0.0), (0.3, 0.2), (-0.3, 0.1), (0.1, -0.4)] {
                let point = Vec3::new(x, y, (1.0f32 - x * x - y * y).sqrt());
                let square = position.distance_squared(point);
                let faded = 1.0 - (square / 144.0) * (square / 144.0);
                let wanted =
                    0.8 * radiance * faded / square * point.dot((position - point).normalize_or_zero());
                let found = drawn.at(x, y);
                assert!((found / wanted - 1.0).abs() < 0.04, "{quality:?}, {away} m: {found} for {wanted}");
            }
        }
        let near = LightKind::Point { position: Vec3::Z * 5.0, range: 3.9 };
        let drawn = draw(&gpu, quality, matt(), &frame(uniform(0.2), vec![lamp(near, 99.0)]));
        assert!(
            (drawn.at(0.0, 0.0) / 0.16 - 1.0).abs() < 0.04,
            "it ends before the ball: {}",
            drawn.at(0.0, 0.0)
        );
    }
}

#[test]
fn a_cone_ends_at_its_edge() {
    let Some(gpu) = gpu() else { return };
    for quality in TIERS {
        // From 5 m in front the angle to a point of the ball at height 0.5 is atan(0.5 / 4.134).
        let angle = |y: f32| libm::atan2f(y, 5.0 - libm::sqrtf(1.0 - y * y));
        let (inner, outer) = (angle(0.3), angle(0.5));
        let (position, along) = (Vec3::Z * 5.0, Vec3::NEG_Z);
        let kind = LightKind::Spot { position, range: f32::INFINITY, along, inner, outer };
        let drawn = draw(&gpu, quality, matt(), &frame(uniform(0.2), vec![lamp(kind, 8.0)]));
        let beyond = drawn.at(0.0, 0.55);
        assert!((beyond / 0.16 - 1.0).abs() < 0.05, "{quality:?}: {beyond} beyond the edge");
        let point = Vec3::new(0.0, 0.2, libm::sqrtf(0.96));
        let towards = position - point;
        let lit = 0.8 * 8.0 / towards.length_squared() * point.dot(towards.normalize_or_zero()) + 0.16;
        assert!(
            (drawn.at(0.0, 0.2) / lit - 1.0).abs() < 0.03,
            "{quality:?}: {} for {lit}",
            drawn.at(0.0, 0.2)
        );
        let between = drawn.at(0.0, 0.42);
        assert!(between > 0.2 && between < lit * 0.9, "{quality:?}: {between} between");
    }
}

const WIDTH: u32 = 64;
const HEIGHT: u32 = 32;

/// Bright to the left of the middle, which is behind, dim elsewhere.
fn picture() -> Vec<Vec3> {
    let texel = |n: u32| {
        let (column, row) = (n % WIDTH, n / WIDTH);
        let is_bright = (12..20).contains(&column) && (10..18).contains(&row);
        if is_bright { Vec3::new(1.5, 3.0, 0.75) } else { Vec3::new(0.25, 0.25, 0.5) }
    };
    (0..WIDTH * HEIGHT).map(texel).collect()
}

fn hdr() -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels: Vec<image::Rgb<f32>> = picture().iter().map(|v| image::Rgb(v.to_array())).collect();
    image::codecs::hdr::HdrEncoder::new(&mut bytes).encode(&pixels, WIDTH as usize, HEIGHT as usize).unwrap();
    bytes
}

fn exr() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let texels: Vec<f32> = picture().iter().flat_map(|v| v.to_array()).collect();
    image::codecs::openexr::OpenExrEncoder::new(&mut bytes)
        .write_image(bytemuck::cast_slice(&texels), WIDTH, HEIGHT, image::ExtendedColorType::Rgb32F)
        .unwrap();
    bytes.into_inner()
}

fn surroundings(bytes: &[u8]) -> Environment {
    let panorama = Panorama::read(bytes, "hall").unwrap();
    Environment {
        sky: Sky::Panorama(Arc::new(panorama)),
        ..Environment::gradient(Vec3::ONE, Vec3::ONE, Vec3::ONE, 0.2)
    }
}

#[test]
fn a_mirror_ball_shows_left_on_the_left() {
    let Some(gpu) = gpu() else { return };
    let mirror = || Material { metallic: 1.0, roughness: 0.0, ..Material::default() };
    for quality in TIERS {
        let drawn = draw(&gpu, quality, mirror(), &frame(surroundings(&hdr()), Vec::new()));
        // A ball shows what is on the left where its normal lies half way to it.
        let half = std::f32::consts::FRAC_1_SQRT_2;
        let (left, right) = (drawn.at(-half, 0.03), drawn.at(half, 0.03));
        assert!((left / 0.6 - 1.0).abs() < 0.05, "{quality:?}: {left} on the left");
        assert!(right < 0.1, "{quality:?}: {right} on the right");
        let matt = draw(&gpu, quality, matt(), &frame(surroundings(&hdr()), Vec::new()));
        assert!(matt.at(-0.9, 0.0) > matt.at(0.9, 0.0) * 1.2, "{quality:?}: light from the left");
    }
}

#[test]
fn both_formats_of_one_picture_are_one_light() {
    let (hdr, exr) = (Panorama::read(&hdr(), "a.hdr").unwrap(), Panorama::read(&exr(), "a.exr").unwrap());
    assert!(hdr.mean().abs_diff_eq(exr.mean(), 1e-3), "{} {}", hdr.mean(), exr.mean());
    for direction in [Vec3::NEG_X, Vec3::X, Vec3::Y, Vec3::NEG_Z, Vec3::new(-0.6, 0.0, -0.8)] {
        assert!(hdr.at(direction).abs_diff_eq(exr.at(direction), 0.01), "{direction}");
    }
    assert_eq!(exr, Panorama::new(WIDTH, HEIGHT, &picture()).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_bring_down_the_reader(
        is_exr: bool, places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        end: prop::sample::Index,
    ) {
        let mut bytes = if is_exr { exr() } else { hdr() };
        for (place, byte) in places {
            // The header more often than the texels.
            let length = if byte % 2 == 0 { bytes.len() } else { bytes.len().min(400) };
            let at = place.index(length);
            bytes[at] = byte;
        }
        bytes.truncate(bytes.len() - end.index(bytes.len()) / 3);
        if let Err(error) = Panorama::read(&bytes, "broken.hdr") {
            prop_assert!(error.message.len() > 10 && error.help.is_some());
        }
    }
}

/// How much light the quads send back: so little that what bounces between them hardly counts.
const DARK: f32 = 0.2;

/// Quads as one matt avatar: corners counter-clockwise as seen from outside.
fn quads(all: &[[Vec3; 4]]) -> Avatar {
    let mut primitive = Primitive { material: Some(0), ..Primitive::default() };
    for corners in all {
        let first = primitive.positions.len() as u32;
        let normal = (corners[1] - corners[0]).cross(corners[2] - corners[0]).normalize_or_zero();
        for corner in corners {
            primitive.positions.push(corner.to_array());
            primitive.normals.push(normal.to_array());
        }
        primitive.indices.extend([0, 1, 2, 0, 2, 3].map(|n| first + n));
    }
    let mesh = Mesh { name: "Quads".into(), primitives: vec![primitive], ..Mesh::default() };
    let node = Node {
        name: "Quads".into(),
        parent: None,
        local: Transform::IDENTITY,
        mesh: Some(0),
        skin: None,
        morph_weights: Vec::new(),
    };
    let material = Material { is_double_sided: true, base_color: [DARK, DARK, DARK, 1.0], ..matt() };
    Avatar { materials: vec![material], meshes: vec![mesh], nodes: vec![node], ..Avatar::default() }
}

/// A quad on the floor from `low` to `high`.
fn floor(low: (f32, f32), high: (f32, f32)) -> [Vec3; 4] {
    let at = |x: f32, z: f32| Vec3::new(x, 0.0, z);
    [at(low.0, low.1), at(low.0, high.1), at(high.0, high.1), at(high.0, low.1)]
}

const SIDE: u32 = 256;

/// Looks straight down on the square of `half` metres to each side around `middle`.
fn from_above(middle: Vec3, half: f32, environment: Environment, lights: Vec<Light>) -> Frame {
    let eye = middle + Vec3::Y * FAR;
    let camera = Camera { eye, target: middle, fov_y: 2.0 * libm::atanf(half / FAR), near: 1.0, far: 100.0 };
    let actor =
        Actor { world_from_node: vec![Mat4::IDENTITY], morph_weights: vec![Vec::new()], ..Actor::default() };
    Frame { camera, actors: vec![actor], ..frame(environment, lights) }
}

fn rows(gpu: &Gpu, quality: Quality, avatar: &Avatar, frame: &Frame) -> Vec<Vec<f32>> {
    let mut renderer = Renderer::new(gpu, quality, Renderer::PICTURE_FORMAT);
    renderer.upload(avatar);
    let rgba = renderer.picture(frame, SIDE, SIDE).unwrap().rgba;
    // Straight down, +Z is up in the picture, and +X is on the left.
    let row = |line: &[u8]| line.chunks_exact(4).rev().map(|p| linear(p[1])).collect();
    rgba.chunks_exact(SIDE as usize * 4).map(row).collect()
}

#[test]
fn a_corner_is_as_dark_as_the_wall_hides_of_the_sky() {
    let Some(gpu) = gpu() else { return };
    // A long low step along z at x = 0, seen from above; the floor before it sees half of the sky and what the step leaves of the
    // other half.
    let height = 0.06f32;
    let (a, b) = (Vec3::new(0.0, 0.0, -1.0), Vec3::new(0.0, 0.0, 1.0));
    let wall = [a, b, b + Vec3::Y * height, a + Vec3::Y * height];
    let top = floor((0.0, -1.0), (1.0, 1.0)).map(|corner| corner + Vec3::Y * height);
    let avatar = quads(&[floor((-1.0, -1.0), (1.0, 1.0)), wall, top]);
    let view = from_above(Vec3::ZERO, 0.16, uniform(2.5), Vec::new());
    for quality in [Quality::High, Quality::Ultra] {
        let rows = rows(&gpu, quality, &avatar, &view);
        let at = |x: f32| {
            let column = ((x / 0.16 * 0.5 + 0.5) * SIDE as f32) as usize;
            let tile = |row: usize| rows[row][column - 2..=column + 2].iter().sum::<f32>() / 5.0;
            (100..156).map(tile).sum::<f32>() / 56.0
        };
        for distance in [0.02f32, 0.03, 0.04, 0.06] {
            // Of the hemisphere, weighted by the cosine, an endless wall of this height hides so much; what it hides of the light
            // comes back in part, as the light bounces (the shader's own fit).
            let open = 0.5 * (1.0 + distance / (distance * distance + height * height).sqrt());
            let (a, b, c) = (2.0404 * DARK - 0.3324, -4.7951 * DARK + 0.6417, 2.7552 * DARK + 0.6903);
            let bounced = f32::max(open, ((open * a + b) * open + c) * open);
            let wanted = DARK * 2.5 * bounced;
            let found = at(-distance);
            println!("{quality:?} at {distance}: {found} for {wanted} ({open} open)");
            assert!((found / wanted - 1.0).abs() < 0.1, "{quality:?} at {distance}: {found} for {wanted}");
        }
        let far = at(-0.14).min(at(0.1));
        assert!((far / (DARK * 2.5) - 1.0).abs() < 0.01, "{quality:?}: {far} far from the wall");
    }
}

#[test]
fn a_ball_hides_nothing_of_its_own_sky() {
    let Some(gpu) = gpu() else { return };
    for quality in [Quality::High, Quality::Ultra] {
        let drawn = draw(&gpu, quality, matt(), &frame(uniform(0.6), Vec::new()));
        for (x, y) in [(0.0, 0.0), (0.5, 0.0), (0.0, 0.7), (-0.6, 0.6), (0.9, 0.0), (0.0, -0.9)] {
            let found = drawn.at(x, y) / 0.48;
            assert!((found - 1.0).abs() < 0.01, "{quality:?} at {x} {y}: {found}");
        }
    }
}

#[test]
fn a_shadow_is_sharp_where_it_begins_and_soft_far_away() {
    let Some(gpu) = gpu() else { return };
    // A post of 1.2 m, thin along x, and light that comes from the left at 45 degrees: its shadow runs along +x.
    let post = |z: f32| {
        let (low, high) = (Vec3::new(0.0, 0.0, z), Vec3::new(0.0, 1.2, z));
        let wide = Vec3::Z * 0.4;
        [low, low + wide, high + wide, high]
    };
    let avatar = quads(&[floor((-1.0, -1.5), (2.0, 1.5)), post(-0.2)]);
    let radius = 0.05f32;
    let light = Light {
        kind: LightKind::Directional,
        towards: Vec3::new(-1.0, 1.0, 0.0).normalize_or_zero(),
        radiance: Vec3::splat(3.5),
        angular_radius: radius,
        casts_shadow: true,
    };
    let width = |quality: Quality, x: f32| {
        let view = from_above(Vec3::new(0.6, 0.0, 0.0), 0.6, uniform(0.5), vec![light]);
        let rows = rows(&gpu, quality, &avatar, &view);
        let column = (((x - 0.6) / 0.6 * 0.5 + 0.5) * SIDE as f32) as usize;
        // Across one edge of the shadow, in the mean of some columns: from nearly dark to nearly lit.
        let line: Vec<f32> = rows
            .iter()
            .take(SIDE as usize / 2)
            .map(|row| row[column - 4..=column + 4].iter().sum::<f32>() / 9.0)
            .collect();
        let (dark, lit) = (line[SIDE as usize / 2 - 1], line[2]);
        assert!(lit > dark * 2.0, "{quality:?} at {x}: {dark} {lit}");
        let between =
            line.iter().filter(|&&v| v > dark + (lit - dark) * 0.1 && v < dark + (lit - dark) * 0.9);
        between.count() as f32 / SIDE as f32 * 1.2
    };
    for quality in [Quality::High, Quality::Ultra] {
        let (near, far) = (width(quality, 0.12), width(quality, 0.95));
        // The edge of a disc's shadow, from a tenth to nine tenths, is 0.69 of the disc wide.
        let wanted = 2.0 * libm::tanf(radius) * 0.95 * std::f32::consts::SQRT_2 * 0.69;
        println!("{quality:?}: {near} m near, {far} m far, for {wanted}");
        assert!(far > near * 2.0, "{quality:?}: {near} near, {far} far");
        assert!((far / wanted - 1.0).abs() < 0.4, "{quality:?}: {far} for {wanted}");
    }
}

#[test]
fn light_of_what_is_behind_comes_around_the_outline() {
    let Some(gpu) = gpu() else { return };
    const LARGE: u32 = 512;
    let before = |quality: Quality, wall: f32| {
        let mut frame = frame(uniform(0.25), Vec::new());
        let wall = Vec3::splat(wall);
        frame.backdrop = Backdrop::Studio { center: wall, rim: wall, floor: -10.0 };
        let mut renderer = Renderer::new(&gpu, quality, Renderer::PICTURE_FORMAT);
        renderer.upload(&sphere(matt()));
        let rgba = renderer.picture(&frame, LARGE, LARGE).unwrap().rgba;
        move |x: f32, y: f32| {
            let place = |v: f32| (LARGE as f32 * (0.5 + v / 2.4)) as usize;
            linear(rgba[(place(-y) * LARGE as usize + place(x)) * 4 + 1])
        }
    };
    for quality in [Quality::High, Quality::Ultra] {
        let (dark, bright) = (before(quality, 0.0), before(quality, 0.9));
        let more = |x: f32, y: f32| bright(x, y) - dark(x, y);
        for (x, y) in [(0.98, 0.0), (-0.98, 0.0), (0.0, 0.98), (0.69, -0.69)] {
            println!("{quality:?} at {x} {y}: {} more", more(x, y));
            assert!((0.01..0.15).contains(&more(x, y)), "{quality:?} at {x} {y}: {}", more(x, y));
        }
        for (x, y) in [(0.0, 0.0), (0.9, 0.0), (0.0, -0.9)] {
            assert!(more(x, y).abs() < 1e-4, "{quality:?} at {x} {y}: {}", more(x, y));
        }
    }
    let (dark, bright) = (before(Quality::Medium, 0.0), before(Quality::Medium, 0.9));
    assert!((dark(0.9, 0.0) - bright(0.9, 0.0)).abs() < 1e-4, "not in the tiers without a GPU");
}

/// What a timeline whose stage says `stage` gives, or why not.
fn staged(stage: &str, picture: &[u8]) -> Result<Environment, String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("hall.hdr"), picture).unwrap();
    let text = format!("{{\"version\": \"1.2\", \"duration\": 1, \"stage\": {{{stage}}}}}");
    let file = folder.path().join("a.timeline.json");
    std::fs::write(&file, text).unwrap();
    let request = Request { input: file.display().to_string(), ..Request::default() };
    let production = Production::load(&request, &Job::silent()).map_err(|e| e.to_string())?;
    Ok(production.performance.first_frame(1.0).environment)
}

#[test]
fn a_script_names_its_surroundings() {
    let own = Lighting::Studio.environment(Vec3::Z);
    assert_eq!(staged("", &[]).unwrap(), own);
    assert_eq!(
        staged("\"environment\": \"daylight\"", &[]).unwrap(),
        Lighting::Daylight.environment(Vec3::Z)
    );
    let found = staged("\"environment\": \"hall.hdr\", \"environment_turn\": 90", &hdr()).unwrap();
    assert!((found.turn - std::f32::consts::FRAC_PI_2).abs() < 1e-6);
    assert_eq!(found.sky, Sky::Panorama(Arc::new(Panorama::read(&hdr(), "a").unwrap())));
    let luminance = |c: Vec3| c.dot(Vec3::new(0.2126, 0.7152, 0.0722));
    let mean = |e: &Environment| match &e.sky {
        Sky::Panorama(panorama) => luminance(panorama.mean()) * e.intensity,
        _ => luminance(e.zonal()[0]),
    };
    assert!((mean(&found) / mean(&own) - 1.0).abs() < 1e-3, "as bright on average");
    for (name, why) in [
        ("lost.hdr", "'lost.hdr' is not there"),
        ("../hall.hdr", "leads out of its folder"),
        ("/etc/hostname", "absolute"),
        ("hall.hdr", "neither a Radiance nor an OpenEXR picture"),
    ] {
        let told = staged(&format!("\"environment\": \"{name}\""), b"P6").unwrap_err();
        assert!(told.contains(why), "{name}: {told}");
    }
    let told = staged("\"environment_turn\": 400", &[]).unwrap_err();
    assert!(told.contains("400 is not in -360..=360 degrees"), "{told}");
}
