//! Phones: IPA symbols (no tie bars, no length marks), their kinds and their visemes.
//!
//! Only the inventory of sounds; how a language spells them is not known here.

use super::Viseme;

/// What the mouth does with a phone, as far as lips are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhoneKind {
    /// No sound.
    Silence,
    /// The mouth is open and voiced.
    Vowel,
    /// A glide from one vowel shape to another within one phone.
    Diphthong,
    /// Both lips must meet: p b m and their kin.
    Bilabial,
    /// The lower lip must touch the upper teeth: f v.
    Labiodental,
    /// Any other consonant.
    Consonant,
}

/// One row of the phone inventory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phone {
    /// The IPA symbol.
    pub ipa: &'static str,
    /// What the mouth does.
    pub kind: PhoneKind,
    /// Its viseme, or the first of two for a diphthong.
    pub viseme: Viseme,
    /// The second viseme of a diphthong.
    pub glide: Option<Viseme>,
}

impl Phone {
    /// The row for an IPA symbol. Length marks, tie bars, stress and tone marks, syllabic and aspiration
    /// diacritics are ignored; `None` for a symbol the inventory does not hold.
    pub fn from_ipa(ipa: &str) -> Option<Self> {
        if let Some(row) = lookup(ipa) {
            return Some(row);
        }
        let plain: String = ipa.chars().filter(|c| !is_mark(*c)).collect();
        lookup(&plain).or_else(|| {
            // An unlisted sequence of vowels is a diphthong of its ends.
            let mut letters = plain.char_indices();
            let (_, first) = letters.next()?;
            let (split, last) = letters.next_back()?;
            let from = lookup(&plain[..first.len_utf8()])?;
            let to = lookup(&plain[split..split + last.len_utf8()])?;
            let vowels = from.kind == PhoneKind::Vowel && to.kind == PhoneKind::Vowel;
            vowels.then_some(Self { kind: PhoneKind::Diphthong, glide: Some(to.viseme), ..from })
        })
    }

    /// Whether the mouth is open in it.
    pub fn is_vowel(self) -> bool {
        matches!(self.kind, PhoneKind::Vowel | PhoneKind::Diphthong)
    }
}

/// Whether a character only modifies the phone before it.
pub fn is_mark(c: char) -> bool {
    matches!(c,
        'ː' | 'ˑ' | 'ˈ' | 'ˌ' | '.' | 'ʰ' | 'ʲ' | 'ʷ' | 'ˠ' | 'ˤ' | 'ʼ' | '˞' | '-'
        | '\u{0300}'..='\u{036f}' // combining diacritics and tie bars
        | '˥' | '˦' | '˧' | '˨' | '˩' | '0'..='9' | '↓' | '↑')
}

fn lookup(ipa: &str) -> Option<Phone> {
    for &(kind, viseme, glide, symbols) in TABLE {
        if let Some(symbol) = symbols.iter().find(|s| **s == ipa) {
            return Some(Phone { ipa: symbol, kind, viseme, glide });
        }
    }
    None
}

type Row = (PhoneKind, Viseme, Option<Viseme>, &'static [&'static str]);

