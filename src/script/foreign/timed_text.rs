//! Text with tags in it, as subtitles and lyrics have: voices, styles, and times of words.

use super::clock;
use super::lines::words_within;
use super::speaker_of;
use crate::script::document::Fault;
use crate::script::timeline::{Caption, Speaker, Timeline, Word};
use crate::script::written::DEFAULT_SPEAKER;
use crate::time::Time;

/// A part of a cue that one voice says, with all tags but those of voices.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Piece {
    pub(super) voice: Option<String>,
    pub(super) text: String,
}

impl Piece {
    /// The parts of a cue: `<v Anna>` begins a voice, `</v>` ends it. Parts without text are left out.
    pub(super) fn of_cue(text: &str) -> Vec<Self> {
        let mut pieces = vec![Self::default()];
        for part in parts(text) {
            let begun = match part {
                Part::Tag(tag) => voice_of(tag),
                Part::Text(_) => None,
            };
            match (begun, part) {
                (Some(voice), _) => pieces.push(Self { voice, text: String::new() }),
                (None, Part::Tag(tag)) => {
                    if let Some(piece) = pieces.last_mut() {
                        piece.text.extend(["<", tag, ">"]);
                    }
                }
                (None, Part::Text(text)) => {
                    if let Some(piece) = pieces.last_mut() {
                        piece.text.push_str(text);
                    }
                }
            }
        }
        pieces.retain(|piece| !piece.text.trim().is_empty());
        pieces
    }
}

/// The voice that a tag begins, or none where it ends one; `None` for other tags.
fn voice_of(tag: &str) -> Option<Option<String>> {
    if tag.trim() == "/v" {
        return Some(None);
    }
    let (name, voice) = tag.split_once(char::is_whitespace)?;
    (name == "v" || name.starts_with("v.")).then(|| Some(voice.trim().to_owned()).filter(|v| !v.is_empty()))
}

#[derive(Clone, Copy)]
enum Part<'a> {
    Text(&'a str),
    /// What stands between `<` and `>`.
    Tag(&'a str),
}

/// A `<` that no tag begins with is text.
fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((tag, after)) = tag_at(rest) {
            rest = after;
            return Some(Part::Tag(tag));
        }
        let next = rest.char_indices().skip(1).find(|(at, c)| *c == '<' && tag_at(&rest[*at..]).is_some());
        let (text, after) = rest.split_at(next.map_or(rest.len(), |(at, _)| at));
        rest = after;
        Some(Part::Text(text))
    })
}

/// The tag that a text begins with, and what follows it.
fn tag_at(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('<')?;
    let begins = |c: char| c.is_ascii_alphanumeric() || c == '/';
    // No tag is long; so a text of many `<` costs little.
    let end = inside.char_indices().take(200).find(|(_, c)| matches!(c, '>' | '<' | '\n'));
    let (end, _) = end.filter(|(_, c)| *c == '>')?;
    inside.starts_with(begins).then(|| (&inside[..end], &inside[end + 1..]))
}

