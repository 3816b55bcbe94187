//! The written script in memory: who says which text, with which voice or sound, in which order.
//!
//! Everything that a later stage can fail on keeps its position in the file. Nothing here has a time of its own.

use std::ops::Range;

use super::mark::Scope;
use super::markup::LineMarkup;
use super::timeline::{AudioClip, AudioRole, Dials, Speaker, StageChoice, Timeline};
use crate::diagnostic::{Diagnostic, Position};
use crate::time::Time;

/// The silence after a line that states no `gap_after`.
pub const DEFAULT_GAP: Time = Time::from_millis(400);

/// The language of a script that states none.
pub const DEFAULT_LANGUAGE: &str = "en";

/// The speaker of a plain text.
pub const DEFAULT_SPEAKER: &str = "speaker";

/// A whole script, checked: every line names a speaker of `speakers`, every file a relative path.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Script {
    /// The file's name as the user gave it.
    pub source_name: String,
    /// What the speech is called.
    pub title: Option<String>,
    /// Seeds everything random.
    pub seed: u64,
    /// The sentence that says the media is generated; `None` is [`super::timeline::DEFAULT_DISCLOSURE`].
    pub disclosure: Option<String>,
    /// Camera, backdrop.
    pub stage: StageChoice,
    /// How lively the acting is.
    pub dials: Dials,
    /// Who speaks, in the file's order; never empty.
    pub speakers: Vec<ScriptSpeaker>,
    /// What is said, in order.
    pub lines: Vec<Line>,
    /// Music and effects.
    pub sounds: Vec<Sound>,
}

/// A value and where it stands in the script's file.
#[derive(Debug, Clone, PartialEq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub position: Position,
}

/// Somebody who speaks.
#[derive(Debug, Clone, PartialEq)]
pub struct ScriptSpeaker {
    /// As lines name them.
    pub id: String,
    /// A file relative to the script's, or a bundled avatar's name.
    pub avatar: Option<Located<String>>,
}

/// One utterance.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Where it begins in the file.
    pub position: Position,
    /// An index into [`Script::speakers`].
    pub speaker: usize,
    /// What is said, without marks; white space is single spaces. Empty only where `audio` is given.
    pub spoken: String,
    /// What the caption says, without marks; empty for none.
    pub displayed: String,
    /// The inline marks, in order.
    pub marks: Vec<LineMark>,
    /// How stretches of the text are said; the outer before the inner, none overlaps another in part.
    pub markup: Vec<LineMarkup>,
    /// A language tag: the line's, else the speaker's, else the script's, else [`DEFAULT_LANGUAGE`].
    pub language: String,
    /// A voice by name (`flite`, `flite:slt`, `espeak-ng`, or one of the user's configuration): the line's, else the
    /// speaker's.
    pub voice: Option<Located<String>>,
    /// Recorded sound: a file relative to the script's. It stands in place of a voice.
    pub audio: Option<Located<String>>,
    /// A timing file in any format that is read, relative to the script's; its times count from the line's start.
    pub timing: Option<Located<String>>,
    /// The silence after it.
    pub gap_after: Time,
}

/// An inline mark and its place in the spoken text.
#[derive(Debug, Clone, PartialEq)]
pub struct LineMark {
    /// The byte offset in [`Line::spoken`] before which it stands; its length for a mark at the end.
    pub at: usize,
    /// The byte offset in [`Line::spoken`] where a mark that encloses text ends.
    pub until: Option<usize>,
    /// The index, in the order of [`super::words::split`], of the first word that begins at or after `at`; the number of
    /// words for a mark after the last.
    pub word: usize,
    /// What.
    pub name: String,
    /// How.
    pub args: Vec<String>,
    /// Whom it concerns.
    pub scope: Scope,
    /// Where it is written.
    pub position: Position,
}

/// A stretch of spoken text without a pause mark in it, and the silence after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of [`Line::spoken`]; empty where a line begins with a pause.
    pub text: Range<usize>,
    /// What `[pause …]` asks for after it; zero after the last.
    pub pause_after: Time,
}

/// Music or an effect, placed by the script.
#[derive(Debug, Clone, PartialEq)]
pub struct Sound {
    /// Never [`AudioRole::Speech`].
    pub role: AudioRole,
    /// Relative to the script's file.
    pub file: Located<String>,
    /// When it begins in the speech.
    pub start: Time,
    /// Where in the file it begins.
    pub file_in: Time,
    /// Where in the file it ends; `None` is the file's end.
    pub file_out: Option<Time>,
    /// Decibels.
    pub gain_db: f32,
}

impl Script {
    /// An error about what is written at `position`.
    pub fn error_at(&self, position: Position, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(&self.source_name, message).at_position(position)
    }

    /// The timeline of this script as far as it is known without any sound: seed, stage, dials, disclosure, the
    /// speakers without words, and the music and effects. Its duration is zero.
    pub fn begin_timeline(&self) -> Timeline {
        let speaker = |s: &ScriptSpeaker| Speaker {
            id: s.id.clone(),
            avatar: s.avatar.as_ref().map(|avatar| avatar.value.clone()),
            ..Speaker::default()
        };
        let clip = |s: &Sound| AudioClip {
            role: s.role,
            speaker: None,
            start: s.start,
            file_in: s.file_in,
            file_out: s.file_out,
            gain_db: s.gain_db,
            file: s.file.value.clone(),
            sha256: None,
        };
        Timeline {
            seed: self.seed,
            stage: self.stage.clone(),
            dials: self.dials,
            disclosure: self.disclosure.clone(),
            speakers: self.speakers.iter().map(speaker).collect(),
            audio: self.sounds.iter().map(clip).collect(),
            ..Timeline::default()
        }
    }
}

impl Line {
    /// The spoken text cut at its `[pause …]` marks; at least one piece, and the ranges cover the text.
    pub fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut begin = 0;
        for mark in self.marks.iter().filter(|mark| mark.scope == Scope::Timing) {
            let secs = mark.args.first().and_then(|arg| arg.parse().ok()).unwrap_or_default();
            pieces.push(Piece { text: begin..mark.at, pause_after: Time::from_secs_f64(secs) });
            begin = mark.at;
        }
        pieces.push(Piece { text: begin..self.spoken.len(), pause_after: Time::ZERO });
        pieces
    }
}
