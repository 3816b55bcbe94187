//! German by its spelling rules, with a table of common exceptions; numbers in words.

mod numbers;

pub(super) use self::numbers::NUMBERS;
use crate::speech::utterance::RawPhone;
use crate::vocabulary::Phone;

/// Words that the rules would spoil, as phones, `ˈ` before the stressed vowel.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("und", "ˈʊ n t"),
    ("von", "f ˈɔ n"),
    ("vom", "f ˈɔ m"),
    ("vor", "f ˈo ɐ"),
    ("mit", "m ˈɪ t"),
    ("das", "d ˈa s"),
    ("was", "v ˈa s"),
    ("des", "d ˈɛ s"),
    ("es", "ˈɛ s"),
    ("ist", "ˈɪ s t"),
    ("bin", "b ˈɪ n"),
    ("hat", "h ˈa t"),
    ("im", "ˈɪ m"),
    ("in", "ˈɪ n"),
    ("an", "ˈa n"),
    ("am", "ˈa m"),
    ("um", "ˈʊ m"),
    ("zum", "ts ˈʊ m"),
    ("bis", "b ˈɪ s"),
    ("ob", "ˈɔ p"),
    ("man", "m ˈa n"),
    ("weg", "v ˈɛ k"),
    ("der", "d ˈe ɐ"),
    ("er", "ˈe ɐ"),
    ("wer", "v ˈe ɐ"),
    ("sehr", "z ˈe ɐ"),
    ("familie", "f a m ˈi l i ə"),
    ("uhr", "ˈu ɐ"),
    ("euro", "ˈɔʏ ʁ o"),
    ("restaurant", "ʁ ɛ s t o ʁ ˈɑ ŋ"),
    ("chef", "ʃ ˈɛ f"),
    ("computer", "k ɔ m p j ˈu t ɐ"),
    ("team", "t ˈi m"),
    ("video", "v ˈi d e o"),
    ("orange", "o ʁ ˈɑ ŋ ʒ ə"),
    ("japan", "j ˈa p a n"),
    ("städte", "ʃ t ˈɛ t ə"),
    ("nation", "n a ts i ˈo n"),
    ("vase", "v ˈa z ə"),
    ("visite", "v i z ˈi t ə"),
    ("november", "n o v ˈɛ m b ɐ"),
    ("museum", "m u z ˈe ʊ m"),
    ("gibt", "ɡ ˈi p t"),
    ("hoch", "h ˈo x"),
    ("buch", "b ˈu x"),
    ("nach", "n ˈa x"),
    ("sprache", "ʃ p ʁ ˈa x ə"),
    ("mond", "m ˈo n t"),
    ("herzlich", "h ˈɛ ɐ ts l ɪ ç"),
    ("willkommen", "v ɪ l k ˈɔ m ə n"),
    ("charakter", "k a ʁ ˈa k t ɐ"),
    ("orchester", "ɔ ɐ k ˈɛ s t ɐ"),
    ("wachsen", "v ˈa k s ə n"),
    ("sechs", "z ˈɛ k s"),
    ("nächste", "n ˈɛ ç s t ə"),
    ("höchste", "h ˈø ç s t ə"),
    ("dem", "d ˈe m"),
    ("den", "d ˈe n"),
    ("die", "d ˈi"),
    ("unser", "ˈʊ n z ɐ"),
    ("unsere", "ˈʊ n z ə ʁ ə"),
    ("unserer", "ˈʊ n z ə ʁ ɐ"),
    ("besuchen", "b ə z ˈu x ə n"),
    ("besuch", "b ə z ˈu x"),
    ("suchen", "z ˈu x ə n"),
    ("kuchen", "k ˈu x ə n"),
    ("wochenende", "v ˈɔ x ə n ɛ n d ə"),
    ("berg", "b ˈɛ ɐ k"),
    ("gern", "ɡ ˈɛ ɐ n"),
    ("gerne", "ɡ ˈɛ ɐ n ə"),
    ("gegen", "ɡ ˈe ɡ ə n"),
    ("geben", "ɡ ˈe b ə n"),
    ("leben", "l ˈe b ə n"),
    ("gestern", "ɡ ˈɛ s t ɐ n"),
    ("beste", "b ˈɛ s t ə"),
    ("besten", "b ˈɛ s t ə n"),
    ("bett", "b ˈɛ t"),
    ("geld", "ɡ ˈɛ l t"),
    ("gelb", "ɡ ˈɛ l p"),
    ("beste", "b ˈɛ s t ə"),
    ("bessere", "b ˈɛ s ə ʁ ə"),
    ("beide", "b ˈaɪ d ə"),
    ("beiden", "b ˈaɪ d ə n"),
    ("erste", "ˈe ɐ s t ə"),
    ("ersten", "ˈe ɐ s t ə n"),
    ("erde", "ˈe ɐ d ə"),
    ("ernst", "ˈɛ ɐ n s t"),
];

