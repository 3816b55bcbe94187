//! Nodes and skins: the tree that everything hangs on, and the joints that bend meshes.

use glam::{Affine3A, Mat4, Quat, Vec3};

/// Translation (metres), rotation (unit quaternion) and scale, applied scale first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Transform {
    /// Metres.
    pub translation: Vec3,
    /// A unit quaternion.
    pub rotation: Quat,
    /// Per axis.
    pub scale: Vec3,
}

impl Transform {
    /// Changes nothing.
    pub const IDENTITY: Self = Self { translation: Vec3::ZERO, rotation: Quat::IDENTITY, scale: Vec3::ONE };

    /// As an affine map.
    pub fn to_affine(self) -> Affine3A {
        Affine3A::from_scale_rotation_translation(self.scale, self.rotation, self.translation)
    }
}

impl Default for Transform {
    fn default() -> Self {
        Self::IDENTITY
    }
}

/// One node of the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// As the file has it; may be empty or repeat.
    pub name: String,
    /// Always a smaller index than the node's own.
    pub parent: Option<usize>,
    /// At rest, relative to the parent.
    pub local: Transform,
    /// The mesh it shows.
    pub mesh: Option<usize>,
    /// The skin that bends the mesh.
    pub skin: Option<usize>,
    /// Morph weights at rest, as many as the mesh has targets; empty where the mesh's own hold.
    pub morph_weights: Vec<f32>,
}

/// Joints and their inverse bind matrices, equally many.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Skin {
    /// As the file has it.
    pub name: String,
    /// Node indices.
    pub joints: Vec<usize>,
    /// `joint_from_mesh` at bind time.
    pub inverse_bind: Vec<Mat4>,
}
