//! Sound and text laid side by side: when each word and phone is said, how sure that is, and where the two differ; and phones
//! from sound alone.
//!
//! What the acoustic models say about the frames is handed in. Nothing here reads sound or text.

mod accent;
mod assembled;
mod bigram;
mod costs;
mod gate;
mod graph;
mod guide;
mod hearing;
mod history;
mod junctions;
mod lengths;
mod listen;
mod live;
mod phone_loop;
mod placed;
mod posterior;
mod search;
mod spoken;
#[cfg(test)]
mod tests;
mod trigram;

use std::borrow::Cow;
use std::ops::Range;

pub use hearing::{Hearing, Listener};
pub use live::{LOOK_AHEAD, LiveListener};

use super::acoustic::{self, Blend};
use super::utterance::RawPhone;
use crate::job::{Cancelled, Job};
use crate::script::timeline::TimedPhone;
use crate::time::Time;
use assembled::assembled;
use bigram::Bigram;
use costs::{Costs, NAT};
use graph::Graph;
use guide::Guide;
use phone_loop::{Heard, Path};
use placed::{Witness, place, states, time_of};
use posterior::Row;
use spoken::Spoken;
use trigram::Trigram;

/// What a frame costs beyond the best phones where the text does not have it; and where that is known beforehand.
const FOREIGN: u16 = (28 * NAT / 10) as u16;
const KNOWN_FOREIGN: u16 = (3 * NAT / 10) as u16;
/// How often short recordings are aligned again with models moved towards the voice.
const ROUNDS: usize = 2;
/// Words less sure than this are told of.
const DOUBTFUL: f32 = 0.2;

/// A word of the text, in the sound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AlignedWord {
    /// Begins. A word that is not heard lies in what its neighbours leave.
    pub start: Time,
    /// Ends, not before `start`.
    pub end: Time,
    /// How sure it is that this word is said here, 0..=1: its frames against the best phones over the same frames. Zero where it
    /// is not heard.
    pub confidence: f32,
    /// Whether it is said, as far as one can hear.
    pub is_heard: bool,
}

impl AlignedWord {
    fn is_sure(&self) -> bool {
        self.is_heard && self.confidence >= DOUBTFUL
    }
}

/// Where text and sound do not agree.
#[derive(Debug, Clone, PartialEq)]
pub enum Difference {
    /// Words that nobody says.
    Unheard {
        /// Which.
        words: Range<usize>,
        /// Where they would be.
        at: Time,
    },
    /// Something sounds that the text does not have.
    Foreign {
        /// When.
        span: Range<Time>,
        /// Whether it sounds like speech.
        is_speech: bool,
    },
    /// Words that the sound hardly bears out.
    Doubtful {
        /// Which.
        words: Range<usize>,
        /// When.
        span: Range<Time>,
    },
}

/// Text in sound.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alignment {
    /// What is said when, in order, without silences; between words that the text has, also what is heard beside it.
    pub phones: Vec<TimedPhone>,
    /// For each phone its word; `None` for what the text does not have.
    pub word_of_phone: Vec<Option<usize>>,
    /// One for each word of the text.
    pub words: Vec<AlignedWord>,
    /// In order of time.
    pub differences: Vec<Difference>,
}

impl Alignment {
    /// The share of the words that can be said at all which are heard without doubt, 0..=1; zero where there are none.
    pub fn agreement(&self) -> f32 {
        let sure = self.words.iter().filter(|word| word.is_sure()).count();
        sure as f32 / self.words.len().max(1) as f32
    }

    /// The share of the time in which something is said that belongs to words heard without doubt, 0..=1; zero where nothing is
    /// said.
    pub fn explained(&self) -> f32 {
        let (mut sure, mut all) = (0.0, 0.0);
        for (phone, word) in self.phones.iter().zip(&self.word_of_phone) {
            let secs = (phone.end - phone.start).as_secs_f32();
            all += secs;
            let word = word.and_then(|word| self.words.get(word));
            sure += if word.is_some_and(AlignedWord::is_sure) { secs } else { 0.0 };
        }
        if all > 0.0 { sure / all } else { 0.0 }
    }
}

