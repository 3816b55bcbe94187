//! Japanese kana as phones, and numbers in kana. Kanji need a dictionary and are not read here.

use super::token::Token;
use super::tongue::is_kana;
use crate::speech::utterance::RawPhone;

/// Morae in hiragana, two letters before one, with their phones.
const MORAE: &[(&str, &str)] = &[
    ("きゃ", "kʲ a"),
    ("きゅ", "kʲ ɯ"),
    ("きょ", "kʲ o"),
    ("ぎゃ", "ɡʲ a"),
    ("ぎゅ", "ɡʲ ɯ"),
    ("ぎょ", "ɡʲ o"),
    ("しゃ", "ɕ a"),
    ("しゅ", "ɕ ɯ"),
    ("しょ", "ɕ o"),
    ("しぇ", "ɕ e"),
    ("じゃ", "dʑ a"),
    ("じゅ", "dʑ ɯ"),
    ("じょ", "dʑ o"),
    ("じぇ", "dʑ e"),
    ("ちゃ", "tɕ a"),
    ("ちゅ", "tɕ ɯ"),
    ("ちょ", "tɕ o"),
    ("ちぇ", "tɕ e"),
    ("にゃ", "ɲ a"),
    ("にゅ", "ɲ ɯ"),
    ("にょ", "ɲ o"),
    ("ひゃ", "ç a"),
    ("ひゅ", "ç ɯ"),
    ("ひょ", "ç o"),
    ("びゃ", "bʲ a"),
    ("びゅ", "bʲ ɯ"),
    ("びょ", "bʲ o"),
    ("ぴゃ", "pʲ a"),
    ("ぴゅ", "pʲ ɯ"),
    ("ぴょ", "pʲ o"),
    ("みゃ", "mʲ a"),
    ("みゅ", "mʲ ɯ"),
    ("みょ", "mʲ o"),
    ("りゃ", "ɾʲ a"),
    ("りゅ", "ɾʲ ɯ"),
    ("りょ", "ɾʲ o"),
    ("ふぁ", "ɸ a"),
    ("ふぃ", "ɸ i"),
    ("ふぇ", "ɸ e"),
    ("ふぉ", "ɸ o"),
    ("ふゅ", "ɸ ɯ"),
    ("てぃ", "t i"),
    ("でぃ", "d i"),
    ("とぅ", "t ɯ"),
    ("どぅ", "d ɯ"),
    ("でゅ", "d ɯ"),
    ("うぃ", "w i"),
    ("うぇ", "w e"),
    ("うぉ", "w o"),
    ("ゔぁ", "v a"),
    ("ゔぃ", "v i"),
    ("ゔぇ", "v e"),
    ("ゔぉ", "v o"),
    ("つぁ", "ts a"),
    ("つぇ", "ts e"),
    ("つぉ", "ts o"),
    ("くぁ", "k w a"),
    ("ぐぁ", "ɡ w a"),
    ("あ", "a"),
    ("い", "i"),
    ("う", "ɯ"),
    ("え", "e"),
    ("お", "o"),
    ("か", "k a"),
    ("き", "kʲ i"),
    ("く", "k ɯ"),
    ("け", "k e"),
    ("こ", "k o"),
    ("が", "ɡ a"),
    ("ぎ", "ɡʲ i"),
    ("ぐ", "ɡ ɯ"),
    ("げ", "ɡ e"),
    ("ご", "ɡ o"),
    ("さ", "s a"),
    ("し", "ɕ i"),
    ("す", "s ɯ"),
    ("せ", "s e"),
    ("そ", "s o"),
    ("ざ", "z a"),
    ("じ", "dʑ i"),
    ("ず", "z ɯ"),
    ("ぜ", "z e"),
    ("ぞ", "z o"),
    ("た", "t a"),
    ("ち", "tɕ i"),
    ("つ", "ts ɯ"),
    ("て", "t e"),
    ("と", "t o"),
    ("だ", "d a"),
    ("ぢ", "dʑ i"),
    ("づ", "z ɯ"),
    ("で", "d e"),
    ("ど", "d o"),
    ("な", "n a"),
    ("に", "ɲ i"),
    ("ぬ", "n ɯ"),
    ("ね", "n e"),
    ("の", "n o"),
    ("は", "h a"),
    ("ひ", "ç i"),
    ("ふ", "ɸ ɯ"),
    ("へ", "h e"),
    ("ほ", "h o"),
    ("ば", "b a"),
    ("び", "b i"),
    ("ぶ", "b ɯ"),
    ("べ", "b e"),
    ("ぼ", "b o"),
    ("ぱ", "p a"),
    ("ぴ", "p i"),
    ("ぷ", "p ɯ"),
    ("ぺ", "p e"),
    ("ぽ", "p o"),
    ("ま", "m a"),
    ("み", "m i"),
    ("む", "m ɯ"),
    ("め", "m e"),
    ("も", "m o"),
    ("や", "j a"),
    ("ゆ", "j ɯ"),
    ("よ", "j o"),
    ("ら", "ɾ a"),
    ("り", "ɾ i"),
    ("る", "ɾ ɯ"),
    ("れ", "ɾ e"),
    ("ろ", "ɾ o"),
    ("わ", "w a"),
    ("ゐ", "i"),
    ("ゑ", "e"),
    ("を", "o"),
    ("ゔ", "v ɯ"),
    ("ん", "ɴ"),
    ("ぁ", "a"),
    ("ぃ", "i"),
    ("ぅ", "ɯ"),
    ("ぇ", "e"),
    ("ぉ", "o"),
    ("ゃ", "j a"),
    ("ゅ", "j ɯ"),
    ("ょ", "j o"),
];

