//! The script's file, `NAME.speech.toml`, version 1.0.
//!
//! Text in, a checked script or diagnostics out; whether a named file exists is asked by whoever can open it.

mod file;

use schemars::Schema;

use self::file::{LineFile, RoleFile, ScriptFile, SoundFile};
use super::document::{Document, Fault, suggest};
use super::inline::{self, Unknown};
use super::markup::LineMarkup;
use super::plain::{InlineMarkup, Plain};
use super::timeline::AudioRole;
use super::written::{
    DEFAULT_GAP, DEFAULT_LANGUAGE, DEFAULT_SPEAKER, Line, LineMark, Located, Script, ScriptSpeaker, Sound,
};
use super::{path, words};
use crate::diagnostic::{Diagnostic, Position};

/// The version that is read.
const VERSION: (u32, u32) = (1, 1);

/// The JSON Schema of the script's file.
pub(super) fn schema() -> Schema {
    schemars::schema_for!(ScriptFile)
}

impl Script {
    /// Reads a script's file; `source_name` stands in the messages. Beside the script come warnings.
    ///
    /// # Errors
    /// What is wrong, each with line and column, at most twenty. A file of a newer major version is refused; in one of a
    /// newer minor version, unknown keys are warnings.
    pub fn from_toml(text: &str, source_name: &str) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let mut document = Document::toml(text, source_name, VERSION).map_err(|d| vec![d])?;
        let file: ScriptFile = document.read()?;
        let mut reader = Reader { text, document };
        let script = reader.script(file, source_name);
        Ok((script, reader.document.close()?))
    }
}

struct Reader<'a> {
    text: &'a str,
    document: Document<'a>,
}

/// What lines inherit from their speaker.
struct Inherited {
    voice: Option<Located<String>>,
    language: String,
}

