//! Mandarin syllables in Hanyu Pinyin, with tone digits or tone marks, as phones.
//!
//! It holds the spelling rules of GB/T 16159 and no dictionary of characters.

use super::utterance::RawPhone;
use crate::vocabulary::Phone;

/// Initials, two letters before one; the inventory writes retroflex affricates `tʂ`.
const INITIALS: &[(&str, &str)] = &[
    ("zh", "tʂ"),
    ("ch", "tʂʰ"),
    ("sh", "ʂ"),
    ("b", "p"),
    ("p", "pʰ"),
    ("m", "m"),
    ("f", "f"),
    ("d", "t"),
    ("t", "tʰ"),
    ("n", "n"),
    ("l", "l"),
    ("g", "k"),
    ("k", "kʰ"),
    ("h", "x"),
    ("j", "tɕ"),
    ("q", "tɕʰ"),
    ("x", "ɕ"),
    ("r", "ʐ"),
    ("z", "ts"),
    ("c", "tsʰ"),
    ("s", "s"),
];

/// Finals as spelt after a consonant, `v` for ü, as phones (Duanmu, *The Phonology of Standard Chinese*, ch. 3).
const FINALS: &[(&str, &[&str])] = &[
    ("a", &["a"]),
    ("o", &["w", "o"]),
    ("e", &["ɤ"]),
    ("ai", &["ai"]),
    ("ei", &["ei"]),
    ("ao", &["ɑu"]),
    ("ou", &["ou"]),
    ("an", &["a", "n"]),
    ("en", &["ə", "n"]),
    ("ang", &["ɑ", "ŋ"]),
    ("eng", &["ə", "ŋ"]),
    ("ong", &["ʊ", "ŋ"]),
    ("er", &["ɚ"]),
    ("i", &["i"]),
    ("ia", &["j", "a"]),
    ("ie", &["j", "ɛ"]),
    ("iao", &["j", "ɑu"]),
    ("iu", &["j", "ou"]),
    ("ian", &["j", "ɛ", "n"]),
    ("in", &["i", "n"]),
    ("iang", &["j", "ɑ", "ŋ"]),
    ("ing", &["i", "ŋ"]),
    ("iong", &["j", "ʊ", "ŋ"]),
    ("u", &["u"]),
    ("ua", &["w", "a"]),
    ("uo", &["w", "o"]),
    ("uai", &["w", "ai"]),
    ("ui", &["w", "ei"]),
    ("uan", &["w", "a", "n"]),
    ("un", &["w", "ə", "n"]),
    ("uang", &["w", "ɑ", "ŋ"]),
    ("ueng", &["w", "ə", "ŋ"]),
    ("v", &["y"]),
    ("ve", &["ɥ", "ɛ"]),
    ("van", &["ɥ", "ɛ", "n"]),
    ("vn", &["y", "n"]),
];

/// Syllables without an initial, as a final of the table above.
const ZERO: &[(&str, &str)] = &[
    ("yi", "i"),
    ("ya", "ia"),
    ("ye", "ie"),
    ("yao", "iao"),
    ("you", "iu"),
    ("yan", "ian"),
    ("yin", "in"),
    ("yang", "iang"),
    ("ying", "ing"),
    ("yong", "iong"),
    ("wu", "u"),
    ("wa", "ua"),
    ("wo", "uo"),
    ("wai", "uai"),
    ("wei", "ui"),
    ("wan", "uan"),
    ("wen", "un"),
    ("wang", "uang"),
    ("weng", "ueng"),
    ("yu", "v"),
    ("yue", "ve"),
    ("yuan", "van"),
    ("yun", "vn"),
    ("a", "a"),
    ("o", "o"),
    ("e", "e"),
    ("ai", "ai"),
    ("ei", "ei"),
    ("ao", "ao"),
    ("ou", "ou"),
    ("an", "an"),
    ("en", "en"),
    ("ang", "ang"),
    ("eng", "eng"),
    ("er", "er"),
];

