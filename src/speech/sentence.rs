//! Where sentences end, so that each can be synthesised by itself and errors do not add up.
//!
//! Punctuation and a few abbreviations only; it knows no grammar.

use std::ops::Range;

/// Words whose full stop ends no sentence.
const ABBREVIATIONS: &[&str] =
    &["mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "no", "e.g", "i.e", "approx", "inc", "jr", "sr"];
const CLOSERS: &[char] = &['"', '\'', ')', ']', '”', '’', '»', '」', '』'];

/// The byte ranges of the sentences of `text` without white space around them; together they hold all words.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let ends = match c {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' | '…' => ends_here(text, at, end),
            _ => false,
        };
        if ends {
            let rest = text.get(end..).unwrap_or_default();
            let closed = end + rest.len() - rest.trim_start_matches(CLOSERS).len();
            push_trimmed(text, start..closed, &mut found);
            start = closed;
        }
    }
    push_trimmed(text, start..text.len(), &mut found);
    found
}

fn ends_here(text: &str, at: usize, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or_default().trim_start_matches(CLOSERS);
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let before = text.get(..at).unwrap_or_default();
    let word =
        before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default().to_lowercase();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    let lower_follows = rest.trim_start().starts_with(char::is_lowercase);
    let abbreviated = text.get(at..end) == Some(".") && (initial || ABBREVIATIONS.contains(&word.as_str()));
    let text_follows = !rest.trim_start().is_empty();
    !(abbreviated && text_follows || lower_follows)
}

fn push_trimmed(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let Some(part) = text.get(range.clone()) else { return };
    let start = range.start + (part.len() - part.trim_start().len());
    let end = start + part.trim().len();
    if part.chars().any(char::is_alphanumeric) {
        found.push(start..end);
    }
}
