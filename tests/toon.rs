//! Toon shading: pixels against the formulas of `VRMC_materials_mtoon-1.0`.

use glam::{Mat4, Vec3};
use rhetor::avatar::*;
use rhetor::frame::{Actor, Frame, MaterialOverride};
use rhetor::render::{Gpu, GpuOptions, Quality, Renderer};
use rhetor::stage::{Backdrop, Camera, Environment, Light as StageLight, LightKind, Look};
use std::f32::consts::{PI, TAU};

const SIZE: u32 = 256;

/// A square of 2 m that fills the picture, whose normals are all `normal`.
fn square(z: f32, normal: Vec3, material: usize) -> Primitive {
    Primitive {
        positions: vec![[-1.0, -1.0, z], [1.0, -1.0, z], [1.0, 1.0, z], [-1.0, 1.0, z]],
        normals: vec![normal.normalize_or_zero().to_array(); 4],
        uvs: [vec![[0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]], Vec::new()],
        indices: vec![0, 1, 2, 0, 2, 3],
        material: Some(material),
        ..Primitive::default()
    }
}

/// A ball around the origin.
fn ball(radius: f32) -> Primitive {
    let (rows, columns) = (24u32, 48u32);
    let mut out = Primitive { material: Some(0), ..Primitive::default() };
    for row in 0..=rows {
        for column in 0..=columns {
            let turn = |part: u32, of: u32, whole: f32| {
                let angle = part as f32 / of as f32 * whole;
                (libm::sinf(angle), libm::cosf(angle))
            };
            let (a, b) = (turn(row, rows, PI), turn(column, columns, TAU));
            let normal = Vec3::new(a.0 * b.0, a.1, a.0 * b.1);
            out.normals.push(normal.to_array());
            out.positions.push((normal * radius).to_array());
            if row < rows && column < columns {
                let first = row * (columns + 1) + column;
                let below = first + columns + 1;
                out.indices.extend([first, below, first + 1, first + 1, below, below + 1]);
            }
        }
    }
    out
}

fn image(width: u32, texels: &[[u8; 4]]) -> Image {
    Image {
        name: String::new(),
        width,
        height: texels.len() as u32 / width,
        texels: Texels::new(texels.concat()),
        universal: None,
    }
}

fn texture(image: usize) -> TextureRef {
    let sampler = Sampler { mag: Filter::Nearest, min: Filter::Nearest, ..Sampler::default() };
    TextureRef { image, sampler, uv_set: 0, offset: [0.0; 2], rotation: 0.0, scale: [1.0; 2] }
}

fn material(base: [f32; 3], toon: Toon) -> Material {
    let [r, g, b] = base;
    Material { base_color: [r, g, b, 1.0], toon: Some(toon), ..Material::default() }
}

/// What is drawn, with what, under which light.
struct Scene {
    avatar: Avatar,
    frame: Frame,
}

impl Scene {
    /// One light from +Z, half as bright as white, in the dark.
    fn new(primitives: Vec<Primitive>, materials: Vec<Material>, images: Vec<Image>) -> Self {
        let node = Node {
            name: String::new(),
            parent: None,
            local: Transform::IDENTITY,
            mesh: Some(0),
            skin: None,
            morph_weights: Vec::new(),
        };
        let mesh = Mesh { primitives, ..Mesh::default() };
        let light = StageLight {
            kind: LightKind::Directional,
            towards: Vec3::Z,
            radiance: Vec3::splat(0.5),
            angular_radius: 0.0,
            casts_shadow: false,
        };
        let dark = Vec3::ZERO;
        Self {
            avatar: Avatar { nodes: vec![node], meshes: vec![mesh], materials, images, ..Avatar::default() },
            frame: Frame {
                actors: vec![Actor { world_from_node: vec![Mat4::IDENTITY], ..Actor::default() }],
                // A view of 2 m at the origin.
                camera: Camera {
                    eye: Vec3::new(0.0, 0.0, 40.0),
                    target: Vec3::ZERO,
                    fov_y: 2.0 * (1.0f32 / 40.0).atan(),
                    near: 1.0,
                    far: 100.0,
                },
                lights: vec![light],
                environment: Environment::gradient(dark, dark, dark, 1.0),
                backdrop: Backdrop::Color(Vec3::ZERO),
                overlays: Vec::new(),
                look: Look::default(),
            },
        }
    }

