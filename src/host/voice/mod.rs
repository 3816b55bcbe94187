//! Voices: one sentence in, sound with timed phones and words out, by programs.
//!
//! A document chooses a voice by name; which command that is stands here or in the user's configuration. Text
//! reaches a program in a file, never as an argument.

mod command;
mod espeak;
mod flite;
mod kept;
mod reading;
mod studio;

use self::command::Command;
use self::espeak::Espeak;
use self::flite::Flite;
pub(super) use self::kept::speak;
pub(super) use self::studio::Studio;
use super::HostError;
use super::config::Config;
use crate::diagnostic::Diagnostic;
use crate::script::timeline::{TimedPhone, Word};
use crate::speech::Passage;

const DEFAULT_FLITE: &str = "slt";

/// A program that speaks.
pub(super) trait Engine {
    /// All that decides how it sounds, for cache keys.
    fn fingerprint(&self) -> String;

    /// What it cannot do of what a sentence asks for.
    fn shortfalls(&self, passage: &Passage) -> Vec<Diagnostic>;

    /// Speaks one sentence; the words of the result are those of [`Passage::words`].
    fn speak(&self, passage: &Passage, studio: &Studio<'_>) -> Result<Take, HostError>;
}

/// A sentence as a program spoke it.
pub(super) struct Take {
    /// The file that it wrote.
    pub(super) wav: Vec<u8>,
    /// From the start of the sound.
    pub(super) phones: Vec<TimedPhone>,
    pub(super) words: Vec<Word>,
}

/// The engine of the name that a script gives (`flite`, `flite:rms`, `espeak-ng:de`, a name of the configuration, each
/// with an optional voice of the engine after a colon); without one `flite` for English, `espeak-ng` for all else.
pub(super) fn choose(name: Option<&str>, language: &str, config: &Config) -> Result<Box<dyn Engine>, String> {
    let by_language = if is_language(language, "en") { "flite" } else { "espeak-ng" };
    let name = name.unwrap_or(by_language);
    let (engine, part) = name.split_once(':').unwrap_or((name, ""));
    // An engine could take a path or an address for a name.
    if !part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+'))
        || part.starts_with('-')
    {
        return Err(format!("'{part}' is no name of a voice: letters, digits, - _ + only"));
    }
    match engine {
        "flite" if !is_language(language, "en") => {
            Err(format!("flite speaks English only, and the line is in '{language}'; use espeak-ng"))
        }
        "flite" => Ok(Box::new(Flite::new(if part.is_empty() { DEFAULT_FLITE } else { part }))),
        "espeak-ng" if part.is_empty() => Ok(Box::new(Espeak::of_language(language))),
        "espeak-ng" => Ok(Box::new(Espeak::new(part))),
        _ => match config.voices.get(engine) {
            Some(voice) => Ok(Box::new(Command::new(engine, voice, part))),
            None => {
                let known: Vec<&str> = config.voices.keys().map(String::as_str).collect();
                let known = [&["flite", "espeak-ng"], &known[..]].concat().join(", ");
                Err(format!("no voice '{engine}'; known: {known}"))
            }
        },
    }
}

/// Whether `language` is `primary` or a variant of it.
fn is_language(language: &str, primary: &str) -> bool {
    language.split(['-', '_']).next().is_some_and(|first| first.eq_ignore_ascii_case(primary))
}

fn is_chinese(language: &str) -> bool {
    is_language(language, "zh") || is_language(language, "cmn")
}
