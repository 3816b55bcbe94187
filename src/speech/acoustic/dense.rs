//! Rows of features times a matrix, four rows and eight columns at a time, in an order that the compiler vectorises.
//!
//! A row's result does not depend on the rows beside it.

/// Rows multiplied together.
pub(super) const ROWS: usize = 4;
const COLUMNS: usize = 8;

/// A matrix and a bias.
#[derive(Clone)]
pub(super) struct Dense {
    inputs: usize,
    outputs: usize,
    /// The weights of eight outputs for each input, block after block of outputs.
    panels: Vec<[f32; COLUMNS]>,
    bias: Vec<[f32; COLUMNS]>,
}

impl Dense {
    /// From weights in rows of `outputs` for each of `inputs`; what is missing is zero.
    pub(super) fn new(inputs: usize, outputs: usize, weights: &[f32], bias: &[f32]) -> Self {
        let blocks = outputs.div_ceil(COLUMNS);
        let mut panels = vec![[0.0; COLUMNS]; blocks * inputs];
        for (input, row) in weights.chunks(outputs.max(1)).take(inputs).enumerate() {
            for (output, &weight) in row.iter().take(outputs).enumerate() {
                panels[output / COLUMNS * inputs + input][output % COLUMNS] = weight;
            }
        }
        let mut padded = vec![[0.0; COLUMNS]; blocks];
        for (output, &value) in bias.iter().take(outputs).enumerate() {
            padded[output / COLUMNS][output % COLUMNS] = value;
        }
        Self { inputs, outputs, panels, bias: padded }
    }

    /// How many values a result row has.
    pub(super) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Multiplies [`ROWS`] rows, packed input by input; writes as many result rows as `results` holds.
    pub(super) fn apply(&self, packed: &[[f32; ROWS]], results: &mut [f32]) {
        let panels = self.panels.chunks_exact(self.inputs.max(1));
        for (block, (weights, bias)) in panels.zip(&self.bias).enumerate() {
            let sums = panel(weights, packed, bias);
            for (row, sums) in results.chunks_exact_mut(self.outputs.max(1)).zip(&sums) {
                let places = row.iter_mut().skip(block * COLUMNS);
                for (place, sum) in places.zip(sums) {
                    *place = *sum;
                }
            }
        }
    }
}

fn panel(
    weights: &[[f32; COLUMNS]],
    packed: &[[f32; ROWS]],
    bias: &[f32; COLUMNS],
) -> [[f32; COLUMNS]; ROWS] {
    let mut sums = [*bias; ROWS];
    for (weights, inputs) in weights.iter().zip(packed) {
        for (sums, input) in sums.iter_mut().zip(inputs) {
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += input * weight;
            }
        }
    }
    sums
}

/// Appends four rows of equal length, input by input.
pub(super) fn pack(rows: [&[f32]; ROWS], packed: &mut Vec<[f32; ROWS]>) {
    let [a, b, c, d] = rows;
    packed.extend(a.iter().zip(b).zip(c.iter().zip(d)).map(|((&a, &b), (&c, &d))| [a, b, c, d]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_multiplies() {
        // Seven inputs, eleven outputs: neither fills a panel.
        let weights: Vec<f32> = (0..77).map(|i| (i * 37 % 19) as f32 - 9.0).collect();
        let bias: Vec<f32> = (0..11).map(|i| i as f32).collect();
        let dense = Dense::new(7, 11, &weights, &bias);
        let rows: Vec<Vec<f32>> =
            (0..4).map(|r| (0..7).map(|i| (r * 7 + i) as f32 * 0.5 - 3.0).collect()).collect();
        let mut packed = Vec::new();
        pack(std::array::from_fn(|r| rows[r].as_slice()), &mut packed);
        let mut results = vec![0.0; 33];
        dense.apply(&packed, &mut results);
        for (r, result) in results.chunks_exact(11).enumerate() {
            for (o, &value) in result.iter().enumerate() {
                let right: f32 = (0..7).map(|i| rows[r][i] * weights[i * 11 + o]).sum::<f32>() + bias[o];
                assert!((value - right).abs() < 1e-4);
            }
        }
    }
}
