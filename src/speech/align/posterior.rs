//! How probable each phone is in each frame, given the whole sound around it: forwards and backwards through a loop of all
//! phones, of which each knows the two before it.
//!
//! Rabiner, *Proc. IEEE* 77, 1989, section III.A, on blocks that hear a second ahead. It decides nothing.

use super::costs::{COUNT, Costs, NAT, SILENCE};
use super::trigram::Trigram;
use crate::job::{Cancelled, Job};
use crate::speech::acoustic::STATES;

/// Probabilities of staying in a state, of the next one, and of passing over the middle one.
const STAY: f32 = 0.65;
const NEXT: f32 = 0.30;
const HURRY: f32 = 0.05;
/// Frames weighed in one go, and frames heard after them.
const BLOCK: usize = 700;
const LAG: usize = 100;
/// What is less probable than this leads nowhere.
const LEAST: f32 = 1e-6;

/// A value for each part of each phone.
pub(super) type Parts = [[f32; COUNT]; 3];
/// The same after each phone that may come before.
pub(super) type States = Vec<Parts>;

/// The probability of each phone in one frame, in 255ths.
pub(super) type Row = [u8; COUNT];

/// The probabilities of the phones in every frame.
///
/// # Errors
/// [`Cancelled`] when the job is.
pub(super) fn posteriors(costs: &Costs, trigram: &Trigram, job: &Job<'_>) -> Result<Vec<Row>, Cancelled> {
    let chain = Chain::new(trigram);
    let rows = costs.rows();
    let mut found = Vec::with_capacity(rows.len());
    let mut state = start();
    let mut forward: Vec<States> = Vec::new();
    while found.len() < rows.len() {
        job.report("listening", found.len() as u64, rows.len() as u64)?;
        let block: Vec<Parts> =
            rows.iter().skip(found.len()).take(BLOCK + LAG).map(|row| chain.emission(row)).collect();
        let keep = if found.len() + block.len() == rows.len() { block.len() } else { BLOCK };
        forward.resize_with(block.len(), || vec![[[0.0; COUNT]; 3]; COUNT]);
        let mut before = &state;
        for (emission, after) in block.iter().zip(&mut forward) {
            chain.forward(before, emission, after);
            before = after;
        }
        let next = keep.checked_sub(1).and_then(|last| forward.get(last)).cloned().unwrap_or_else(start);
        let mut behind = vec![[[1.0; COUNT]; 3]; COUNT];
        let mut backwards = Vec::with_capacity(keep);
        for (index, emission) in block.iter().enumerate().rev() {
            let Some(ahead) = forward.get(index) else { continue };
            if index < keep {
                backwards.push(joined(ahead, &behind));
            }
            let before = index.checked_sub(1).and_then(|index| forward.get(index)).unwrap_or(&state);
            chain.backward(&mut behind, emission, before);
        }
        found.extend(backwards.into_iter().rev());
        state = next;
    }
    Ok(found)
}

/// Before the first frame: silence, or in the midst of anything.
pub(super) fn start() -> States {
    let mut states = vec![[[0.0; COUNT]; 3]; COUNT];
    if let Some([.., last]) = states.get_mut(usize::from(SILENCE)) {
        *last = [0.2 / COUNT as f32; COUNT];
        if let Some(silence) = last.get_mut(usize::from(SILENCE)) {
            *silence += 0.8;
        }
    }
    states
}

/// Forward times backward, summed over the states of each phone.
fn joined(ahead: &States, behind: &States) -> Row {
    let mut sums = [0.0_f32; COUNT];
    for (ahead, behind) in ahead.iter().flatten().zip(behind.iter().flatten()) {
        for ((sum, a), b) in sums.iter_mut().zip(ahead).zip(behind) {
            *sum += a * b;
        }
    }
    let total: f32 = sums.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    sums.map(|sum| (sum / total * 255.0 + 0.5) as u8)
}

