//! Nodes → serde types, with unknown keys, wrong types and unknown names told with their place.

use std::cell::RefCell;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, IntoDeserializer as _, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use super::node::{Entry, Kind, Node};
use super::{Fault, suggest};
use crate::diagnostic::Severity;

/// What is found beside the first error that stops the reading.
pub(super) struct Context {
    newer: bool,
    faults: RefCell<Vec<Fault>>,
}

impl Context {
    pub(super) fn new(newer: bool) -> Self {
        Self { newer, faults: RefCell::default() }
    }

    pub(super) fn into_faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }

    fn unknown_key(&self, entry: &Entry<'_>, known: &[&str]) {
        let severity = if self.newer { Severity::Warning } else { Severity::Error };
        let fault = Fault::new(format!("unknown key '{}'", entry.key)).help(suggest(&entry.key, known));
        self.faults.borrow_mut().push(Fault { severity, ..fault.at(entry.at) });
    }
}

/// Keys that any table may hold for other programs.
fn is_foreign(key: &str) -> bool {
    key.starts_with("x-")
}

#[derive(Clone, Copy)]
pub(super) struct NodeDeserializer<'n> {
    node: &'n Node<'n>,
    context: &'n Context,
}

impl<'n> NodeDeserializer<'n> {
    pub(super) fn new(node: &'n Node<'n>, context: &'n Context) -> Self {
        Self { node, context }
    }

    fn entries<V: Visitor<'n>>(self, visitor: V, known: Option<&[&str]>) -> Result<V::Value, Fault> {
        let Kind::Table(entries) = &self.node.kind else { return self.deserialize_any_inner(visitor) };
        let mut kept = Vec::with_capacity(entries.len());
        for entry in entries {
            match known {
                _ if is_foreign(&entry.key) => {}
                Some(known) if !known.contains(&&*entry.key) => self.context.unknown_key(entry, known),
                _ => kept.push(entry),
            }
        }
        visitor.visit_map(Entries { entries: kept.into_iter(), value: None, context: self.context })
    }

    fn deserialize_any_inner<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.kind {
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(value) => visitor.visit_bool(*value),
            Kind::Text(text) => visitor.visit_borrowed_str(text),
            Kind::Number(digits) => {
                if let Ok(number) = digits.parse::<u64>() {
                    visitor.visit_u64(number)
                } else if let Ok(number) = digits.parse::<i64>() {
                    visitor.visit_i64(number)
                } else {
                    visitor.visit_f64(finite(digits)?)
                }
            }
            Kind::List(items) => visitor.visit_seq(Items { items: items.iter(), context: self.context }),
            Kind::Table(_) => self.entries(visitor, None),
        }
    }
}

fn finite(digits: &str) -> Result<f64, Fault> {
    let number = digits.parse().ok().filter(|number: &f64| number.is_finite());
    number.ok_or_else(|| Fault::new(format!("'{digits}' is not a finite number")))
}

impl<'n> de::Deserializer<'n> for NodeDeserializer<'n> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_any_inner(visitor).map_err(|fault| fault.at(self.node.at))
    }

    fn deserialize_f64<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Kind::Number(digits) = &self.node.kind else { return self.deserialize_any(visitor) };
        finite(digits).and_then(|number| visitor.visit_f64(number)).map_err(|fault| fault.at(self.node.at))
    }

    fn deserialize_f32<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Kind::Number(digits) = &self.node.kind else { return self.deserialize_any(visitor) };
        match digits.parse::<f32>() {
            Ok(number) if number.is_finite() => visitor.visit_f32(number),
            _ => Err(Fault::new(format!("'{digits}' is not a finite number"))),
        }
        .map_err(|fault| fault.at(self.node.at))
    }

    fn deserialize_option<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.node.kind == Kind::Null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'n>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'n>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.entries(visitor, Some(fields)).map_err(|fault| fault.at(self.node.at))
    }

    fn deserialize_enum<V: Visitor<'n>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let result = match &self.node.kind {
            Kind::Text(text) => {
                let deserializer: StrDeserializer<'_, Fault> = (&**text).into_deserializer();
                visitor.visit_enum(deserializer)
            }
            _ => self.deserialize_any_inner(visitor),
        };
        result.map_err(|fault| fault.at(self.node.at))
    }

    forward_to_deserialize_any! {
        <V: Visitor<'n>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map identifier ignored_any
    }
}

struct Entries<'n> {
    entries: std::vec::IntoIter<&'n Entry<'n>>,
    value: Option<&'n Node<'n>>,
    context: &'n Context,
}

impl<'n> MapAccess<'n> for Entries<'n> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'n>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some(entry) = self.entries.next() else { return Ok(None) };
        self.value = Some(&entry.value);
        let key: StrDeserializer<'_, Fault> = (&*entry.key).into_deserializer();
        seed.deserialize(key).map(Some).map_err(|fault| fault.at(entry.at))
    }

    fn next_value_seed<S: DeserializeSeed<'n>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let node = self.value.take().ok_or_else(|| Fault::new("a value is missing"))?;
        seed.deserialize(NodeDeserializer::new(node, self.context)).map_err(|fault| fault.at(node.at))
    }
}

struct Items<'n> {
    items: std::slice::Iter<'n, Node<'n>>,
    context: &'n Context,
}

impl<'n> SeqAccess<'n> for Items<'n> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'n>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let Some(node) = self.items.next() else { return Ok(None) };
        seed.deserialize(NodeDeserializer::new(node, self.context))
            .map(Some)
            .map_err(|fault| fault.at(node.at))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(format!("expected {}, found {}", wanted(&expected.to_string()), describe(found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("'{field}' is missing"))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("unknown name '{variant}'")).help(suggest(variant, expected))
    }
}

/// serde's words for what it wants, in a writer's words.
fn wanted(expected: &str) -> &str {
    match expected {
        "f32" | "f64" => "a number",
        "u8" => "a whole number in 0..=255",
        "u32" | "u64" => "a whole number from 0",
        "a string" | "string" => "a text",
        "a sequence" => "a list",
        "a boolean" => "true or false",
        other if other.starts_with("struct ") || other == "a map" => "a table of keys",
        other => other,
    }
}

fn describe(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Str(text) => format!("the text '{}'", text.chars().take(40).collect::<String>()),
        Unexpected::Unsigned(number) => format!("{number}"),
        Unexpected::Signed(number) => format!("{number}"),
        Unexpected::Float(number) => format!("{number}"),
        Unexpected::Bool(value) => format!("{value}"),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "a table of keys".to_owned(),
        Unexpected::Unit | Unexpected::Option => "null".to_owned(),
        other => other.to_string(),
    }
}
