//! ElevenLabs' character alignment, both ways: each character of the text with its time. Streamed answers, one a line, follow
//! on one another; transcripts have words.

use super::records::{Record, documents, numbers};
use super::shapes::only_speaker;
use super::{Input, Options, Read, Written, of_one, quoted, seconds, warning};
use crate::diagnostic::Diagnostic;
use crate::script::document::{Fault, Node};
use crate::script::timeline::{Speaker, Timeline, Word};
use crate::script::words::split;
use crate::time::Time;

/// How the lists are called, and how many of their units are a second. The third is of ends, or of durations.
struct Names {
    characters: &'static str,
    starts: &'static str,
    ends: &'static str,
    ends_are_durations: bool,
    in_second: f64,
}

const NAMES: &[Names] = &[
    Names {
        characters: "characters",
        starts: "character_start_times_seconds",
        ends: "character_end_times_seconds",
        ends_are_durations: false,
        in_second: 1.0,
    },
    Names {
        characters: "characters",
        starts: "characterStartTimesSeconds",
        ends: "characterEndTimesSeconds",
        ends_are_durations: false,
        in_second: 1.0,
    },
    Names {
        characters: "chars",
        starts: "charStartTimesMs",
        ends: "charDurationsMs",
        ends_are_durations: true,
        in_second: 1000.0,
    },
    Names {
        characters: "chars",
        starts: "charStartTimesMs",
        ends: "charsDurationsMs",
        ends_are_durations: true,
        in_second: 1000.0,
    },
    Names {
        characters: "chars",
        starts: "char_start_times_ms",
        ends: "chars_durations_ms",
        ends_are_durations: true,
        in_second: 1000.0,
    },
];

/// An answer that counts from its own start begins before this.
const NEAR_ZERO: Time = Time::from_millis(500);
/// Answers that follow on one another overlap by less.
const OVERLAP: Time = Time::from_millis(100);

/// Keys of which a file has one.
pub(super) const KEYS: &[&str] = &[
    "character_start_times_seconds",
    "characterStartTimesSeconds",
    "charStartTimesMs",
    "char_start_times_ms",
];

/// Where an alignment stands in an answer. The text as it was sent comes first, as captions and marks count its words.
const PLACES: &[&str] = &["alignment", "normalized_alignment", "normalizedAlignment"];

/// A character and its time.
type Timed = (Time, Time, String);

pub(super) fn read(input: &Input<'_>) -> Read {
    let mut characters: Vec<Timed> = Vec::new();
    let mut moved = 0;
    for record in documents(input.text)? {
        let part = alignment(&record)?;
        let Some(first) = part.first().map(|(start, ..)| *start) else { continue };
        let end = characters.last().map_or(Time::ZERO, |(_, end, _)| *end);
        // Each answer of a stream may count from its own start.
        let shift = if first < NEAR_ZERO && first + OVERLAP < end { end } else { Time::ZERO };
        moved += usize::from(shift > Time::ZERO);
        characters.extend(part.into_iter().map(|(start, end, c)| (start + shift, end + shift, c)));
    }
    if characters.is_empty() {
        return Err(Fault::new("no answer holds an alignment").help("ask for timestamps").at(0));
    }
    let mut warnings = Vec::new();
    if moved > 0 {
        let message = format!("{moved} answers begin anew at zero; they are put after those before them");
        warnings.push(warning(message));
    }
    let duration = characters.iter().map(|(_, end, _)| *end).fold(Time::ZERO, Time::max);
    let speaker = Speaker { words: words(&characters), ..Speaker::default() };
    Ok((of_one(speaker, duration), warnings))
}

/// The characters of an answer; none where it holds only sound.
fn alignment(record: &Record<'_>) -> Result<Vec<Timed>, Fault> {
    let named = PLACES.iter().filter_map(|place| record.node().get(place));
    let all = named.chain(std::iter::once(record.node()));
    for node in all {
        let Some(names) = NAMES.iter().find(|n| node.get(n.starts).is_some() && node.get(n.ends).is_some())
        else {
            continue;
        };
        let characters = node.get(names.characters).map_or(&[][..], Node::items);
        let (starts, ends) = (numbers(node.get(names.starts)), numbers(node.get(names.ends)));
        if characters.len() != starts.len() || characters.len() != ends.len() {
            return Err(record.fault("characters and times are not equally many", Some(node)));
        }
        let mut timed = Vec::with_capacity(characters.len());
        for ((character, start), end) in characters.iter().zip(starts).zip(ends) {
            let fault = || record.fault("a character has no time", Some(character));
            let (start, end) = (start.ok_or_else(fault)?, end.ok_or_else(fault)?);
            let end = if names.ends_are_durations { start + end } else { end };
            let time = |value: f64| {
                let place = fault().at;
                seconds(value / names.in_second).map_err(|fault| Fault { at: place, ..fault })
            };
            timed.push((time(start)?, time(end)?, character.text().unwrap_or_default().to_owned()));
        }
        return Ok(timed);
    }
    Ok(Vec::new())
}

/// The words of the text that the characters make, each from its first to its last character.
fn words(characters: &[Timed]) -> Vec<Word> {
    let mut text = String::new();
    let mut places: Vec<usize> = Vec::with_capacity(characters.len());
    for (_, _, character) in characters {
        places.push(text.len());
        text.push_str(character);
    }
    let mut words = Vec::new();
    for range in split(&text) {
        let first = places.partition_point(|place| *place <= range.start).saturating_sub(1);
        let last = places.partition_point(|place| *place < range.end).saturating_sub(1);
        let (Some((start, ..)), Some((_, end, _))) = (characters.get(first), characters.get(last)) else {
            continue;
        };
        let word = text.get(range).unwrap_or_default().to_owned();
        words.push(Word { start: *start, end: *end, text: word, language: String::new() });
    }
    words
}

/// The words with spaces between, the characters of each sharing its time.
pub(super) fn write(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let speaker = only_speaker(timeline, "words", |speaker| !speaker.words.is_empty())?;
    let mut characters: Vec<String> = Vec::new();
    let mut starts: Vec<String> = Vec::new();
    let mut ends: Vec<String> = Vec::new();
    let mut add = |character: &str, start: Time, end: Time| {
        characters.push(quoted(character));
        starts.push(start.as_secs_f64().to_string());
        ends.push(end.as_secs_f64().to_string());
    };
    let mut last: Option<Time> = None;
    for word in &speaker.words {
        if let Some(last) = last {
            add(" ", last, word.start.max(last));
        }
        let count = word.text.chars().count().max(1) as i64;
        let at = |nth: i64| {
            let nanos = i128::from((word.end - word.start).as_nanos()) * i128::from(nth) / i128::from(count);
            word.start + Time::from_nanos(nanos as i64)
        };
        for (nth, c) in word.text.chars().enumerate() {
            add(c.encode_utf8(&mut [0; 4]), at(nth as i64), at(nth as i64 + 1));
        }
        last = Some(word.end);
    }
    Ok(format!(
        "{{\n  \"alignment\": {{\n    \"characters\": [{}],\n    \"character_start_times_seconds\": [{}],\n    \
         \"character_end_times_seconds\": [{}]\n  }}\n}}\n",
        characters.join(", "),
        starts.join(", "),
        ends.join(", ")
    )
    .into())
}
