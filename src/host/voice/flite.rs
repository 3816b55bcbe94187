//! `flite -voice NAME`: US English, with its own phone times.

use std::ffi::OsString;

use super::reading::each_alone;
use super::{Engine, Studio, Take};
use crate::diagnostic::Diagnostic;
use crate::host::{HostError, program};
use crate::speech::{Passage, RawPhone, flite, place_words, word_of_phones};

const PROGRAM: &str = "flite";

/// A voice of flite.
pub(super) struct Flite {
    voice: String,
}

impl Flite {
    pub(super) fn new(voice: &str) -> Self {
        Self { voice: voice.to_owned() }
    }

    fn print(&self, studio: &Studio<'_>, text: &str, more: &[OsString]) -> Result<String, HostError> {
        let mut args: Vec<OsString> = vec!["-voice".into(), self.voice.as_str().into()];
        args.extend_from_slice(more);
        args.extend(["-f".into(), studio.text_file(text)?.into()]);
        studio.print(PROGRAM, &args)
    }

    /// The phones of each word by itself.
    fn alone(&self, studio: &Studio<'_>, words: &[&str]) -> Result<Vec<Vec<RawPhone>>, HostError> {
        each_alone(words, |words| {
            // Each a paragraph, each an utterance of its own.
            let list: Vec<String> = words.iter().map(|word| flite::ascii(word)).collect();
            let printed =
                self.print(studio, &list.join("\n\n"), &["-ps".into(), "-o".into(), "none".into()])?;
            Ok(flite::parse_plain(&printed))
        })
    }
}

impl Engine for Flite {
    fn fingerprint(&self) -> String {
        format!("flite {} {}", self.voice, program::identity(PROGRAM))
    }

    fn shortfalls(&self, _: &Passage) -> Vec<Diagnostic> {
        Vec::new()
    }

    fn speak(&self, passage: &Passage, studio: &Studio<'_>) -> Result<Take, HostError> {
        let mut args: Vec<OsString> = vec!["-psdur".into(), "-o".into(), studio.wav().into()];
        let text = if passage.is_plain() {
            flite::ascii(&passage.said())
        } else {
            args.push("-ssml".into());
            flite::ssml(passage)
        };
        let printed = self.print(studio, &text, &args)?;
        let odd = |error: flite::OutputError| HostError::environment(error.to_string(), "use flite 2.2");
        let phones = flite::parse_timed(&printed).map_err(odd)?;
        let (wav, sound) = studio.recorded(PROGRAM)?;
        let said = passage.said_words();
        let texts: Vec<&str> = said.iter().map(|word| word.text.as_str()).collect();
        let mut expected = self.alone(studio, &texts)?;
        for (expected, word) in expected.iter_mut().zip(&said) {
            if let Some(phones) = &word.phones {
                expected.clone_from(phones);
            }
        }
        let heard: Vec<&str> = phones.iter().map(|phone| phone.ipa.as_str()).collect();
        let owners: Vec<usize> = word_of_phones(&expected, &heard)
            .into_iter()
            .map(|owner| said.get(owner).map_or(0, |word| word.word))
            .collect();
        let words = place_words(&passage.words(), &passage.language, &phones, &owners, sound.audible_range());
        Ok(Take { wav, phones, words })
    }
}
