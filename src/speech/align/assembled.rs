//! Phones, words and differences in order of time, from what the search placed.

use std::ops::Range;

use super::placed::{Placed, PlacedPhone, confidence, time_of};
use super::spoken::Spoken;
use super::{AlignedWord, Alignment, DOUBTFUL, Difference};
use crate::script::timeline::TimedPhone;

use crate::time::Time;

/// Sound that the text lacks is told of from this length on.
const NOTABLE: Time = Time::from_millis(300);
/// Lips follow what is heard beside the text where its phones are surer than this on average.
const SPEECH: f32 = 0.45;

/// Puts the phones of the text and those heard beside it together. `words` are the pronunciations that the search had, `beside`
/// what is heard in each foreign stretch, `frames` the length of the sound.
pub(super) fn assembled(
    words: &[Spoken],
    placed: &Placed,
    beside: Vec<Vec<TimedPhone>>,
    frames: usize,
) -> Alignment {
    let mut found = Alignment { words: spans(words, &placed.phones, frames), ..Alignment::default() };
    let mut phones = of_text(words, &placed.phones);
    for (stretch, heard) in placed.foreign.iter().zip(beside) {
        let span = time_of(stretch.start)..time_of(stretch.end);
        let is_speech = is_speech(&heard);
        if is_speech {
            phones.extend(heard.into_iter().map(|phone| (phone, None)));
        }
        if span.end - span.start >= NOTABLE {
            found.differences.push(Difference::Foreign { span, is_speech });
        }
    }
    phones.retain(|(phone, _)| phone.end > phone.start);
    phones.sort_by_key(|(phone, _)| phone.start);
    (found.phones, found.word_of_phone) = phones.into_iter().unzip();
    found.differences.extend(of_words(words, &found.words));
    found.differences.sort_by_key(Difference::start);
    found
}

/// The phones as the text's language has them: those that the models hear as two are one again.
fn of_text(words: &[Spoken], placed: &[PlacedPhone]) -> Vec<(TimedPhone, Option<usize>)> {
    let raw = |phone: &PlacedPhone| {
        let variant = words.get(phone.word)?.variants.get(phone.variant)?;
        let (_, place) = variant.numbers.get(phone.place)?;
        Some((*place, variant.phones.get(*place)?))
    };
    let is_same = |a: &PlacedPhone, b: &PlacedPhone| {
        let place = |phone| raw(phone).map(|(place, _)| place);
        a.word == b.word && place(a) == place(b)
    };
    let one = |parts: &[PlacedPhone]| {
        let ([first, ..], [.., last]) = (parts, parts) else { return None };
        let (_, phone) = raw(first)?;
        Some((
            TimedPhone {
                start: first.span.start,
                end: last.span.end,
                ipa: phone.ipa.clone(),
                stress: phone.stress,
                tone: phone.tone,
                confidence: confidence(behind(parts)),
            },
            Some(first.word),
        ))
    };
    placed.chunk_by(is_same).filter_map(one).collect()
}

/// How far some phones are behind the best that could be, on average over their frames.
fn behind(phones: &[PlacedPhone]) -> f32 {
    let frames: u32 = phones.iter().map(|phone| phone.frames).sum();
    let sum: f32 = phones.iter().map(|phone| phone.behind * phone.frames as f32).sum();
    sum / frames.max(1) as f32
}

/// Whether phones heard in a stretch are surer than chance, by their time.
fn is_speech(heard: &[TimedPhone]) -> bool {
    let (mut sum, mut total) = (0.0, 0.0);
    for phone in heard {
        let secs = (phone.end - phone.start).as_secs_f32();
        sum += secs * phone.confidence;
        total += secs;
    }
    total > 0.0 && sum / total > SPEECH
}

/// When each word is said. A run of words that are not heard shares out the time between its neighbours.
fn spans(words: &[Spoken], phones: &[PlacedPhone], frames: usize) -> Vec<AlignedWord> {
    let mut found: Vec<Option<AlignedWord>> = vec![None; words.len()];
    for of_word in phones.chunk_by(|a, b| a.word == b.word) {
        let ([first, ..], [.., last]) = (of_word, of_word) else { continue };
        if let Some(slot) = found.get_mut(first.word) {
            *slot = Some(AlignedWord {
                start: first.span.start,
                end: last.span.end,
                confidence: confidence(behind(of_word)),
                is_heard: true,
            });
        }
    }
    let ends: Vec<Time> = found.iter().map(|word| word.map_or(Time::ZERO, |word| word.end)).collect();
    let whole = time_of(u32::try_from(frames).unwrap_or(u32::MAX));
    let mut placed = Vec::with_capacity(words.len());
    let mut index = 0;
    while index < words.len() {
        if let Some(word) = found.get(index).copied().flatten() {
            placed.push(word);
            index += 1;
            continue;
        }
        let following = found.iter().skip(index).position(Option::is_some);
        let count = following.unwrap_or(words.len() - index);
        let start = index.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or_default();
        let next = found.get(index + count).copied().flatten();
        let end = next.map_or(whole, |next| next.start).max(start);
        let step = (end - start).as_nanos() / count.max(1) as i64;
        for (place, word) in (0_i64..).zip(words.iter().skip(index).take(count)) {
            let at = |place: i64| start + Time::from_nanos(step * place);
            // A word that has no sound is as present as it can be.
            let is_mute = word.is_mute();
            placed.push(AlignedWord {
                start: at(place),
                end: at(place + 1),
                confidence: if is_mute { 1.0 } else { 0.0 },
                is_heard: is_mute,
            });
        }
        index += count;
    }
    placed
}

/// Runs of words that are not heard, and of words that are hardly borne out.
fn of_words(spoken: &[Spoken], words: &[AlignedWord]) -> Vec<Difference> {
    #[derive(PartialEq, Clone, Copy)]
    enum State {
        Sure,
        Doubtful,
        Unheard,
    }
    let states: Vec<(usize, State)> = words
        .iter()
        .zip(spoken)
        .enumerate()
        .filter(|(_, (_, spoken))| !spoken.is_mute())
        .map(|(index, (word, _))| {
            let state = match word {
                AlignedWord { is_heard: false, .. } => State::Unheard,
                AlignedWord { confidence, .. } if *confidence < DOUBTFUL => State::Doubtful,
                AlignedWord { .. } => State::Sure,
            };
            (index, state)
        })
        .collect();
    let mut found = Vec::new();
    for run in states.chunk_by(|a, b| a.1 == b.1) {
        let ([(first, state), ..], [.., (last, _)]) = (run, run) else { continue };
        let range = *first..last + 1;
        let start = words.get(*first).map_or(Time::ZERO, |word| word.start);
        let end = words.get(*last).map_or(start, |word| word.end);
        match state {
            State::Sure => {}
            State::Doubtful => found.push(Difference::Doubtful { words: range, span: start..end }),
            State::Unheard => found.push(Difference::Unheard { words: range, at: start }),
        }
    }
    found
}

impl Difference {
    /// When it begins.
    pub fn start(&self) -> Time {
        match self {
            Self::Unheard { at, .. } => *at,
            Self::Foreign { span, .. } | Self::Doubtful { span, .. } => span.start,
        }
    }

    /// When it ends.
    pub fn end(&self) -> Time {
        match self {
            Self::Unheard { at, .. } => *at,
            Self::Foreign { span: Range { end, .. }, .. }
            | Self::Doubtful { span: Range { end, .. }, .. } => *end,
        }
    }
}
