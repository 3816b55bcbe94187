//! The JSON Schemas of the two formats, made from the types that read them.

use schemars::Schema;
use schemars::transform::{Transform, transform_subschemas};

use super::{json, speech_file};

/// The schema of `NAME.timeline.json`, as text.
pub fn timeline() -> String {
    text(json::schema())
}

/// The schema of `NAME.speech.toml`, as text.
pub fn script() -> String {
    text(speech_file::schema())
}

/// A strict format's schema as the file that is kept of it.
pub(crate) fn text(mut schema: Schema) -> String {
    ForeignKeys.transform(&mut schema);
    format!("{:#}\n", schema.as_value())
}

/// Any table may hold `x-…` keys for other programs.
struct ForeignKeys;

impl Transform for ForeignKeys {
    fn transform(&mut self, schema: &mut Schema) {
        if schema.get("additionalProperties").is_some_and(|more| more == false) {
            schema.insert("patternProperties".to_owned(), serde_json::json!({ "^x-": true }));
        }
        transform_subschemas(self, schema);
    }
}
