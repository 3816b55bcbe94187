//! JSON records: an array of objects, or one object a line; and shapes of which only the starts are known.

use crate::script::document::{Fault, Kind, Node, parse_json};
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

impl Record<'_> {
    /// The first of `keys` that the object has.
    pub(super) fn any(&self, keys: &[&str]) -> Option<&Node<'_>> {
        keys.iter().find_map(|key| self.node.get(key))
    }

    /// A complaint about this record, or about a value in it.
    pub(super) fn fault(&self, message: impl Into<String>, node: Option<&Node<'_>>) -> Fault {
        Fault::new(message).at(self.base + node.map_or(self.node.at, |node| node.at))
    }

    /// A number under one of `keys`.
    pub(super) fn number(&self, keys: &[&str]) -> Result<Option<f64>, Fault> {
        let Some(node) = self.any(keys) else { return Ok(None) };
        let number =
            node.number().or_else(|| node.text()?.trim().parse().ok().filter(|n: &f64| n.is_finite()));
        number.map(Some).ok_or_else(|| self.fault("expected a number", Some(node)))
    }
}

/// The objects of a text: of an array, of the list in an object, or one a line.
pub(super) fn read(text: &str) -> Result<Vec<Record<'_>>, Fault> {
    let begin = text.len() - text.trim_start_matches('\u{FEFF}').trim_start().len();
    let first_line = text[begin..].lines().next().unwrap_or_default();
    if text[begin..].starts_with('{') && parse_json(first_line).is_ok() {
        return read_lines(text, begin);
    }
    let root = parse_json(text)?;
    let list = match root.kind {
        Kind::List(items) => items,
        Kind::Table(entries) => entries
            .into_iter()
            .find_map(|entry| if let Kind::List(items) = entry.value.kind { Some(items) } else { None })
            .unwrap_or_default(),
        _ => Vec::new(),
    };
    Ok(list.into_iter().map(|node| Record { node, base: 0 }).collect())
}

fn read_lines(text: &str, begin: usize) -> Result<Vec<Record<'_>>, Fault> {
    let mut records = Vec::new();
    let mut base = begin;
    for line in text[begin..].split_inclusive('\n') {
        if !line.trim().is_empty() {
            let node =
                parse_json(line).map_err(|fault| Fault { at: fault.at.map(|at| base + at), ..fault })?;
            records.push(Record { node, base });
        }
        base += line.len();
    }
    Ok(records)
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
