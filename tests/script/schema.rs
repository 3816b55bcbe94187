//! The JSON Schemas in `docs/` are those of the types that read.

use rhetor::script::schema;

#[test]
fn the_schemas_are_current() {
    for (name, text) in [("timeline", schema::timeline()), ("script", schema::script())] {
        crate::common::assert_current(&format!("docs/{name}.schema.json"), &text);
    }
}
