//! A text without its marks, as it is gathered: white space is single spaces, and marks stand before what follows them.
//!
//! It knows no notation.

use super::document::Fault;
use super::mark::Scope;
use super::markup::Markup;

/// A text without its marks.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Plain {
    pub(super) text: String,
    pub(super) marks: Vec<InlineMark>,
    pub(super) markup: Vec<InlineMarkup>,
    /// The language that the text itself names.
    pub(super) language: Option<String>,
    /// What is left out; byte offsets in the marked text.
    pub(super) warnings: Vec<Fault>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct InlineMark {
    /// Byte offset in the plain text.
    pub(super) at: usize,
    /// Byte offset in the plain text where it ends, of a mark that encloses text.
    pub(super) until: Option<usize>,
    /// Byte offset in the marked text.
    pub(super) written_at: usize,
    pub(super) name: String,
    pub(super) args: Vec<String>,
    pub(super) scope: Scope,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct InlineMarkup {
    /// Byte offsets in the plain text.
    pub(super) at: usize,
    pub(super) until: usize,
    pub(super) markup: Markup,
}

/// Not known yet.
const LATER: usize = usize::MAX;

/// Gathers a plain text character by character.
#[derive(Debug, Default)]
pub(super) struct Builder {
    text: String,
    space: bool,
    marks: Vec<InlineMark>,
    markup: Vec<InlineMarkup>,
    /// How many of both have their place.
    placed: (usize, usize),
}

impl Builder {
    pub(super) fn push(&mut self, c: char) {
        if c.is_whitespace() {
            self.gap();
            return;
        }
        if std::mem::take(&mut self.space) {
            self.text.push(' ');
        }
        self.place();
        self.text.push(c);
    }

    /// A space before what comes next.
    pub(super) fn gap(&mut self) {
        self.space = !self.text.is_empty();
    }

    /// Whether there is any text yet.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// A mark before what comes next; its number, to close it by.
    pub(super) fn mark(&mut self, written_at: usize, name: &str, args: Vec<String>, scope: Scope) -> usize {
        let name = name.to_owned();
        self.marks.push(InlineMark { at: LATER, until: None, written_at, name, args, scope });
        self.marks.len() - 1
    }

    /// Ends a mark that encloses text.
    pub(super) fn close_mark(&mut self, number: usize) {
        let end = self.text.len();
        if let Some(mark) = self.marks.get_mut(number) {
            mark.at = mark.at.min(end);
            mark.until = Some(end);
        }
    }

    /// Markup over what comes next; its number, to close it by.
    pub(super) fn open(&mut self, markup: Markup) -> usize {
        self.markup.push(InlineMarkup { at: LATER, until: LATER, markup });
        self.markup.len() - 1
    }

    /// Ends markup.
    pub(super) fn close(&mut self, number: usize) {
        let end = self.text.len();
        if let Some(markup) = self.markup.get_mut(number) {
            markup.at = markup.at.min(end);
            markup.until = end;
        }
    }

    /// What is not placed yet stands before what comes next.
    fn place(&mut self) {
        let at = self.text.len();
        let (marks, markup) = self.placed;
        for mark in self.marks.iter_mut().skip(marks) {
            mark.at = mark.at.min(at);
        }
        for markup in self.markup.iter_mut().skip(markup) {
            markup.at = markup.at.min(at);
        }
        self.placed = (self.marks.len(), self.markup.len());
    }

    /// The text; what encloses nothing is dropped.
    pub(super) fn finish(mut self) -> Plain {
        self.place();
        self.marks.retain(|mark| mark.until.is_none_or(|until| until > mark.at));
        self.markup.retain(|markup| markup.until > markup.at);
        Plain { text: self.text, marks: self.marks, markup: self.markup, ..Plain::default() }
    }
}
