//! Cartesia's timestamps, both ways: lists of words or phonemes, of their starts and of their ends, a message a line.

use super::records::{documents, numbers};
use super::spans::{Loose, settle, told};
use super::{Input, Options, Read, Written, of_one, quoted, seconds, shapes, tiers};
use crate::diagnostic::Diagnostic;
use crate::script::document::{Fault, Node};
use crate::script::timeline::{Speaker, Timeline};
use crate::time::Time;

/// The list of labels within each of these.
const LISTS: &[(&str, &str)] = &[("word_timestamps", "words"), ("phoneme_timestamps", "phonemes")];

/// Keys of which a file has one.
pub(super) const KEYS: &[&str] = &["word_timestamps", "phoneme_timestamps"];

pub(super) fn read(input: &Input<'_>) -> Read {
    let mut found: [Vec<Loose<String>>; 2] = Default::default();
    for record in documents(input.text)? {
        for ((key, labels), found) in LISTS.iter().zip(&mut found) {
            let Some(node) = record.node().get(key) else { continue };
            let labels = node.get(labels).map_or(&[][..], Node::items);
            let (starts, ends) = (numbers(node.get("start")), numbers(node.get("end")));
            if starts.len() != labels.len() {
                return Err(record.fault("labels and starts are not equally many", Some(node)));
            }
            for (index, label) in labels.iter().enumerate() {
                let time = |times: &[Option<f64>]| {
                    let secs = times.get(index).copied().flatten();
                    let place = record.fault("", Some(label)).at;
                    secs.map(seconds).transpose().map_err(|fault| Fault { at: place, ..fault })
                };
                let what = label.text().unwrap_or_default().to_owned();
                found.push(Loose { start: time(&starts)?, end: time(&ends)?, what });
            }
        }
    }
    let [words, phones] = found;
    let (words, missing_words) = settle(words);
    let (phones, missing_phones) = settle(phones);
    let warnings = told(missing_words + missing_phones, "words or phones").into_iter().collect();
    let speaker = Speaker { words: tiers::words(words), phones: tiers::phones(phones), ..Speaker::default() };
    if speaker.words.is_empty() && speaker.phones.is_empty() {
        return Err(Fault::new("no message holds times").help("ask for timestamps").at(0));
    }
    Ok((of_one(speaker, Time::ZERO), warnings))
}

/// A message of words and one of phones.
pub(super) fn write(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let has = |speaker: &Speaker| !speaker.words.is_empty() || !speaker.phones.is_empty();
    let speaker = shapes::only_speaker(timeline, "words or phones", has)?;
    let words = speaker.words.iter().map(|w| (w.start, w.end, w.text.as_str())).collect();
    let phones = speaker.phones.iter().map(|p| (p.start, p.end, p.ipa.as_str())).collect();
    let mut text = String::new();
    for ((key, list), kind, labels) in
        [(LISTS[0], "timestamps", words), (LISTS[1], "phoneme_timestamps", phones)]
    {
        let labels: Vec<(Time, Time, &str)> = labels;
        let join = |part: &dyn Fn(&(Time, Time, &str)) -> String| {
            labels.iter().map(part).collect::<Vec<_>>().join(", ")
        };
        if !labels.is_empty() {
            text.push_str(&format!(
                "{{\"type\": \"{kind}\", \"{key}\": {{\"{list}\": [{}], \"start\": [{}], \"end\": [{}]}}}}\n",
                join(&|(_, _, label)| quoted(label)),
                join(&|(start, ..)| start.as_secs_f64().to_string()),
                join(&|(_, end, _)| end.as_secs_f64().to_string())
            ));
        }
    }
    Ok(text.into())
}
