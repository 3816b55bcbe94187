//! `KHR_draco_mesh_compression`: primitives whose attributes and indices are packed into one stream.
//!
//! Each primitive is unpacked into the bytes that its accessors describe, all side by side. Streams coded by
//! edgebreaker come out with their vertices in another order than the encoder numbered them, so nothing that lies
//! beside such a stream (morph targets, sparse changes, attributes outside it) can be matched to them.

use super::draco_stream::{self, Method};
use crate::import::context::Context;
use crate::import::fields::Fields;
use draco_oxide_core::attribute::{Attribute, ComponentDataType};
use draco_oxide_core::mesh::Mesh;
use gltf::json::accessor::{Accessor, ComponentType};
use gltf::json::mesh::Primitive;
use gltf::json::validation::Checked;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_draco_mesh_compression";

/// Most points and faces of one stream, and most that one of its bytes may stand for beside a number that is always
/// allowed: the decoder trusts what the stream claims.
const COUNT_LIMIT: u64 = 1 << 22;
const COUNT_PER_BYTE: u64 = 16;
const COUNT_FLOOR: u64 = 1 << 16;

/// What an accessor's packed form holds.
pub(in crate::import) struct Elements {
    pub(in crate::import) bytes: Vec<u8>,
    pub(in crate::import) count: usize,
}

/// The accessors that are packed, or why there is nothing.
pub(in crate::import) type Unpacked = BTreeMap<usize, Result<Elements, String>>;

fn extension(primitive: &Primitive) -> Option<Fields<'_>> {
    Fields::extension(primitive.extensions.as_ref().map(|e| &e.others), NAME)
}

fn stream<'a>(context: &'a Context<'_>, fields: Fields<'_>) -> Result<&'a [u8], String> {
    let view = fields.index("bufferView").ok_or("its packed form names no buffer view")?;
    context.view(view).map(|(bytes, _)| bytes).map_err(|error| error.message)
}

/// Whether the primitive's vertices come out in an order of their own.
pub(in crate::import) fn is_reordered(context: &Context<'_>, primitive: &Primitive) -> bool {
    let Some(fields) = extension(primitive) else { return false };
    let claims = stream(context, fields).and_then(draco_stream::claims);
    claims.is_ok_and(|claims| claims.method == Method::Edgebreaker)
}

/// Whether the stream of the primitive holds the attribute `semantic`.
pub(in crate::import) fn holds(primitive: &Primitive, semantic: &str) -> bool {
    let attributes = extension(primitive).and_then(|e| e.object("attributes"));
    attributes.is_some_and(|a| a.index(semantic).is_some())
}

