//! Accessors: typed arrays in buffers (glTF 2.0 section 3.6.2), strided, sparse, integers normalised or not.
//!
//! Every range is checked before anything is allocated or read.

use super::context::{Context, slice};
use crate::diagnostic::Diagnostic;
use gltf::json::accessor::ComponentType;
use gltf::json::validation::Checked;

/// Elements of an accessor that has no bytes to bound them.
const ZEROS_LIMIT: usize = 1 << 24;

/// A checked array: all that it claims is there.
pub(super) struct Accessor<'a> {
    index: usize,
    pub(super) count: usize,
    /// Components of one element.
    pub(super) width: usize,
    pub(super) kind: ComponentType,
    normalized: bool,
    dense: Option<Strided<'a>>,
    sparse: Option<Sparse<'a>>,
}

#[derive(Clone, Copy)]
struct Strided<'a> {
    bytes: &'a [u8],
    stride: usize,
}

struct Sparse<'a> {
    indices: Vec<u32>,
    values: Strided<'a>,
}

impl<'a> Accessor<'a> {
    /// Checks accessor `index`.
    pub(super) fn new(context: &'a Context<'_>, index: usize) -> Result<Self, Diagnostic> {
        let fault = |what: &str| context.error(format!("accessor {index} {what}"));
        let json = context.root.accessors.get(index).ok_or_else(|| fault("does not exist"))?;
        let (Checked::Valid(kind), Checked::Valid(shape)) = (json.component_type, json.type_) else {
            return Err(fault("has an unknown component type or element type"));
        };
        let (kind, width) = (kind.0, shape.multiplicity());
        let element = kind.size() * width;
        let count = usize::try_from(json.count.0).map_err(|_| fault("has an impossible count"))?;
        let unpacked = context.unpacked(index);
        let count = unpacked.and_then(Result::ok).map_or(count, |packed| packed.count);
        let dense = match (unpacked, json.buffer_view) {
            (Some(Ok(packed)), _) => {
                let bytes = strided(&packed.bytes, 0, count, element, element)
                    .ok_or_else(|| fault("is longer than its packed form"))?;
                Some(Strided { bytes, stride: element })
            }
            (Some(Err(reason)), _) => return Err(context.error(format!("accessor {index}: {reason}"))),
            (None, Some(view)) => {
                let (bytes, stride) = context.view(view.value())?;
                let stride = stride.unwrap_or(element);
                let offset = json.byte_offset.map_or(0, |o| o.0);
                let bytes = strided(bytes, offset, count, stride, element)
                    .ok_or_else(|| fault("reaches past the end of its buffer view"))?;
                Some(Strided { bytes, stride })
            }
            (None, None) if count > ZEROS_LIMIT => return Err(fault("has no data and an impossible count")),
            (None, None) => None,
        };
        let sparse = match &json.sparse {
            Some(sparse) => Some(Sparse::new(context, index, sparse, count, element)?),
            None => None,
        };
        Ok(Self { index, count, width, kind, normalized: json.normalized, dense, sparse })
    }

    /// All elements as floats; integers are normalised where the accessor says so.
    pub(super) fn floats<const N: usize>(&self, context: &Context<'_>) -> Result<Vec<[f32; N]>, Diagnostic> {
        self.expect_width(context, N)?;
        context.charge(self.count, size_of::<[f32; N]>())?;
        let mut out = match self.dense {
            Some(dense) => (0..self.count).map(|i| self.float_element(dense, i)).collect(),
            None => vec![[0.0; N]; self.count],
        };
        if let Some(sparse) = &self.sparse {
            for (i, &at) in sparse.indices.iter().enumerate() {
                if let Some(slot) = out.get_mut(at as usize) {
                    *slot = self.float_element(sparse.values, i);
                }
            }
        }
        Ok(out)
    }

