//! The examples in the format guides are what the program reads.

use rhetor::script::{Script, Timeline};

fn example(page: &str, language: &str) -> String {
    let path = format!("{}/docs/{page}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let begin = text.find(&format!("```{language}\n")).unwrap() + language.len() + 4;
    text[begin..].split("```").next().unwrap().to_owned()
}

#[test]
fn the_examples_of_the_guides_are_read() {
    let (script, warnings) = Script::from_toml(&example("script.md", "toml"), "script.md").unwrap();
    assert_eq!((script.lines.len(), warnings), (3, vec![]));
    let text = example("timeline.md", "json");
    let (timeline, warnings) = Timeline::from_json(&text, "timeline.md").unwrap();
    assert_eq!(warnings, []);
    assert_eq!(timeline.to_json(), text, "the example is laid out as the program writes it");
}

#[test]
fn the_guide_names_every_mark() {
    let path = format!("{}/docs/script.md", env!("CARGO_MANIFEST_DIR"));
    let guide = std::fs::read_to_string(path).unwrap();
    for row in rhetor::script::mark::KNOWN {
        assert!(guide.contains(&format!("[{}", row.name)), "{}", row.name);
    }
}