/// Particles that are written alone between spaces or kanji and sound otherwise than spelt.
const PARTICLES: &[(&str, &str)] = &[("は", "わ"), ("へ", "え")];
const DIGITS: [&str; 10] = ["ぜろ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう"];

/// All ways to say the word at `at`: kana as they sound, numbers in kana.
pub(super) fn say(tokens: &[Token<'_>], at: usize) -> Vec<String> {
    let Some(token) = tokens.get(at) else { return Vec::new() };
    let text = token.text;
    if text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')) {
        return number(text).into_iter().collect();
    }
    let hiragana = hiragana(text);
    let neighbour = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at)).map_or(String::new(), |t| self::hiragana(t.text))
    };
    // Kana come one a word: the words around tell a particle from a letter of a word.
    let (before, behind) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
    let is_kana_word = |word: &str| word.chars().all(is_kana) && !word.is_empty();
    let touches = |gap: &str| gap.is_empty();
    let next_touches = touches(token.after) && is_kana_word(&behind);
    if let Some((_, sound)) = PARTICLES.iter().find(|(kana, _)| *kana == hiragana) {
        let ends_phrase = !next_touches;
        let follows_kanji = touches(token.before) && !before.is_empty() && !is_kana_word(&before);
        if at > 0 && (follows_kanji || ends_phrase || hiragana == "は" && is_topic(token, &before, &behind))
        {
            return vec![(*sound).to_owned(), hiragana];
        }
        return vec![hiragana.clone(), (*sound).to_owned()];
    }
    // A long mark or a doubled consonant takes its sound from its neighbour.
    match hiragana.as_str() {
        "ー" => vec![format!("ー{}", last_vowel(&before))],
        _ => vec![hiragana],
    }
}

/// Within a word は is rare: behind other kana it marks the topic, unless a particle before it and the kana behind it
/// let a word begin with it.
fn is_topic(token: &Token<'_>, before: &str, behind: &str) -> bool {
    let begins_word = match before {
        "を" | "が" | "も" => true,
        "に" | "で" | "と" | "の" => {
            matches!(behind, "な" | "じ" | "や" | "い" | "た" | "し" | "る" | "こ")
        }
        _ => false,
    };
    token.before.is_empty() && !before.is_empty() && !begins_word
}

fn last_vowel(before: &str) -> &'static str {
    let phones = read(before);
    match phones.last().map(|p| p.ipa.as_str()) {
        Some("a") => "あ",
        Some("i") => "い",
        Some("e") => "え",
        Some("o") => "お",
        _ => "う",
    }
}

