//! Reading a strict, versioned JSON or TOML document with the position of everything in it.
//!
//! Text → [`Node`] tree → serde types, and any complaint → a [`Diagnostic`] with line and column. It knows no format's keys.

mod deserialize;
mod json;
mod node;
mod toml;

use serde::de::DeserializeOwned;

pub(super) use self::json::parse_foreign as parse_foreign_json;
pub(super) use self::node::{Kind, Node};
use crate::diagnostic::{Diagnostic, Severity, nearest};

/// At most so many complaints are told about one document.
const MOST_DIAGNOSTICS: usize = 20;

/// A complaint about a place in a text that is not bound to the text's name yet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fault {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    /// A byte offset.
    pub(crate) at: Option<usize>,
    pub(crate) severity: Severity,
}

impl Fault {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, at: None, severity: Severity::Error }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With its place, unless a more exact one is known.
    pub(crate) fn at(mut self, offset: usize) -> Self {
        self.at = self.at.or(Some(offset));
        self
    }

    pub(super) fn into_diagnostic(self, text: &str, source_name: &str) -> Diagnostic {
        let mut diagnostic = Diagnostic::error(source_name, self.message);
        diagnostic.severity = self.severity;
        diagnostic.help = self.help;
        match self.at {
            Some(at) => diagnostic.at(text, at..at),
            None => diagnostic,
        }
    }
}

/// A document under examination: its tree and the complaints so far.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    text: &'a str,
    source_name: &'a str,
    root: Node<'a>,
    diagnostics: Vec<Diagnostic>,
    /// The file is of a newer minor version: unknown keys are warnings.
    newer: bool,
}

impl<'a> Document<'a> {
    /// Parses JSON and checks its version, which must be one of `major`.
    ///
    /// # Errors
    /// It is not JSON, or of another major version.
    pub(super) fn json(text: &'a str, source_name: &'a str, version: (u32, u32)) -> Result<Self, Diagnostic> {
        Self::open(text, source_name, json::parse(text), version)
    }

    /// Parses TOML and checks its version.
    ///
    /// # Errors
    /// As for [`Self::json`].
    pub(crate) fn toml(text: &'a str, source_name: &'a str, version: (u32, u32)) -> Result<Self, Diagnostic> {
        Self::open(text, source_name, toml::parse(text), version)
    }

    fn open(
        text: &'a str,
        source_name: &'a str,
        root: Result<Node<'a>, Fault>,
        version: (u32, u32),
    ) -> Result<Self, Diagnostic> {
        let refuse = |fault: Fault| fault.into_diagnostic(text, source_name);
        let root = root.map_err(refuse)?;
        let mut document = Self { text, source_name, root, diagnostics: Vec::new(), newer: false };
        if let Some(warning) = check_version(&document.root, version).map_err(refuse)? {
            document.newer = true;
            document.diagnostics.push(refuse(warning));
        }
        Ok(document)
    }

    /// The tree.
    pub(super) fn root(&self) -> &Node<'a> {
        &self.root
    }

    /// The whole document as a `T`.
    ///
    /// # Errors
    /// All complaints so far, where it does not fit.
    pub(crate) fn read<T: DeserializeOwned>(&mut self) -> Result<T, Vec<Diagnostic>> {
        let context = deserialize::Context::new(self.newer);
        let result = T::deserialize(deserialize::NodeDeserializer::new(&self.root, &context));
        let mut faults = context.into_faults();
        let value = match result {
            Ok(value) => Some(value),
            Err(fault) => {
                faults.push(fault.at(self.root.at));
                None
            }
        };
        for fault in faults {
            self.push(fault.into_diagnostic(self.text, self.source_name));
        }
        match value {
            Some(value) if !self.has_errors() => Ok(value),
            _ => Err(std::mem::take(&mut self.diagnostics)),
        }
    }

    /// Complains about what `pointer` (keys and indices, each after a `/`) names, or the nearest thing around it.
    pub(crate) fn report(&mut self, pointer: &str, fault: Fault) {
        let fault = fault.at(self.root.find(pointer).at);
        self.push(fault.into_diagnostic(self.text, self.source_name));
    }

    /// An error takes a warning's place where there are too many.
    fn push(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MOST_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        } else if diagnostic.severity == Severity::Error {
            let warning = self.diagnostics.iter_mut().rfind(|d| d.severity == Severity::Warning);
            if let Some(warning) = warning {
                *warning = diagnostic;
            }
        }
    }

    fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }

    /// The warnings of a document that is right.
    ///
    /// # Errors
    /// All complaints, where one of them is an error.
    pub(crate) fn close(self) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        if self.has_errors() { Err(self.diagnostics) } else { Ok(self.diagnostics) }
    }
}

/// A warning for a newer minor version.
fn check_version(root: &Node<'_>, (major, minor): (u32, u32)) -> Result<Option<Fault>, Fault> {
    let write = format!("write it as \"{major}.{minor}\"");
    let Some(node) = root.get("version") else {
        return Err(Fault::new("the version is missing").help(write).at(root.at));
    };
    let wrong = || Fault::new("the version is no text such as \"1.0\"").help(write.clone()).at(node.at);
    let Kind::Text(text) = &node.kind else { return Err(wrong()) };
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()));
    let (its_major, its_minor) = text.split_once('.').ok_or_else(wrong)?;
    let (Some(its_major), Some(its_minor)) = (number(its_major), number(its_minor)) else {
        return Err(wrong());
    };
    if its_major != major {
        let help = if its_major > major { "update the program".to_owned() } else { write };
        let message = format!("version {text} cannot be read, only version {major}");
        return Err(Fault::new(message).help(help).at(node.at));
    }
    let newer = format!("version {text} is newer than {major}.{minor}; what is new in it is left out");
    Ok((its_minor > minor).then(|| Fault { severity: Severity::Warning, ..Fault::new(newer).at(node.at) }))
}

/// Advice for an unknown name: the nearest known one, or all.
pub(crate) fn suggest(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean '{near}'?"),
        None if known.is_empty() => "none is known here".to_owned(),
        None => format!("known: {}", known.join(", ")),
    }
}
