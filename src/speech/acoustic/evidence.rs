//! What was found in each frame, and how it is put together into scores.

use super::gaussians::Gaussians;
use super::model::model;
use super::slopes::WIDTH;
use super::{PARTS, STATES};

/// The weights of what scores are put together from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Blend {
    /// How much of a state's log prior is taken off the network's log probability.
    pub prior: f32,
    /// How much of the mixtures' log likelihood is added.
    pub mixtures: f32,
    /// What the sum is multiplied by: neighbouring frames say much the same, so each counts for less than an independent one.
    pub weight: f32,
    /// What silence is worse by than the models say, nats a frame: quiet and creaking speech sounds like it.
    pub silence: f32,
}

impl Blend {
    /// For forced alignment, where the text says what comes.
    pub const ALIGN: Self = Self { prior: 0.6, mixtures: 0.3, weight: 0.6, silence: 1.5 };
    /// For sound without a text, by the network alone.
    pub const LISTEN: Self = Self { prior: 0.3, mixtures: 0.0, weight: 0.6, silence: 0.3 };
}

/// No frame may speak against a state more than this, in the mixtures' opinion.
const WORST: f32 = -40.0;

/// Frames × [`STATES`] scores, natural logarithms up to a constant of each frame: comparable within a row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scores {
    values: Vec<f32>,
}

impl Scores {
    /// From rows of [`STATES`] values one after another; an incomplete last row is dropped.
    pub fn from_rows(mut values: Vec<f32>) -> Self {
        values.truncate(values.len() / STATES * STATES);
        Self { values }
    }

    /// How many rows there are.
    pub fn frames(&self) -> usize {
        self.values.len() / STATES
    }

    /// The scores of a frame; empty past the last.
    pub fn row(&self, frame: usize) -> &[f32] {
        let start = frame.saturating_mul(STATES);
        self.values.get(start..start.saturating_add(STATES)).unwrap_or_default()
    }
}

/// What the network and the features say about consecutive frames.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// Frames × STATES log probabilities.
    pub(super) posteriors: Vec<f32>,
    /// Frames × WIDTH normalised cepstra and slopes; none of live sound.
    pub(super) slopes: Vec<f32>,
}

impl Evidence {
    /// How many frames there are.
    pub fn frames(&self) -> usize {
        self.posteriors.len() / STATES
    }

    /// Forgets the first frames, so that a [`super::Stream`] can go on filling it without growing it.
    pub fn forget(&mut self, frames: usize) {
        let frames = frames.min(self.frames());
        self.posteriors.drain(..frames * STATES);
        self.slopes.drain(..(frames * WIDTH).min(self.slopes.len()));
    }

    /// Log probabilities of the states in a frame, from the network alone; they add up to one. Empty past the last.
    pub fn posteriors(&self, frame: usize) -> &[f32] {
        let start = frame.saturating_mul(STATES);
        self.posteriors.get(start..start.saturating_add(STATES)).unwrap_or_default()
    }

    /// Scores of all frames for anybody's voice.
    pub fn scores(&self, blend: Blend) -> Scores {
        self.blended(blend, &model().gaussians)
    }

    /// Scores for the voice in these frames: the mixtures are moved towards it, knowing the state of each frame (of an alignment
    /// by [`Self::scores`], say); a frame whose state is [`STATES`] or more teaches nothing.
    pub fn adapted(&self, blend: Blend, states: &[usize]) -> Scores {
        if blend.mixtures == 0.0 || self.slopes.is_empty() {
            return self.scores(blend);
        }
        self.blended(blend, &model().gaussians.adapted(&self.slopes, states))
    }

    fn blended(&self, blend: Blend, gaussians: &Gaussians) -> Scores {
        let mut values = Vec::with_capacity(self.posteriors.len());
        for row in self.posteriors.chunks_exact(STATES) {
            values.extend(
                row.iter()
                    .zip(&model().priors)
                    .map(|(value, prior)| blend.weight * (value - blend.prior * prior)),
            );
        }
        if blend.mixtures != 0.0 {
            let mut rows = values.chunks_exact_mut(STATES);
            gaussians.scores(&self.slopes, |logs| {
                for (value, log) in rows.next().into_iter().flatten().zip(logs) {
                    *value += blend.weight * blend.mixtures * log.max(WORST);
                }
            });
        }
        for row in values.chunks_exact_mut(STATES) {
            row.iter_mut().take(PARTS).for_each(|silence| *silence -= blend.silence);
        }
        Scores { values }
    }
}
