//! A user's own pronunciations: `word<TAB>phones`, before all dictionaries.
//!
//! Text in, entries or diagnostics out; it reads no files.

use std::collections::BTreeMap;

use super::token::Token;
use crate::diagnostic::Diagnostic;
use crate::script::foreign::arpabet;
use crate::script::words;
use crate::speech::pinyin;
use crate::speech::utterance::RawPhone;
use crate::vocabulary::Phone;

/// A file with more lines is no lexicon.
const MOST_LINES: usize = 1_000_000;
/// Words of an entry that has several.
const MOST_WORDS: usize = 12;

/// A user's own pronunciations. The default holds none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lexicon {
    /// By the words as [`words::split`] splits them, in lower case: variants, each with the phones of every word.
    entries: BTreeMap<Vec<String>, Vec<Vec<Vec<RawPhone>>>>,
    longest: usize,
}

impl Lexicon {
    /// Reads a lexicon; `name` is for messages. Each line holds a word, a tab, and its phones in IPA (`ˈhɛloʊ`, with or
    /// without spaces), ARPAbet (`HH AH0 L OW1`) or pinyin with tone digits (`ni3 hao3`). Several words in one entry have
    /// `|` between their phones (or one syllable of pinyin each). A word that stands on several lines has several
    /// pronunciations, the likeliest first. Empty lines and lines that begin with `#` say nothing.
    ///
    /// # Errors
    /// The first lines that are no entries, at most ten, with their places.
    pub fn parse(text: &str, name: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut lexicon = Self::default();
        let mut wrong = Vec::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut offset = 0;
        for line in text.split_inclusive('\n').take(MOST_LINES) {
            let start = offset;
            offset += line.len();
            let line = line.trim_end_matches(['\r', '\n']);
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match entry(line) {
                Ok((key, phones)) => {
                    lexicon.longest = lexicon.longest.max(key.len());
                    let variants = lexicon.entries.entry(key).or_default();
                    if !variants.contains(&phones) {
                        variants.push(phones);
                    }
                }
                Err(message) => {
                    let help = "a line holds a word, a tab and its phones: rhetor<TAB>R EH1 T ER0, or ˈɹɛtɚ";
                    wrong.push(
                        Diagnostic::error(name, message).at(text, start..start + line.len()).help(help),
                    );
                    if wrong.len() == 10 {
                        break;
                    }
                }
            }
        }
        if wrong.is_empty() { Ok(lexicon) } else { Err(wrong) }
    }

