//! Packs what the document's buffer views hold (`EXT_meshopt_compression`).
//!
//! Lengths become multiples of one step, written as floats by the exponential filter: all that met before still meets, and a
//! reader sees metres. Source: the extension's specification, "Mode 0", "Mode 1", "Mode 2", "Filters".

use glam::Vec3;
use meshoptimizer_rs::codec::{
    IndexEncoding, VertexEncoding, encode_filter_oct, encode_index_buffer, encode_index_sequence,
    encode_vertex_buffer,
};
use meshoptimizer_rs::{Error, Workspace};
use serde_json::{Value, json};

use super::ForgeError;

/// The extension's name.
pub(super) const EXTENSION: &str = "EXT_meshopt_compression";

/// A step of positions as a power of two: 15 µm.
const LENGTH_STEP: i8 = -16;
/// A step of what is added to normals as a power of two.
const TURN_STEP: i8 = -7;
/// Of each component of a normal.
const NORMAL_BITS: u32 = 11;

const VERTICES: u32 = 34962;
const INDICES: u32 = 34963;

/// How the packed form's values are to be read.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Filter {
    None,
    Octahedral,
    Exponential,
}

impl Filter {
    const fn name(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Octahedral => "OCTAHEDRAL",
            Self::Exponential => "EXPONENTIAL",
        }
    }
}

/// What a view is for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Use {
    /// Attributes of vertices: the view says its stride.
    Vertices,
    /// The values of sparse accessors, whose views say neither stride nor target.
    Sparse,
}

/// The buffers as they grow: the first holds packed views and pictures, the second is what unpacking gives.
pub(super) struct Packer {
    /// The first buffer.
    pub(super) binary: Vec<u8>,
    /// All views.
    pub(super) views: Vec<Value>,
    unpacked: usize,
    workspace: Workspace,
    vertex: VertexEncoding,
    index: IndexEncoding,
}

impl Packer {
    /// Empty buffers.
    ///
    /// # Errors
    /// When the codec lacks the versions that the extension is made of.
    pub(super) fn new() -> Result<Self, ForgeError> {
        Ok(Self {
            binary: Vec::new(),
            views: Vec::new(),
            unpacked: 0,
            workspace: Workspace::default(),
            vertex: VertexEncoding::new(0, 0).map_err(failed)?,
            index: IndexEncoding::new(1).map_err(failed)?,
        })
    }

    /// Bytes as they are.
    pub(super) fn plain(&mut self, bytes: &[u8]) -> usize {
        let offset = self.store(bytes);
        self.views.push(json!({ "buffer": 0, "byteOffset": offset, "byteLength": bytes.len() }));
        self.views.len() - 1
    }

    /// Points of vertices, metres: elements of twelve bytes.
    ///
    /// # Errors
    /// When they cannot be encoded.
    pub(super) fn points(&mut self, points: &[Vec3]) -> Result<usize, ForgeError> {
        self.vectors(points, LENGTH_STEP, Use::Vertices)
    }

    /// Movements of points for sparse accessors, metres.
    ///
    /// # Errors
    /// When they cannot be encoded.
    pub(super) fn movements(&mut self, movements: &[Vec3]) -> Result<usize, ForgeError> {
        self.vectors(movements, LENGTH_STEP, Use::Sparse)
    }

    /// What is added to normals, for sparse accessors.
    ///
    /// # Errors
    /// When they cannot be encoded.
    pub(super) fn turns(&mut self, turns: &[Vec3]) -> Result<usize, ForgeError> {
        self.vectors(turns, TURN_STEP, Use::Sparse)
    }

    /// Normals: elements of eight bytes, the first three components of which are signed, normalised 16-bit numbers.
    ///
    /// # Errors
    /// When they cannot be encoded.
    pub(super) fn normals(&mut self, normals: &[Vec3]) -> Result<usize, ForgeError> {
        let wide: Vec<[f32; 4]> = normals.iter().map(|n| n.extend(0.0).to_array()).collect();
        let coded = encode_filter_oct(wide.len(), 8, NORMAL_BITS, wide.as_flattened(), &mut self.workspace)
            .map_err(failed)?;
        self.attributes(&coded, 8, Filter::Octahedral, Use::Vertices)
    }

    /// Four bytes for each vertex.
    ///
    /// # Errors
    /// When they cannot be encoded.
    pub(super) fn bytes(&mut self, bytes: &[[u8; 4]]) -> Result<usize, ForgeError> {
        self.attributes(bytes.as_flattened(), 4, Filter::None, Use::Vertices)
    }

