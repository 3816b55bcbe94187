//! What is written short or put together: abbreviations, acronyms, Roman numerals, words of several parts.

use super::super::token::Token;
use super::dictionary::Dictionary;
use super::numbers::{cardinal, in_name, is_digits, ordinal, roman};
use super::scene::{Said, Scene, only};
use super::tables::{ABBREVIATIONS, BEFORE_ORDINAL, BEFORE_ROMAN, SAID_AS_WORDS, SHORT_WORDS, SPELT, When};

/// `Mr.`, `No. 5`, `St. John`, `e.g.`; `U.S.A.`.
pub(super) fn abbreviation(scene: &Scene<'_>) -> Option<Said> {
    let text = scene.text();
    let token = scene.token();
    let lower = text.to_lowercase();
    match lower.as_str() {
        "st" if token.has_stop() || text == "St" => {
            return Some(only(by_neighbour(scene, "saint", "street")));
        }
        "dr" if text == "Dr" || token.has_stop() => {
            return Some(only(by_neighbour(scene, "doctor", "drive")));
        }
        _ => {}
    }
    let row = ABBREVIATIONS.iter().find(|(short, when, _)| {
        *short == lower
            && match when {
                When::Always => true,
                When::Stop => token.has_stop(),
                When::BeforeNumber => token.has_stop() && scene.is_before_number(),
                When::BeforeName => token.has_stop() && scene.is_before_name(),
                When::Number => scene.is_before_number(),
            }
    });
    if let Some((_, _, said)) = row {
        return Some(only(*said));
    }
    dotted(text)
}

/// Behind a name it is a way (`Main St.`), before one a title (`St. John`).
fn by_neighbour(scene: &Scene<'_>, title: &str, way: &str) -> String {
    let follows_name = !scene.begins_sentence()
        && scene
            .previous()
            .is_some_and(|p| p.text().starts_with(char::is_uppercase) && scene.token().before == " ");
    let is_way = follows_name && !scene.is_before_name()
        || !scene.is_before_name() && scene.previous().is_some_and(|p| p.text().ends_with("th"));
    if is_way { way.to_owned() } else { title.to_owned() }
}

/// Single letters with full stops between: spelt.
fn dotted(text: &str) -> Option<Said> {
    let (body, ending) = match text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")) {
        Some(body) => (body.trim_end_matches('.'), "'s"),
        None => (text, ""),
    };
    let letters: Vec<&str> = body.split('.').collect();
    let is_letter = |part: &&str| part.len() == 1 && part.chars().all(|c| c.is_ascii_alphabetic());
    (letters.len() > 1 && letters.iter().all(is_letter))
        .then(|| only(format!("{}{ending}", letters.join(" ").to_uppercase())))
}

/// `Chapter IV`, `World War II`, `Henry VIII`.
pub(super) fn roman_numeral(scene: &Scene<'_>) -> Option<Said> {
    let text = scene.text();
    let (numeral, ending) = match text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")) {
        Some(numeral) => (numeral, "'s"),
        None => (text, ""),
    };
    let before = scene.previous_lower();
    let is_title = BEFORE_ROMAN.contains(&before.as_str());
    let is_name = BEFORE_ORDINAL.contains(&before.as_str())
        && scene.previous().is_some_and(|p| p.text().starts_with(char::is_uppercase));
    if !(is_title || is_name && (numeral.len() > 1 || numeral != "I")) {
        return None;
    }
    let value = roman(numeral).filter(|value| *value < 100)?.to_string();
    let said = if is_name { format!("the {}", ordinal(&value)) } else { cardinal(&value) };
    Some(only(format!("{said}{ending}")))
}

/// Everything else: the word by its parts.
pub(super) fn word(scene: &Scene<'_>) -> Said {
    let text = scene.text();
    let suffix = scene.token().suffix();
    match (text, suffix) {
        ("C" | "c", _) if suffix.starts_with("++") => return only("C plus plus"),
        ("C" | "F", _) if suffix.starts_with('#') => return only(format!("{text} sharp")),
        _ if text.chars().count() == 1 && scene.is_among_ideographs() => return only(text.to_uppercase()),
        ("A", _) if !scene.begins_sentence() && !scene.is_in_capitals() => {
            return vec!["A".to_owned(), "a".to_owned()];
        }
        ("I" | "a" | "A" | "o" | "O", _) => return only(text.to_lowercase()),
        _ => {}
    }
    only(pieces(text, scene.is_in_capitals()))
}

/// A word of letters, digits and signs as words, names of letters as capitals. `in_capitals`: the words around are
/// capitals too, so that capitals say nothing.
pub(super) fn pieces(text: &str, in_capitals: bool) -> String {
    let runs = runs(text);
    let several = runs.len() > 1;
    let mut said: Vec<String> = Vec::new();
    for run in runs {
        if is_digits(run) {
            let alone = !several && run.len() > 4;
            said.push(if alone { cardinal(run) } else { in_name(run) });
        } else if run.chars().any(char::is_alphabetic) {
            let is_initials = text.contains('&') && run.len() <= 3 && run.chars().all(char::is_uppercase);
            said.push(if is_initials { spaced(run) } else { letters(run, several, in_capitals) });
        } else {
            let name = match run {
                "&" => "and",
                "+" => "plus",
                "%" => "percent",
                "@" => "at",
                "=" => "equals",
                "°" => "degrees",
                _ => continue,
            };
            said.push(name.to_owned());
        }
    }
    said.retain(|word| !word.is_empty());
    said.join(" ")
}

