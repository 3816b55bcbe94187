//! Mixtures of diagonal Gaussians, one mixture a state, and their adaptation to who speaks.

use std::ops::Range;

use super::STATES;
use super::dense::{Dense, ROWS, pack};
use super::exponential::exp;
use super::reader::Reader;
use super::slopes::WIDTH;

/// Gaussians of a mixture at most; those it lacks are as unlikely as can be.
const COMPONENTS: usize = 8;
const UNLIKELY: f32 = -1e30;
/// How many frames of a state count as much as what was trained (Gauvain and Lee, 1994).
const STATE_FRAMES: f32 = 8.0;
/// The same for what all states have in common.
const COMMON_FRAMES: f32 = 30.0;

/// All mixtures. A Gaussian's logarithm is a sum over the features and their squares, so all are one product of matrices.
#[derive(Clone)]
pub(super) struct Gaussians {
    log_weights: Vec<f32>,
    means: Vec<[f32; WIDTH]>,
    variances: Vec<[f32; WIDTH]>,
    mixtures: Vec<Range<usize>>,
    dense: Dense,
}

impl Gaussians {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let mut mixtures = Vec::with_capacity(STATES);
        let mut total = 0_usize;
        for _ in 0..STATES {
            let count = reader.count().min(COMPONENTS);
            mixtures.push(total..total + count);
            total += count;
        }
        let rows = |numbers: Vec<f32>| numbers.as_chunks::<WIDTH>().0.to_vec();
        let log_weights = reader.numbers(total);
        let means = rows(reader.numbers(total * WIDTH));
        let variances = rows(reader.numbers(total * WIDTH));
        let dense = dense(&mixtures, &log_weights, &means, &variances);
        Self { log_weights, means, variances, mixtures, dense }
    }

    /// For each row of [`WIDTH`] features the log likelihoods of all states, less the highest of them.
    pub(super) fn scores(&self, rows: &[f32], mut each: impl FnMut(&[f32])) {
        let total = self.dense.outputs();
        let (rows, _) = rows.as_chunks::<WIDTH>();
        let mut packed = Vec::with_capacity(2 * WIDTH);
        let mut logs = vec![0.0; ROWS * total];
        let mut scores = [0.0; STATES];
        for group in rows.chunks(ROWS) {
            let row = |index: usize| group.get(index).or(group.last()).map_or(&[][..], |row| &row[..]);
            packed.clear();
            pack(std::array::from_fn(row), &mut packed);
            packed.extend_from_within(..);
            packed.iter_mut().skip(WIDTH).flatten().for_each(|value| *value *= *value);
            self.dense.apply(&packed, &mut logs);
            for logs in logs.chunks_exact(total.max(1)).take(group.len()) {
                for (score, components) in scores.iter_mut().zip(logs.as_chunks::<COMPONENTS>().0) {
                    *score = log_sum(components);
                }
                let most = scores.iter().copied().fold(f32::MIN, f32::max);
                scores.iter_mut().for_each(|score| *score -= most);
                each(&scores);
            }
        }
    }

    /// Means moved towards a speaker of whom rows of features and the states they belong to are known (maximum a
    /// posteriori). Rows whose state is no state are passed over.
    pub(super) fn adapted(&self, rows: &[f32], states: &[usize]) -> Self {
        let mut sums = vec![([0.0_f32; WIDTH], 0.0_f32); STATES];
        for (row, &state) in rows.as_chunks::<WIDTH>().0.iter().zip(states) {
            let Some(nearest) = self.nearest(row, state) else { continue };
            let Some((sum, count)) = sums.get_mut(state) else { continue };
            for ((sum, value), mean) in sum.iter_mut().zip(row).zip(&nearest) {
                *sum += value - mean;
            }
            *count += 1.0;
        }
        // Silence shares no voice with speech.
        let (silence, speech) = sums.split_at(super::PARTS);
        let shared = [common(silence), common(speech)];
        let mut means = self.means.clone();
        for (state, (mixture, (sum, count))) in self.mixtures.iter().zip(&sums).enumerate() {
            let shared = &shared[usize::from(state >= super::PARTS)];
            for mean in means.get_mut(mixture.clone()).unwrap_or_default() {
                for ((mean, sum), shared) in mean.iter_mut().zip(sum).zip(shared) {
                    *mean += (sum + STATE_FRAMES * shared) / (count + STATE_FRAMES);
                }
            }
        }
        let dense = dense(&self.mixtures, &self.log_weights, &means, &self.variances);
        Self { means, dense, ..self.clone() }
    }

    /// The mean of the Gaussian of `state` nearest to `row`.
    fn nearest(&self, row: &[f32; WIDTH], state: usize) -> Option<[f32; WIDTH]> {
        let mixture = self.mixtures.get(state)?.clone();
        let distance = |mean: &[f32; WIDTH], variance: &[f32; WIDTH]| -> f32 {
            row.iter().zip(mean).zip(variance).map(|((x, m), v)| (x - m) * (x - m) / v).sum()
        };
        let means = self.means.get(mixture.clone())?.iter();
        let both = means.zip(self.variances.get(mixture)?);
        both.min_by(|a, b| distance(a.0, a.1).total_cmp(&distance(b.0, b.1))).map(|(mean, _)| *mean)
    }
}

/// What the residuals of all states have in common.
fn common(sums: &[([f32; WIDTH], f32)]) -> [f32; WIDTH] {
    let count: f32 = sums.iter().map(|(_, count)| count).sum();
    std::array::from_fn(|i| sums.iter().map(|(sum, _)| sum[i]).sum::<f32>() / (count + COMMON_FRAMES))
}

/// The logarithm of a mixture from those of its Gaussians.
fn log_sum(components: &[f32; COMPONENTS]) -> f32 {
    let most = components.iter().copied().fold(UNLIKELY, |a, b| if a > b { a } else { b });
    let chances: [f32; COMPONENTS] = std::array::from_fn(|i| exp(components[i] - most));
    most + libm::logf(chances.iter().sum())
}

fn dense(
    mixtures: &[Range<usize>],
    log_weights: &[f32],
    means: &[[f32; WIDTH]],
    variances: &[[f32; WIDTH]],
) -> Dense {
    let total = STATES * COMPONENTS;
    let mut weights = vec![0.0; 2 * WIDTH * total];
    let mut bias = vec![UNLIKELY; total];
    for (state, mixture) in mixtures.iter().enumerate() {
        let columns = state * COMPONENTS..total;
        for (index, column) in mixture.clone().zip(columns) {
            let Some(((mean, variance), log_weight)) =
                means.get(index).zip(variances.get(index)).zip(log_weights.get(index))
            else {
                continue;
            };
            let mut constant = *log_weight;
            for (feature, (mean, variance)) in mean.iter().zip(variance).enumerate() {
                let variance = variance.max(1e-3);
                weights[feature * total + column] = mean / variance;
                weights[(WIDTH + feature) * total + column] = -0.5 / variance;
                constant -= 0.5 * (mean * mean / variance + libm::logf(variance));
            }
            bias[column] = constant;
        }
    }
    Dense::new(2 * WIDTH, total, &weights, &bias)
}
