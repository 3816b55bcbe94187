//! Forgiving reading of an extension's JSON: a member of the wrong kind counts as absent.
//!
//! Writers of VRM disagree about details, and one odd member must not cost the avatar all the others.

use serde_json::Value;

/// Longest text kept.
const TEXT_LIMIT: usize = 2000;

/// A member's text, without what lies around it; empty where there is none.
pub(super) fn text(object: &Value, member: &str) -> String {
    object.get(member).and_then(Value::as_str).map_or_else(String::new, clean)
}

/// Text from a file, fit for one place in a report.
pub(super) fn clean(text: &str) -> String {
    let kept = text.trim().chars().filter(|c| !c.is_control() || *c == '\n');
    kept.take(TEXT_LIMIT).collect()
}

/// A member's texts that are not empty.
pub(super) fn texts(object: &Value, member: &str) -> Vec<String> {
    let all = list(object, member).iter().filter_map(Value::as_str).map(clean);
    all.filter(|t| !t.is_empty()).take(100).collect()
}

/// A member's number, if it is finite.
pub(super) fn number(object: &Value, member: &str) -> Option<f32> {
    object.get(member).and_then(as_number)
}

/// A finite number.
pub(super) fn as_number(value: &Value) -> Option<f32> {
    value.as_f64().map(|n| n as f32).filter(|n| n.is_finite())
}

/// A member's number within bounds, or the default.
pub(super) fn within(object: &Value, member: &str, default: f32, low: f32, high: f32) -> f32 {
    number(object, member).map_or(default, |n| n.clamp(low, high))
}

/// A member's index; some writers say −1 for none, and some write indices as fractions.
pub(super) fn index(object: &Value, member: &str) -> Option<usize> {
    let value = object.get(member)?;
    let whole = value.as_u64().or_else(|| value.as_f64().filter(|n| *n >= 0.0 && *n < 1e9).map(|n| n as u64));
    whole.and_then(|n| usize::try_from(n).ok())
}

/// A member's truth.
pub(super) fn flag(object: &Value, member: &str) -> Option<bool> {
    object.get(member).and_then(Value::as_bool)
}

/// A member's elements.
pub(super) fn list<'a>(object: &'a Value, member: &str) -> &'a [Value] {
    object.get(member).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The first numbers of a member that is a list of at least as many.
pub(super) fn numbers<const N: usize>(object: &Value, member: &str) -> Option<[f32; N]> {
    let mut out = [0.0; N];
    let list = list(object, member);
    for (slot, place) in out.iter_mut().enumerate() {
        *place = as_number(list.get(slot)?)?;
    }
    Some(out)
}

/// A member's `x`, `y` and `z`.
pub(super) fn xyz(object: &Value, member: &str) -> Option<[f32; 3]> {
    let vector = object.get(member)?;
    Some([number(vector, "x")?, number(vector, "y")?, number(vector, "z")?])
}
