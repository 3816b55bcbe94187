//! The avatar: an immutable asset in memory, whatever file it came from.
//!
//! Nodes, skins, meshes with sparse morph deltas, materials, decoded textures and animation clips, in metres
//! and glTF axes (+Y up, facing +Z). It knows no file format, no names' meaning and no GPU.

mod camera;
mod clip;
mod constraint;
mod deform;
mod expression;
mod first_person;
mod humanoid;
mod landmarks;
mod layers;
mod light;
mod look_at;
mod material;
mod memory;
mod mesh;
mod meta;
mod motion;
mod node;
mod sample;
mod spring;
mod texels;
mod texture;
mod toon;
mod universal;

pub use camera::FileCamera;
pub use clip::{Channel as ClipChannel, Clip, Interpolation, Values};
pub use constraint::{Constraint, ConstraintKind};
pub use deform::{Deformed, deform_cpu, deform_primitive};
pub use expression::{ColorBind, ColorPart, MorphBind, Override, OwnExpression, UvBind};
pub use first_person::FirstPerson;
pub use humanoid::Humanoid;
pub use landmarks::Landmarks;
pub use layers::{Anisotropy, Clearcoat, Iridescence, Sheen, Transmission, Volume};
pub use light::{Light, LightKind};
pub use look_at::{LookAt, LookAtKind, RangeMap};
pub use material::{AlphaMode, EyeShape, Material, SKIN_SCATTER, Surface, TextureRef};
pub use mesh::{Influences, Mesh, MorphDeltas, Primitive, VariantMaterial};
pub use meta::{Meta, Performer};
pub use motion::{Moment, Motion, MotionNodes};
pub use node::{Node, Skin, Transform};
pub use spring::{Collider, ColliderShape, Spring, SpringJoint};
pub use texels::{Decode, Texels};
pub use texture::{Filter, Image, Sampler, Wrap};
pub use toon::{Outline, OutlineWidth, Toon, UvAnimation};
pub use universal::{BlockCoding, Universal};

use glam::{Affine3A, Mat4};

/// A rigged character as imported. Indices between its parts are checked by whoever builds it.
#[derive(Debug, Clone, Default)]
pub struct Avatar {
    /// The file's stem, or the scene's name.
    pub name: String,
    /// The tool that wrote the file, in its own words; empty where it says nothing.
    pub generator: String,
    /// Whose work it is, in the file's own words; empty where it says nothing.
    pub copyright: String,
    /// Parents stand before their children.
    pub nodes: Vec<Node>,
    /// For each node its number in the file it came from; empty where it came from none.
    pub file_nodes: Vec<usize>,
    /// What nodes with a mesh show.
    pub meshes: Vec<Mesh>,
    /// What deforms meshes.
    pub skins: Vec<Skin>,
    /// What primitives are made of.
    pub materials: Vec<Material>,
    /// Decoded pictures that materials refer to.
    pub images: Vec<Image>,
    /// Node animations.
    pub clips: Vec<Clip>,
    /// What sways.
    pub springs: Vec<Spring>,
    /// What swaying things do not enter.
    pub colliders: Vec<Collider>,
    /// Nodes that follow others, each after those it depends on.
    pub constraints: Vec<Constraint>,
    /// Which nodes of an animation file say more than bones do.
    pub motion_nodes: Option<MotionNodes>,
    /// The bones by the author's own word, where the file has it.
    pub humanoid: Option<Humanoid>,
    /// The avatar's own expressions: presets in their order, then others as the file has them.
    pub expressions: Vec<OwnExpression>,
    /// How its eyes follow, where the file says it.
    pub look_at: Option<LookAt>,
    /// Who sees the meshes of which nodes; those of others are `Auto`. First-person-only ones are not among the meshes.
    pub first_person: Vec<(usize, FirstPerson)>,
    /// Who made it and what its licence allows, where the file says it.
    pub meta: Option<Meta>,
    /// Cameras on its nodes.
    pub cameras: Vec<FileCamera>,
    /// Lights on its nodes (`KHR_lights_punctual`).
    pub lights: Vec<Light>,
    /// Names of its looks (`KHR_materials_variants`); primitives say which materials each has.
    pub variants: Vec<String>,
}

impl Avatar {
    /// `avatar_from_node` of every node for the given local transforms (as many as nodes).
    pub fn world_transforms(&self, locals: &[Transform], out: &mut Vec<Mat4>) {
        let mut affine: Vec<Affine3A> = Vec::with_capacity(self.nodes.len());
        for (node, local) in self.nodes.iter().zip(locals) {
            let own = local.to_affine();
            affine.push(match node.parent.and_then(|p| affine.get(p)) {
                Some(parent) => *parent * own,
                None => own,
            });
        }
        out.clear();
        out.extend(affine.into_iter().map(Mat4::from));
    }

    /// The nodes' local transforms as the file rests them.
    pub fn rest_locals(&self) -> Vec<Transform> {
        self.nodes.iter().map(|n| n.local).collect()
    }

    /// `avatar_from_node` of every node at rest.
    pub fn rest_world(&self) -> Vec<Mat4> {
        let mut out = Vec::new();
        self.world_transforms(&self.rest_locals(), &mut out);
        out
    }

    /// Puts on one of its [variants](Self::variants): primitives that have a material in it are made of that. False, and nothing
    /// changes, where it has none of that name.
    pub fn wear(&mut self, variant: &str) -> bool {
        let Some(worn) = self.variants.iter().position(|name| name == variant) else { return false };
        for primitive in self.meshes.iter_mut().flat_map(|mesh| &mut mesh.primitives) {
            if let Some(own) = primitive.variants.iter().find(|own| own.variant == worn) {
                primitive.material = Some(own.material);
            }
        }
        true
    }

    /// Vertices of all primitives, each mesh counted once.
    pub fn vertex_count(&self) -> usize {
        self.meshes.iter().flat_map(|m| &m.primitives).map(|p| p.positions.len()).sum()
    }

    /// Triangles of all primitives, each mesh counted once.
    pub fn triangle_count(&self) -> usize {
        self.meshes.iter().flat_map(|m| &m.primitives).map(|p| p.indices.len() / 3).sum()
    }
}
