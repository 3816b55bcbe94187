//! German by its spelling rules, with a table of common exceptions; numbers in words.

use super::rules::Table;
use crate::speech::utterance::RawPhone;
use crate::vocabulary::Phone;

const ONES: [&str; 13] = [
    "null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
];
const TENS: [&str; 10] =
    ["", "zehn", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];

/// What German says for figures and signs.
pub(super) const NUMBERS: Table = Table {
    cardinal,
    ordinal,
    year,
    clock: |h, m| match m {
        0 => format!("{} uhr", hour(h)),
        _ => format!("{} uhr {}", hour(h), cardinal(m)),
    },
    ordinal_endings: &["."],
    point: "komma",
    to: "bis",
    minus: "minus",
    plus: "plus",
    units: &[
        ("%", "prozent"),
        ("€", "euro"),
        ("$", "dollar"),
        ("£", "pfund"),
        ("°C", "grad celsius"),
        ("°", "grad"),
        ("mm", "millimeter"),
        ("cm", "zentimeter"),
        ("m", "meter"),
        ("km", "kilometer"),
        ("g", "gramm"),
        ("kg", "kilogramm"),
        ("l", "liter"),
        ("ml", "milliliter"),
        ("s", "sekunden"),
        ("min", "minuten"),
        ("h", "stunden"),
        ("km/h", "kilometer pro stunde"),
        ("m²", "quadratmeter"),
        ("Hz", "hertz"),
        ("kHz", "kilohertz"),
        ("GB", "gigabyte"),
        ("MB", "megabyte"),
        ("kW", "kilowatt"),
        ("kWh", "kilowattstunden"),
        ("EUR", "euro"),
        ("Uhr", "uhr"),
    ],
    signs: &[('&', "und"), ('+', "plus"), ('=', "gleich"), ('@', "ät"), ('%', "prozent")],
    months: [
        "januar",
        "februar",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ],
    of: "",
    short: &[
        ("z.b", "zum beispiel"),
        ("d.h", "das heißt"),
        ("u.a", "unter anderem"),
        ("usw", "und so weiter"),
        ("bzw", "beziehungsweise"),
        ("dr", "doktor"),
        ("prof", "professor"),
        ("hr", "herr"),
        ("fr", "frau"),
        ("str", "straße"),
        ("nr", "nummer"),
        ("ca", "circa"),
        ("evtl", "eventuell"),
        ("ggf", "gegebenenfalls"),
        ("inkl", "inklusive"),
        ("mio", "millionen"),
        ("mrd", "milliarden"),
        ("st", "sankt"),
        ("tel", "telefon"),
        ("v.a", "vor allem"),
    ],
    letters: [
        "a", "beh", "zeh", "deh", "e", "eff", "geh", "ha", "i", "jott", "ka", "ell", "emm", "enn", "o",
        "peh", "kuh", "err", "ess", "teh", "u", "vau", "weh", "iks", "üpsilon", "zett",
    ],
};

fn hour(h: u64) -> String {
    if h == 1 { "ein".to_owned() } else { cardinal(h) }
}

/// A number counted.
fn cardinal(n: u64) -> String {
    if n == 1 { "eins".to_owned() } else { joined(n) }
}

/// As part of a number, where one is "ein".
fn joined(n: u64) -> String {
    let one = |n: u64| if n == 1 { "ein".to_owned() } else { joined(n) };
    match n {
        0..=12 => ONES.get(n as usize).map_or(String::new(), |s| (*s).to_owned()),
        16 => "sechzehn".to_owned(),
        17 => "siebzehn".to_owned(),
        13..=19 => format!("{}zehn", joined(n - 10)),
        20..100 => {
            let tens = TENS.get(n as usize / 10).copied().unwrap_or_default();
            if n.is_multiple_of(10) { tens.to_owned() } else { format!("{}und{tens}", one(n % 10)) }
        }
        100..1000 => format!("{}hundert{}", one(n / 100), rest(n % 100)),
        1000..1_000_000 => format!("{}tausend{}", one(n / 1000), rest(n % 1000)),
        1_000_000..1_000_000_000 => large(n, 1_000_000, "million", "millionen"),
        _ => large(n, 1_000_000_000, "milliarde", "milliarden"),
    }
}

fn rest(n: u64) -> String {
    if n == 0 { String::new() } else { cardinal(n) }
}

fn large(n: u64, size: u64, single: &str, several: &str) -> String {
    let head =
        if n / size == 1 { format!("eine {single}") } else { format!("{} {several}", joined(n / size)) };
    format!("{head} {}", rest(n % size)).trim().to_owned()
}

fn ordinal(n: u64) -> Option<String> {
    Some(match n {
        0 => return None,
        1 => "erste".to_owned(),
        3 => "dritte".to_owned(),
        7 => "siebte".to_owned(),
        8 => "achte".to_owned(),
        2..20 => format!("{}te", cardinal(n)),
        _ => format!("{}ste", cardinal(n)),
    })
}

fn year(n: u64) -> String {
    match n {
        1100..2000 => format!("{}hundert{}", joined(n / 100), rest(n % 100)),
        _ => cardinal(n),
    }
}

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
                rest.len() > 3 && has_vowel(rest) && !rest.starts_with(|c| "aeiouäöüy".contains(c))
                    || *spelt == "ver" && lower.len() > 5
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
        'e' if letter(1) == 'r' && rest == 2 && before != ' ' => (2, "ɐ"),
        'e' if rest == 1 && before != ' ' => (1, "ə"),
        'e' if rest == 2 && matches!(letter(1), 'n' | 'l' | 'm' | 's' | 't') && before != ' ' => (1, "ə"),
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

    #[test]
    fn numbers_are_counted() {
        let rows = [
            (1, "eins"),
            (21, "einundzwanzig"),
            (101, "einhunderteins"),
            (2026, "zweitausendsechsundzwanzig"),
            (1_000_000, "eine million"),
            (17, "siebzehn"),
        ];
        for (n, said) in rows {
            assert_eq!(cardinal(n), said);
        }
        assert_eq!(year(1989), "neunzehnhundertneunundachtzig");
        assert_eq!(ordinal(3).as_deref(), Some("dritte"));
    }
}
