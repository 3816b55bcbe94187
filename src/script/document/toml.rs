//! TOML → nodes.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Fault;
use super::node::{Entry, Kind, Node};

/// Parses a whole text.
///
/// # Errors
/// The first thing that is not TOML.
pub(crate) fn parse(text: &str) -> Result<Node<'_>, Fault> {
    let table = DeTable::parse(text).map_err(|error| {
        let fault = Fault::new(error.message().replace('\n', "; "));
        match error.span() {
            Some(span) => fault.at(span.start),
            None => fault,
        }
    })?;
    let at = table.span().start;
    Ok(Node { at, kind: Kind::Table(entries(table.into_inner())?) })
}

fn entries(table: DeTable<'_>) -> Result<Vec<Entry<'_>>, Fault> {
    let mut entries = Vec::with_capacity(table.len());
    for (key, value) in table {
        entries.push(Entry { at: key.span().start, key: key.into_inner(), value: node(value)? });
    }
    entries.sort_by_key(|entry| entry.at);
    Ok(entries)
}

fn node(value: Spanned<DeValue<'_>>) -> Result<Node<'_>, Fault> {
    let at = value.span().start;
    let kind = match value.into_inner() {
        DeValue::String(text) => Kind::Text(text),
        DeValue::Boolean(value) => Kind::Bool(value),
        DeValue::Float(float) => Kind::Number(Cow::Owned(float.as_str().to_owned())),
        DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(number) => Kind::Number(Cow::Owned(number.to_string())),
            Err(_) => return Err(Fault::new("the whole number is too large").at(at)),
        },
        DeValue::Datetime(date) => {
            return Err(Fault::new(format!("'{date}' is a date")).help("put it in quotes").at(at));
        }
        DeValue::Array(array) => Kind::List(array.into_iter().map(node).collect::<Result<_, _>>()?),
        DeValue::Table(table) => Kind::Table(entries(table)?),
    };
    Ok(Node { at, kind })
}
