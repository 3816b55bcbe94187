//! Amazon Polly speech marks, both ways: visemes, words, sentences and SSML marks, each with its start in milliseconds.

use super::records::{self, Record, chain};
use super::shapes::{has_shapes, only_speaker, steps};
use super::{Input, Options, Read, Written, of_one, quoted, seconds, table, warning};
use crate::diagnostic::Diagnostic;
use crate::script::document::{Fault, Node};
use crate::script::mark;
use crate::script::timeline::{Caption, Mark, Speaker, Timeline, Word};
use crate::time::Time;
use crate::vocabulary::Viseme;

/// How long a last word or sentence lasts where nothing says so.
const LAST: Time = Time::from_millis(300);

pub(super) fn read(input: &Input<'_>) -> Read {
    let mut shapes: Vec<(Time, Viseme)> = Vec::new();
    let mut words: Vec<(Time, String)> = Vec::new();
    let mut sentences: Vec<(Time, String)> = Vec::new();
    let mut marks = Vec::new();
    let mut unknown: Vec<Fault> = Vec::new();
    for record in records::read(input.text)? {
        let (time, kind, value) = fields(&record)?;
        match kind.as_str() {
            "viseme" => match table::polly(&value) {
                Some(viseme) => shapes.push((time, viseme)),
                None if unknown.is_empty() => {
                    let place = record.fault("", None).at;
                    let fault = warning(format!("the viseme '{value}' is not known; the lips rest in it"));
                    unknown.push(Fault { at: place, ..fault });
                    shapes.push((time, Viseme::Sil));
                }
                None => shapes.push((time, Viseme::Sil)),
            },
            "word" => words.push((time, value)),
            "sentence" => sentences.push((time, value)),
            "ssml" => {
                let name = if mark::known(&value).is_some() { value } else { format!("x-{value}") };
                marks.push(Mark { time, end: None, name, args: Vec::new() });
            }
            _ => {}
        }
    }
    let rests: Vec<Time> = shapes.iter().filter(|(_, v)| *v == Viseme::Sil).map(|(time, _)| *time).collect();
    let visemes = chain(shapes, None);
    let end = visemes.iter().map(|viseme| viseme.end).fold(Time::ZERO, Time::max);
    let duration = rests.iter().copied().fold(end, Time::max);
    let captions = ends(&sentences, &[], end)
        .into_iter()
        .map(|(start, end, text)| Caption { language: String::new(), start, end, text })
        .collect();
    let words = ends(&words, &rests, end)
        .into_iter()
        .map(|(start, end, text)| Word { start, end, text, language: String::new() })
        .collect();
    let timeline = of_one(Speaker { visemes, words, marks, ..Speaker::default() }, duration);
    Ok((Timeline { captions, ..timeline }, unknown))
}

fn fields(record: &Record<'_>) -> Result<(Time, String, String), Fault> {
    let text = |key: &str| record.any(&[key]).and_then(Node::text).map(str::to_owned);
    let kind = text("type").ok_or_else(|| record.fault("a speech mark has no 'type'", None))?;
    let millis =
        record.number(&["time"])?.ok_or_else(|| record.fault("a speech mark has no 'time'", None))?;
    let time = seconds(millis / 1000.0).map_err(|fault| Fault { at: record.fault("", None).at, ..fault })?;
    Ok((time, kind, text("value").unwrap_or_default()))
}

/// Each lasts until the next, the next rest, or the end of the speech, whichever is first.
fn ends(items: &[(Time, String)], rests: &[Time], end: Time) -> Vec<(Time, Time, String)> {
    let mut items = items.to_vec();
    items.sort_by_key(|(start, _)| *start);
    let mut timed = Vec::with_capacity(items.len());
    for (index, (start, text)) in items.iter().enumerate() {
        let next = items.get(index + 1).map(|(next, _)| *next);
        let rest = rests.get(rests.partition_point(|rest| rest <= start)).copied();
        let last = if end > *start { end } else { *start + LAST };
        let until =
            next.into_iter().chain(rest).fold(if next.is_none() { last } else { Time::MAX }, Time::min);
        timed.push((*start, until, text.clone()));
    }
    timed
}

/// One object a line, in order of time; the offsets in the text are those of the captions or words joined by spaces.
pub(super) fn write(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let has = |speaker: &Speaker| has_shapes(speaker) || !speaker.words.is_empty();
    let speaker = only_speaker(timeline, "phones, visemes or words", has)?;
    let spoken: Vec<&str> = speaker.words.iter().map(|word| word.text.as_str()).collect();
    let text = spoken.join(" ");
    let mut marks: Vec<(Time, u8, String)> = Vec::new();
    let mut add = |time: Time, order: u8, kind: &str, span: Option<(usize, usize)>, value: &str| {
        let millis = (time.as_nanos() + 500_000) / 1_000_000;
        let span = span.map_or_else(String::new, |(start, end)| format!("\"start\":{start},\"end\":{end},"));
        let line = format!("{{\"time\":{millis},\"type\":\"{kind}\",{span}\"value\":{}}}\n", quoted(value));
        marks.push((time, order, line));
    };
    for caption in &timeline.captions {
        add(caption.start, 0, "sentence", Some((0, text.len())), &caption.text);
    }
    let mut at = 0;
    for word in &speaker.words {
        add(word.start, 2, "word", Some((at, at + word.text.len())), &word.text);
        at += word.text.len() + 1;
    }
    for mark in &speaker.marks {
        let name = mark.name.strip_prefix("x-").unwrap_or(&mark.name);
        add(mark.time, 1, "ssml", Some((0, 0)), name);
    }
    if has_shapes(speaker) {
        for (start, name) in steps(speaker, timeline.duration, "sil", |shape| table::polly_of(shape.viseme)) {
            add(start, 3, "viseme", None, name);
        }
    }
    marks.sort_by_key(|(time, order, _)| (*time, *order));
    let lines: String = marks.into_iter().map(|(_, _, line)| line).collect();
    Ok(lines.into())
}
