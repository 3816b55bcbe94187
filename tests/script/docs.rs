//! The examples in the format guides are what the program reads, and the pages made from tables are current.

use rhetor::script::foreign::{self, FORMATS};
use rhetor::script::{Script, Timeline};

fn example(page: &str, language: &str) -> String {
    examples(page, language).remove(0)
}

fn examples(page: &str, language: &str) -> Vec<String> {
    let path = format!("{}/docs/{page}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let fence = format!("```{language}\n");
    let fences = text.split(fence.as_str()).skip(1);
    fences.map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_example_in_ssml_is_read() {
    let line = format!("version = \"1.0\"\n{}", examples("script.md", "toml")[1]);
    let (script, warnings) = Script::from_toml(&line, "script.md").unwrap();
    assert_eq!((script.lines[0].markup.len(), warnings), (3, vec![]));
}

#[test]
fn the_programs_of_the_guide_are_voices() {
    let tables = format!("version = \"1.0\"\n{}", examples("voices.md", "toml")[2]);
    let config = rhetor::host::Config::parse(&tables, "voices.md").unwrap();
    assert_eq!(config.voices.len(), 3);
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

#[test]
fn the_page_of_timing_formats_is_current() {
    crate::common::assert_current("docs/timing-formats.md", &foreign::page());
}

#[test]
fn the_table_of_timing_formats_is_sound() {
    let mut endings = std::collections::BTreeSet::new();
    let mut ids = std::collections::BTreeSet::new();
    for format in FORMATS {
        assert!(ids.insert(format.id), "{} stands twice", format.id);
        assert!(!format.holds.is_empty() && !format.notes.ends_with('.'), "{}", format.id);
        assert!(foreign::help().contains(format.name), "{}", format.id);
        for ending in format.endings {
            // What is only read, and surely told from its content, may end as another does.
            assert!(endings.insert(*ending) || !format.is_written(), "{ending} is of two formats");
            assert_eq!(*ending, ending.to_lowercase());
        }
        if format.is_written() {
            assert_eq!(foreign::of_output(&format!("a{}", format.ending())), Ok(format));
        }
    }
    // No ending hides another's: `.json` alone names nothing.
    for ending in &endings {
        assert!(endings.iter().all(|other| other == ending || !other.ends_with(ending)), "{ending}");
    }
}
