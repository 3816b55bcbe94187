//! Phones for words of which only the times are known: each word's time is shared out to its phones by their usual lengths.
//!
//! The sound is not heard.

use super::duration::{mean_millis, share};
use super::text::{Lexicon, Reader, pronounce_with};
use super::utterance::RawPhone;
use crate::diagnostic::Diagnostic;
use crate::script::timeline::{Speaker, TimedPhone, Timeline, Word};
use crate::script::words::{is_ideographic, language_of, split};
use crate::time::Time;

/// How sure the times are: the word's are a tool's, those within it are guessed.
const CONFIDENCE: f32 = 0.3;
/// A pause as long as this parts what is spoken together.
const PAUSE: Time = Time::from_millis(500);
/// Words that are pronounced together, at most.
const LONGEST_RUN: usize = 80;
/// Words that are named where nobody knows how they are spoken.
const NAMED: usize = 5;

/// Gives phones to all words in which none sounds, of speakers whose face no tool has moved; a word whose language nobody
/// says is taken for the one that all look like. What was made, and which words have no phones, is in the warnings.
pub fn fill_phones(
    timeline: &mut Timeline,
    lexicon: &Lexicon,
    reader: Option<&dyn Reader>,
) -> Vec<Diagnostic> {
    fill_with(timeline, |text, language| pronounced(text, language, lexicon, reader), spoken_times)
}

/// The phones of each word of a text, as [`split`] finds them.
pub(super) fn pronounced(
    text: &str,
    language: &str,
    lexicon: &Lexicon,
    reader: Option<&dyn Reader>,
) -> Vec<Vec<RawPhone>> {
    let words = pronounce_with(text, language, lexicon, reader).into_iter();
    words.map(|word| word.variants.into_iter().next().unwrap_or_default()).collect()
}

/// A word and its phones.
pub(super) type Words<'a> = (&'a Word, &'a [RawPhone]);

