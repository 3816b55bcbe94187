//! The JSON Schemas in `docs/` are those of the types that read; `BLESS=1` writes them anew.

use rhetor::script::schema;

#[test]
fn the_schemas_are_current() {
    for (name, text) in [("timeline", schema::timeline()), ("script", schema::script())] {
        let path = format!("{}/docs/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("BLESS").is_some() && std::env::var_os("CI").is_none() {
            std::fs::create_dir_all(std::path::Path::new(&path).parent().unwrap()).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == text, "docs/{name}.schema.json is stale: run the tests with BLESS=1");
    }
}
