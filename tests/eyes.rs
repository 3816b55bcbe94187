//! Eyes: what is measured of them at rest, and how deep the iris lies in the picture.

use crate::common::has_gpu;
use crate::spheres::{sphere, uniform};
use glam::{Mat4, Quat, Vec3};
use rhetor::avatar::{Avatar, Image, Material, Surface, Texels, TextureRef, Transform};
use rhetor::frame::{Actor, Frame};
use rhetor::host::load_rigged;
use rhetor::import::Options;
use rhetor::render::{Gpu, GpuOptions, Quality, Renderer};
use rhetor::rig::{Rig, measure_surfaces};
use rhetor::stage::Camera;

const SIZE: u32 = 256;
/// Metres.
const BALL: f32 = 0.012;
/// In radii of the ball, and so far of it in the texture.
const IRIS: f32 = 0.5;
const PUPIL: f32 = 0.2;
const IN_TEXTURE: f32 = 0.4;

/// A black pupil in a grey iris in a white ball, seen from before it.
fn picture() -> Image {
    let texel = |at: u32| {
        let place = |v: u32| (v as f32 + 0.5) / SIZE as f32 - 0.5;
        let out = libm::hypotf(place(at % SIZE), place(at / SIZE)) / IN_TEXTURE;
        let code = if out < PUPIL {
            0
        } else if out < IRIS {
            110
        } else {
            235
        };
        [code, code, code, 255]
    };
    let texels = (0..SIZE * SIZE).flat_map(texel).collect();
    let texels = Texels::new(texels);
    Image { name: "Eye".into(), width: SIZE, height: SIZE, texels, universal: None }
}

/// Two eyes that look along +Z.
fn eyes(surface: Surface) -> Avatar {
    let texture = TextureRef {
        image: 0,
        sampler: Default::default(),
        uv_set: 0,
        offset: [0.0; 2],
        rotation: 0.0,
        scale: [1.0; 2],
    };
    let material =
        Material { surface, metallic: 0.0, base_color_texture: Some(texture), ..Material::default() };
    let mut avatar = sphere(material);
    let one = &mut avatar.meshes[0].primitives[0];
    one.uvs[0] = one.positions.iter().map(|[x, y, _]| [0.5 + x * IN_TEXTURE, 0.5 - y * IN_TEXTURE]).collect();
    one.positions.iter_mut().for_each(|p| *p = p.map(|c| c * BALL));
    let node = avatar.nodes[0].clone();
    avatar.nodes = [0.032, -0.032]
        .map(|x| rhetor::avatar::Node {
            local: Transform { translation: Vec3::new(x, 0.0, 0.0), ..Transform::IDENTITY },
            ..node.clone()
        })
        .to_vec();
    // Each eye has a mesh of its own: where a vertex lies on its eye is the mesh's.
    avatar.meshes.push(avatar.meshes[0].clone());
    avatar.nodes[1].mesh = Some(1);
    avatar.images = vec![picture()];
    avatar
}

#[test]
fn the_iris_is_found_in_its_picture() {
    let mut avatar = eyes(Surface::Eye);
    let rig = Rig::resolve(&avatar);
    measure_surfaces(&mut avatar, &rig);
    let shape = avatar.materials[0].eye.expect("no iris was found");
    // A step of one radius to the eye's left, which is where +X lies, and one up.
    let step = IRIS * IN_TEXTURE;
    for steps in shape.uv_steps {
        for (found, right) in steps.into_iter().zip([step, 0.0, 0.0, -step]) {
            assert!((found - right).abs() < step * 0.08, "{steps:?}, a step is {step}");
        }
    }
    for mesh in &avatar.meshes {
        let primitive = &mesh.primitives[0];
        for (place, disc) in primitive.positions.iter().zip(&primitive.relief).filter(|(p, _)| p[2] > 0.0) {
            let right = [place[0] / BALL / IRIS, place[1] / BALL / IRIS];
            assert!((0..2).all(|k| (disc[k] - right[k]).abs() < 0.1), "{place:?}: {disc:?}, not {right:?}");
        }
    }
}

