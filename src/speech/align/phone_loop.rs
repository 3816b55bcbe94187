//! The best path through a loop of all phones: what is heard where nothing says what is spoken.
//!
//! A Viterbi search with a bigram of phones, decided a second after the fact at the latest, so that its memory does
//! not grow with the sound. It knows no words.

use super::bigram::Bigram;
use super::costs::{COUNT, Costs, NAT, SILENCE};
use crate::job::{Cancelled, Job};
use crate::speech::acoustic::STATES;

/// Prices of staying in a state, of the next one, and of passing over the middle one, in tenths of a nat.
const STAY: i32 = 4;
const NEXT: i32 = 12;
const HURRY: i32 = 17;
/// The price of every further phone.
const PHONE: i32 = NAT;
/// Frames decided in one go, and frames heard after them before they are.
const BLOCK: usize = 2000;
const LAG: usize = 100;
/// No path is worse than this, so that sums stay small.
const WORST: i32 = 1 << 20;
/// Bits that hold a phone's number below a cost.
const BITS: u32 = 6;

/// A phone that is heard, in frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heard {
    /// Which, as the acoustic models count.
    pub(super) phone: u8,
    /// Its first frame.
    pub(super) start: u32,
    /// The frame after its last.
    pub(super) end: u32,
}

/// The best path.
#[derive(Debug, Clone, Default)]
pub(super) struct Path {
    /// The phones, silences too, without gaps.
    pub(super) phones: Vec<Heard>,
    /// What each frame costs on it, in tenths of a nat, the prices of transitions left out.
    pub(super) costs: Vec<u8>,
}

/// The best path through the loop for a whole sound.
///
/// # Errors
/// [`Cancelled`] when the job is.
pub(super) fn best_path(costs: &Costs, bigram: &Bigram, job: &Job<'_>) -> Result<Path, Cancelled> {
    let mut search = Search::new();
    let total = costs.frames() as u64;
    for (frame, row) in costs.rows().iter().enumerate() {
        if frame % BLOCK == 0 {
            job.report("listening", frame as u64, total)?;
        }
        search.step(row, bigram);
        if search.choices.len() >= BLOCK + LAG {
            search.decide(BLOCK, costs);
        }
    }
    search.decide(search.choices.len(), costs);
    Ok(search.path)
}

/// How a state was reached: by staying, from the state before it, from the one before that, or from a phone.
const STAYED: u8 = 0;
const WENT_ON: u8 = 1;
const HURRIED: u8 = 2;

struct Search {
    /// The best cost of ending in each phone's first, second and third state.
    costs: [[i32; COUNT]; 3],
    /// For each undecided frame and state how it was reached; for first states 1 + the phone before.
    choices: Vec<[u8; STATES]>,
    path: Path,
}

impl Search {
    fn new() -> Self {
        let mut costs = [[WORST; COUNT]; 3];
        // A sound begins with silence, or in the midst of anything for a small price.
        let [.., last] = &mut costs;
        *last = [5 * NAT; COUNT];
        if let Some(silence) = last.get_mut(usize::from(SILENCE)) {
            *silence = 0;
        }
        Self { costs, choices: Vec::with_capacity(BLOCK + LAG), path: Path::default() }
    }

    fn step(&mut self, row: &[u8; STATES], bigram: &Bigram) {
        let [first, second, third] = &mut self.costs;
        // The phone's number stands in the low bits, so that one minimum finds both.
        let mut entries = [i32::MAX; COUNT];
        for (phone, (cost, prices)) in third.iter().zip(bigram.rows()).enumerate() {
            let leaving = ((cost + NEXT + PHONE) << BITS) | phone as i32;
            for (entry, price) in entries.iter_mut().zip(prices) {
                *entry = (*entry).min(leaving + (i32::from(*price) << BITS));
            }
        }
        let mut choice = [STAYED; STATES];
        let mut best = WORST;
        let (rows, _) = row.as_chunks::<3>();
        let (choices, _) = choice.as_chunks_mut::<3>();
        let states = first.iter_mut().zip(second).zip(third).zip(&entries);
        for ((((a, b), c), entry), (emitted, chosen)) in states.zip(rows.iter().zip(choices)) {
            let [x, y, z] = emitted.map(i32::from);
            let (mut to_c, mut how_c) = (*c + STAY, STAYED);
            if *b + NEXT < to_c {
                (to_c, how_c) = (*b + NEXT, WENT_ON);
            }
            if *a + HURRY < to_c {
                (to_c, how_c) = (*a + HURRY, HURRIED);
            }
            let (mut to_b, mut how_b) = (*b + STAY, STAYED);
            if *a + NEXT < to_b {
                (to_b, how_b) = (*a + NEXT, WENT_ON);
            }
            let (mut to_a, mut how_a) = (*a + STAY, STAYED);
            if entry >> BITS < to_a {
                (to_a, how_a) = (entry >> BITS, 1 + (entry & ((1 << BITS) - 1)) as u8);
            }
            (*a, *b, *c) = (to_a + x, to_b + y, to_c + z);
            best = best.min(*a).min(*b).min(*c);
            *chosen = [how_a, how_b, how_c];
        }
        for cost in self.costs.iter_mut().flatten() {
            *cost = (*cost - best).min(WORST);
        }
        self.choices.push(choice);
    }

    /// Follows the best path back from the last frame and keeps its first `count` frames.
    fn decide(&mut self, count: usize, costs: &Costs) {
        let ends = (0..STATES).min_by_key(|state| {
            self.costs.get(state % 3).and_then(|costs| costs.get(state / 3)).copied().unwrap_or(WORST)
        });
        let mut state = ends.unwrap_or_default();
        // The states, backwards, and whether a phone begins in them.
        let mut backwards = Vec::with_capacity(self.choices.len());
        for choice in self.choices.iter().rev() {
            let how = choice.get(state).copied().unwrap_or_default();
            let begins = state % 3 == 0 && how != STAYED;
            backwards.push((state, begins));
            state = match how {
                STAYED => state,
                before if state.is_multiple_of(3) => usize::from(before - 1) * 3 + 2,
                steps => state - usize::from(steps),
            };
        }
        for (state, begins) in backwards.into_iter().rev().take(count) {
            self.keep(state, begins, costs);
        }
        self.choices.drain(..count.min(self.choices.len()));
    }

    fn keep(&mut self, state: usize, begins: bool, costs: &Costs) {
        let frame = self.path.costs.len();
        let phone = (state / 3) as u8;
        self.path.costs.push(costs.cost(frame, state) as u8);
        let frame = frame as u32;
        match self.path.phones.last_mut() {
            Some(last) if !begins && last.phone == phone => last.end = frame + 1,
            _ => self.path.phones.push(Heard { phone, start: frame, end: frame + 1 }),
        }
    }
}
