//! The words of a text with what stands between them: the context in which a number or abbreviation is read.
//!
//! Words are those of [`crate::script::words::split`]; symbols around them belong to no word, and still are spoken.

use crate::script::words;

/// A word with its surroundings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// As written.
    pub(super) text: &'a str,
    /// What stands between the word before (or the start) and this one.
    pub(super) before: &'a str,
    /// What stands between this word and the next one (or the end).
    pub(super) after: &'a str,
}

impl<'a> Token<'a> {
    /// The symbols that touch the word's start.
    pub(super) fn prefix(&self) -> &'a str {
        let start = self.before.rfind(char::is_whitespace);
        let skip = |at: usize| {
            self.before.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |c| at + c.len_utf8())
        };
        self.before.get(start.map_or(0, skip)..).unwrap_or_default()
    }

    /// The symbols that touch the word's end.
    pub(super) fn suffix(&self) -> &'a str {
        self.after.split(char::is_whitespace).next().unwrap_or_default()
    }

    /// Whether a full stop touches the word's end.
    pub(super) fn has_stop(&self) -> bool {
        self.after.starts_with('.')
    }

    /// Whether all letters are capitals, and there are at least two.
    pub(super) fn is_capitals(&self) -> bool {
        let mut letters = self.text.chars().filter(|c| c.is_alphabetic()).peekable();
        letters.peek().is_some() && letters.all(char::is_uppercase) && self.text.chars().count() > 1
    }
}

/// The tokens of a text, one for each word.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let ranges = words::split(text);
    let mut found = Vec::with_capacity(ranges.len());
    let mut end = 0;
    for (index, range) in ranges.iter().enumerate() {
        let next = ranges.get(index + 1).map_or(text.len(), |next| next.start);
        let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
        found.push(Token {
            text: part(range.clone()),
            before: part(end..range.start),
            after: part(range.end..next),
        });
        end = range.end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_knows_the_symbols_that_touch_it() {
        let found = tokens("It cost ($5 million), or 10% less.");
        let five = found[2];
        assert_eq!((five.text, five.prefix(), five.suffix()), ("5", "($", ""));
        assert_eq!((found[3].text, found[3].suffix()), ("million", "),"));
        assert_eq!((found[5].text, found[5].suffix()), ("10", "%"));
        assert!(found[6].has_stop());
    }
}
