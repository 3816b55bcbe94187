//! NIST's CTM rows, as Kaldi and scoring tools write them: `file channel start duration label [confidence]`, both ways.

use std::fmt::Write as _;

use super::format::Look;
use super::label::{Alphabet, Kind, is_silence, is_word};
use super::rows::{Row, number, rows};
use super::{Input, Likeness, Options, Read, Written, has_room, named, seconds, warning};
use crate::diagnostic::Diagnostic;
use crate::script::document::Fault;
use crate::script::timeline::{Speaker, Timeline, Word};
use crate::script::written::DEFAULT_SPEAKER;

/// Sure where all of two rows or more fit.
pub(super) fn looks(look: &Look<'_>) -> Likeness {
    let fits = |row: &str| row.starts_with(";;") || entry(Row { at: 0, text: row }).is_some();
    match look.rows_are(fits) {
        Likeness::Sure if look.rows.len() < 2 => Likeness::Maybe,
        other => other,
    }
}

struct Entry<'a> {
    file: &'a str,
    channel: &'a str,
    start: f64,
    length: f64,
    label: &'a str,
    confidence: Option<f64>,
    at: usize,
}

fn entry(row: Row<'_>) -> Option<Entry<'_>> {
    let fields = row.fields();
    let &[file, channel, start, length, label, ref more @ ..] = fields.as_slice() else { return None };
    let (start, length) = (number(start)?, number(length)?);
    let confidence = more.first().and_then(|field| number(field));
    (more.len() <= 3).then_some(Entry { file, channel, start, length, label, confidence, at: row.at })
}

pub(super) fn read(input: &Input<'_>) -> Read {
    let mut entries = Vec::new();
    let mut others = 0;
    for row in rows(input.text).filter(|row| !row.is_blank() && !row.text.trim_start().starts_with(";;")) {
        let entry = entry(row).ok_or_else(|| {
            Fault::new("expected a file, a channel, a start, a duration and a label").at(row.at)
        })?;
        // Alternatives of a scorer stand between such labels.
        if entry.label.starts_with("<ALT") {
            continue;
        }
        match entries.first() {
            Some(Entry { file, .. }) if *file != entry.file => others += 1,
            _ => entries.push(entry),
        }
    }
    let mut warnings = Vec::new();
    if let (Some(first), 1..) = (entries.first(), others) {
        let message = format!("only the rows of '{}' are read; {others} are of other files", first.file);
        warnings.push(warning(message).help("cut the file into one for each sound"));
    }
    let mut channels: Vec<&str> = Vec::new();
    for entry in &entries {
        if !channels.contains(&entry.channel) {
            has_room(channels.len())?;
            channels.push(entry.channel);
        }
    }
    let mut timeline = Timeline::default();
    for channel in &channels {
        let id = if channels.len() == 1 { DEFAULT_SPEAKER } else { *channel };
        let own: Vec<&Entry<'_>> = entries.iter().filter(|entry| entry.channel == *channel).collect();
        timeline.speakers.push(Speaker { id: id.to_owned(), ..speaker(&own)? });
    }
    if timeline.speakers.is_empty() {
        return Err(Fault::new("the file has no rows").at(0));
    }
    Ok((timeline, warnings))
}

fn speaker(entries: &[&Entry<'_>]) -> Result<Speaker, Fault> {
    // Kaldi's phones say where in a word they stand.
    let plain = |label: &str| {
        let cut = label.rsplit_once('_').filter(|(_, place)| matches!(*place, "B" | "I" | "E" | "S"));
        cut.map_or(label, |(label, _)| label).to_owned()
    };
    let labels: Vec<String> = entries.iter().map(|entry| plain(entry.label)).collect();
    let kind = Kind::of(labels.iter().map(String::as_str));
    let alphabet = Alphabet::of(labels.iter().map(String::as_str));
    let mut speaker = Speaker::default();
    for (entry, label) in entries.iter().zip(&labels) {
        let time = |secs: f64| seconds(secs).map_err(|fault| fault.at(entry.at));
        let (start, end) = (time(entry.start)?, time(entry.start + entry.length.max(0.0))?);
        if kind == Kind::Phones {
            if !is_silence(label) {
                let confidence = entry.confidence.unwrap_or(1.0).clamp(0.0, 1.0) as f32;
                speaker.phones.push(alphabet.read(label).timed(start, end, confidence));
            }
        } else if is_word(entry.label) {
            let text = entry.label.to_owned();
            speaker.words.push(Word { start, end, text, language: String::new() });
        }
    }
    Ok(speaker)
}

/// Words, or phones where there are none; speakers are channels.
pub(super) fn write(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let mut text = String::new();
    let mut left_out = false;
    for (index, speaker) in timeline.speakers.iter().enumerate() {
        let (labels, more) = named::labels(speaker);
        left_out |= more;
        for (start, end, label) in labels {
            let label: String = label.split_whitespace().collect::<Vec<_>>().join("_");
            let (start, length) = (start.as_secs_f64(), (end - start).as_secs_f64());
            _ = writeln!(text, "speech {} {start:.3} {length:.3} {label}", index + 1);
        }
    }
    named::written(text, left_out)
}
