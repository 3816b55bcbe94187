//! Characters of several readings: which words they are read unusually in. The table is `assets/lexicon/polyphones.txt`.

use std::collections::HashMap;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../../assets/lexicon/polyphones.txt");
/// The longest phrase of the table, in characters.
const LONGEST: usize = 6;

/// Phrases with the readings of some of their characters.
#[derive(Debug)]
pub(super) struct Polyphones {
    phrases: HashMap<Vec<char>, Vec<(char, &'static str)>>,
}

impl Polyphones {
    /// The embedded table, read once.
    pub(super) fn embedded() -> &'static Self {
        static TABLE_READ: OnceLock<Polyphones> = OnceLock::new();
        TABLE_READ.get_or_init(|| Self::parse(TABLE))
    }

    /// Lines of a character, its reading, and the phrases in which it is read so; `#` begins a comment.
    fn parse(table: &'static str) -> Self {
        let mut phrases: HashMap<Vec<char>, Vec<(char, &'static str)>> = HashMap::new();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split_whitespace();
            let (Some(character), Some(reading)) =
                (fields.next().and_then(|f| f.chars().next()), fields.next())
            else {
                continue;
            };
            for phrase in fields {
                phrases.entry(phrase.chars().collect()).or_default().push((character, reading));
            }
        }
        Self { phrases }
    }

    /// Whether a phrase stands in the table.
    pub(super) fn holds(&self, phrase: &[char]) -> bool {
        self.phrases.contains_key(phrase)
    }

    /// Puts the readings of all phrases within `characters` into `readings`; longer phrases rule, and a word of the
    /// text (`ends`: the index behind each) before what only happens to stand across words.
    pub(super) fn apply(&self, characters: &[char], ends: &[usize], readings: &mut [Option<String>]) {
        for length in 2..=LONGEST.min(characters.len()) {
            for is_within in [false, true] {
                for start in 0..=characters.len() - length {
                    let end = start + length;
                    let cuts = |at: usize| at == 0 || ends.contains(&at);
                    let crosses = ends.iter().any(|e| (start + 1..end).contains(e));
                    // Across words only where both ends are ends of words.
                    let counts = if is_within { !crosses } else { crosses && cuts(start) && cuts(end) };
                    let found = characters.get(start..end).and_then(|phrase| self.phrases.get(phrase));
                    for (character, reading) in found.filter(|_| counts).into_iter().flatten() {
                        for place in start..end {
                            if characters.get(place) == Some(character)
                                && let Some(slot) = readings.get_mut(place)
                            {
                                *slot = Some((*reading).to_owned());
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::pinyin;

    #[test]
    fn every_row_is_pinyin_and_holds_its_character() {
        let table = Polyphones::embedded();
        assert!(table.phrases.len() > 800, "{}", table.phrases.len());
        for line in TABLE.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            assert!(fields.len() > 2 && fields[0].chars().count() == 1, "{line}");
            // The r-sound that ends a syllable is none by itself.
            assert!(pinyin::read(fields[1]).is_some() || fields[1] == "r5", "{line}");
            for phrase in &fields[2..] {
                assert!(
                    phrase.contains(fields[0]) && phrase.chars().count() <= LONGEST,
                    "{phrase} in {}",
                    fields[0]
                );
            }
        }
    }
}