impl Reader<'_> {
    fn script(&mut self, file: ScriptFile, source_name: &str) -> Script {
        let ScriptFile {
            title, language, seed, disclosure, stage, dials, mut speakers, lines, audio, ..
        } = file;
        if let Some(language) = &language {
            self.language("/language", language);
        }
        let language = language.unwrap_or_else(|| DEFAULT_LANGUAGE.to_owned());
        let order: Vec<String> = self.document.root().get("speakers").map_or_else(Vec::new, |table| {
            table.entries().iter().map(|entry| entry.key.clone().into_owned()).collect()
        });
        let mut people = Vec::new();
        let mut inherited = Vec::new();
        for id in order {
            let Some(speaker) = speakers.remove(&id) else { continue };
            let at = format!("/speakers/{id}");
            if !is_name(&id, "-_") {
                let help = "use letters, digits, '-' and '_'";
                self.report(&at, Fault::new(format!("'{id}' is no name for a speaker")).help(help));
            }
            if let Some(language) = &speaker.language {
                self.language(&format!("{at}/language"), language);
            }
            let avatar = speaker.avatar.map(|avatar| self.file(&format!("{at}/avatar"), avatar));
            let voice = speaker.voice.map(|voice| self.voice(&format!("{at}/voice"), voice));
            inherited
                .push(Inherited { voice, language: speaker.language.unwrap_or_else(|| language.clone()) });
            people.push(ScriptSpeaker { id, avatar });
        }
        if people.is_empty() {
            people.push(ScriptSpeaker { id: DEFAULT_SPEAKER.to_owned(), avatar: None });
            inherited.push(Inherited { voice: None, language });
        }
        if lines.is_empty() {
            self.report("", Fault::new("the script has no lines").help("add [[lines]] with a text"));
        }
        let ids: Vec<&str> = people.iter().map(|speaker| speaker.id.as_str()).collect();
        let lines = lines
            .into_iter()
            .enumerate()
            .map(|(index, line)| self.line(&format!("/lines/{index}"), line, &ids, &inherited))
            .collect();
        let sounds = audio
            .into_iter()
            .enumerate()
            .map(|(index, sound)| self.sound(&format!("/audio/{index}"), sound))
            .collect();
        let script = Script {
            source_name: source_name.to_owned(),
            title,
            seed,
            disclosure,
            stage: stage.into(),
            dials: dials.into(),
            speakers: people,
            lines,
            sounds,
        };
        self.stage(&script);
        script
    }

    fn report(&mut self, pointer: &str, fault: Fault) {
        self.document.report(pointer, fault);
    }

    fn position(&self, pointer: &str) -> Position {
        Position::of(self.text, self.document.root().find(pointer).at)
    }

    /// Stage and dials are held to what a timeline is.
    fn stage(&mut self, script: &Script) {
        let mut timeline = script.begin_timeline();
        timeline.speakers.clear();
        timeline.audio.clear();
        for problem in super::validate::problems(&timeline) {
            self.report(&problem.pointer, Fault { help: problem.help, ..Fault::new(problem.message) });
        }
    }

    fn file(&mut self, pointer: &str, value: String) -> Located<String> {
        if let Err((message, help)) = path::check(&value) {
            self.report(pointer, Fault::new(message).help(help));
        }
        Located { value, position: self.position(pointer) }
    }

    fn voice(&mut self, pointer: &str, value: String) -> Located<String> {
        if !value.split(':').all(|part| is_name(part, "-_+.")) {
            let fault = Fault::new(format!("'{value}' is no name for a voice"));
            let help =
                "write flite, flite:slt, espeak-ng, or a voice of your configuration; commands belong there";
            self.report(pointer, fault.help(help));
        }
        Located { value, position: self.position(pointer) }
    }

    fn language(&mut self, pointer: &str, tag: &str) {
        let part =
            |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        let first = tag.split('-').next().unwrap_or_default();
        let fits = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
        if !fits || !tag.split('-').all(part) {
            let help = "write a tag such as en, en-GB, zh";
            self.report(pointer, Fault::new(format!("'{tag}' is no language tag")).help(help));
        }
    }

    fn line(&mut self, at: &str, line: LineFile, ids: &[&str], inherited: &[Inherited]) -> Line {
        let speaker = self.speaker(at, line.speaker.as_deref(), ids);
        if line.voice.is_some() && (line.audio.is_some() || line.timing.is_some()) {
            let fault = Fault::new("a line has a voice or a recorded sound, not both");
            self.report(&format!("{at}/voice"), fault);
        }
        if let Some(language) = &line.language {
            self.language(&format!("{at}/language"), language);
        }
        let (spoken_key, spoken) = match (&line.say, &line.text) {
            (Some(say), _) => ("say", say.as_str()),
            (None, Some(text)) => ("text", text.as_str()),
            (None, None) => ("say", ""),
        };
        let plain = self.marked(&format!("{at}/{spoken_key}"), spoken, ids);
        let (shown_key, shown) = match (&line.display, &line.text) {
            (Some(display), _) => ("display", display.as_str()),
            (None, Some(text)) => ("text", text.as_str()),
            (None, None) => (spoken_key, spoken),
        };
        let displayed = if shown_key == spoken_key {
            plain.text.clone()
        } else {
            let shown_at = format!("{at}/{shown_key}");
            let shown = self.marked(&shown_at, shown, ids);
            if !shown.marks.is_empty() {
                let fault = Fault::new("marks belong in what is said, not in what is shown");
                self.report(&shown_at, fault.help(format!("move them to '{spoken_key}'")));
            }
            shown.text
        };
        if plain.text.is_empty() && line.audio.is_none() && line.timing.is_none() {
            let fault = Fault::new("the line says nothing");
            self.report(at, fault.help("give it a 'text', or an 'audio' file with its 'timing'"));
        }
        let spoken_at = format!("{at}/{spoken_key}");
        let marks = self.marks(&spoken_at, spoken, &plain);
        if let Some(language) = &plain.language {
            self.language(&spoken_at, language);
        }
        let inherited = inherited.get(speaker);
        let voice = line.voice.map(|voice| self.voice(&format!("{at}/voice"), voice));
        Line {
            position: self.position(at),
            speaker,
            displayed,
            marks,
            markup: markup_of(&plain),
            language: line
                .language
                .or_else(|| plain.language.clone())
                .or_else(|| inherited.map(|inherited| inherited.language.clone()))
                .unwrap_or_else(|| DEFAULT_LANGUAGE.to_owned()),
            spoken: plain.text,
            voice: voice.or_else(|| inherited.and_then(|inherited| inherited.voice.clone())),
            audio: line.audio.map(|audio| self.file(&format!("{at}/audio"), audio)),
            timing: line.timing.map(|timing| self.file(&format!("{at}/timing"), timing)),
            gap_after: line.gap_after.map_or(DEFAULT_GAP, |gap| gap.0),
        }
    }

    fn speaker(&mut self, at: &str, name: Option<&str>, ids: &[&str]) -> usize {
        let at = format!("{at}/speaker");
        let Some(name) = name else {
            if ids.len() > 1 {
                let fault = Fault::new("the line does not say who speaks");
                self.report(&at, fault.help(format!("add 'speaker', one of {}", ids.join(", "))));
            }
            return 0;
        };
        ids.iter().position(|id| *id == name).unwrap_or_else(|| {
            let help = format!("{}; speakers are declared as [speakers.NAME]", suggest(name, ids));
            self.report(&at, Fault::new(format!("there is no speaker '{name}'")).help(help));
            0
        })
    }

    fn marked(&mut self, pointer: &str, marked: &str, ids: &[&str]) -> Plain {
        let (plain, faults) = match inline::parse(marked, ids, Unknown::Refuse) {
            Ok(mut plain) => {
                let warnings = std::mem::take(&mut plain.warnings);
                (plain, warnings)
            }
            Err(fault) => (Plain::default(), vec![fault]),
        };
        for fault in faults {
            let at = self.within(pointer, marked, fault.at.unwrap_or_default());
            self.report(pointer, Fault { at: Some(at), ..fault });
        }
        plain
    }

    fn marks(&self, pointer: &str, marked: &str, plain: &Plain) -> Vec<LineMark> {
        locate(plain, |written_at| Position::of(self.text, self.within(pointer, marked, written_at)))
    }

    /// The place in the file of byte `offset` of a text value: exact unless an escape stands before it, then the value's
    /// beginning.
    fn within(&self, pointer: &str, value: &str, offset: usize) -> usize {
        let at = self.document.root().find(pointer).at;
        let before = value.get(..offset).unwrap_or_default();
        let opening = ["\"\"\"\r\n", "\"\"\"\n", "'''\r\n", "'''\n", "\"\"\"", "'''", "\"", "'"];
        let written = self.text.get(at..).unwrap_or_default();
        let opened = opening.iter().find(|quotes| written.starts_with(**quotes)).map_or(0, |q| q.len());
        if written.get(opened..).is_some_and(|rest| rest.starts_with(before)) {
            at + opened + offset
        } else {
            at
        }
    }

    fn sound(&mut self, at: &str, sound: SoundFile) -> Sound {
        let SoundFile { role, file, start, file_in, file_out, gain } = sound;
        if file_out.is_some_and(|out| out.0 <= file_in.0) {
            self.report(&format!("{at}/out"), Fault::new("it ends no later than it begins"));
        }
        if !(-120.0..=40.0).contains(&gain) {
            self.report(&format!("{at}/gain"), Fault::new(format!("{gain} is not in -120..=40 decibels")));
        }
        Sound {
            role: if role == RoleFile::Music { AudioRole::Music } else { AudioRole::Effect },
            file: self.file(&format!("{at}/file"), file),
            start: start.0,
            file_in: file_in.0,
            file_out: file_out.map(|out| out.0),
            gain_db: gain,
        }
    }
}

/// Marks with their word and their position in the file.
pub(super) fn locate(plain: &Plain, position: impl Fn(usize) -> Position) -> Vec<LineMark> {
    let words = words::split(&plain.text);
    plain
        .marks
        .iter()
        .map(|mark| LineMark {
            at: mark.at,
            until: mark.until,
            word: words.partition_point(|word| word.start < mark.at),
            name: mark.name.clone(),
            args: mark.args.clone(),
            scope: mark.scope,
            position: position(mark.written_at),
        })
        .collect()
}

/// The markup of a plain text.
pub(super) fn markup_of(plain: &Plain) -> Vec<LineMarkup> {
    let line =
        |found: &InlineMarkup| LineMarkup { text: found.at..found.until, markup: found.markup.clone() };
    plain.markup.iter().map(line).collect()
}

/// A name of at most 64 letters and digits, and the characters of `more`, which it does not begin with.
fn is_name(text: &str, more: &str) -> bool {
    text.len() <= 64
        && text.starts_with(char::is_alphanumeric)
        && text.chars().all(|c| c.is_alphanumeric() || more.contains(c))
}
