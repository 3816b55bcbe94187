//! What every frame of a sound costs in every state of every phone, one byte each, so that hours fit in memory.
//!
//! It knows neither the models that judged the frames nor what is looked for in them.

use crate::speech::acoustic::{self, STATES, Scores};

/// Steps of a cost in one nat.
pub(super) const NAT: i32 = 10;
/// How many phones the models know, silence among them.
pub(super) const COUNT: usize = acoustic::PHONES.len();
/// Silence, as the models count.
pub(super) const SILENCE: u8 = acoustic::SILENCE as u8;

/// Costs of frames of 10 ms: for every state how much worse it explains the frame than the best state does, in
/// tenths of a nat, at most 25.5 nats. Frame `i` lies around (i + 0.5) · 10 ms.
#[derive(Debug, Clone, Default)]
pub(super) struct Costs {
    rows: Vec<[u8; STATES]>,
}

impl Costs {
    /// Of some scores.
    pub(super) fn of(scores: &Scores) -> Self {
        let mut costs = Self::default();
        costs.append(scores);
        costs
    }

    /// Adds the frames of `scores` at the end.
    pub(super) fn append(&mut self, scores: &Scores) {
        for frame in 0..scores.frames() {
            self.push(scores.row(frame));
        }
    }

    /// Adds a frame: the log score of every state, in nats, up to any constant. What is no number counts as the worst.
    pub(super) fn push(&mut self, scores: &[f32]) {
        let best = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mut row = [u8::MAX; STATES];
        for (cost, score) in row.iter_mut().zip(scores) {
            let steps = (best - score) * NAT as f32;
            // A cast of what is no number gives zero, so it is asked first.
            *cost = if steps.is_finite() { (steps + 0.5) as u8 } else { u8::MAX };
        }
        self.rows.push(row);
    }

    /// How many frames there are.
    pub(super) fn frames(&self) -> usize {
        self.rows.len()
    }

    /// The costs of every frame.
    pub(super) fn rows(&self) -> &[[u8; STATES]] {
        &self.rows
    }

    /// The cost of `state` in `frame`; the greatest where there is none.
    pub(super) fn cost(&self, frame: usize, state: usize) -> i32 {
        self.rows
            .get(frame)
            .and_then(|row| row.get(state))
            .map_or(i32::from(u8::MAX), |cost| i32::from(*cost))
    }

    /// The costs of the three states of `phone` in the frames `start..end`.
    pub(super) fn of_phone(&self, phone: u8, start: u32, end: u32) -> impl Iterator<Item = [i32; 3]> {
        let rows = self.rows.get(start as usize..end as usize).unwrap_or_default();
        rows.iter().map(move |row| {
            let (phones, _) = row.as_chunks::<3>();
            phones.get(usize::from(phone)).map_or([i32::from(u8::MAX); 3], |states| states.map(i32::from))
        })
    }
}
