//! A folder of numbered pictures with a sound file.

use super::encoder::SOUND_RATE;
use super::{Film, FilmError, Sink};
use crate::audio::{Program, write_wav};
use crate::job::Job;
use crate::render::Picture;
use crate::snapshot::{Metadata, encode_png};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder under way; it vanishes unless it is finished.
pub(super) struct Folder {
    temporary: TempDir,
    path: PathBuf,
    metadata: Metadata,
}

impl Folder {
    /// Whether `path` names a folder rather than a file.
    pub(super) fn is_meant(path: &Path) -> bool {
        path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]) || path.is_dir()
    }

    pub(super) fn create(
        path: &Path,
        film: &Film,
        sound: &Program,
        job: &Job<'_>,
    ) -> Result<Self, FilmError> {
        let refused = |source| FilmError::Write { path: path.to_owned(), source };
        if path.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(refused(io::Error::new(
                io::ErrorKind::AlreadyExists,
                "the folder is not empty; name a new one or empty it",
            )));
        }
        // Without its trailing slash the path's parent is the folder that holds it.
        let path: PathBuf = path.components().collect();
        let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".rhetor-").suffix(".part");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o777));
        }
        let temporary = builder.tempdir_in(parent).map_err(refused)?;
        if sound.duration() > film.from {
            let name = temporary.path().join("sound.wav");
            let file = io::BufWriter::new(std::fs::File::create(&name).map_err(refused)?);
            write_wav(file, "sound.wav", sound, film.from..film.to, (SOUND_RATE, 2), job)?;
        }
        let metadata = Metadata { disclosure: film.disclosure.clone(), entries: Vec::new() };
        Ok(Self { temporary, path, metadata })
    }
}

impl Sink for Folder {
    fn take(&mut self, index: u64, picture: &Picture) -> Result<(), FilmError> {
        let name = self.temporary.path().join(format!("{index:06}.png"));
        let write = || std::fs::write(&name, encode_png(picture, &self.metadata).map_err(io::Error::other)?);
        write().map_err(|source| FilmError::Write { path: self.path.clone(), source })
    }

    fn finish(self) -> Result<PathBuf, FilmError> {
        let refused = |source| FilmError::Write { path: self.path.clone(), source };
        if self.path.is_dir() {
            std::fs::remove_dir(&self.path).map_err(refused)?;
        }
        std::fs::rename(self.temporary.path(), &self.path).map_err(refused)?;
        let _moved = self.temporary.keep();
        Ok(self.path)
    }
}
