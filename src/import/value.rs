//! What springs, constraints and animations read beside plain members: vectors, and nodes that are kept.

use super::json::{index, list, number, numbers, xyz};
use glam::Vec3;
use serde_json::Value;

/// A number under `key`, or `default`.
pub(super) fn number_or(object: &Value, key: &str, default: f32) -> f32 {
    number(object, key).unwrap_or(default)
}

/// A vector under `key`, written `[x, y, z]` or `{"x": …, "y": …, "z": …}`, or `default`.
pub(super) fn vector(object: &Value, key: &str, default: Vec3) -> Vec3 {
    numbers(object, key).or_else(|| xyz(object, key)).map_or(default, Vec3::from)
}

/// The place of the node whose document index stands under `key`, where it is kept.
pub(super) fn node(object: &Value, key: &str, place: &[Option<usize>]) -> Option<usize> {
    place.get(index(object, key)?).copied().flatten()
}

/// The indices under `key`.
pub(super) fn indices(object: &Value, key: &str) -> impl Iterator<Item = usize> {
    list(object, key).iter().filter_map(|v| usize::try_from(v.as_u64()?).ok())
}