/// What is read of a text: no tags, no `{\…}` of other subtitle formats, one space between words; with entities, such as
/// `&amp;`, resolved where the format has them.
pub(super) fn plain(text: &str, has_entities: bool) -> String {
    let untagged: String =
        parts(text).filter_map(|part| if let Part::Text(text) = part { Some(text) } else { None }).collect();
    let mut out = without_overrides(&untagged);
    if has_entities {
        for (name, meant) in ENTITIES {
            out = out.replace(name, meant);
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without `{\…}`, as Sub Station Alpha changes styles.
fn without_overrides(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{\\") {
        out.push_str(before);
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out
}

/// The last is resolved last, as others may follow it.
const ENTITIES: &[(&str, &str)] = &[
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&nbsp;", " "),
    ("&lrm;", ""),
    ("&rlm;", ""),
    ("&amp;", "&"),
];

/// Words with times of their own.
#[derive(Debug, Default, PartialEq)]
pub(super) struct TimedWords {
    pub(super) words: Vec<Word>,
    /// Times that do not follow those before them, or lie after the end; their words share the time of those before them.
    pub(super) misplaced: Vec<Time>,
}

/// The words between `<mm:ss.mmm>` tags, each until the next; `None` where there are no such tags. A tag with nothing
/// after it is the end of the last word.
pub(super) fn timed_words(piece: &Piece, start: Time, end: Time) -> Option<TimedWords> {
    let mut chunks: Vec<(Time, String)> = vec![(start, String::new())];
    for part in parts(&piece.text) {
        match part {
            Part::Tag(tag) => {
                if let Some(time) = clock::read(tag) {
                    chunks.push((time, String::new()));
                }
            }
            Part::Text(text) => {
                if let Some((_, chunk)) = chunks.last_mut() {
                    chunk.push_str(text);
                }
            }
        }
    }
    if chunks.len() == 1 {
        return None;
    }
    let mut timed = TimedWords::default();
    let mut kept: Vec<(Time, String)> = Vec::with_capacity(chunks.len());
    for (time, text) in chunks {
        match kept.last_mut() {
            Some((last, before)) if time < *last || time >= end && !text.trim().is_empty() => {
                if !text.trim().is_empty() {
                    timed.misplaced.push(time);
                    before.push(' ');
                    before.push_str(&text);
                }
            }
            // Words of one time share it.
            Some((last, before)) if time == *last => {
                before.push(' ');
                before.push_str(&text);
            }
            _ => kept.push((time, text)),
        }
    }
    for (index, (begin, text)) in kept.iter().enumerate() {
        let until = kept.get(index + 1).map_or(end, |(next, _)| *next);
        timed.words.extend(words_within(&plain(text, true), "", *begin, until.max(*begin)));
    }
    Some(timed)
}

/// What cues say, by voices.
#[derive(Debug, Default)]
pub(super) struct Spoken {
    speakers: Vec<Speaker>,
    pub(super) captions: Vec<Caption>,
}

impl Spoken {
    /// Adds a caption, and its words to those of a voice.
    ///
    /// # Errors
    /// There are too many voices.
    pub(super) fn add(
        &mut self,
        voice: Option<&str>,
        words: Vec<Word>,
        text: String,
        start: Time,
        end: Time,
    ) -> Result<(), Fault> {
        speaker_of(&mut self.speakers, voice.unwrap_or(DEFAULT_SPEAKER))?.words.extend(words);
        if !text.is_empty() {
            self.captions.push(Caption { language: String::new(), start, end, text });
        }
        Ok(())
    }

    /// All of it in a language; an empty one is unknown.
    pub(super) fn into_timeline(mut self, language: &str) -> Timeline {
        for word in self.speakers.iter_mut().flat_map(|speaker| &mut speaker.words) {
            language.clone_into(&mut word.language);
        }
        for caption in &mut self.captions {
            language.clone_into(&mut caption.language);
        }
        Timeline { speakers: self.speakers, captions: self.captions, ..Timeline::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_no_text() {
        assert_eq!(plain("<i>a</i> {\\an8}b\n 1 < 2 <3", false), "a b 1 < 2 <3");
        assert_eq!(plain("<c.x>R&amp;D</c> &lt;b&gt; &amp;lt;", true), "R&D <b> &lt;");
        assert_eq!(plain("{\\open", false), "");
    }

    #[test]
    fn voices_part_a_cue() {
        let pieces = Piece::of_cue("<v Anna>Hi <b>there</b></v>\n<v.loud Bo>Yes");
        let named: Vec<(Option<&str>, &str)> =
            pieces.iter().map(|p| (p.voice.as_deref(), p.text.trim())).collect();
        assert_eq!(named, [(Some("Anna"), "Hi <b>there</b>"), (Some("Bo"), "Yes")]);
    }

    #[test]
    fn times_part_the_words() {
        let piece = Piece { voice: None, text: "a <00:01.000><c> bc</c><00:02.000>".to_owned() };
        let words = timed_words(&piece, Time::ZERO, Time::from_millis(5000)).unwrap().words;
        let spans: Vec<(f64, f64, &str)> =
            words.iter().map(|w| (w.start.as_millis_f64(), w.end.as_millis_f64(), w.text.as_str())).collect();
        assert_eq!(spans, [(0.0, 1000.0, "a"), (1000.0, 2000.0, "bc")]);
        assert_eq!(timed_words(&Piece::default(), Time::ZERO, Time::ZERO), None);
    }

    #[test]
    fn words_whose_times_do_not_follow_are_kept() {
        let text = "<00:01.00>a <00:03.00>b <00:02.00>c <00:03.00>d <00:09.00>e".to_owned();
        let piece = Piece { voice: None, text };
        let timed = timed_words(&piece, Time::ZERO, Time::from_millis(5000)).unwrap();
        let said: Vec<&str> = timed.words.iter().map(|w| w.text.as_str()).collect();
        assert_eq!(said, ["a", "b", "c", "d", "e"]);
        assert!(timed.words.iter().all(|w| w.end > w.start), "{:?}", timed.words);
        assert_eq!(timed.misplaced, [Time::from_millis(2000), Time::from_millis(9000)]);
    }
}
