//! Mandarin: every word of a text as it is said in characters, and its phones.
//!
//! Numbers become characters, characters words, words pinyin with the tones they have in speech, pinyin phones
//! ([`crate::speech::pinyin`]). Words of Latin letters are left to others.

mod dictionary;
mod normal;
mod numbers;
mod polyphones;
mod sandhi;
mod segment;
mod tables;

use self::dictionary::Dictionary;
use self::polyphones::Polyphones;
use self::sandhi::Syllable;
use super::token::Token;
use crate::script::words::is_ideographic;
use crate::speech::pinyin;
use crate::speech::utterance::RawPhone;

/// A pause longer than this many characters is made anyway: the search and the tones need an end.
const LONGEST_RUN: usize = 200;

/// All ways to say the word at `at` in characters and names of Latin letters, the likeliest first; `None` where it is
/// written in Latin letters alone.
pub(super) fn say(tokens: &[Token<'_>], at: usize) -> Option<Vec<String>> {
    if let Some(said) = normal::say(tokens, at) {
        return Some(said);
    }
    let token = tokens.get(at)?;
    let is_han = token.text.chars().all(is_ideographic);
    is_han.then(|| vec![format!("{}{}", normal::lone_symbols(tokens, at), token.text)])
}

/// Whether a word is the symbol of a unit.
pub(super) fn is_unit(word: &str) -> bool {
    normal::unit(word).is_some()
}

/// The phones of consecutive words, each given as characters, without a pause between them; one list for each word.
pub(super) fn read(words: &[&str]) -> Vec<Vec<RawPhone>> {
    let mut all = Vec::with_capacity(words.len());
    let mut run: Vec<&str> = Vec::new();
    let mut length = 0;
    for word in words {
        let count = word.chars().count();
        if length + count > LONGEST_RUN && !run.is_empty() {
            all.append(&mut read_run(&run));
            run.clear();
            length = 0;
        }
        run.push(word);
        length += count;
    }
    all.append(&mut read_run(&run));
    all
}

fn read_run(words: &[&str]) -> Vec<Vec<RawPhone>> {
    let owned: Vec<(usize, char)> = words
        .iter()
        .enumerate()
        .flat_map(|(word, text)| text.chars().filter(|c| is_ideographic(*c)).map(move |c| (word, c)))
        .collect();
    let characters: Vec<char> = owned.iter().map(|(_, c)| *c).collect();
    let ends = segment::segment(&characters);
    let syllables = syllables(&characters, &ends);
    let mut phones = vec![Vec::new(); words.len()];
    for ((word, character), syllable) in owned.iter().zip(&syllables) {
        let spelt = format!("{}{}", syllable.letters, syllable.tone);
        let mut read = pinyin::read(&spelt).unwrap_or_default();
        if *character == '儿' && syllable.letters == "r" {
            read = vec![RawPhone { ipa: "ɻ".to_owned(), stress: 0, tone: 0 }];
        }
        if let Some(slot) = phones.get_mut(*word) {
            slot.append(&mut read);
        }
    }
    phones
}

/// The syllables of a run of characters with the tones of speech.
fn syllables(characters: &[char], ends: &[usize]) -> Vec<Syllable> {
    let dictionary = Dictionary::embedded();
    let usual = |c: &char| match c {
        '〇' => Some("ling2"),
        '幺' => Some("yao1"),
        _ => dictionary.reading(*c),
    };
    let mut readings: Vec<Option<String>> = characters.iter().map(|c| usual(c).map(str::to_owned)).collect();
    particles(characters, ends, &mut readings);
    Polyphones::embedded().apply(characters, ends, &mut readings);
    let mut syllables: Vec<Syllable> = characters
        .iter()
        .zip(&readings)
        .map(|(character, reading)| {
            let reading = reading.as_deref().unwrap_or_default();
            let letters = reading.trim_end_matches(|c: char| c.is_ascii_digit());
            let tone = reading.get(letters.len()..).and_then(|t| t.parse().ok()).unwrap_or(0);
            Syllable { character: *character, letters: letters.to_owned(), tone }
        })
        .collect();
    sandhi::apply(&mut syllables, ends);
    syllables
}

/// Characters whose reading depends on the words beside them rather than on a phrase.
fn particles(characters: &[char], ends: &[usize], readings: &mut [Option<String>]) {
    let mut start = 0;
    let mut length_before = 0;
    for end in ends {
        let alone = end - start == 1;
        let character = |at: usize| characters.get(at).copied();
        let reading = match character(start).filter(|_| alone) {
            // Behind an adverb and before a verb it only joins them.
            Some('地') if length_before > 1 && *end < characters.len() => Some("de5"),
            Some('了') if start > 0 && matches!(character(start - 1), Some('不' | '得')) && start > 1 => {
                Some("liao3")
            }
            Some('得') if *end < characters.len() && start == 0 => Some("dei3"),
            _ => None,
        };
        if let (Some(reading), Some(slot)) = (reading, readings.get_mut(start)) {
            *slot = Some(reading.to_owned());
        }
        length_before = end - start;
        start = *end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_aloud(text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        let ends = segment::segment(&characters);
        let spelt = syllables(&characters, &ends).into_iter().map(|s| format!("{}{}", s.letters, s.tone));
        spelt.collect::<Vec<_>>().join(" ")
    }

    /// Sentences with characters of several readings, as a speaker of the standard says them.
    #[test]
    fn characters_of_several_readings_are_read_by_their_words() {
        let rows = [
            ("重新开始", "chong2 xin1 kai1 shi3"),
            ("重要的银行", "zhong4 yao4 de5 yin2 hang2"),
            ("行长长大了", "hang2 zhang2 zhang3 da4 le5"),
            ("音乐很快乐", "yin1 yue4 hen3 kuai4 le4"),
            ("我们觉得应该睡觉", "wo3 men5 jue2 de5 ying1 gai1 shui4 jiao4"),
            ("大家好欢迎各位来宾", "da4 jia1 hao3 huan1 ying2 ge4 wei4 lai2 bin1"),
            ("他还没还钱", "ta1 hai2 mei2 huan2 qian2"),
            ("为了中国人民服务", "wei4 le5 zhong1 guo2 ren2 min2 fu2 wu4"),
            ("不会不好", "bu2 hui4 bu4 hao3"),
            ("一个人一天", "yi2 ge4 ren2 yi4 tian1"),
            ("你好", "ni2 hao3"),
            ("慢慢地说", "man4 man4 de5 shuo1"),
        ];
        let wrong: Vec<String> = rows
            .iter()
            .filter(|(text, spelt)| read_aloud(text) != *spelt)
            .map(|(text, spelt)| format!("{text}: {} instead of {spelt}", read_aloud(text)))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn each_word_has_its_phones() {
        let phones = read(&["大", "家", "二零二六", "年"]);
        let ipa: Vec<String> = phones
            .iter()
            .map(|word| word.iter().map(|p| p.ipa.as_str()).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(ipa, ["t a", "tɕ j a", "ɚ l i ŋ ɚ l j ou", "n j ɛ n"]);
        assert_eq!(read(&["好"; 1000]).len(), 1000);
        assert!(read(&[]).is_empty());
    }
}