    /// All pixels, on the tier named.
    fn pixels(&self, quality: Quality) -> Vec<[u8; 3]> {
        let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
        let mut renderer = Renderer::new(&gpu, quality, Renderer::PICTURE_FORMAT);
        renderer.upload(&self.avatar);
        let picture = renderer.picture(&self.frame, SIZE, SIZE).unwrap();
        picture.rgba.as_chunks::<4>().0.iter().map(|[r, g, b, _]| [*r, *g, *b]).collect()
    }

    /// A pixel by its place, fractions of the picture.
    fn at(&self, x: f32, y: f32) -> [u8; 3] {
        let place = |c: f32| (c * SIZE as f32) as usize;
        self.pixels(Quality::Medium)[place(y) * SIZE as usize + place(x)]
    }
}

/// The codes of a linear colour after the tone mapper, below where that compresses.
fn codes(linear: Vec3) -> [u8; 3] {
    let least = linear.min_element();
    let offset = if least < 0.08 { least - 6.25 * least * least } else { 0.04 };
    assert!(linear.max_element() - offset < 0.76, "a colour that is compressed: {linear}");
    (linear - offset).to_array().map(|c| {
        let code = if c <= 0.003_130_8 { c * 12.92 } else { 1.055 * libm::powf(c, 1.0 / 2.4) - 0.055 };
        (code * 255.0).round() as u8
    })
}

fn assert_near(found: [u8; 3], wanted: Vec3, what: &str) {
    let codes = codes(wanted);
    let off = found.iter().zip(&codes).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
    assert!(off <= 2, "{what}: {found:?}, and the formula says {codes:?}");
}

const LIT: [f32; 3] = [0.9, 0.6, 0.5];
const SHADE: [f32; 3] = [0.3, 0.2, 0.6];

fn toon() -> Toon {
    Toon { shade_color: SHADE, ..Toon::default() }
}

#[test]
fn a_surface_is_shaded_as_the_specification_says() {
    if !crate::common::has_gpu() {
        return;
    }
    let images = || vec![image(1, &[[128, 255, 64, 255]])];
    for (toony, shift, has_maps) in
        [(0.9, 0.0, false), (0.5, 0.1, false), (0.0, -0.3, true), (1.0, 0.0, false)]
    {
        for angle in [0.0f32, 60.0, 85.0, 100.0, 150.0] {
            let (sin, cos) = (libm::sinf(angle.to_radians()), libm::cosf(angle.to_radians()));
            let toon = Toon {
                shading_toony: toony,
                shading_shift: shift,
                shading_shift_texture: has_maps.then(|| (texture(0), 0.4)),
                shade_texture: has_maps.then(|| texture(0)),
                ..toon()
            };
            let surface = square(0.0, Vec3::new(sin, 0.0, cos), 0);
            let scene = Scene::new(vec![surface], vec![material(LIT, toon)], images());
            let map = if has_maps { 128.0 / 255.0 * 0.4 } else { 0.0 };
            let ramp = (cos + shift + map - (toony - 1.0)) / (2.0 - 2.0 * toony).max(1e-4);
            let texel = Vec3::new(0.215_86, 1.0, 0.051_27);
            let shade = Vec3::from(SHADE) * if has_maps { texel } else { Vec3::ONE };
            let wanted = shade.lerp(Vec3::from(LIT), ramp.clamp(0.0, 1.0)) * 0.5;
            assert_near(
                scene.at(0.5, 0.5),
                wanted,
                &format!("toony {toony}, shift {shift}, {angle} degrees"),
            );
        }
    }
}

#[test]
fn surroundings_are_evened_out_and_a_bright_stage_does_not_bleach() {
    if !crate::common::has_gpu() {
        return;
    }
    let lit_from = |normal: Vec3, gi_equalization: f32| {
        let toon = Toon { gi_equalization, ..toon() };
        let mut scene = Scene::new(vec![square(0.0, normal, 0)], vec![material(LIT, toon)], Vec::new());
        scene.frame.lights.clear();
        scene.frame.environment.zenith = Vec3::splat(0.6);
        scene.frame.environment.horizon = Vec3::splat(0.3);
        scene
    };
    let [up, down] = [Vec3::Y, Vec3::NEG_Y].map(|n| lit_from(n, 1.0).at(0.5, 0.5));
    assert_eq!(up, down);
    let [up, down] = [Vec3::Y, Vec3::NEG_Y].map(|n| lit_from(n, 0.0).at(0.5, 0.5));
    assert!(up[0] > down[0] + 20, "{up:?} {down:?}");
    let mut bright = lit_from(Vec3::Z, 1.0);
    bright.frame.environment.zenith = Vec3::splat(4.0);
    bright.frame.environment.horizon = Vec3::splat(4.0);
    bright.frame.environment.nadir = Vec3::splat(4.0);
    bright.avatar.materials = vec![material([0.7, 0.5, 0.4], toon())];
    assert_near(bright.at(0.5, 0.5), Vec3::new(0.7, 0.5, 0.4), "in much light");
}

