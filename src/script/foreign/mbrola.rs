//! MBROLA's phones (`.pho`): `phone milliseconds [percent pitch]…`, both ways; the pitch is left out.
//!
//! Phones are in SAMPA and follow on one another, `_` is silence, `;` begins a comment.

use std::fmt::Write as _;

use super::format::Look;
use super::label::{Alphabet, is_silence};
use super::rows::{number, rows};
use super::{Input, Likeness, Options, Read, Written, of_one, sampa, seconds, shapes};
use crate::diagnostic::Diagnostic;
use crate::script::document::Fault;
use crate::script::timeline::{Speaker, Timeline};
use crate::time::Time;

/// Sure where all of two rows or more fit and one is a silence.
pub(super) fn looks(look: &Look<'_>) -> Likeness {
    let fits = |row: &str| row.starts_with(';') || entry(row).is_some();
    match look.rows_are(fits) {
        Likeness::Sure
            if look.rows.len() > 1
                && look.rows.iter().any(|row| row.starts_with("_ ") || row.starts_with("_\t")) =>
        {
            Likeness::Sure
        }
        Likeness::No => Likeness::No,
        _ => Likeness::Maybe,
    }
}

/// The phone and its milliseconds.
fn entry(row: &str) -> Option<(&str, f64)> {
    let row = row.split_once(" ;").map_or(row, |(row, _)| row);
    // Some tools write pitch points as `(10,120)`.
    let mut fields =
        row.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',')).filter(|f| !f.is_empty());
    let phone = fields.next()?;
    let millis = number(fields.next()?)?;
    let points: Vec<Option<f64>> = fields.map(number).collect();
    let fits =
        phone.chars().count() <= 6 && points.iter().all(Option::is_some) && points.len().is_multiple_of(2);
    (fits && number(phone).is_none_or(|_| phone.len() == 1)).then_some((phone, millis))
}

pub(super) fn read(input: &Input<'_>) -> Read {
    let mut labels: Vec<(Time, Time, &str)> = Vec::new();
    let mut secs = 0.0;
    for row in rows(input.text).filter(|row| !row.is_blank() && !row.text.trim_start().starts_with(';')) {
        // What flushes the synthesiser says nothing.
        if row.text.trim() == "#" {
            continue;
        }
        let fault = || {
            Fault::new("expected a phone and its milliseconds, then pairs of percent and pitch").at(row.at)
        };
        let (phone, millis) = entry(row.text.trim()).ok_or_else(fault)?;
        let time = |secs: f64| seconds(secs).map_err(|fault| fault.at(row.at));
        let start = time(secs)?;
        secs += millis.max(0.0) / 1000.0;
        labels.push((start, time(secs)?, phone));
    }
    let duration = labels.last().map_or(Time::ZERO, |(_, end, _)| *end);
    let is_ascii = labels.iter().all(|(_, _, phone)| phone.is_ascii());
    let alphabet = if is_ascii { Alphabet::Sampa } else { Alphabet::Ipa };
    let spoken = labels.into_iter().filter(|(_, _, phone)| !is_silence(phone));
    let phones = spoken.map(|(start, end, phone)| alphabet.read(phone).timed(start, end, 1.0)).collect();
    Ok((of_one(Speaker { phones, ..Speaker::default() }, duration), Vec::new()))
}

pub(super) fn write(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let speaker = shapes::only_speaker(timeline, "phones", |speaker| !speaker.phones.is_empty())?;
    let mut text = String::new();
    let mut last = Time::ZERO;
    for phone in &speaker.phones {
        if phone.start > last {
            _ = writeln!(text, "_ {}", (phone.start - last).as_millis_f64());
        }
        let name = sampa::from_ipa(&phone.ipa);
        let name = if name.is_empty() { "_" } else { &name };
        _ = writeln!(text, "{name} {}", (phone.end - phone.start).as_millis_f64());
        last = phone.end;
    }
    if timeline.duration > last {
        _ = writeln!(text, "_ {}", (timeline.duration - last).as_millis_f64());
    }
    Ok(text.into())
}
