//! What `espeak-ng --ipa --sep=_` and `-x --sep=_` print: phones, a clause a line; and what it reads: its own few elements
//! of SSML (`-m`), phones in its mnemonics.
//!
//! It does not start the program, and the output holds no times.

use super::passage::{Part, Passage};
use super::utterance::RawPhone;
use crate::vocabulary::{Phone, phone::is_mark};

/// Spellings of espeak-ng that are no IPA, longest first.
const ODD: &[(&str, &str)] = &[
    ("tsh", "tsʰ"),
    ("ts.h", "tʂʰ"),
    ("ts.", "tʂ"),
    ("tɕh", "tɕʰ"),
    ("s.", "ʂ"),
    ("i.", "ʅ"),
    ("i̪", "ɿ"),
    ("o-", "ɤ"),
    ("e-", "ə"),
    ("ph", "pʰ"),
    ("th", "tʰ"),
    ("kh", "kʰ"),
    ("ər", "ɚ"),
];

/// The phones of each clause of `ipa` (from `--ipa`). `mnemonics` (from `-x`, of the same text) gives the tones of
/// Mandarin; it is empty for other languages.
pub fn parse(ipa: &str, mnemonics: &str) -> Vec<Vec<RawPhone>> {
    let tones = tokens(mnemonics);
    tokens(ipa)
        .iter()
        .enumerate()
        .map(|(clause, phones)| {
            let mnemonic = |i: usize| tones.get(clause).and_then(|t| t.get(i)).map_or("", String::as_str);
            phones.iter().enumerate().flat_map(|(i, token)| read_token(token, mnemonic(i))).collect()
        })
        .filter(|clause: &Vec<RawPhone>| !clause.is_empty())
        .collect()
}

/// The phones between underscores and spaces, by line, without `(en)` language switches and syllable bars.
fn tokens(output: &str) -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    for line in output.lines() {
        let mut plain = String::new();
        let mut depth = 0;
        for c in line.chars() {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                '|' => plain.push('_'),
                _ if depth == 0 => plain.push(c),
                _ => {}
            }
        }
        let tokens: Vec<String> =
            plain.split(['_', ' ']).filter(|token| !token.is_empty()).map(str::to_owned).collect();
        if !tokens.is_empty() {
            lines.push(tokens);
        }
    }
    lines
}

fn read_token(token: &str, mnemonic: &str) -> Vec<RawPhone> {
    let stress = if token.contains('ˈ') {
        1
    } else if token.contains('ˌ') {
        2
    } else {
        0
    };
    let digits = mnemonic.trim_start_matches(|c: char| !c.is_ascii_digit());
    let tone = match digits {
        "55" => 1,
        "35" => 2,
        "21" | "214" => 3,
        "51" | "53" => 4,
        "11" | "22" | "33" | "44" => 5,
        _ => 0,
    };
    let mut body = token.trim_start_matches(['ˈ', 'ˌ', '-', '\'', ',']);
    if tone > 0 {
        // The tone's digits are printed as letters of their own.
        body = body.trim_end_matches(|c: char| c.is_ascii_digit() || c == 'ɜ');
    }
    let carries = |ipa: &str| Phone::from_ipa(ipa).is_some_and(Phone::is_vowel);
    symbols(body)
        .into_iter()
        .map(|ipa| {
            let vowel = carries(&ipa);
            RawPhone { stress: if vowel { stress } else { 0 }, tone: if vowel { tone } else { 0 }, ipa }
        })
        .collect()
}

/// A token as phones that the inventory holds; what it does not hold is cut into those it does.
fn symbols(token: &str) -> Vec<String> {
    if let Some((_, ipa)) = ODD.iter().find(|(odd, _)| *odd == token) {
        return vec![(*ipa).to_owned()];
    }
    let plain: String = token.chars().filter(|&c| !is_mark(c) || c == 'ʰ').collect();
    if plain.is_empty() {
        return Vec::new();
    }
    if Phone::from_ipa(&plain).is_some() {
        return vec![plain];
    }
    let mut found = Vec::new();
    let mut rest = plain.as_str();
    while let Some(first) = rest.chars().next() {
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).collect::<Vec<_>>();
        let longest = ends
            .iter()
            .rev()
            .filter_map(|&end| rest.split_at_checked(end))
            .find(|(head, _)| Phone::from_ipa(head).is_some());
        match longest {
            Some((head, tail)) => {
                found.push(head.to_owned());
                rest = tail;
            }
            None => rest = rest.get(first.len_utf8()..).unwrap_or_default(),
        }
    }
    found
}

