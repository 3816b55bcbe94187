//! A program of the user's configuration that speaks; its phones are found in its sound.

use std::ffi::OsString;

use super::reading::{PROGRAM, pronounced, timed};
use super::{Engine, Studio, Take};
use crate::diagnostic::Diagnostic;
use crate::host::config::CommandVoice;
use crate::host::pronounce::user_lexicon_text;
use crate::host::{HostError, program};
use crate::speech::{Passage, place_words};

/// Words a minute of ordinary speech, as programs count them.
const WORDS_PER_MINUTE: f32 = 175.0;

/// A command and what stands for `{voice}` in it.
pub(super) struct Command {
    name: String,
    command: CommandVoice,
    voice: String,
}

impl Command {
    pub(super) fn new(name: &str, command: &CommandVoice, voice: &str) -> Self {
        Self { name: name.to_owned(), command: command.clone(), voice: voice.to_owned() }
    }

    fn takes_speed(&self) -> bool {
        let speed =
            |argument: &String| argument.contains("{stretch}") || argument.contains("{words_per_minute}");
        self.command.command.iter().any(speed)
    }

    /// The speed of a whole sentence: that of all its parts, else the voice's own.
    fn rate(passage: &Passage) -> f32 {
        let rate = passage.parts.first().map_or(1.0, |part| part.manner.rate);
        let same = passage.parts.iter().all(|part| (part.manner.rate - rate).abs() < 1e-3);
        if same { rate } else { 1.0 }
    }
}

impl Engine for Command {
    fn fingerprint(&self) -> String {
        let identity = self.command.command.first().map(|program| program::identity(program));
        let reader = program::identity(PROGRAM);
        // A lexicon that cannot be read is told when it is needed.
        let lexicon = user_lexicon_text().ok().flatten();
        format!("command {:?} {:?} {identity:?} {reader} {lexicon:?}", self.command.command, self.voice)
    }

    fn shortfalls(&self, passage: &Passage) -> Vec<Diagnostic> {
        let name = &self.name;
        let mut found = Vec::new();
        let mut add = |message: String, help: &str| found.push(Diagnostic::warning("", message).help(help));
        let manners = || passage.parts.iter().map(|part| part.manner);
        if manners().any(|manner| (manner.pitch - 1.0).abs() > 1e-3) {
            let message = format!("the voice '{name}' cannot be told a pitch and keeps its own");
            add(message, "use flite or espeak-ng where the pitch matters");
        }
        if manners().any(|manner| (manner.rate - 1.0).abs() > 1e-3) && !self.takes_speed() {
            let message = format!("the voice '{name}' cannot be told a speed and keeps its own");
            add(message, "put {stretch} or {words_per_minute} in its command where it takes one");
        } else if manners().any(|manner| (manner.rate - Self::rate(passage)).abs() > 1e-3) {
            let message = format!("the voice '{name}' has one speed for a sentence and keeps its own");
            add(message, "put <prosody> around whole sentences");
        }
        found
    }

    fn speak(&self, passage: &Passage, studio: &Studio<'_>) -> Result<Take, HostError> {
        let text_file = studio.text_file(&passage.said())?.to_string_lossy().into_owned();
        let wav = studio.wav().to_string_lossy().into_owned();
        let rate = Self::rate(passage);
        let placeholders = [
            ("{text_file}", text_file),
            ("{out_wav}", wav),
            ("{voice}", self.voice.clone()),
            ("{stretch}", format!("{:.3}", 1.0 / rate)),
            ("{words_per_minute}", format!("{:.0}", WORDS_PER_MINUTE * rate)),
        ];
        let fill = |argument: &String| {
            let filled = |text: String, (name, value): &(&str, String)| text.replace(name, value);
            OsString::from(placeholders.iter().fold(argument.clone(), filled))
        };
        let (name, args) =
            self.command.command.split_first().map_or(("", &[][..]), |(name, args)| (name.as_str(), args));
        let args: Vec<OsString> = args.iter().map(fill).collect();
        studio.run(name, &args, self.command.time_limit)?;
        let (wav, sound) = studio.recorded(name)?;
        match pronounced(passage, studio)? {
            Some(reading) => timed(wav, &sound, &reading),
            None => {
                let words = place_words(&passage.words(), &passage.language, &[], &[], sound.audible_range());
                Ok(Take { wav, phones: Vec::new(), words })
            }
        }
    }
}
