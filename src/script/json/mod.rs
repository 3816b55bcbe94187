//! The timeline's file, `NAME.timeline.json`, version 1.2: 1.0, the speakers' channels, and the stage's look.
//!
//! Reads and writes text; the serde types stay in here.

mod channels;
mod file;
mod write;

use schemars::Schema;

use super::document::{Document, Fault};
use super::timeline::Timeline;
use super::validate;
use crate::diagnostic::Diagnostic;

/// The version that is read. A timeline without channels and phrases is written as 1.0, so that older programs take it.
pub(super) const VERSION: (u32, u32) = (1, 2);

impl Timeline {
    /// Reads a timeline's file; `source_name` stands in the messages. Beside the timeline come warnings.
    ///
    /// # Errors
    /// What is wrong, each with line and column, at most twenty. A file of a newer major version is refused; in one of a
    /// newer minor version, unknown keys are warnings.
    pub fn from_json(text: &str, source_name: &str) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let mut document = Document::json(text, source_name, VERSION).map_err(|d| vec![d])?;
        let file: file::TimelineFile = document.read()?;
        let timeline = Self::from(file);
        for problem in validate::problems(&timeline) {
            let fault =
                Fault { help: problem.help, severity: problem.severity, ..Fault::new(problem.message) };
            document.report(&problem.pointer, fault);
        }
        Ok((timeline, document.close()?))
    }

    /// The timeline as its file's text: the same text for equal timelines, one phone, word or mark a line, times in
    /// seconds exact to the nanosecond. Reading it gives this timeline again, if it passes [`Timeline::validate`].
    pub fn to_json(&self) -> String {
        write::write(self)
    }
}

/// The JSON Schema of the timeline's file.
pub(super) fn schema() -> Schema {
    schemars::schema_for!(file::TimelineFile)
}
