//! X-SAMPA → IPA, with the Czech `P\`.
//!
//! Source: J. C. Wells, Computer-coding the IPA. Length, ties, tones and most diacritics are left out, as phones have none.

use crate::vocabulary::phone::is_mark;

/// Longest first where one begins with another.
const TABLE: &[(&str, &str)] = &[
    ("r\\`", "ɻ"),
    ("P\\", "r̝"),
    ("p\\", "ɸ"),
    ("r\\", "ɹ"),
    ("s\\", "ɕ"),
    ("z\\", "ʑ"),
    ("h\\", "ɦ"),
    ("x\\", "ɧ"),
    ("v\\", "ʋ"),
    ("j\\", "ʝ"),
    ("J\\", "ɟ"),
    ("l\\", "ɺ"),
    ("M\\", "ɰ"),
    ("N\\", "ɴ"),
    ("R\\", "ʀ"),
    ("X\\", "ħ"),
    ("I\\", "ɨ"),
    ("U\\", "ʊ"),
    ("@\\", "ɘ"),
    ("3\\", "ɞ"),
    ("s`", "ʂ"),
    ("z`", "ʐ"),
    ("t`", "ʈ"),
    ("d`", "ɖ"),
    ("n`", "ɳ"),
    ("l`", "ɭ"),
    ("r`", "ɽ"),
    ("@`", "ɚ"),
    ("3`", "ɝ"),
    ("A", "ɑ"),
    ("B", "β"),
    ("C", "ç"),
    ("D", "ð"),
    ("E", "ɛ"),
    ("F", "ɱ"),
    ("G", "ɣ"),
    ("H", "ɥ"),
    ("I", "ɪ"),
    ("J", "ɲ"),
    ("K", "ɬ"),
    ("L", "ʎ"),
    ("M", "ɯ"),
    ("N", "ŋ"),
    ("O", "ɔ"),
    ("P", "ʋ"),
    ("Q", "ɒ"),
    ("R", "ʁ"),
    ("S", "ʃ"),
    ("T", "θ"),
    ("U", "ʊ"),
    ("V", "ʌ"),
    ("W", "ʍ"),
    ("X", "χ"),
    ("Y", "ʏ"),
    ("Z", "ʒ"),
    ("@", "ə"),
    ("{", "æ"),
    ("}", "ʉ"),
    ("1", "ɨ"),
    ("2", "ø"),
    ("3", "ɜ"),
    ("4", "ɾ"),
    ("5", "ɫ"),
    ("6", "ɐ"),
    ("7", "ɤ"),
    ("8", "ɵ"),
    ("9", "œ"),
    ("&", "ɶ"),
    ("?", "ʔ"),
    ("g", "ɡ"),
];

/// The IPA and the stress of an X-SAMPA label; what is in no table stands as it is.
pub(in crate::script) fn to_ipa(label: &str) -> (String, u8) {
    let mut ipa = String::new();
    let mut stress = 0;
    let mut rest = label;
    while let Some(c) = rest.chars().next() {
        if let Some((symbol, letter)) = TABLE.iter().find(|(symbol, _)| rest.starts_with(symbol)) {
            ipa.push_str(letter);
            rest = &rest[symbol.len()..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '"' => stress = 1,
            '%' => stress = 2,
            ':' | '\'' | '`' | '=' | '~' | '-' | '.' => {}
            // A tie, as in `t_s`, or a diacritic, as in `t_h`.
            '_' => {
                if let Some(after) = rest.strip_prefix(['h', 'j', 'w', '0', 'v', 'd', '}', '"', '=', '~']) {
                    rest = after;
                }
            }
            c => ipa.push(c),
        }
    }
    (ipa, stress)
}

/// An IPA symbol in X-SAMPA; what is in no table stands as it is.
pub(super) fn from_ipa(ipa: &str) -> String {
    let mut sampa = String::new();
    let mut rest = ipa;
    while let Some(c) = rest.chars().next() {
        // The plainest of several symbols stands last.
        let known = TABLE.iter().rev().find(|(_, letter)| rest.starts_with(letter));
        let (symbol, length) = known.map_or(("", c.len_utf8()), |(symbol, letter)| (*symbol, letter.len()));
        match (symbol, c) {
            ("", c) if !is_mark(c) => sampa.push(c),
            (symbol, _) => sampa.push_str(symbol),
        }
        rest = &rest[length..];
    }
    sampa
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_real_files_are_read() {
        for (label, ipa) in
            [("a:", "a"), ("t_s", "ts"), ("P\\", "r̝"), ("J\\", "ɟ"), ("t_h", "t"), ("h\\", "ɦ"), ("tS", "tʃ")]
        {
            assert_eq!(to_ipa(label), (ipa.to_owned(), 0));
        }
        assert_eq!(to_ipa("\"aI"), ("aɪ".to_owned(), 1));
    }

    #[test]
    fn every_symbol_comes_back() {
        for (symbol, letter) in TABLE {
            assert_eq!(to_ipa(&from_ipa(letter)).0, *letter, "{symbol}");
        }
        assert_eq!((from_ipa("tʃ").as_str(), from_ipa("aʊ").as_str()), ("tS", "aU"));
    }
}
