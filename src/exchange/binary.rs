//! Numbers as the parts of a glTF document: a binary chunk, buffer views and accessors of floats (glTF 2.0 sections 3.6
//! and 4).
//!
//! It knows neither what the numbers mean nor what else is in the document.

use crate::avatar::{ClipChannel, Values};
use crate::diagnostic::Diagnostic;
use serde_json::{Value, json};

const F32: u32 = 5126;

/// Buffer views and accessors under way, numbered on from those that a document has.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// What is added to the buffer.
    pub(super) bytes: Vec<u8>,
    pub(super) views: Vec<Value>,
    pub(super) accessors: Vec<Value>,
    /// Which buffer, and how many bytes it has already, a multiple of 4.
    pub(super) buffer: usize,
    pub(super) start: usize,
    /// How many views and accessors there are already.
    pub(super) first_view: usize,
    pub(super) first_accessor: usize,
    /// Key times that have an accessor.
    pub(super) times: Vec<(Vec<f32>, usize)>,
}

impl Parts {
    fn floats(&mut self, values: &[f32], shape: &str, width: usize, has_bounds: bool) -> usize {
        let view = self.first_view + self.views.len();
        let (offset, length) = (self.start + self.bytes.len(), values.len() * 4);
        self.views.push(json!({ "buffer": self.buffer, "byteOffset": offset, "byteLength": length }));
        self.bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        let count = values.len() / width.max(1);
        let mut accessor = json!({ "bufferView": view, "componentType": F32, "count": count, "type": shape });
        if let Some(object) = accessor.as_object_mut().filter(|_| has_bounds) {
            let least = values.iter().copied().fold(f32::INFINITY, f32::min);
            let greatest = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            object.insert("min".into(), json!([least]));
            object.insert("max".into(), json!([greatest]));
        }
        self.accessors.push(accessor);
        self.first_accessor + self.accessors.len() - 1
    }

    fn times(&mut self, times: &[f32]) -> usize {
        if let Some((_, accessor)) = self.times.iter().find(|(known, _)| known == times) {
            return *accessor;
        }
        let accessor = self.floats(times, "SCALAR", 1, true);
        self.times.push((times.to_vec(), accessor));
        accessor
    }

    /// An animation of these curves (at least one), with a sentence on where it comes from in its extras; `node` gives the document's number of a node.
    pub(super) fn animation(
        &mut self,
        (name, disclosure): (&str, &str),
        curves: &[ClipChannel],
        node: impl Fn(usize) -> Option<usize>,
    ) -> Value {
        let (mut samplers, mut channels) = (Vec::new(), Vec::new());
        for curve in curves {
            let Some(node) = node(curve.node) else { continue };
            let input = self.times(&curve.times_secs);
            let (path, output) = match &curve.values {
                Values::Translation(values) => {
                    ("translation", self.floats(values.as_flattened(), "VEC3", 3, false))
                }
                Values::Rotation(values) => {
                    ("rotation", self.floats(values.as_flattened(), "VEC4", 4, false))
                }
                Values::Scale(values) => ("scale", self.floats(values.as_flattened(), "VEC3", 3, false)),
                Values::MorphWeights(values) => ("weights", self.floats(values, "SCALAR", 1, false)),
            };
            channels.push(json!({ "sampler": samplers.len(), "target": { "node": node, "path": path } }));
            samplers.push(json!({ "input": input, "interpolation": "LINEAR", "output": output }));
        }
        json!({ "name": name, "samplers": samplers, "channels": channels, "extras": { "disclosure": disclosure } })
    }
}

/// A binary glTF of a document and its buffer.
///
/// # Errors
/// It would be longer than such a file can be.
pub(super) fn glb(json: &[u8], binary: &[u8]) -> Result<Vec<u8>, Diagnostic> {
    let (json_length, binary_length) = (json.len().next_multiple_of(4), binary.len().next_multiple_of(4));
    let chunk = if binary.is_empty() { 0 } else { 8 + binary_length };
    let total = 12 + 8 + json_length + chunk;
    let word = |length: usize| {
        u32::try_from(length).map(u32::to_le_bytes).map_err(|_| {
            Diagnostic::error("", "the file would be larger than 4 GiB")
                .help("export a part with --from and --to, or with fewer --fps")
        })
    };
    let mut out = Vec::with_capacity(total);
    out.extend_from_slice(b"glTF");
    out.extend_from_slice(&2u32.to_le_bytes());
    out.extend_from_slice(&word(total)?);
    out.extend_from_slice(&word(json_length)?);
    out.extend_from_slice(b"JSON");
    out.extend_from_slice(json);
    out.resize(20 + json_length, b' ');
    if !binary.is_empty() {
        out.extend_from_slice(&word(binary_length)?);
        out.extend_from_slice(b"BIN\0");
        out.extend_from_slice(binary);
        out.resize(total, 0);
    }
    Ok(out)
}
