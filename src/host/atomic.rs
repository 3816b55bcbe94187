//! Files that appear under their final name only when they are whole.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// Writes `bytes` to `path`: all of them, or nothing under that name.
///
/// # Errors
/// What the system says; the temporary file is gone then.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = beside(path, ".part")?;
    file.write_all(bytes)?;
    file.as_file().sync_data()?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

/// A file under way: it lies beside its final place and vanishes unless it is finished.
#[derive(Debug)]
pub struct Unfinished {
    temporary: TempPath,
    path: PathBuf,
}

impl Unfinished {
    /// Creates an empty temporary file in the folder of `path`; its name ends like `path`'s, so that programs
    /// which go by the ending know the format.
    ///
    /// # Errors
    /// What the system says.
    pub fn create(path: &Path) -> io::Result<Self> {
        let ending = path.extension().map(|e| format!(".part.{}", e.to_string_lossy())).unwrap_or_default();
        let temporary = beside(path, &ending)?.into_temp_path();
        Ok(Self { temporary, path: path.to_owned() })
    }

    /// Where to write meanwhile.
    pub fn temporary(&self) -> &Path {
        &self.temporary
    }

    /// Gives the file its final name.
    ///
    /// # Errors
    /// What the system says; the temporary file is gone then.
    pub fn finish(self) -> io::Result<()> {
        File::open(&self.temporary)?.sync_data()?;
        self.temporary.persist(&self.path).map_err(|e| e.error)
    }
}

fn beside(path: &Path, ending: &str) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rhetor-").suffix(ending);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any program's new file: the user's umask decides.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abandoned_file_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.mp4");
        let unfinished = Unfinished::create(&path).unwrap();
        assert!(unfinished.temporary().to_string_lossy().ends_with(".part.mp4"));
        drop(unfinished);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        write_whole(&path, b"x").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"x");
    }
}
