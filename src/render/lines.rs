//! The lines of debug views: edges of the triangles, and the skeleton. Everything here is made when a view asks for it, of line lists,
//! which every adapter draws.

use super::actor::Slot;
use super::layout::DeformedVertex;
use super::model::Model;
use super::modules::module;
use super::pipeline::{DEFORMED, Recipe, build, depth, vertex_buffer};
use super::quality::Settings;
use super::scene::{Scene, held};
use super::{DebugView, Gpu, Renderer};
use crate::frame::Actor;
use glam::Vec3;
use std::collections::BTreeMap;
use std::ops::Range;
use wgpu::util::DeviceExt;

/// In depth.
const LIFT: f64 = 4e-5;
const WIRE_COLOR: [f64; 3] = [0.55, 0.85, 1.0];
const BONE_COLOR: [f64; 3] = [1.0, 0.85, 0.2];
/// Where a bone is thickest and how thick, of its length.
const THICKEST: f32 = 0.12;
const THICK: f32 = 0.05;

const POINT: &[wgpu::VertexAttribute] = &wgpu::vertex_attr_array![0 => Float32x3];

/// Pipelines and buffers of lines.
#[derive(Debug)]
pub(super) struct Lines {
    wire: wgpu::RenderPipeline,
    bone: wgpu::RenderPipeline,
    /// By avatar: the indices of its edges, and each part's range of them.
    wires: BTreeMap<usize, (wgpu::Buffer, Vec<Range<u32>>)>,
    bones: Option<(wgpu::Buffer, u32)>,
}

impl Lines {
    /// For actors drawn by `settings` into targets of `color_format`; group 0 has the layout `frame`.
    pub(super) fn new(
        gpu: &Gpu,
        settings: Settings,
        color_format: wgpu::TextureFormat,
        frame: &wgpu::BindGroupLayout,
    ) -> Self {
        let device = gpu.device();
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("Lines::layout"),
            bind_group_layouts: &[Some(frame)],
            immediate_size: 0,
        });
        let shader = module(device, "lines.wgsl");
        let pipeline = |lift: f64, [red, green, blue]: [f64; 3], buffer, depth, samples, format| {
            let constants = [("lift", lift), ("red", red), ("green", green), ("blue", blue)];
            build(
                device,
                &Recipe {
                    label: "lines",
                    layout: &layout,
                    module: &shader,
                    vertex: "vertex_main",
                    fragment: Some("fragment_main"),
                    constants: &constants,
                    buffers: &[buffer],
                    topology: wgpu::PrimitiveTopology::LineList,
                    cull: None,
                    depth,
                    samples,
                    is_coverage: false,
                    target: Some((format, None)),
                },
            )
        };
        let deformed =
            vertex_buffer::<DeformedVertex>(DEFORMED.get(..1).unwrap_or(&[]), wgpu::VertexStepMode::Vertex);
        let points = vertex_buffer::<[f32; 3]>(POINT, wgpu::VertexStepMode::Vertex);
        let test = Some(depth(wgpu::CompareFunction::LessEqual, false));
        let scene = settings.scene_format(color_format);
        Self {
            wire: pipeline(LIFT, WIRE_COLOR, deformed, test, settings.samples, scene),
            bone: pipeline(0.0, BONE_COLOR, points, None, 1, color_format),
            wires: BTreeMap::new(),
            bones: None,
        }
    }

    /// Makes what `view` needs of actors in their slots.
    pub(super) fn prepare<'a>(
        &mut self,
        gpu: &Gpu,
        view: DebugView,
        shown: impl Iterator<Item = (&'a Slot, &'a Model, &'a Actor)>,
    ) {
        let mut points: Vec<[f32; 3]> = Vec::new();
        for (slot, model, actor) in shown {
            match view {
                DebugView::Wireframe => {
                    self.wires.entry(slot.avatar).or_insert_with(|| edges(gpu, model));
                }
                DebugView::Joints => skeleton(model, actor, &mut points),
                _ => {}
            }
        }
        if view == DebugView::Joints {
            let buffer = gpu.device().create_buffer_init(&wgpu::util::BufferInitDescriptor {
                label: Some("Lines::bones"),
                // No buffer may be empty.
                contents: if points.is_empty() { &[0; 12] } else { bytemuck::cast_slice(&points) },
                usage: wgpu::BufferUsages::VERTEX,
            });
            self.bones = Some((buffer, points.len() as u32));
        }
    }

    /// Draws the edges of part `part`.
    pub(super) fn draw_wires(
        &self,
        pass: &mut wgpu::RenderPass<'_>,
        slot: &Slot,
        model: &Model,
        part: usize,
    ) {
        let Some((indices, ranges)) = self.wires.get(&slot.avatar) else { return };
        if let (Some(range), Some(part)) = (ranges.get(part), model.parts.get(part)) {
            pass.set_pipeline(&self.wire);
            pass.set_vertex_buffer(0, slot.vertices.slice(..));
            pass.set_index_buffer(indices.slice(..), wgpu::IndexFormat::Uint32);
            pass.draw_indexed(range.clone(), part.vertices.start as i32, 0..1);
        }
    }

    /// Draws the skeletons over the picture.
    pub(super) fn draw_bones(&self, pass: &mut wgpu::RenderPass<'_>) {
        if let Some((buffer, count)) = self.bones.as_ref().filter(|(_, count)| *count > 0) {
            pass.set_pipeline(&self.bone);
            pass.set_vertex_buffer(0, buffer.slice(..));
            pass.draw(0..*count, 0..1);
        }
    }
}

