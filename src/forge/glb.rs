//! Writes the model as a binary glTF 2.0 document, core features only: the same model gives the same bytes.
//!
//! Source: the glTF 2.0 specification, sections 3.6 (geometry), 3.7.2.2 (morph targets), 3.6.2.3 (sparse accessors), 4 (GLB).

use glam::Vec3;
use serde_json::{Value, json};

use super::ForgeError;
use super::model::{Alpha, Bundle, Model, Morph, Piece, Surface};
use super::part::Vertex;
use crate::vocabulary::Bone;

const U8: u32 = 5121;
const U16: u32 = 5123;
const F32: u32 = 5126;
const VERTICES: u32 = 34962;
const INDICES: u32 = 34963;

#[derive(Default)]
struct Writer {
    binary: Vec<u8>,
    views: Vec<Value>,
    accessors: Vec<Value>,
}

impl Writer {
    fn view(&mut self, bytes: &[u8], target: Option<u32>) -> usize {
        let mut view = json!({ "buffer": 0, "byteOffset": self.binary.len(), "byteLength": bytes.len() });
        if let (Some(target), Some(object)) = (target, view.as_object_mut()) {
            object.insert("target".into(), target.into());
        }
        self.binary.extend_from_slice(bytes);
        self.binary.resize(self.binary.len().next_multiple_of(4), 0);
        self.views.push(view);
        self.views.len() - 1
    }

    fn accessor(&mut self, accessor: Value) -> usize {
        self.accessors.push(accessor);
        self.accessors.len() - 1
    }

    fn positions(&mut self, vertices: &[Vertex]) -> usize {
        let points: Vec<Vec3> = vertices.iter().map(|v| v.position).collect();
        let view = self.view(bytemuck::cast_slice(&points), Some(VERTICES));
        let (low, high) = bounds(points.iter().copied());
        self.accessor(
            json!({ "bufferView": view, "componentType": F32, "count": points.len(), "type": "VEC3",
            "min": low.to_array(), "max": high.to_array() }),
        )
    }

    fn attributes(&mut self, vertices: &[Vertex], textured: bool) -> Value {
        let position = self.positions(vertices);
        let count = vertices.len();
        let normals: Vec<Vec3> = vertices.iter().map(|v| v.normal).collect();
        let view = self.view(bytemuck::cast_slice(&normals), Some(VERTICES));
        let normal = self
            .accessor(json!({ "bufferView": view, "componentType": F32, "count": count, "type": "VEC3" }));
        let joints: Vec<[u8; 4]> = vertices.iter().map(|v| v.skin.map(|(bone, _)| bone)).collect();
        let view = self.view(bytemuck::cast_slice(&joints), Some(VERTICES));
        let joints =
            self.accessor(json!({ "bufferView": view, "componentType": U8, "count": count, "type": "VEC4" }));
        let weights: Vec<[u8; 4]> = vertices.iter().map(|v| shares(v.skin.map(|(_, w)| w))).collect();
        let view = self.view(bytemuck::cast_slice(&weights), Some(VERTICES));
        let weights = self.accessor(json!({ "bufferView": view, "componentType": U8, "normalized": true,
            "count": count, "type": "VEC4" }));
        let mut attributes =
            json!({ "POSITION": position, "NORMAL": normal, "JOINTS_0": joints, "WEIGHTS_0": weights });
        if let (true, Some(object)) = (textured, attributes.as_object_mut()) {
            let unit = |c: f32| libm::roundf(c.clamp(0.0, 1.0) * 65535.0) as u16;
            let coordinates: Vec<[u16; 2]> =
                vertices.iter().map(|v| [unit(v.coordinate.x), unit(v.coordinate.y)]).collect();
            let view = self.view(bytemuck::cast_slice(&coordinates), Some(VERTICES));
            let accessor = self
                .accessor(json!({ "bufferView": view, "componentType": U16, "normalized": true,
                "count": count, "type": "VEC2" }));
            object.insert("TEXCOORD_0".into(), accessor.into());
        }
        attributes
    }

    fn indices(&mut self, triangles: &[[u32; 3]]) -> usize {
        let narrow: Vec<u16> = triangles.iter().flatten().map(|&i| i as u16).collect();
        let view = self.view(bytemuck::cast_slice(&narrow), Some(INDICES));
        self.accessor(
            json!({ "bufferView": view, "componentType": U16, "count": narrow.len(), "type": "SCALAR" }),
        )
    }