#[test]
fn rim_matcap_and_emission_are_added() {
    if !crate::common::has_gpu() {
        return;
    }
    let images = vec![image(1, &[[255, 128, 255, 255]]), image(2, &[[255, 0, 0, 255], [0, 0, 255, 255]])];
    let rim = Toon {
        rim_color: [0.4, 0.5, 0.2],
        rim_fresnel_power: 2.0,
        rim_lift: 0.3,
        rim_lighting_mix: 0.5,
        rim_texture: Some(texture(0)),
        matcap_texture: Some(texture(1)),
        matcap_factor: [0.2, 0.2, 0.1],
        ..toon()
    };
    for side in [-1.0f32, 1.0] {
        let normal = Vec3::new(0.6 * side, 0.0, 0.8);
        let mut lamp = material(LIT, rim.clone());
        lamp.emissive = [0.0, 0.1, 0.05];
        let scene = Scene::new(vec![square(0.0, normal, 0)], vec![lamp], images.clone());
        let fresnel = (1.0f32 - 0.8 + 0.3).powi(2);
        let cap = if side < 0.0 { Vec3::new(0.2, 0.0, 0.0) } else { Vec3::new(0.0, 0.0, 0.1) };
        let rim = (Vec3::new(0.4, 0.5, 0.2) * fresnel + cap) * Vec3::new(1.0, 0.215_86, 1.0) * 0.75;
        let wanted = Vec3::from(LIT) * 0.5 + Vec3::new(0.0, 0.1, 0.05) + rim;
        assert_near(scene.at(0.5, 0.5), wanted, &format!("leaning to {side}"));
    }
}

#[test]
fn expressions_change_a_toons_colours() {
    if !crate::common::has_gpu() {
        return;
    }
    let toon = Toon { rim_fresnel_power: 0.0, rim_lighting_mix: 0.0, ..toon() };
    let mut scene = Scene::new(vec![square(0.0, Vec3::NEG_Z, 0)], vec![material(LIT, toon)], Vec::new());
    assert_near(scene.at(0.5, 0.5), Vec3::from(SHADE) * 0.5, "the shade");
    let own = MaterialOverride::unchanged(0, &scene.avatar.materials[0]);
    let change = MaterialOverride { shade_color: [0.6; 3], rim_color: [0.1, 0.2, 0.3], ..own };
    scene.frame.actors[0].material_overrides = vec![change];
    assert_near(scene.at(0.5, 0.5), Vec3::new(0.4, 0.5, 0.6), "another shade and a rim");
}

#[test]
fn what_faces_the_light_does_not_shade_itself_on_any_tier() {
    if !crate::common::has_gpu() {
        return;
    }
    let mut scene = Scene::new(vec![ball(0.5)], vec![material(LIT, toon())], Vec::new());
    let light = &mut scene.frame.lights[0];
    light.towards = Vec3::new(-0.5, 0.6, 0.62).normalize_or_zero();
    light.angular_radius = 0.12;
    light.casts_shadow = true;
    for (name, quality) in Quality::ALL {
        let found = scene.pixels(*quality)[(SIZE * SIZE / 2 + SIZE / 2) as usize];
        let wanted = codes(Vec3::from(LIT) * 0.5);
        let off = found.iter().zip(&wanted).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
        assert!(off <= 6, "{name}: {found:?}, and lit it is {wanted:?}");
    }
}

/// Pixels of a colour in the middle row's left half.
fn line_width(scene: &Scene, quality: Quality, is_line: fn(&[u8; 3]) -> bool) -> usize {
    let start = (SIZE * SIZE / 2) as usize;
    scene.pixels(quality)[start..start + SIZE as usize / 2].iter().filter(|p| is_line(p)).count()
}

