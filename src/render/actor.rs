//! The buffers of one actor on stage, rewritten every frame.

use super::deform::{Deform, Pose, deformed_on_cpu, output_size, show_morphs};
use super::layers::LayerFactors;
use super::layout::MaterialUniform;
use super::material::MaterialLayouts;
use super::model::Model;
use super::toon::ToonFactors;
use super::{DebugView, Gpu};
use crate::frame::Actor;

/// One actor's place; the n-th actor of every frame uses the n-th slot while it shows the same avatar.
#[derive(Debug)]
pub(super) struct Slot {
    /// Which model.
    pub(super) avatar: usize,
    /// This frame's pose.
    pub(super) pose: Pose,
    /// Deformed vertices.
    pub(super) vertices: wgpu::Buffer,
    /// Materials' factors, one every [`Slot::stride`] bytes.
    pub(super) factors: wgpu::BindGroup,
    /// What toons add to them.
    pub(super) toons: ToonFactors,
    /// What layers add to them.
    pub(super) layers: LayerFactors,
    /// Bytes from one material's factors to the next.
    pub(super) stride: u32,
    factor_buffer: wgpu::Buffer,
    factor_bytes: Vec<u8>,
    /// Room for the factors of the next frame.
    factor_room: Vec<MaterialUniform>,
    words: wgpu::Buffer,
    buffers: Option<wgpu::BindGroup>,
}

impl Slot {
    /// Buffers for an actor that shows `model`.
    pub(super) fn new(gpu: &Gpu, layouts: &MaterialLayouts, avatar: usize, model: &Model) -> Self {
        let device = gpu.device();
        let alignment = device.limits().min_uniform_buffer_offset_alignment.max(16);
        let stride = (size_of::<MaterialUniform>() as u32).next_multiple_of(alignment);
        let buffer = |label: &str, size: u64, usage: wgpu::BufferUsages| {
            let usage = usage | wgpu::BufferUsages::COPY_DST;
            device.create_buffer(&wgpu::BufferDescriptor {
                label: Some(label),
                size,
                usage,
                mapped_at_creation: false,
            })
        };
        let factor_size = u64::from(stride) * model.materials.uniforms.len().max(1) as u64;
        let factor_buffer = buffer("Slot::factors", factor_size, wgpu::BufferUsages::UNIFORM);
        let factors = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("Slot::factors"),
            layout: &layouts.factors,
            entries: &[wgpu::BindGroupEntry {
                binding: 0,
                resource: wgpu::BindingResource::Buffer(wgpu::BufferBinding {
                    buffer: &factor_buffer,
                    offset: 0,
                    size: wgpu::BufferSize::new(size_of::<MaterialUniform>() as u64),
                }),
            }],
        });
        let usage = wgpu::BufferUsages::VERTEX | wgpu::BufferUsages::COPY_SRC;
        let usage = if gpu.has_compute() { usage | wgpu::BufferUsages::STORAGE } else { usage };
        Self {
            avatar,
            pose: Pose::default(),
            vertices: buffer("Slot::vertices", output_size(model.vertex_count), usage),
            factors,
            toons: ToonFactors::new(gpu, &layouts.toon, &model.materials.toons),
            layers: LayerFactors::new(gpu, &layouts.layers, &model.materials.layers, &layouts.white),
            stride,
            factor_buffer,
            factor_bytes: Vec::new(),
            factor_room: Vec::new(),
            words: buffer("Slot::words", 16, words_usage(gpu)),
            buffers: None,
        }
    }

    /// Writes `actor`'s pose and materials. Without a deform pipeline the vertices come from the CPU.
    pub(super) fn update(
        &mut self,
        gpu: &Gpu,
        deform: Option<&Deform>,
        model: &Model,
        actor: &Actor,
        debug: Option<DebugView>,
    ) {
        self.pose.gather(model, actor);
        let stride = self.stride as usize;
        let mut factors = std::mem::take(&mut self.factor_room);
        model.materials.overridden(&actor.material_overrides, actor.mouth_open, &mut factors);
        let bytes = &mut self.factor_bytes;
        bytes.resize(stride * factors.len(), 0);
        let mut is_new = false;
        for (uniform, place) in factors.iter().zip(bytes.chunks_exact_mut(stride)) {
            let uniform = bytemuck::bytes_of(uniform);
            if let Some(place) = place.get_mut(..uniform.len()).filter(|place| *place != uniform) {
                place.copy_from_slice(uniform);
                is_new = true;
            }
        }
        if is_new {
            gpu.queue().write_buffer(&self.factor_buffer, 0, bytes);
        }
        self.factor_room = factors;
        self.toons.update(gpu, &model.materials.toons, &actor.material_overrides, actor.material_secs);
        let scale = |material: usize| {
            let part = model.parts.iter().position(|part| part.material == material);
            part.and_then(|n| self.pose.scales.get(n)).copied().unwrap_or(1.0)
        };
        self.layers.update(gpu, &model.materials.layers, &actor.material_overrides, scale);
        match (deform, &model.cpu_avatar) {
            (Some(deform), _) => {
                let bytes: &[u8] = bytemuck::cast_slice(&self.pose.words);
                if self.words.size() < bytes.len() as u64 {
                    self.words = gpu.device().create_buffer(&wgpu::BufferDescriptor {
                        label: Some("Slot::words"),
                        size: (bytes.len() as u64).next_power_of_two(),
                        usage: words_usage(gpu) | wgpu::BufferUsages::COPY_DST,
                        mapped_at_creation: false,
                    });
                    self.buffers = None;
                }
                gpu.queue().write_buffer(&self.words, 0, bytes);
                self.buffers.get_or_insert_with(|| deform.bind(gpu, model, &self.words, &self.vertices));
            }
            (None, Some(avatar)) => {
                let mut vertices = deformed_on_cpu(avatar, actor);
                if debug == Some(DebugView::Morphs) {
                    show_morphs(&mut vertices, avatar, actor);
                }
                if vertices.len() == model.vertex_count as usize {
                    gpu.queue().write_buffer(&self.vertices, 0, bytemuck::cast_slice(&vertices));
                }
            }
            (None, None) => {}
        }
    }

    /// Records the deformation.
    pub(super) fn dispatch(&self, deform: &Deform, pass: &mut wgpu::ComputePass<'_>, model: &Model) {
        if let Some(buffers) = &self.buffers {
            deform.dispatch(pass, buffers, model.vertex_count);
        }
    }
}

fn words_usage(gpu: &Gpu) -> wgpu::BufferUsages {
    if gpu.has_compute() { wgpu::BufferUsages::STORAGE } else { wgpu::BufferUsages::VERTEX }
}
