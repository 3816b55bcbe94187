//! A sound on its way from samples to costs; it may be hours long and come in pieces.
//!
//! It keeps one byte for each state and frame, and of short recordings all that the models say, so that they can be asked
//! again when the voice is known.

use super::costs::Costs;
use crate::speech::acoustic::{Blend, Evidence, Mode, Stream};

/// Recordings of at most so many frames can be asked again: two minutes.
const SHORT: usize = 12_000;

/// Takes the samples of a recording.
pub struct Listener {
    stream: Stream,
    evidence: Evidence,
    blend: Blend,
    hearing: Hearing,
}

/// What a recording sounds like.
#[derive(Debug, Clone, Default)]
pub struct Hearing {
    pub(super) costs: Costs,
    /// What the costs were made from, where the recording is short.
    pub(super) evidence: Option<Evidence>,
}

impl Listener {
    /// For mono sound of `rate` samples a second, with a text to find in it or without.
    pub fn new(rate: u32, has_text: bool) -> Self {
        let blend = if has_text { Blend::ALIGN } else { Blend::LISTEN };
        Self {
            stream: Stream::new(Mode::Recording, rate),
            evidence: Evidence::default(),
            blend,
            hearing: Hearing::default(),
        }
    }

    /// Takes the next samples, −1..=1.
    pub fn push(&mut self, samples: &[f32]) {
        self.stream.push(samples, &mut self.evidence);
        if self.evidence.frames() > SHORT {
            self.hearing.costs.append(&self.evidence.scores(self.blend));
            self.evidence.forget(self.evidence.frames());
        }
    }

    /// The sound has ended.
    pub fn finish(self) -> Hearing {
        let Self { stream, mut evidence, blend, mut hearing } = self;
        stream.finish(&mut evidence);
        let is_short = hearing.costs.frames() == 0 && evidence.frames() <= SHORT;
        hearing.costs.append(&evidence.scores(blend));
        hearing.evidence = is_short.then_some(evidence);
        hearing
    }
}

impl Hearing {
    /// The frames of 10 ms that were heard.
    pub fn frames(&self) -> usize {
        self.costs.frames()
    }
}
