//! Whisper's JSON and that of WhisperX, faster-whisper, whisper.cpp and the hosted API: segments and words, both ways.
//!
//! Segments are captions; words that have no time share that of their neighbours; segments without words say theirs.

use super::lines::words_of_line;
use super::records::number_of;
use super::spans::{Loose, settle, told};
use super::{Input, Options, Read, Written, document, of_one, quoted, seconds, speaker_of};
use crate::diagnostic::Diagnostic;
use crate::script::document::{Fault, Node};
use crate::script::timeline::{Caption, Speaker, Timeline, Word};
use crate::script::written::DEFAULT_SPEAKER;
use crate::time::Time;

/// Where lists of words stand beside segments.
const LOOSE_WORDS: &[&str] = &["word_segments", "words"];
/// How a language is called by its name, as the hosted API does, and its tag.
const LANGUAGES: &[(&str, &str)] = &[
    ("english", "en"),
    ("chinese", "zh"),
    ("spanish", "es"),
    ("german", "de"),
    ("french", "fr"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("portuguese", "pt"),
    ("italian", "it"),
    ("russian", "ru"),
    ("czech", "cs"),
    ("dutch", "nl"),
    ("polish", "pl"),
];

struct Segment {
    start: Time,
    end: Time,
    text: String,
    speaker: Option<String>,
    words: Vec<Loose<String>>,
}

pub(super) fn read(input: &Input<'_>) -> Read {
    let root = document(input.text)?;
    let language = language_of(&root);
    let listed = ["segments", "transcription"].iter().find_map(|key| root.get(key));
    let mut segments = Vec::new();
    for node in listed.map_or_else(|| root.items(), Node::items) {
        segments.extend(segment(node)?);
    }
    if segments.iter().all(|segment| segment.words.is_empty()) {
        let list = LOOSE_WORDS.iter().find_map(|key| root.get(key)).map_or(&[][..], Node::items);
        share_out(words_of(list)?, &mut segments);
    }
    if segments.is_empty() {
        return Err(Fault::new("the file has no segments and no words").at(0));
    }
    segments.sort_by_key(|segment| segment.start);
    let duration = root.get("duration").and_then(number_of).map(seconds).transpose()?;
    let mut timeline = of_one(Speaker::default(), duration.unwrap_or_default());
    let mut filled = 0;
    let several = segments.iter().any(|segment| segment.speaker != segments[0].speaker);
    for segment in segments {
        let Segment { start, end, text, speaker, words } = segment;
        let id = speaker.filter(|id| several && !id.is_empty()).unwrap_or_else(|| DEFAULT_SPEAKER.to_owned());
        let words = if words.is_empty() {
            words_of_line(&text, &language, start, end)
        } else {
            let (words, missing) = settle(within(words, start, end));
            filled += missing;
            let word = |(start, end, text)| Word { start, end, text, language: language.clone() };
            words.into_iter().map(word).collect()
        };
        if !text.is_empty() {
            timeline.captions.push(Caption { language: language.clone(), start, end, text });
        }
        speaker_of(&mut timeline.speakers, &id)?.words.extend(words);
    }
    timeline.speakers.retain(|speaker| !speaker.words.is_empty());
    Ok((timeline, told(filled, "words").into_iter().collect()))
}

fn language_of(root: &Node<'_>) -> String {
    let found = root.get("language").or_else(|| root.find("/result").get("language")).and_then(Node::text);
    let name = found.unwrap_or_default();
    LANGUAGES.iter().find(|(long, _)| *long == name).map_or(name, |(_, tag)| tag).to_owned()
}

/// A segment with a time; `None` for an empty one without.
fn segment(node: &Node<'_>) -> Result<Option<Segment>, Fault> {
    let (start, end) = times(node)?;
    let text = node.get("text").and_then(Node::text).unwrap_or_default().trim().to_owned();
    let words = words_of(node.get("words").map_or(&[][..], Node::items))?;
    let first = start.or_else(|| words.iter().find_map(|word| word.start));
    let last = end.or_else(|| words.iter().rev().find_map(|word| word.end));
    let speaker = node.get("speaker").and_then(Node::text).map(str::to_owned);
    let (Some(start), Some(end)) = (first, last) else { return Ok(None) };
    Ok(Some(Segment { start, end: end.max(start), text, speaker, words }))
}

/// Seconds, or whisper.cpp's `offsets` in milliseconds; a missing time is none.
fn times(node: &Node<'_>) -> Result<(Option<Time>, Option<Time>), Fault> {
    let offsets = node.get("offsets");
    let time = |key: &str, millis: &str| {
        let secs = node.get(key).and_then(number_of);
        let millis = offsets.and_then(|offsets| offsets.get(millis)).and_then(number_of);
        let secs = secs.or(millis.map(|millis| millis / 1000.0));
        secs.map(seconds).transpose().map_err(|fault| fault.at(node.at))
    };
    Ok((time("start", "from")?, time("end", "to")?))
}

fn words_of(list: &[Node<'_>]) -> Result<Vec<Loose<String>>, Fault> {
    let mut words = Vec::with_capacity(list.len());
    for node in list {
        let text = node.get("word").or_else(|| node.get("text")).and_then(Node::text).unwrap_or_default();
        let text = text.trim().to_owned();
        if !text.is_empty() {
            let (start, end) = times(node)?;
            words.push(Loose { start, end, what: text });
        }
    }
    Ok(words)
}

/// Gives words that stand beside the segments to these by their starts, or makes a segment of all.
fn share_out(words: Vec<Loose<String>>, segments: &mut Vec<Segment>) {
    let first = words.iter().find_map(|word| word.start);
    let last = words.iter().rev().find_map(|word| word.end.or(word.start));
    if segments.is_empty()
        && let (Some(start), Some(end)) = (first, last)
    {
        segments.push(Segment { start, end, text: String::new(), speaker: None, words });
        return;
    }
    let mut place = 0;
    for word in words {
        if let Some(start) = word.start {
            while segments.get(place + 1).is_some_and(|next| next.start <= start) {
                place += 1;
            }
        }
        if let Some(segment) = segments.get_mut(place) {
            segment.words.push(word);
        }
    }
}

/// The words of a segment, the first no earlier and the last no later than it, where they have no time of their own.
fn within(mut words: Vec<Loose<String>>, start: Time, end: Time) -> Vec<Loose<String>> {
    if let Some(first) = words.first_mut() {
        first.start = first.start.or(Some(start));
    }
    if let Some(last) = words.last_mut() {
        last.end = last.end.or(Some(end));
    }
    words
}

/// A segment for each caption with the words that begin in it, or one for all.
pub(super) fn write(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let mut spoken: Vec<(&Word, &str)> = Vec::new();
    for speaker in &timeline.speakers {
        spoken.extend(speaker.words.iter().map(|word| (word, speaker.id.as_str())));
    }
    spoken.sort_by_key(|(word, _)| word.start);
    let language = timeline.captions.first().map(|caption| caption.language.as_str());
    let language =
        language.or_else(|| spoken.first().map(|(word, _)| word.language.as_str())).unwrap_or_default();
    let mut rows = Vec::new();
    let mut words = spoken.iter().peekable();
    let captions: Vec<&Caption> = timeline.captions.iter().filter(|c| c.language == language).collect();
    for (index, caption) in captions.iter().enumerate() {
        let until = captions.get(index + 1).map_or(Time::MAX, |next| next.start);
        let own: Vec<&(&Word, &str)> =
            std::iter::from_fn(|| words.next_if(|(word, _)| word.start < until)).collect();
        let runs: Vec<&[&(&Word, &str)]> = own.chunk_by(|(_, a), (_, b)| a == b).collect();
        if runs.len() < 2 {
            rows.push(row(rows.len(), caption.start, caption.end, &caption.text, &own));
        }
        // A segment has one speaker.
        for run in runs.iter().filter(|_| runs.len() > 1) {
            rows.extend(run_of(rows.len(), run));
        }
    }
    if captions.is_empty() {
        let all: Vec<&(&Word, &str)> = spoken.iter().collect();
        for run in all.chunk_by(|(_, a), (_, b)| a == b) {
            rows.extend(run_of(rows.len(), run));
        }
    }
    if rows.is_empty() {
        return Err(Diagnostic::error("", "the timeline has no words or captions"));
    }
    let rows = rows.join(",\n");
    Ok(format!("{{\n  \"language\": {},\n  \"segments\": [\n{rows}\n  ]\n}}\n", quoted(language)).into())
}

/// A segment of the words that one speaker says.
fn run_of(id: usize, words: &[&(&Word, &str)]) -> Option<String> {
    let ((first, _), (last, _)) = (words.first()?, words.last()?);
    let text: Vec<&str> = words.iter().map(|(word, _)| word.text.as_str()).collect();
    Some(row(id, first.start, last.end, &text.join(" "), words))
}

fn row(id: usize, start: Time, end: Time, text: &str, words: &[&(&Word, &str)]) -> String {
    let one = |(word, _): &&(&Word, &str)| {
        let (start, end) = (word.start.as_secs_f64(), word.end.as_secs_f64());
        format!("        {{\"word\": {}, \"start\": {start}, \"end\": {end}}}", quoted(&word.text))
    };
    let listed: Vec<String> = words.iter().map(one).collect();
    let listed = if listed.is_empty() { String::new() } else { format!("\n{}\n      ", listed.join(",\n")) };
    let speaker = words.first().map_or(DEFAULT_SPEAKER, |(_, id)| id);
    format!(
        "    {{\n      \"id\": {id}, \"start\": {}, \"end\": {}, \"speaker\": {}, \"text\": {},\n      \"words\": [{listed}]\n    }}",
        start.as_secs_f64(),
        end.as_secs_f64(),
        quoted(speaker),
        quoted(text)
    )
}