/// `pronounce` takes a text and its language (never empty), and gives the phones of each of its words as [`split`] finds them;
/// `time` gives those of a speaker's words their times.
pub(super) fn fill_with(
    timeline: &mut Timeline,
    pronounce: impl Fn(&str, &str) -> Vec<Vec<RawPhone>>,
    time: impl Fn(&str, &[Words<'_>]) -> Vec<TimedPhone>,
) -> Vec<Diagnostic> {
    let mut filled = 0;
    let mut unknown: Vec<String> = Vec::new();
    for speaker in &mut timeline.speakers {
        if !speaker.visemes.is_empty() || !speaker.channels.is_empty() {
            continue;
        }
        let silent = silent_words(speaker);
        if !silent.contains(&true) {
            continue;
        }
        let text: Vec<&str> = speaker.words.iter().map(|word| word.text.as_str()).collect();
        let guessed = language_of(&text.join(" "));
        let mut said: Vec<Words<'_>> = Vec::new();
        let spoken = spoken(&speaker.words, guessed, &pronounce);
        for ((word, phones), _) in
            speaker.words.iter().zip(&spoken).zip(&silent).filter(|(_, silent)| **silent)
        {
            if phones.is_empty() {
                unknown.push(word.text.clone());
                continue;
            }
            filled += 1;
            said.push((word, phones));
        }
        let mut made = time(&speaker.id, &said);
        speaker.phones.append(&mut made);
        speaker.phones.sort_by_key(|phone| phone.start);
    }
    let mut warnings = Vec::new();
    if filled > 0 {
        let message = format!(
            "the phones of {filled} words are made from the text; within a word their times are guessed"
        );
        let help = "where lips must be exact, take a forced aligner's file with phones";
        warnings.push(Diagnostic::warning("", message).help(help));
    }
    if !unknown.is_empty() {
        let count = unknown.len();
        unknown.truncate(NAMED);
        let message = format!(
            "how {count} words are spoken is not known; the lips rest in them: {}",
            unknown.join(", ")
        );
        warnings.push(Diagnostic::warning("", message));
    }
    warnings
}

/// For each word whether no phone sounds in it.
fn silent_words(speaker: &Speaker) -> Vec<bool> {
    let mut phones = speaker.phones.iter().peekable();
    let mut silent = Vec::with_capacity(speaker.words.len());
    for word in &speaker.words {
        while phones.next_if(|phone| phone.end <= word.start).is_some() {}
        silent.push(phones.peek().is_none_or(|phone| phone.start >= word.end));
    }
    silent
}

/// The phones of each word, spoken among its neighbours.
fn spoken(
    words: &[Word],
    guessed: &str,
    pronounce: &impl Fn(&str, &str) -> Vec<Vec<RawPhone>>,
) -> Vec<Vec<RawPhone>> {
    let mut all = Vec::with_capacity(words.len());
    let parted =
        |before: &Word, word: &Word| word.start - before.end >= PAUSE || word.language != before.language;
    for run in words.chunk_by(|before, word| !parted(before, word)).flat_map(|run| run.chunks(LONGEST_RUN)) {
        let language = run.first().map_or("", |word| word.language.as_str());
        let language = if language.is_empty() { guessed } else { language };
        let counts: Vec<usize> = run.iter().map(|word| split(&word.text).len()).collect();
        let together = pronounce(&joined(run), language);
        if together.len() == counts.iter().sum::<usize>() {
            let mut rest = together.into_iter();
            all.extend(counts.iter().map(|count| rest.by_ref().take(*count).flatten().collect::<Vec<_>>()));
        } else {
            let alone = |word: &Word| pronounce(&word.text, language).into_iter().flatten().collect();
            all.extend(run.iter().map(alone));
        }
    }
    all
}

/// The text of words, with spaces where its script has them.
fn joined(words: &[Word]) -> String {
    let mut text = String::new();
    for word in words {
        let meets = text.chars().next_back().is_none_or(is_ideographic)
            && word.text.chars().next().is_some_and(is_ideographic);
        if !meets && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word.text);
    }
    text
}

/// Each word's time, shared out to its phones.
fn spoken_times(_: &str, words: &[Words<'_>]) -> Vec<TimedPhone> {
    words.iter().flat_map(|(word, phones)| timed(word, phones)).collect()
}

fn timed(word: &Word, phones: &[RawPhone]) -> Vec<TimedPhone> {
    let lengths: Vec<f32> = phones.iter().map(mean_millis).collect();
    let spans = share(&lengths, word.start..word.end);
    let timed = phones.iter().zip(spans).map(|(phone, span)| TimedPhone {
        start: span.start,
        end: span.end,
        ipa: phone.ipa.clone(),
        stress: phone.stress,
        tone: phone.tone,
        confidence: CONFIDENCE,
    });
    timed.filter(|phone| phone.end > phone.start).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, start: i64, end: i64) -> Word {
        let (start, end) = (Time::from_millis(start), Time::from_millis(end));
        Word { start, end, text: text.to_owned(), language: String::new() }
    }

    fn letters(text: &str, language: &str) -> Vec<Vec<RawPhone>> {
        assert!(!language.is_empty());
        let phone = |c: char| RawPhone { ipa: c.to_string(), ..RawPhone::default() };
        split(text)
            .into_iter()
            .map(|range| text[range].chars().filter(char::is_ascii_lowercase).map(phone).collect())
            .collect()
    }

    fn of(words: Vec<Word>) -> Timeline {
        let duration = Time::from_millis(9000);
        let speakers = vec![Speaker { id: "a".to_owned(), words, ..Speaker::default() }];
        Timeline { duration, speakers, ..Timeline::default() }
    }

    #[test]
    fn words_are_filled_with_their_phones() {
        let mut timeline = of(vec![word("ma", 100, 400), word("so-so,", 400, 800), word("…", 900, 1000)]);
        let warnings = fill_with(&mut timeline, letters, spoken_times);
        let phones = &timeline.speakers[0].phones;
        let ipa: String = phones.iter().map(|phone| phone.ipa.as_str()).collect();
        assert_eq!(ipa, "masoso");
        assert_eq!((phones[0].start, phones[1].end), (Time::from_millis(100), Time::from_millis(400)));
        assert!(phones[1].end - phones[1].start > phones[0].end - phones[0].start, "a vowel is longer");
        assert!(timeline.validate().is_ok());
        assert_eq!(warnings.len(), 2);
        assert!(
            warnings[0].message.contains("2 words") && warnings[1].message.ends_with("them: …"),
            "{warnings:?}"
        );
    }

    #[test]
    fn what_is_known_stays() {
        let mut timeline = of(vec![word("ma", 100, 400), word("so", 400, 800)]);
        let phone = TimedPhone {
            start: Time::from_millis(150),
            end: Time::from_millis(300),
            ipa: "m".to_owned(),
            stress: 0,
            tone: 0,
            confidence: 1.0,
        };
        timeline.speakers[0].phones.push(phone.clone());
        fill_with(&mut timeline, letters, spoken_times);
        assert_eq!(timeline.speakers[0].phones.len(), 3);
        assert_eq!(timeline.speakers[0].phones[0], phone);
        let again = timeline.clone();
        assert_eq!(fill_with(&mut timeline, letters, spoken_times), []);
        assert_eq!(timeline, again);
    }

    #[test]
    fn a_pronunciation_of_other_words_is_asked_again_word_by_word() {
        let mut timeline = of(vec![word("ma", 0, 400), word("so", 400, 800)]);
        let odd = |text: &str, language: &str| {
            if text.contains(' ') { Vec::new() } else { letters(text, language) }
        };
        fill_with(&mut timeline, odd, spoken_times);
        assert_eq!(timeline.speakers[0].phones.len(), 4);
    }

    #[test]
    fn words_of_a_recogniser_are_spoken() {
        let mut timeline = of(vec![word("Hello,", 0, 400), word("2", 500, 700), word("了", 1500, 1700)]);
        let warnings = fill_phones(&mut timeline, &Lexicon::default(), None);
        let ipa: Vec<&str> = timeline.speakers[0].phones.iter().map(|phone| phone.ipa.as_str()).collect();
        assert_eq!(ipa.first(), Some(&"h"), "{ipa:?}");
        assert!(ipa.contains(&"t") && ipa.len() >= 7, "{ipa:?}");
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(timeline.validate().is_ok_and(|unknown| unknown.is_empty()));
    }
}
