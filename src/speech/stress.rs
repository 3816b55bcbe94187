//! Stress for phones of which a tool gave none: that of the words' usual pronunciation.
//!
//! Times and phones stay as they are.

use super::text::{Lexicon, pronounce};
use super::utterance::{RawPhone, Utterance};
use crate::script::words;
use crate::vocabulary::Phone;

/// Gives the phones of an utterance the stress of its words, where none of a word's phones has any. `text` is what is said; a
/// word that is said with another number of vowels than it is known with keeps none.
pub(super) fn fill_stress(utterance: &mut Utterance, text: &str, language: &str) {
    let phones = &mut utterance.phones;
    if words::split(text).len() != utterance.words.len() || phones.iter().all(|phone| phone.stress > 0) {
        return;
    }
    let mut first = 0;
    for (word, known) in utterance.words.iter().zip(pronounce(text, language, &Lexicon::default())) {
        let begins = first + phones.iter().skip(first).take_while(|phone| phone.start < word.start).count();
        let count = phones.iter().skip(begins).take_while(|phone| phone.start < word.end).count();
        first = begins + count;
        let Some(own) = phones.get_mut(begins..first) else { continue };
        if own.iter().any(|phone| phone.stress > 0) {
            continue;
        }
        let vowels = own.iter_mut().filter(|phone| is_vowel(&phone.ipa));
        let vowels: Vec<_> = vowels.collect();
        let stresses = known.variants.iter().map(|variant| stresses(variant));
        let Some(stresses) = stresses.into_iter().find(|stresses| stresses.len() == vowels.len()) else {
            continue;
        };
        for (phone, stress) in vowels.into_iter().zip(stresses) {
            phone.stress = stress;
        }
    }
}

fn stresses(variant: &[RawPhone]) -> Vec<u8> {
    variant.iter().filter(|phone| is_vowel(&phone.ipa)).map(|phone| phone.stress).collect()
}

fn is_vowel(ipa: &str) -> bool {
    Phone::from_ipa(ipa).is_some_and(Phone::is_vowel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::timeline::{TimedPhone, Word};
    use crate::time::Time;

    #[test]
    fn words_take_the_stress_that_they_have() {
        let time = |n: usize| Time::from_millis(n as i64 * 100);
        let phones = ["ə", "b", "aʊ", "t", "t", "ə", "m", "eɪ", "t", "oʊ"];
        let phone = |(n, ipa): (usize, &&str)| TimedPhone {
            start: time(n),
            end: time(n + 1),
            ipa: (*ipa).to_owned(),
            stress: 0,
            tone: 0,
            confidence: 1.0,
        };
        let word = |from: usize, to: usize, text: &str| Word {
            start: time(from),
            end: time(to),
            text: text.to_owned(),
            language: "en".to_owned(),
        };
        let mut utterance = Utterance {
            phones: phones.iter().enumerate().map(phone).collect(),
            words: vec![word(0, 4, "About"), word(4, 10, "tomato")],
            ..Utterance::default()
        };
        let before = utterance.clone();
        fill_stress(&mut utterance, "About another tomato", "en");
        assert_eq!(utterance, before, "another text says nothing");
        fill_stress(&mut utterance, "About tomato.", "en-US");
        let stressed: Vec<(usize, u8)> =
            utterance.phones.iter().map(|p| p.stress).enumerate().filter(|(_, stress)| *stress > 0).collect();
        assert_eq!(
            stressed.iter().filter(|(_, stress)| *stress == 1).map(|(n, _)| *n).collect::<Vec<_>>(),
            [2, 7]
        );
    }
}
