//! Where in the text of a `PERSON.toml` a value stands.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// The bytes of the key at `path`; `None` where the text does not say it.
pub(super) fn of_key(text: &str, path: &[&str]) -> Option<Range<usize>> {
    let root = DeTable::parse(text).ok()?;
    let mut table = root.get_ref();
    let (last, sections) = path.split_last()?;
    for section in sections {
        let DeValue::Table(inner) = table.get(*section)?.get_ref() else { return None };
        table = inner;
    }
    table.iter().find(|(key, _)| key.get_ref() == last).map(|(key, _)| key.span())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_keys_in_sections() {
        let text = "name = \"x\"\n[body]\nage = 2\n[details]\n\"nose/long\" = 3\n";
        let found = |path: &[&str]| of_key(text, path).map(|span| &text[span]);
        assert_eq!(found(&["name"]), Some("name"));
        assert_eq!(found(&["body", "age"]), Some("age"));
        assert_eq!(found(&["details", "nose/long"]), Some("\"nose/long\""));
        assert_eq!(found(&["skin", "age"]), None);
    }
}