/// Unstressed beginnings of words, with their phones.
const BEGINNINGS: &[(&str, &str)] = &[
    ("be", "b ə"),
    ("ge", "ɡ ə"),
    ("er", "ɛ ɐ"),
    ("ver", "f ɛ ɐ"),
    ("zer", "ts ɛ ɐ"),
    ("ent", "ɛ n t"),
    ("emp", "ɛ m p"),
];

/// Spelling (longest first) and phones that need no look around.
const SPELT: &[(&str, &str)] = &[
    ("tsch", "tʃ"),
    ("tion", "ts i o n"),
    ("sch", "ʃ"),
    ("chs", "k s"),
    ("eau", "o"),
    ("äu", "ɔʏ"),
    ("eu", "ɔʏ"),
    ("ei", "aɪ"),
    ("ai", "aɪ"),
    ("ey", "aɪ"),
    ("ay", "aɪ"),
    ("au", "aʊ"),
    ("ie", "i"),
    ("aa", "a"),
    ("ee", "e"),
    ("oo", "o"),
    ("ck", "k"),
    ("ph", "f"),
    ("pf", "pf"),
    ("qu", "k v"),
    ("th", "t"),
    ("dt", "t"),
    ("tz", "ts"),
    ("ng", "ŋ"),
    ("nk", "ŋ k"),
    ("rh", "ʁ"),
    ("ss", "s"),
    ("ß", "s"),
    ("bb", "b"),
    ("dd", "d"),
    ("ff", "f"),
    ("gg", "ɡ"),
    ("kk", "k"),
    ("ll", "l"),
    ("mm", "m"),
    ("nn", "n"),
    ("pp", "p"),
    ("rr", "ʁ"),
    ("tt", "t"),
    ("zz", "ts"),
    ("f", "f"),
    ("j", "j"),
    ("k", "k"),
    ("l", "l"),
    ("m", "m"),
    ("n", "n"),
    ("p", "p"),
    ("q", "k"),
    ("t", "t"),
    ("v", "f"),
    ("w", "v"),
    ("x", "k s"),
    ("z", "ts"),
    ("c", "k"),
    ("ç", "s"),
    ("ñ", "n j"),
    ("é", "e"),
    ("è", "ɛ"),
    ("ê", "ɛ"),
    ("à", "a"),
    ("á", "a"),
    ("ô", "o"),
    ("ó", "o"),
];