    /// Two 16-bit numbers for each vertex.
    ///
    /// # Errors
    /// When they cannot be encoded.
    pub(super) fn pairs(&mut self, pairs: &[[u16; 2]]) -> Result<usize, ForgeError> {
        self.attributes(bytemuck::cast_slice(pairs), 4, Filter::None, Use::Vertices)
    }

    /// The corners of triangles as 16-bit numbers.
    ///
    /// # Errors
    /// When they cannot be encoded.
    pub(super) fn triangles(&mut self, corners: &[u32]) -> Result<usize, ForgeError> {
        let coded = encode_index_buffer(corners, self.index, &mut self.workspace).map_err(failed)?;
        let view = self.view(&coded, "TRIANGLES", Filter::None, corners.len(), 2);
        self.views[view]["target"] = INDICES.into();
        Ok(view)
    }

    /// Numbers of vertices in runs that ascend, as 16-bit numbers.
    ///
    /// # Errors
    /// When they cannot be encoded.
    pub(super) fn places(&mut self, places: &[u32]) -> Result<usize, ForgeError> {
        let coded = encode_index_sequence(places, self.index, &mut self.workspace).map_err(failed)?;
        Ok(self.view(&coded, "INDICES", Filter::None, places.len(), 2))
    }

    /// The document's `buffers`.
    pub(super) fn buffers(&self) -> Value {
        let fallback = json!({ EXTENSION: { "fallback": true } });
        json!([{ "byteLength": self.binary.len() }, { "byteLength": self.unpacked, "extensions": fallback }])
    }

    fn vectors(&mut self, vectors: &[Vec3], step: i8, usage: Use) -> Result<usize, ForgeError> {
        let words: Vec<[u32; 3]> =
            vectors.iter().map(|v| v.to_array().map(|c| word(mantissa(c, step), step))).collect();
        self.attributes(bytemuck::cast_slice(&words), 12, Filter::Exponential, usage)
    }

    fn attributes(
        &mut self,
        bytes: &[u8],
        stride: usize,
        filter: Filter,
        usage: Use,
    ) -> Result<usize, ForgeError> {
        let count = bytes.len() / stride;
        let coded =
            encode_vertex_buffer(bytes, count, stride, self.vertex, &mut self.workspace).map_err(failed)?;
        let view = self.view(&coded, "ATTRIBUTES", filter, count, stride);
        if usage == Use::Vertices {
            self.views[view]["target"] = VERTICES.into();
            self.views[view]["byteStride"] = stride.into();
        }
        Ok(view)
    }

    fn view(&mut self, coded: &[u8], mode: &str, filter: Filter, count: usize, stride: usize) -> usize {
        let offset = self.store(coded);
        let mut packed = json!({ "buffer": 0, "byteOffset": offset, "byteLength": coded.len(),
            "byteStride": stride, "mode": mode, "count": count });
        if filter != Filter::None {
            packed["filter"] = filter.name().into();
        }
        let length = count * stride;
        self.views.push(json!({ "buffer": 1, "byteOffset": self.unpacked, "byteLength": length,
            "extensions": { EXTENSION: packed } }));
        self.unpacked = (self.unpacked + length).next_multiple_of(4);
        self.views.len() - 1
    }

    /// Where the bytes begin in the first buffer.
    fn store(&mut self, bytes: &[u8]) -> usize {
        let offset = self.binary.len();
        self.binary.extend_from_slice(bytes);
        self.binary.resize(self.binary.len().next_multiple_of(4), 0);
        offset
    }
}

/// A point as a reader of the document finds it.
pub(super) fn as_packed(point: Vec3) -> Vec3 {
    Vec3::from_array(
        point.to_array().map(|c| libm::ldexpf(mantissa(c, LENGTH_STEP) as f32, LENGTH_STEP.into())),
    )
}

/// How many steps a number is, as far as 24 bits hold them.
fn mantissa(value: f32, step: i8) -> i32 {
    const MOST: f32 = 8_388_607.0;
    libm::roundf(libm::ldexpf(value, -i32::from(step)).clamp(-MOST, MOST)) as i32
}

/// As the exponential filter has it: the exponent in the highest byte.
fn word(mantissa: i32, step: i8) -> u32 {
    u32::from(step as u8) << 24 | (mantissa as u32 & 0x00ff_ffff)
}

fn failed(error: Error) -> ForgeError {
    ForgeError::Encode { what: "geometry", reason: error.to_string() }
}
