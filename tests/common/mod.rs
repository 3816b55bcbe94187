//! What tests share.

pub(crate) mod gltf;

use rhetor::source::{Source, SourceError};
use std::path::PathBuf;

/// A folder of files that are not part of the project, named by an environment variable; says so when it is not set.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
pub(crate) fn folder(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: {variable} names no folder");
    }
    folder
}

/// A folder as a source.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Source for Folder {
    fn read(&self, name: &str) -> Result<Vec<u8>, SourceError> {
        std::fs::read(self.0.join(name)).map_err(|_| SourceError::Missing(name.to_owned()))
    }
}
