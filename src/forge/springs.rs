//! What swings and what it must not swing through (`VRMC_springBone` 1.0).
//!
//! Colliders are measured on the meshes, so that they fit every body.

use glam::Vec3;
use serde_json::{Value, json};

use super::model::{Alpha, Piece, Spring};
use super::rest::Rest;
use crate::vocabulary::Bone::{self, *};

/// The extension's name.
pub(super) const EXTENSION: &str = "VRMC_springBone";

/// A capsule along a bone: the bone, where the capsule ends, and of all distances of the bone's vertices from the middle line
/// the share that lie within its radius.
struct Capsule(Bone, Bone, f32);

/// Trunks are broader than deep: their radius is the depth, and the shoulders make up the breadth.
const CAPSULES: &[Capsule] = &[
    Capsule(Neck, Head, 0.5),
    Capsule(Chest, UpperChest, 0.3),
    Capsule(UpperChest, Neck, 0.3),
    Capsule(LeftShoulder, LeftUpperArm, 0.6),
    Capsule(RightShoulder, RightUpperArm, 0.6),
    Capsule(LeftUpperArm, LeftLowerArm, 0.6),
    Capsule(RightUpperArm, RightLowerArm, 0.6),
];

/// The skull: how far above and behind the point between the eyes its middle lies, metres.
const SKULL: Vec3 = Vec3::new(0.0, 0.03, -0.075);
/// The same for jaw and cheeks.
const CHEEKS: Vec3 = Vec3::new(0.0, -0.045, -0.045);

/// The extension; `None` where nothing swings.
pub(super) fn extension(springs: &[Spring], pieces: &[Piece], rests: &[Rest]) -> Option<Value> {
    if springs.is_empty() {
        return None;
    }
    let colliders = colliders(pieces, rests);
    let all: Vec<usize> = (0..colliders.len()).collect();
    Some(json!({
        "specVersion": "1.0",
        "colliders": colliders,
        "colliderGroups": [{ "name": "Body", "colliders": all }],
        "springs": springs.iter().map(spring).collect::<Vec<_>>(),
    }))
}

fn spring(spring: &Spring) -> Value {
    let joint = |&node: &usize| {
        json!({ "node": node, "hitRadius": spring.radius, "stiffness": spring.stiffness,
            "gravityPower": spring.gravity, "gravityDir": [0, -1, 0], "dragForce": spring.drag })
    };
    json!({
        "name": spring.name,
        "joints": spring.joints.iter().map(joint).collect::<Vec<_>>(),
        "colliderGroups": [0],
    })
}

fn colliders(pieces: &[Piece], rests: &[Rest]) -> Vec<Value> {
    let place = |bone: Bone| rests.get(bone.index()).map(|rest| rest.place);
    let mut out = Vec::new();
    if let (Some(head), Some(left), Some(right)) = (place(Head), place(LeftEye), place(RightEye)) {
        let points = points_of(Head, pieces, rests);
        let eyes = (left + right) * 0.5 - head;
        for (offset, is_above) in [(SKULL, true), (CHEEKS, false)] {
            let middle = eyes + offset;
            let apart = points.iter().filter(|p| (p.y > middle.y) == is_above).map(|p| p.distance(middle));
            let radius = share_within(apart.collect(), 0.4);
            let sphere = json!({ "offset": middle.to_array(), "radius": radius });
            out.push(json!({ "node": Head.index(), "shape": { "sphere": sphere } }));
        }
    }
    for &Capsule(bone, end, share) in CAPSULES {
        let (Some(from), Some(to)) = (place(bone), place(end)) else { continue };
        let along = to - from;
        let apart = points_of(bone, pieces, rests).into_iter().map(|p| distance(p, along)).collect();
        let radius = share_within(apart, share);
        let capsule = json!({ "offset": [0, 0, 0], "tail": along.to_array(), "radius": radius });
        out.push(json!({ "node": bone.index(), "shape": { "capsule": capsule } }));
    }
    out
}

/// The vertices of skin and clothes that mostly follow `bone`, in its own space.
fn points_of(bone: Bone, pieces: &[Piece], rests: &[Rest]) -> Vec<Vec3> {
    let Some(rest) = rests.get(bone.index()) else { return Vec::new() };
    let from_mesh = rest.inverse_bind();
    let is_body = |piece: &&Piece| piece.surface.alpha == Alpha::Opaque;
    pieces
        .iter()
        .filter(is_body)
        .flat_map(|piece| &piece.part.vertices)
        .filter(|v| usize::from(v.skin[0].0) == bone.index())
        .map(|v| from_mesh.transform_point3(v.position))
        .collect()
}

/// From the line between the origin and `along`.
fn distance(point: Vec3, along: Vec3) -> f32 {
    let t = (point.dot(along) / along.length_squared().max(1e-9)).clamp(0.0, 1.0);
    point.distance(along * t)
}

/// What `share` of the values do not exceed.
fn share_within(mut values: Vec<f32>, share: f32) -> f32 {
    values.sort_by(f32::total_cmp);
    let place = (values.len() as f32 * share) as usize;
    values.get(place.min(values.len().saturating_sub(1))).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::model::Surface;
    use super::super::part::{Part, Vertex};
    use super::super::{rest, skeleton};
    use super::*;
    use glam::Vec2;

    #[test]
    fn without_springs_there_are_no_colliders() {
        assert_eq!(extension(&[], &[], &[]), None);
    }

    #[test]
    fn a_capsule_is_as_thick_as_what_follows_its_bone() {
        let mut joints = vec![(None, Vec3::ZERO); Bone::COUNT + 2];
        joints[Neck.index()].1 = Vec3::new(0.0, 1.4, 0.0);
        joints[Head.index()] = (Some(Neck.index()), Vec3::new(0.0, 1.5, 0.0));
        let vertex = |x: f32| Vertex {
            position: Vec3::new(x, 1.45, 0.0),
            normal: Vec3::X,
            coordinate: Vec2::ZERO,
            skin: skeleton::rigid(Neck),
            source: None,
        };
        let part = Part { vertices: vec![vertex(0.05), vertex(-0.05)], triangles: Vec::new() };
        let pieces = [Piece::new("Head", part, Surface::plain("Skin", [1.0; 3], 0.5))];
        let spring = Spring {
            name: "Lock".into(),
            joints: vec![Bone::COUNT, Bone::COUNT + 1],
            stiffness: 1.0,
            drag: 0.4,
            gravity: 0.1,
            radius: 0.01,
        };
        let json = extension(&[spring], &pieces, &rest::pose(&joints)).unwrap_or_default();
        let capsule = json["colliders"].as_array().into_iter().flatten().find(|c| c["node"] == Neck.index());
        let radius = capsule.and_then(|c| c.pointer("/shape/capsule/radius")).and_then(Value::as_f64);
        assert!(radius.is_some_and(|r| (r - 0.05).abs() < 1e-4), "{json}");
        assert_eq!(json["springs"][0]["joints"][1]["node"], Bone::COUNT + 1);
    }
}
