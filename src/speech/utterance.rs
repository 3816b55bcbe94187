//! A stretch of speech with the times of its phones and words, from its own start.
//!
//! How it came about, by a synthesiser or a recording, is not known here.

use super::sound::Sound;
use crate::script::timeline::{ChannelTrack, TimedPhone, TimedViseme, Word};
use crate::time::Time;

/// A phone without times.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawPhone {
    /// IPA, no tie bars, no length marks.
    pub ipa: String,
    /// 0 none, 1 primary, 2 secondary.
    pub stress: u8,
    /// 1..=5 in Mandarin, 0 elsewhere.
    pub tone: u8,
}

/// Sound, and what is said when in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Utterance {
    /// How it sounds.
    pub sound: Sound,
    /// In order, not overlapping, without silences.
    pub phones: Vec<TimedPhone>,
    /// Only where there are no phones.
    pub visemes: Vec<TimedViseme>,
    /// The face frame by frame, where a tool gave it.
    pub channels: Vec<ChannelTrack>,
    /// One for each word of the text, in order.
    pub words: Vec<Word>,
}

/// Kept before the first and after the last sound.
const MARGIN: Time = Time::from_millis(30);
const TAIL: Time = Time::from_millis(60);

impl Utterance {
    /// Without the silence around it.
    pub fn trimmed(mut self) -> Self {
        let audible = self.sound.audible_range();
        let first = self.phones.first().map_or(audible.start, |p| p.start.min(audible.start));
        let last = self.phones.last().map_or(audible.end, |p| p.end.max(audible.end));
        let start = (first - MARGIN).max(Time::ZERO);
        let end = (last + TAIL).min(self.sound.duration()).max(start);
        self.sound = self.sound.cut(start..end);
        self.shift(-start);
        self
    }

    /// Moves all times, not the sound.
    pub fn shift(&mut self, by: Time) {
        for phone in &mut self.phones {
            phone.start += by;
            phone.end += by;
        }
        for viseme in &mut self.visemes {
            viseme.start += by;
            viseme.end += by;
        }
        for track in &mut self.channels {
            track.start += by;
        }
        for word in &mut self.words {
            word.start += by;
            word.end += by;
        }
    }
}

/// Joins utterances, each preceded by its gap, at the highest of their rates.
pub fn join(parts: Vec<(Time, Utterance)>) -> Utterance {
    let rate = parts.iter().map(|(_, part)| part.sound.rate).max().unwrap_or_default();
    let mut whole = Utterance { sound: Sound { samples: Vec::new(), rate }, ..Utterance::default() };
    let mut end = Time::ZERO;
    for (gap, mut part) in parts {
        let start = end + gap;
        let sound = part.sound.resampled(rate);
        end = start + sound.duration();
        whole.sound.mix_in(&sound, start);
        part.shift(start);
        whole.phones.append(&mut part.phones);
        whole.visemes.append(&mut part.visemes);
        whole.channels.append(&mut part.channels);
        whole.words.append(&mut part.words);
    }
    whole
}
