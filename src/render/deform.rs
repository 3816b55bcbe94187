//! One actor's pose of this frame: its words for the deform shader, the shader's pipeline, and the CPU in its place.

use super::Gpu;
use super::bounds::Bounds;
use super::layout::{DeformVertex, DeformedVertex};
use super::model::Model;
use super::modules::module;
use super::pipeline::flag;
use crate::avatar::deform_cpu;
use crate::frame::Actor;
use glam::{Mat4, Vec3, Vec4};

/// The deform pipeline.
#[derive(Debug)]
pub(super) struct Deform {
    pipeline: wgpu::ComputePipeline,
    layout: wgpu::BindGroupLayout,
}

/// Vertices of one workgroup.
const GROUP: u32 = 64;

impl Deform {
    /// Only where [`Gpu::has_compute`]. With `shows_morphs` tangents give way to how far morphs move each vertex, for the view of
    /// that.
    pub(super) fn new(gpu: &Gpu, shows_morphs: bool) -> Self {
        let device = gpu.device();
        let entries: Vec<_> = (0..4)
            .map(|binding| wgpu::BindGroupLayoutEntry {
                binding,
                visibility: wgpu::ShaderStages::COMPUTE,
                ty: wgpu::BindingType::Buffer {
                    ty: wgpu::BufferBindingType::Storage { read_only: binding < 3 },
                    has_dynamic_offset: false,
                    min_binding_size: None,
                },
                count: None,
            })
            .collect();
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("Deform::layout"),
            entries: &entries,
        });
        let pipeline_layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("Deform::layout"),
            bind_group_layouts: &[Some(&layout)],
            immediate_size: 0,
        });
        let pipeline = device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some("Deform::pipeline"),
            layout: Some(&pipeline_layout),
            module: &module(device, "deform.wgsl"),
            entry_point: Some("main"),
            compilation_options: wgpu::PipelineCompilationOptions {
                constants: &[("shows_morphs", flag(shows_morphs))],
                ..Default::default()
            },
            cache: None,
        });
        Self { pipeline, layout }
    }

    /// The four buffers of one actor.
    pub(super) fn bind(
        &self,
        gpu: &Gpu,
        model: &Model,
        words: &wgpu::Buffer,
        output: &wgpu::Buffer,
    ) -> wgpu::BindGroup {
        let all = [&model.vertices, &model.deltas, words, output];
        let entries: Vec<_> = all
            .iter()
            .enumerate()
            .map(|(n, buffer)| wgpu::BindGroupEntry {
                binding: n as u32,
                resource: buffer.as_entire_binding(),
            })
            .collect();
        gpu.device().create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("Deform::buffers"),
            layout: &self.layout,
            entries: &entries,
        })
    }

    /// Records the deformation of `vertex_count` vertices.
    pub(super) fn dispatch(
        &self,
        pass: &mut wgpu::ComputePass<'_>,
        buffers: &wgpu::BindGroup,
        vertex_count: u32,
    ) {
        let groups = vertex_count.div_ceil(GROUP);
        let x = groups.min(65_535);
        if x > 0 {
            pass.set_pipeline(&self.pipeline);
            pass.set_bind_group(0, buffers, &[]);
            pass.dispatch_workgroups(x, groups.div_ceil(x), 1);
        }
    }
}

/// One actor's pose, gathered for the shader.
#[derive(Debug, Default)]
pub(super) struct Pose {
    /// Parts, active morphs, matrices: four words each (three times four a matrix).
    pub(super) words: Vec<[u32; 4]>,
    /// Each part's box, world space.
    pub(super) bounds: Vec<Bounds>,
    /// How far morphs may move each part out of its box, metres.
    pub(super) reaches: Vec<f32>,
    /// How long each part's units are, metres.
    pub(super) scales: Vec<f32>,
    /// Room for matrices.
    palette: Vec<Mat4>,
}