    /// The elements that may differ from zero, as floats with their indices, ascending.
    pub(super) fn sparse_floats<const N: usize>(
        &self,
        context: &Context<'_>,
    ) -> Result<Vec<(u32, [f32; N])>, Diagnostic> {
        self.expect_width(context, N)?;
        match (&self.dense, &self.sparse) {
            (None, None) => Ok(Vec::new()),
            (None, Some(sparse)) => {
                context.charge(sparse.indices.len(), size_of::<(u32, [f32; N])>())?;
                let element = |i| self.float_element(sparse.values, i);
                Ok(sparse.indices.iter().enumerate().map(|(i, &at)| (at, element(i))).collect())
            }
            (Some(_), _) => {
                let all = self.floats::<N>(context)?;
                let is_moved = |value: &[f32; N]| value.iter().any(|c| *c != 0.0);
                let indexed = all.into_iter().enumerate().filter(|(_, value)| is_moved(value));
                Ok(indexed.map(|(i, value)| (i as u32, value)).collect())
            }
        }
    }

    /// All elements as unsigned integers.
    pub(super) fn integers<const N: usize>(
        &self,
        context: &Context<'_>,
    ) -> Result<Vec<[u32; N]>, Diagnostic> {
        self.expect_width(context, N)?;
        if !matches!(self.kind, ComponentType::U8 | ComponentType::U16 | ComponentType::U32) {
            return Err(
                context.error(format!("accessor {} holds other numbers than unsigned integers", self.index))
            );
        }
        context.charge(self.count, size_of::<[u32; N]>())?;
        let read = |strided: Strided<'_>, i: usize| -> [u32; N] {
            std::array::from_fn(|c| unsigned(strided.component(self.kind, i, c), self.kind))
        };
        let mut out = match self.dense {
            Some(dense) => (0..self.count).map(|i| read(dense, i)).collect(),
            None => vec![[0; N]; self.count],
        };
        if let Some(sparse) = &self.sparse {
            for (i, &at) in sparse.indices.iter().enumerate() {
                if let Some(slot) = out.get_mut(at as usize) {
                    *slot = read(sparse.values, i);
                }
            }
        }
        Ok(out)
    }

    /// The least and the greatest of each component as they are stored.
    pub(super) fn extremes(&self) -> Vec<(f64, f64)> {
        if let (ComponentType::F32, Some(dense), None) = (self.kind, self.dense, &self.sparse) {
            return self.float_extremes(dense);
        }
        let mut out = vec![(f64::INFINITY, f64::NEG_INFINITY); self.width];
        let mut take = |values: Option<Strided<'_>>, i: usize| {
            for (c, (low, high)) in out.iter_mut().enumerate() {
                let value = values.map_or(0.0, |v| raw(v.component(self.kind, i, c), self.kind));
                (*low, *high) = (low.min(value), high.max(value));
            }
        };
        let changed = self.sparse.as_ref().map_or(&[][..], |s| &s.indices);
        for place in 0..changed.len() {
            take(self.sparse.as_ref().map(|s| s.values), place);
        }
        let mut changed = changed.iter().peekable();
        // Without bytes all that is not changed is zero.
        let others = if self.dense.is_some() { self.count } else { self.count.min(changed.len() + 1) };
        for i in 0..others {
            if changed.next_if(|at| **at as usize == i).is_none() {
                take(self.dense, i);
            }
        }
        out
    }

    /// The same, faster, of most that files hold.
    fn float_extremes(&self, dense: Strided<'_>) -> Vec<(f64, f64)> {
        let mut out = vec![(f32::INFINITY, f32::NEG_INFINITY); self.width];
        for i in 0..self.count {
            let (components, _) = dense.component(self.kind, i, 0).as_chunks::<4>();
            for ((low, high), bytes) in out.iter_mut().zip(components) {
                let value = f32::from_le_bytes(*bytes);
                (*low, *high) = (low.min(value), high.max(value));
            }
        }
        out.into_iter().map(|(low, high)| (low.into(), high.into())).collect()
    }

    fn expect_width(&self, context: &Context<'_>, width: usize) -> Result<(), Diagnostic> {
        if self.width == width {
            return Ok(());
        }
        Err(context.error(format!(
            "accessor {} has {} numbers an element where {width} belong",
            self.index, self.width
        )))
    }

    fn float_element<const N: usize>(&self, strided: Strided<'_>, i: usize) -> [f32; N] {
        std::array::from_fn(|c| float(strided.component(self.kind, i, c), self.kind, self.normalized))
    }
}

