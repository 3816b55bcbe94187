//! What only the text shows: lists and sets of attributes that are empty, which are to be left out, and extensions that
//! are used and not declared.

use gltf::json::Root;
use serde::Deserializer;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

/// What is told of a document's text.
#[derive(Default)]
pub(in crate::import) struct Faults {
    empty: usize,
    extensions: BTreeSet<String>,
}

impl Faults {
    /// As sentences.
    pub(in crate::import) fn told(&self, root: &Root) -> Vec<String> {
        let mut out = Vec::new();
        if self.empty > 0 {
            out.push(format!("{} lists or sets are empty, which should be left out", self.empty));
        }
        let declared = |name: &&String| !root.extensions_used.contains(name);
        let names: Vec<&str> = self.extensions.iter().filter(declared).map(String::as_str).collect();
        if !names.is_empty() {
            out.push(format!("extensions are used and not declared: {}", names.join(", ")));
        }
        out
    }
}

/// Goes through a document.
pub(in crate::import) fn faults_of_text(json: &[u8]) -> Faults {
    let mut faults = Faults::default();
    let mut document = serde_json::Deserializer::from_slice(json);
    // What is no JSON is told by whoever reads it.
    _ = Walk { faults: &mut faults, place: Place::Plain }.deserialize(&mut document);
    faults
}

/// Different extensions that are remembered, and how long their names may be.
const EXTENSIONS_LIMIT: usize = 100;
const NAME_LIMIT: usize = 80;

/// Where in a document a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Plain,
    /// A set of attributes, or a list of such: braces around nothing are a fault.
    Set,
    /// The members are extensions.
    Extensions,
    /// Inside an extension, which has its own rules for what may be empty.
    Extension,
    /// What applications keep for themselves.
    Extras,
}

impl Place {
    /// Of the member called `key`.
    fn inside(self, key: &str) -> Self {
        match (self, key) {
            (Self::Extras, _) | (_, "extras") => Self::Extras,
            (Self::Extensions, _) => Self::Extension,
            (_, "extensions") => Self::Extensions,
            (Self::Extension, _) => Self::Extension,
            (_, "attributes" | "targets") => Self::Set,
            _ => Self::Plain,
        }
    }
}

/// Goes through one value.
struct Walk<'a> {
    faults: &'a mut Faults,
    place: Place,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Self { faults, place } = self;
        let mut is_empty = true;
        while seq.next_element_seed(Walk { faults, place })?.is_some() {
            is_empty = false;
        }
        faults.empty += usize::from(is_empty && matches!(place, Place::Plain | Place::Set));
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { faults, place } = self;
        let mut is_empty = true;
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            is_empty = false;
            let is_new = place == Place::Extensions && faults.extensions.len() < EXTENSIONS_LIMIT;
            if is_new && !faults.extensions.contains(key.as_ref()) {
                faults.extensions.insert(key.chars().take(NAME_LIMIT).collect());
            }
            let place = place.inside(&key);
            map.next_value_seed(Walk { faults, place })?;
        }
        faults.empty += usize::from(is_empty && place == Place::Set);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_gltf_itself_leaves_empty_counts() {
        for (json, count) in [
            (r#"{"nodes":[{}],"scenes":[{"nodes":[0]}]}"#, 0),
            (r#"{"nodes":[{"children":[ ]}],"scenes":[]}"#, 2),
            (r#"{"meshes":[{"primitives":[{"attributes":{},"targets":[{},{"POSITION":1}]}]}]}"#, 2),
            (r#"{"nodes":[{"extras":{"tags":[]},"extensions":{"ACME":{"list":[]}}}]}"#, 0),
            (r#"{"name":"[]"}"#, 0),
            ("[[[", 0),
        ] {
            assert_eq!(faults_of_text(json.as_bytes()).empty, count, "{json}");
        }
    }

    #[test]
    fn extensions_are_found_wherever_they_are_used() {
        let json = r#"{"extensions":{"A":{"textures":[{"extensions":{"B":{}}}]}},"nodes":[{"extras":{"extensions":{"C":1}}}]}"#;
        let found = faults_of_text(json.as_bytes()).extensions;
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), ["A", "B"]);
    }
}
