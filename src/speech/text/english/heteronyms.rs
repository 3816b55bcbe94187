//! Words that sound by what stands before or behind them: which pronunciation goes first.
//!
//! All pronunciations stay; a listener may have heard another.

use super::phones::{from_arpabet, stress};
use super::word::Sounds;
use crate::speech::text::token::Token;

/// A word, its usual sounds, words before which make it sound otherwise, and how.
type Row = (&'static str, &'static str, &'static [&'static str], &'static str);

/// Behind these a verb stands in its base form.
const BEFORE_VERB: &[&str] = &[
    "to", "will", "would", "can", "could", "shall", "should", "may", "might", "must", "do", "don't",
    "didn't", "did", "does", "doesn't", "can't", "won't", "let's", "i'll", "you'll", "we'll", "they'll",
    "please", "i", "you", "we", "they", "who", "people", "not", "never", "and",
];
/// Behind these a noun stands.
const BEFORE_NOUN: &[&str] =
    &["the", "a", "an", "this", "that", "my", "your", "our", "his", "her", "their", "its", "no", "of"];

const ROWS: &[Row] = &[
    ("read", "R EH1 D", BEFORE_VERB, "R IY1 D"),
    ("live", "L AY1 V", BEFORE_VERB, "L IH1 V"),
    ("lives", "L IH1 V Z", &["our", "their", "your", "of", "save", "the"], "L AY1 V Z"),
    ("lead", "L IY1 D", &["of", "molten"], "L EH1 D"),
    ("wind", "W IH1 N D", &["to", "rewind"], "W AY1 N D"),
    ("winds", "W IH1 N D Z", &["it", "road", "river"], "W AY1 N D Z"),
    ("tear", "T EH1 R", &["a", "one", "her", "his"], "T IH1 R"),
    ("tears", "T IH1 R Z", &["it", "he", "she"], "T EH1 R Z"),
    ("close", "K L OW1 S", BEFORE_VERB, "K L OW1 Z"),
    ("use", "Y UW1 Z", BEFORE_NOUN, "Y UW1 S"),
    ("house", "HH AW1 S", &["to"], "HH AW1 Z"),
    ("bow", "B OW1", &["to", "i", "we", "a", "take"], "B AW1"),
    ("bass", "B EY1 S", &["sea", "largemouth"], "B AE1 S"),
    ("does", "D AH1 Z", &[], "D AH1 Z"),
    ("record", "R EH1 K ER0 D", BEFORE_VERB, "R IH0 K AO1 R D"),
    ("present", "P R EH1 Z AH0 N T", BEFORE_VERB, "P R IY0 Z EH1 N T"),
    ("presents", "P R IY0 Z EH1 N T S", BEFORE_NOUN, "P R EH1 Z AH0 N T S"),
    ("object", "AA1 B JH EH0 K T", &["to", "i", "we"], "AH0 B JH EH1 K T"),
    ("project", "P R AA1 JH EH0 K T", &["to", "we", "can"], "P R AA0 JH EH1 K T"),
    ("produce", "P R AH0 D UW1 S", BEFORE_NOUN, "P R OW1 D UW0 S"),
    ("content", "K AA1 N T EH0 N T", &["be", "feel", "was"], "K AH0 N T EH1 N T"),
    ("minute", "M IH1 N AH0 T", &["very"], "M AY0 N UW1 T"),
    ("separate", "S EH1 P ER0 IH0 T", BEFORE_VERB, "S EH1 P ER0 EY2 T"),
    ("estimate", "EH1 S T AH0 M AH0 T", BEFORE_VERB, "EH1 S T AH0 M EY2 T"),
    ("estimates", "EH1 S T AH0 M AH0 T S", &["he", "she", "it"], "EH1 S T AH0 M EY2 T S"),
    ("a", "AH0", &[], "AH0"),
];

/// Puts the pronunciation that fits between its neighbours first.
pub(super) fn order(word: &str, variants: &mut [Sounds], tokens: &[Token<'_>], at: usize) {
    if variants.len() < 2 {
        return;
    }
    if word == "the" {
        let is_before_vowel = tokens.get(at + 1).is_some_and(|next| begins_with_vowel(next.text));
        bring_first(variants, &from_arpabet(if is_before_vowel { "DH IY0" } else { "DH AH0" }));
        return;
    }
    let Some((_, usual, behind, other)) = ROWS.iter().find(|(name, ..)| *name == word) else { return };
    let before =
        at.checked_sub(1).and_then(|at| tokens.get(at)).map_or(String::new(), |t| t.text.to_lowercase());
    let sounds = if behind.contains(&before.replace('’', "'").as_str()) { other } else { usual };
    bring_first(variants, &from_arpabet(sounds));
}

/// Whether the next word sounds as if it began with a vowel.
fn begins_with_vowel(word: &str) -> bool {
    let lower = word.to_lowercase();
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        return lower.starts_with('8') || lower.starts_with("11") || lower.starts_with("18");
    }
    let sounds = super::word::variants(&lower);
    sounds.first().and_then(|s| s.first()).is_some_and(|first| stress(*first).is_some())
}

fn bring_first(variants: &mut [Sounds], wanted: &Sounds) {
    if let Some(place) = variants.iter().position(|sounds| sounds == wanted) {
        variants.get_mut(..=place).unwrap_or_default().rotate_right(1);
    }
}
