//! A plain text as a script: every paragraph is a line, said by one speaker.
//!
//! Known inline marks are marks; any other brackets are text.

use super::inline::{self, Plain, Unknown};
use super::speech_file::locate;
use super::words::language_of;
use super::written::{DEFAULT_GAP, DEFAULT_SPEAKER, Line, Script, ScriptSpeaker};
use crate::diagnostic::{Diagnostic, Position};

impl Script {
    /// Makes a script of a plain text. Its language is Japanese where there are kana, Chinese where a fifth or more of
    /// the letters are ideographs, else English.
    ///
    /// # Errors
    /// The text is empty.
    pub fn from_plain_text(text: &str, source_name: &str) -> Result<Self, Diagnostic> {
        let language = language_of(text);
        let mut lines = Vec::new();
        let mut offset = 0;
        let mut begin = 0;
        for row in text.split_inclusive('\n') {
            if row.trim().is_empty() {
                lines.extend(paragraph(text, begin, offset, language));
                begin = offset + row.len();
            }
            offset += row.len();
        }
        lines.extend(paragraph(text, begin, offset, language));
        if lines.is_empty() {
            return Err(Diagnostic::error(source_name, "the text is empty").help("write what is to be said"));
        }
        Ok(Self {
            source_name: source_name.to_owned(),
            speakers: vec![ScriptSpeaker { id: DEFAULT_SPEAKER.to_owned(), avatar: None }],
            lines,
            ..Self::default()
        })
    }
}

fn paragraph(text: &str, begin: usize, end: usize, language: &str) -> Option<Line> {
    let written = text.get(begin..end)?;
    let plain: Plain = inline::parse(written.trim_start_matches('\u{FEFF}'), &[], Unknown::Keep).ok()?;
    if plain.text.is_empty() {
        return None;
    }
    let indent = written.len() - written.trim_start().len();
    Some(Line {
        position: Position::of(text, begin + indent),
        speaker: 0,
        displayed: plain.text.clone(),
        marks: locate(&plain, |written_at| Position::of(text, begin + written_at)),
        spoken: plain.text,
        language: language.to_owned(),
        voice: None,
        audio: None,
        timing: None,
        gap_after: DEFAULT_GAP,
    })
}