#[test]
fn outlines_are_as_wide_as_asked_for() {
    if !crate::common::has_gpu() {
        return;
    }
    let is_green = |p: &[u8; 3]| p[1] > 150 && p[0] < 120;
    let wide = |width_mode: OutlineWidth, width: f32, share: u8| {
        let outline = Outline {
            width_mode,
            width,
            width_texture: Some(texture(0)),
            color: [0.0, 0.7, 0.0],
            lighting_mix: 0.0,
        };
        let toon = Toon { outline, ..toon() };
        Scene::new(vec![ball(0.5)], vec![material(LIT, toon)], vec![image(1, &[[0, share, 0, 255]])])
    };
    for quality in [Quality::Low, Quality::High] {
        // 128 pixels a metre.
        let world = line_width(&wide(OutlineWidth::World, 0.1, 255), quality, is_green);
        assert!((12..=14).contains(&world), "0.1 m are {world} pixels");
        let mut screen = wide(OutlineWidth::Screen, 0.05, 255);
        let near = line_width(&screen, quality, is_green);
        screen.frame.camera.eye.z = 60.0;
        let far = line_width(&screen, quality, is_green);
        assert!((12..=14).contains(&near) && (12..=14).contains(&far), "5 % are {near} and {far} pixels");
        let half = line_width(&wide(OutlineWidth::World, 0.1, 128), quality, is_green);
        assert!((6..=7).contains(&half), "half of 0.1 m are {half} pixels");
    }
    assert_eq!(line_width(&wide(OutlineWidth::None, 0.1, 255), Quality::Low, is_green), 0);
    let mut lit = wide(OutlineWidth::World, 0.1, 255);
    if let Some(toon) = &mut lit.avatar.materials[0].toon {
        toon.outline.lighting_mix = 1.0;
        toon.outline.color = [1.0, 1.0, 0.0];
    }
    let edge = lit.at(0.25 - 6.0 / 256.0, 0.5);
    assert!(edge[0] > 60 && edge[2] < 30, "the surface's light times yellow: {edge:?}");
}

#[test]
fn blended_toons_are_drawn_in_their_order() {
    if !crate::common::has_gpu() {
        return;
    }
    let blended = |color: [f32; 3], is_transparent_with_z_write: bool, render_queue_offset: i32| Material {
        alpha_mode: AlphaMode::Blend,
        ..material(color, Toon { is_transparent_with_z_write, render_queue_offset, ..toon() })
    };
    let is_near_seen = |near: Material, far: Material| {
        let both = vec![square(0.1, Vec3::Z, 0), square(0.0, Vec3::Z, 1)];
        let [r, g, _] = Scene::new(both, vec![near, far], Vec::new()).at(0.5, 0.5);
        r > g
    };
    let (red, green) = ([0.9, 0.0, 0.0], [0.0, 0.9, 0.0]);
    assert!(is_near_seen(blended(red, false, 0), blended(green, false, 0)), "farthest first");
    assert!(!is_near_seen(blended(red, false, -1), blended(green, false, 0)), "the queue comes first");
    assert!(is_near_seen(blended(red, true, 0), blended(green, false, 0)), "depth was written");
    assert!(
        is_near_seen(blended(red, false, -9), blended(green, true, 9)),
        "those that write depth come first"
    );
}

#[test]
fn texture_coordinates_move_with_the_frames_seconds() {
    if !crate::common::has_gpu() {
        return;
    }
    let seen = |scroll: [f32; 2], rotation: f32, mask: Option<u8>, secs: f64| {
        let images = vec![
            image(2, &[[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255], [0, 0, 0, 255]]),
            image(1, &[[0, 0, mask.unwrap_or(0), 255]]),
        ];
        let uv_animation = UvAnimation { mask_texture: mask.map(|_| texture(1)), scroll, rotation };
        let mut surface = material([1.0; 3], Toon { uv_animation, ..toon() });
        surface.base_color_texture = Some(texture(0));
        let mut scene = Scene::new(vec![square(0.0, Vec3::Z, 0)], vec![surface], images);
        scene.frame.actors[0].material_secs = secs;
        let pixel = scene.at(0.25, 0.25);
        "rgb-".chars().nth(pixel.iter().position(|c| *c > 100).unwrap_or(3)).unwrap()
    };
    let quarter = std::f32::consts::FRAC_PI_2;
    assert_eq!(seen([0.25, 0.0], 0.0, None, 0.0), 'r');
    assert_eq!(seen([0.25, 0.0], 0.0, None, 2.0), 'g', "u grows");
    assert_eq!(seen([0.0, 0.25], 0.0, None, 2.0), 'b', "v grows");
    assert_eq!(seen([0.25, 0.0], 0.0, Some(0), 2.0), 'r', "masked");
    // As by KHR_texture_transform, u' = u cos r + v sin r: the upper left is now where the lower left was.
    assert_eq!(seen([0.0; 2], quarter, None, 1.0), 'b');
    assert_eq!(seen([0.0; 2], quarter, None, 3.0), 'g');
    assert_eq!(seen([0.0; 2], quarter, Some(255), 4.0), 'r');
}
