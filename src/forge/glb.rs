//! Writes the model as a binary glTF 2.0 document that is a VRM 1.0 avatar: the same model gives the same bytes.
//!
//! Source: the glTF 2.0 specification, sections 3.6 (geometry), 3.7.2.2 (morph targets), 3.6.2.3 (sparse accessors), 4 (GLB);
//! `KHR_mesh_quantization` for the small numbers of normals.

use glam::Vec3;
use serde_json::{Map, Value, json};

use super::ForgeError;
use super::model::{Alpha, Model, Morph, Piece, Surface};
use super::pack::{self, Packer, as_packed};
use super::rest::{self, Rest};
use super::{order, springs, vrm};
use crate::vocabulary::Bone;

const U8: u32 = 5121;
const I16: u32 = 5122;
const U16: u32 = 5123;
const F32: u32 = 5126;

/// Vertices that a mesh may have: the highest 16-bit number is no index.
const MOST_VERTICES: usize = 65_535;

/// What morph targets hold, of all meshes together: they share three views.
#[derive(Default)]
struct Morphs {
    places: Vec<u32>,
    moved: Vec<Vec3>,
    turned: Vec<Vec3>,
}

/// What a sparse accessor of a morph target holds.
enum Kind {
    /// Movements of points.
    Moved,
    /// What is added to normals.
    Turned,
}

struct Writer {
    packer: Packer,
    accessors: Vec<Value>,
    morphs: Morphs,
    /// Accessors of morph targets with what they hold.
    sparse: Vec<(usize, Kind)>,
}

impl Writer {
    fn accessor(&mut self, accessor: Value) -> usize {
        self.accessors.push(accessor);
        self.accessors.len() - 1
    }

    fn mesh(&mut self, piece: &Piece, material: usize) -> Result<Value, ForgeError> {
        let vertices = &piece.part.vertices;
        let count = vertices.len();
        if count > MOST_VERTICES {
            let reason = format!("{} has {count} vertices", piece.name);
            return Err(ForgeError::Encode { what: "geometry", reason });
        }
        let corners: Vec<u32> = piece.part.triangles.iter().flatten().copied().collect();
        let view = self.packer.triangles(&corners)?;
        let indices = self.accessor(
            json!({ "bufferView": view, "componentType": U16, "count": corners.len(), "type": "SCALAR" }),
        );
        let mut primitive =
            json!({ "attributes": self.attributes(piece)?, "indices": indices, "material": material });
        let mut mesh = json!({ "name": piece.name });
        if !piece.morphs.is_empty() {
            let targets: Vec<Value> = piece.morphs.iter().map(|m| self.morph(m, count)).collect();
            primitive["targets"] = targets.into();
            let names: Vec<&str> = piece.morphs.iter().map(|m| m.name.as_str()).collect();
            mesh["extras"] = json!({ "targetNames": names });
            mesh["weights"] = vec![0; names.len()].into();
        }
        mesh["primitives"] = json!([primitive]);
        Ok(mesh)
    }

    fn attributes(&mut self, piece: &Piece) -> Result<Value, ForgeError> {
        let vertices = &piece.part.vertices;
        let count = vertices.len();
        let positions: Vec<Vec3> = vertices.iter().map(|v| v.position).collect();
        let view = self.packer.points(&positions)?;
        let (low, high) = bounds(positions.iter().map(|p| as_packed(*p)));
        let position = self.accessor(json!({ "bufferView": view, "componentType": F32, "count": count,
            "type": "VEC3", "min": low.to_array(), "max": high.to_array() }));
        let normals: Vec<Vec3> = vertices.iter().map(|v| v.normal).collect();
        let view = self.packer.normals(&normals)?;
        let normal = self.accessor(json!({ "bufferView": view, "componentType": I16, "normalized": true,
            "count": count, "type": "VEC3" }));
        let bones: Vec<[u8; 4]> = vertices.iter().map(|v| v.skin.map(|(bone, _)| bone)).collect();
        let weights: Vec<[u8; 4]> = vertices.iter().map(|v| shares(v.skin.map(|(_, w)| w))).collect();
        let bones = bones.iter().zip(&weights).map(|(bones, weights)| bare(*bones, *weights));
        let view = self.packer.bytes(&bones.collect::<Vec<_>>())?;
        let joints =
            self.accessor(json!({ "bufferView": view, "componentType": U8, "count": count, "type": "VEC4" }));
        let view = self.packer.bytes(&weights)?;
        let weights = self.accessor(json!({ "bufferView": view, "componentType": U8, "normalized": true,
            "count": count, "type": "VEC4" }));
        let mut attributes =
            json!({ "POSITION": position, "NORMAL": normal, "JOINTS_0": joints, "WEIGHTS_0": weights });
        if is_textured(&piece.surface) {
            let unit = |c: f32| libm::roundf(c.clamp(0.0, 1.0) * 65535.0) as u16;
            let pairs: Vec<[u16; 2]> =
                vertices.iter().map(|v| [unit(v.coordinate.x), unit(v.coordinate.y)]).collect();
            let view = self.packer.pairs(&pairs)?;
            attributes["TEXCOORD_0"] = self
                .accessor(json!({ "bufferView": view, "componentType": U16, "normalized": true,
                "count": count, "type": "VEC2" }))
                .into();
        }
        Ok(attributes)
    }