/// Every edge of `model` once.
fn edges(gpu: &Gpu, model: &Model) -> (wgpu::Buffer, Vec<Range<u32>>) {
    let mut indices: Vec<u32> = Vec::new();
    let mut ranges = Vec::new();
    for part in &model.parts {
        let range = part.indices.start as usize..part.indices.end as usize;
        let triangles = model.triangles.get(range).unwrap_or_default();
        let mut pairs: Vec<[u32; 2]> = triangles
            .as_chunks::<3>()
            .0
            .iter()
            .flat_map(|&[a, b, c]| [[a, b], [b, c], [c, a]])
            .map(|[a, b]| [a.min(b), a.max(b)])
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let first = indices.len() as u32;
        indices.extend(pairs.as_flattened());
        ranges.push(first..indices.len() as u32);
    }
    let buffer = gpu.device().create_buffer_init(&wgpu::util::BufferInitDescriptor {
        label: Some("Lines::wires"),
        contents: if indices.is_empty() { &[0; 4] } else { bytemuck::cast_slice(&indices) },
        usage: wgpu::BufferUsages::INDEX,
    });
    (buffer, ranges)
}

/// The bones between the joints of all skins, each as eight edges of two pyramids on one square.
fn skeleton(model: &Model, actor: &Actor, points: &mut Vec<[f32; 3]>) {
    let mut joints: Vec<usize> = model.skins.iter().flat_map(|s| s.joints.iter().copied()).collect();
    joints.sort_unstable();
    joints.dedup();
    let place = |node: usize| actor.world_from_node.get(node).map(|m| m.w_axis.truncate());
    for &joint in &joints {
        let parent = model.nodes.get(joint).and_then(|node| node.parent);
        let Some(parent) = parent.filter(|p| joints.binary_search(p).is_ok()) else { continue };
        if let (Some(from), Some(to)) = (place(parent), place(joint)) {
            bone(from, to, points);
        }
    }
}

fn bone(from: Vec3, to: Vec3, points: &mut Vec<[f32; 3]>) {
    let along = to - from;
    let length = along.length();
    if length < 1e-6 {
        return;
    }
    let side = along.any_orthogonal_vector().normalize_or(Vec3::X);
    let other = along.cross(side).normalize_or(Vec3::Z);
    let middle = from + along * THICKEST;
    let corners = [side, other, -side, -other].map(|d| middle + d * (length * THICK));
    for corner in corners {
        points.extend([from, corner, corner, to].map(|p| p.to_array()));
    }
}

impl Renderer {
    /// The edges of all triangles, in the view of them.
    pub(super) fn draw_wires(&self, pass: &mut wgpu::RenderPass<'_>, scene: &Scene) {
        let Some(lines) = self.lines.as_ref().filter(|_| self.debug == Some(DebugView::Wireframe)) else {
            return;
        };
        let all = scene.solid.iter().chain(&scene.transmissive).chain(&scene.blended);
        for draw in all.filter(|draw| !draw.look.is_outline) {
            if let Some((slot, model)) = held(self, draw.slot) {
                lines.draw_wires(pass, slot, model, draw.part);
            }
        }
    }
}
