//! A place to speak in: a folder of its own for the programs' files.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::host::{HostError, program, read_wav};
use crate::job::Job;
use crate::speech::Sound;

/// A built-in program may take this long for a sentence.
const LIMIT: Duration = Duration::from_secs(60);

/// An open studio; its folder goes with it.
pub(in crate::host) struct Studio<'a> {
    folder: tempfile::TempDir,
    job: &'a Job<'a>,
}

impl<'a> Studio<'a> {
    /// Makes the folder.
    ///
    /// # Errors
    /// [`Kind::Environment`](crate::host::Kind::Environment) when there is no room for it.
    pub(in crate::host) fn open(job: &'a Job<'a>) -> Result<Self, HostError> {
        let folder = tempfile::Builder::new().prefix("rhetor-").tempdir().map_err(|error| {
            HostError::environment(format!("no temporary folder: {error}"), "free some space, or set TMPDIR")
        })?;
        Ok(Self { folder, job })
    }

    /// Whose work is done here.
    pub(super) fn job(&self) -> &'a Job<'a> {
        self.job
    }

    /// Where a program writes its sound.
    pub(super) fn wav(&self) -> PathBuf {
        self.folder.path().join("voice.wav")
    }

    /// A file that holds `text`.
    pub(super) fn text_file(&self, text: &str) -> Result<PathBuf, HostError> {
        let path = self.folder.path().join("text.txt");
        fs::write(&path, format!("{text}\n")).map_err(|error| {
            let message = format!("the text for a voice cannot be written: {error}");
            HostError::environment(message, "free some space")
        })?;
        Ok(path)
    }

    /// What a built-in program prints.
    pub(super) fn print(&self, name: &str, args: &[OsString]) -> Result<String, HostError> {
        self.run(name, args, LIMIT)
    }

    /// What a program prints that may take until `limit`.
    pub(super) fn run(&self, name: &str, args: &[OsString], limit: Duration) -> Result<String, HostError> {
        let printed = program::run(&program::require(name)?, args, limit, self.job)?;
        Ok(String::from_utf8_lossy(&printed.stdout).into_owned())
    }

    /// The sound that a program wrote, as file and decoded; the file is gone afterwards, so that no program passes off
    /// an older one.
    pub(super) fn recorded(&self, program: &str) -> Result<(Vec<u8>, Sound), HostError> {
        let wav: &Path = &self.wav();
        let bytes = fs::read(wav).map_err(|_| {
            HostError::environment(format!("'{program}' wrote no sound"), "run it by hand to see why")
        })?;
        // Left behind, it is overwritten or goes with the folder.
        let _ = fs::remove_file(wav);
        let sound = read_wav(&bytes, &format!("the sound of '{program}'"))?;
        Ok((bytes, sound))
    }
}