    fn morph(&mut self, morph: &Morph, count: usize) -> Value {
        json!({ "POSITION": self.sparse(&morph.moved, count, Kind::Moved),
            "NORMAL": self.sparse(&morph.turned, count, Kind::Turned) })
    }

    /// The views are named when all targets are known.
    fn sparse(&mut self, list: &[(u32, Vec3)], count: usize, kind: Kind) -> usize {
        let values = list.iter().map(|v| v.1);
        let held = match kind {
            Kind::Moved => &mut self.morphs.moved,
            Kind::Turned => &mut self.morphs.turned,
        };
        let mut accessor = json!({ "componentType": F32, "count": count, "type": "VEC3", "sparse": {
            "count": list.len(),
            "indices": { "byteOffset": self.morphs.places.len() * 2, "componentType": U16 },
            "values": { "byteOffset": held.len() * 12 } } });
        held.extend(values.clone());
        self.morphs.places.extend(list.iter().map(|v| v.0));
        if matches!(kind, Kind::Moved) {
            // Vertices that are not listed stay: zero belongs to the bounds unless all are listed.
            let still = (list.len() < count).then_some(Vec3::ZERO);
            let (low, high) = bounds(values.map(as_packed).chain(still));
            accessor["min"] = json!(low.to_array());
            accessor["max"] = json!(high.to_array());
        }
        let index = self.accessor(accessor);
        self.sparse.push((index, kind));
        index
    }

    /// Packs what the morph targets hold and tells their accessors where it lies.
    fn place_morphs(&mut self) -> Result<(), ForgeError> {
        if self.sparse.is_empty() {
            return Ok(());
        }
        let places = self.packer.places(&self.morphs.places)?;
        let moved = self.packer.movements(&self.morphs.moved)?;
        let turned = self.packer.turns(&self.morphs.turned)?;
        for (accessor, kind) in &self.sparse {
            let Some(accessor) = self.accessors.get_mut(*accessor) else { continue };
            accessor["sparse"]["indices"]["bufferView"] = places.into();
            accessor["sparse"]["values"]["bufferView"] = match kind {
                Kind::Moved => moved.into(),
                Kind::Turned => turned.into(),
            };
        }
        Ok(())
    }
}

