//! Recorded faces by file name, in any format that has channels.

use super::{FolderSource, HostError};
use crate::diagnostic::Diagnostic;
use crate::script::foreign::{FaceRecording, read_face};
use crate::source::{Source, SourceError};

/// What is tried behind a name without an ending.
const ENDING: &str = "csv";

/// Loads the recorded face that a document calls `name`: a file in its folder, with or without its ending. Beside it come
/// warnings.
///
/// # Errors
/// When there is no such file, or no face in it.
pub fn load_capture(
    name: &str,
    beside: &FolderSource,
) -> Result<(FaceRecording, Vec<Diagnostic>), HostError> {
    let file = match beside.resolve(name) {
        Err(SourceError::Missing(_)) => format!("{name}.{ENDING}"),
        _ => name.to_owned(),
    };
    let bytes = beside.read(&file).map_err(|error| match error {
        SourceError::Missing(_) => HostError::input(name, "there is no such recording")
            .help("put a CSV of Live Link Face beside the speech"),
        error => HostError::source(name, &error),
    })?;
    Ok(read_face(&bytes, &file)?)
}
