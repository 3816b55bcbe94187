//! Toon materials on the adapter: bind group 3, which only their draws have.

use super::Gpu;
use super::binding::{FILTERED, SAMPLER, entry_of, uniform};
use super::layout::ToonUniform;
use super::material::Layout;
use super::texture::Encoding;
use crate::avatar::{Avatar, Material, OutlineWidth, TextureRef, Toon};
use crate::frame::MaterialOverride;

/// What a toon material asks of its pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ToonFeatures {
    /// In the order of [`references`].
    pub(super) maps: [bool; 6],
    /// Its texture coordinates move.
    pub(super) is_animated: bool,
    /// There is a line around it.
    pub(super) has_outline: bool,
    /// Blended, it writes depth.
    pub(super) has_z_write: bool,
}

impl ToonFeatures {
    /// Of a toon of `avatar`.
    pub(super) fn of(toon: &Toon, avatar: &Avatar) -> Self {
        let animation = &toon.uv_animation;
        Self {
            maps: references(toon).map(|r| r.is_some_and(|r| r.image < avatar.images.len())),
            is_animated: animation.rotation != 0.0 || animation.scroll != [0.0; 2],
            has_outline: toon.outline.width_mode != OutlineWidth::None && toon.outline.width > 0.0,
            has_z_write: toon.is_transparent_with_z_write,
        }
    }
}

/// The six textures in the shader's order: shade, shading shift, rim, outline width, mask, matcap.
pub(super) fn references(toon: &Toon) -> [Option<&TextureRef>; 6] {
    [
        toon.shade_texture.as_ref(),
        toon.shading_shift_texture.as_ref().map(|(texture, _)| texture),
        toon.rim_texture.as_ref(),
        toon.outline.width_texture.as_ref(),
        toon.uv_animation.mask_texture.as_ref(),
        toon.matcap_texture.as_ref(),
    ]
}

/// How they are read.
pub(super) const ENCODINGS: [Encoding; 6] =
    [Encoding::Srgb, Encoding::Linear, Encoding::Srgb, Encoding::Linear, Encoding::Linear, Encoding::Srgb];

/// The layout of bind group 3.
pub(super) fn toon_layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    let mut entries = vec![entry_of(wgpu::ShaderStages::VERTEX_FRAGMENT, 0, uniform::<ToonUniform>(false))];
    for n in 0..6 {
        // Outlines are moved by their width and the mask.
        let is_in_vertices = n == 3 || n == 4;
        let stages =
            if is_in_vertices { wgpu::ShaderStages::VERTEX_FRAGMENT } else { wgpu::ShaderStages::FRAGMENT };
        entries.push(entry_of(stages, n * 2 + 1, FILTERED));
        entries.push(entry_of(stages, n * 2 + 2, SAMPLER));
    }
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("toon_layout"),
        entries: &entries,
    })
}

/// One toon material of an uploaded avatar.
#[derive(Debug)]
pub(super) struct GpuToon {
    toon: Toon,
    textures: Vec<(wgpu::TextureView, wgpu::Sampler)>,
    unchanged: MaterialOverride,
}

impl GpuToon {
    /// Of `material`, number `index`, whose toon has `textures` in the shader's order.
    pub(super) fn new(
        index: usize,
        material: &Material,
        toon: &Toon,
        textures: Vec<(wgpu::TextureView, wgpu::Sampler)>,
    ) -> Self {
        Self { toon: toon.clone(), textures, unchanged: MaterialOverride::unchanged(index, material) }
    }

    /// Among blended materials: those that write depth first, then by the queue's offset.
    pub(super) fn order(&self) -> (bool, i32) {
        (!self.toon.is_transparent_with_z_write, self.toon.render_queue_offset)
    }

    /// How far its line reaches out of a part whose farthest point is `depth` before the camera, metres.
    pub(super) fn reach(&self, depth: f32, fov_y: f32) -> f32 {
        let outline = &self.toon.outline;
        match outline.width_mode {
            OutlineWidth::None => 0.0,
            OutlineWidth::World => outline.width,
            OutlineWidth::Screen => outline.width * 2.0 * depth.max(0.0) * libm::tanf(fov_y * 0.5),
        }
    }

