//! `flite -voice NAME`: US English, with its own phone times.

use std::ffi::OsString;

use super::reading::each_alone;
use super::{Engine, Studio, Take};
use crate::diagnostic::Diagnostic;
use crate::host::{HostError, program};
use crate::speech::{Part, Passage, RawPhone, flite, place_words, word_of_phones};

const PROGRAM: &str = "flite";
/// Voices that keep their pitch whatever they are told.
const FIXED_PITCH: &[&str] = &["rms"];
/// Within a sentence a change of pitch up to this, in octaves, is the stress of words, which are slower and louder too.
const STRESS: f32 = 0.3;

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

    fn shortfalls(&self, passage: &Passage) -> Vec<Diagnostic> {
        let voice = &self.voice;
        let fixed = FIXED_PITCH.contains(&voice.as_str());
        let told = if fixed { 1.0 } else { pitch(passage) };
        let off = |part: &Part| libm::log2f(part.manner.pitch / told).abs() > STRESS;
        if !passage.parts.iter().any(off) {
            return Vec::new();
        }
        let (message, help) = if fixed {
            (format!("the voice 'flite:{voice}' cannot be told a pitch and keeps its own"), "use flite:slt")
        } else {
            let message = format!("the voice 'flite:{voice}' has one pitch for a sentence and keeps its own");
            (message, "put <prosody> around whole sentences, or use espeak-ng")
        };
        vec![Diagnostic::warning("", message).help(help)]
    }

    fn speak(&self, passage: &Passage, studio: &Studio<'_>) -> Result<Take, HostError> {
        let mut args: Vec<OsString> = vec!["-psdur".into(), "-o".into(), studio.wav().into()];
        let pitch = pitch(passage);
        if (pitch - 1.0).abs() > 1e-3 {
            args.extend(["--setf".into(), format!("f0_shift={pitch:.3}").into()]);
        }
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

/// The pitch of a whole sentence: that of all its parts, else the voice's own.
fn pitch(passage: &Passage) -> f32 {
    let pitch = passage.parts.first().map_or(1.0, |part| part.manner.pitch);
    let same = passage.parts.iter().all(|part| (part.manner.pitch - pitch).abs() < 1e-3);
    if same { pitch } else { 1.0 }
}
