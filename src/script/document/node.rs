//! A parsed document, whatever it was written in: values with their byte offsets.

use std::borrow::Cow;

/// A value and where it begins.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node<'a> {
    /// Byte offset in the text.
    pub(crate) at: usize,
    pub(crate) kind: Kind<'a>,
}

/// What a value is. A number keeps its digits, so that it is read at the precision of whoever asks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind<'a> {
    Null,
    Bool(bool),
    Number(Cow<'a, str>),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    /// In the order of the text; no key stands twice.
    Table(Vec<Entry<'a>>),
}

/// A key, where it begins, and its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry<'a> {
    pub(crate) key: Cow<'a, str>,
    pub(crate) at: usize,
    pub(crate) value: Node<'a>,
}

impl<'a> Node<'a> {
    /// The entries of a table; none for anything else.
    pub(crate) fn entries(&self) -> &[Entry<'a>] {
        if let Kind::Table(entries) = &self.kind { entries } else { &[] }
    }

    /// The items of a list; none for anything else.
    pub(crate) fn items(&self) -> &[Self] {
        if let Kind::List(items) = &self.kind { items } else { &[] }
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The text, where it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        if let Kind::Text(text) = &self.kind { Some(text) } else { None }
    }

    /// The number, where it is a finite one.
    pub(crate) fn number(&self) -> Option<f64> {
        let Kind::Number(digits) = &self.kind else { return None };
        digits.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// What `pointer` names (keys and indices, each after a `/`), or as far as it leads.
    pub(crate) fn find(&self, pointer: &str) -> &Self {
        let mut node = self;
        for step in pointer.split('/').filter(|step| !step.is_empty()) {
            let next = match &node.kind {
                Kind::List(items) => step.parse().ok().and_then(|index: usize| items.get(index)),
                _ => node.get(step),
            };
            match next {
                Some(next) => node = next,
                None => break,
            }
        }
        node
    }
}

/// The first entry whose key stands earlier already.
pub(crate) fn repeated<'n, 'a>(entries: &'n [Entry<'a>]) -> Option<&'n Entry<'a>> {
    let mut sorted: Vec<&Entry<'_>> = entries.iter().collect();
    sorted.sort_by_key(|entry| (&entry.key, entry.at));
    let again = sorted.windows(2).filter_map(|pair| match pair {
        [first, second] if first.key == second.key => Some(second.at),
        _ => None,
    });
    let at = again.min()?;
    entries.iter().find(|entry| entry.at == at)
}