/// IPA and espeak-ng's mnemonics, for English voices and for others: their vowels differ.
const MNEMONICS: &[(&str, &str, &str)] = &[
    ("p", "p", "p"),
    ("b", "b", "b"),
    ("t", "t", "t"),
    ("d", "d", "d"),
    ("k", "k", "k"),
    ("ɡ", "g", "g"),
    ("g", "g", "g"),
    ("f", "f", "f"),
    ("v", "v", "v"),
    ("θ", "T", "T"),
    ("ð", "D", "D"),
    ("s", "s", "s"),
    ("z", "z", "z"),
    ("ʃ", "S", "S"),
    ("ʒ", "Z", "Z"),
    ("h", "h", "h"),
    ("x", "x", "x"),
    ("ç", "C", "C"),
    ("m", "m", "m"),
    ("n", "n", "n"),
    ("ŋ", "N", "N"),
    ("ɲ", "n^", "n^"),
    ("l", "l", "l"),
    ("ɫ", "l", "l"),
    ("ɹ", "r", "r"),
    ("r", "r", "r"),
    ("ɾ", "*", "*"),
    ("w", "w", "w"),
    ("j", "j", "j"),
    ("tʃ", "tS", "tS"),
    ("dʒ", "dZ", "dZ"),
    ("ts", "ts", "ts"),
    ("i", "i:", "i"),
    ("ɪ", "I", "i"),
    ("e", "eI", "e"),
    ("ɛ", "E", "E"),
    ("æ", "a", "a"),
    ("a", "a", "a"),
    ("ɑ", "A:", "a"),
    ("ɒ", "0", "O"),
    ("ɔ", "O:", "O"),
    ("o", "oU", "o"),
    ("ʊ", "U", "u"),
    ("u", "u:", "u"),
    ("ʌ", "V", "a"),
    ("ɐ", "V", "a"),
    ("ə", "@", "@"),
    ("ɚ", "3", "@"),
    ("ɝ", "3:", "@"),
    ("ɜ", "3:", "@"),
    ("y", "u:", "y"),
    ("ø", "3:", "W"),
    ("œ", "3:", "W"),
    ("eɪ", "eI", "eI"),
    ("aɪ", "aI", "aI"),
    ("ɔɪ", "OI", "OI"),
    ("oʊ", "oU", "oU"),
    ("əʊ", "oU", "oU"),
    ("aʊ", "aU", "aU"),
];

/// Its pitch goes from 0 to 99; so much of it, measured around the middle, would be an octave.
const OCTAVE: f32 = 64.0;

/// A sentence as espeak-ng reads it with `-m`, by a voice whose name is `voice`.
pub fn ssml(passage: &Passage, voice: &str) -> String {
    let is_english = voice.split('-').next() == Some("en");
    let word = |letters: &str, phones: &[RawPhone], after: &str| match mnemonics(phones, is_english) {
        Some(spelt) => format!("[[{spelt}]]{}", escaped(after)),
        None => escaped(letters) + &escaped(after),
    };
    let part = |part: &Part| {
        let said = part.respelt(word, escaped);
        if part.manner.is_even() {
            return said;
        }
        let pitch = (50.0 + OCTAVE * libm::log2f(part.manner.pitch)).clamp(0.0, 99.0);
        format!("<prosody rate=\"{:.2}\" pitch=\"{pitch:.0}\">{said}</prosody>", part.manner.rate)
    };
    passage.parts.iter().map(part).collect()
}

/// Text that espeak-ng takes for nothing else.
pub fn escaped(text: &str) -> String {
    plain(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Text without what begins phones in mnemonics.
pub fn plain(text: &str) -> String {
    text.replace("[[", "[ [")
}

/// Phones in mnemonics; `None` where one has none.
fn mnemonics(phones: &[RawPhone], is_english: bool) -> Option<String> {
    let mut spelt = String::new();
    for phone in phones {
        let bare = phone.ipa.replace('ʰ', "");
        let (_, english, other) = MNEMONICS.iter().find(|(ipa, ..)| *ipa == bare)?;
        spelt.push_str(match phone.stress {
            1 => "'",
            2 => ",",
            _ => "",
        });
        spelt.push_str(if is_english { english } else { other });
    }
    Some(spelt)
}