/// Finds the words in the sound. For each word its pronunciations, the likeliest first; a word without any (or whose phones have
/// no sound) takes no time.
///
/// # Errors
/// [`Cancelled`] when the job is.
pub fn align(hearing: &Hearing, words: &[Vec<Vec<RawPhone>>], job: &Job<'_>) -> Result<Alignment, Cancelled> {
    let words: Vec<Spoken> = words.iter().map(|variants| Spoken::new(variants)).collect();
    let numbers: Vec<Vec<Vec<u8>>> = words.iter().map(Spoken::numbers).collect();
    let bigram = Bigram::english();
    let mut costs = Cow::Borrowed(&hearing.costs);
    // What anybody's models hear: models moved towards a voice believe what they were told.
    let by_anybody = phone_loop::best_path(&costs, &bigram, job)?;
    let mut heard = Cow::Borrowed(&by_anybody);
    let mut round = 0;
    loop {
        let guide = guide::guide(&heard.phones, &numbers, costs.frames());
        let graph = Graph::new(&numbers, &guide.unspoken);
        let path = search::best_path(&graph, &costs, &filler_costs(&heard, &guide), job)?;
        if let Some(evidence) = hearing.evidence.as_ref().filter(|_| round < ROUNDS) {
            costs = Cow::Owned(Costs::of(&evidence.adapted(Blend::ALIGN, &states(&path, &graph, &costs))));
            heard = Cow::Owned(phone_loop::best_path(&costs, &bigram, job)?);
            round += 1;
            continue;
        }
        let placed = place(&path, &graph, &costs, &Witness { costs: &hearing.costs, heard: &by_anybody });
        let beside = listen_in(&costs, &placed.foreign, job)?;
        return Ok(assembled(&words, &placed, beside, costs.frames()));
    }
}

/// What is said, from the sound alone, in order and without silences.
///
/// # Errors
/// [`Cancelled`] when the job is.
pub fn listen(hearing: &Hearing, job: &Job<'_>) -> Result<Vec<TimedPhone>, Cancelled> {
    let posteriors = posterior::posteriors(&hearing.costs, &Trigram::english(), job)?;
    Ok(timed(&listen::decide(&posteriors), &posteriors))
}

/// What each frame costs in a filler.
fn filler_costs(heard: &Path, guide: &Guide) -> Vec<u16> {
    let mut costs: Vec<u16> = heard.costs.iter().map(|cost| u16::from(*cost) + FOREIGN).collect();
    for range in &guide.foreign {
        let frames = costs.get_mut(range.clone()).unwrap_or_default();
        for (cost, heard) in frames.iter_mut().zip(heard.costs.iter().skip(range.start)) {
            *cost = u16::from(*heard) + KNOWN_FOREIGN;
        }
    }
    costs
}

/// What is heard in each of some stretches.
fn listen_in(
    costs: &Costs,
    stretches: &[Range<u32>],
    job: &Job<'_>,
) -> Result<Vec<Vec<TimedPhone>>, Cancelled> {
    if stretches.is_empty() {
        return Ok(Vec::new());
    }
    let posteriors: Vec<Row> = posterior::posteriors(costs, &Trigram::english(), job)?;
    let of = |stretch: &Range<u32>| {
        let inside = posteriors.get(stretch.start as usize..stretch.end as usize).unwrap_or_default();
        let mut phones = timed(&listen::decide(inside), inside);
        let start = time_of(stretch.start);
        for phone in &mut phones {
            phone.start += start;
            phone.end += start;
        }
        phones
    };
    Ok(stretches.iter().map(of).collect())
}

fn timed(heard: &[Heard], posteriors: &[Row]) -> Vec<TimedPhone> {
    heard
        .iter()
        .filter(|heard| heard.phone != costs::SILENCE)
        .map(|heard| TimedPhone {
            start: time_of(heard.start),
            end: time_of(heard.end),
            ipa: acoustic::ipa_of(usize::from(heard.phone)).to_owned(),
            stress: 0,
            tone: 0,
            confidence: listen::confidence(heard, posteriors),
        })
        .collect()
}
