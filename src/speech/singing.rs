//! Sung words as phones: each vowel is held through its notes, consonants keep about the length that they have in speech.
//!
//! As singers are taught it: the vowel begins with the note, so what stands ahead of it begins a little before; the mouth
//! closes at the note's end. A diphthong stays on its first vowel. No sound is heard.

use super::duration::mean_millis;
use super::fill::{Words, fill_with, pronounced};
use super::text::{Lexicon, Reader};
use super::utterance::RawPhone;
use crate::diagnostic::Diagnostic;
use crate::script::foreign::{Melody, Note};
use crate::script::timeline::{TimedPhone, Timeline, Word};
use crate::time::Time;
use crate::vocabulary::{Phone, PhoneKind};

/// How sure the times are: the notes' are a tool's, what lies within them is usual.
const CONFIDENCE: f32 = 0.4;
/// No consonant is sung longer, in milliseconds.
const LONGEST_CONSONANT: f32 = 90.0;
/// What stands ahead of a vowel sounds this much before the note, as far as the note before leaves room.
const AHEAD: f64 = 0.6;
/// Of a note, the consonants ahead of its vowel take no more than this, and those after it.
const MOST_ONSET: f64 = 0.3;
const MOST_CODA: f64 = 0.4;
/// Of the note before, no more than this is taken by what comes early.
const MOST_TAKEN: f64 = 0.3;
/// A diphthong of this length stays on its first vowel, and is at its second for the last of it.
const LONG_DIPHTHONG: Time = Time::from_millis(280);
const GLIDE: Time = Time::from_millis(140);

/// As [`super::fill_phones`], of a song.
pub fn fill_sung_phones(
    timeline: &mut Timeline,
    melody: &Melody,
    lexicon: &Lexicon,
    reader: Option<&dyn Reader>,
) -> Vec<Diagnostic> {
    let time = |id: &str, words: &[Words<'_>]| sung(words, melody.notes_of(id));
    fill_with(timeline, |text, language| pronounced(text, language, lexicon, reader), time)
}

/// A vowel with the consonants around it, on its notes.
#[derive(Debug, Default)]
struct Syllable<'a> {
    onset: Vec<&'a RawPhone>,
    /// What is held; a syllable without one hums.
    nucleus: Option<&'a RawPhone>,
    coda: Vec<&'a RawPhone>,
    start: Time,
    end: Time,
}

/// The phones of words in their order, each with its time.
fn sung(words: &[Words<'_>], notes: &[Note]) -> Vec<TimedPhone> {
    let mut syllables: Vec<Syllable<'_>> = Vec::new();
    for (word, phones) in words {
        let first = notes.partition_point(|note| note.start < word.start);
        let until = notes.partition_point(|note| note.start < word.end);
        let mut own = parted(phones);
        place(&mut own, word, notes.get(first..until).unwrap_or_default());
        syllables.append(&mut own);
    }
    let mut phones = Vec::new();
    let mut before: Option<Time> = None;
    for index in 0..syllables.len() {
        let (Some(here), next) = (syllables.get(index), syllables.get(index + 1)) else { break };
        let begin = before.unwrap_or_else(|| early(here, None));
        let end = next.map_or(here.end, |next| here.end.min(early(next, Some(here))));
        before = next.map(|next| early(next, Some(here)).max(end));
        time(here, begin, end, &mut phones);
    }
    phones.retain(|phone| phone.end > phone.start);
    phones
}

/// A word's phones by syllables: of the consonants between two vowels as many as may begin a word go with the second.
fn parted(phones: &[RawPhone]) -> Vec<Syllable<'_>> {
    let is_vowel = |phone: &&RawPhone| Phone::from_ipa(&phone.ipa).is_some_and(Phone::is_vowel);
    let mut syllables: Vec<Syllable<'_>> = Vec::new();
    let mut waiting: Vec<&RawPhone> = Vec::new();
    for phone in phones {
        if !is_vowel(&phone) {
            waiting.push(phone);
            continue;
        }
        let begins = if syllables.is_empty() { 0 } else { onset_of(&waiting) };
        let onset = waiting.split_off(begins);
        if let Some(before) = syllables.last_mut() {
            before.coda.append(&mut waiting);
        }
        syllables.push(Syllable { onset, nucleus: Some(phone), ..Syllable::default() });
    }
    match syllables.last_mut() {
        Some(last) => last.coda.append(&mut waiting),
        // Hm, sh: the last of them is what is held.
        None if !waiting.is_empty() => {
            let nucleus = waiting.pop();
            syllables.push(Syllable { onset: waiting, nucleus, ..Syllable::default() });
        }
        None => {}
    }
    syllables
}

