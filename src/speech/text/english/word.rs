//! One English word → its pronunciations: dictionary, endings, compounds, and at last its letters.
//!
//! Every word of letters gets at least one.

use super::dictionary::Dictionary;
use super::letters::{Model, with_one_stress};
use super::phones::{from_arpabet, stress, with_stress};

/// A pronunciation as phone numbers.
pub(super) type Sounds = Vec<u8>;

/// The names of the letters.
const LETTERS: [(char, &str); 26] = [
    ('a', "EY1"),
    ('b', "B IY1"),
    ('c', "S IY1"),
    ('d', "D IY1"),
    ('e', "IY1"),
    ('f', "EH1 F"),
    ('g', "JH IY1"),
    ('h', "EY1 CH"),
    ('i', "AY1"),
    ('j', "JH EY1"),
    ('k', "K EY1"),
    ('l', "EH1 L"),
    ('m', "EH1 M"),
    ('n', "EH1 N"),
    ('o', "OW1"),
    ('p', "P IY1"),
    ('q', "K Y UW1"),
    ('r', "AA1 R"),
    ('s', "EH1 S"),
    ('t', "T IY1"),
    ('u', "Y UW1"),
    ('v', "V IY1"),
    ('w', "D AH1 B AH0 L Y UW0"),
    ('x', "EH1 K S"),
    ('y', "W AY1"),
    ('z', "Z IY1"),
];

/// Words that the dictionary lacks or that rules would spoil.
const OWN: &[(&str, &str)] = &[
    ("hmm", "HH AH1 M"),
    ("mm", "M"),
    ("mmm", "M"),
    ("mhm", "M HH AH1 M"),
    ("shh", "SH"),
    ("psst", "P S T"),
    ("brr", "B ER1"),
    ("grr", "G ER1"),
    ("pfft", "P F T"),
    ("tsk", "T IH1 S K"),
    ("zzz", "Z"),
    ("miz", "M IH1 Z"),
    ("covid", "K OW1 V IH0 D"),
    ("emoji", "IH0 M OW1 JH IY0"),
    ("jpeg", "JH EY1 P EH2 G"),
    ("mpeg", "EH1 M P EH2 G"),
    ("json", "JH EY1 S AH0 N"),
    ("wifi", "W AY1 F AY2"),
    ("podcast", "P AA1 D K AE2 S T"),
    ("livestream", "L AY1 V S T R IY2 M"),
    ("startup", "S T AA1 R T AH2 P"),
    ("nvidia", "EH2 N V IH1 D IY0 AH0"),
    ("simd", "S IH1 M D IY0"),
    ("cuda", "K UW1 D AH0"),
    ("wasm", "W AA1 Z AH0 M"),
    ("ascii", "AE1 S K IY0"),
    ("covid's", "K OW1 V IH0 D Z"),
    ("beyonce", "B IY0 AA1 N S EY0"),
    ("kubernetes", "K UW2 B ER0 N EH1 T IY2 Z"),
    ("tiktok", "T IH1 K T AA2 K"),
    ("xi'an", "SH IY1 AA1 N"),
    ("siri", "S IH1 R IY0"),
    ("alexa", "AH0 L EH1 K S AH0"),
    ("avatar", "AE1 V AH0 T AA2 R"),
];

/// Endings behind a stem: letters, sounds, and what the stem may have lost before them.
const ENDINGS: &[(&str, &str)] = &[
    ("ing", "IH0 NG"),
    ("ings", "IH0 NG Z"),
    ("ly", "L IY0"),
    ("ness", "N AH0 S"),
    ("less", "L AH0 S"),
    ("ful", "F AH0 L"),
    ("er", "ER0"),
    ("ers", "ER0 Z"),
    ("able", "AH0 B AH0 L"),
    ("ish", "IH0 SH"),
    ("ism", "IH2 Z AH0 M"),
    ("ist", "IH0 S T"),
    ("ists", "IH0 S T S"),
    ("ment", "M AH0 N T"),
    ("ments", "M AH0 N T S"),
    ("ship", "SH IH2 P"),
    ("hood", "HH UH2 D"),
    ("like", "L AY2 K"),
    ("wise", "W AY2 Z"),
    ("proof", "P R UW2 F"),
    ("free", "F R IY2"),
];

