//! The phones that the models tell apart: silence and the 39 of ARPAbet, and which of them is nearest to a phone of any
//! language.

use super::PARTS;
use crate::vocabulary::phone::is_mark;

/// ARPAbet without stress; a phone's place here is its number.
pub const PHONES: [&str; 40] = [
    "sil", "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH", "IH",
    "IY", "JH", "K", "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH", "UW", "V", "W",
    "Y", "Z", "ZH",
];

/// The number of silence.
pub const SILENCE: usize = 0;

/// The same in IPA, as timelines hold it; nothing for silence.
const IPA: [&str; PHONES.len()] = [
    "", "ɑ", "æ", "ʌ", "ɔ", "aʊ", "aɪ", "b", "tʃ", "d", "ð", "ɛ", "ɝ", "eɪ", "f", "ɡ", "h", "ɪ", "i", "dʒ",
    "k", "l", "m", "n", "ŋ", "oʊ", "ɔɪ", "p", "ɹ", "s", "ʃ", "t", "θ", "ʊ", "u", "v", "w", "j", "z", "ʒ",
];

/// The number of the phone that a state is part of; past the last state, silence.
pub fn phone_of_state(state: usize) -> usize {
    let phone = state / PARTS;
    if phone < PHONES.len() { phone } else { SILENCE }
}

/// A phone's IPA; empty for silence and for what is no phone's number.
pub fn ipa_of(phone: usize) -> &'static str {
    IPA.get(phone).copied().unwrap_or_default()
}

/// The number of a phone by its ARPAbet name, with or without stress.
pub fn phone_named(name: &str) -> Option<usize> {
    let plain = name.trim_end_matches(|c: char| c.is_ascii_digit());
    PHONES.iter().position(|phone| phone.eq_ignore_ascii_case(plain))
}