    fn morph(&mut self, morph: &Morph, count: usize) -> Value {
        let position = self.sparse(&morph.moved, count, true);
        let normal = self.sparse(&morph.turned, count, false);
        json!({ "POSITION": position, "NORMAL": normal })
    }

    fn sparse(&mut self, list: &[(u32, Vec3)], count: usize, bounded: bool) -> usize {
        let indices: Vec<u16> = list.iter().map(|v| v.0 as u16).collect();
        let values: Vec<Vec3> = list.iter().map(|v| v.1).collect();
        let places = self.view(bytemuck::cast_slice(&indices), None);
        let view = self.view(bytemuck::cast_slice(&values), None);
        let mut accessor = json!({ "componentType": F32, "count": count, "type": "VEC3", "sparse": {
            "count": list.len(),
            "indices": { "bufferView": places, "componentType": U16 },
            "values": { "bufferView": view } } });
        if let (true, Some(object)) = (bounded, accessor.as_object_mut()) {
            // Vertices that are not listed stay: zero belongs to the bounds unless all are listed.
            let still = (values.len() < count).then_some(Vec3::ZERO);
            let (low, high) = bounds(values.iter().copied().chain(still));
            object.insert("min".into(), json!(low.to_array()));
            object.insert("max".into(), json!(high.to_array()));
        }
        self.accessor(accessor)
    }

    fn mesh(&mut self, piece: &Piece, material: usize) -> Value {
        let attributes = self.attributes(&piece.part.vertices, piece.surface.picture.is_some());
        let indices = self.indices(&piece.part.triangles);
        let mut primitive = json!({ "attributes": attributes, "indices": indices, "material": material });
        let mut mesh = json!({ "name": piece.name });
        if !piece.morphs.is_empty() {
            let count = piece.part.vertices.len();
            let targets: Vec<Value> = piece.morphs.iter().map(|m| self.morph(m, count)).collect();
            let names: Vec<&str> = piece.morphs.iter().map(|m| m.name.as_str()).collect();
            if let (Some(primitive), Some(mesh)) = (primitive.as_object_mut(), mesh.as_object_mut()) {
                primitive.insert("targets".into(), targets.into());
                mesh.insert("extras".into(), json!({ "targetNames": names }));
                mesh.insert("weights".into(), vec![0; names.len()].into());
            }
        }
        if let Some(mesh) = mesh.as_object_mut() {
            mesh.insert("primitives".into(), json!([primitive]));
        }
        mesh
    }
}

/// The document's bytes.
///
/// # Errors
/// When the JSON part cannot be written.
pub(super) fn write(model: &Model) -> Result<Vec<u8>, ForgeError> {
    let mut writer = Writer::default();
    let Bundle { pieces, pictures, extras, .. } = &model.bundle;
    let mut nodes = skeleton(model);
    let joints = nodes.len();
    let inverse: Vec<[f32; 16]> = model
        .joints
        .iter()
        .map(|j| j.position)
        .chain(extras.iter().map(|e| e.position))
        .map(|p| glam::Mat4::from_translation(-p).to_cols_array())
        .collect();
    let view = writer.view(bytemuck::cast_slice(&inverse), None);
    let inverse =
        writer.accessor(json!({ "bufferView": view, "componentType": F32, "count": joints, "type": "MAT4" }));
    let mut meshes = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        meshes.push(writer.mesh(piece, index));
        nodes.push(json!({ "name": piece.name, "mesh": index, "skin": 0 }));
    }
    let images: Vec<Value> = pictures
        .iter()
        .map(|picture| {
            let view = writer.view(&picture.bytes, None);
            json!({ "name": picture.name, "mimeType": picture.mime, "bufferView": view })
        })
        .collect();
    let textures: Vec<Value> = (0..images.len()).map(|i| json!({ "source": i, "sampler": 0 })).collect();
    let mut roots = vec![Bone::Hips.index()];
    roots.extend(joints..nodes.len());
    let mut document = json!({
        "asset": { "version": "2.0", "generator": "rhetor forge", "copyright": "CC0 1.0" },
        "scene": 0,
        "scenes": [{ "name": model.name, "nodes": roots }],
        "nodes": nodes,
        "meshes": meshes,
        "skins": [{ "joints": (0..joints).collect::<Vec<_>>(), "inverseBindMatrices": inverse, "skeleton": Bone::Hips.index() }],
        "materials": pieces.iter().map(|p| material(&p.surface)).collect::<Vec<_>>(),
        "samplers": [{ "magFilter": 9729, "minFilter": 9987, "wrapS": 33071, "wrapT": 33071 }],
        "textures": textures,
        "images": images,
        "accessors": writer.accessors,
        "bufferViews": writer.views,
        "buffers": [{ "byteLength": writer.binary.len() }],
    });
    if pieces.iter().any(|p| p.surface.sheen.is_some()) {
        document["extensionsUsed"] = json!(["KHR_materials_sheen"]);
    }
    pack(&document, &writer.binary)
}

