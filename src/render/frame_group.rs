//! Bind group 0 of all passes of a frame but the shadow's: the uniform, the shadow map, the environment, the occlusion.

use super::binding::{COMPARISON, DEPTH, EXACT, FILTERED, SAMPLER, entry_of, uniform};
use super::layout::FrameUniform;

/// What is in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bound<'a> {
    /// The camera, the lights, the backdrop.
    pub(super) buffer: &'a wgpu::Buffer,
    /// Depth from the key light.
    pub(super) shadow_map: &'a wgpu::TextureView,
    /// What surfaces reflect.
    pub(super) environment: &'a wgpu::TextureView,
    /// How much of the surroundings is seen, where that was searched.
    pub(super) occlusion: &'a wgpu::TextureView,
}

/// Its layout.
pub(super) fn layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    let entry = |binding, ty| entry_of(wgpu::ShaderStages::VERTEX_FRAGMENT, binding, ty);
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("frame_group::layout"),
        entries: &[
            entry(0, uniform::<FrameUniform>(false)),
            entry(1, DEPTH),
            entry(2, COMPARISON),
            entry(3, FILTERED),
            entry(4, SAMPLER),
            entry(5, EXACT),
            entry(6, EXACT),
        ],
    })
}

/// A group of that layout.
pub(super) fn group(
    device: &wgpu::Device,
    layout: &wgpu::BindGroupLayout,
    bound: &Bound<'_>,
) -> wgpu::BindGroup {
    let sampler = |label: &str, compare: Option<wgpu::CompareFunction>| {
        device.create_sampler(&wgpu::SamplerDescriptor {
            label: Some(label),
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            compare,
            ..Default::default()
        })
    };
    let shadow = sampler("frame_group::shadow_sampler", Some(wgpu::CompareFunction::LessEqual));
    let environment = sampler("frame_group::environment_sampler", None);
    let resources = [
        bound.buffer.as_entire_binding(),
        wgpu::BindingResource::TextureView(bound.shadow_map),
        wgpu::BindingResource::Sampler(&shadow),
        wgpu::BindingResource::TextureView(bound.environment),
        wgpu::BindingResource::Sampler(&environment),
        wgpu::BindingResource::TextureView(bound.occlusion),
        wgpu::BindingResource::TextureView(bound.shadow_map),
    ];
    let entries: Vec<wgpu::BindGroupEntry<'_>> =
        (0..).zip(resources).map(|(binding, resource)| wgpu::BindGroupEntry { binding, resource }).collect();
    device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("frame_group::group"),
        layout,
        entries: &entries,
    })
}