/// Beginnings before a word of the dictionary.
const BEGINNINGS: &[(&str, &str)] = &[
    ("un", "AH2 N"),
    ("re", "R IY2"),
    ("pre", "P R IY2"),
    ("non", "N AA2 N"),
    ("mis", "M IH2 S"),
    ("dis", "D IH2 S"),
    ("over", "OW2 V ER0"),
    ("under", "AH2 N D ER0"),
    ("anti", "AE2 N T IY0"),
    ("auto", "AO2 T OW0"),
    ("bio", "B AY2 OW0"),
    ("counter", "K AW2 N T ER0"),
    ("cyber", "S AY2 B ER0"),
    ("hyper", "HH AY2 P ER0"),
    ("inter", "IH2 N T ER0"),
    ("mega", "M EH2 G AH0"),
    ("meta", "M EH2 T AH0"),
    ("micro", "M AY2 K R OW0"),
    ("mini", "M IH2 N IY0"),
    ("multi", "M AH2 L T IY0"),
    ("nano", "N AE2 N OW0"),
    ("neuro", "N UH2 R OW0"),
    ("photo", "F OW2 T OW0"),
    ("post", "P OW2 S T"),
    ("pseudo", "S UW2 D OW0"),
    ("semi", "S EH2 M IY0"),
    ("sub", "S AH2 B"),
    ("super", "S UW2 P ER0"),
    ("tele", "T EH2 L AH0"),
    ("trans", "T R AE2 N Z"),
    ("ultra", "AH2 L T R AH0"),
];

/// Two consonants that words begin with, foreign names among them.
const BEGIN_WORDS: &[&str] = &[
    "bh", "bl", "br", "ch", "cl", "cr", "cz", "dh", "dj", "dr", "dw", "dz", "fj", "fl", "fr", "gh", "gl",
    "gn", "gr", "gw", "hr", "hv", "jh", "kh", "kl", "kn", "kr", "kv", "kw", "ll", "lh", "mb", "mc", "mn",
    "nd", "ng", "nj", "nk", "ph", "pl", "pn", "pr", "ps", "pt", "rh", "sc", "sh", "sk", "sl", "sm", "sn",
    "sp", "sq", "sr", "st", "sv", "sw", "sz", "th", "tl", "tr", "ts", "tw", "tz", "vl", "vr", "wh", "wl",
    "wr", "zb", "zd", "zh", "zl", "zn", "zw",
];
/// Neither part of a compound may be shorter.
const SHORTEST_PART: usize = 3;
/// Past the best reading of the letters, another is given where it is at most this much less likely (ln).
const NEARLY_AS_LIKELY: f32 = 1.2;
/// Longer words are read by their letters only.
const LONGEST: usize = 40;

/// Every likely pronunciation of a word in lower case (apostrophes allowed), or of a letter's name given as a capital,
/// with `'s` for its plural. The likeliest first; empty only where there is no letter in it.
pub(super) fn variants(word: &str) -> Vec<Sounds> {
    let (name, ending) = word.strip_suffix("'s").map_or((word, ""), |name| (name, "'s"));
    if let Some(letter) = letter_name(name) {
        return vec![with_ending(letter, ending)];
    }
    let plain = super::super::fold::latin(&word.replace('’', "'"));
    let plain = plain.as_str();
    let known = of_dictionary(plain);
    if !known.is_empty() {
        return known;
    }
    if plain.len() <= LONGEST {
        let ways = [of_possessive, of_spelling, of_ending, of_compound, of_beginning];
        if let Some(found) = ways.iter().map(|way| way(plain)).find(|found| !found.is_empty()) {
            return found;
        }
    }
    of_letters(plain)
}

fn letter_name(name: &str) -> Option<Sounds> {
    let mut chars = name.chars();
    let letter = chars.next().filter(|c| c.is_ascii_uppercase() && chars.next().is_none())?;
    let row = LETTERS.iter().find(|(c, _)| c.eq_ignore_ascii_case(&letter))?;
    Some(from_arpabet(row.1))
}