    /// Whether it holds no word.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The longest entry whose words stand at `at`: how many words, and for each of them its variants.
    pub(super) fn find(&self, tokens: &[Token<'_>], at: usize) -> Option<Vec<Vec<Vec<RawPhone>>>> {
        let most = self.longest.min(tokens.len().saturating_sub(at));
        let key = |count: usize| -> Vec<String> {
            tokens.iter().skip(at).take(count).map(|t| fold(t.text)).collect()
        };
        let variants = (1..=most).rev().find_map(|count| self.entries.get(&key(count)))?;
        let count = variants.first()?.len();
        let of_word = |word: usize| {
            let mut found: Vec<Vec<RawPhone>> = Vec::new();
            for phones in variants.iter().filter_map(|variant| variant.get(word)) {
                if !found.contains(phones) {
                    found.push(phones.clone());
                }
            }
            found
        };
        Some((0..count).map(of_word).collect())
    }
}

fn fold(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

type Entry = (Vec<String>, Vec<Vec<RawPhone>>);

fn entry(line: &str) -> Result<Entry, String> {
    let (word, phones) = line.split_once('\t').ok_or("no tab behind the word")?;
    let ranges = words::split(word);
    let key: Vec<String> = ranges.into_iter().filter_map(|range| word.get(range)).map(fold).collect();
    if key.is_empty() || key.len() > MOST_WORDS {
        return Err(format!("'{}' is no word", short(word)));
    }
    let parts: Vec<&str> = phones.split('|').map(str::trim).collect();
    let syllables: Vec<&str> = phones.split_whitespace().collect();
    let parts =
        if parts.len() == 1 && key.len() == syllables.len() && key.len() > 1 { syllables } else { parts };
    if parts.len() != key.len() {
        return Err(format!(
            "{} words, but phones for {}: put | between those of each word",
            key.len(),
            parts.len()
        ));
    }
    let read = parts.iter().map(|part| read_phones(part)).collect::<Result<Vec<_>, _>>()?;
    Ok((key, read))
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Phones in ARPAbet, pinyin or IPA: whichever they are.
fn read_phones(text: &str) -> Result<Vec<RawPhone>, String> {
    let tokens: Vec<&str> = text.split_whitespace().collect();
    if tokens.is_empty() {
        return Err("no phones behind the tab".to_owned());
    }
    let is_upper = |token: &&str| token.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if tokens.iter().all(is_upper) {
        let read = |token: &&str| match arpabet::to_ipa(token) {
            Some((ipa, stress)) => Ok(RawPhone { ipa: ipa.to_owned(), stress, tone: 0 }),
            None => Err(format!("'{}' is no ARPAbet symbol", short(token))),
        };
        return tokens.iter().map(read).collect();
    }
    let has_tone = |token: &&str| token.ends_with(|c: char| ('1'..='5').contains(&c));
    if tokens.iter().all(has_tone)
        && let Some(read) = tokens.iter().map(|token| pinyin::read(token)).collect::<Option<Vec<_>>>()
    {
        return Ok(read.concat());
    }
    let mut phones = Vec::new();
    for token in tokens {
        read_ipa(token, &mut phones)?;
    }
    if phones.is_empty() { Err(format!("'{}' holds no phone", short(text))) } else { Ok(phones) }
}

/// The longest phones of the inventory, one after the other; a stress mark goes with the next vowel.
fn read_ipa(text: &str, phones: &mut Vec<RawPhone>) -> Result<(), String> {
    const MARKS: &[char] = &['ː', 'ˑ', '.', '\u{361}', '\u{35c}', '\u{32f}', '\u{329}', '‿'];
    let plain: Vec<char> = text.chars().filter(|c| !MARKS.contains(c)).collect();
    let mut stress = 0;
    let mut at = 0;
    while let Some(&c) = plain.get(at) {
        if matches!(c, 'ˈ' | '\'' | 'ˌ') {
            stress = if c == 'ˌ' { 2 } else { 1 };
            at += 1;
            continue;
        }
        if let (Some(tone), Some(last)) = (c.to_digit(10).filter(|d| (1..=5).contains(d)), phones.last_mut())
        {
            last.tone = tone as u8;
            at += 1;
            continue;
        }
        let symbol = |length: usize| plain.get(at..at + length).map(|part| part.iter().collect::<String>());
        let is_listed = |symbol: &String| {
            Phone::from_ipa(symbol)
                .is_some_and(|p| p.ipa == symbol || symbol.ends_with('ʰ') && symbol.len() > 2)
        };
        let found = (1..=4).rev().filter_map(symbol).find(is_listed);
        let Some(ipa) = found else {
            return Err(format!("'{c}' of '{}' is no phone", short(text)));
        };
        at += ipa.chars().count();
        let is_vowel = Phone::from_ipa(&ipa).is_some_and(Phone::is_vowel);
        phones.push(RawPhone {
            ipa,
            stress: if is_vowel { std::mem::take(&mut stress) } else { 0 },
            tone: 0,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn ipa(phones: &[RawPhone]) -> String {
        phones.iter().map(|p| p.ipa.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn all_three_notations_are_read() {
        let text = "# names\nRhetor\tR EH1 T ER0\nRhetor\tˈɹɛtɔɹ\r\n朝阳\tzhao1 yang2\nNew York\tn j u | j ɔ ɹ k\nXi\tɕi1\n";
        let lexicon = Lexicon::parse(text, "names.lexicon").unwrap();
        let found = |text: &str| lexicon.find(&tokens(text), 0);
        let rhetor = found("RHETOR").unwrap();
        assert_eq!(rhetor[0].iter().map(|v| ipa(v)).collect::<Vec<_>>(), ["ɹ ɛ t ɚ", "ɹ ɛ t ɔ ɹ"]);
        assert_eq!(rhetor[0][1].iter().map(|p| p.stress).collect::<Vec<_>>(), [0, 1, 0, 0, 0]);
        assert_eq!(found("朝阳区").unwrap().len(), 2);
        assert_eq!(
            found("new york city").unwrap().iter().map(|v| ipa(&v[0])).collect::<Vec<_>>(),
            ["n j u", "j ɔ ɹ k"]
        );
        assert_eq!(found("Xi").unwrap()[0][0][1].tone, 1);
        assert!(found("new").is_none() && Lexicon::default().is_empty());
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let wrong =
            Lexicon::parse("ok\tOW1\nno tab\nbad\tQQ1 X\nodd\t☃\nempty\t\n", "my.lexicon").unwrap_err();
        let lines: Vec<u32> = wrong.iter().map(|d| d.position.unwrap().line).collect();
        assert_eq!(lines, [2, 3, 4, 5]);
        assert!(wrong[1].message.contains("QQ1"), "{}", wrong[1].message);
    }
}
