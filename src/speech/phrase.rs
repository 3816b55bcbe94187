//! Where phrases begin and end: at pauses, and where the text has punctuation and the voice waits a little.
//!
//! Times and pitch are given; nothing is heard here.

use std::ops::Range;

use super::prosody::HOP;
use super::utterance::Utterance;
use crate::script::timeline::{BoundaryTone, Phrase, Prosody};
use crate::script::words;
use crate::time::Time;
use crate::vocabulary::Viseme;

/// A silence of this length parts phrases wherever it stands: longer than the closure of a stop or the hesitation
/// within a phrase (Campione and Véronis, "A large-scale multilingual study of silent pause duration", 2002).
const PAUSE: Time = Time::from_millis(150);
/// At punctuation a shorter one is enough.
const WAIT: Time = Time::from_millis(40);
/// The end of a phrase over which its melody is judged, and the steps with a pitch that this needs.
const TAIL: Time = Time::from_millis(300);
const FEWEST: usize = 6;
/// Semitones from which a melody rises or falls; smaller movements are hardly heard in speech ('t Hart, *J. Acoust. Soc.
/// Am.* 69, 1981).
const MOVES: f32 = 2.0;

/// The phrases of an utterance, in order; `text` is what is said, `prosody` what its sound measures, both from its
/// start. The silence from one to the next is a pause.
pub fn phrases_of(utterance: &Utterance, text: &str, prosody: &Prosody) -> Vec<Phrase> {
    let stops = stops(utterance, text);
    let mut spans: Vec<Range<Time>> = Vec::new();
    for unit in units(utterance) {
        match spans.last_mut() {
            Some(last) => {
                let wait = unit.start - last.end;
                let next = stops.get(stops.partition_point(|stop| *stop < last.end - HOP));
                let stop = next.is_some_and(|stop| *stop <= unit.start + HOP);
                if wait >= PAUSE || stop && wait >= WAIT {
                    spans.push(unit);
                } else {
                    last.end = last.end.max(unit.end);
                }
            }
            None => spans.push(unit),
        }
    }
    let phrase = |span: Range<Time>| {
        let boundary = tone(&prosody.pitch_hz, &span);
        Phrase { start: span.start, end: span.end, boundary }
    };
    spans.into_iter().map(phrase).collect()
}

/// What sounds, as finely as it is known: phones, else words, else mouth shapes.
fn units(utterance: &Utterance) -> Vec<Range<Time>> {
    let mut units: Vec<Range<Time>> = if !utterance.phones.is_empty() {
        utterance.phones.iter().map(|phone| phone.start..phone.end).collect()
    } else if !utterance.visemes.is_empty() {
        let sounding = utterance.visemes.iter().filter(|shape| shape.viseme != Viseme::Sil);
        sounding.map(|shape| shape.start..shape.end).collect()
    } else {
        utterance.words.iter().map(|word| word.start..word.end).collect()
    };
    units.retain(|unit| unit.end > unit.start);
    units.sort_by_key(|unit| unit.start);
    units
}

/// The ends of the words after which the text has punctuation.
fn stops(utterance: &Utterance, text: &str) -> Vec<Time> {
    let ranges = words::split(text);
    if ranges.len() != utterance.words.len() {
        return Vec::new();
    }
    let mut stops = Vec::new();
    for (index, (range, word)) in ranges.iter().zip(&utterance.words).enumerate() {
        let next = ranges.get(index + 1).map_or(text.len(), |next| next.start);
        let between = text.get(range.end..next).unwrap_or_default();
        if between.contains(|c: char| !c.is_whitespace() && !c.is_alphanumeric()) {
            stops.push(word.end);
        }
    }
    stops
}

/// How the melody moves at the end of a phrase: the line through its last pitches, where there are enough.
fn tone(pitch_hz: &[f32], span: &Range<Time>) -> Option<BoundaryTone> {
    let step = |time: Time| usize::try_from(time.as_nanos() / HOP.as_nanos()).unwrap_or_default();
    let from = step(span.start.max(span.end - TAIL));
    let tail = pitch_hz.iter().enumerate().take(step(span.end)).skip(from);
    let points: Vec<(f32, f32)> =
        tail.filter(|(_, hz)| **hz > 0.0).map(|(at, hz)| (at as f32, 12.0 * libm::log2f(*hz))).collect();
    let (first, last) = (points.first()?, points.last()?);
    if points.len() < FEWEST {
        return None;
    }
    let count = points.len() as f32;
    let mean = |of: fn(&(f32, f32)) -> f32| points.iter().map(of).sum::<f32>() / count;
    let (at, height) = (mean(|p| p.0), mean(|p| p.1));
    let above: f32 = points.iter().map(|p| (p.0 - at) * (p.1 - height)).sum();
    let spread: f32 = points.iter().map(|p| (p.0 - at) * (p.0 - at)).sum();
    let moved = above / spread.max(1e-6) * (last.0 - first.0);
    Some(if moved >= MOVES {
        BoundaryTone::Rise
    } else if moved <= -MOVES {
        BoundaryTone::Fall
    } else {
        BoundaryTone::Level
    })
}
