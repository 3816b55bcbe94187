//! JSON records: an array of objects, or one object a line; and shapes of which only the starts are known.

use super::rows::rows;
use crate::script::document::{Fault, Kind, Node, parse_foreign_json};
use crate::script::timeline::TimedViseme;
use crate::time::Time;
use crate::vocabulary::Viseme;

/// How long the last shape lasts where nothing says so.
const LAST: Time = Time::from_millis(100);

/// One object and where its text begins.
pub(super) struct Record<'a> {
    node: Node<'a>,
    base: usize,
}

impl<'a> Record<'a> {
    /// The object.
    pub(super) const fn node(&self) -> &Node<'a> {
        &self.node
    }

    /// The first of `keys` that the object has.
    pub(super) fn any(&self, keys: &[&str]) -> Option<&Node<'_>> {
        keys.iter().find_map(|key| self.node.get(key))
    }

    /// A complaint about this record, or about a value in it.
    pub(super) fn fault(&self, message: impl Into<String>, node: Option<&Node<'_>>) -> Fault {
        Fault::new(message).at(self.base + node.map_or(self.node.at, |node| node.at))
    }

    /// A complaint about something in this record, at its place in the text.
    pub(super) fn placed(&self, fault: Fault) -> Fault {
        Fault { at: fault.at.map(|at| self.base + at), ..fault }
    }

    /// A number under one of `keys`.
    pub(super) fn number(&self, keys: &[&str]) -> Result<Option<f64>, Fault> {
        let Some(node) = self.any(keys) else { return Ok(None) };
        number_of(node).map(Some).ok_or_else(|| self.fault("expected a number", Some(node)))
    }
}

/// The objects of a text: of an array, one a line, or itself.
pub(super) fn documents(text: &str) -> Result<Vec<Record<'_>>, Fault> {
    let begin = text.len() - text.trim_start().len();
    let rest = text.get(begin..).unwrap_or_default();
    let first_line = rows(rest).next().map_or("", |row| row.text);
    if first_line.len() < rest.trim_end().len()
        && rest.starts_with('{')
        && parse_foreign_json(first_line).is_ok()
    {
        return read_lines(text, begin);
    }
    let root = parse_foreign_json(text)?;
    let list = match root.kind {
        Kind::List(items) => items,
        kind => vec![Node { at: root.at, kind }],
    };
    Ok(list.into_iter().map(|node| Record { node, base: 0 }).collect())
}

/// The objects of a text, or of the first list of objects in the object that it is.
pub(super) fn read(text: &str) -> Result<Vec<Record<'_>>, Fault> {
    let mut documents = documents(text)?;
    let is_table = |node: &Node<'_>| matches!(node.kind, Kind::Table(_));
    let is_list = |node: &Node<'_>| node.items().first().is_some_and(is_table);
    let wraps = |record: &Record<'_>| record.node.entries().iter().any(|entry| is_list(&entry.value));
    if documents.len() != 1 || !documents.iter().all(wraps) {
        return Ok(documents);
    }
    let Some(Record { node, base }) = documents.pop() else { return Ok(documents) };
    let Kind::Table(entries) = node.kind else { return Ok(documents) };
    let list = entries.into_iter().map(|entry| entry.value).find(is_list).map(|node| node.kind);
    let Some(Kind::List(items)) = list else { return Ok(documents) };
    Ok(items.into_iter().map(|node| Record { node, base }).collect())
}

fn read_lines(text: &str, begin: usize) -> Result<Vec<Record<'_>>, Fault> {
    let mut records = Vec::new();
    for row in rows(text.get(begin..).unwrap_or_default()).filter(|row| !row.is_blank()) {
        let base = begin + row.at;
        let node = parse_foreign_json(row.text)
            .map_err(|fault| Fault { at: fault.at.map(|at| base + at), ..fault })?;
        records.push(Record { node, base });
    }
    Ok(records)
}

/// The numbers of a list; what is none is missing.
pub(super) fn numbers(list: Option<&Node<'_>>) -> Vec<Option<f64>> {
    list.map_or(&[][..], Node::items).iter().map(number_of).collect()
}

/// A number, or a text that holds one.
pub(super) fn number_of(node: &Node<'_>) -> Option<f64> {
    node.number().or_else(|| node.text()?.trim().parse().ok().filter(|number: &f64| number.is_finite()))
}

/// Shapes of which each lasts until the next, the last until `end` (if it is later, else a tenth of a second). Rests
/// are left out.
pub(super) fn chain(mut starts: Vec<(Time, Viseme)>, end: Option<Time>) -> Vec<TimedViseme> {
    starts.sort_by_key(|(start, _)| *start);
    let nexts: Vec<Time> = starts.iter().skip(1).map(|(start, _)| *start).collect();
    starts
        .into_iter()
        .enumerate()
        .map(|(index, (start, viseme))| {
            let last = || end.filter(|end| *end > start).unwrap_or(start + LAST);
            TimedViseme { start, end: nexts.get(index).copied().unwrap_or_else(last), viseme, weight: 1.0 }
        })
        .filter(|shape| shape.viseme != Viseme::Sil && shape.end > shape.start)
        .collect()
}
