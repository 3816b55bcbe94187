//! Morphs and skinning on the CPU: where every vertex of a posed avatar is.
//!
//! The reference that the GPU's deformation is compared with, and what measures an avatar without a GPU.
//! It allocates its result and is not meant for every frame.

use super::{Avatar, Influences, Primitive, Skin};
use glam::{Mat3, Mat4, Vec3, Vec4};

/// One primitive of one node, deformed.
#[derive(Debug, Clone, PartialEq)]
pub struct Deformed {
    /// The node that shows the mesh.
    pub node: usize,
    /// Index into the mesh's primitives.
    pub primitive: usize,
    /// World space, metres, as many as the primitive has vertices.
    pub positions: Vec<Vec3>,
    /// World space, unit length (or zero where a matrix flattens them), as many as positions.
    pub normals: Vec<Vec3>,
    /// World space, unit length, handedness in w, as many as positions; empty where the primitive has none.
    pub tangents: Vec<Vec4>,
}

/// Deforms every primitive of every node with a mesh, nodes and primitives in order.
///
/// A vertex is `p + Σ weight · delta` (glTF 2.0 section 3.7.2.2), then `Σ w_j · world_from_joint_j · inverse_bind_j`
/// (section 3.7.3) where the node has a skin and the primitive influences; else, and where all `w_j` are zero,
/// `world_from_node`. Normals go by the same blended matrix when skinned, by the inverse transpose when not.
/// `world_from_node` has one matrix a node; `morph_weights` one list a node: missing lists and weights count as zero.
pub fn deform_cpu(avatar: &Avatar, world_from_node: &[Mat4], morph_weights: &[Vec<f32>]) -> Vec<Deformed> {
    let shown = avatar.nodes.iter().enumerate().filter_map(|(n, node)| Some((n, node.mesh?)));
    let primitives = |mesh: usize| avatar.meshes.get(mesh).map_or(0, |m| m.primitives.len());
    shown
        .flat_map(|(node, mesh)| (0..primitives(mesh)).map(move |primitive| (node, primitive)))
        .filter_map(|(node, primitive)| {
            deform_primitive(avatar, node, primitive, world_from_node, morph_weights)
        })
        .collect()
}

/// What [`deform_cpu`] gives for one primitive of one node; `None` where there is no such primitive.
pub fn deform_primitive(
    avatar: &Avatar,
    node_index: usize,
    primitive_index: usize,
    world_from_node: &[Mat4],
    morph_weights: &[Vec<f32>],
) -> Option<Deformed> {
    let node = avatar.nodes.get(node_index)?;
    let primitive = avatar.meshes.get(node.mesh?)?.primitives.get(primitive_index)?;
    let world = world_from_node.get(node_index).copied().unwrap_or(Mat4::IDENTITY);
    let weights = morph_weights.get(node_index).map_or(&[][..], Vec::as_slice);
    let (mut positions, mut normals) = morphed(primitive, weights);
    let mut tangents: Vec<Vec4> = primitive.tangents.iter().map(|t| Vec4::from(*t)).collect();
    let skin = node.skin.and_then(|s| avatar.skins.get(s));
    match skin.filter(|_| primitive.influences.len() == positions.len()) {
        Some(skin) => {
            let joints = world_from_bind(skin, world_from_node);
            skin_all(&mut positions, &mut normals, &mut tangents, &primitive.influences, &joints, world);
        }
        None => {
            transform_all(&mut positions, &mut normals, world);
            tangents.iter_mut().for_each(|t| *t = turned(*t, &world));
        }
    }
    Some(Deformed { node: node_index, primitive: primitive_index, positions, normals, tangents })
}

/// `world_from_joint · inverse_bind` of each joint.
fn world_from_bind(skin: &Skin, world_from_node: &[Mat4]) -> Vec<Mat4> {
    let world = |joint: &usize| world_from_node.get(*joint).copied().unwrap_or(Mat4::IDENTITY);
    skin.joints.iter().zip(&skin.inverse_bind).map(|(joint, bind)| world(joint) * *bind).collect()
}

fn morphed(primitive: &Primitive, weights: &[f32]) -> (Vec<Vec3>, Vec<Vec3>) {
    let mut positions: Vec<Vec3> = primitive.positions.iter().map(|p| Vec3::from(*p)).collect();
    let mut normals: Vec<Vec3> = primitive.normals.iter().map(|n| Vec3::from(*n)).collect();
    normals.resize(positions.len(), Vec3::Y);
    for (morph, &weight) in primitive.morphs.iter().zip(weights) {
        if weight == 0.0 {
            continue;
        }
        for (i, &vertex) in morph.vertices.iter().enumerate() {
            if let (Some(p), Some(d)) = (positions.get_mut(vertex as usize), morph.positions.get(i)) {
                *p += Vec3::from(*d) * weight;
            }
            if let (Some(n), Some(d)) = (normals.get_mut(vertex as usize), morph.normals.get(i)) {
                *n += Vec3::from(*d) * weight;
            }
        }
    }
    (positions, normals)
}