/// The numbers of the phones that together sound most like a phone of any language, in IPA. Marks of length, tone, stress and
/// colour do not matter; what the table does not hold is taken letter by letter, and for a sign that
/// stands nowhere in it there is the neutral vowel. Empty for what is no sound.
pub fn nearest(ipa: &str) -> Vec<usize> {
    let plain: String = ipa.chars().filter(|c| !is_mark(*c)).collect();
    let mut found = Vec::new();
    let mut rest = plain.as_str();
    while !rest.is_empty() {
        let longest = NEAREST
            .iter()
            .filter(|(symbol, _)| rest.starts_with(symbol))
            .max_by_key(|(symbol, _)| symbol.len());
        let length = if let Some((symbol, names)) = longest {
            found.extend(names.iter().filter_map(|name| phone_named(name)));
            symbol.len()
        } else {
            found.extend(phone_named("AH"));
            rest.chars().next().map_or(1, char::len_utf8)
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    found
}

/// By place and manner for consonants, by openness and rounding of the lips for vowels.
const NEAREST: &[(&str, &[&str])] = &[
    // No sound of its own.
    ("sil", &[]),
    ("pau", &[]),
    ("sp", &[]),
    ("_", &[]),
    ("ʔ", &[]),
    ("ʕ", &[]),
    // English.
    ("ɑ", &["AA"]),
    ("æ", &["AE"]),
    ("ʌ", &["AH"]),
    ("ə", &["AH"]),
    ("ɔ", &["AO"]),
    ("aʊ", &["AW"]),
    ("aɪ", &["AY"]),
    ("b", &["B"]),
    ("tʃ", &["CH"]),
    ("d", &["D"]),
    ("ð", &["DH"]),
    ("ɛ", &["EH"]),
    ("ɝ", &["ER"]),
    ("ɚ", &["ER"]),
    ("ɜ", &["ER"]),
    ("əɹ", &["ER"]),
    ("ɜɹ", &["ER"]),
    ("eɪ", &["EY"]),
    ("f", &["F"]),
    ("ɡ", &["G"]),
    ("g", &["G"]),
    ("h", &["HH"]),
    ("ɪ", &["IH"]),
    ("ᵻ", &["IH"]),
    ("i", &["IY"]),
    ("dʒ", &["JH"]),
    ("k", &["K"]),
    ("l", &["L"]),
    ("m", &["M"]),
    ("n", &["N"]),
    ("ŋ", &["NG"]),
    ("oʊ", &["OW"]),
    ("əʊ", &["OW"]),
    ("ɔɪ", &["OY"]),
    ("p", &["P"]),
    ("ɹ", &["R"]),
    ("s", &["S"]),
    ("ʃ", &["SH"]),
    ("t", &["T"]),
    ("ɾ", &["T"]),
    ("θ", &["TH"]),
    ("ʊ", &["UH"]),
    ("u", &["UW"]),
    ("v", &["V"]),
    ("w", &["W"]),
    ("j", &["Y"]),
    ("z", &["Z"]),
    ("ʒ", &["ZH"]),
    // Vowels of other languages and accents.
    ("a", &["AA"]),
    ("ä", &["AA"]),
    ("ɐ", &["AH"]),
    ("ɒ", &["AA"]),
    ("ᵃ", &["AH"]),
    ("ᵊ", &["AH"]),
    ("ɘ", &["AH"]),
    ("ɤ", &["AH"]),
    ("ɞ", &["ER"]),
    ("ɵ", &["UH"]),
    ("e", &["EH"]),
    ("o", &["AO"]),
    ("ɨ", &["IH"]),
    ("ɩ", &["IH"]),
    ("ɿ", &["IH"]),
    ("ʅ", &["IH"]),
    ("ɯ", &["UH"]),
    ("ʉ", &["UW"]),
    ("ɷ", &["UH"]),
    ("y", &["UW"]),
    ("ʏ", &["UH"]),
    ("ø", &["UH"]),
    ("œ", &["UH"]),
    ("ai", &["AY"]),
    ("ɑɪ", &["AY"]),
    ("æi", &["AY"]),
    ("ei", &["EY"]),
    ("ɛɪ", &["EY"]),
    ("au", &["AW"]),
    ("ɑu", &["AW"]),
    ("ɑʊ", &["AW"]),
    ("ou", &["OW"]),
    ("oi", &["OY"]),
    ("ɔi", &["OY"]),
    ("ɔʏ", &["OY"]),
    ("ɔø", &["OY"]),
    // Stops, affricates and taps.
    ("ɓ", &["B"]),
    ("ʙ", &["B"]),
    ("pf", &["P", "F"]),
    ("ʈ", &["T"]),
    ("ɖ", &["D"]),
    ("ɗ", &["D"]),
    ("c", &["K"]),
    ("ɟ", &["Y"]),
    ("q", &["K"]),
    ("ɢ", &["G"]),
    ("ɠ", &["G"]),
    ("ts", &["T", "S"]),
    ("ʦ", &["T", "S"]),
    ("dz", &["D", "Z"]),
    ("ʣ", &["D", "Z"]),
    ("ʧ", &["CH"]),
    ("tɕ", &["CH"]),
    ("ʨ", &["CH"]),
    ("tʂ", &["CH"]),
    ("ʤ", &["JH"]),
    ("dʑ", &["JH"]),
    ("ʥ", &["JH"]),
    ("dʐ", &["JH"]),
    // Fricatives.
    ("ɸ", &["F"]),
    ("β", &["B"]),
    ("ʍ", &["W"]),
    ("ɕ", &["SH"]),
    ("ʂ", &["SH"]),
    ("ɧ", &["SH"]),
    ("ç", &["SH"]),
    ("ʑ", &["ZH"]),
    ("ʐ", &["R"]),
    ("ɬ", &["S"]),
    ("ɮ", &["Z"]),
    ("x", &["K"]),
    ("χ", &["K"]),
    ("ɣ", &["G"]),
    ("ɦ", &["HH"]),
    ("ħ", &["HH"]),
    // Nasals, approximants, trills.
    ("ɱ", &["M"]),
    ("ɲ", &["N"]),
    ("ɳ", &["N"]),
    ("ɴ", &["NG"]),
    ("ʋ", &["V"]),
    ("ⱱ", &["V"]),
    ("ɥ", &["W"]),
    ("ɰ", &["G"]),
    ("ʝ", &["Y"]),
    ("ʎ", &["Y"]),
    ("ɫ", &["L"]),
    ("ɭ", &["L"]),
    ("ʟ", &["L"]),
    ("r", &["R"]),
    ("ɻ", &["R"]),
    ("ɽ", &["R"]),
    ("ɺ", &["R"]),
    ("ʁ", &["R"]),
    ("ʀ", &["R"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn names(ipa: &str) -> Vec<&'static str> {
        nearest(ipa).into_iter().map(|phone| PHONES[phone]).collect()
    }

    #[test]
    fn every_phone_is_nearest_to_itself() {
        for (phone, name) in PHONES.iter().enumerate().skip(1) {
            assert_eq!(nearest(ipa_of(phone)), [phone], "{name}");
            assert_eq!(phone_named(name), Some(phone));
        }
        for (symbol, names) in NEAREST {
            assert!(names.iter().all(|name| phone_named(name).is_some()), "{symbol}");
            assert_eq!(NEAREST.iter().filter(|(other, _)| other == symbol).count(), 1, "{symbol} twice");
        }
    }

    #[test]
    fn phones_of_other_languages() {
        assert_eq!(names("tɕʰ"), ["CH"]);
        assert_eq!(names("yː"), ["UW"]);
        assert_eq!(names("t͡s"), ["T", "S"]);
        assert_eq!(names("aɪə"), ["AY", "AH"]);
        assert_eq!(names("ɑːɹ"), ["AA", "R"]);
        assert_eq!(names("ɲ"), ["N"]);
        assert_eq!(names("☃"), ["AH"]);
        assert_eq!(names(""), [""; 0]);
        assert_eq!(phone_named("ah0"), Some(3));
        assert_eq!(phone_named("QQ"), None);
    }

    #[test]
    fn states_belong_to_phones() {
        assert_eq!(phone_of_state(0), SILENCE);
        assert_eq!(PHONES[phone_of_state(5)], "AA");
        assert_eq!(PHONES[phone_of_state(119)], "ZH");
        assert_eq!(phone_of_state(120), SILENCE);
    }
}
