//! What a timing format is: a row of the table in `formats`, and how a file's content is held against it.
//!
//! It knows no format by name.

use super::rows::rows;
use super::{Read, ReadSong, Written};
use crate::diagnostic::Diagnostic;
use crate::script::timeline::Timeline;
use crate::time::FrameRate;

/// Something that a file can say of a speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Phones with their times.
    Phones,
    /// Words with their times.
    Words,
    /// Mouth shapes.
    Visemes,
    /// Weights of facial channels, frame by frame.
    Channels,
    /// Lines of text with their times.
    Captions,
    /// Marks within the speech.
    Marks,
    /// More than one speaker.
    Speakers,
    /// The sound file's name.
    Sound,
}

impl Part {
    /// For pages and messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phones => "phones",
            Self::Words => "words",
            Self::Visemes => "visemes",
            Self::Channels => "channels",
            Self::Captions => "captions",
            Self::Marks => "marks",
            Self::Speakers => "several speakers",
            Self::Sound => "the sound file",
        }
    }
}

/// A timing file's format. Two are the same where their `id` is.
#[derive(Debug)]
pub struct Format {
    /// What `--from` takes.
    pub id: &'static str,
    /// For pages and messages.
    pub name: &'static str,
    /// How names of its files end, lower case. The first is the one to write; where a file's content could be of several
    /// formats, its ending decides.
    pub endings: &'static [&'static str],
    /// What a file of it can say.
    pub holds: &'static [Part],
    /// What else a user should know, in Markdown, a sentence without a full stop.
    pub notes: &'static str,
    pub(super) looks: fn(&Look<'_>) -> Likeness,
    pub(super) read: Reader,
    pub(super) write: Option<Writer>,
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Format {}

impl Format {
    /// Whether it is the timeline's own file.
    pub const fn is_own(&self) -> bool {
        matches!(self.read, Reader::Own)
    }

    /// Whether it is of what is sung.
    pub const fn is_song(&self) -> bool {
        matches!(self.read, Reader::Song(_))
    }

    /// Whether timelines can be written in it.
    pub const fn is_written(&self) -> bool {
        self.write.is_some()
    }

    /// The ending of files that are written.
    pub fn ending(&self) -> &'static str {
        self.endings.first().copied().unwrap_or_default()
    }

    /// Whether a file's name ends as files of this format do.
    pub(super) fn is_named(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        self.endings.iter().any(|ending| lower.ends_with(ending))
    }
}

/// What a file does not say of itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// The format of the file that is read; `None` is found out.
    pub from: Option<&'static Format>,
    /// Frames a second of formats that count frames without saying how long they are; `None` is 24.
    pub rate: Option<FrameRate>,
}

/// A text to be read.
pub(super) struct Input<'a> {
    /// Without a byte order mark.
    pub(super) text: &'a str,
    pub(super) options: &'a Options,
}

/// How a format is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reader {
    /// The timeline's own file.
    Own,
    /// Any other.
    Foreign(fn(&Input<'_>) -> Read),
    /// What is sung.
    Song(fn(&Input<'_>) -> ReadSong),
}

/// How a format is written.
pub(super) type Writer = fn(&Timeline, &Options) -> Result<Written, Diagnostic>;

/// How sure the content makes one of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// It is something else.
    No,
    /// It could be, if the name says so.
    Maybe,
    /// It is.
    Sure,
}

impl Likeness {
    /// Sure or not at all.
    pub(super) const fn sure(is_sure: bool) -> Self {
        if is_sure { Self::Sure } else { Self::No }
    }
}

/// Rows of a text that are looked at.
const HEAD: usize = 40;

/// A text under examination.
pub(super) struct Look<'a> {
    /// Without what is blank at its beginning.
    pub(super) text: &'a str,
    /// The first rows that are not blank, without what is blank around them.
    pub(super) rows: Vec<&'a str>,
}

impl<'a> Look<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let text = text.trim_start();
        let rows = rows(text).map(|row| row.text.trim()).filter(|row| !row.is_empty()).take(HEAD).collect();
        Self { text, rows }
    }

    /// Whether it is JSON with a key for each list of alternatives.
    pub(super) fn has_keys(&self, all: &[&[&str]]) -> bool {
        let is_json = self.text.starts_with('{')
            || self.text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(['{', '[']));
        let has = |key: &&str| self.text.contains(&format!("\"{key}\""));
        is_json && all.iter().all(|any| any.iter().any(has))
    }

    /// Whether it is XML with an element of this name.
    pub(super) fn has_element(&self, name: &str) -> bool {
        self.text.starts_with('<') && self.text.contains(&format!("<{name}"))
    }

    /// Sure where all rows pass, maybe where the first does.
    pub(super) fn rows_are(&self, fits: impl Fn(&str) -> bool) -> Likeness {
        match self.rows.first() {
            Some(first) if fits(first) => {
                if self.rows.iter().all(|row| fits(row)) {
                    Likeness::Sure
                } else {
                    Likeness::Maybe
                }
            }
            _ => Likeness::No,
        }
    }
}