/// All packed primitives of the document.
pub(in crate::import) fn unpack_all(context: &Context<'_>) -> Unpacked {
    let primitives = context.root.meshes.iter().flat_map(|mesh| &mesh.primitives);
    let packed: Vec<(&Primitive, Fields<'_>)> = primitives.filter_map(|p| Some((p, extension(p)?))).collect();
    let unpacked: Vec<Vec<(usize, Result<Elements, String>)>> =
        packed.par_iter().map(|(primitive, fields)| unpack(context, primitive, *fields)).collect();
    unpacked.into_iter().flatten().collect()
}

/// The accessors of one primitive.
fn unpack(
    context: &Context<'_>,
    primitive: &Primitive,
    fields: Fields<'_>,
) -> Vec<(usize, Result<Elements, String>)> {
    let attributes = fields.object("attributes");
    let wanted: Vec<(usize, Option<usize>)> = primitive
        .attributes
        .iter()
        .filter_map(|(semantic, accessor)| {
            Some((accessor.value(), Some(attributes?.index(&semantic.to_string())?)))
        })
        .chain(primitive.indices.map(|accessor| (accessor.value(), None)))
        .collect();
    let mesh = stream(context, fields).and_then(|bytes| decoded(context, &wanted, bytes));
    let mut out = Vec::new();
    for (index, id) in wanted {
        let Some(accessor) = context.root.accessors.get(index) else { continue };
        let elements = match (&mesh, id) {
            (Err(reason), _) => Err(reason.clone()),
            (Ok((mesh, _)), None) => indices(mesh, accessor),
            (Ok((mesh, method)), Some(id)) => {
                let found = mesh.attributes.iter().find(|a| a.get_id().as_usize() == id);
                let found = found.ok_or_else(|| "its packed form lacks it".to_owned());
                found.and_then(|attribute| values(attribute, accessor, *method))
            }
        };
        out.push((index, elements));
    }
    out
}

/// The stream's mesh. What it claims is checked and charged before.
fn decoded(
    context: &Context<'_>,
    wanted: &[(usize, Option<usize>)],
    bytes: &[u8],
) -> Result<(Mesh, Method), String> {
    let claims = draco_stream::claims(bytes)?;
    let limit = (bytes.len() as u64).saturating_mul(COUNT_PER_BYTE).saturating_add(COUNT_FLOOR);
    let count = claims.faces.max(claims.points);
    if count > limit.min(COUNT_LIMIT) {
        return Err(format!("its packed form claims {count} elements, more than can be in it or are read"));
    }
    for (index, _) in wanted {
        let Some(accessor) = context.root.accessors.get(*index) else { continue };
        let sparse = accessor.sparse.is_some() && claims.method == Method::Edgebreaker;
        if sparse {
            return Err(
                "its packed form gives vertices an order of its own, and its sparse part another".to_owned()
            );
        }
        let elements = usize::try_from(accessor.count.0).unwrap_or(usize::MAX);
        context.charge(elements, 16).map_err(|error| error.message)?;
    }
    // The decoder panics on some damaged streams.
    match catch_unwind(AssertUnwindSafe(|| draco_oxide_decoder::decode_mesh(bytes))) {
        Ok(Ok(mesh)) => Ok((mesh, claims.method)),
        Ok(Err(error)) => Err(format!("its packed form cannot be read ({error})")),
        Err(_) => Err("its packed form is damaged".to_owned()),
    }
}

fn expect_count(found: usize, accessor: &Accessor, method: Method) -> Result<(), String> {
    // Where the order is lost, vertices may be split otherwise than the encoder did; all attributes are alike then.
    if found as u64 == accessor.count.0 || method == Method::Edgebreaker {
        return Ok(());
    }
    Err(format!("its packed form holds {found} elements where {} belong", accessor.count.0))
}

/// The triangles as the accessor's integers.
fn indices(mesh: &Mesh, accessor: &Accessor) -> Result<Elements, String> {
    let count = mesh.faces.len() * 3;
    expect_count(count, accessor, Method::Sequential)?;
    let Checked::Valid(kind) = accessor.component_type else { return Err("has an unknown type".to_owned()) };
    let mut out = Vec::with_capacity(mesh.faces.len() * 3 * kind.0.size());
    for point in mesh.faces.iter().flatten() {
        put(&mut out, usize::from(*point) as f64, kind.0);
    }
    Ok(Elements { bytes: out, count })
}

/// An attribute's values as the accessor's numbers.
fn values(attribute: &Attribute, accessor: &Accessor, method: Method) -> Result<Elements, String> {
    expect_count(attribute.len(), accessor, method)?;
    let (Checked::Valid(kind), Checked::Valid(shape)) = (accessor.component_type, accessor.type_) else {
        return Err("has an unknown type".to_owned());
    };
    let width = shape.multiplicity();
    if attribute.get_num_components() != width {
        return Err(format!(
            "its packed form has {} numbers an element where {width} belong",
            attribute.get_num_components()
        ));
    }
    let from = attribute.get_component_type();
    let element = from.size() * width;
    let data = attribute.get_data_as_bytes();
    let map = attribute.point_map_as_slice();
    let mut out = Vec::with_capacity(attribute.len() * kind.0.size() * width);
    for point in 0..attribute.len() {
        let value = map.and_then(|m| m.get(point)).map_or(point, |v| usize::from(*v));
        let start = value.checked_mul(element).ok_or("its packed form is damaged")?;
        let bytes = data.get(start..start + element).ok_or("its packed form is damaged")?;
        for component in bytes.chunks(from.size()) {
            put(&mut out, number(component, from), kind.0);
        }
    }
    Ok(Elements { bytes: out, count: attribute.len() })
}

fn number(bytes: &[u8], kind: ComponentDataType) -> f64 {
    fn le<const N: usize>(bytes: &[u8]) -> [u8; N] {
        bytes.first_chunk::<N>().copied().unwrap_or([0; N])
    }
    match kind {
        ComponentDataType::I8 => f64::from(i8::from_le_bytes(le(bytes))),
        ComponentDataType::U8 => f64::from(u8::from_le_bytes(le(bytes))),
        ComponentDataType::I16 => f64::from(i16::from_le_bytes(le(bytes))),
        ComponentDataType::U16 => f64::from(u16::from_le_bytes(le(bytes))),
        ComponentDataType::I32 => f64::from(i32::from_le_bytes(le(bytes))),
        ComponentDataType::U32 => f64::from(u32::from_le_bytes(le(bytes))),
        ComponentDataType::F32 => f64::from(f32::from_le_bytes(le(bytes))),
        ComponentDataType::F64 => f64::from_le_bytes(le(bytes)),
        ComponentDataType::I64 => i64::from_le_bytes(le(bytes)) as f64,
        ComponentDataType::U64 => u64::from_le_bytes(le(bytes)) as f64,
        _ => 0.0,
    }
}

/// Appends a number in a glTF component type.
fn put(out: &mut Vec<u8>, value: f64, kind: ComponentType) {
    match kind {
        ComponentType::I8 => out.extend((value as i8).to_le_bytes()),
        ComponentType::U8 => out.push(value as u8),
        ComponentType::I16 => out.extend((value as i16).to_le_bytes()),
        ComponentType::U16 => out.extend((value as u16).to_le_bytes()),
        ComponentType::U32 => out.extend((value as u32).to_le_bytes()),
        ComponentType::F32 => out.extend((value as f32).to_le_bytes()),
    }
}