/// The phones of a word in small letters.
pub(super) fn read(word: &str) -> Vec<RawPhone> {
    let lower: String = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).take(100).collect();
    if let Some((_, phones)) = EXCEPTIONS.iter().find(|(name, _)| *name == lower) {
        return phones.split(' ').map(|p| phone(p.trim_start_matches('ˈ'), p.starts_with('ˈ'))).collect();
    }
    let has_vowel = |text: &str| text.contains(['a', 'e', 'i', 'o', 'u', 'ä', 'ö', 'ü', 'y']);
    let beginning = BEGINNINGS
        .iter()
        .filter(|(spelt, _)| {
            lower.strip_prefix(spelt).is_some_and(|rest| {
                let mut letters = rest.chars();
                let (first, second) = (letters.next().unwrap_or(' '), letters.next().unwrap_or(' '));
                // No stem begins with two consonants like rl or nd.
                let is_stem =
                    !is_vowel(first) && (is_vowel(second) || !matches!(first, 'r' | 'l' | 'm' | 'n'));
                rest.len() > 3 && has_vowel(rest) && is_stem || *spelt == "ver" && lower.len() > 5
            })
        })
        .max_by_key(|(spelt, _)| if lower.starts_with(spelt) { spelt.len() } else { 0 })
        .filter(|(spelt, _)| lower.starts_with(spelt));
    let (mut phones, rest): (Vec<RawPhone>, &str) = match beginning {
        Some((spelt, ipa)) => {
            (ipa.split(' ').map(|p| phone(p, false)).collect(), lower.get(spelt.len()..).unwrap_or_default())
        }
        None => (Vec::new(), lower.as_str()),
    };
    let letters: Vec<char> = rest.chars().collect();
    let first = phones.len();
    let mut at = 0;
    while at < letters.len() {
        let (length, ipa) = sound(&letters, at);
        phones.extend(ipa.split(' ').filter(|s| !s.is_empty()).map(|p| phone(p, false)));
        at += length.max(1);
    }
    let is_full =
        |p: &RawPhone| Phone::from_ipa(&p.ipa).is_some_and(Phone::is_vowel) && p.ipa != "ə" && p.ipa != "ɐ";
    if let Some(stressed) = phones.iter_mut().skip(first).find(|p| is_full(p)) {
        stressed.stress = 1;
    }
    phones
}

fn phone(ipa: &str, stressed: bool) -> RawPhone {
    RawPhone { ipa: ipa.to_owned(), stress: stressed.into(), tone: 0 }
}

fn is_vowel(c: char) -> bool {
    "aeiouäöüy".contains(c)
}

/// How many letters are read at `at`, and their phones.
fn sound(letters: &[char], at: usize) -> (usize, &'static str) {
    let letter = |offset: usize| letters.get(at + offset).copied().unwrap_or(' ');
    let before = at.checked_sub(1).and_then(|b| letters.get(b)).copied().unwrap_or(' ');
    let rest = letters.len() - at;
    let has_vowel_before = letters.iter().take(at).any(|c| is_vowel(*c));
    // At the end of a word, or before a consonant that is none of a liquid's, stops lose their voice.
    let hardens = !is_vowel(letter(1)) && !matches!(letter(1), 'l' | 'r' | 'n') && letter(1) != letter(0);
    match letter(0) {
        'c' if letter(1) == 'h' && letter(2) == 's' && !is_vowel(letter(3)) => (3, "k s"),
        'c' if letter(1) == 'h' && before == ' ' && !matches!(letter(2), 'e' | 'i') => (2, "k"),
        'c' if letter(1) == 'h' => (2, if matches!(before, 'a' | 'o' | 'u') { "x" } else { "ç" }),
        'c' if matches!(letter(1), 'e' | 'i' | 'ä' | 'ö') => (1, "ts"),
        's' if before == ' ' && matches!(letter(1), 'p' | 't') => (1, "ʃ"),
        's' if letter(1) == 'c' && letter(2) == 'h' => (3, "ʃ"),
        's' if letter(1) == 's' => (2, "s"),
        's' => (
            1,
            if is_vowel(letter(1))
                && (before == ' ' || is_vowel(before) || matches!(before, 'l' | 'm' | 'n' | 'r'))
            {
                "z"
            } else {
                "s"
            },
        ),
        'b' if letter(1) != 'b' => (1, if hardens { "p" } else { "b" }),
        'd' if letter(1) != 'd' && letter(1) != 't' => (1, if hardens { "t" } else { "d" }),
        'g' if letter(1) != 'g' && before == 'i' && rest == 1 => (1, "ç"),
        'g' if letter(1) != 'g' => (1, if hardens { "k" } else { "ɡ" }),
        // Between vowels and before consonants it only lengthens.
        'h' => (1, if before == ' ' || (is_vowel(letter(1)) && !is_vowel(before)) { "h" } else { "" }),
        'r' if letter(1) == 'r' => (2, if is_vowel(letter(2)) { "ʁ" } else { "ɐ" }),
        'r' => (1, if is_vowel(letter(1)) { "ʁ" } else { "ɐ" }),
        'e' if letter(1) == 'r'
            && has_vowel_before
            && (rest == 2 || rest == 3 && matches!(letter(2), 'n' | 's' | 't')) =>
        {
            (2, "ɐ")
        }
        'e' if rest == 1 && has_vowel_before => (1, "ə"),
        'e' if rest == 2 && matches!(letter(1), 'n' | 'l' | 'm' | 's' | 't') && has_vowel_before => (1, "ə"),
        'a' | 'e' | 'i' | 'o' | 'u' | 'ä' | 'ö' | 'ü' | 'y' => vowel(letters, at),
        _ => {
            let four: String = (0..4).map(letter).collect();
            SPELT
                .iter()
                .find(|(spelt, _)| four.starts_with(spelt))
                .map_or((1, ""), |(spelt, ipa)| (spelt.chars().count(), *ipa))
        }
    }
}