/// The loop as a Markov chain.
pub(super) struct Chain<'a> {
    trigram: &'a Trigram,
    /// The probability of a frame in a state by its cost.
    emissions: [f32; 256],
}

impl<'a> Chain<'a> {
    pub(super) fn new(trigram: &'a Trigram) -> Self {
        let emissions = std::array::from_fn(|cost| libm::expf(-(cost as f32) / NAT as f32));
        Self { trigram, emissions }
    }

    /// The probabilities of a frame that costs `row` in each state.
    pub(super) fn emission(&self, row: &[u8; STATES]) -> Parts {
        let mut out = [[0.0; COUNT]; 3];
        let (phones, _) = row.as_chunks::<3>();
        let [a, b, c] = &mut out;
        for (((x, y), z), costs) in a.iter_mut().zip(b).zip(c).zip(phones) {
            [*x, *y, *z] =
                costs.map(|cost| self.emissions.get(usize::from(cost)).copied().unwrap_or_default());
        }
        out
    }

    /// The state after one more frame, given all frames so far; its sum is one.
    pub(super) fn forward(&self, before: &States, emission: &Parts, after: &mut States) {
        // The first parts of `after` are what enters them, for a while.
        for [first, ..] in after.iter_mut() {
            *first = [0.0; COUNT];
        }
        for (earlier, [.., third]) in before.iter().enumerate() {
            let rows = self.trigram.after(earlier);
            for ((leaving, row), [entries, ..]) in third.iter().zip(rows).zip(after.iter_mut()) {
                if *leaving < LEAST {
                    continue;
                }
                for (entry, probability) in entries.iter_mut().zip(row) {
                    *entry += leaving * NEXT * probability;
                }
            }
        }
        let [e, f, g] = emission;
        let mut sum = 0.0;
        for ([first, second, third], [x, y, z]) in before.iter().zip(after.iter_mut()) {
            let heard = e.iter().zip(f).zip(g);
            let old = first.iter().zip(second).zip(third).zip(heard);
            for ((((a, b), c), ((e, f), g)), ((x, y), z)) in old.zip(x.iter_mut().zip(y).zip(z)) {
                *z = g * (STAY * c + NEXT * b + HURRY * a);
                *y = f * (STAY * b + NEXT * a);
                *x = e * (STAY * a + *x);
                sum += *x + *y + *z;
            }
        }
        scale(after, sum);
    }

    /// From how well the frames after this one are explained by each state in it, to the same one frame earlier: only for
    /// states that may be left for another phone in `before` is that other phone asked.
    fn backward(&self, states: &mut States, emission: &Parts, before: &States) {
        for parts in states.iter_mut() {
            for (row, heard) in parts.iter_mut().zip(emission) {
                for (cell, heard) in row.iter_mut().zip(heard) {
                    *cell *= heard;
                }
            }
        }
        let entered: Vec<[f32; COUNT]> = states.iter().map(|[first, ..]| *first).collect();
        let mut sum = 0.0;
        for (earlier, (parts, [.., leaving])) in states.iter_mut().zip(before).enumerate() {
            let mut exits = [0.0_f32; COUNT];
            let pairs = leaving.iter().zip(self.trigram.after(earlier)).zip(&entered);
            for (((leaving, row), entered), exit) in pairs.zip(&mut exits) {
                if *leaving >= LEAST {
                    *exit = NEXT * row.iter().zip(entered).map(|(a, b)| a * b).sum::<f32>();
                }
            }
            let [x, y, z] = parts;
            for (((x, y), z), exit) in x.iter_mut().zip(y).zip(z).zip(&exits) {
                *x = STAY * *x + NEXT * *y + HURRY * *z;
                *y = STAY * *y + NEXT * *z;
                *z = STAY * *z + exit;
                sum += *x + *y + *z;
            }
        }
        scale(states, sum);
    }
}

fn scale(states: &mut States, sum: f32) {
    let factor = 1.0 / sum.max(f32::MIN_POSITIVE);
    for cell in states.iter_mut().flatten().flatten() {
        *cell *= factor;
    }
}
