//! French by its spelling rules, with a table of common exceptions; numbers in words. Liaisons are left out.

mod numbers;

pub(super) use self::numbers::NUMBERS;
use crate::speech::utterance::RawPhone;
use crate::vocabulary::Phone;

/// Words that the rules would spoil, as phones.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("les", "l e"),
    ("des", "d e"),
    ("mes", "m e"),
    ("tes", "t e"),
    ("ses", "s e"),
    ("ces", "s e"),
    ("et", "e"),
    ("est", "ɛ"),
    ("es", "ɛ"),
    ("un", "œ̃"),
    ("six", "s i s"),
    ("dix", "d i s"),
    ("sept", "s ɛ t"),
    ("huit", "ɥ i t"),
    ("neuf", "n œ f"),
    ("cinq", "s ɛ̃ k"),
    ("vingt", "v ɛ̃"),
    ("deux", "d ø"),
    ("femme", "f a m"),
    ("monsieur", "m ə s j ø"),
    ("messieurs", "m e s j ø"),
    ("ville", "v i l"),
    ("mille", "m i l"),
    ("million", "m i l j ɔ̃"),
    ("tranquille", "t ʁ ɑ̃ k i l"),
    ("août", "u t"),
    ("fils", "f i s"),
    ("plusse", "p l y s"),
    ("tous", "t u s"),
    ("sens", "s ɑ̃ s"),
    ("mars", "m a ʁ s"),
    ("ours", "u ʁ s"),
    ("bus", "b y s"),
    ("hier", "j ɛ ʁ"),
    ("mer", "m ɛ ʁ"),
    ("cher", "ʃ ɛ ʁ"),
    ("fier", "f j ɛ ʁ"),
    ("hiver", "i v ɛ ʁ"),
    ("amer", "a m ɛ ʁ"),
    ("net", "n ɛ t"),
    ("avec", "a v ɛ k"),
    ("donc", "d ɔ̃ k"),
    ("sud", "s y d"),
    ("second", "s ə ɡ ɔ̃"),
    ("oignon", "ɔ ɲ ɔ̃"),
    ("pays", "p e i"),
    ("œil", "œ j"),
    ("yeux", "j ø"),
    ("eu", "y"),
    ("eut", "y"),
    ("examen", "ɛ ɡ z a m ɛ̃"),
    ("pied", "p j e"),
    ("clef", "k l e"),
    ("nez", "n e"),
    ("chez", "ʃ e"),
    ("assez", "a s e"),
    ("que", "k ə"),
    ("qui", "k i"),
    ("je", "ʒ ə"),
    ("le", "l ə"),
    ("de", "d ə"),
    ("ne", "n ə"),
    ("me", "m ə"),
    ("te", "t ə"),
    ("se", "s ə"),
    ("ce", "s ə"),
    ("euro", "ø ʁ o"),
    ("euros", "ø ʁ o"),
    ("merci", "m ɛ ʁ s i"),
    ("aujourd'hui", "o ʒ u ʁ d ɥ i"),
    ("y", "i"),
    ("à", "a"),
    ("où", "u"),
    ("football", "f u t b o l"),
    ("week", "w i k"),
    ("album", "a l b ɔ m"),
    ("maximum", "m a k s i m ɔ m"),
    ("parce", "p a ʁ s"),
    ("temps", "t ɑ̃"),
    ("corps", "k ɔ ʁ"),
    ("longtemps", "l ɔ̃ t ɑ̃"),
    ("beaucoup", "b o k u"),
    ("ils", "i l"),
    ("elles", "ɛ l"),
];