impl<'a> Strided<'a> {
    /// The bytes from component `c` of element `i` on.
    fn component(&self, kind: ComponentType, i: usize, c: usize) -> &'a [u8] {
        self.bytes.get(i * self.stride + c * kind.size()..).unwrap_or_default()
    }
}

impl<'a> Sparse<'a> {
    fn new(
        context: &'a Context<'_>,
        accessor: usize,
        json: &gltf::json::accessor::sparse::Sparse,
        count: usize,
        element: usize,
    ) -> Result<Self, Diagnostic> {
        let fault = |what: &str| context.error(format!("accessor {accessor}: its sparse part {what}"));
        let changed = usize::try_from(json.count.0).unwrap_or(usize::MAX);
        if changed > count {
            return Err(fault("changes more elements than there are"));
        }
        let Checked::Valid(kind) = json.indices.component_type else {
            return Err(fault("has an unknown index type"));
        };
        let (bytes, _) = context.view(json.indices.buffer_view.value())?;
        let bytes = strided(bytes, json.indices.byte_offset.0, changed, kind.0.size(), kind.0.size())
            .ok_or_else(|| fault("reaches past the end of its buffer view"))?;
        context.charge(changed, size_of::<u32>())?;
        let at = Strided { bytes, stride: kind.0.size() };
        let indices: Vec<u32> = (0..changed).map(|i| unsigned(at.component(kind.0, i, 0), kind.0)).collect();
        let is_ascending = indices.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
        if !is_ascending || indices.last().is_some_and(|last| *last as usize >= count) {
            return Err(fault("has indices that do not ascend or are out of range"));
        }
        let (bytes, _) = context.view(json.values.buffer_view.value())?;
        let bytes = strided(bytes, json.values.byte_offset.0, changed, element, element)
            .ok_or_else(|| fault("reaches past the end of its buffer view"))?;
        Ok(Self { indices, values: Strided { bytes, stride: element } })
    }
}

/// The bytes that `count` elements take, if they are all there.
fn strided(bytes: &[u8], offset: u64, count: usize, stride: usize, element: usize) -> Option<&[u8]> {
    if count == 0 {
        return Some(&[]);
    }
    let length = (count - 1).checked_mul(stride)?.checked_add(element)?;
    slice(bytes, offset, length as u64)
}

fn le<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.first_chunk::<N>().copied().unwrap_or([0; N])
}

fn unsigned(bytes: &[u8], kind: ComponentType) -> u32 {
    match kind {
        ComponentType::U8 | ComponentType::I8 => u32::from(le::<1>(bytes)[0]),
        ComponentType::U16 | ComponentType::I16 => u32::from(u16::from_le_bytes(le(bytes))),
        ComponentType::U32 | ComponentType::F32 => u32::from_le_bytes(le(bytes)),
    }
}

/// One component as it is stored.
fn raw(bytes: &[u8], kind: ComponentType) -> f64 {
    match kind {
        ComponentType::U32 => f64::from(unsigned(bytes, kind)),
        _ => f64::from(float(bytes, kind, false)),
    }
}

/// One component; the factors are those of glTF 2.0 section 3.6.2.2 and `KHR_mesh_quantization`.
fn float(bytes: &[u8], kind: ComponentType, normalized: bool) -> f32 {
    let scaled = |value: f32, full: f32| if normalized { (value / full).max(-1.0) } else { value };
    match kind {
        ComponentType::F32 => f32::from_le_bytes(le(bytes)),
        ComponentType::U8 => scaled(f32::from(le::<1>(bytes)[0]), 255.0),
        ComponentType::I8 => scaled(f32::from(i8::from_le_bytes(le(bytes))), 127.0),
        ComponentType::U16 => scaled(f32::from(u16::from_le_bytes(le(bytes))), 65535.0),
        ComponentType::I16 => scaled(f32::from(i16::from_le_bytes(le(bytes))), 32767.0),
        ComponentType::U32 => scaled(u32::from_le_bytes(le(bytes)) as f32, 4_294_967_295.0),
    }
}