impl Pose {
    /// Gathers `actor`'s matrices and its morphs of non-zero weight. Missing matrices and weights count as rest: the
    /// identity and zero.
    pub(super) fn gather(&mut self, model: &Model, actor: &Actor) {
        self.words.clear();
        self.bounds.clear();
        self.reaches.clear();
        self.scales.clear();
        self.words.resize(model.parts.len(), [0; 4]);
        for (i, part) in model.parts.iter().enumerate() {
            let start = self.words.len() as u32;
            let mut reach = 0.0;
            let weights = actor.morph_weights.get(part.node).map_or(&[][..], Vec::as_slice);
            for (blocks, weight) in part.morphs.iter().zip(weights) {
                if *weight != 0.0 && blocks.count > 0 {
                    self.words.push([blocks.start, weight.to_bits(), blocks.first, blocks.count]);
                    reach += blocks.reach * weight.abs();
                }
            }
            self.reaches.push(reach);
            let count = self.words.len() as u32 - start;
            self.words[i] = [part.vertices.start, 0, start, count];
        }
        let mut palette = std::mem::take(&mut self.palette);
        let mut held: Option<(usize, u32)> = None;
        for (i, part) in model.parts.iter().enumerate() {
            let first = match held {
                Some((node, first)) if node == part.node => first,
                _ => {
                    fill_palette(model, actor, part.node, &mut palette);
                    let first = self.words.len() as u32;
                    for matrix in &palette {
                        let rows = matrix.transpose();
                        let row = |r: Vec4| r.to_array().map(f32::to_bits);
                        self.words.extend([row(rows.x_axis), row(rows.y_axis), row(rows.z_axis)]);
                    }
                    held = Some((part.node, first));
                    first
                }
            };
            self.words[i][1] = first;
            let mut bounds = Bounds::EMPTY;
            let mut scale = 0.0f32;
            for (joint, held) in &part.boxes {
                if let Some(matrix) = palette.get(*joint) {
                    bounds.merge(&held.transformed(matrix));
                    let axes = [matrix.x_axis, matrix.y_axis, matrix.z_axis];
                    scale = axes.iter().fold(scale, |most, axis| most.max(axis.truncate().length()));
                }
            }
            self.bounds.push(bounds);
            self.reaches[i] *= scale;
            self.scales.push(scale);
        }
        self.palette = palette;
    }
}

/// `world_from_mesh` of every joint of the node's skin, then of the node itself.
fn fill_palette(model: &Model, actor: &Actor, node: usize, palette: &mut Vec<Mat4>) {
    let world = |n: usize| actor.world_from_node.get(n).copied().unwrap_or(Mat4::IDENTITY);
    palette.clear();
    let skin = model.nodes.get(node).and_then(|n| n.skin).and_then(|s| model.skins.get(s));
    if let Some(skin) = skin {
        palette.extend(
            skin.joints.iter().enumerate().map(|(j, &joint)| {
                world(joint) * skin.inverse_bind.get(j).copied().unwrap_or(Mat4::IDENTITY)
            }),
        );
    }
    palette.push(world(node));
}

/// The CPU's deformation in the vertex buffer's form.
pub(super) fn deformed_on_cpu(avatar: &crate::avatar::Avatar, actor: &Actor) -> Vec<DeformedVertex> {
    deform_cpu(avatar, &actor.world_from_node, &actor.morph_weights)
        .iter()
        .flat_map(|part| {
            let tangents = part.tangents.iter().copied().chain(std::iter::repeat(Vec4::ZERO));
            part.positions.iter().zip(&part.normals).zip(tangents)
        })
        .map(|((position, normal), tangent)| DeformedVertex {
            position: position.to_array(),
            normal: normal.to_array(),
            tangent: tangent.to_array(),
        })
        .collect()
}

/// Puts in place of tangents how far `actor`'s morphs move each vertex, as the shader does for the view of that.
pub(super) fn show_morphs(vertices: &mut [DeformedVertex], avatar: &crate::avatar::Avatar, actor: &Actor) {
    let at_rest = Actor { morph_weights: Vec::new(), ..actor.clone() };
    for (vertex, rest) in vertices.iter_mut().zip(deformed_on_cpu(avatar, &at_rest)) {
        let moved = Vec3::from(vertex.position).distance(Vec3::from(rest.position));
        vertex.tangent = [moved, 0.0, 0.0, 1.0];
    }
}

/// The size of the output of `vertex_count` vertices; never empty.
pub(super) fn output_size(vertex_count: u32) -> u64 {
    u64::from(vertex_count.max(1)) * size_of::<DeformedVertex>() as u64
}

const _: () = assert!(size_of::<DeformVertex>() == 96 && size_of::<DeformedVertex>() == 40);