/// The nodes of all joints: the humanoid bones in their order, then the extra ones.
fn skeleton(model: &Model) -> Vec<Value> {
    let humanoid =
        model.joints.iter().map(|j| (j.bone.name().to_owned(), j.parent.map(Bone::index), j.position));
    let extras = model.bundle.extras.iter().map(|e| (e.name.clone(), Some(e.parent), e.position));
    let all: Vec<(String, Option<usize>, Vec3)> = humanoid.chain(extras).collect();
    all.iter()
        .enumerate()
        .map(|(index, (name, parent, position))| {
            let origin = parent.and_then(|p| all.get(p)).map_or(Vec3::ZERO, |p| p.2);
            let mut node = json!({ "name": name, "translation": (*position - origin).to_array() });
            let children: Vec<usize> = (0..all.len()).filter(|&n| all[n].1 == Some(index)).collect();
            if !children.is_empty() {
                node["children"] = json!(children);
            }
            node
        })
        .collect()
}

fn material(surface: &Surface) -> Value {
    let mut pbr = json!({ "baseColorFactor": surface.colour, "metallicFactor": 0, "roughnessFactor": surface.roughness });
    if let Some(picture) = surface.picture {
        pbr["baseColorTexture"] = json!({ "index": picture });
    }
    let mut material = json!({ "name": surface.name });
    if let Some(rough) = surface.rough {
        pbr["metallicRoughnessTexture"] = json!({ "index": rough });
        pbr["metallicFactor"] = json!(1);
        material["occlusionTexture"] = json!({ "index": rough });
    }
    material["pbrMetallicRoughness"] = pbr;
    if let Some((normals, scale)) = surface.normals {
        material["normalTexture"] = json!({ "index": normals, "scale": scale });
    }
    if let Some((colour, roughness)) = surface.sheen {
        let sheen = json!({ "sheenColorFactor": colour, "sheenRoughnessFactor": roughness });
        material["extensions"] = json!({ "KHR_materials_sheen": sheen });
    }
    match surface.alpha {
        Alpha::Opaque => {}
        Alpha::Mask(cutoff) => {
            material["alphaMode"] = json!("MASK");
            material["alphaCutoff"] = json!(cutoff);
        }
        Alpha::Blend => material["alphaMode"] = json!("BLEND"),
    }
    if surface.double_sided {
        material["doubleSided"] = json!(true);
    }
    material
}

fn pack(document: &Value, binary: &[u8]) -> Result<Vec<u8>, ForgeError> {
    let mut text = serde_json::to_vec(document)
        .map_err(|e| ForgeError::Encode { what: "document", reason: e.to_string() })?;
    text.resize(text.len().next_multiple_of(4), b' ');
    let total = 12 + 8 + text.len() + 8 + binary.len();
    let mut out = Vec::with_capacity(total);
    let word = |out: &mut Vec<u8>, n: usize| out.extend_from_slice(&(n as u32).to_le_bytes());
    out.extend_from_slice(b"glTF");
    word(&mut out, 2);
    word(&mut out, total);
    word(&mut out, text.len());
    out.extend_from_slice(b"JSON");
    out.extend_from_slice(&text);
    word(&mut out, binary.len());
    out.extend_from_slice(b"BIN\0");
    out.extend_from_slice(binary);
    Ok(out)
}

fn bounds(points: impl Iterator<Item = Vec3>) -> (Vec3, Vec3) {
    points.fold((Vec3::MAX, Vec3::MIN), |(low, high), p| (low.min(p), high.max(p)))
}

/// Shares as bytes that sum to exactly 255, the first taking what rounding leaves.
fn shares(weights: [f32; 4]) -> [u8; 4] {
    let mut bytes = weights.map(|w| libm::roundf(w.clamp(0.0, 1.0) * 255.0) as i32);
    bytes[0] += 255 - bytes.iter().sum::<i32>();
    bytes.map(|b| b.clamp(0, 255) as u8)
}
