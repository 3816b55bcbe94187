//! Rhubarb Lip Sync's three outputs: TSV, XML, JSON.

use super::records::chain;
use super::{Read, of_one, seconds, table, warning};
use crate::script::document::{Fault, Node, parse_json};
use crate::script::path;
use crate::script::timeline::{AudioClip, AudioRole, Speaker, TimedViseme, Timeline};
use crate::script::written::DEFAULT_SPEAKER;
use crate::time::Time;
use crate::vocabulary::Viseme;

/// Whether a line is `seconds⇥shape`.
pub(super) fn is_row(line: &str) -> bool {
    line.split_once('\t').is_some_and(|(time, shape)| {
        time.trim().parse::<f64>().is_ok_and(f64::is_finite) && table::rhubarb(shape.trim()).is_some()
    })
}

pub(super) fn from_tsv(text: &str) -> Read {
    let mut starts: Vec<(Time, Viseme)> = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let row = line.trim_start_matches('\u{FEFF}').trim();
        if !row.is_empty() {
            let fault = || Fault::new("expected seconds, a tab, and a shape A..H or X").at(offset);
            let (time, shape) = row.split_once('\t').ok_or_else(fault)?;
            let secs = time.trim().parse().map_err(|_| fault())?;
            let start = seconds(secs).map_err(|fault| fault.at(offset))?;
            if starts.last().is_some_and(|(last, _)| start < *last) {
                return Err(Fault::new("this row begins before the one ahead of it").at(offset));
            }
            starts.push((start, table::rhubarb(shape.trim()).ok_or_else(fault)?));
        }
        offset += line.len();
    }
    let end = starts.last().map_or(Time::ZERO, |(start, _)| *start);
    Ok((of_one(Speaker { visemes: chain(starts, None), ..Speaker::default() }, end), Vec::new()))
}

pub(super) fn from_json(text: &str) -> Read {
    let root = parse_json(text)?;
    let mut cues = Vec::new();
    for cue in root.find("/mouthCues").items() {
        let number = |key: &str| {
            cue.get(key)
                .and_then(Node::number)
                .ok_or_else(|| Fault::new(format!("'{key}' is no number")).at(cue.at))
        };
        let shape = cue.get("value").and_then(Node::text).unwrap_or_default();
        cues.extend(one_cue(number("start")?, number("end")?, shape).map_err(|fault| fault.at(cue.at))?);
    }
    let duration = root.find("/metadata").get("duration").and_then(Node::number);
    let sound = root.find("/metadata").get("soundFile").and_then(Node::text);
    whole(cues, duration, sound)
}

pub(super) fn from_xml(text: &str) -> Read {
    let document = roxmltree::Document::parse(text).map_err(|error| {
        let roxmltree::TextPos { row, col } = error.pos();
        Fault::new(format!("it is no XML: {error}")).at(offset_of(text, row, col))
    })?;
    let mut cues = Vec::new();
    for cue in document.descendants().filter(|node| node.has_tag_name("mouthCue")) {
        let at = cue.range().start;
        let number = |key: &str| {
            let number = cue.attribute(key).and_then(|value| value.trim().parse::<f64>().ok());
            number.ok_or_else(|| Fault::new(format!("'{key}' is no number")).at(at))
        };
        let shape = cue.text().unwrap_or_default().trim();
        cues.extend(one_cue(number("start")?, number("end")?, shape).map_err(|fault| fault.at(at))?);
    }
    let text_of =
        |name: &str| document.descendants().find(|node| node.has_tag_name(name)).and_then(|n| n.text());
    let duration = text_of("duration").and_then(|text| text.trim().parse().ok());
    whole(cues, duration, text_of("soundFile"))
}

/// A cue, unless it is a rest.
fn one_cue(start: f64, end: f64, shape: &str) -> Result<Option<TimedViseme>, Fault> {
    let viseme = table::rhubarb(shape)
        .ok_or_else(|| Fault::new(format!("'{shape}' is no mouth shape")).help("expected A..H or X"))?;
    let (start, end) = (seconds(start)?, seconds(end)?);
    if end < start {
        return Err(Fault::new("it ends before it begins"));
    }
    Ok((viseme != Viseme::Sil).then_some(TimedViseme { start, end, viseme, weight: 1.0 }))
}

/// A sound that lies beside the file is taken over; Rhubarb often writes an absolute path, which is not.
fn whole(visemes: Vec<TimedViseme>, duration: Option<f64>, sound: Option<&str>) -> Read {
    let last = visemes.iter().map(|viseme| viseme.end).fold(Time::ZERO, Time::max);
    let duration = duration.map(seconds).transpose()?.unwrap_or(last);
    let mut timeline: Timeline = of_one(Speaker { visemes, ..Speaker::default() }, duration);
    let mut warnings = Vec::new();
    match sound.map(str::trim) {
        Some(file) if path::check(file).is_ok() => timeline.audio.push(AudioClip {
            role: AudioRole::Speech,
            speaker: Some(DEFAULT_SPEAKER.to_owned()),
            file: file.to_owned(),
            ..AudioClip::default()
        }),
        Some(file) if !file.is_empty() => {
            let message = format!("the sound '{file}' does not lie beside the file and is left out");
            warnings.push(warning(message).help("put it beside the timeline and add it to its 'audio'"));
        }
        _ => {}
    }
    Ok((timeline, warnings))
}

/// The byte offset of a 1-based row and column.
fn offset_of(text: &str, row: u32, column: u32) -> usize {
    let line = text.split_inclusive('\n').take((row as usize).saturating_sub(1)).map(str::len).sum::<usize>();
    let rest = text.get(line..).unwrap_or_default();
    line + rest.chars().take((column as usize).saturating_sub(1)).map(char::len_utf8).sum::<usize>()
}