/// The pronunciations of what [`say`] gave for the word at `at`. Kana are words of one character each, so a mora of two
/// is shared between them: its consonant belongs to the first, its vowel to the second.
pub(super) fn pronunciations(ways: &[String], tokens: &[Token<'_>], at: usize) -> Vec<Vec<RawPhone>> {
    let kana =
        |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or(String::new(), |t| hiragana(t.text));
    let touches = |at: usize| tokens.get(at).is_some_and(|t| t.before.is_empty());
    let (here, behind) = (kana(Some(at)), kana(Some(at + 1)));
    let before = kana(at.checked_sub(1));
    let is_pair = |first: &str, second: &str| {
        first.chars().count() == 1
            && second.chars().count() == 1
            && MORAE.iter().any(|(m, _)| *m == [first, second].concat())
    };
    if touches(at + 1) && is_pair(&here, &behind) {
        let mut phones = read(&[here, behind].concat());
        phones.pop();
        return vec![phones];
    }
    if at > 0 && touches(at) && is_pair(&before, &here) {
        return vec![read(&[before, here].concat()).pop().into_iter().collect()];
    }
    let next = read(&behind).into_iter().next();
    let next_ipa = next.as_ref().map_or("", |p| p.ipa.as_str());
    match here.as_str() {
        // Both lips meet before p, b and m.
        "ん" => {
            let ipa = match next_ipa.chars().next() {
                Some('p' | 'b' | 'm') => "m",
                Some('t' | 'd' | 'n' | 'ɲ' | 'ɾ' | 's' | 'z') => "n",
                Some('k' | 'ɡ') => "ŋ",
                _ => "ɴ",
            };
            vec![vec![RawPhone { ipa: ipa.to_owned(), ..RawPhone::default() }]]
        }
        "っ" => vec![next.filter(|p| !"aiɯeo".contains(&p.ipa)).into_iter().collect()],
        _ => super::by_rules(ways, read),
    }
}

/// Katakana as hiragana.
fn hiragana(text: &str) -> String {
    text.chars()
        .map(|c| match u32::from(c) {
            code @ 0x30A1..=0x30F6 => char::from_u32(code - 0x60).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// The phones of kana; other characters are passed over.
pub(super) fn read(kana: &str) -> Vec<RawPhone> {
    let mut phones = Vec::new();
    let kana = hiragana(kana);
    let mut rest = kana.as_str();
    while let Some(first) = rest.chars().next() {
        match MORAE.iter().find(|(mora, _)| rest.starts_with(mora)) {
            Some((mora, ipa)) => {
                phones.extend(
                    ipa.split(' ').map(|ipa| RawPhone { ipa: ipa.to_owned(), ..RawPhone::default() }),
                );
                rest = rest.get(mora.len()..).unwrap_or_default();
            }
            None => rest = rest.get(first.len_utf8()..).unwrap_or_default(),
        }
    }
    phones
}

/// `1,234.5` in kana.
fn number(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    let (whole, part) = plain.split_once('.').map_or((plain.as_str(), ""), |(w, p)| (w, p));
    let digits = |text: &str| {
        text.bytes()
            .filter_map(|b| DIGITS.get(usize::from(b.wrapping_sub(b'0'))).copied())
            .collect::<String>()
    };
    if part.contains('.') || whole.is_empty() {
        return None;
    }
    let said = match whole.parse::<u64>() {
        Ok(value) if whole.len() <= 12 && !(whole.len() > 1 && whole.starts_with('0')) => cardinal(value),
        _ => digits(whole),
    };
    Some(if part.is_empty() { said } else { format!("{said}てん{}", digits(part)) })
}

fn cardinal(value: u64) -> String {
    const HUNDREDS: [&str; 10] = [
        "",
        "ひゃく",
        "にひゃく",
        "さんびゃく",
        "よんひゃく",
        "ごひゃく",
        "ろっぴゃく",
        "ななひゃく",
        "はっぴゃく",
        "きゅうひゃく",
    ];
    const THOUSANDS: [&str; 10] = [
        "",
        "せん",
        "にせん",
        "さんぜん",
        "よんせん",
        "ごせん",
        "ろくせん",
        "ななせん",
        "はっせん",
        "きゅうせん",
    ];
    if value == 0 {
        return "ぜろ".to_owned();
    }
    let digit = |n: u64| DIGITS.get(n as usize % 10).copied().unwrap_or_default();
    let mut said = String::new();
    for (size, name) in [(100_000_000, "おく"), (10_000, "まん")] {
        let group = value / size % 10_000;
        if group > 0 {
            said.push_str(&cardinal(group));
            said.push_str(name);
        }
    }
    said.push_str(THOUSANDS.get((value / 1000 % 10) as usize).copied().unwrap_or_default());
    said.push_str(HUNDREDS.get((value / 100 % 10) as usize).copied().unwrap_or_default());
    match value / 10 % 10 {
        0 => {}
        1 => said.push_str("じゅう"),
        tens => said.push_str(&format!("{}じゅう", digit(tens))),
    }
    if !value.is_multiple_of(10) {
        said.push_str(digit(value));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;
    use crate::vocabulary::Phone;

    #[test]
    fn kana_are_read() {
        let ipa =
            |text: &str| read(text).iter().map(|p| p.ipa.as_str().to_owned()).collect::<Vec<_>>().join(" ");
        assert_eq!(ipa("こんにちは"), "k o ɴ ɲ i tɕ i h a");
        assert_eq!(ipa("シャツ"), "ɕ a ts ɯ");
        let words = tokens("がっこうのしゃしんでんぱ");
        let all: Vec<String> = (0..words.len())
            .map(|at| {
                pronunciations(&say(&words, at), &words, at)
                    .first()
                    .map_or(String::new(), |v| v.iter().map(|p| p.ipa.as_str()).collect::<Vec<_>>().join(" "))
            })
            .collect();
        assert_eq!(all.join(" "), "ɡ a k k o ɯ n o ɕ a ɕ i n d e m p a");
        assert_eq!(cardinal(2026), "にせんにじゅうろく");
        assert_eq!(cardinal(38_600), "さんまんはっせんろっぴゃく");
        let words = tokens("こんにちは");
        assert_eq!(say(&words, 4).first().map(String::as_str), Some("わ"));
        let words = tokens("きょうはてんき");
        assert_eq!(say(&words, 3).first().map(String::as_str), Some("わ"));
        let words = tokens("本をはなす");
        assert_eq!(say(&words, 2).first().map(String::as_str), Some("は"));
        let words = tokens("スーパー");
        assert_eq!(say(&words, 1), ["ーう"]);
        for (mora, phones) in MORAE {
            assert!(phones.split(' ').all(|p| Phone::from_ipa(p).is_some()), "{mora}");
        }
    }
}
