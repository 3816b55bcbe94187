//! What a text sounds like, without times: by espeak-ng, or by the spelling rules where it is all pinyin.

use std::ffi::OsString;

use super::espeak::voice_of;
use super::{Studio, Take, is_chinese};
use crate::host::{EspeakReader, HostError};
use crate::script::words;
use crate::speech::text::{Lexicon, Reader, pronounce_with};
use crate::speech::{
    Part, Passage, RawPhone, SaidWord, Sound, duration, espeak, pinyin, place_words, word_of_phones,
};

pub(super) const PROGRAM: &str = "espeak-ng";
/// What stands where a clause ends.
const CLAUSE_ENDS: &[char] =
    &[',', ';', ':', '.', '!', '?', '，', '；', '：', '、', '。', '！', '？', '…', '—'];
/// The voice that reads pinyin.
const PINYIN_VOICE: &str = "cmn-latn-pinyin";

/// A sentence read.
pub(super) struct Reading {
    /// The espeak-ng voice that speaks it so.
    pub(super) voice: String,
    /// As that voice wants it.
    pub(super) passage: Passage,
    /// Phones between punctuation.
    clauses: Vec<Vec<RawPhone>>,
    /// Its words as they are said, and the phones of each by itself.
    said: Vec<SaidWord>,
    expected: Vec<Vec<RawPhone>>,
}

/// Reads a sentence as the voice of espeak-ng would say it.
///
/// # Errors
/// espeak-ng is needed and not installed.
pub(super) fn read(voice: &str, passage: &Passage, studio: &Studio<'_>) -> Result<Reading, HostError> {
    let chinese = is_chinese(&passage.language);
    if let Some(reading) = chinese.then(|| read_pinyin(passage)).flatten() {
        return Ok(reading);
    }
    let said = passage.said_words();
    let clauses = phones(voice, passage, studio)?;
    let texts: Vec<&str> = said.iter().map(|word| word.text.as_str()).collect();
    let alone =
        |words: &[&str]| phones(voice, &Passage::plain(&words.join("\n\n"), &passage.language), studio);
    let mut expected = each_alone(&texts, alone)?;
    for (expected, word) in expected.iter_mut().zip(&said) {
        if let Some(phones) = &word.phones {
            expected.clone_from(phones);
        }
    }
    Ok(Reading { voice: voice.to_owned(), passage: passage.clone(), clauses, said, expected })
}

/// Reads a sentence as its language is usually spoken, without any program where the language is built in. `None` where
/// nobody can read it.
///
/// # Errors
/// No place for espeak-ng's files.
pub(super) fn pronounced(passage: &Passage, studio: &Studio<'_>) -> Result<Option<Reading>, HostError> {
    let text = passage.said();
    let reader = EspeakReader::open(studio.job())?;
    let reader = reader.as_ref().map(|reader| reader as &dyn Reader);
    let words = pronounce_with(&text, &passage.language, &Lexicon::default(), reader);
    let said = passage.said_words();
    let (mut clauses, mut expected) = (vec![Vec::new()], Vec::new());
    let mut end = 0;
    for ((range, word), said) in words::split(&text).into_iter().zip(words).zip(&said) {
        if text.get(end..range.start).is_some_and(|between| between.contains(CLAUSE_ENDS)) {
            clauses.push(Vec::new());
        }
        end = range.end;
        let usual = word.variants.into_iter().next().unwrap_or_default();
        let phones = said.phones.clone().unwrap_or(usual);
        if let Some(clause) = clauses.last_mut() {
            clause.extend(phones.iter().cloned());
        }
        expected.push(phones);
    }
    let is_read = expected.iter().any(|phones| !phones.is_empty());
    Ok(is_read.then(|| Reading { voice: String::new(), passage: passage.clone(), clauses, said, expected }))
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

/// Times for a reading in its sound.
pub(super) fn timed(wav: Vec<u8>, sound: &Sound, reading: &Reading) -> Take {
    let phones = duration::time_clauses(&reading.as_written(), sound);
    let heard: Vec<&str> = phones.iter().map(|phone| phone.ipa.as_str()).collect();
    let said = &reading.said;
    let owners: Vec<usize> = word_of_phones(&reading.expected, &heard)
        .into_iter()
        .map(|owner| said.get(owner).map_or(0, |word| word.word))
        .collect();
    let passage = &reading.passage;
    let words = place_words(&passage.words(), &passage.language, &phones, &owners, sound.audible_range());
    Take { wav, phones, words }
}

impl Reading {
    /// The clauses with the phones that the script gives in place of those that were read.
    fn as_written(&self) -> Vec<Vec<RawPhone>> {
        if self.said.iter().all(|word| word.phones.is_none()) {
            return self.clauses.clone();
        }
        let heard: Vec<&str> = self.clauses.iter().flatten().map(|phone| phone.ipa.as_str()).collect();
        let mut owners = word_of_phones(&self.expected, &heard).into_iter();
        let mut last = None;
        let mut rewritten = Vec::with_capacity(self.clauses.len());
        for clause in &self.clauses {
            let mut phones = Vec::with_capacity(clause.len());
            for phone in clause {
                let owner = owners.next();
                let given =
                    owner.and_then(|owner| self.said.get(owner)).and_then(|word| word.phones.as_ref());
                match given {
                    Some(given) if owner != last => phones.extend(given.iter().cloned()),
                    Some(_) => {}
                    None => phones.push(phone.clone()),
                }
                last = owner;
            }
            rewritten.push(phones);
        }
        rewritten
    }
}

/// A sentence of which every word is pinyin; its clauses end at punctuation.
fn read_pinyin(passage: &Passage) -> Option<Reading> {
    let (mut clauses, mut expected) = (vec![Vec::new()], Vec::new());
    let said = passage.said();
    let mut end = 0;
    for range in words::split(&said) {
        let between = said.get(end..range.start)?;
        end = range.end;
        if between.contains(CLAUSE_ENDS) {
            clauses.push(Vec::new());
        }
        let phones = pinyin::read(said.get(range)?)?;
        clauses.last_mut()?.extend(phones.iter().cloned());
        expected.push(phones);
    }
    if expected.is_empty() {
        return None;
    }
    let mut respelt = passage.clone();
    for part in &mut respelt.parts {
        *part = Part { said: respell(&part.said)?, ..part.clone() };
    }
    let said = passage.said_words();
    Some(Reading { voice: PINYIN_VOICE.to_owned(), passage: respelt, clauses, said, expected })
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