const TONED: &[(&str, char)] =
    &[("āáǎà", 'a'), ("ēéěè", 'e'), ("īíǐì", 'i'), ("ōóǒò", 'o'), ("ūúǔù", 'u'), ("ǖǘǚǜ", 'v')];

/// The phones of a word of one or more syllables (`ni3`, `nǐ`, `shu4zi4`); `None` where it is no pinyin.
/// Several syllables need tone digits between them.
pub fn read(word: &str) -> Option<Vec<RawPhone>> {
    let mut phones = Vec::new();
    for (letters, tone) in syllables(word)? {
        phones.append(&mut read_syllable(&letters, tone)?);
    }
    (!phones.is_empty()).then_some(phones)
}

/// The word with tone digits and `v` for ü, one space between syllables; `None` where it is no pinyin.
pub fn with_digits(word: &str) -> Option<String> {
    let syllables = syllables(word)?;
    Some(syllables.iter().map(|(letters, tone)| format!("{letters}{tone}")).collect::<Vec<_>>().join(" "))
}

fn syllables(word: &str) -> Option<Vec<(String, u8)>> {
    let mut found = Vec::new();
    let mut letters = String::new();
    let mut tone = 5;
    for c in word.chars().flat_map(char::to_lowercase) {
        let marked =
            TONED.iter().find_map(|(forms, plain)| forms.chars().position(|f| f == c).map(|i| (i, *plain)));
        match (c, marked) {
            (_, Some((index, plain))) => {
                letters.push(plain);
                tone = index as u8 + 1;
            }
            ('ü', _) => letters.push('v'),
            ('a'..='z', _) => letters.push(c),
            ('0'..='5', _) if !letters.is_empty() => {
                let digit = c.to_digit(10).map_or(5, |d| if d == 0 { 5 } else { d as u8 });
                found.push((std::mem::take(&mut letters), digit));
                tone = 5;
            }
            ('\'' | '’' | '-', _) => {}
            _ => return None,
        }
    }
    if !letters.is_empty() {
        found.push((letters, tone));
    }
    Some(found)
}

fn read_syllable(letters: &str, tone: u8) -> Option<Vec<RawPhone>> {
    // An erhua syllable is its base with the tongue curled at the end.
    let curled = letters.len() > 2 && letters.ends_with('r') && letters != "er";
    let base = if curled { letters.strip_suffix('r')? } else { letters };
    let mut sounds: Vec<&str> = Vec::new();
    if let Some((_, last)) = ZERO.iter().find(|(spelt, _)| *spelt == base) {
        sounds.extend(if base == "o" { &["o"][..] } else { phones_of(last)? });
    } else {
        let (spelt, initial) = INITIALS.iter().find(|(spelt, _)| base.starts_with(spelt))?;
        let rest = base.strip_prefix(spelt)?;
        sounds.push(initial);
        match (*spelt, rest) {
            ("zh" | "ch" | "sh" | "r", "i") => sounds.push("ʅ"),
            ("z" | "c" | "s", "i") => sounds.push("ɿ"),
            ("j" | "q" | "x", _) if rest.starts_with('u') => {
                sounds.extend(phones_of(&format!("v{}", rest.get(1..)?))?);
            }
            ("l" | "n", "ue") => sounds.extend(phones_of("ve")?),
            _ => sounds.extend(phones_of(rest)?),
        }
    }
    if curled {
        sounds.push("ɻ");
    }
    let vowel = |ipa: &str| Phone::from_ipa(ipa).is_some_and(Phone::is_vowel);
    let phone =
        |ipa: &str| RawPhone { ipa: ipa.to_owned(), stress: 0, tone: if vowel(ipa) { tone } else { 0 } };
    Some(sounds.into_iter().map(phone).collect())
}

fn phones_of(spelt: &str) -> Option<&'static [&'static str]> {
    FINALS.iter().find(|(name, _)| *name == spelt).map(|(_, phones)| *phones)
}