fn of_dictionary(word: &str) -> Vec<Sounds> {
    match OWN.iter().find(|(own, _)| *own == word) {
        Some((_, sounds)) => vec![from_arpabet(sounds)],
        None => Dictionary::embedded().find(word),
    }
}

/// `'s` and plain `s`: voiced, unvoiced or with a vowel, by the last sound.
fn with_ending(mut sounds: Sounds, ending: &str) -> Sounds {
    if ending.is_empty() {
        return sounds;
    }
    let last = sounds.last().copied();
    let is_one_of = |names: &str| last.is_some_and(|last| from_arpabet(names).contains(&last));
    sounds.extend(from_arpabet(if is_one_of("S Z SH ZH CH JH") {
        "IH0 Z"
    } else if is_one_of("P T K F TH") {
        "S"
    } else {
        "Z"
    }));
    sounds
}

fn of_possessive(word: &str) -> Vec<Sounds> {
    const SHORT_FORMS: [(&str, &str); 4] = [("'ll", "AH0 L"), ("'d", "D"), ("'ve", "V"), ("'re", "ER0")];
    if let Some(base) = word.strip_suffix("'s") {
        return variants_of_base(base).into_iter().map(|s| with_ending(s, "'s")).collect();
    }
    if let Some(base) = word.strip_suffix('\'').or_else(|| word.strip_prefix('\'')) {
        return variants_of_base(base);
    }
    for (short, sounds) in SHORT_FORMS {
        if let Some(base) = word.strip_suffix(short) {
            let sounds = from_arpabet(sounds);
            return variants_of_base(base).into_iter().map(|s| [s, sounds.clone()].concat()).collect();
        }
    }
    Vec::new()
}

fn variants_of_base(base: &str) -> Vec<Sounds> {
    if base.is_empty() || base.contains('\'') { of_letters(base) } else { variants(base) }
}

/// Short words without any vowel, or that begin as no word does, are spelt.
fn of_spelling(word: &str) -> Vec<Sounds> {
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | '\'');
    let begins_oddly =
        word.get(..2).is_some_and(|two| !two.contains(is_vowel) && !BEGIN_WORDS.contains(&two));
    if word.contains(is_vowel) && !begins_oddly || word.len() > 5 {
        return Vec::new();
    }
    let names: Vec<Sounds> =
        word.to_ascii_uppercase().chars().filter_map(|c| letter_name(&c.to_string())).collect();
    if names.is_empty() { Vec::new() } else { vec![names.concat()] }
}

fn of_ending(word: &str) -> Vec<Sounds> {
    if let Some(stem) = word.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with('s')) {
        let singular = [
            stem.strip_suffix("ie").map(|s| format!("{s}y")),
            Some(stem.to_owned()),
            stem.strip_suffix('e').map(str::to_owned),
        ];
        if let Some(found) =
            singular.iter().flatten().map(|s| known_or_made(s)).find(|found| !found.is_empty())
        {
            return found.into_iter().map(|s| with_ending(s, "s")).collect();
        }
    }
    if let Some(stem) = word.strip_suffix("ed").filter(|stem| stem.len() > 2) {
        let found = of_stem(stem);
        if !found.is_empty() {
            return found.into_iter().map(past).collect();
        }
    }
    for (ending, sounds) in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 2) {
            let sounds = from_arpabet(sounds);
            let found = of_stem(stem);
            if !found.is_empty() {
                return found.into_iter().map(|s| [s, sounds.clone()].concat()).collect();
            }
        }
    }
    Vec::new()
}

fn known_or_made(word: &str) -> Vec<Sounds> {
    let known = of_dictionary(word);
    if known.is_empty() { of_compound(word) } else { known }
}

/// A stem as it stands, with its lost `e`, without its doubled consonant, with `y` for `i`.
fn of_stem(stem: &str) -> Vec<Sounds> {
    let bytes = stem.as_bytes();
    let doubled = matches!(bytes, [.., a, b] if a == b && !b"aeiou".contains(a));
    let forms = [
        Some(stem.to_owned()),
        Some(format!("{stem}e")),
        stem.strip_suffix(|_: char| doubled).map(str::to_owned),
        stem.strip_suffix('i').map(|s| format!("{s}y")),
    ];
    forms.iter().flatten().map(|form| known_or_made(form)).find(|found| !found.is_empty()).unwrap_or_default()
}

