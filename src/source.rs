//! Where bytes come from: a named, relative place in a folder, an archive or memory.
//!
//! The trait alone; what touches a disk implements it elsewhere.

use std::collections::BTreeMap;

/// Why a name gave no bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// Nothing of that name.
    #[error("'{0}' is not there")]
    Missing(String),
    /// The name leads out of the folder: absolute, with `..`, through a link, or a network address.
    #[error("'{0}' leads out of its folder; only files beside the document or below it may be named")]
    Outside(String),
    /// Reading failed.
    #[error("'{name}' cannot be read: {reason}")]
    Unreadable {
        /// The name asked for.
        name: String,
        /// What the system said.
        reason: String,
    },
}

/// A place that documents may refer to.
pub trait Source: Sync {
    /// All bytes of the file called `name`, a path with `/` relative to the source's root.
    ///
    /// # Errors
    /// See [`SourceError`].
    fn read(&self, name: &str) -> Result<Vec<u8>, SourceError>;
}

/// Files in memory, for tests and embedded assets.
impl Source for BTreeMap<String, Vec<u8>> {
    fn read(&self, name: &str) -> Result<Vec<u8>, SourceError> {
        self.get(name).cloned().ok_or_else(|| SourceError::Missing(name.to_owned()))
    }
}

/// A source without any file.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoSource;

impl Source for NoSource {
    fn read(&self, name: &str) -> Result<Vec<u8>, SourceError> {
        Err(SourceError::Missing(name.to_owned()))
    }
}
