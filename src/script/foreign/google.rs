//! Google's word times, both ways: recognised alternatives with their words, and the timepoints of synthesised marks.
//!
//! A time is seconds, a text such as `1.300s`, or seconds and nanoseconds apart. Other recognisers, such as Deepgram,
//! nest the same lists deeper.

use super::records::{documents, number_of};
use super::shapes::only_speaker;
use super::spans::{Loose, settle, told};
use super::{Input, Options, Read, Written, of_one, quoted, seconds, speaker_of};
use crate::diagnostic::Diagnostic;
use crate::script::document::{Fault, Kind, Node};
use crate::script::mark;
use crate::script::timeline::{Caption, Mark, Speaker, Timeline, Word};
use crate::script::written::DEFAULT_SPEAKER;
use crate::time::Time;

const START_KEYS: &[&str] = &["startTime", "startOffset", "start_time", "start_offset", "start"];
const END_KEYS: &[&str] = &["endTime", "endOffset", "end_time", "end_offset", "end"];
const WORD_KEYS: &[&str] = &["punctuated_word", "word"];
const SPEAKER_KEYS: &[&str] = &["speakerTag", "speakerLabel", "speaker_tag", "speaker_label", "speaker"];

pub(super) fn read(input: &Input<'_>) -> Read {
    let mut heard = Heard::default();
    for record in documents(input.text)? {
        heard.visit(record.node()).map_err(|fault| record.placed(fault))?;
    }
    if heard.words.is_empty() && heard.marks.is_empty() {
        let help = "ask for enableWordTimeOffsets, or for enableTimePointing";
        return Err(Fault::new("the answer holds no times of words or marks").help(help).at(0));
    }
    heard.into_timeline()
}

#[derive(Default)]
struct Heard {
    /// With the speaker's label.
    words: Vec<Loose<(String, String)>>,
    /// Each with the first and the last of its words.
    lines: Vec<(String, usize, usize)>,
    marks: Vec<Mark>,
    language: String,
}

impl Heard {
    /// What a node and all within it hold. Only the first, most likely alternative counts.
    fn visit(&mut self, node: &Node<'_>) -> Result<(), Fault> {
        if let Some(language) = node.get("languageCode").and_then(Node::text) {
            language.clone_into(&mut self.language);
        }
        for point in node.get("timepoints").map_or(&[][..], Node::items) {
            let name = point.get("markName").and_then(Node::text).unwrap_or_default();
            let secs = point.get("timeSeconds").and_then(number_of).unwrap_or_default();
            let time = seconds(secs).map_err(|fault| fault.at(point.at))?;
            let name = if mark::known(name).is_some() { name.to_owned() } else { format!("x-{name}") };
            self.marks.push(Mark { time, end: None, name, args: Vec::new() });
        }
        match (node.get("alternatives"), &node.kind) {
            (Some(list), _) => match list.items().first() {
                Some(best) => self.add(best),
                None => Ok(()),
            },
            (None, Kind::Table(entries)) => entries.iter().try_for_each(|entry| self.visit(&entry.value)),
            (None, Kind::List(items)) => items.iter().try_for_each(|item| self.visit(item)),
            _ => Ok(()),
        }
    }

    fn add(&mut self, best: &Node<'_>) -> Result<(), Fault> {
        let first = self.words.len();
        for word in best.get("words").map_or(&[][..], Node::items) {
            let any = |keys: &[&str]| keys.iter().find_map(|key| word.get(key));
            let time = |keys: &[&str]| any(keys).map(time_of).transpose();
            let text = any(WORD_KEYS).and_then(Node::text).unwrap_or_default().trim();
            let label = any(SPEAKER_KEYS).map(label_of).unwrap_or_default();
            // Google leaves out what is zero.
            let start = time(START_KEYS)?.or_else(|| self.words.is_empty().then_some(Time::ZERO));
            let what = (label, text.to_owned());
            self.words.push(Loose { start, end: time(END_KEYS)?, what });
        }
        let text = best.get("transcript").and_then(Node::text).unwrap_or_default().trim();
        if self.words.len() > first && !text.is_empty() {
            self.lines.push((text.to_owned(), first, self.words.len() - 1));
        }
        Ok(())
    }

    fn into_timeline(self) -> Read {
        let Self { words, lines, marks, language } = self;
        let (words, filled) = settle(words);
        let mut captions = Vec::new();
        for (text, first, last) in lines {
            if let (Some((start, ..)), Some((_, end, _))) = (words.get(first), words.get(last)) {
                captions.push(Caption { language: language.clone(), start: *start, end: *end, text });
            }
        }
        let mut timeline = of_one(Speaker { marks, ..Speaker::default() }, Time::ZERO);
        let several = words.iter().any(|(_, _, (label, _))| *label != words[0].2.0);
        for (start, end, (label, text)) in words {
            let id = if several { label.as_str() } else { DEFAULT_SPEAKER };
            let id = if id.is_empty() { DEFAULT_SPEAKER } else { id };
            let word = Word { start, end, text, language: language.clone() };
            speaker_of(&mut timeline.speakers, id)?.words.push(word);
        }
        timeline.speakers.retain(|speaker| !speaker.words.is_empty() || !speaker.marks.is_empty());
        Ok((Timeline { captions, ..timeline }, told(filled, "words").into_iter().collect()))
    }
}

/// Seconds in any of the ways.
fn time_of(node: &Node<'_>) -> Result<Time, Fault> {
    let part = |key: &str| node.get(key).and_then(number_of).unwrap_or_default();
    let secs = match &node.kind {
        Kind::Table(_) => Some(part("seconds") + part("nanos") / 1e9),
        Kind::Text(text) => text.trim().trim_end_matches('s').parse().ok(),
        _ => node.number(),
    };
    let secs = secs.ok_or_else(|| Fault::new("expected a time such as \"1.300s\"").at(node.at))?;
    seconds(secs).map_err(|fault| fault.at(node.at))
}

fn label_of(node: &Node<'_>) -> String {
    match &node.kind {
        Kind::Number(digits) => format!("speaker {digits}"),
        _ => node.text().unwrap_or_default().to_owned(),
    }
}

/// One result with all words; its transcript is the captions, or the words.
pub(super) fn write(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let speaker = only_speaker(timeline, "words", |speaker| !speaker.words.is_empty())?;
    let rows: Vec<String> = speaker
        .words
        .iter()
        .map(|word| {
            let (start, end) = (word.start.as_secs_f64(), word.end.as_secs_f64());
            let text = quoted(&word.text);
            format!("            {{\"startTime\": \"{start}s\", \"endTime\": \"{end}s\", \"word\": {text}}}")
        })
        .collect();
    let spoken: Vec<&str> = speaker.words.iter().map(|word| word.text.as_str()).collect();
    Ok(format!(
        "{{\n  \"results\": [\n    {{\n      \"alternatives\": [\n        {{\n          \"transcript\": {},\n          \
         \"words\": [\n{}\n          ]\n        }}\n      ]\n    }}\n  ]\n}}\n",
        quoted(&spoken.join(" ")),
        rows.join(",\n")
    )
    .into())
}
