//! A plain text as a script: every paragraph is a line, said by one speaker; a text in SSML is one line.
//!
//! Known inline marks are marks; any other brackets are text.

use super::document::Fault;
use super::inline::{self, Unknown};
use super::plain::Plain;
use super::speech_file::{locate, markup_of};
use super::ssml;
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
        Ok(of_lines(lines, source_name))
    }

    /// Makes a script of a text in [SSML](super::ssml): one line, in the language that it names, else as that of a plain
    /// text. Beside the script come warnings.
    ///
    /// # Errors
    /// Broken XML, an unknown element or value, or nothing to say.
    pub fn from_ssml(text: &str, source_name: &str) -> Result<(Self, Vec<Diagnostic>), Diagnostic> {
        let told = |fault: Fault| fault.into_diagnostic(text, source_name);
        let mut plain = ssml::parse(text, &[], Unknown::Keep).map_err(told)?;
        if plain.text.is_empty() {
            return Err(Diagnostic::error(source_name, "the text is empty").help("write what is to be said"));
        }
        let warnings = std::mem::take(&mut plain.warnings).into_iter().map(told).collect();
        let language = plain.language.clone().unwrap_or_else(|| language_of(&plain.text).to_owned());
        let at = |written_at| Position::of(text, written_at);
        Ok((of_lines(vec![line(plain, language, at(0), at)], source_name), warnings))
    }
}

fn of_lines(lines: Vec<Line>, source_name: &str) -> Script {
    Script {
        source_name: source_name.to_owned(),
        speakers: vec![ScriptSpeaker { id: DEFAULT_SPEAKER.to_owned(), avatar: None }],
        lines,
        ..Script::default()
    }
}

fn line(plain: Plain, language: String, position: Position, at: impl Fn(usize) -> Position) -> Line {
    Line {
        position,
        speaker: 0,
        displayed: plain.text.clone(),
        marks: locate(&plain, at),
        markup: markup_of(&plain),
        spoken: plain.text,
        language,
        voice: None,
        audio: None,
        timing: None,
        gap_after: DEFAULT_GAP,
    }
}

fn paragraph(text: &str, begin: usize, end: usize, language: &str) -> Option<Line> {
    let written = text.get(begin..end)?;
    let plain = inline::parse_text(written.trim_start_matches('\u{FEFF}'), &[], Unknown::Keep).ok()?;
    if plain.text.is_empty() {
        return None;
    }
    let indent = written.len() - written.trim_start().len();
    let position = Position::of(text, begin + indent);
    Some(line(plain, language.to_owned(), position, |written_at| Position::of(text, begin + written_at)))
}
