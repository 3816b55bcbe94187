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
#[derive(Debug, Clone, PartialEq)]
pub struct HostError {
    /// Who can mend it.
    pub kind: Kind,
    /// What, where, and what to do; at least one.
    pub diagnostics: Vec<Diagnostic>,
}

/// One problem a line.
impl std::fmt::Display for HostError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for HostError {}

impl HostError {
    /// The input called `name` is wrong.
    pub fn input(name: impl Into<String>, message: impl Into<String>) -> Self {
        Diagnostic::error(name, message).into()
    }

    /// The machine lacks something.
    pub fn environment(message: impl Into<String>, help: impl Into<String>) -> Self {
        let diagnostics = vec![Diagnostic::error("", message).help(help)];
        Self { kind: Kind::Environment, diagnostics }
    }

    /// With advice.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        if let Some(last) = self.diagnostics.last_mut() {
            last.help = Some(help.into());
        }
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
        Self { kind: Kind::Input, diagnostics: vec![diagnostic] }
    }
}

/// An input with several faults.
impl From<Vec<Diagnostic>> for HostError {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self { kind: Kind::Input, diagnostics }
    }
}

impl From<Cancelled> for HostError {
    fn from(cancelled: Cancelled) -> Self {
        Self { kind: Kind::Cancelled, diagnostics: vec![Diagnostic::error("", cancelled.to_string())] }
    }
}
