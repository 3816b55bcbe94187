//! An avatar on the adapter: what never changes from frame to frame.

use super::Gpu;
use super::bounds::{Bounds, per_joint};
use super::layout::{DeformVertex, SurfaceVertex};
use super::material::{GpuMaterials, MaterialLayouts};
use super::morph::{MorphBlocks, pack};
use super::quality::Settings;
use crate::avatar::{Avatar, Mesh, Node, Primitive, Skin};
use std::ops::Range;
use wgpu::util::DeviceExt;

/// One primitive as shown by one node.
#[derive(Debug)]
pub(super) struct Part {
    /// Index of the node.
    pub(super) node: usize,
    /// Index into the avatar's materials, the default one after the last.
    pub(super) material: usize,
    /// In the vertex buffers.
    pub(super) vertices: Range<u32>,
    /// In the index buffer.
    pub(super) indices: Range<u32>,
    /// One for each morph target of the mesh.
    pub(super) morphs: Vec<MorphBlocks>,
    /// Boxes by palette entry.
    pub(super) boxes: Vec<(usize, Bounds)>,
}

/// An uploaded avatar.
#[derive(Debug)]
pub(super) struct Model {
    /// Nodes and primitives in order, as `deform_cpu` has them.
    pub(super) parts: Vec<Part>,
    /// For each node with a part: its skin's joints and their inverse bind matrices.
    pub(super) nodes: Vec<Node>,
    /// Shared with the palettes.
    pub(super) skins: Vec<Skin>,
    /// [`DeformVertex`].
    pub(super) vertices: wgpu::Buffer,
    /// Packed morph deltas.
    pub(super) deltas: wgpu::Buffer,
    /// [`SurfaceVertex`].
    pub(super) surfaces: wgpu::Buffer,
    /// 32-bit, relative to the part's first vertex.
    pub(super) indices: wgpu::Buffer,
    /// The same in memory, for the view that draws edges.
    pub(super) triangles: Vec<u32>,
    /// All vertices.
    pub(super) vertex_count: u32,
    /// Textures and factors.
    pub(super) materials: GpuMaterials,
    /// For machines without compute.
    pub(super) cpu_avatar: Option<Box<Avatar>>,
}

#[derive(Default)]
struct Arrays {
    vertices: Vec<DeformVertex>,
    surfaces: Vec<SurfaceVertex>,
    indices: Vec<u32>,
    deltas: Vec<u32>,
    parts: Vec<Part>,
}

impl Model {
    /// Uploads `avatar`. An avatar without triangles draws nothing.
    pub(super) fn upload(gpu: &Gpu, settings: &Settings, layouts: &MaterialLayouts, avatar: &Avatar) -> Self {
        let mut arrays = Arrays::default();
        let materials = GpuMaterials::upload(gpu, settings, layouts, avatar);
        let mut packed: Vec<Vec<Option<Vec<MorphBlocks>>>> =
            avatar.meshes.iter().map(|m| vec![None; m.primitives.len()]).collect();
        for (node_index, node) in avatar.nodes.iter().enumerate() {
            let Some((mesh_index, mesh)) = node.mesh.and_then(|m| Some((m, avatar.meshes.get(m)?))) else {
                continue;
            };
            let skin = node.skin.and_then(|s| avatar.skins.get(s));
            for (nth, primitive) in mesh.primitives.iter().enumerate() {
                let morphs = packed[mesh_index][nth]
                    .get_or_insert_with(|| pack_all(mesh, primitive, &mut arrays.deltas))
                    .clone();
                let material = primitive.material.filter(|&m| m < avatar.materials.len());
                let material = material.unwrap_or(avatar.materials.len());
                let has_relief = materials.features.get(material).is_some_and(|f| f.has_relief);
                append(&mut arrays, primitive, (node_index, skin), material, morphs, has_relief);
            }
        }
        let device = gpu.device();
        let storage =
            if gpu.has_compute() { wgpu::BufferUsages::STORAGE } else { wgpu::BufferUsages::COPY_SRC };
        let vertex_count = arrays.vertices.len() as u32;
        let buffer = |label: &str, bytes: &[u8], usage: wgpu::BufferUsages| {
            // No buffer may be empty; twelve words cover any stride here.
            let contents = if bytes.is_empty() { &[0; 96] } else { bytes };
            device.create_buffer_init(&wgpu::util::BufferInitDescriptor {
                label: Some(label),
                contents,
                usage,
            })
        };
        Self {
            vertices: buffer("Model::vertices", bytemuck::cast_slice(&arrays.vertices), storage),
            deltas: buffer("Model::deltas", bytemuck::cast_slice(&arrays.deltas), storage),
            surfaces: buffer(
                "Model::surfaces",
                bytemuck::cast_slice(&arrays.surfaces),
                wgpu::BufferUsages::VERTEX,
            ),
            indices: buffer(
                "Model::indices",
                bytemuck::cast_slice(&arrays.indices),
                wgpu::BufferUsages::INDEX,
            ),
            vertex_count,
            triangles: arrays.indices,
            parts: arrays.parts,
            nodes: avatar.nodes.clone(),
            skins: avatar.skins.clone(),
            materials,
            cpu_avatar: (!gpu.has_compute())
                .then(|| Box::new(Avatar { images: Vec::new(), clips: Vec::new(), ..avatar.clone() })),
        }
    }
}

