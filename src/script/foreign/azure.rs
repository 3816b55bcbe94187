//! Azure Speech: viseme events, and word boundaries among them, as programs store the SDK's events.

use super::records::{self, chain};
use super::{Read, of_one, seconds, table, warning};
use crate::script::document::{Fault, Node};
use crate::script::timeline::{Speaker, Word};
use crate::time::Time;
use crate::vocabulary::Viseme;

/// Names of the viseme's id, in the SDKs' several languages and in their private fields.
pub(super) const VISEME_KEYS: &[&str] = &["privVisemeId", "visemeId", "VisemeId", "viseme_id", "visemeID"];

/// Names of an offset in ticks of 100 ns.
const TICK_KEYS: &[&str] =
    &["privAudioOffset", "audioOffset", "AudioOffset", "audio_offset", "Offset", "privOffset"];

/// Names of an offset in milliseconds, as programs convert it.
const MILLIS_KEYS: &[&str] =
    &["audioOffsetMs", "audio_offset_ms", "offsetMs", "offset_ms", "milliseconds", "ms", "offset", "time"];

const DURATION_KEYS: &[&str] = &["privDuration", "duration", "Duration"];
const TEXT_KEYS: &[&str] = &["privText", "text", "Text"];

/// Visemes are tens of milliseconds apart; offsets whose usual step is under a millisecond of ticks are milliseconds.
const TICKS_IN_MILLI: f64 = 10_000.0;

struct Event {
    offset: f64,
    /// Of the record in the text.
    at: usize,
    what: What,
}

enum What {
    Viseme(Viseme),
    Word { duration: f64, text: String },
}

pub(super) fn read(text: &str) -> Read {
    let mut events: Vec<Event> = Vec::new();
    let mut ticks = true;
    for record in records::read(text)? {
        let at = record.fault("", None).at.unwrap_or_default();
        let offset = match record.number(TICK_KEYS)? {
            Some(offset) => offset,
            None => {
                ticks = false;
                let message = "the event has no audio offset";
                record.number(MILLIS_KEYS)?.ok_or_else(|| record.fault(message, None))?
            }
        };
        let what = if let Some(id) = record.number(VISEME_KEYS)? {
            let known = (0.0..=21.0).contains(&id).then(|| table::azure(id as u64)).flatten();
            What::Viseme(known.ok_or_else(|| {
                record
                    .fault(format!("{id} is no viseme id"), record.any(VISEME_KEYS))
                    .help("expected 0 to 21")
            })?)
        } else if let (Some(text), Some(duration)) =
            (record.any(TEXT_KEYS).and_then(Node::text), record.number(DURATION_KEYS)?)
        {
            What::Word { duration, text: text.to_owned() }
        } else {
            continue;
        };
        events.push(Event { offset, at, what });
    }
    events.sort_by(|a, b| a.offset.total_cmp(&b.offset));
    let mut warnings = Vec::new();
    if ticks && is_millis(&events) {
        ticks = false;
        warnings
            .push(warning("the audio offsets are read as milliseconds, as ticks they would be too close"));
    }
    let unit = if ticks { 1e-7 } else { 1e-3 };
    let mut shapes = Vec::new();
    let mut words = Vec::new();
    for Event { offset, at, what } in events {
        let time = |value: f64| seconds(value * unit).map_err(|fault: Fault| fault.at(at));
        let start = time(offset)?;
        match what {
            What::Viseme(viseme) => shapes.push((start, viseme)),
            What::Word { duration, text } => {
                words.push(Word { start, end: time(offset + duration)?, text, language: String::new() });
            }
        }
    }
    let duration = shapes.last().map_or(Time::ZERO, |(start, _)| *start);
    let speaker = Speaker { visemes: chain(shapes, None), words, ..Speaker::default() };
    Ok((of_one(speaker, duration), warnings))
}

/// Whether the median step between visemes is too short for ticks.
fn is_millis(events: &[Event]) -> bool {
    let visemes = events.iter().filter(|event| matches!(event.what, What::Viseme(_)));
    let offsets: Vec<f64> = visemes.map(|event| event.offset).collect();
    let mut steps: Vec<f64> =
        offsets.windows(2).map(|pair| pair[1] - pair[0]).filter(|step| *step > 0.0).collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).is_some_and(|median| *median < TICKS_IN_MILLI)
}
