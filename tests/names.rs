//! Names in the wild: skeletons and faces of many conventions, rig files, and the page of all names.

mod bones;
mod faces;
mod rig_file;

use crate::common::assert_current;
use rhetor::avatar::{Avatar, Influences, Mesh, Node, Primitive, Skin, Transform};

#[test]
fn the_page_of_names_is_current() {
    assert_current("docs/names.md", &rhetor::rig::names_page());
}

#[test]
fn the_schema_of_rig_files_is_current() {
    assert_current("docs/rig.schema.json", &rhetor::host::rig_file_schema());
}

fn node(name: &str, parent: Option<usize>) -> Node {
    Node {
        name: name.to_owned(),
        parent,
        local: Transform::IDENTITY,
        mesh: None,
        skin: None,
        morph_weights: Vec::new(),
    }
}

/// Skins all nodes so far, with a vertex on each.
fn skin(avatar: &mut Avatar) {
    let count = avatar.nodes.len();
    let follow = |i: usize| {
        let mut influences = Influences::default();
        influences.joints[0] = i as u16;
        influences.weights[0] = 1.0;
        influences
    };
    let primitive = Primitive {
        positions: vec![[0.0; 3]; count],
        normals: vec![[0.0, 0.0, 1.0]; count],
        influences: (0..count).map(follow).collect(),
        indices: vec![0, 1, 2],
        ..Primitive::default()
    };
    avatar.skins.push(Skin {
        name: String::new(),
        joints: (0..count).collect(),
        inverse_bind: avatar.rest_world().iter().map(glam::Mat4::inverse).collect(),
    });
    avatar.meshes.push(Mesh { primitives: vec![primitive], ..Mesh::default() });
    let shown = Node { mesh: Some(avatar.meshes.len() - 1), skin: Some(0), ..node("body", None) };
    avatar.nodes.push(shown);
}
