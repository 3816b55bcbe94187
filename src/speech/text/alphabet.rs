//! The usual sounds of letters, for words of languages that nobody here knows: Latin, Cyrillic, Greek, Hangul.
//!
//! A mouth that moves about right beats one that stays shut; it is no pronunciation dictionary.

use super::fold;
use crate::speech::utterance::RawPhone;
use crate::vocabulary::Phone;

/// Letters (several first) and the phones they stand for.
const LETTERS: &[(&str, &str)] = &[
    ("sch", "ʃ"),
    ("ch", "tʃ"),
    ("sh", "ʃ"),
    ("th", "t"),
    ("ph", "f"),
    ("qu", "k w"),
    ("ck", "k"),
    ("a", "a"),
    ("b", "b"),
    ("c", "k"),
    ("d", "d"),
    ("e", "e"),
    ("f", "f"),
    ("g", "ɡ"),
    ("h", "h"),
    ("i", "i"),
    ("j", "j"),
    ("k", "k"),
    ("l", "l"),
    ("m", "m"),
    ("n", "n"),
    ("o", "o"),
    ("p", "p"),
    ("q", "k"),
    ("r", "r"),
    ("s", "s"),
    ("t", "t"),
    ("u", "u"),
    ("v", "v"),
    ("w", "v"),
    ("x", "k s"),
    ("y", "i"),
    ("z", "z"),
    // Cyrillic
    ("а", "a"),
    ("б", "b"),
    ("в", "v"),
    ("г", "ɡ"),
    ("ґ", "ɡ"),
    ("д", "d"),
    ("е", "j e"),
    ("ё", "j o"),
    ("є", "j e"),
    ("ж", "ʒ"),
    ("з", "z"),
    ("и", "i"),
    ("і", "i"),
    ("ї", "j i"),
    ("й", "j"),
    ("к", "k"),
    ("л", "l"),
    ("м", "m"),
    ("н", "n"),
    ("о", "o"),
    ("п", "p"),
    ("р", "r"),
    ("с", "s"),
    ("т", "t"),
    ("у", "u"),
    ("ў", "w"),
    ("ф", "f"),
    ("х", "x"),
    ("ц", "ts"),
    ("ч", "tʃ"),
    ("ш", "ʃ"),
    ("щ", "ʃ"),
    ("ы", "ɨ"),
    ("э", "e"),
    ("ю", "j u"),
    ("я", "j a"),
    ("ђ", "dʒ"),
    ("ј", "j"),
    ("љ", "ʎ"),
    ("њ", "ɲ"),
    ("ћ", "tɕ"),
    ("џ", "dʒ"),
    // Greek
    ("αι", "e"),
    ("ει", "i"),
    ("οι", "i"),
    ("ου", "u"),
    ("μπ", "b"),
    ("ντ", "d"),
    ("γκ", "ɡ"),
    ("τσ", "ts"),
    ("α", "a"),
    ("ά", "a"),
    ("β", "v"),
    ("γ", "ɣ"),
    ("δ", "ð"),
    ("ε", "e"),
    ("έ", "e"),
    ("ζ", "z"),
    ("η", "i"),
    ("ή", "i"),
    ("θ", "θ"),
    ("ι", "i"),
    ("ί", "i"),
    ("ϊ", "i"),
    ("κ", "k"),
    ("λ", "l"),
    ("μ", "m"),
    ("ν", "n"),
    ("ξ", "k s"),
    ("ο", "o"),
    ("ό", "o"),
    ("π", "p"),
    ("ρ", "r"),
    ("σ", "s"),
    ("ς", "s"),
    ("τ", "t"),
    ("υ", "i"),
    ("ύ", "i"),
    ("φ", "f"),
    ("χ", "x"),
    ("ψ", "p s"),
    ("ω", "o"),
    ("ώ", "o"),
];

/// Hangul consonants in front, vowels, and consonants behind, in the order of their syllables (Unicode, section 3.12).
const FRONT: [&str; 19] =
    ["k", "k", "n", "t", "t", "ɾ", "m", "p", "p", "s", "s", "", "tɕ", "tɕ", "tɕʰ", "kʰ", "tʰ", "pʰ", "h"];
const VOWELS: [&str; 21] = [
    "a", "ɛ", "j a", "j ɛ", "ʌ", "e", "j ʌ", "j e", "o", "w a", "w ɛ", "w e", "j o", "u", "w ʌ", "w e",
    "w i", "j u", "ɯ", "ɰ i", "i",
];
const BEHIND: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t",
    "ŋ", "t", "t", "k", "t", "p", "t",
];

/// Longer words are read only to here.
const LONGEST: usize = 200;

/// The phones of a word; empty where none of its letters is known.
pub(super) fn read(word: &str) -> Vec<RawPhone> {
    let word: String = word.chars().take(LONGEST).collect();
    let folded = fold::latin(&word);
    let mut phones: Vec<RawPhone> = Vec::new();
    let mut rest = folded.as_str();
    let mut push = |ipa: &str| {
        let symbols = ipa.split(' ').filter(|symbol| !symbol.is_empty());
        phones.extend(symbols.map(|ipa| RawPhone { ipa: ipa.to_owned(), ..RawPhone::default() }));
    };
    while let Some(first) = rest.chars().next() {
        if let Some((letters, ipa)) = LETTERS.iter().find(|(letters, _)| rest.starts_with(letters)) {
            push(ipa);
            rest = rest.get(letters.len()..).unwrap_or_default();
            continue;
        }
        if let Some(syllable) = u32::from(first).checked_sub(0xAC00).filter(|s| *s < 11172) {
            let syllable = syllable as usize;
            let parts =
                [FRONT.get(syllable / 588), VOWELS.get(syllable % 588 / 28), BEHIND.get(syllable % 28)];
            parts.into_iter().flatten().for_each(|ipa| push(ipa));
        }
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    let first_vowel = phones.iter_mut().find(|p| Phone::from_ipa(&p.ipa).is_some_and(Phone::is_vowel));
    if let Some(vowel) = first_vowel {
        vowel.stress = 1;
    }
    phones
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_their_usual_sounds() {
        let ipa =
            |word: &str| read(word).iter().map(|p| p.ipa.as_str().to_owned()).collect::<Vec<_>>().join(" ");
        assert_eq!(ipa("привет"), "p r i v j e t");
        assert_eq!(ipa("안녕"), "a n n j ʌ ŋ");
        assert_eq!(ipa("Αθήνα"), "a θ i n a");
        assert_eq!(ipa("🙂"), "");
        for (_, phones) in LETTERS {
            assert!(phones.split(' ').all(|p| Phone::from_ipa(p).is_some()), "{phones}");
        }
    }
}
