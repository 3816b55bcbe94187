//! JSON objects of extensions, read leniently: what is missing or ill is the extension's default.

use super::json;
use serde_json::{Map, Value};

/// One object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a>(&'a Value);

impl<'a> Fields<'a> {
    /// `None` where `value` is no object.
    pub(super) fn of(value: &'a Value) -> Option<Self> {
        value.is_object().then_some(Self(value))
    }

    /// The object under `key` of a glTF object's extensions.
    pub(super) fn extension(others: Option<&'a Map<String, Value>>, key: &str) -> Option<Self> {
        others?.get(key).and_then(Self::of)
    }

    /// The object under `key`.
    pub(super) fn object(self, key: &str) -> Option<Self> {
        self.0.get(key).and_then(Self::of)
    }

    /// The text under `key`.
    pub(super) fn text(self, key: &str) -> Option<&'a str> {
        self.0.get(key)?.as_str()
    }

    /// The list under `key`, empty where there is none.
    pub(super) fn list(self, key: &str) -> &'a [Value] {
        json::list(self.0, key)
    }

    /// The index or count under `key`.
    pub(super) fn index(self, key: &str) -> Option<usize> {
        json::index(self.0, key)
    }

    /// Whether `key` is true.
    pub(super) fn is_set(self, key: &str) -> bool {
        json::flag(self.0, key) == Some(true)
    }

    /// The number under `key` within `low..=high`, or `default`.
    pub(super) fn number(self, key: &str, default: f32, low: f32, high: f32) -> f32 {
        json::within(self.0, key, default, low, high)
    }

    /// The `N` numbers under `key`, each within `low..=high`, or `default`.
    pub(super) fn numbers<const N: usize>(
        self,
        key: &str,
        default: [f32; N],
        low: f32,
        high: f32,
    ) -> [f32; N] {
        json::numbers(self.0, key).map_or(default, |all: [f32; N]| all.map(|n| n.clamp(low, high)))
    }
}

/// `value` within `low..=high`; `instead` where it is not a number.
pub(super) fn bounded(value: f32, instead: f32, low: f32, high: f32) -> f32 {
    if value.is_finite() { value.clamp(low, high) } else { instead }
}