/// Spelling (longest first) and phones wherever it stands.
const SPELT: &[(&str, &str)] = &[
    ("eaux", "o"),
    ("eau", "o"),
    ("œu", "œ"),
    ("oeu", "œ"),
    ("ueil", "œ j"),
    ("euil", "œ j"),
    ("aill", "a j"),
    ("eill", "ɛ j"),
    ("ouill", "u j"),
    ("ill", "i j"),
    ("tion", "s j ɔ̃"),
    ("sch", "ʃ"),
    ("ch", "ʃ"),
    ("ph", "f"),
    ("th", "t"),
    ("gn", "ɲ"),
    ("qu", "k"),
    ("ou", "u"),
    ("où", "u"),
    ("oû", "u"),
    ("oî", "w a"),
    ("oi", "w a"),
    ("oy", "w a j"),
    ("au", "o"),
    ("eu", "ø"),
    ("eû", "ø"),
    ("ai", "ɛ"),
    ("aî", "ɛ"),
    ("ei", "ɛ"),
    ("ay", "ɛ j"),
    ("ss", "s"),
    ("ll", "l"),
    ("mm", "m"),
    ("nn", "n"),
    ("pp", "p"),
    ("rr", "ʁ"),
    ("tt", "t"),
    ("ff", "f"),
    ("bb", "b"),
    ("dd", "d"),
    ("ck", "k"),
    ("œ", "œ"),
    ("æ", "e"),
    ("a", "a"),
    ("à", "a"),
    ("â", "a"),
    ("b", "b"),
    ("d", "d"),
    ("é", "e"),
    ("è", "ɛ"),
    ("ê", "ɛ"),
    ("ë", "ɛ"),
    ("f", "f"),
    ("h", ""),
    ("i", "i"),
    ("î", "i"),
    ("ï", "i"),
    ("j", "ʒ"),
    ("k", "k"),
    ("l", "l"),
    ("m", "m"),
    ("n", "n"),
    ("ô", "o"),
    ("p", "p"),
    ("q", "k"),
    ("r", "ʁ"),
    ("t", "t"),
    ("u", "y"),
    ("ù", "y"),
    ("û", "y"),
    ("ü", "y"),
    ("v", "v"),
    ("w", "w"),
    ("x", "k s"),
    ("y", "i"),
    ("z", "z"),
    ("ç", "s"),
    ("ñ", "ɲ"),
];

/// Nasal vowels: letters before n or m that is not followed by a vowel or another of them.
const NASALS: &[(&str, &str)] = &[
    ("ien", "j ɛ̃"),
    ("yen", "j ɛ̃"),
    ("éen", "e ɛ̃"),
    ("oin", "w ɛ̃"),
    ("ain", "ɛ̃"),
    ("aim", "ɛ̃"),
    ("ein", "ɛ̃"),
    ("an", "ɑ̃"),
    ("am", "ɑ̃"),
    ("en", "ɑ̃"),
    ("em", "ɑ̃"),
    ("in", "ɛ̃"),
    ("im", "ɛ̃"),
    ("yn", "ɛ̃"),
    ("ym", "ɛ̃"),
    ("on", "ɔ̃"),
    ("om", "ɔ̃"),
    ("un", "œ̃"),
    ("um", "œ̃"),
];

/// The phones of a word in small letters.
pub(super) fn read(word: &str) -> Vec<RawPhone> {
    let lower = word.to_lowercase().replace('’', "'");
    if let Some((_, phones)) = EXCEPTIONS.iter().find(|(name, _)| *name == lower) {
        return stressed(phones.split(' ').map(str::to_owned).collect());
    }
    // l'homme, qu'il: the elided word and the rest.
    if let Some((head, tail)) = lower.split_once('\'').filter(|(_, tail)| !tail.is_empty()) {
        let head: Vec<RawPhone> =
            sounds(head, false).into_iter().map(|ipa| RawPhone { ipa, ..RawPhone::default() }).collect();
        return [head, read(tail)].concat();
    }
    stressed(sounds(&lower, true))
}

