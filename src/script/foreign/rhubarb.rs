//! Rhubarb Lip Sync's TSV, XML and JSON, both ways. Its DAT is Moho's.

use std::fmt::Write as _;

use super::records::chain;
use super::rows::{number, rows};
use super::shapes::{Sound, has_shapes, only_speaker, steps};
use super::sound::{add_sound, sound_of};
use super::{Input, Options, Read, Written, document, of_one, quoted, seconds, table, xml};
use crate::diagnostic::Diagnostic;
use crate::script::document::{Fault, Node};
use crate::script::timeline::{Speaker, TimedViseme, Timeline};
use crate::time::Time;
use crate::vocabulary::Viseme;

/// Whether a line is `seconds⇥shape`.
pub(super) fn is_row(line: &str) -> bool {
    line.split_once('\t')
        .is_some_and(|(time, shape)| number(time.trim()).is_some() && table::rhubarb(shape.trim()).is_some())
}

pub(super) fn from_tsv(input: &Input<'_>) -> Read {
    let mut starts: Vec<(Time, Viseme)> = Vec::new();
    for row in rows(input.text).filter(|row| !row.is_blank()) {
        let fault = || Fault::new("expected seconds, a tab, and a shape A..H or X").at(row.at);
        let (time, shape) = row.text.trim().split_once('\t').ok_or_else(fault)?;
        let secs = number(time.trim()).ok_or_else(fault)?;
        let start = seconds(secs).map_err(|fault| fault.at(row.at))?;
        if starts.last().is_some_and(|(last, _)| start < *last) {
            return Err(Fault::new("this row begins before the one ahead of it").at(row.at));
        }
        starts.push((start, table::rhubarb(shape.trim()).ok_or_else(fault)?));
    }
    let end = starts.last().map_or(Time::ZERO, |(start, _)| *start);
    Ok((of_one(Speaker { visemes: chain(starts, None), ..Speaker::default() }, end), Vec::new()))
}

pub(super) fn from_json(input: &Input<'_>) -> Read {
    let root = document(input.text)?;
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

pub(super) fn from_xml(input: &Input<'_>) -> Read {
    let document = xml::parse(input.text)?;
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

fn whole(visemes: Vec<TimedViseme>, duration: Option<f64>, sound: Option<&str>) -> Read {
    let last = visemes.iter().map(|viseme| viseme.end).fold(Time::ZERO, Time::max);
    let duration = duration.map(seconds).transpose()?.unwrap_or(last);
    let mut timeline: Timeline = of_one(Speaker { visemes, ..Speaker::default() }, duration);
    let warnings = add_sound(&mut timeline, sound.unwrap_or_default()).into_iter().collect();
    Ok((timeline, warnings))
}

/// The Rhubarb letters of a timeline's one speaker, from zero to the end.
fn letters(timeline: &Timeline) -> Result<Vec<(Time, char)>, Diagnostic> {
    let speaker = only_speaker(timeline, "phones or visemes", has_shapes)?;
    Ok(steps(speaker, timeline.duration, 'X', |shape| match (shape.viseme, shape.sound) {
        // Only the sounds of L raise the tongue visibly.
        (Viseme::Nn, Sound::Plain) => 'B',
        (viseme, _) => table::rhubarb_of(viseme),
    }))
}

pub(super) fn to_tsv(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let mut text = String::new();
    for (start, shape) in letters(timeline)? {
        // Writing to a String never fails.
        _ = writeln!(text, "{:.3}\t{shape}", start.as_secs_f64());
    }
    Ok(text.into())
}

/// Each shape with its start and end.
fn cues(timeline: &Timeline) -> Result<Vec<(f64, f64, char)>, Diagnostic> {
    let steps = letters(timeline)?;
    let pairs = steps.iter().zip(steps.iter().skip(1));
    Ok(pairs.map(|((start, shape), (end, _))| (start.as_secs_f64(), end.as_secs_f64(), *shape)).collect())
}

pub(super) fn to_xml(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rhubarbResult>\n  <metadata>\n    <soundFile>{}</soundFile>\n    \
         <duration>{:.3}</duration>\n  </metadata>\n  <mouthCues>\n",
        xml::escaped(sound_of(timeline)),
        timeline.duration.as_secs_f64()
    );
    for (start, end, shape) in cues(timeline)? {
        _ = writeln!(text, "    <mouthCue start=\"{start:.3}\" end=\"{end:.3}\">{shape}</mouthCue>");
    }
    text.push_str("  </mouthCues>\n</rhubarbResult>\n");
    Ok(text.into())
}

pub(super) fn to_json(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let rows: Vec<String> = cues(timeline)?
        .iter()
        .map(|(start, end, shape)| {
            format!("    {{ \"start\": {start:.3}, \"end\": {end:.3}, \"value\": \"{shape}\" }}")
        })
        .collect();
    let text = format!(
        "{{\n  \"metadata\": {{\n    \"soundFile\": {},\n    \"duration\": {:.3}\n  }},\n  \"mouthCues\": [\n{}\n  ]\n}}\n",
        quoted(sound_of(timeline)),
        timeline.duration.as_secs_f64(),
        rows.join(",\n")
    );
    Ok(text.into())
}