fn transform_all(positions: &mut [Vec3], normals: &mut [Vec3], world: Mat4) {
    let linear = Mat3::from_mat4(world);
    // The cofactor matrix is the inverse transpose times the determinant, and exists for flat matrices too.
    let cofactor = Mat3::from_cols(
        linear.y_axis.cross(linear.z_axis),
        linear.z_axis.cross(linear.x_axis),
        linear.x_axis.cross(linear.y_axis),
    ) * if linear.determinant() < 0.0 { -1.0 } else { 1.0 };
    for p in positions {
        *p = world.transform_point3(*p);
    }
    for n in normals {
        *n = (cofactor * *n).normalize_or_zero();
    }
}

/// A tangent as `matrix` has it; the side changes where that mirrors.
fn turned(tangent: Vec4, matrix: &Mat4) -> Vec4 {
    let side = if matrix.determinant() < 0.0 { -tangent.w } else { tangent.w };
    matrix.transform_vector3(tangent.truncate()).normalize_or_zero().extend(side)
}

fn skin_all(
    positions: &mut [Vec3],
    normals: &mut [Vec3],
    tangents: &mut [Vec4],
    influences: &[Influences],
    joints: &[Mat4],
    world: Mat4,
) {
    for (i, ((p, n), influence)) in positions.iter_mut().zip(normals).zip(influences).enumerate() {
        let mut blended = Mat4::ZERO;
        let mut sum = 0.0;
        for (&joint, &weight) in influence.joints.iter().zip(&influence.weights) {
            if weight > 0.0
                && let Some(matrix) = joints.get(usize::from(joint))
            {
                blended += *matrix * weight;
                sum += weight;
            }
        }
        let matrix = if sum > 0.0 { blended } else { world };
        *p = matrix.transform_point3(*p);
        *n = matrix.transform_vector3(*n).normalize_or_zero();
        if let Some(tangent) = tangents.get_mut(i) {
            *tangent = turned(*tangent, &matrix);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::avatar::{Mesh, MorphDeltas, Node, Transform};

    fn node(mesh: Option<usize>, skin: Option<usize>) -> Node {
        Node {
            name: String::new(),
            parent: None,
            local: Transform::IDENTITY,
            mesh,
            skin,
            morph_weights: Vec::new(),
        }
    }

    fn avatar(skin: Option<usize>, influences: Vec<Influences>) -> Avatar {
        let primitive = Primitive {
            positions: vec![[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            normals: vec![[0.0, 1.0, 0.0]; 3],
            influences,
            indices: vec![0, 1, 2],
            morphs: vec![MorphDeltas {
                vertices: vec![1],
                positions: vec![[0.0, 0.0, 2.0]],
                normals: vec![[1.0, 0.0, 0.0]],
            }],
            ..Primitive::default()
        };
        Avatar {
            nodes: vec![node(Some(0), skin), node(None, None)],
            meshes: vec![Mesh { primitives: vec![primitive], ..Mesh::default() }],
            skins: vec![Skin {
                name: String::new(),
                joints: vec![0, 1],
                inverse_bind: vec![Mat4::IDENTITY, Mat4::from_translation(-Vec3::X)],
            }],
            ..Avatar::default()
        }
    }

    #[test]
    fn morphs_then_transforms_with_the_inverse_transpose_for_normals() {
        let world = Mat4::from_scale(Vec3::new(2.0, 4.0, 1.0));
        let out = deform_cpu(&avatar(None, vec![]), &[world, Mat4::IDENTITY], &[vec![0.5]]);
        assert_eq!(out[0].positions[1], Vec3::new(0.0, 4.0, 1.0));
        // The morphed normal (0.5, 1, 0) is perpendicular to (1, -0.5, 0), which becomes (2, -2, 0).
        assert!(out[0].normals[1].dot(Vec3::new(2.0, -2.0, 0.0)).abs() < 1e-6);
    }

    #[test]
    fn blends_joints_and_follows_the_node_without_weights() {
        let half = Influences {
            joints: [0, 1, 0, 0, 0, 0, 0, 0],
            weights: [0.5, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        };
        let avatar = avatar(Some(0), vec![half, half, Influences::default()]);
        let world = [Mat4::from_translation(Vec3::Y), Mat4::from_rotation_z(std::f32::consts::FRAC_PI_2)];
        let out = deform_cpu(&avatar, &world, &[]);
        // Half of (1, 1, 0) and half of rotated (0, 0, 0).
        assert!(out[0].positions[0].abs_diff_eq(Vec3::new(0.5, 0.5, 0.0), 1e-6));
        assert_eq!(out[0].positions[2], Vec3::new(0.0, 1.0, 1.0));
        assert!(out[0].normals[0].abs_diff_eq(Vec3::new(-1.0, 1.0, 0.0).normalize(), 1e-6));
    }
}
