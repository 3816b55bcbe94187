//! `EXT_meshopt_compression`, and `KHR_meshopt_compression` of the same shape: packed buffer views.
//!
//! All views are unpacked side by side; what a damaged one breaks is told by whoever reads it.

use crate::import::context::{Context, slice};
use crate::import::fields::Fields;
use gltf::json::Buffer;
use meshoptimizer_rs::{Error, Workspace, codec};
use rayon::prelude::*;
use serde_json::{Map, Value};

/// As files name them.
pub(in crate::import) const NAMES: [&str; 2] = ["KHR_meshopt_compression", "EXT_meshopt_compression"];

/// A view that is packed: its bytes, or why there are none.
pub(in crate::import) type Unpacked = Option<Result<Vec<u8>, String>>;

fn extension(others: Option<&Map<String, Value>>) -> Option<Fields<'_>> {
    NAMES.iter().find_map(|name| Fields::extension(others, name))
}

/// Whether a buffer only has a length: what lies in it is unpacked from elsewhere.
pub(in crate::import) fn is_fallback(buffer: &Buffer) -> bool {
    extension(buffer.extensions.as_ref().map(|e| &e.others)).is_some_and(|e| e.is_set("fallback"))
}

/// All packed views of the document, by index.
pub(in crate::import) fn unpack_all(context: &Context<'_>) -> Vec<Unpacked> {
    let views = &context.root.buffer_views;
    let one = |workspace: &mut Workspace, index: usize| {
        let view = views.get(index)?;
        let fields = extension(view.extensions.as_ref().map(|e| &e.others))?;
        Some(unpack(context, fields, view.byte_length.0, workspace))
    };
    (0..views.len()).into_par_iter().map_init(Workspace::default, one).collect()
}

fn unpack(
    context: &Context<'_>,
    fields: Fields<'_>,
    expected: u64,
    workspace: &mut Workspace,
) -> Result<Vec<u8>, String> {
    let number = |key: &str| fields.index(key).ok_or_else(|| format!("its packed form has no {key}"));
    let (count, stride) = (number("count")?, number("byteStride")?);
    if (count as u64).checked_mul(stride as u64) != Some(expected) {
        return Err(format!("its packed form has another size than its {expected} bytes"));
    }
    let buffer = context.buffer(number("buffer")?).ok_or("its packed form lies in a buffer without data")?;
    let start = fields.index("byteOffset").unwrap_or(0) as u64;
    let source = slice(buffer, start, number("byteLength")? as u64)
        .ok_or("its packed form reaches past the end of its buffer")?;
    if count == 0 {
        return Ok(Vec::new());
    }
    context.charge(count, stride).map_err(|error| error.message)?;
    let mode = fields.text("mode").unwrap_or_default();
    let decode = match mode {
        "ATTRIBUTES" => codec::decode_vertex_buffer,
        "TRIANGLES" => codec::decode_index_buffer,
        "INDICES" => codec::decode_index_sequence,
        other => return Err(format!("its packing mode '{}' is not known", shortened(other))),
    };
    let filter = match fields.text("filter").unwrap_or("NONE") {
        "NONE" => None,
        name if mode != "ATTRIBUTES" => return Err(format!("indices have the filter '{}'", shortened(name))),
        "OCTAHEDRAL" => Some(codec::decode_filter_oct as Filter),
        "QUATERNION" => Some(codec::decode_filter_quat as Filter),
        "EXPONENTIAL" => Some(codec::decode_filter_exp as Filter),
        "COLOR" => Some(codec::decode_filter_color as Filter),
        other => return Err(format!("its filter '{}' is not known", shortened(other))),
    };
    let damaged = |error: Error| format!("its packed form is damaged ({error})");
    let mut bytes = decode(count, stride, source, workspace).map_err(damaged)?;
    if let Some(filter) = filter {
        filter(&mut bytes, count, stride, workspace).map_err(damaged)?;
    }
    Ok(bytes)
}

/// Turns unpacked values into what the view holds.
type Filter = fn(&mut [u8], usize, usize, &mut Workspace) -> Result<(), Error>;

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}