/// Consonants as in the Oculus viseme reference; vowels by openness, spread and rounding. `w` and `ɥ` round
/// like `ou`, `j` spreads like `ih`, `h` takes the open rest of the throat (`kk`, weak).
const TABLE: &[Row] = {
    use PhoneKind::{Bilabial, Consonant, Diphthong, Labiodental, Silence, Vowel};
    use Viseme::{Aa, CH, DD, E, FF, Ih, Kk, Nn, Oh, Ou, PP, RR, SS, Sil, TH};
    &[
        (Silence, Sil, None, &["", "sil", "_", "pau", "sp", "spn", "ʔ"]),
        (Bilabial, PP, None, &["p", "b", "m", "ɓ", "ʙ", "pf"]),
        (Labiodental, FF, None, &["f", "v", "ʋ", "ɱ", "ⱱ"]),
        (Consonant, FF, None, &["ɸ", "β"]),
        (Consonant, TH, None, &["θ", "ð"]),
        (Consonant, DD, None, &["t", "d", "ʈ", "ɖ", "ɗ", "ɾ", "ʎ", "c", "ɟ"]),
        (
            Consonant,
            Kk,
            None,
            &[
                "k", "g", "ɡ", "ŋ", "x", "ɣ", "q", "ɢ", "χ", "ʁ", "h", "ɦ", "ħ", "ʕ", "ç", "ɰ", "ɴ", "ʀ",
                "ɠ", "ʝ",
            ],
        ),
        (
            Consonant,
            CH,
            None,
            &["tʃ", "dʒ", "ʃ", "ʒ", "tɕ", "dʑ", "ɕ", "ʑ", "tʂ", "dʐ", "ʂ", "ʐ", "ʧ", "ʤ", "ʨ", "ʥ", "ɧ"],
        ),
        (Consonant, SS, None, &["s", "z", "ts", "dz", "ʦ", "ʣ", "ɬ", "ɮ"]),
        (Consonant, Nn, None, &["n", "l", "ɲ", "ɳ", "ɭ", "ɫ", "ʟ"]),
        (Consonant, RR, None, &["r", "ɹ", "ɻ", "ɽ", "ɺ"]),
        (Consonant, Ou, None, &["w", "ʍ", "ɥ"]),
        (Consonant, Ih, None, &["j"]),
        (Vowel, Aa, None, &["a", "ɑ", "æ", "ʌ", "ɐ", "ɒ", "ä", "ᵃ"]),
        (Vowel, E, None, &["e", "ɛ", "ə", "ɘ", "ø", "œ", "ɤ", "ᵊ", "ə̃"]),
        (Vowel, RR, None, &["ɝ", "ɚ", "ɜ", "ɞ", "ɵ", "əɹ", "ɜr"]),
        (Vowel, Ih, None, &["i", "ɪ", "ɨ", "ɿ", "ʅ", "ᵻ", "ɩ"]),
        (Vowel, Oh, None, &["o", "ɔ"]),
        (Vowel, Ou, None, &["u", "ʊ", "ʉ", "ɯ", "y", "ʏ", "ɷ"]),
        (Diphthong, Aa, Some(Ih), &["aɪ", "ai", "ɑɪ", "æi"]),
        (Diphthong, Aa, Some(Ou), &["aʊ", "au", "ɑʊ", "ɑu"]),
        (Diphthong, E, Some(Ih), &["eɪ", "ei", "ɛɪ"]),
        (Diphthong, Oh, Some(Ou), &["oʊ", "ou", "əʊ"]),
        (Diphthong, Oh, Some(Ih), &["ɔɪ", "oi", "ɔi"]),
        (Diphthong, Ih, Some(E), &["ɪə"]),
        (Diphthong, E, Some(E), &["eə", "ɛə"]),
        (Diphthong, Ou, Some(E), &["ʊə"]),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_stands_once() {
        let mut seen = std::collections::BTreeSet::new();
        for (_, _, _, symbols) in TABLE {
            for symbol in *symbols {
                assert!(seen.insert(symbol), "{symbol} twice");
            }
        }
    }

    #[test]
    fn marks_do_not_matter() {
        assert_eq!(Phone::from_ipa("iː").unwrap().viseme, Viseme::Ih);
        assert_eq!(Phone::from_ipa("t͡ʃ").unwrap().viseme, Viseme::CH);
        assert_eq!(Phone::from_ipa("pʰ").unwrap().kind, PhoneKind::Bilabial);
        assert_eq!(Phone::from_ipa("ˈaɪ").unwrap().glide, Some(Viseme::Ih));
        assert_eq!(Phone::from_ipa("iɑ").unwrap().kind, PhoneKind::Diphthong);
        assert_eq!(Phone::from_ipa("☃"), None);
    }
}
