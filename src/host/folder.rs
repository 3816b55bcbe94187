//! A folder as a [`Source`]: what a document beside it may read, and nothing else.
//!
//! It never follows a name or a link out of its folder, never opens a device or a pipe, and never reads more
//! than a stated size.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use super::HostError;
use crate::source::{Source, SourceError};

/// No single file may be larger: 512 MiB.
pub const FILE_LIMIT: u64 = 512 << 20;

/// Files in a folder and below it, or in further folders that the user allowed explicitly.
#[derive(Debug, Clone)]
pub struct FolderSource {
    /// Where relative names are looked for, first hit wins; canonical.
    roots: Vec<PathBuf>,
    /// Where absolute names, `..` and links may lead beside the roots; canonical.
    allowed: Vec<PathBuf>,
}

impl FolderSource {
    /// The files of `folder`; `allow` are the folders of `--allow-path`.
    ///
    /// # Errors
    /// When one of the folders does not exist or is no folder.
    pub fn new(folder: &Path, allow: &[PathBuf]) -> Result<Self, HostError> {
        let allowed = allow.iter().map(|path| canonical_folder(path)).collect::<Result<_, _>>()?;
        Ok(Self { roots: vec![canonical_folder(folder)?], allowed })
    }

    /// The files of the folder that holds the file at `path`.
    ///
    /// # Errors
    /// As [`FolderSource::new`].
    pub fn beside(path: &Path, allow: &[PathBuf]) -> Result<Self, HostError> {
        match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => Self::new(folder, allow),
            _ => Self::new(Path::new("."), allow),
        }
    }

    /// Also looks in `folder` for what the folders before it lack.
    ///
    /// # Errors
    /// When it does not exist or is no folder.
    pub fn then(mut self, folder: &Path) -> Result<Self, HostError> {
        self.roots.push(canonical_folder(folder)?);
        Ok(self)
    }

    /// The file that `name` stands for, checked to be a plain file inside.
    ///
    /// # Errors
    /// [`SourceError::Outside`] where the name or a link in it leads out; [`SourceError::Missing`];
    /// [`SourceError::Unreadable`] for folders, devices, pipes and files over [`FILE_LIMIT`].
    pub fn resolve(&self, name: &str) -> Result<PathBuf, SourceError> {
        let outside = || SourceError::Outside(name.to_owned());
        if names_an_address(name) || name.contains('\\') {
            return Err(outside());
        }
        let path = Path::new(name);
        let plain = path.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir));
        // Without an allowed folder nothing outside is even looked at.
        if !plain && self.allowed.is_empty() {
            return Err(outside());
        }
        let mut failure = SourceError::Missing(name.to_owned());
        for root in &self.roots {
            let Ok(real) = fs::canonicalize(root.join(path)) else { continue };
            if !self.roots.iter().chain(&self.allowed).any(|folder| real.starts_with(folder)) {
                failure = outside();
                continue;
            }
            return check_plain_file(&real, name).map(|()| real);
        }
        Err(failure)
    }
}

impl Source for FolderSource {
    fn read(&self, name: &str) -> Result<Vec<u8>, SourceError> {
        read_limited(&self.resolve(name)?, name)
    }
}

/// All bytes of the file at a path that the user named on the command line; it may lie anywhere.
///
/// # Errors
/// When it is missing, no plain file, unreadable or over [`FILE_LIMIT`].
pub(crate) fn read_named(path: &Path) -> Result<Vec<u8>, HostError> {
    let name = path.display().to_string();
    let fail = |error: SourceError| match error {
        SourceError::Unreadable { reason, .. } => HostError::input(&name, reason),
        _ => HostError::input(&name, "no such file"),
    };
    let real = fs::canonicalize(path).map_err(|_| fail(SourceError::Missing(name.clone())))?;
    check_plain_file(&real, &name).map_err(fail)?;
    read_limited(&real, &name).map_err(fail)
}

/// The plain file at a path that the user named on the command line, to be read piece by piece, and its length; it may
/// be of any length.
///
/// # Errors
/// When it is missing, no plain file or unreadable.
pub(crate) fn open_named(path: &Path) -> Result<(File, u64), HostError> {
    let wrong = |reason: String| HostError::input(path.display().to_string(), reason);
    let real = fs::canonicalize(path).map_err(|_| wrong("no such file".to_owned()))?;
    // Asked before it is opened: to open a pipe is to wait for its writer.
    let facts = fs::metadata(&real).map_err(|error| wrong(error.to_string()))?;
    if !facts.is_file() {
        return Err(wrong("not a plain file".to_owned()));
    }
    let file = File::open(&real).map_err(|error| wrong(error.to_string()))?;
    Ok((file, facts.len()))
}

fn canonical_folder(path: &Path) -> Result<PathBuf, HostError> {
    let real = fs::canonicalize(path)
        .map_err(|error| HostError::input(path.display().to_string(), format!("no such folder: {error}")))?;
    if real.is_dir() { Ok(real) } else { Err(HostError::input(path.display().to_string(), "not a folder")) }
}

/// `scheme:` with two letters or more, or the start of a network share; one letter would be a drive.
fn names_an_address(name: &str) -> bool {
    if name.starts_with("//") {
        return true;
    }
    match name.split_once(':') {
        Some((scheme, _)) => {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        }
        None => false,
    }
}

fn check_plain_file(path: &Path, name: &str) -> Result<(), SourceError> {
    let unreadable = |reason: String| SourceError::Unreadable { name: name.to_owned(), reason };
    let facts = fs::metadata(path).map_err(|error| unreadable(error.to_string()))?;
    if !facts.is_file() {
        return Err(unreadable("not a plain file".to_owned()));
    }
    if facts.len() > FILE_LIMIT {
        return Err(unreadable(format!("larger than {} MiB", FILE_LIMIT >> 20)));
    }
    Ok(())
}

fn read_limited(path: &Path, name: &str) -> Result<Vec<u8>, SourceError> {
    let unreadable = |reason: String| SourceError::Unreadable { name: name.to_owned(), reason };
    let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
    let mut bytes = Vec::new();
    let size =
        file.take(FILE_LIMIT + 1).read_to_end(&mut bytes).map_err(|error| unreadable(error.to_string()))?;
    // The file may have grown since it was checked.
    if size as u64 > FILE_LIMIT {
        return Err(unreadable(format!("larger than {} MiB", FILE_LIMIT >> 20)));
    }
    Ok(bytes)
}
