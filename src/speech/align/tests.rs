//! The search on sounds that are made up: rows of costs that favour a known path.

use super::*;
use crate::speech::acoustic::{STATES, Scores};

/// Pseudo-random numbers.
struct Dice(u32);

impl Dice {
    fn roll(&mut self, sides: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % sides
    }
}

/// Words of three to seven phones, never silence, no phone twice in a row.
fn made_up(seed: u32, count: usize) -> Vec<Vec<u8>> {
    let mut dice = Dice(seed);
    let mut last = 0;
    let mut phone = move |dice: &mut Dice| {
        last = 1 + (last + dice.roll(38)) % 39;
        last as u8
    };
    (0..count).map(|_| (0..3 + dice.roll(5)).map(|_| phone(&mut dice)).collect()).collect()
}

fn raw(words: &[Vec<u8>]) -> Vec<Vec<Vec<RawPhone>>> {
    let phone = |number: &u8| RawPhone {
        ipa: acoustic::ipa_of(usize::from(*number)).to_owned(),
        ..RawPhone::default()
    };
    words.iter().map(|word| vec![word.iter().map(phone).collect()]).collect()
}

/// A sound of phones with so many frames each; every fifth frame speaks for something else.
fn sound(phones: &[(u8, u32)], seed: u32) -> Hearing {
    let mut dice = Dice(seed);
    let mut values = Vec::new();
    for (phone, frames) in phones {
        for frame in 0..*frames {
            let state = usize::from(*phone) * 3 + (frame * 3 / frames) as usize;
            let mut row: Vec<f32> = (0..STATES).map(|_| -3.0 - dice.roll(40) as f32 / 10.0).collect();
            row[state] = if dice.roll(5) == 0 { -3.0 } else { 0.0 };
            values.extend(row);
        }
    }
    Hearing { costs: Costs::of(&Scores::from_rows(values)), evidence: None }
}

/// Each phone for six to eleven frames, silence at both ends.
fn spoken(words: &[Vec<u8>], seed: u32) -> Vec<(u8, u32)> {
    let mut dice = Dice(seed);
    let mut phones = vec![(costs::SILENCE, 20)];
    phones.extend(words.iter().flatten().map(|phone| (*phone, 6 + dice.roll(6))));
    phones.push((costs::SILENCE, 20));
    phones
}

/// The first frame of each word, as it was spoken.
fn starts(words: &[Vec<u8>], phones: &[(u8, u32)]) -> Vec<Time> {
    let mut frame = 20;
    let mut lengths = phones.iter().skip(1).map(|(_, frames)| frames);
    words
        .iter()
        .map(|word| {
            let start = time_of(frame);
            frame += lengths.by_ref().take(word.len()).sum::<u32>();
            start
        })
        .collect()
}

fn assert_near(found: Time, wanted: Time, what: &str) {
    assert!((found - wanted).abs() <= Time::from_millis(20), "{what}: {found:?} instead of {wanted:?}");
}

#[test]
fn a_known_path_is_found() {
    let words = made_up(1, 60);
    let phones = spoken(&words, 2);
    let found = align(&sound(&phones, 3), &raw(&words), &Job::silent()).unwrap();
    assert_eq!(found.words.len(), 60);
    assert!(found.differences.is_empty(), "{:?}", found.differences);
    for (word, start) in found.words.iter().zip(starts(&words, &phones)) {
        assert!(word.is_heard && word.confidence > 0.7, "{word:?}");
        assert_near(word.start, start, "a word");
    }
    assert_eq!(found.phones.len(), words.concat().len());
    assert!(found.agreement() > 0.99);
    assert!(found.phones.windows(2).all(|pair| pair[0].end <= pair[1].start));
}

#[test]
fn the_pronunciation_that_sounds_is_chosen() {
    let spoken_words = made_up(4, 8);
    let other = made_up(5, 8);
    let mut variants = raw(&other);
    for (variants, said) in variants.iter_mut().zip(raw(&spoken_words)) {
        variants.extend(said);
    }
    let found = align(&sound(&spoken(&spoken_words, 6), 7), &variants, &Job::silent()).unwrap();
    let heard: Vec<&str> = found.phones.iter().map(|phone| phone.ipa.as_str()).collect();
    let wanted: Vec<&str> =
        spoken_words.iter().flatten().map(|phone| acoustic::ipa_of(usize::from(*phone))).collect();
    assert_eq!(heard, wanted);
}