fn past(mut sounds: Sounds) -> Sounds {
    let last = sounds.last().copied();
    let is_one_of = |names: &str| last.is_some_and(|last| from_arpabet(names).contains(&last));
    sounds.extend(from_arpabet(if is_one_of("T D") {
        "IH0 D"
    } else if is_one_of("P K F TH S SH CH") {
        "T"
    } else {
        "D"
    }));
    sounds
}

/// Two words of the dictionary, the shorter one as long as can be; the second is stressed less.
fn of_compound(word: &str) -> Vec<Sounds> {
    let mut cuts: Vec<usize> = (SHORTEST_PART..=word.len().saturating_sub(SHORTEST_PART)).collect();
    cuts.sort_by_key(|cut| std::cmp::Reverse((*cut).min(word.len() - cut)));
    for cut in cuts {
        let Some((left, right)) = word.split_at_checked(cut) else { continue };
        let (first, second) = (of_dictionary(left), of_dictionary(right));
        if let (Some(first), Some(second)) = (first.first(), second.first()) {
            let lower = second.iter().map(|p| if stress(*p) == Some(1) { with_stress(*p, 2) } else { *p });
            return vec![first.iter().copied().chain(lower).collect()];
        }
    }
    Vec::new()
}

fn of_beginning(word: &str) -> Vec<Sounds> {
    for (beginning, sounds) in BEGINNINGS {
        if let Some(rest) = word.strip_prefix(beginning).filter(|rest| rest.len() >= SHORTEST_PART) {
            let found = of_dictionary(rest);
            if !found.is_empty() {
                let sounds = from_arpabet(sounds);
                return found.into_iter().map(|s| [sounds.clone(), s].concat()).collect();
            }
        }
    }
    Vec::new()
}

fn of_letters(word: &str) -> Vec<Sounds> {
    if !word.contains(|c: char| c.is_ascii_alphabetic()) {
        return Vec::new();
    }
    let readings = Model::embedded().map(|model| model.read(word)).unwrap_or_default();
    let best = readings.first().map_or(0.0, |(score, _)| *score);
    let near = readings.into_iter().take_while(|(score, _)| best - score <= NEARLY_AS_LIKELY).take(3);
    let mut found: Vec<Sounds> = Vec::new();
    for (_, sounds) in near {
        let sounds = with_one_stress(sounds);
        if !found.contains(&sounds) {
            found.push(sounds);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::phones::SYMBOLS;
    use super::*;

    fn first(word: &str) -> String {
        let found = variants(word).into_iter().next().unwrap_or_default();
        found.iter().map(|p| SYMBOLS[usize::from(*p)]).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_outside_the_dictionary_are_made_of_those_in_it() {
        assert_eq!(first("podcasts"), "P AA1 D K AE2 S T S");
        assert_eq!(first("livestream"), "L AY1 V S T R IY2 M");
        assert_eq!(first("avatar's"), "AE1 V AH0 T AA2 R Z");
        assert_eq!(first("unmuted"), "AH0 N M Y UW1 T IH0 D".replace("AH0", "AH2"));
        assert_eq!(first("keyframe"), "K IY1 F R EY2 M");
        assert_eq!(first("gltf"), "JH IY1 EH1 L T IY1 EH1 F");
        assert_eq!(first("wgpu"), "D AH1 B AH0 L Y UW0 JH IY1 P IY1 Y UW1");
        assert_eq!(first("O's"), "OW1 Z");
        assert_eq!(first("X's"), "EH1 K S IH0 Z");
        assert_eq!(first("café"), first("cafe"));
    }

    #[test]
    fn every_word_of_letters_is_read() {
        for word in ["rhetor", "zhuravlev", "'", "qwrtzx", "a'b'c", "straße", "naïve", "ñandú"] {
            assert_eq!(variants(word).is_empty(), word == "'", "{word}");
        }
    }
}