/// Where in a cluster the onset begins: the longest end of it that grows more sonorous, with an s before a stop.
fn onset_of(cluster: &[&RawPhone]) -> usize {
    let sonority = |index: usize| cluster.get(index).map_or(0, |phone| sonority(&phone.ipa));
    let Some(last) = cluster.len().checked_sub(1) else { return 0 };
    if cluster.get(last).is_some_and(|phone| phone.ipa.starts_with('ŋ')) {
        return cluster.len();
    }
    let mut begin = last;
    while begin > 0 {
        let rises = sonority(begin - 1) < sonority(begin) && sonority(begin) >= 4;
        let hisses = cluster.get(begin - 1).is_some_and(|phone| phone.ipa == "s") && sonority(begin) == 1;
        if !rises && !hisses {
            break;
        }
        begin -= 1;
    }
    begin
}

/// Stops 1, fricatives 2, nasals 3, liquids 4, glides 5.
fn sonority(ipa: &str) -> u8 {
    match ipa.chars().next().unwrap_or_default() {
        'w' | 'j' | 'ɥ' => 5,
        'l' | 'r' | 'ɹ' | 'ʁ' | 'ɾ' | 'ʎ' => 4,
        'm' | 'n' | 'ŋ' | 'ɲ' => 3,
        'p' | 'b' | 't' | 'd' | 'k' | 'g' | 'ɡ' | 'c' | 'q' => 1,
        _ => 2,
    }
}

