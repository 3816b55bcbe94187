//! One type for what went wrong in an input and what the user can do about it.
//!
//! Parsers return diagnostics as errors, importers gather them as warnings. This module never prints.

use std::fmt;
use std::ops::Range;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The input was used; something in it was left out or corrected.
    Warning,
    /// The input could not be used.
    Error,
}

/// A place in a text: 1-based line and column (in characters).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// 1 for the first line.
    pub line: u32,
    /// 1 for the first character of the line.
    pub column: u32,
}

impl Position {
    /// The position of byte `offset` in `text`; an offset past the end is the end.
    pub fn of(text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|&b| b == b'\n').count() + 1;
        Self { line: line as u32, column: before[start..].chars().count() as u32 + 1 }
    }
}

/// What is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// The file's name as the user gave it; empty where there is none.
    pub source_name: String,
    /// Where in the file.
    pub position: Option<Position>,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do, one sentence without a full stop.
    pub help: Option<String>,
    /// How bad it is.
    pub severity: Severity,
}

impl Diagnostic {
    /// An error in `source_name`.
    pub fn error(source_name: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            source_name: source_name.into(),
            position: None,
            message: message.into(),
            help: None,
            severity: Severity::Error,
        }
    }

    /// A warning about `source_name`.
    pub fn warning(source_name: impl Into<String>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(source_name, message) }
    }

    /// With the position of `span`'s start in `text`.
    pub fn at(mut self, text: &str, span: Range<usize>) -> Self {
        self.position = Some(Position::of(text, span.start));
        self
    }

    /// With a known position.
    pub fn at_position(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }

    /// With advice.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// `file:line:column: message (help)`.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.source_name.is_empty() {
            write!(f, "{}:", self.source_name)?;
            if let Some(Position { line, column }) = self.position {
                write!(f, "{line}:{column}:")?;
            }
            write!(f, " ")?;
        }
        write!(f, "{}", self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Diagnostic {}

/// The candidate that `name` was most likely meant to be: the fewest slips (a letter wrong, missing, added, or two
/// swapped; upper and lower case are the same), at most one in three letters; `None` where nothing is that near.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = |text: &str| text.chars().take(64).flat_map(char::to_lowercase).collect::<Vec<char>>();
    let name = lower(name);
    candidates
        .into_iter()
        .map(|candidate| (slips(&name, &lower(candidate)), candidate))
        .min_by_key(|(slips, _)| *slips)
        .filter(|(slips, candidate)| *slips <= candidate.chars().count().max(name.len()).div_ceil(3))
        .map(|(_, candidate)| candidate)
}

/// The optimal string alignment distance.
fn slips(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut cost = (last[j + 1] + 1).min(row[j] + 1).min(last[j] + usize::from(x != y));
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_what_was_meant() {
        assert_eq!(nearest("simle", ["sad", "smile", "slide"]), Some("smile"));
        assert_eq!(nearest("Phone", ["phones", "words"]), Some("phones"));
        assert_eq!(nearest("xylophone", ["smile", "sad"]), None);
        assert_eq!(nearest("", ["smile"]), None);
    }

    #[test]
    fn positions_count_characters_from_one() {
        let text = "a\n字b\nc";
        assert_eq!(Position::of(text, 0), Position { line: 1, column: 1 });
        assert_eq!(Position::of(text, text.find('b').unwrap()), Position { line: 2, column: 2 });
        assert_eq!(Position::of(text, 999), Position { line: 3, column: 2 });
        assert_eq!(Position::of(text, 3), Position { line: 2, column: 1 });
    }

    #[test]
    fn reads_as_one_line() {
        let d = Diagnostic::error("a.toml", "no speaker 'Bo'").at("x\ny", 2..3).help("declare [speakers.Bo]");
        assert_eq!(d.to_string(), "a.toml:2:1: no speaker 'Bo' (declare [speakers.Bo])");
    }
}