fn stressed(symbols: Vec<String>) -> Vec<RawPhone> {
    let mut phones: Vec<RawPhone> =
        symbols.into_iter().map(|ipa| RawPhone { ipa, ..RawPhone::default() }).collect();
    let full = |p: &&mut RawPhone| Phone::from_ipa(&p.ipa).is_some_and(Phone::is_vowel) && p.ipa != "ə";
    if let Some(last) = phones.iter_mut().rev().find(full) {
        last.stress = 1;
    }
    phones
}

fn sounds(word: &str, ends: bool) -> Vec<String> {
    let all: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).take(100).collect();
    let letters = if ends { spoken_part(&all) } else { &all };
    let mut symbols = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let (length, ipa) = sound(letters, at, all.len() > letters.len());
        symbols.extend(ipa.split(' ').filter(|s| !s.is_empty()).map(str::to_owned));
        at += length.max(1);
    }
    symbols
}

/// Without the consonants and the e that are silent at the end.
fn spoken_part(letters: &[char]) -> &[char] {
    let ends = |ending: &str| {
        letters.len() > ending.chars().count()
            && letters.iter().rev().zip(ending.chars().rev()).all(|(a, b)| *a == b)
    };
    let cut = |count: usize| letters.get(..letters.len().saturating_sub(count)).unwrap_or(letters);
    if ends("ent") && letters.len() > 5 && !ends("ment") && !ends("cent") && !ends("dent") && !ends("vent") {
        return cut(2);
    }
    if ends("er") || ends("ez") || ends("et") {
        return letters;
    }
    if ends("es") {
        return cut(1);
    }
    let silent = letters.iter().rev().take_while(|c| "stdxpzg".contains(**c)).count();
    // Two at most, as in temps, and never all of a short word.
    cut(silent.min(2).min(letters.len().saturating_sub(2)))
}

fn is_vowel(c: char) -> bool {
    "aeiouyàâéèêëîïôùûüœæ".contains(c)
}

