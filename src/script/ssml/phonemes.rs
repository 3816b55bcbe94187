//! Phones as `<phoneme>` spells them, in IPA or X-SAMPA, cut into single ones.

use crate::script::document::Fault;
use crate::script::foreign::sampa;
use crate::vocabulary::{Phone, PhoneKind};

/// The alphabets that are read.
pub(super) const ALPHABETS: &[&str] = &["ipa", "x-sampa"];

/// Phones of two letters that dictionaries write without a tie.
const JOINED: &[&str] = &["tʃ", "dʒ", "tɕ", "dʑ", "tʂ", "dʐ"];
/// The most phones of one element.
const MOST: usize = 1000;

/// The phones of each word, with their stress. A stress mark counts for the next vowel.
///
/// # Errors
/// A symbol that is not known, or no phone at all.
pub(super) fn read(written: &str, alphabet: &str) -> Result<Vec<Vec<(String, u8)>>, Fault> {
    let words: Vec<Vec<(String, u8)>> = written
        .split_whitespace()
        .map(|word| if alphabet == "ipa" { of_ipa(word) } else { of_ipa(&ipa_of(word)) })
        .collect::<Result<_, _>>()?;
    let words: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
    match words.iter().map(Vec::len).sum() {
        0 => Err(Fault::new("'ph' holds no phones").help("write them in IPA: ph=\"təˈmɑːtoʊ\"")),
        MOST.. => Err(Fault::new(format!("'ph' holds more than {MOST} phones"))),
        _ => Ok(words),
    }
}

fn of_ipa(word: &str) -> Result<Vec<(String, u8)>, Fault> {
    let mut phones = Vec::new();
    let mut stress = 0;
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        match c {
            'ˈ' | '\'' => stress = 1,
            'ˌ' => stress = 2,
            // Syllables, linking, length, tones.
            '.' | '‿' | '|' | '-' | 'ː' | 'ˑ' | ':' | '˥'..='˩' => {}
            _ => {
                let (ipa, length) = first_phone(rest).ok_or_else(|| {
                    let help = "write IPA symbols, words apart by spaces";
                    Fault::new(format!("the phone '{c}' of '{word}' is not known")).help(help)
                })?;
                let is_vowel = Phone::from_ipa(&ipa).is_some_and(Phone::is_vowel);
                phones.push((ipa, if is_vowel { std::mem::take(&mut stress) } else { 0 }));
                rest = &rest[length..];
                continue;
            }
        }
        rest = after;
    }
    Ok(phones)
}

/// The phone that a text begins with, without ties and diacritics but aspiration, and its bytes.
fn first_phone(text: &str) -> Option<(String, usize)> {
    // Letters with the marks that follow each; a tie joins two.
    let mut letters: Vec<(usize, usize, bool)> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let tie = matches!(c, '\u{0361}' | '\u{035C}');
        let count = letters.len();
        match letters.last_mut() {
            Some(last) if tie || is_modifier(c) => (last.1, last.2) = (end, last.2 || tie),
            _ if count == 2 => break,
            _ => letters.push((at, end, false)),
        }
    }
    let plain = |end: usize| -> String {
        let kept = |c: &char| *c == 'ʰ' || !is_modifier(*c);
        text.get(..end).unwrap_or_default().chars().filter(kept).collect()
    };
    let listed = |ipa: &str| {
        let bare = ipa.replace('ʰ', "");
        Phone::from_ipa(&bare).filter(|phone| phone.ipa == bare)
    };
    let &(_, one, tied) = letters.first()?;
    if let Some(&(_, two, _)) = letters.get(1) {
        let pair = plain(two);
        let bare = pair.replace('ʰ', "");
        let joins = listed(&pair).is_some_and(|phone| {
            tied || phone.kind == PhoneKind::Diphthong || JOINED.contains(&bare.as_str())
        });
        if joins {
            return Some((pair, two));
        }
    }
    let single = plain(one);
    listed(&single).map(|_| (single, one))
}

/// Whether a character only changes the letter before it.
fn is_modifier(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | 'ʰ' | 'ʲ' | 'ʷ' | 'ˠ' | 'ˤ' | 'ʼ' | '˞' | 'ⁿ' | 'ˡ')
}

/// X-SAMPA with its stress marks as IPA's.
fn ipa_of(word: &str) -> String {
    let (mut ipa, mut chunk) = (String::new(), String::new());
    let flush = |chunk: &mut String, ipa: &mut String| {
        ipa.push_str(&sampa::to_ipa(chunk).0);
        chunk.clear();
    };
    for c in word.chars() {
        let mark = match c {
            // After a low line it is a diacritic.
            _ if chunk.ends_with('_') => None,
            '"' => Some("ˈ"),
            '%' => Some("ˌ"),
            '.' | '-' => Some("."),
            _ => None,
        };
        match mark {
            Some(mark) => {
                flush(&mut chunk, &mut ipa);
                ipa.push_str(mark);
            }
            None => chunk.push(c),
        }
    }
    flush(&mut chunk, &mut ipa);
    ipa
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(written: &str, alphabet: &str) -> String {
        let words = read(written, alphabet).unwrap();
        let phone = |(ipa, stress): &(String, u8)| format!("{ipa}{}", ["", "1", "2"][usize::from(*stress)]);
        let word = |word: &Vec<(String, u8)>| word.iter().map(phone).collect::<Vec<_>>().join(" ");
        words.iter().map(word).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn phones_are_cut_where_they_end() {
        assert_eq!(shown("təˈmɑː.toʊ", "ipa"), "t ə m ɑ1 t oʊ");
        assert_eq!(shown("ˈt͡ʃɛ.ki.ə", "ipa"), "tʃ ɛ1 k i ə");
        assert_eq!(shown("ˌdʒʌst ˈaɪ", "ipa"), "dʒ ʌ2 s t | aɪ1");
        assert_eq!(shown("ˈkæts t͡s pʰ ɹ̩", "ipa"), "k æ1 t s | ts | pʰ | ɹ");
        assert_eq!(shown("t@\"mA:.toU", "x-sampa"), "t ə m ɑ1 t oʊ");
        assert_eq!(shown("\"{k.S@n", "x-sampa"), "æ1 k ʃ ə n");
    }

    #[test]
    fn what_is_no_phone_is_told() {
        assert!(read("tə☃", "ipa").unwrap_err().message.contains("'☃'"));
        assert!(read(" ˈ ", "ipa").unwrap_err().message.contains("no phones"));
        assert!(read(&"a".repeat(1001), "ipa").unwrap_err().message.contains("1000"));
    }
}
