//! Where the words of a text are.
//!
//! One rule for all stages, so that a mark's word index and a timeline's words agree. It knows no dictionary.

use std::ops::Range;

use super::written::DEFAULT_LANGUAGE;

/// The byte ranges of the words of `text`, in order: runs of characters between white space that hold a letter or digit,
/// with leading and trailing punctuation left out. Ideographs and kana are words of one character each.
pub fn split(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut run: Option<Range<usize>> = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if c.is_whitespace() || is_ideographic(c) {
            words.extend(run.take());
            if is_ideographic(c) {
                words.push(at..end);
            }
        } else if is_wide_punctuation(c) {
            words.extend(run.take());
        } else if c.is_alphanumeric() {
            run = Some(run.map_or(at, |r| r.start)..end);
        }
    }
    words.extend(run);
    words
}

/// Whether a character is written without spaces around its word: Han, kana, bopomofo. Characters that no edition of Unicode
/// assigns are none.
pub fn is_ideographic(c: char) -> bool {
    c.is_alphanumeric()
        && matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FC}' | '\u{3105}'..='\u{312F}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The language of a text of which nobody says it: Japanese where there are kana, Chinese where a fifth or more of the letters
/// are ideographs, else English.
pub fn language_of(text: &str) -> &'static str {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let ideographs = text.chars().filter(|c| is_ideographic(*c)).count();
    if text.chars().any(|c| matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}')) {
        "ja"
    } else if ideographs * 5 > letters {
        "zh"
    } else {
        DEFAULT_LANGUAGE
    }
}

/// Whether a character is the punctuation of such a script.
fn is_wide_punctuation(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{30FB}' | '\u{FF00}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn words_stand_without_their_punctuation() {
        assert_eq!(texts("Hello, world! It's 3:45 -- yes."), ["Hello", "world", "It's", "3:45", "yes"]);
        assert_eq!(texts("大家好,welcome 各位。"), ["大", "家", "好", "welcome", "各", "位"]);
        assert_eq!(texts("カール・マルクス"), ["カ", "ー", "ル", "マ", "ル", "ク", "ス"]);
        assert!(texts(" … — \u{3F862}").is_empty());
    }
}
