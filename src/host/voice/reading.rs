//! What a text sounds like, without times: by espeak-ng, or by the spelling rules where it is all pinyin.

use std::ffi::OsString;

use super::espeak::voice_of;
use super::{Studio, Take, is_chinese};
use crate::host::HostError;
use crate::host::pronounce::Pronouncer;
use crate::job::Job;
use crate::script::words;
use crate::speech::{
    Part, Passage, RawPhone, SaidWord, Sound, espeak, pinyin, place_phones, place_words, word_of_phones,
};

pub(super) const PROGRAM: &str = "espeak-ng";
/// The voice that reads pinyin.
const PINYIN_VOICE: &str = "cmn-latn-pinyin";

/// A sentence read.
pub(super) struct Reading {
    /// The espeak-ng voice that speaks it so.
    pub(super) voice: String,
    /// As that voice wants it.
    pub(super) passage: Passage,
    /// Its words as they are said.
    said: Vec<SaidWord>,
    /// For each of them its pronunciations, the likeliest first.
    words: Vec<Vec<Vec<RawPhone>>>,
}

/// Reads a sentence as the voice of espeak-ng says it.
///
/// # Errors
/// espeak-ng is needed and not installed.
pub(super) fn read(voice: &str, passage: &Passage, studio: &Studio<'_>) -> Result<Reading, HostError> {
    let chinese = is_chinese(&passage.language);
    if let Some(reading) = chinese.then(|| read_pinyin(passage)).flatten() {
        return Ok(reading);
    }
    let said = passage.said_words();
    let phones_read = phones(voice, passage, studio)?.concat();
    let texts: Vec<&str> = said.iter().map(|word| word.text.as_str()).collect();
    let alone =
        |words: &[&str]| phones(voice, &Passage::plain(&words.join("\n\n"), &passage.language), studio);
    let mut expected = each_alone(&texts, alone)?;
    for (expected, word) in expected.iter_mut().zip(&said) {
        if let Some(phones) = &word.phones {
            expected.clone_from(phones);
        }
    }
    // In a sentence words sound otherwise than alone.
    let heard: Vec<&str> = phones_read.iter().map(|phone| phone.ipa.as_str()).collect();
    let owners = word_of_phones(&expected, &heard);
    let mut words: Vec<Vec<RawPhone>> = vec![Vec::new(); said.len()];
    for (phone, owner) in phones_read.into_iter().zip(owners) {
        if let Some(word) = words.get_mut(owner) {
            word.push(phone);
        }
    }
    let words = words.into_iter().map(|word| vec![word]).collect();
    Ok(Reading { voice: voice.to_owned(), passage: passage.clone(), words: as_given(words, &said), said })
}

/// Reads a sentence as its language is usually spoken, without any program where the language is built in. `None` where
/// nobody can read it.
///
/// # Errors
/// No place for espeak-ng's files.
pub(super) fn pronounced(passage: &Passage, studio: &Studio<'_>) -> Result<Option<Reading>, HostError> {
    let words = Pronouncer::open(studio.job())?.variants(&passage.said(), &passage.language);
    let said = passage.said_words();
    let words = as_given(words, &said);
    let is_read = words.iter().any(|word| !word.is_empty());
    Ok(is_read.then(|| Reading { voice: String::new(), passage: passage.clone(), said, words }))
}

/// The phones that the script gives in place of those that were read.
fn as_given(words: Vec<Vec<Vec<RawPhone>>>, said: &[SaidWord]) -> Vec<Vec<Vec<RawPhone>>> {
    let given = |(word, said): (_, &SaidWord)| said.phones.clone().map_or(word, |phones| vec![phones]);
    words.into_iter().zip(said).map(given).collect()
}

/// The arguments that make espeak-ng read a sentence.
pub(super) fn arguments(
    voice: &str,
    passage: &Passage,
    studio: &Studio<'_>,
) -> Result<Vec<OsString>, HostError> {
    let mut args: Vec<OsString> = vec!["-v".into(), voice.into()];
    let text = if passage.is_plain() {
        espeak::plain(&passage.said())
    } else {
        args.push("-m".into());
        espeak::ssml(passage, voice)
    };
    args.extend(["-f".into(), studio.text_file(&text)?.into()]);
    Ok(args)
}