/// Gives the syllables of a word their notes; syllables share a note, or one has several, where they are not equally many.
fn place(syllables: &mut [Syllable<'_>], word: &Word, notes: &[Note]) {
    let count = syllables.len();
    // A note that is held belongs to the one before it.
    let mut spans: Vec<(Time, Time)> = Vec::new();
    for note in notes {
        match spans.last_mut() {
            Some((_, end)) if note.is_held => *end = note.end,
            _ => spans.push((note.start, note.end)),
        }
    }
    if spans.is_empty() {
        spans.push((word.start, word.end));
    }
    let given = spans.len();
    for (index, syllable) in syllables.iter_mut().enumerate() {
        let (from, after) = (index * given / count.max(1), (index + 1) * given / count.max(1));
        // Which of those on the same note it is, and how many they are.
        let first_on = |note: usize| (note * count).div_ceil(given);
        let (before, all) = (index - first_on(from).min(index), first_on(from + 1) - first_on(from));
        let until = if all > 1 { from } else { after.max(from + 1) - 1 };
        let (Some(first), Some(last)) = (spans.get(from), spans.get(until)) else { continue };
        let nanos = i128::from((last.1 - first.0).as_nanos());
        let at = |part: usize| first.0 + Time::from_nanos((nanos * part as i128 / all.max(1) as i128) as i64);
        (syllable.start, syllable.end) = (at(before), at(before + 1));
    }
}

/// When a syllable begins to sound: its consonants a little before its note.
fn early(syllable: &Syllable<'_>, before: Option<&Syllable<'_>>) -> Time {
    let wanted = scaled(length(&syllable.onset), AHEAD);
    let room = match before {
        Some(before) => {
            let gap = (syllable.start - before.end).max(Time::ZERO);
            gap + scaled(before.end - before.start, MOST_TAKEN)
        }
        None => syllable.start,
    };
    syllable.start - wanted.min(room)
}

fn scaled(time: Time, by: f64) -> Time {
    Time::from_nanos((time.as_nanos() as f64 * by) as i64)
}

fn millis_of(phone: &RawPhone) -> f32 {
    mean_millis(phone).min(LONGEST_CONSONANT)
}

fn length(consonants: &[&RawPhone]) -> Time {
    let millis: f32 = consonants.iter().map(|phone| millis_of(phone)).sum();
    Time::from_secs_f64(f64::from(millis) / 1000.0)
}

/// Times for a syllable that sounds from `begin` to `end`.
fn time(syllable: &Syllable<'_>, begin: Time, end: Time, phones: &mut Vec<TimedPhone>) {
    let held = (end - syllable.start).max(Time::ZERO);
    let opens = begin
        + length(&syllable.onset).min((syllable.start - begin).max(Time::ZERO) + scaled(held, MOST_ONSET));
    let closes = (end - length(&syllable.coda).min(scaled(held, MOST_CODA))).max(opens);
    spread(&syllable.onset, begin, opens, phones);
    if let Some(nucleus) = syllable.nucleus {
        let whole = |start, end, ipa: &str| timed(nucleus, ipa, start, end);
        match halves(&nucleus.ipa).filter(|_| closes - opens >= LONG_DIPHTHONG) {
            Some((first, second)) => {
                let turn = closes - GLIDE;
                phones.push(whole(opens, turn, &first));
                phones.push(TimedPhone { stress: 0, ..whole(turn, closes, &second) });
            }
            None => phones.push(whole(opens, closes, &nucleus.ipa)),
        }
    }
    spread(&syllable.coda, closes, end, phones);
}

/// Both vowels of a diphthong.
fn halves(ipa: &str) -> Option<(String, String)> {
    let is_diphthong = Phone::from_ipa(ipa).is_some_and(|phone| phone.kind == PhoneKind::Diphthong);
    let at = ipa.char_indices().nth(1).filter(|_| is_diphthong)?.0;
    let (first, second) = ipa.split_at(at);
    let is_vowel = |half: &str| Phone::from_ipa(half).is_some_and(|phone| phone.kind == PhoneKind::Vowel);
    (is_vowel(first) && is_vowel(second)).then(|| (first.to_owned(), second.to_owned()))
}

fn spread(consonants: &[&RawPhone], begin: Time, end: Time, phones: &mut Vec<TimedPhone>) {
    let lengths: Vec<f32> = consonants.iter().map(|phone| millis_of(phone)).collect();
    let spans = super::duration::share(&lengths, begin..end.max(begin));
    phones.extend(
        consonants.iter().zip(spans).map(|(phone, span)| timed(phone, &phone.ipa, span.start, span.end)),
    );
}

fn timed(phone: &RawPhone, ipa: &str, start: Time, end: Time) -> TimedPhone {
    let (stress, tone) = (phone.stress, phone.tone);
    TimedPhone { start, end, ipa: ipa.to_owned(), stress, tone, confidence: CONFIDENCE }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phones(ipa: &str) -> Vec<RawPhone> {
        ipa.split(' ').map(|ipa| RawPhone { ipa: ipa.to_owned(), ..RawPhone::default() }).collect()
    }

    fn word(start: i64, end: i64) -> Word {
        let (start, end) = (Time::from_millis(start), Time::from_millis(end));
        Word { start, end, text: String::new(), language: String::new() }
    }

    fn note(start: i64, end: i64, is_held: bool) -> Note {
        Note { start: Time::from_millis(start), end: Time::from_millis(end), is_held }
    }

    /// `start-end ipa` in milliseconds.
    fn shown(words: &[(Word, Vec<RawPhone>)], notes: &[Note]) -> String {
        let words: Vec<Words<'_>> = words.iter().map(|(word, phones)| (word, phones.as_slice())).collect();
        let one = |p: TimedPhone| format!("{}-{} {}", p.start.as_millis_f64(), p.end.as_millis_f64(), p.ipa);
        sung(&words, notes).into_iter().map(one).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn vowels_are_held_and_the_mouth_closes_at_the_end() {
        let words = [(word(1000, 3000), phones("k ʌ m"))];
        let notes = [note(1000, 2000, false), note(2000, 3000, true)];
        assert_eq!(shown(&words, &notes), "955-1030 k, 1030-2935 ʌ, 2935-3000 m");
    }

    #[test]
    fn each_syllable_has_its_note() {
        let words = [(word(1000, 2500), phones("m ɔ ɹ n ɪ ŋ"))];
        let notes = [note(1000, 1500, false), note(1600, 2500, false)];
        let expected = "961-1026 m, 1026-1445 ɔ, 1445-1500 ɹ, 1561-1626 n, 1626-2435 ɪ, 2435-2500 ŋ";
        assert_eq!(shown(&words, &notes), expected);
    }

    #[test]
    fn syllables_and_notes_need_not_be_equally_many() {
        // One syllable on two notes, two on one, and a word without a note.
        let fire = [(word(0, 1000), phones("f aɪ"))];
        let notes = [note(0, 500, false), note(500, 1000, false)];
        assert_eq!(shown(&fire, &notes), "0-80 f, 80-860 a, 860-1000 ɪ");
        let over = [(word(2000, 3000), phones("oʊ v ə"))];
        let both = shown(&over, &[note(2000, 3000, false)]);
        assert_eq!(both, "2000-2312 o, 2312-2452 ʊ, 2452-2532 v, 2532-3000 ə");
        assert_eq!(shown(&over, &[]), both);
    }

    #[test]
    fn clusters_are_parted_as_they_begin_words() {
        let parts = |ipa: &str| {
            let own = phones(ipa);
            let of = |s: &Syllable<'_>| s.onset.iter().map(|p| p.ipa.as_str()).collect::<String>();
            parted(&own).iter().map(of).collect::<Vec<_>>().join(".")
        };
        assert_eq!(parts("ɛ k s t ɹ ə"), ".stɹ");
        assert_eq!(parts("s ɪ ŋ ɪ ŋ"), "s.");
        assert_eq!(parts("w ɪ n d oʊ"), "w.d");
        assert_eq!(parts("ʃ"), "");
    }
}