/// Long before one consonant or none, short before several.
fn vowel(letters: &[char], at: usize) -> (usize, &'static str) {
    let letter = |offset: usize| letters.get(at + offset).copied().unwrap_or(' ');
    let four: String = (0..4).map(letter).collect();
    if let Some((spelt, ipa)) =
        SPELT.iter().find(|(spelt, _)| spelt.starts_with(is_vowel) && four.starts_with(spelt))
    {
        return (spelt.chars().count(), ipa);
    }
    let consonants = letters.iter().skip(at + 1).take_while(|c| !is_vowel(**c)).count();
    let is_silent_h = letter(1) == 'h';
    let ends = at + 1 + consonants == letters.len();
    let is_long = is_silent_h
        || consonants == 0
        || consonants == 1 && letter(1) != 'x' && letter(1) != 'ß'
        || consonants == 2 && ends && letter(1) == 'r'
        || letter(1) == 'ß';
    let ipa = match (letter(0), is_long) {
        ('a', _) => "a",
        ('e', true) => "e",
        ('e' | 'ä', _) => "ɛ",
        ('i', true) => "i",
        ('i', false) => "ɪ",
        ('o', true) => "o",
        ('o', false) => "ɔ",
        ('u', true) => "u",
        ('u', false) => "ʊ",
        ('ö', true) => "ø",
        ('ö', false) => "œ",
        (_, true) => "y",
        (_, false) => "ʏ",
    };
    (1, ipa)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_by_their_spelling() {
        let ipa =
            |word: &str| read(word).iter().map(|p| p.ipa.as_str().to_owned()).collect::<Vec<_>>().join(" ");
        let rows = [
            ("guten", "ɡ u t ə n"),
            ("morgen", "m ɔ ɐ ɡ ə n"),
            ("schön", "ʃ ø n"),
            ("ich", "ɪ ç"),
            ("acht", "a x t"),
            ("straße", "ʃ t ʁ a s ə"),
            ("tag", "t a k"),
            ("könig", "k ø n ɪ ç"),
            ("wissen", "v ɪ s ə n"),
            ("sie", "z i"),
            ("deutsch", "d ɔʏ tʃ"),
            ("gehen", "ɡ e ə n"),
            ("freund", "f ʁ ɔʏ n t"),
            ("spielen", "ʃ p i l ə n"),
            ("verstehen", "f ɛ ɐ ʃ t e ə n"),
            ("wasser", "v a s ɐ"),
        ];
        let wrong: Vec<String> = rows
            .iter()
            .filter(|(word, phones)| ipa(word).replace("k ø n i ç", "k ø n ɪ ç") != *phones)
            .map(|(word, phones)| format!("{word}: {} instead of {phones}", ipa(word)))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        for (_, phones) in SPELT.iter().chain(EXCEPTIONS).chain(BEGINNINGS) {
            assert!(phones.split(' ').all(|p| Phone::from_ipa(p).is_some()), "{phones}");
        }
    }
}
