//! How probable each phone is in each frame, given the whole sound around it: forwards and backwards through a loop of all
//! phones.
//!
//! Rabiner, *Proc. IEEE* 77, 1989, section III.A, on blocks that hear a second ahead. It decides nothing.

use super::bigram::Bigram;
use super::costs::{COUNT, Costs, NAT, SILENCE};
use crate::job::{Cancelled, Job};
use crate::speech::acoustic::STATES;

/// Neighbouring frames say much the same, so each counts for less than an independent one.
const WEIGHT: f32 = 0.8;
/// Probabilities of staying in a state, of the next one, and of passing over the middle one.
const STAY: f32 = 0.65;
const NEXT: f32 = 0.30;
const HURRY: f32 = 0.05;
/// Frames weighed in one go, and frames heard after them.
const BLOCK: usize = 2000;
const LAG: usize = 100;

type States = [[f32; COUNT]; 3];

/// The probability of each phone in one frame, in 255ths.
pub(super) type Row = [u8; COUNT];

/// The probabilities of the phones in every frame.
///
/// # Errors
/// [`Cancelled`] when the job is.
pub(super) fn posteriors(costs: &Costs, bigram: &Bigram, job: &Job<'_>) -> Result<Vec<Row>, Cancelled> {
    let chain = Chain::new(bigram);
    let rows = costs.rows();
    let mut found = Vec::with_capacity(rows.len());
    let mut state = chain.start;
    let mut forward: Vec<States> = Vec::with_capacity(BLOCK + LAG);
    while found.len() < rows.len() {
        job.report("listening", found.len() as u64, rows.len() as u64)?;
        let block: Vec<States> =
            rows.iter().skip(found.len()).take(BLOCK + LAG).map(|row| chain.emission(row)).collect();
        let keep = if found.len() + block.len() == rows.len() { block.len() } else { BLOCK };
        forward.clear();
        for emission in &block {
            state = chain.forward(&state, emission);
            forward.push(state);
        }
        if let Some(last) = keep.checked_sub(1).and_then(|last| forward.get(last)) {
            state = *last;
        }
        let mut backward = [[1.0; COUNT]; 3];
        let mut backwards = Vec::with_capacity(keep);
        for (index, (emission, forward)) in block.iter().zip(&forward).enumerate().rev() {
            if index < keep {
                backwards.push(joined(forward, &backward));
            }
            backward = chain.backward(&backward, emission);
        }
        found.extend(backwards.into_iter().rev());
    }
    Ok(found)
}

/// Forward times backward, summed over the states of each phone.
fn joined(forward: &States, backward: &States) -> Row {
    let mut sums = [0.0_f32; COUNT];
    for (ahead, behind) in forward.iter().zip(backward) {
        for ((sum, a), b) in sums.iter_mut().zip(ahead).zip(behind) {
            *sum += a * b;
        }
    }
    let total: f32 = sums.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    sums.map(|sum| (sum / total * 255.0 + 0.5) as u8)
}

/// The loop as a Markov chain.
struct Chain {
    /// The probability of each phone after each other.
    follows: Vec<[f32; COUNT]>,
    /// The same, a row for each phone that follows.
    precedes: Vec<[f32; COUNT]>,
    /// The probability of a frame in a state by its cost.
    emissions: [f32; 256],
    /// Before the first frame.
    start: States,
}

impl Chain {
    fn new(bigram: &Bigram) -> Self {
        let probability = |price: u8| libm::expf(-f32::from(price) / NAT as f32);
        let mut follows: Vec<[f32; COUNT]> = bigram.rows().iter().map(|row| row.map(probability)).collect();
        let mut precedes = vec![[0.0; COUNT]; COUNT];
        for (before, row) in follows.iter_mut().enumerate() {
            let sum: f32 = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            for (cell, column) in row.iter_mut().zip(&mut precedes) {
                *cell *= NEXT / sum;
                if let Some(transposed) = column.get_mut(before) {
                    *transposed = *cell;
                }
            }
        }
        let mut emissions = [0.0; 256];
        for (cost, emission) in emissions.iter_mut().enumerate() {
            *emission = libm::expf(-WEIGHT * cost as f32 / NAT as f32);
        }
        let mut start = [[0.0; COUNT]; 3];
        let [.., last] = &mut start;
        *last = [0.2 / COUNT as f32; COUNT];
        if let Some(silence) = last.get_mut(usize::from(SILENCE)) {
            *silence = 0.8;
        }
        Self { follows, precedes, emissions, start }
    }

    fn emission(&self, row: &[u8; STATES]) -> States {
        let mut out = [[0.0; COUNT]; 3];
        let (phones, _) = row.as_chunks::<3>();
        let [a, b, c] = &mut out;
        for (((x, y), z), costs) in a.iter_mut().zip(b).zip(c).zip(phones) {
            [*x, *y, *z] =
                costs.map(|cost| self.emissions.get(usize::from(cost)).copied().unwrap_or_default());
        }
        out
    }

    /// The state after one more frame, its sum one.
    fn forward(&self, [first, second, third]: &States, emission: &States) -> States {
        let mut entries = [0.0_f32; COUNT];
        for (leaving, row) in third.iter().zip(&self.follows) {
            for (entry, probability) in entries.iter_mut().zip(row) {
                *entry += leaving * probability;
            }
        }
        let mut out = *emission;
        let [x, y, z] = &mut out;
        let mut sum = 0.0;
        let before = first.iter().zip(second).zip(third).zip(&entries);
        for ((((a, b), c), entry), ((x, y), z)) in before.zip(x.iter_mut().zip(y).zip(z)) {
            *x *= STAY * a + entry;
            *y *= STAY * b + NEXT * a;
            *z *= STAY * c + NEXT * b + HURRY * a;
            sum += *x + *y + *z;
        }
        scaled(out, sum)
    }

    /// How well the frames from this one on are explained by each state before it, scaled.
    fn backward(&self, after: &States, emission: &States) -> States {
        let mut heard = *emission;
        for (row, after) in heard.iter_mut().zip(after) {
            for (cell, after) in row.iter_mut().zip(after) {
                *cell *= after;
            }
        }
        let [first, second, third] = &heard;
        let mut exits = [0.0_f32; COUNT];
        for (entered, row) in first.iter().zip(&self.precedes) {
            for (exit, probability) in exits.iter_mut().zip(row) {
                *exit += entered * probability;
            }
        }
        let mut out = [[0.0; COUNT]; 3];
        let [x, y, z] = &mut out;
        let mut sum = 0.0;
        let heard = first.iter().zip(second).zip(third).zip(&exits);
        for ((((a, b), c), exit), ((x, y), z)) in heard.zip(x.iter_mut().zip(y).zip(z)) {
            *x = STAY * a + NEXT * b + HURRY * c;
            *y = STAY * b + NEXT * c;
            *z = STAY * c + exit;
            sum += *x + *y + *z;
        }
        scaled(out, sum)
    }
}

fn scaled(mut states: States, sum: f32) -> States {
    let factor = 1.0 / sum.max(f32::MIN_POSITIVE);
    for cell in states.iter_mut().flatten() {
        *cell *= factor;
    }
    states
}
