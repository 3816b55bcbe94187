//! The one error of this module: what went wrong, and whether the input or the machine is to blame.

use crate::diagnostic::Diagnostic;
use crate::job::Cancelled;
use crate::source::SourceError;

/// Who can mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The input is wrong: a file, a script, a configuration (exit code 1).
    Input,
    /// The machine lacks something: a program, a folder that can be written (exit code 3).
    Environment,
    /// The user stopped it (exit code 1).
    Cancelled,
}

/// Something that could not be loaded, prepared or run.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{diagnostic}")]
pub struct HostError {
    /// Who can mend it.
    pub kind: Kind,
    /// What, where, and what to do.
    pub diagnostic: Box<Diagnostic>,
}

impl HostError {
    /// The input called `name` is wrong.
    pub fn input(name: impl Into<String>, message: impl Into<String>) -> Self {
        Diagnostic::error(name, message).into()
    }

    /// The machine lacks something.
    pub fn environment(message: impl Into<String>, help: impl Into<String>) -> Self {
        let diagnostic = Box::new(Diagnostic::error("", message).help(help));
        Self { kind: Kind::Environment, diagnostic }
    }

    /// With advice.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.diagnostic.help = Some(help.into());
        self
    }

    /// A document called `name` refers to a file that cannot be had.
    pub fn source(name: impl Into<String>, error: &SourceError) -> Self {
        let made = Self::input(name, error.to_string());
        match error {
            SourceError::Outside(_) => made.help("or allow its folder with --allow-path"),
            SourceError::Missing(_) | SourceError::Unreadable { .. } => made,
        }
    }
}

/// A broken input.
impl From<Diagnostic> for HostError {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { kind: Kind::Input, diagnostic: Box::new(diagnostic) }
    }
}

impl From<Cancelled> for HostError {
    fn from(cancelled: Cancelled) -> Self {
        Self { kind: Kind::Cancelled, diagnostic: Box::new(Diagnostic::error("", cancelled.to_string())) }
    }
}