fn phones(voice: &str, passage: &Passage, studio: &Studio<'_>) -> Result<Vec<Vec<RawPhone>>, HostError> {
    let print = |more: &[&str]| {
        let mut args = arguments(voice, passage, studio)?;
        args.extend(more.iter().map(OsString::from));
        studio.print(PROGRAM, &args)
    };
    let ipa = print(&["-q", "--ipa", "--sep=_"])?;
    let tones = if voice.starts_with("cmn") { print(&["-q", "-x", "--sep=_"])? } else { String::new() };
    Ok(espeak::parse(&ipa, &tones))
}

/// Times for a reading in its sound. A sentence is short: how far this has come is told to nobody, for what is told counts
/// sentences.
pub(super) fn timed(wav: Vec<u8>, sound: &Sound, reading: &Reading) -> Result<Take, HostError> {
    let (phones, owners) = place_phones(sound, &reading.words, &Job::silent())?;
    // What is heard beside the words is no word's.
    let word = |owner: &Option<usize>| {
        owner.and_then(|owner| reading.said.get(owner)).map_or(usize::MAX, |said| said.word)
    };
    let owners: Vec<usize> = owners.iter().map(word).collect();
    let passage = &reading.passage;
    let words = place_words(&passage.words(), &passage.language, &phones, &owners, sound.audible_range());
    Ok(Take { wav, phones, words })
}

/// A sentence of which every word is pinyin.
fn read_pinyin(passage: &Passage) -> Option<Reading> {
    let said = passage.said_words();
    let words: Vec<Vec<Vec<RawPhone>>> =
        said.iter().map(|word| pinyin::read(&word.text).map(|phones| vec![phones])).collect::<Option<_>>()?;
    if words.is_empty() {
        return None;
    }
    let mut respelt = passage.clone();
    for part in &mut respelt.parts {
        *part = Part { said: respell(&part.said)?, ..part.clone() };
    }
    let words = as_given(words, &said);
    Some(Reading { voice: PINYIN_VOICE.to_owned(), passage: respelt, said, words })
}

/// Pinyin with tone digits and ASCII punctuation.
fn respell(said: &str) -> Option<String> {
    let mut spelt = String::new();
    let mut end = 0;
    for range in words::split(said) {
        spelt.push_str(said.get(end..range.start)?);
        end = range.end;
        spelt.push_str(&pinyin::with_digits(said.get(range)?)?);
    }
    spelt.push_str(said.get(end..)?);
    Some(spelt.replace(['，', '、'], ",").replace('。', ".").replace('；', ";").replace('：', ":"))
}

/// The phones of each word spoken by itself: in one go, or in ever smaller parts where the program splits or drops some.
pub(super) fn each_alone(
    words: &[&str],
    speak: impl Fn(&[&str]) -> Result<Vec<Vec<RawPhone>>, HostError> + Copy,
) -> Result<Vec<Vec<RawPhone>>, HostError> {
    let together = speak(words)?;
    match words {
        _ if together.len() == words.len() => Ok(together),
        [] => Ok(Vec::new()),
        [_] => Ok(vec![together.concat()]),
        _ => {
            let (first, second) = words.split_at(words.len() / 2);
            Ok([each_alone(first, speak)?, each_alone(second, speak)?].concat())
        }
    }
}

impl Studio<'_> {
    /// The phones of each word spoken by itself by espeak-ng's voice for a language.
    pub(in crate::host) fn words_alone(
        &self,
        words: &[&str],
        language: &str,
    ) -> Result<Vec<Vec<RawPhone>>, HostError> {
        let voice = voice_of(language);
        each_alone(words, |words| phones(&voice, &Passage::plain(&words.join("\n\n"), language), self))
    }
}
