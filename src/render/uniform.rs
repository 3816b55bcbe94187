//! A frame's camera, lights and backdrop in the shaders' form.

use super::bounds::Bounds;
use super::finish::film;
use super::layout::{FrameLight, FrameUniform, MOST_LIGHTS};
use super::lights::frame_light;
use super::region::Region;
use super::shadow::ShadowView;
use crate::frame::Frame;
use crate::stage::{Backdrop, Harmonics, Light};
use bytemuck::Zeroable;
use glam::Mat4;

/// How far away what hides the surroundings counts, in sizes of the actors.
const OCCLUSION_REACH: f32 = 0.1;

/// The uniform of `frame` under the lights `used` and light from all around for a picture of `size` pixels, `scale` times as many
/// as the target has, whose actors fill `bounds` and of which `part` is drawn into attachments of its own;
/// `weighted` is what [`Renderer::weighted_range`](super::Renderer::weighted_range) finds.
pub(super) fn frame_uniform(
    frame: &Frame,
    (used, harmonics): (&[Light], &Harmonics),
    (size, scale): ((u32, u32), [f32; 2]),
    part: &Region,
    bounds: &Bounds,
    (shadow, weighted): (Option<&ShadowView>, [f32; 2]),
    caster: Option<usize>,
) -> FrameUniform {
    let clip_from_world = clip_from_world(frame, size);
    let mut lights = [FrameLight::zeroed(); MOST_LIGHTS];
    for (n, (place, light)) in lights.iter_mut().zip(used).enumerate() {
        *place = frame_light(light, shadow.is_some() && caster == Some(n));
    }
    let (center, rim, floor) = match frame.backdrop {
        Backdrop::Studio { center, rim, floor } => (center, rim, floor),
        Backdrop::Color(color) => (color, color, 0.0),
        Backdrop::Transparent => Default::default(),
    };
    let middle = if bounds.is_empty() { glam::Vec3::ZERO } else { bounds.center() };
    let tall = if bounds.is_empty() { 1.0 } else { (bounds.max.y - floor).abs().max(1e-3) };
    // As wide as the hollows of a face, and as a hand beside the body.
    let extent = if bounds.is_empty() { 1.0 } else { (bounds.max - bounds.min).max_element() };
    let radius = (extent * OCCLUSION_REACH).max(1e-4);
    // One colour is there to be replaced, and must not colour anybody.
    let wrap = f32::from(u8::from(matches!(frame.backdrop, Backdrop::Studio { .. })));
    let forward = (frame.camera.target - frame.camera.eye).normalize_or(glam::Vec3::NEG_Z);
    let (texel, penumbra) = shadow.map_or((0.0, 0.0), |s| (s.texel, s.penumbra));
    FrameUniform {
        clip_from_world: clip_from_world.to_cols_array_2d(),
        world_from_clip: clip_from_world.inverse().to_cols_array_2d(),
        shadow_from_world: shadow.map_or(Mat4::ZERO, |s| s.texture_from_world).to_cols_array_2d(),
        eye: frame.camera.eye.extend(frame.look.gain()).to_array(),
        harmonics: harmonics.map(|factor| factor.extend(0.0).to_array()),
        lights,
        backdrop_center: center.extend(floor).to_array(),
        backdrop_rim: rim.extend(tall * 1.2).to_array(),
        ground: [middle.x, middle.z, texel, penumbra],
        size: [size.0 as f32, size.1 as f32],
        origin: [part.origin.0 as f32, part.origin.1 as f32],
        part_size: [part.size.0 as f32, part.size.1 as f32],
        scale,
        occlusion: [radius, (middle - frame.camera.eye).dot(forward), wrap, 0.0],
        shadow_cone: [shadow.map_or(0.0, |s| s.cone), weighted[0], weighted[1], 0.0],
        film: film(&frame.look),
    }
}

/// The camera's view volume.
pub(super) fn clip_from_world(frame: &Frame, (width, height): (u32, u32)) -> Mat4 {
    let aspect = width.max(1) as f32 / height.max(1) as f32;
    frame.camera.clip_from_view(aspect) * frame.camera.view_from_world()
}
