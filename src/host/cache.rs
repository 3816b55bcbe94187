//! Results kept by the hash of what they were made from.
//!
//! A name in the cache is complete or absent: files are written beside it and renamed when whole.

use std::fs;
use std::path::{Path, PathBuf};

use etcetera::AppStrategy;
use sha2::{Digest, Sha256};

use super::HostError;

/// A folder of results; deleting it costs only time.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// The cache in `folder`, which is made when it is missing.
    ///
    /// # Errors
    /// [`Kind::Environment`](super::Kind::Environment) when it cannot be made.
    pub fn at(folder: &Path) -> Result<Self, HostError> {
        fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// The user's own cache: the folder in `RHETOR_CACHE`, else the system's place for caches.
    ///
    /// # Errors
    /// As [`Cache::at`], or when the user has no home folder.
    pub fn of_user() -> Result<Self, HostError> {
        match std::env::var_os("RHETOR_CACHE") {
            Some(folder) => Self::at(Path::new(&folder)),
            None => Self::at(&super::config::app_folders()?.cache_dir()),
        }
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The path of an entry, if it is there.
    pub fn find(&self, name: &str) -> Option<PathBuf> {
        let path = self.folder.join(name);
        path.is_file().then_some(path)
    }

    /// Stores an entry whole and returns its path.
    ///
    /// # Errors
    /// [`Kind::Environment`](super::Kind::Environment) when the disk is full or the folder is read-only.
    pub fn store(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, HostError> {
        let path = self.folder.join(name);
        super::write_whole(&path, bytes).map_err(|error| unwritable(&path, &error))?;
        Ok(path)
    }
}

/// Lower-case hex of the SHA-256 of some parts; their lengths count, so parts cannot run into each other.
pub(crate) fn key_of(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hex(&hasher.finalize())
}

/// Lower-case hex of the SHA-256 of a file's bytes.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn unwritable(path: &Path, error: &std::io::Error) -> HostError {
    let message = format!("'{}' cannot be written: {error}", path.display());
    HostError::environment(message, "free some space, or choose a folder that you may write to")
}
