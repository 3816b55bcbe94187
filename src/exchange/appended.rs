//! A glTF document to which something is appended: what is not touched stays letter by letter as it was.
//!
//! It takes no part of a document out.

use crate::diagnostic::Diagnostic;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The members of an object, unread.
type Members = BTreeMap<String, Box<RawValue>>;

/// A document under way.
pub(super) struct Document<'a> {
    name: &'a str,
    members: Members,
}

impl<'a> Document<'a> {
    /// Reads the text of a document; `name` is for messages.
    pub(super) fn read(json: &[u8], name: &'a str) -> Result<Self, Diagnostic> {
        let members = serde_json::from_slice(json).map_err(|error| broken(name, &error))?;
        Ok(Self { name, members })
    }

    /// The entries of a list; none where it is not there.
    pub(super) fn list(&self, key: &str) -> Result<Vec<Box<RawValue>>, Diagnostic> {
        self.members.get(key).map_or(Ok(Vec::new()), |raw| self.parsed(raw))
    }

    fn parsed<'r, T: serde::Deserialize<'r>>(&self, raw: &'r RawValue) -> Result<T, Diagnostic> {
        serde_json::from_str(raw.get()).map_err(|error| broken(self.name, &error))
    }

    fn raw<T: serde::Serialize>(&self, value: &T) -> Result<Box<RawValue>, Diagnostic> {
        serde_json::value::to_raw_value(value).map_err(|error| broken(self.name, &error))
    }

    /// Puts `entries` behind those of a list.
    pub(super) fn append(&mut self, key: &str, entries: &[Value]) -> Result<(), Diagnostic> {
        let mut list = self.list(key)?;
        for entry in entries {
            list.push(self.raw(entry)?);
        }
        self.put(key, &list)
    }

    /// Puts a list in the place of what was there.
    pub(super) fn put(&mut self, key: &str, list: &[Box<RawValue>]) -> Result<(), Diagnostic> {
        let raw = self.raw(&list)?;
        self.members.insert(key.to_owned(), raw);
        Ok(())
    }

    /// Changes an entry of a list, member by member; `change` says whether it did.
    pub(super) fn change(
        &self,
        entry: &mut Box<RawValue>,
        change: impl FnOnce(&mut BTreeMap<String, Value>) -> bool,
    ) -> Result<(), Diagnostic> {
        let mut members: BTreeMap<String, Value> = self.parsed(entry)?;
        if change(&mut members) {
            *entry = self.raw(&members)?;
        }
        Ok(())
    }

    /// What entries of a list call another file by.
    pub(super) fn other_file(&self, key: &str) -> Result<Option<String>, Diagnostic> {
        for entry in self.list(key)? {
            let entry: Value = self.parsed(&entry)?;
            let uri = entry.get("uri").and_then(Value::as_str);
            if let Some(uri) = uri.filter(|uri| !uri.trim_start().starts_with("data:")) {
                return Ok(Some(uri.chars().take(80).collect()));
            }
        }
        Ok(None)
    }

    /// The text.
    pub(super) fn into_json(self) -> Result<Vec<u8>, Diagnostic> {
        serde_json::to_vec(&self.members).map_err(|error| broken(self.name, &error))
    }
}

fn broken(name: &str, error: &serde_json::Error) -> Diagnostic {
    Diagnostic::error(name, format!("not valid glTF: {error}")).help("export the avatar again")
}
