//! Which language each word of a text is in: by its script and the language of the text.
//!
//! Only what the characters tell; it guesses no language from spelling.

use super::mandarin;
use super::token::Token;
use crate::speech::pinyin;

/// How a word is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    Mandarin,
    /// Mandarin spelt in Latin letters with tones.
    Pinyin,
    Spanish,
    German,
    French,
    Japanese,
    /// The language of the text, for which another reader is needed.
    Other,
}

/// Primary subtags with their languages.
const LANGUAGES: &[(&str, Tongue)] = &[
    ("en", Tongue::English),
    ("zh", Tongue::Mandarin),
    ("cmn", Tongue::Mandarin),
    ("es", Tongue::Spanish),
    ("de", Tongue::German),
    ("fr", Tongue::French),
    ("ja", Tongue::Japanese),
    ("", Tongue::English),
];

/// The language of a tag such as `en-GB`.
pub(super) fn of_tag(tag: &str) -> Tongue {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    LANGUAGES.iter().find(|(name, _)| *name == primary).map_or(Tongue::Other, |(_, tongue)| *tongue)
}

/// The language of every word of a text in `language`.
pub(super) fn of_words(tokens: &[Token<'_>], language: &str) -> Vec<Tongue> {
    let main = of_tag(language);
    let has_kana = tokens.iter().any(|token| token.text.chars().any(is_kana));
    let all_pinyin = main == Tongue::Mandarin && tokens.iter().all(|t| pinyin::read(t.text).is_some());
    let mut tongues: Vec<Tongue> =
        tokens.iter().map(|token| of_word(token.text, main, has_kana, all_pinyin)).collect();
    // A unit behind its number is said in the language of the text.
    let pairs = tokens.windows(2).zip(tongues.iter_mut().skip(1));
    for (pair, tongue) in pairs.filter(|_| main == Tongue::Mandarin) {
        let &[number, unit] = pair else { continue };
        let is_behind =
            number.text.ends_with(|c: char| c.is_ascii_digit()) && matches!(unit.before.trim(), "" | "°");
        if is_behind && (mandarin::is_unit(unit.text) || unit.before.ends_with('°')) {
            *tongue = main;
        }
    }
    tongues
}

fn of_word(word: &str, main: Tongue, has_kana: bool, all_pinyin: bool) -> Tongue {
    let first = word.chars().find(|c| c.is_alphabetic());
    match first {
        // Numbers are said in the language of the text.
        None => main,
        Some(c) if is_kana(c) => Tongue::Japanese,
        Some(c) if is_han(c) && (main == Tongue::Japanese || main != Tongue::Mandarin && has_kana) => {
            Tongue::Japanese
        }
        Some(c) if is_han(c) => Tongue::Mandarin,
        Some(_)
            if main == Tongue::Mandarin && (all_pinyin || has_tone(word)) && pinyin::read(word).is_some() =>
        {
            Tongue::Pinyin
        }
        // A unit behind its number, or a number with its unit.
        Some(_)
            if matches!(main, Tongue::Mandarin | Tongue::Japanese)
                && word.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            main
        }
        // Figures in a name of Latin letters are said in Mandarin.
        Some(c) if is_latin(c) && main == Tongue::Mandarin && is_code(word) => Tongue::Mandarin,
        Some(c) if is_latin(c) && matches!(main, Tongue::Mandarin | Tongue::Japanese) => Tongue::English,
        Some(c) if is_latin(c) => main,
        // Letters of another script in a text whose language has Latin ones.
        Some(_) => Tongue::Other,
    }
}

/// Whether a word is made of letters and figures, as names of products are.
fn is_code(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '$'))
}

/// Whether a word of Latin letters has a tone of pinyin: a digit behind letters, or a tone mark.
fn has_tone(word: &str) -> bool {
    word.starts_with(char::is_alphabetic) && word.ends_with(|c: char| ('1'..='5').contains(&c))
        || word.to_lowercase().contains([
            'ā', 'á', 'ǎ', 'à', 'ē', 'é', 'ě', 'è', 'ī', 'í', 'ǐ', 'ì', 'ō', 'ó', 'ǒ', 'ò', 'ū', 'ú', 'ǔ',
            'ù', 'ǖ', 'ǘ', 'ǚ', 'ǜ',
        ])
}

pub(super) fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309F}' | '\u{30A1}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{AA}' | '\u{BA}' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}
