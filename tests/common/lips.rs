//! The lips of the bundled avatar, measured on the deformed mesh.

use glam::Vec3;
use rhetor::avatar::{Avatar, deform_cpu};
use rhetor::frame::Actor;

/// How far apart the lips of the bundled avatar are in the middle of the mouth, metres: the distance of the two
/// vertices that touch at rest, one of which follows the jaw.
pub(crate) fn mouth_gap(avatar: &Avatar, actor: &Actor) -> f32 {
    let (node, mesh) = (avatar.nodes.iter().enumerate())
        .find_map(|(i, n)| Some((i, &avatar.meshes[n.mesh?])).filter(|(_, m)| m.name == "Head"))
        .expect("a mesh called Head");
    let jaw_open = mesh.morph_names.iter().position(|n| n == "jawOpen").expect("jawOpen");
    let (upper, lower) = mesh
        .primitives
        .iter()
        .enumerate()
        .find_map(|(index, p)| lip_pair(p, jaw_open).map(|(u, l)| ((index, u), (index, l))))
        .expect("lips that meet at rest");
    let deformed = deform_cpu(avatar, &actor.world_from_node, &actor.morph_weights);
    let at = |(primitive, vertex): (usize, usize)| {
        let part = deformed.iter().find(|d| d.node == node && d.primitive == primitive).unwrap();
        part.positions[vertex]
    };
    at(upper).distance(at(lower))
}

/// The closest pair of vertices in the middle of the mouth of which only one follows the jaw.
fn lip_pair(primitive: &rhetor::avatar::Primitive, jaw_open: usize) -> Option<(usize, usize)> {
    let deltas = &primitive.morphs[jaw_open];
    let mut moved = vec![Vec3::ZERO; primitive.positions.len()];
    for (vertex, delta) in deltas.vertices.iter().zip(&deltas.positions) {
        moved[*vertex as usize] = Vec3::from(*delta);
    }
    let rest = |i: usize| Vec3::from(primitive.positions[i]);
    let middle: Vec<usize> = (0..moved.len()).filter(|&i| rest(i).x.abs() < 0.004).collect();
    let lower = middle.iter().copied().filter(|&i| moved[i].y < -0.015);
    let upper: Vec<usize> = middle.iter().copied().filter(|&i| moved[i].length() < 0.004).collect();
    lower
        .flat_map(|l| upper.iter().map(move |&u| (u, l)))
        .map(|(u, l)| (rest(u).distance(rest(l)), u, l))
        .filter(|(distance, ..)| *distance < 0.0015)
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, u, l)| (u, l))
}