/// Cut where letters, digits and signs meet; apostrophes within a word stay in it.
fn runs(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        '\'' | '’' | 'ʼ' => 0,
        _ if c.is_ascii_digit() => 1,
        _ if c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c) => 0,
        _ => 2,
    };
    let mut found = Vec::new();
    let mut start = 0;
    let mut last: Option<u8> = None;
    for (at, c) in text.char_indices() {
        let here = kind(c);
        if last.is_some_and(|last| last != here || here == 2) {
            found.extend(text.get(start..at));
            start = at;
        }
        last = Some(here);
    }
    found.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    found
}

/// A run of letters. `in_code`: it stands beside digits or signs, so that a single letter is its name.
fn letters(run: &str, in_code: bool, in_capitals: bool) -> String {
    let lower = run.to_lowercase().replace(['’', 'ʼ'], "'");
    let (stem, ending) = match run.strip_suffix('s') {
        Some(stem) if is_acronym_plural(stem) => (stem.trim_end_matches(['\'', '’']), "'s"),
        _ => (run, ""),
    };
    let count = stem.chars().count();
    if count == 1 && ending.is_empty() {
        return if in_code || !matches!(lower.as_str(), "a" | "i" | "o") {
            run.to_uppercase()
        } else {
            lower
        };
    }
    let is_capitals = stem.chars().all(|c| c.is_uppercase());
    if is_capitals {
        return match acronym(&stem.to_lowercase(), in_capitals) {
            true => format!("{}{ending}", spaced(stem)),
            false => lower,
        };
    }
    let has_inner_capital = run.chars().skip(1).any(char::is_uppercase);
    if has_inner_capital && !Dictionary::embedded().holds(&lower) {
        let parts = humps(run);
        let is_name = parts.first().is_some_and(|first| matches!(*first, "Mc" | "Mac" | "O'" | "De" | "Le"));
        if parts.len() > 1 && !is_name {
            return parts.iter().map(|part| letters(part, true, false)).collect::<Vec<_>>().join(" ");
        }
    }
    lower
}

/// The names of the letters.
fn spaced(letters: &str) -> String {
    letters.chars().map(|c| c.to_string()).collect::<Vec<_>>().join(" ")
}

/// Capitals before an `s`, as in CEOs or GPU's.
fn is_acronym_plural(stem: &str) -> bool {
    let letters = stem.trim_end_matches(['\'', '’']);
    letters.chars().count() > 1 && letters.chars().all(char::is_uppercase)
}

/// Cut where a capital follows a small letter, and before the last capital of several.
fn humps(run: &str) -> Vec<&str> {
    let chars: Vec<(usize, char)> = run.char_indices().collect();
    let mut found = Vec::new();
    let mut start = 0;
    for window in chars.windows(2) {
        let &[(first, a), (second, b)] = window else { continue };
        let cut = if a.is_lowercase() && b.is_uppercase() {
            second
        } else if a.is_uppercase() && b.is_lowercase() && first > start {
            first
        } else {
            continue;
        };
        found.extend(run.get(start..cut).filter(|part| !part.is_empty()));
        start = cut;
    }
    found.extend(run.get(start..).filter(|rest| !rest.is_empty()));
    found
}

/// Whether capitals (given in lower case) are spelt, not read.
fn acronym(lower: &str, in_capitals: bool) -> bool {
    let is_known = Dictionary::embedded().holds(lower);
    let count = lower.chars().count();
    if !lower.chars().all(|c| c.is_ascii_alphabetic()) {
        return false;
    }
    if in_capitals && is_known || SAID_AS_WORDS.contains(&lower) {
        return false;
    }
    if SPELT.contains(&lower) || count <= 6 && !lower.contains(['a', 'e', 'i', 'o', 'u', 'y']) {
        return true;
    }
    match count {
        0..=3 => !SHORT_WORDS.contains(&lower),
        _ if is_known => false,
        4..=5 => !is_pronounceable(lower),
        _ => !is_pronounceable(lower) && !in_capitals,
    }
}

/// Whether letters look like a word: vowels among the consonants, and no odd beginning.
fn is_pronounceable(lower: &str) -> bool {
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let pattern: String = lower.chars().map(|c| if is_vowel(c) { 'v' } else { 'c' }).collect();
    let begins_well = pattern.starts_with("vc")
        || pattern.starts_with("cv")
        || [
            "bl", "br", "cl", "cr", "dr", "fl", "fr", "gl", "gr", "pl", "pr", "sc", "sk", "sl", "sm", "sn",
            "sp", "st", "sw", "tr", "ch", "sh", "th",
        ]
        .iter()
        .any(|start| lower.starts_with(start));
    begins_well && pattern.contains('v') && !pattern.contains("ccc") && !pattern.contains("vvv")
}

/// Symbols that stand by themselves before a word, `is_first` in its text.
pub(super) fn lone_symbols(token: &Token<'_>, is_first: bool) -> Vec<&'static str> {
    let gap = token.before;
    let start = if is_first { Some(0) } else { gap.find(char::is_whitespace) };
    let inner = start.and_then(|start| gap.get(start..)).unwrap_or_default();
    let inner = inner.rfind(char::is_whitespace).and_then(|end| inner.get(..end)).unwrap_or_default();
    let name = |piece: &str| {
        let mut chars = piece.chars();
        let symbol = chars.next().filter(|_| chars.next().is_none())?;
        super::tables::LONE_SYMBOLS.iter().find(|(s, _)| *s == symbol).map(|(_, name)| *name)
    };
    inner.split_whitespace().filter_map(name).collect()
}