    /// The factors as `changes` have them, after `secs` seconds.
    fn uniform(&self, changes: &[MaterialOverride], secs: f64) -> ToonUniform {
        let own = &self.unchanged;
        let change = changes.iter().rev().find(|c| c.material == own.material).unwrap_or(own);
        let toon = &self.toon;
        let rgb = |[r, g, b]: [f32; 3]| [r, g, b, 0.0];
        let mut uv_rows = [[0.0; 4]; 10];
        let mut uv_sets = 0;
        for ((n, reference), rows) in
            references(toon).into_iter().enumerate().zip(uv_rows.chunks_exact_mut(2))
        {
            rows.copy_from_slice(&Layout::of(reference).overridden(change).rows());
            uv_sets |= u32::from(reference.is_some_and(|r| r.uv_set == 1)) << n;
        }
        let width = |mode| if toon.outline.width_mode == mode { toon.outline.width } else { 0.0 };
        let after = |speed: f32| f64::from(speed) * secs;
        let turn = after(toon.uv_animation.rotation);
        // A share of a turn, where a mask has one, is not the same after whole ones.
        let is_masked = toon.uv_animation.mask_texture.is_some();
        let turn = if is_masked { turn } else { turn % std::f64::consts::TAU };
        ToonUniform {
            shade_color: rgb(change.shade_color),
            matcap_factor: rgb(change.matcap_factor),
            rim_color: rgb(change.rim_color),
            outline_color: rgb(change.outline_color),
            shading_shift: toon.shading_shift,
            shading_shift_scale: toon.shading_shift_texture.map_or(1.0, |(_, scale)| scale),
            shading_toony: toon.shading_toony,
            gi_equalization: toon.gi_equalization,
            rim_lighting_mix: toon.rim_lighting_mix,
            rim_fresnel_power: toon.rim_fresnel_power,
            rim_lift: toon.rim_lift,
            outline_lighting_mix: toon.outline.lighting_mix,
            outline_world: width(OutlineWidth::World),
            outline_screen: width(OutlineWidth::Screen),
            turn: turn as f32,
            uv_sets,
            scroll: toon.uv_animation.scroll.map(|speed| after(speed) as f32),
            unused: [0.0; 2],
            uv_rows,
        }
    }
}

/// Bind groups 3 of one actor.
#[derive(Debug)]
pub(super) struct ToonFactors {
    all: Vec<Option<(wgpu::Buffer, wgpu::BindGroup)>>,
}

impl ToonFactors {
    /// For the materials of a model.
    pub(super) fn new(gpu: &Gpu, layout: &wgpu::BindGroupLayout, toons: &[Option<GpuToon>]) -> Self {
        let one = |toon: &GpuToon| {
            let buffer = gpu.device().create_buffer(&wgpu::BufferDescriptor {
                label: Some("ToonFactors::buffer"),
                size: size_of::<ToonUniform>() as u64,
                usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            });
            let mut entries = vec![wgpu::BindGroupEntry { binding: 0, resource: buffer.as_entire_binding() }];
            for (n, (view, sampler)) in (0u32..).zip(&toon.textures) {
                let view = wgpu::BindingResource::TextureView(view);
                entries.push(wgpu::BindGroupEntry { binding: n * 2 + 1, resource: view });
                let sampler = wgpu::BindingResource::Sampler(sampler);
                entries.push(wgpu::BindGroupEntry { binding: n * 2 + 2, resource: sampler });
            }
            let group = gpu.device().create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some("ToonFactors::group"),
                layout,
                entries: &entries,
            });
            (buffer, group)
        };
        Self { all: toons.iter().map(|toon| toon.as_ref().map(one)).collect() }
    }

    /// Writes what the frame says of them.
    pub(super) fn update(
        &self,
        gpu: &Gpu,
        toons: &[Option<GpuToon>],
        changes: &[MaterialOverride],
        secs: f64,
    ) {
        for (toon, held) in toons.iter().zip(&self.all) {
            if let (Some(toon), Some((buffer, _))) = (toon, held) {
                gpu.queue().write_buffer(buffer, 0, bytemuck::bytes_of(&toon.uniform(changes, secs)));
            }
        }
    }

    /// Of material `index`, where that is a toon.
    pub(super) fn group(&self, index: usize) -> Option<&wgpu::BindGroup> {
        self.all.get(index)?.as_ref().map(|(_, group)| group)
    }
}