impl Model {
    /// Light comes through some of it.
    pub(super) fn has_glass(&self) -> bool {
        let is_glass = |f: &super::material::Features| f.layers.is_some_and(|layers| layers.has_transmission);
        self.materials.features.iter().any(is_glass)
    }
}

fn pack_all(mesh: &Mesh, primitive: &Primitive, deltas: &mut Vec<u32>) -> Vec<MorphBlocks> {
    let count = primitive.positions.len();
    primitive.morphs.iter().take(mesh.morph_names.len()).map(|m| pack(m, count, deltas)).collect()
}

fn append(
    arrays: &mut Arrays,
    primitive: &Primitive,
    (node, skin): (usize, Option<&Skin>),
    material: usize,
    morphs: Vec<MorphBlocks>,
    has_relief: bool,
) {
    let count = primitive.positions.len();
    let first = arrays.vertices.len() as u32;
    let part = arrays.parts.len() as u32;
    let is_skinned = skin.is_some() && primitive.influences.len() == count;
    let joint_count = skin.map_or(0, |s| s.joints.len());
    for i in 0..count {
        arrays.vertices.push(deform_vertex(primitive, i, part, is_skinned, joint_count));
        let uv = |set: usize| primitive.uvs.get(set).and_then(|uvs| uvs.get(i)).copied().unwrap_or_default();
        let second = primitive.relief.get(i).filter(|_| has_relief).copied().unwrap_or_else(|| uv(1));
        let color = primitive.colors.get(i).copied().unwrap_or([1.0; 4]);
        let color = color.map(|c| (c.clamp(0.0, 1.0) * 65535.0 + 0.5) as u16);
        arrays.surfaces.push(SurfaceVertex { uv0: uv(0), uv1: second, color });
    }
    let first_index = arrays.indices.len() as u32;
    let triangles = primitive.indices.chunks_exact(3);
    arrays.indices.extend(triangles.filter(|t| t.iter().all(|&v| (v as usize) < count)).flatten());
    arrays.parts.push(Part {
        node,
        material,
        vertices: first..first + count as u32,
        indices: first_index..arrays.indices.len() as u32,
        morphs,
        boxes: per_joint(primitive, joint_count, is_skinned),
    });
}

/// Vertices that no joint holds go by the node's own matrix, which stands after the joints in the palette.
fn deform_vertex(
    primitive: &Primitive,
    i: usize,
    part: u32,
    is_skinned: bool,
    joint_count: usize,
) -> DeformVertex {
    let mut joints = [0u16; 8];
    let mut weights = [0.0f32; 8];
    if let Some(influences) = primitive.influences.get(i).filter(|_| is_skinned) {
        for k in 0..8 {
            if influences.weights[k] > 0.0 && usize::from(influences.joints[k]) < joint_count {
                joints[k] = influences.joints[k];
                weights[k] = influences.weights[k];
            }
        }
    }
    if weights.iter().all(|&w| w <= 0.0) {
        joints[0] = joint_count.min(0xffff) as u16;
        weights[0] = 1.0;
    }
    let pair = |k: usize| u32::from(joints[k]) | u32::from(joints[k + 1]) << 16;
    DeformVertex {
        position: primitive.positions.get(i).copied().unwrap_or_default(),
        part,
        normal: primitive.normals.get(i).copied().unwrap_or([0.0, 0.0, 1.0]),
        unused: 0,
        tangent: primitive.tangents.get(i).copied().unwrap_or_default(),
        joints: [pair(0), pair(2), pair(4), pair(6)],
        weights_a: [weights[0], weights[1], weights[2], weights[3]],
        weights_b: [weights[4], weights[5], weights[6], weights[7]],
    }
}
