//! HTK's labels (`.lab`, and `.mlf` with one file in it), both ways: `start end label [score] [word]`.
//!
//! Times are units of 100 ns; such as hold a point are seconds, as other tools write them. Source: The HTK Book 3.4.1,
//! section 6.2.

use std::fmt::Write as _;

use super::format::Look;
use super::label::{Alphabet, Kind, is_silence, is_word};
use super::rows::{Row, number, rows};
use super::spans::{Loose, settle, told};
use super::{Input, Likeness, Options, Read, Written, named, of_one, seconds, shapes, tiers, warning};
use crate::diagnostic::Diagnostic;
use crate::script::document::Fault;
use crate::script::timeline::{Speaker, Timeline, Word};
use crate::time::Time;

const MASTER: &str = "#!MLF!#";
/// In seconds.
const UNIT: f64 = 1e-7;
/// Labels whose usual length is less were not written in these units.
const SHORTEST: Time = Time::from_millis(2);

/// Sure for a master file, and where two rows or more follow on one another without a gap, unless they are seconds with tabs
/// between, as Audacity writes them.
pub(super) fn looks(look: &Look<'_>) -> Likeness {
    if look.rows.first() == Some(&MASTER) {
        return Likeness::Sure;
    }
    let spans: Vec<(f64, f64)> = look.rows.iter().filter_map(|row| span(row)).collect();
    let follow = spans.windows(2).all(|pair| (pair[1].0 - pair[0].1).abs() < 1e-6 && pair[0].1 > pair[0].0);
    match look.rows_are(|row| span(row).is_some()) {
        Likeness::Sure if spans.len() > 1 && follow && !look.rows.iter().any(|row| is_tabbed(row)) => {
            Likeness::Sure
        }
        Likeness::No => Likeness::No,
        _ => Likeness::Maybe,
    }
}

fn is_tabbed(row: &str) -> bool {
    row.split_once('\t').is_some_and(|(start, _)| start.contains(['.', ',']))
}

fn span(row: &str) -> Option<(f64, f64)> {
    let mut fields = row.split_whitespace();
    let (start, end) = (number(fields.next()?)?, number(fields.next()?)?);
    fields.next().map(|_| (start, end))
}

struct Entry {
    start: Time,
    end: Option<Time>,
    label: String,
    word: Option<String>,
}

pub(super) fn read(input: &Input<'_>) -> Read {
    let mut warnings = Vec::new();
    let rows = of_first_file(input.text, &mut warnings);
    let has_point =
        |row: &Row<'_>| row.fields().iter().take(2).any(|f| number(f).is_some() && f.contains(['.', ',']));
    let unit = if rows.iter().any(has_point) { 1.0 } else { UNIT };
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        entries.push(entry(row, unit)?);
    }
    entries.sort_by_key(|entry| entry.start);
    let words = words(&entries);
    let items = entries.into_iter().map(|entry| Loose {
        start: Some(entry.start),
        end: entry.end,
        what: entry.label,
    });
    let (labels, filled) = settle(items.collect());
    warnings.extend(told(filled, "labels"));
    let mut lengths: Vec<Time> = labels.iter().map(|(start, end, _)| *end - *start).collect();
    lengths.sort();
    if lengths.get(lengths.len() / 2).is_some_and(|usual| *usual < SHORTEST) {
        let message = "the labels are shorter than speech is, in units of 100 ns";
        warnings
            .push(warning(message).help("if the file counts samples, divide by the rate and write seconds"));
    }
    let mut speaker = Speaker::default();
    // Labels that stand beside words are phones.
    if !words.is_empty() || Kind::of(labels.iter().map(|(_, _, label)| label.as_str())) == Kind::Phones {
        speaker.phones = phones(labels);
        speaker.words = words;
    } else {
        speaker.words = tiers::words(labels);
    }
    Ok((of_one(speaker, Time::ZERO), warnings))
}

