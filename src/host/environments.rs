//! Pictures of surroundings by file name.

use super::folder::read_named;
use super::{FolderSource, HostError};
use crate::source::Source;
use std::path::Path;

/// The bytes of the picture `name`: a file of the folder `beside` a document, or without one a path of the user's.
///
/// # Errors
/// When there is no such file, or it may not be read.
pub fn read_environment(name: &str, beside: Option<&FolderSource>) -> Result<Vec<u8>, HostError> {
    const HELP: &str = "an environment is studio, stage, daylight, or a picture: an .hdr or .exr file";
    match beside {
        Some(folder) => folder.read(name).map_err(|error| HostError::source(name, &error).help(HELP)),
        None => read_named(Path::new(name)).map_err(|error| error.help(HELP)),
    }
}