/// How many letters are read at `at`, and their phones. `cut`: silent letters followed.
fn sound(letters: &[char], at: usize, cut: bool) -> (usize, &'static str) {
    let letter = |offset: usize| letters.get(at + offset).copied().unwrap_or(' ');
    let before = at.checked_sub(1).and_then(|b| letters.get(b)).copied().unwrap_or(' ');
    let rest = letters.len() - at;
    let five: String = (0..5).map(letter).collect();
    let is_front = |c: char| "eiyéèêëîï".contains(c);
    if let Some((spelt, ipa)) = NASALS.iter().find(|(spelt, _)| {
        let next = letter(spelt.chars().count());
        five.starts_with(spelt) && !is_vowel(next) && !matches!(next, 'n' | 'm' | 'h')
    }) {
        return (spelt.chars().count(), ipa);
    }
    match letter(0) {
        'c' if letter(1) == 'h' => (2, "ʃ"),
        'c' if letter(1) == 'c' && is_front(letter(2)) => (2, "k s"),
        'c' if letter(1) == 'c' => (2, "k"),
        'c' => (1, if is_front(letter(1)) { "s" } else { "k" }),
        'g' if letter(1) == 'n' => (2, "ɲ"),
        'g' if letter(1) == 'u' && is_vowel(letter(2)) => (2, "ɡ"),
        'g' if letter(1) == 'e' && matches!(letter(2), 'a' | 'o' | 'â') => (2, "ʒ"),
        'g' => (1, if is_front(letter(1)) { "ʒ" } else { "ɡ" }),
        's' if letter(1) == 's' => (2, "s"),
        's' if letter(1) == 'c' && is_front(letter(2)) => (2, "s"),
        's' => (1, if is_vowel(before) && is_vowel(letter(1)) { "z" } else { "s" }),
        'e' if letter(1) == 'r' && rest == 2 && at > 1 => (2, "e"),
        'e' if letter(1) == 'z' && rest == 2 => (2, "e"),
        'e' if letter(1) == 't' && rest == 2 => (2, "ɛ"),
        'e' if letter(1) == 'a' && letter(2) == 'u' => (3, "o"),
        'e' if matches!(letter(1), 'u' | 'û') => (2, if rest == 2 || letter(2) == 's' { "ø" } else { "œ" }),
        'e' if letter(1) == 'i' && letter(2) == 'l' && rest == 3 => (3, "ɛ j"),
        'e' if letter(1) == 'i' && !five.starts_with("eill") => (2, "ɛ"),
        'e' if rest == 1 => (1, if cut && at < 2 { "e" } else { "" }),
        // Before two consonants it is open, before one it is weak.
        'e' if !is_vowel(letter(1)) && !five.starts_with("eill") => {
            let closed = !is_vowel(letter(2)) && letter(1) != ' ' && !matches!(letter(2), 'r' | 'l')
                || letter(1) == letter(2)
                || letter(1) == 'x';
            (1, if closed || rest == 2 || at == 0 { "ɛ" } else { "ə" })
        }
        'e' if five.starts_with("eill") => (4, "ɛ j"),
        'a' if letter(1) == 'i' && letter(2) == 'l' && rest == 3 => (3, "a j"),
        'i' if is_vowel(letter(1)) && letter(1) != 'e'
            || letter(0) == 'i' && letter(1) == 'e' && rest > 2 =>
        {
            (1, "j")
        }
        'y' if is_vowel(letter(1)) => (1, "j"),
        'u' if letter(1) == 'i' => (1, "ɥ"),
        'o' if matches!(letter(1), 'i' | 'î' | 'y' | 'u' | 'ù' | 'û' | 'e') => {
            let row = SPELT.iter().find(|(spelt, _)| five.starts_with(spelt));
            row.map_or((1, "ɔ"), |(spelt, ipa)| (spelt.chars().count(), *ipa))
        }
        'o' => (1, if rest == 1 || letter(1) == 's' && is_vowel(letter(2)) { "o" } else { "ɔ" }),
        'x' if before == 'e' && is_vowel(letter(1)) => (1, "ɡ z"),
        't' if letter(1) == 'i' && letter(2) == 'o' && letter(3) == 'n' && before != 's' => (4, "s j ɔ̃"),
        _ => {
            let row = SPELT.iter().find(|(spelt, _)| five.starts_with(spelt));
            row.map_or((1, ""), |(spelt, ipa)| (spelt.chars().count(), *ipa))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_by_their_spelling() {
        let ipa =
            |word: &str| read(word).iter().map(|p| p.ipa.as_str().to_owned()).collect::<Vec<_>>().join(" ");
        let rows = [
            ("bonjour", "b ɔ̃ ʒ u ʁ"),
            ("merci", "m ɛ ʁ s i"),
            ("beau", "b o"),
            ("chaque", "ʃ a k"),
            ("maison", "m ɛ z ɔ̃"),
            ("petit", "p ə t i"),
            ("parler", "p a ʁ l e"),
            ("nation", "n a s j ɔ̃"),
            ("bien", "b j ɛ̃"),
            ("vous", "v u"),
            ("français", "f ʁ ɑ̃ s ɛ"),
            ("l'homme", "l ɔ m"),
            ("garçon", "ɡ a ʁ s ɔ̃"),
            ("guerre", "ɡ ɛ ʁ"),
            ("moi", "m w a"),
            ("nuit", "n ɥ i"),
            ("fille", "f i j"),
            ("montagne", "m ɔ̃ t a ɲ"),
        ];
        let wrong: Vec<String> = rows
            .iter()
            .filter(|(word, phones)| ipa(word) != *phones)
            .map(|(word, phones)| format!("{word}: {} instead of {phones}", ipa(word)))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        for (_, phones) in SPELT.iter().chain(EXCEPTIONS).chain(NASALS).filter(|(_, p)| !p.is_empty()) {
            assert!(phones.split(' ').all(|p| Phone::from_ipa(p).is_some()), "{phones}");
        }
    }
}