/// The document's bytes.
///
/// # Errors
/// When a piece has too many vertices, or something cannot be encoded.
pub(super) fn write(model: &Model) -> Result<Vec<u8>, ForgeError> {
    let mut writer = Writer {
        packer: Packer::new()?,
        accessors: Vec::new(),
        morphs: Morphs::default(),
        sparse: Vec::new(),
    };
    let pieces = model.bundle.pieces.iter().map(order::reorder).collect::<Result<Vec<_>, _>>()?;
    let joints = rest::joints(model);
    let rests = rest::pose(&joints);
    let inverse: Vec<[f32; 16]> = rests.iter().map(|r| r.inverse_bind().to_cols_array()).collect();
    let view = writer.packer.plain(bytemuck::cast_slice(&inverse));
    let inverse = writer
        .accessor(json!({ "bufferView": view, "componentType": F32, "count": rests.len(), "type": "MAT4" }));
    let mut nodes = skeleton(model, &joints, &rests);
    let mut meshes = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        meshes.push(writer.mesh(piece, index)?);
        nodes.push(json!({ "name": piece.name, "mesh": index, "skin": 0 }));
    }
    writer.place_morphs()?;
    let images: Vec<Value> = (model.bundle.pictures.iter())
        .map(|picture| {
            let view = writer.packer.plain(&picture.bytes);
            json!({ "name": picture.name, "mimeType": picture.mime, "bufferView": view })
        })
        .collect();
    let textures: Vec<Value> = (0..images.len()).map(|i| json!({ "source": i, "sampler": 0 })).collect();
    let mut roots = vec![Bone::Hips.index()];
    roots.extend(rests.len()..nodes.len());
    let (extensions, used) = extensions(model, &pieces, &rests);
    let document = json!({
        "asset": { "version": "2.0", "generator": "rhetor forge", "copyright": "CC0 1.0" },
        "extensionsUsed": used,
        "extensionsRequired": [pack::EXTENSION, "KHR_mesh_quantization"],
        "extensions": extensions,
        "scene": 0,
        "scenes": [{ "name": model.name, "nodes": roots }],
        "nodes": nodes,
        "meshes": meshes,
        "skins": [{ "joints": (0..rests.len()).collect::<Vec<_>>(), "inverseBindMatrices": inverse,
            "skeleton": Bone::Hips.index() }],
        "materials": pieces.iter().map(|p| material(&p.surface)).collect::<Vec<_>>(),
        "samplers": [{ "magFilter": 9729, "minFilter": 9987, "wrapS": 33071, "wrapT": 33071 }],
        "textures": textures,
        "images": images,
        "accessors": writer.accessors,
        "bufferViews": writer.packer.views,
        "buffers": writer.packer.buffers(),
    });
    container(&document, &writer.packer.binary)
}

/// The document's extensions, and the names of all that it uses.
fn extensions(model: &Model, pieces: &[Piece], rests: &[Rest]) -> (Value, Vec<&'static str>) {
    let mut used = vec![pack::EXTENSION, "KHR_mesh_quantization", vrm::EXTENSION];
    let mut all = Map::new();
    all.insert(vrm::EXTENSION.into(), vrm::extension(model, pieces, rests, rests.len()));
    if let Some(springs) = springs::extension(&model.bundle.springs, pieces, rests) {
        all.insert(springs::EXTENSION.into(), springs);
        used.push(springs::EXTENSION);
    }
    if pieces.iter().any(|p| p.surface.sheen.is_some()) {
        used.push("KHR_materials_sheen");
    }
    if pieces.iter().any(|p| p.surface.is_matte) {
        used.push("KHR_materials_specular");
    }
    (all.into(), used)
}

/// The nodes of all joints: the humanoid bones in their order, then the extra ones.
fn skeleton(model: &Model, joints: &[(Option<usize>, Vec3)], rests: &[Rest]) -> Vec<Value> {
    let humanoid = model.joints.iter().map(|j| j.bone.name());
    let names = humanoid.chain(model.bundle.extras.iter().map(|e| e.name.as_str()));
    (names.zip(joints).zip(rests).enumerate())
        .map(|(index, ((name, (parent, _)), rest))| {
            let origin = parent.and_then(|p| rests.get(p)).map_or(Vec3::ZERO, |above| above.place);
            let mut node = json!({ "name": name, "translation": (rest.place - origin).to_array() });
            let children = joints.iter().enumerate().filter(|(_, joint)| joint.0 == Some(index));
            let children: Vec<usize> = children.map(|(child, _)| child).collect();
            if !children.is_empty() {
                node["children"] = json!(children);
            }
            node
        })
        .collect()
}

fn is_textured(surface: &Surface) -> bool {
    surface.picture.is_some() || surface.normals.is_some() || surface.rough.is_some()
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
    if surface.glow > 0.0 {
        material["emissiveFactor"] = Value::from(vec![surface.glow; 3]);
        material["emissiveTexture"] = json!({ "index": surface.picture.unwrap_or_default() });
    }
    if surface.is_matte {
        material["extensions"]["KHR_materials_specular"] = json!({ "specularFactor": 0 });
    }
    match surface.alpha {
        Alpha::Opaque => {}
        Alpha::Blend => material["alphaMode"] = json!("BLEND"),
    }
    if surface.double_sided {
        material["doubleSided"] = json!(true);
    }
    material
}

fn container(document: &Value, binary: &[u8]) -> Result<Vec<u8>, ForgeError> {
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

/// Bones without a share are named zero, as the specification asks.
fn bare(mut bones: [u8; 4], weights: [u8; 4]) -> [u8; 4] {
    for (bone, weight) in bones.iter_mut().zip(weights) {
        if weight == 0 {
            *bone = 0;
        }
    }
    bones
}
