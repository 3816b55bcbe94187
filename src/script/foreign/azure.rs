//! Azure Speech, both ways: viseme events, and word boundaries among them, as programs store the SDK's events; and the
//! blend shapes that events of type `FacialExpression` carry.

use super::records::{self, Record, chain};
use super::shapes::{has_shapes, only_speaker, steps};
use super::{Input, Options, Read, Written, blend_shapes, of_one, quoted, seconds, table, warning};
use crate::diagnostic::Diagnostic;
use crate::script::document::{Fault, Node};
use crate::script::timeline::{ChannelTrack, Speaker, Timeline, Word};
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
/// Names of the blend shapes' own JSON, as a text or an object.
const ANIMATION_KEYS: &[&str] = &["privAnimation", "animation", "Animation"];

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

pub(super) fn read(input: &Input<'_>) -> Read {
    let mut events: Vec<Event> = Vec::new();
    let mut shapes = blend_shapes::Gathered::default();
    let mut ticks = true;
    for record in records::read(input.text)? {
        let animation = record.any(ANIMATION_KEYS).filter(|node| node.text() != Some(""));
        let is_animated =
            match animation.or_else(|| Some(record.node()).filter(|n| n.get("BlendShapes").is_some())) {
                Some(node) => shapes.add(node).map_err(|fault| fault.at(at_of(&record)))?,
                None => false,
            };
        if !is_animated || record.number(VISEME_KEYS)?.is_some_and(|id| id > 0.0) {
            events.extend(event(&record, &mut ticks)?);
        }
    }
    events.sort_by(|a, b| a.offset.total_cmp(&b.offset));
    let mut warnings = Vec::new();
    if ticks && is_millis(&events) {
        ticks = false;
        warnings
            .push(warning("the audio offsets are read as milliseconds, as ticks they would be too close"));
    }
    let unit = if ticks { 1e-7 } else { 1e-3 };
    let mut starts = Vec::new();
    let mut words = Vec::new();
    for Event { offset, at, what } in events {
        let time = |value: f64| seconds(value * unit).map_err(|fault: Fault| fault.at(at));
        let start = time(offset)?;
        match what {
            What::Viseme(viseme) => starts.push((start, viseme)),
            What::Word { duration, text } => {
                words.push(Word { start, end: time(offset + duration)?, text, language: String::new() });
            }
        }
    }
    let (track, told) = shapes.into_track()?;
    warnings.extend(told);
    let channels: Vec<ChannelTrack> = track.into_iter().collect();
    let ends = starts.last().map(|(start, _)| *start).into_iter();
    let duration = ends.chain(channels.iter().map(ChannelTrack::end)).fold(Time::ZERO, Time::max);
    let speaker = Speaker { visemes: chain(starts, None), words, channels, ..Speaker::default() };
    Ok((of_one(speaker, duration), warnings))
}

fn at_of(record: &Record<'_>) -> usize {
    record.fault("", None).at.unwrap_or_default()
}

/// A viseme or a word; `None` for an event of another kind.
fn event(record: &Record<'_>, ticks: &mut bool) -> Result<Option<Event>, Fault> {
    let offset = match record.number(TICK_KEYS)? {
        Some(offset) => offset,
        None => {
            *ticks = false;
            let message = "the event has no audio offset";
            record.number(MILLIS_KEYS)?.ok_or_else(|| record.fault(message, None))?
        }
    };
    let what = if let Some(id) = record.number(VISEME_KEYS)? {
        let known = (0.0..=21.0).contains(&id).then(|| table::azure(id as u64)).flatten();
        What::Viseme(known.ok_or_else(|| {
            record.fault(format!("{id} is no viseme id"), record.any(VISEME_KEYS)).help("expected 0 to 21")
        })?)
    } else if let (Some(text), Some(duration)) =
        (record.any(TEXT_KEYS).and_then(Node::text), record.number(DURATION_KEYS)?)
    {
        What::Word { duration, text: text.to_owned() }
    } else {
        return Ok(None);
    };
    Ok(Some(Event { offset, at: at_of(record), what }))
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

/// An array of viseme events and word boundaries, and one event with all blend shapes.
pub(super) fn write(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let has =
        |speaker: &Speaker| has_shapes(speaker) || !speaker.words.is_empty() || !speaker.channels.is_empty();
    let speaker = only_speaker(timeline, "phones, visemes, words or channels", has)?;
    let ticks = |time: Time| time.as_nanos() / 100;
    let mut events: Vec<(Time, String)> = Vec::new();
    if has_shapes(speaker) {
        for (start, id) in steps(speaker, timeline.duration, 0, |shape| table::azure_of(shape.viseme)) {
            let line =
                format!("{{\"audioOffset\": {}, \"visemeId\": {id}, \"animation\": \"\"}}", ticks(start));
            events.push((start, line));
        }
    }
    for word in &speaker.words {
        let (start, length, text) = (ticks(word.start), ticks(word.end - word.start), quoted(&word.text));
        let line = format!("{{\"audioOffset\": {start}, \"duration\": {length}, \"text\": {text}}}");
        events.push((word.start, line));
    }
    events.sort_by_key(|(start, _)| *start);
    let mut lines: Vec<String> = events.into_iter().map(|(_, line)| line).collect();
    if !speaker.channels.is_empty() {
        let animation = quoted(&blend_shapes::written(&speaker.channels));
        lines.push(format!("{{\"audioOffset\": 0, \"visemeId\": 0, \"animation\": {animation}}}"));
    }
    Ok(format!("[\n  {}\n]\n", lines.join(",\n  ")).into())
}
