//! A word in its sentence, as the rules of English see it.
//!
//! Only questions about what is written; nothing is read aloud here.

use super::super::token::Token;
use super::tables::MONTHS;
use crate::script::words::is_ideographic;

/// All ways to say a word, the likeliest first: words in lower case, names of letters as single capitals.
pub(super) type Said = Vec<String>;

/// One word among the words of its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    tokens: &'a [Token<'a>],
    at: usize,
}

impl<'a> Scene<'a> {
    pub(super) fn new(tokens: &'a [Token<'a>], at: usize) -> Self {
        Self { tokens, at }
    }

    /// The word itself.
    pub(super) fn token(&self) -> Token<'a> {
        self.tokens.get(self.at).copied().unwrap_or(Token { text: "", before: "", after: "" })
    }

    /// The word as written.
    pub(super) fn text(&self) -> &'a str {
        self.token().text
    }

    /// The word before; `None` at the start.
    pub(super) fn previous(&self) -> Option<Self> {
        self.at.checked_sub(1).map(|at| Self { at, ..*self })
    }

    /// The word behind; `None` at the end.
    pub(super) fn next(&self) -> Option<Self> {
        let at = self.at + 1;
        (at < self.tokens.len()).then_some(Self { at, ..*self })
    }

    /// The word before in lower case, empty at the start or over a sentence's end.
    pub(super) fn previous_lower(&self) -> String {
        if self.begins_sentence() {
            return String::new();
        }
        self.previous().map_or(String::new(), |p| p.text().to_lowercase())
    }

    /// The word behind in lower case, empty at the end.
    pub(super) fn next_lower(&self) -> String {
        self.next().map_or(String::new(), |n| n.text().to_lowercase())
    }

    /// Whether a sentence begins with this word.
    pub(super) fn begins_sentence(&self) -> bool {
        let before = self.token().before;
        self.at == 0 || before.contains(['.', '!', '?', ':', '\n', '“', '"'])
    }

    /// Whether the next word stands in the same sentence and begins with a capital.
    pub(super) fn is_before_name(&self) -> bool {
        self.next().is_some_and(|next| next.text().starts_with(char::is_uppercase))
            && !self.token().after.contains(['!', '?', ',', '\n'])
    }

    /// Whether the next word begins with a digit.
    pub(super) fn is_before_number(&self) -> bool {
        self.next().is_some_and(|next| next.text().starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Whether the word before ends with a digit, with nothing but a space (and a fraction, say) between.
    pub(super) fn is_after_number(&self) -> bool {
        let gap = self.token().before;
        self.previous().is_some_and(|p| p.text().ends_with(|c: char| c.is_ascii_digit() || c.is_numeric()))
            && gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '°'))
    }

    /// Whether the word beside it is a Chinese character or kana: a single letter is then its name.
    pub(super) fn is_among_ideographs(&self) -> bool {
        let is_one = |scene: Option<Self>| scene.is_some_and(|s| s.text().starts_with(is_ideographic));
        is_one(self.previous()) || is_one(self.next())
    }

    /// Whether the words around are all capitals too, as in a headline.
    pub(super) fn is_in_capitals(&self) -> bool {
        let is_capital =
            |scene: Option<Self>| scene.is_none_or(|s| s.token().is_capitals() || s.text().len() < 2);
        let is_word =
            |scene: Option<Self>| scene.is_some_and(|s| s.token().is_capitals() && s.text().len() > 3);
        let around = [
            self.previous(),
            self.next(),
            self.previous().and_then(|p| p.previous()),
            self.next().and_then(|n| n.next()),
        ];
        around.iter().take(2).all(|scene| is_capital(*scene)) && around.iter().any(|scene| is_word(*scene))
    }
}

/// The number of a month (1 to 12) by its English name or short form, whatever its case.
pub(super) fn month(text: &str) -> Option<usize> {
    let lower = text.to_lowercase();
    let lower = if lower == "sept" { "sep" } else { lower.as_str() };
    MONTHS.iter().position(|(name, short)| *name == lower || *short == lower).map(|index| index + 1)
}

/// One way to say it.
pub(super) fn only(text: impl Into<String>) -> Said {
    vec![text.into()]
}
