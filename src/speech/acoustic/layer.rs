//! A convolution over frames that arrive in pieces: its taps may reach back and ahead, and it may add its input.
//!
//! Beyond both ends of the sound every layer sees zeros, as in training.

use super::dense::{Dense, ROWS, pack};
use super::reader::Reader;

/// Trained numbers of a layer.
pub(super) struct Layer {
    inputs: usize,
    /// Places of the taps, in frames from the earliest.
    taps: Vec<usize>,
    /// Frames it needs before and after the one it computes.
    back: usize,
    ahead: usize,
    end: End,
    dense: Dense,
}

/// What a layer does with its sums.
#[derive(Clone, Copy)]
enum End {
    Nothing,
    /// What is negative becomes zero.
    Rectify,
    /// The same, and the input is added.
    RectifyAndAdd,
}

impl Layer {
    /// The next layer of a file.
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let (inputs, outputs, kind, taps) = (reader.count(), reader.count(), reader.count(), reader.count());
        let offsets: Vec<i32> = (0..taps.min(64)).map(|_| reader.whole()).collect();
        let earliest = offsets.iter().copied().min().unwrap_or(0).min(0);
        let latest = offsets.iter().copied().max().unwrap_or(0).max(0);
        let from_earliest = |offset: i32| usize::try_from(offset.saturating_sub(earliest)).unwrap_or(0);
        let columns = inputs.saturating_mul(offsets.len());
        let weights = reader.numbers(columns.saturating_mul(outputs));
        let bias = reader.numbers(outputs);
        // A file that ends early makes a narrow layer, not a huge one.
        let columns = columns.min(weights.len());
        Self {
            inputs,
            taps: offsets.iter().map(|&offset| from_earliest(offset)).collect(),
            back: from_earliest(0),
            ahead: usize::try_from(latest).unwrap_or(0),
            end: match kind {
                0 => End::Nothing,
                1 => End::Rectify,
                _ => End::RectifyAndAdd,
            },
            dense: Dense::new(columns, outputs.min(bias.len()), &weights, &bias),
        }
    }

    /// Frames that must follow the one it computes.
    pub(super) fn ahead(&self) -> usize {
        self.ahead
    }
}

/// A layer at work on one sound.
pub(super) struct Convolution {
    /// Input rows still needed, the first of them [`Layer::back`] frames before the next result.
    rows: Vec<f32>,
    packed: Vec<[f32; ROWS]>,
}

impl Convolution {
    pub(super) fn new(layer: &Layer) -> Self {
        Self { rows: vec![0.0; layer.back * layer.inputs], packed: Vec::new() }
    }

    /// Takes input rows and appends all results that have all they need.
    pub(super) fn push(&mut self, layer: &Layer, input: &[f32], results: &mut Vec<f32>) {
        self.rows.extend_from_slice(input);
        let width = layer.inputs.max(1);
        let span = layer.back + layer.ahead;
        let count = (self.rows.len() / width).saturating_sub(span);
        let outputs = layer.dense.outputs();
        let start = results.len();
        results.resize(start + count * outputs, 0.0);
        let Some(results) = results.get_mut(start..) else { return };
        for (group, results) in results.chunks_mut((ROWS * outputs).max(1)).enumerate() {
            let first = group * ROWS;
            self.packed.clear();
            for tap in &layer.taps {
                // Rows beyond the last repeat it; their results are not kept.
                let row = |index: usize| {
                    let start = ((first + index).min(count - 1) + tap) * width;
                    self.rows.get(start..start + width).unwrap_or_default()
                };
                pack(std::array::from_fn(row), &mut self.packed);
            }
            layer.dense.apply(&self.packed, results);
            match layer.end {
                End::Nothing => {}
                End::Rectify => results.iter_mut().for_each(|value| *value = value.max(0.0)),
                End::RectifyAndAdd => {
                    let inputs = self.rows.get((first + layer.back) * width..).unwrap_or_default();
                    for (value, input) in results.iter_mut().zip(inputs) {
                        *value = value.max(0.0) + input;
                    }
                }
            }
        }
        self.rows.drain(..count * width);
    }

    /// Appends the last results: the sound has ended.
    pub(super) fn finish(&mut self, layer: &Layer, results: &mut Vec<f32>) {
        self.push(layer, &vec![0.0; layer.ahead * layer.inputs], results);
    }
}
