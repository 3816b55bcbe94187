//! `espeak-ng -v NAME`: over a hundred languages; its phones are found in its sound.

use super::reading::{PROGRAM, arguments, read, timed};
use super::{Engine, Studio, Take, is_chinese};
use crate::diagnostic::Diagnostic;
use crate::host::{HostError, program};
use crate::speech::Passage;

/// A voice of espeak-ng.
pub(super) struct Espeak {
    voice: String,
}

impl Espeak {
    pub(super) fn new(voice: &str) -> Self {
        Self { voice: voice.to_owned() }
    }

    /// The voice of a language.
    pub(super) fn of_language(language: &str) -> Self {
        Self { voice: voice_of(language) }
    }
}

/// The name of a language's voice.
pub(super) fn voice_of(language: &str) -> String {
    let known = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    match language.to_ascii_lowercase().as_str() {
        "en" | "" => "en-us".to_owned(),
        _ if is_chinese(language) => "cmn".to_owned(),
        tag => tag.chars().filter(known).collect(),
    }
}

impl Engine for Espeak {
    fn fingerprint(&self) -> String {
        format!("espeak-ng {} {}", self.voice, program::identity(PROGRAM))
    }

    fn shortfalls(&self, _: &Passage) -> Vec<Diagnostic> {
        Vec::new()
    }

    fn speak(&self, passage: &Passage, studio: &Studio<'_>) -> Result<Take, HostError> {
        let reading = read(&self.voice, passage, studio)?;
        let mut args = arguments(&reading.voice, &reading.passage, studio)?;
        args.extend(["-w".into(), studio.wav().into()]);
        studio.print(PROGRAM, &args)?;
        let (wav, sound) = studio.recorded(PROGRAM)?;
        timed(wav, &sound, &reading)
    }
}
