//! Gentle's alignment as JSON, both ways: words with their phones, of which only the durations are given.

use super::label::{Alphabet, is_silence};
use super::records::number_of;
use super::shapes::only_speaker;
use super::spans::{Loose, settle, told};
use super::{Input, Options, Read, Written, document, of_one, quoted, seconds};
use crate::diagnostic::Diagnostic;
use crate::script::document::{Fault, Node};
use crate::script::timeline::{Speaker, TimedPhone, Timeline, Word};
use crate::time::Time;

pub(super) fn read(input: &Input<'_>) -> Read {
    let root = document(input.text)?;
    let words = root.find("/words").items();
    let labels = words.iter().flat_map(|word| word.find("/phones").items());
    let alphabet = Alphabet::of(labels.filter_map(|phone| phone.get("phone")?.text()).map(plain));
    let mut items = Vec::with_capacity(words.len());
    let mut phones: Vec<TimedPhone> = Vec::new();
    for word in words {
        let time = |key: &str| {
            let value = word.get(key).and_then(number_of);
            value.map(|secs| seconds(secs).map_err(|fault| fault.at(word.at))).transpose()
        };
        let (start, end) = (time("start")?, time("end")?);
        let mut secs = start.map_or(0.0, Time::as_secs_f64);
        // Without a start the phones have no place.
        for phone in word.find("/phones").items().iter().filter(|_| start.is_some()) {
            let length = phone.get("duration").and_then(number_of);
            let length = length.ok_or_else(|| Fault::new("a phone has no duration").at(phone.at))?;
            let label = plain(phone.get("phone").and_then(Node::text).unwrap_or_default());
            let begin = seconds(secs).map_err(|fault| fault.at(phone.at))?;
            secs += length.max(0.0);
            let until = seconds(secs).map_err(|fault| fault.at(phone.at))?;
            if !is_silence(label) {
                phones.push(alphabet.read(label).timed(begin, until, 1.0));
            }
        }
        let text = word.get("word").or_else(|| word.get("alignedWord")).and_then(Node::text);
        items.push(Loose { start, end, what: text.unwrap_or_default().to_owned() });
    }
    let (words, filled) = settle(items);
    let warnings = told(filled, "words that were not found in the sound").into_iter().collect();
    let words = words.into_iter().filter(|(_, _, text)| !text.is_empty());
    let words = words.map(|(start, end, text)| Word { start, end, text, language: String::new() }).collect();
    Ok((of_one(Speaker { phones, words, ..Speaker::default() }, Time::ZERO), warnings))
}

/// Without the place in the word, as in `ah_B`.
fn plain(label: &str) -> &str {
    label
        .rsplit_once('_')
        .filter(|(_, place)| matches!(*place, "B" | "I" | "E" | "S"))
        .map_or(label, |(l, _)| l)
}

/// Each word with the phones that begin in it; pauses between them are `sil`.
pub(super) fn write(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let speaker = only_speaker(timeline, "words", |speaker| !speaker.words.is_empty())?;
    let mut transcript = String::new();
    let mut rows = Vec::new();
    let mut from = 0;
    let mut phones = speaker.phones.iter().peekable();
    for word in &speaker.words {
        while phones.next_if(|phone| phone.start < word.start).is_some() {}
        let mut parts: Vec<String> = Vec::new();
        let mut last = word.start;
        while let Some(phone) = phones.next_if(|phone| phone.start < word.end) {
            if phone.start > last {
                parts.push(part("sil", last, phone.start));
            }
            parts.push(part(&phone.ipa, phone.start, phone.end));
            last = phone.end;
        }
        let (text, start, end) = (quoted(&word.text), word.start.as_secs_f64(), word.end.as_secs_f64());
        let until = from + word.text.chars().count();
        transcript.push_str(&word.text);
        transcript.push(' ');
        rows.push(format!(
            "    {{\"alignedWord\": {text}, \"case\": \"success\", \"start\": {start}, \"end\": {end}, \
             \"startOffset\": {from}, \"endOffset\": {until}, \"word\": {text}, \"phones\": [{}]}}",
            parts.join(", ")
        ));
        from = until + 1;
    }
    let transcript = quoted(transcript.trim_end());
    Ok(format!("{{\n  \"transcript\": {transcript},\n  \"words\": [\n{}\n  ]\n}}\n", rows.join(",\n")).into())
}

fn part(label: &str, start: Time, end: Time) -> String {
    format!("{{\"duration\": {}, \"phone\": {}}}", (end - start).as_secs_f64(), quoted(label))
}