/// The rows of a label file, or of the first label file in a master file.
fn of_first_file<'a>(text: &'a str, warnings: &mut Vec<Fault>) -> Vec<Row<'a>> {
    let mut found: Vec<Row<'a>> = Vec::new();
    let mut files = 0;
    for row in rows(text).filter(|row| !row.is_blank()) {
        let trimmed = row.text.trim();
        if trimmed.starts_with('"') {
            files += 1;
        } else if trimmed != MASTER && trimmed != "." && trimmed != "///" && files <= 1 {
            found.push(row);
        }
    }
    if files > 1 {
        let message = format!("only the first of {files} label files is read");
        warnings.push(warning(message).help("cut the file into one for each sound"));
    }
    found
}

fn entry(row: Row<'_>, unit: f64) -> Result<Entry, Fault> {
    let fault = || Fault::new("expected a start, an end and a label").at(row.at);
    let fields = row.fields();
    let time = |value: f64| seconds(value * unit).map_err(|fault| fault.at(row.at));
    let start = time(fields.first().and_then(|field| number(field)).ok_or_else(fault)?)?;
    let end = fields.get(1).and_then(|field| number(field)).filter(|_| fields.len() > 2);
    let mut rest = fields.iter().skip(if end.is_some() { 2 } else { 1 }).copied();
    let label = rest.next().ok_or_else(fault)?;
    let word = rest.find(|field| number(field).is_none());
    Ok(Entry {
        start,
        end: end.map(time).transpose()?,
        label: centre(label).to_owned(),
        word: word.map(str::to_owned),
    })
}

/// The phone of a label in its context, as in `a-b+c` and `x^a-b+c=y@…`.
fn centre(label: &str) -> &str {
    let right = label.split_once('-').and_then(|(_, rest)| rest.split_once('+'));
    right.map(|(phone, _)| phone).filter(|phone| !phone.is_empty()).unwrap_or(label)
}

/// The words beside the labels: each lasts until the next word or silence.
fn words(entries: &[Entry]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut is_open = false;
    for (index, entry) in entries.iter().enumerate() {
        let next = entries.get(index + 1).map(|next| next.start);
        let end = entry.end.or(next).unwrap_or(entry.start);
        match &entry.word {
            Some(word) => {
                is_open = is_word(word);
                if is_open {
                    let (start, text) = (entry.start, word.clone());
                    words.push(Word { start, end, text, language: String::new() });
                }
            }
            None if is_silence(&entry.label) => is_open = false,
            None if is_open => {
                if let Some(word) = words.last_mut() {
                    word.end = end;
                }
            }
            None => {}
        }
    }
    words
}

fn phones(labels: Vec<(Time, Time, String)>) -> Vec<crate::script::timeline::TimedPhone> {
    let alphabet = Alphabet::of(labels.iter().map(|(_, _, label)| label.as_str()));
    let spoken = labels.into_iter().filter(|(_, _, label)| !is_silence(label));
    spoken.map(|(start, end, label)| alphabet.read(&label).timed(start, end, 1.0)).collect()
}

/// Phones, each word beside its first phone and silences between; or words alone where there are no phones.
pub(super) fn write(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let has = |speaker: &Speaker| !speaker.words.is_empty() || !speaker.phones.is_empty();
    let speaker = shapes::only_speaker(timeline, "words or phones", has)?;
    let labels = if speaker.phones.is_empty() {
        named::labels(speaker).0
    } else {
        speaker.phones.iter().map(|p| (p.start, p.end, p.ipa.as_str())).collect()
    };
    let mut words = speaker.words.iter().filter(|_| !speaker.phones.is_empty()).peekable();
    let mut text = String::new();
    let mut last = Time::ZERO;
    for (start, end, label) in labels {
        if start > last {
            _ = writeln!(text, "{} {} sil", units(last), units(start));
        }
        _ = write!(text, "{} {} {}", units(start), units(end), joined(label));
        // A word without phones of its own goes with the next that has some.
        while let Some(word) = words.next_if(|word| word.start <= start) {
            if words.peek().is_none_or(|next| next.start > start) && word.end > start {
                _ = write!(text, " {}", joined(&word.text));
            }
        }
        text.push('\n');
        last = end;
    }
    if timeline.duration > last {
        _ = writeln!(text, "{} {} sil", units(last), units(timeline.duration));
    }
    named::written(text, false)
}

fn joined(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join("_")
}

fn units(time: Time) -> i64 {
    (time.as_nanos() + 50) / 100
}