#[test]
fn words_that_nobody_says_are_told() {
    let words = made_up(8, 30);
    let said: Vec<Vec<u8>> = words[..12].iter().chain(&words[15..]).cloned().collect();
    let phones = spoken(&said, 9);
    let found = align(&sound(&phones, 10), &raw(&words), &Job::silent()).unwrap();
    let [Difference::Unheard { words: missing, .. }] = found.differences.as_slice() else {
        panic!("{:?}", found.differences)
    };
    assert_eq!(*missing, 12..15);
    assert_near(found.words[15].start, starts(&said, &phones)[12], "the word after the gap");
    assert!(found.words[12..15].iter().all(|word| !word.is_heard && word.confidence == 0.0));
}

#[test]
fn what_the_text_lacks_is_told() {
    let words = made_up(11, 30);
    let extra = made_up(12, 6);
    let said: Vec<Vec<u8>> = words[..10].iter().chain(&extra).chain(&words[10..]).cloned().collect();
    let phones = spoken(&said, 13);
    let starts = starts(&said, &phones);
    let found = align(&sound(&phones, 14), &raw(&words), &Job::silent()).unwrap();
    let [Difference::Foreign { span, is_speech }] = found.differences.as_slice() else {
        panic!("{:?}", found.differences)
    };
    assert!(*is_speech);
    assert_near(span.start, starts[10], "what is foreign");
    assert_near(span.end, starts[16], "its end");
    assert_near(found.words[10].start, starts[16], "the word after it");
    // What is heard there moves the lips, without a word.
    assert!(found.word_of_phone.iter().filter(|word| word.is_none()).count() > 15);
}

#[test]
fn text_far_longer_than_the_sound_is_followed() {
    let words = made_up(15, 2000);
    let said = &words[900..960];
    let phones = spoken(said, 16);
    let found = align(&sound(&phones, 17), &raw(&words), &Job::silent()).unwrap();
    let heard: Vec<usize> = (0..words.len()).filter(|index| found.words[*index].is_heard).collect();
    assert!(heard.iter().filter(|index| (900..960).contains(*index)).count() >= 55, "{heard:?}");
    assert!(heard.iter().filter(|index| !(900..960).contains(*index)).count() <= 3, "{heard:?}");
}

/// Ten minutes; an hour where the code is optimised.
#[test]
fn long_sound_takes_little_memory() {
    let words = made_up(18, if cfg!(debug_assertions) { 400 } else { 9000 });
    let phones = spoken(&words, 19);
    let hearing = sound(&phones, 20);
    let found = align(&hearing, &raw(&words), &Job::silent()).unwrap();
    assert!(found.differences.is_empty(), "{:?}", found.differences);
    let starts = starts(&words, &phones);
    for (word, start) in found.words.iter().zip(starts) {
        assert_near(word.start, start, "a word");
    }
}

#[test]
fn nothing_to_hear_or_to_say_is_no_error() {
    let silence = sound(&[(costs::SILENCE, 300)], 1);
    assert!(align(&silence, &[], &Job::silent()).unwrap().phones.is_empty());
    assert!(align(&Hearing::default(), &raw(&made_up(1, 5)), &Job::silent()).unwrap().phones.is_empty());
    let mute = vec![vec![], vec![vec![]], vec![vec![RawPhone::default()]]];
    let found = align(&silence, &mute, &Job::silent()).unwrap();
    assert_eq!(found.words.len(), 3);
    assert!(found.phones.is_empty() && found.differences.is_empty(), "{found:?}");
    assert!(listen(&silence, &Job::silent()).unwrap().is_empty());
    assert!(listen(&Hearing::default(), &Job::silent()).unwrap().is_empty());
    let found = align(&silence, &raw(&made_up(2, 5)), &Job::silent()).unwrap();
    assert_eq!(found.agreement(), 0.0);
}

#[test]
fn phones_are_heard_without_a_text() {
    let words = made_up(21, 40);
    let phones = spoken(&words, 22);
    let found = listen(&sound(&phones, 23), &Job::silent()).unwrap();
    let wanted: Vec<&str> =
        words.iter().flatten().map(|phone| acoustic::ipa_of(usize::from(*phone))).collect();
    let heard: Vec<&str> = found.iter().map(|phone| phone.ipa.as_str()).collect();
    // The made-up words are no English, so the bigram is against them.
    let right = wanted.iter().filter(|phone| heard.contains(phone)).count();
    assert!(right * 10 >= wanted.len() * 9, "{heard:?}");
    assert!(found.len().abs_diff(wanted.len()) * 10 <= wanted.len(), "{} {}", found.len(), wanted.len());
}

#[test]
fn a_job_that_is_stopped_stops() {
    let job = Job::silent();
    job.cancel_switch().store(true, std::sync::atomic::Ordering::Relaxed);
    let words = made_up(1, 3);
    assert_eq!(align(&sound(&spoken(&words, 1), 1), &raw(&words), &job), Err(Cancelled));
}
