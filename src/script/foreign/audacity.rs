//! Audacity's label track: `start⇥end⇥label` rows in seconds, both ways.

use std::fmt::Write as _;

use super::format::Look;
use super::label::{Kind, is_word};
use super::lines::words_of_line;
use super::rows::{number, rows};
use super::spans::{Loose, settle, told};
use super::{Input, Likeness, Options, Read, Written, named, of_one, seconds, shapes, tiers};
use crate::diagnostic::Diagnostic;
use crate::script::document::Fault;
use crate::script::timeline::{Caption, Speaker, Timeline};
use crate::time::Time;

/// Sure where the times hold a point and all rows fit; a row that begins with `\` holds frequencies.
pub(super) fn looks(look: &Look<'_>) -> Likeness {
    let fits = |row: &str| row.starts_with('\\') || entry(row).is_some();
    let first = look.rows.first().is_some_and(|row| !row.starts_with('\\'));
    let labelled = look.rows.iter().any(|row| row.matches('\t').count() > 1);
    match look.rows_are(fits) {
        _ if !labelled => Likeness::No,
        Likeness::Sure if first && look.rows.iter().any(|row| has_point(row)) => Likeness::Sure,
        Likeness::No => Likeness::No,
        _ => Likeness::Maybe,
    }
}

fn has_point(row: &str) -> bool {
    row.split('\t').next().is_some_and(|start| start.contains(['.', ',']))
}

fn entry(row: &str) -> Option<(f64, f64, &str)> {
    let (start, rest) = row.split_once('\t')?;
    let (end, label) = rest.split_once('\t').unwrap_or((rest, ""));
    Some((number(start.trim())?, number(end.trim())?, label.trim()))
}

pub(super) fn read(input: &Input<'_>) -> Read {
    let mut items: Vec<Loose<String>> = Vec::new();
    for row in rows(input.text).filter(|row| !row.is_blank() && !row.text.starts_with('\\')) {
        let fault = || Fault::new("expected a start, an end and a label with tabs between").at(row.at);
        let (start, end, label) = entry(row.text).ok_or_else(fault)?;
        let time = |secs: f64| seconds(secs).map_err(|fault| fault.at(row.at));
        items.push(Loose { start: Some(time(start)?), end: Some(time(end)?), what: label.to_owned() });
    }
    items.sort_by_key(|item| item.start);
    let (labels, filled) = settle(items);
    let warnings = told(filled, "labels").into_iter().collect();
    let mut captions = Vec::new();
    let mut speaker = Speaker::default();
    match Kind::of(labels.iter().map(|(_, _, label)| label.as_str())) {
        Kind::Phones => speaker.phones = tiers::phones(labels),
        Kind::Words => speaker.words = tiers::words(labels),
        Kind::Lines => {
            for (start, end, text) in labels.into_iter().filter(|(_, _, label)| is_word(label)) {
                speaker.words.extend(words_of_line(&text, "", start, end));
                captions.push(Caption { language: String::new(), start, end, text });
            }
        }
    }
    Ok((Timeline { captions, ..of_one(speaker, Time::ZERO) }, warnings))
}

/// Words, or phones where there are none, of the one speaker.
pub(super) fn write(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let has = |speaker: &Speaker| !speaker.words.is_empty() || !speaker.phones.is_empty();
    let speaker = shapes::only_speaker(timeline, "words or phones", has)?;
    let (labels, left_out) = named::labels(speaker);
    let mut text = String::new();
    for (start, end, label) in labels {
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        _ = writeln!(text, "{:.6}\t{:.6}\t{label}", start.as_secs_f64(), end.as_secs_f64());
    }
    named::written(text, left_out)
}