#[test]
fn bundled_and_found_avatars_have_eyes_with_lids() {
    let mut names = vec!["thalia".to_owned()];
    if let Some(folder) = crate::common::folder("AVATARS") {
        let file = |name: &str| folder.join(name).display().to_string();
        names.extend([file("rpm_brunette-t.glb"), file("rpm_64f1a714.glb")]);
    }
    for name in names {
        let avatar = load_rigged(&name, None, &[], Options::default()).unwrap().imported.avatar;
        let eye = avatar.materials.iter().find_map(|m| m.eye).unwrap_or_else(|| panic!("{name}: no iris"));
        assert!(eye.lids.iter().all(|height| (0.2..1.6).contains(height)), "{name}: {:?}", eye.lids);
        let wet = avatar.meshes.iter().flat_map(|m| &m.primitives).filter(|p| {
            p.material.and_then(|m| avatar.materials.get(m)).is_some_and(|m| m.surface == Surface::Skin)
        });
        assert!(wet.flat_map(|p| &p.relief).any(|r| r[0] > 0.5), "{name}: no lid is wet");
    }
}

/// How far right the middle of the pupil is, in radii of the iris, seen from `degrees` to the eye's left.
fn pupil(gpu: &Gpu, avatar: &Avatar, degrees: f32) -> f32 {
    let middle = Vec3::new(0.032, 0.0, 0.0);
    let eye = middle + Quat::from_rotation_y(degrees.to_radians()) * Vec3::Z;
    let tall = BALL * 2.4;
    let camera = Camera { eye, target: middle, fov_y: tall, near: 0.1, far: 10.0 };
    let world = |x: f32| Mat4::from_translation(Vec3::new(x, 0.0, 0.0));
    let actor = Actor {
        world_from_node: vec![world(0.032), world(-0.032)],
        morph_weights: vec![Vec::new(); 2],
        ..Actor::default()
    };
    let frame: Frame =
        Frame { actors: vec![actor], camera, ..crate::spheres::frame(uniform(0.9), Vec::new()) };
    let mut renderer = Renderer::new(gpu, Quality::High, Renderer::PICTURE_FORMAT);
    renderer.upload(avatar);
    let picture = renderer.picture(&frame, SIZE, SIZE).unwrap();
    let dark = picture.rgba.chunks(4).enumerate().filter(|(at, texel)| {
        let (x, y) = (*at as i32 % SIZE as i32 - 128, *at as i32 / SIZE as i32 - 128);
        texel[1] < 70 && x * x + y * y < 90 * 90
    });
    let columns: Vec<f32> = dark.map(|(at, _)| (at as u32 % SIZE) as f32 + 0.5 - SIZE as f32 * 0.5).collect();
    assert!(columns.len() > 50, "no pupil is seen");
    columns.iter().sum::<f32>() / columns.len() as f32 / SIZE as f32 * tall / (IRIS * BALL)
}

/// How far right the middle of the pupil is seen for lying half a radius of the iris behind the top of the cornea (Gullstrand's
/// schematic eye: 3 of 6 mm, an index of 1.336, a front of 7.8 mm on a ball of 12), radii of the iris: the place on the ball whose ray,
/// bent at the front, meets the middle, as it is seen from `angle` aside.
fn moved_by_depth(angle: f32) -> f32 {
    let ball = 1.0 / IRIS;
    let (sin, cos) = (libm::sinf(angle), libm::cosf(angle));
    let height = |x: f32| libm::sqrtf(ball * ball - x * x);
    // By how much the ray that enters at `x` misses the middle. The front is as much steeper as its radius is smaller.
    let miss = |x: f32| {
        let front = libm::asinf(x / ball * 12.0 / 7.8);
        let inside = front + libm::asinf(libm::sinf(angle - front) / 1.336);
        x - libm::tanf(inside) * 0.5 * (1.0 - x * x)
    };
    let (mut low, mut high) = (0.0f32, 0.8);
    for _ in 0..40 {
        let middle = (low + high) * 0.5;
        if miss(middle) < 0.0 { low = middle } else { high = middle }
    }
    low * cos - height(low) * sin + ball * sin
}

#[test]
fn the_iris_lies_behind_the_surface() {
    if !has_gpu() {
        return;
    }
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    let painted = eyes(Surface::Eye);
    let mut deep = painted.clone();
    let rig = Rig::resolve(&deep);
    measure_surfaces(&mut deep, &rig);
    let (before, after) = (pupil(&gpu, &painted, 0.0), pupil(&gpu, &deep, 0.0));
    assert!((before - after).abs() < 0.03, "seen from before it moved from {before} to {after}");
    for degrees in [25.0f32, 40.0] {
        let (flat, seen) = (pupil(&gpu, &painted, degrees), pupil(&gpu, &deep, degrees));
        let (moved, right) = (seen - flat, moved_by_depth(degrees.to_radians()));
        println!("{degrees} degrees: moved by {moved} for {right}");
        assert!((moved / right - 1.0).abs() < 0.2, "{degrees} degrees: moved by {moved}, not {right}");
    }
}
