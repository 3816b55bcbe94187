//! Avatars by file name, or by the name of a bundled one.

use super::{FolderSource, HostError, folder, read_rig_file};
use crate::import::{Imported, Options, import};
use crate::job::Cancelled;
use crate::rig::{Overrides, Rig, measure_surfaces, name_faces, name_surfaces};
use crate::source::{NoSource, Source, SourceError};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// Avatars inside the program.
const EMBEDDED: &[(&str, &[u8])] =
    &[("thalia", include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/avatars/thalia.glb")))];

/// Whether `name` is a bundled avatar's.
pub fn is_bundled(name: &str) -> bool {
    EMBEDDED.iter().any(|(known, _)| *known == name) || asset(name).is_some()
}

/// An avatar with its rig, as its own file and the rig file beside it say.
#[derive(Debug, Clone)]
pub struct Rigged {
    /// The avatar and what the import had to leave out, with the rig file's warnings.
    pub imported: Imported,
    /// How it moves.
    pub rig: Rig,
    /// The size of its file in bytes.
    pub file_bytes: usize,
    /// The rig file's name, where there is one.
    pub rig_file: Option<String>,
}

/// Loads the avatar that a user or a document calls `name`: a bundled one's name, or a file. A document's
/// files lie in its folder (`beside`); without one, `name` is a path that the user gave.
///
/// # Errors
/// When there is no such avatar, or it cannot be imported.
pub fn load_avatar(
    name: &str,
    beside: Option<&FolderSource>,
    allow: &[PathBuf],
    options: Options,
) -> Result<Imported, HostError> {
    let file = open(name, beside, allow)?;
    Ok(import(&file.bytes, name, file.source.as_ref(), options)?)
}

/// Is told how many steps of how many are done, and says whether to go on.
pub type Steps<'a> = dyn FnMut(u64, u64) -> Result<(), Cancelled> + 'a;

/// Like [`load_avatar`], with its rig: what names and shape say, and in its place what `NAME.rig.toml` beside the
/// avatar's file says.
///
/// # Errors
/// As for [`load_avatar`], and when something in the rig file is wrong.
pub fn load_rigged(
    name: &str,
    beside: Option<&FolderSource>,
    allow: &[PathBuf],
    options: Options,
) -> Result<Rigged, HostError> {
    load_rigged_in_steps(name, beside, allow, options, &mut |_, _| Ok(()))
}

/// Like [`load_rigged`], told to `step`: its file is read, imported, rigged, measured.
///
/// # Errors
/// As for [`load_rigged`], and what `step` says.
pub fn load_rigged_in_steps(
    name: &str,
    beside: Option<&FolderSource>,
    allow: &[PathBuf],
    options: Options,
    step: &mut Steps<'_>,
) -> Result<Rigged, HostError> {
    step(0, 4)?;
    let file = open(name, beside, allow)?;
    step(1, 4)?;
    let mut imported = import(&file.bytes, name, file.source.as_ref(), options)?;
    step(2, 4)?;
    let (mut overrides, mut rig_file) = (Overrides::default(), None);
    if let Some(beside) = &file.rig_file {
        match file.source.read(beside) {
            Ok(bytes) => {
                // The user knows the avatar by its path, and the rig file lies beside it.
                let shown = Path::new(name).with_file_name(beside).display().to_string();
                let text = String::from_utf8(bytes).map_err(|_| {
                    HostError::input(&shown, "it is no text in UTF-8").help("save it as UTF-8")
                })?;
                let (said, warnings) = read_rig_file(&text, &shown, &imported.avatar)?;
                imported.report.extend(warnings);
                (overrides, rig_file) = (said, Some(shown));
            }
            Err(SourceError::Missing(_)) => {}
            Err(error) => return Err(HostError::source(name, &error)),
        }
    }
    name_faces(&mut imported.avatar);
    name_surfaces(&mut imported.avatar, &overrides);
    let rig = Rig::resolve_with(&imported.avatar, &overrides);
    step(3, 4)?;
    measure_surfaces(&mut imported.avatar, &rig);
    Ok(Rigged { imported, rig, file_bytes: file.bytes.len(), rig_file })
}

/// The bytes of the file of the avatar that a user or a document calls `name`, as for [`load_avatar`].
///
/// # Errors
/// When there is no such avatar, or it cannot be read.
pub fn read_avatar(
    name: &str,
    beside: Option<&FolderSource>,
    allow: &[PathBuf],
) -> Result<Cow<'static, [u8]>, HostError> {
    open(name, beside, allow).map(|file| file.bytes)
}

/// The file of the avatar that a user or a document calls `name`, as for [`load_avatar`]; `None` for one inside the program, and
/// where there is none.
pub fn avatar_path(name: &str, beside: Option<&FolderSource>) -> Option<PathBuf> {
    if EMBEDDED.iter().any(|(known, _)| *known == name) {
        return None;
    }
    asset(name).or_else(|| match beside {
        Some(folder) => folder.resolve(name).ok(),
        None => Some(PathBuf::from(name)).filter(|path| path.is_file()),
    })
}

/// An avatar's bytes and what lies beside them.
struct AvatarFile {
    bytes: Cow<'static, [u8]>,
    source: Box<dyn Source>,
    /// What its rig file would be called.
    rig_file: Option<String>,
}

fn open(name: &str, beside: Option<&FolderSource>, allow: &[PathBuf]) -> Result<AvatarFile, HostError> {
    if let Some((_, bytes)) = EMBEDDED.iter().find(|(known, _)| *known == name) {
        return Ok(AvatarFile { bytes: Cow::Borrowed(bytes), source: Box::new(NoSource), rig_file: None });
    }
    let path = match (asset(name), beside) {
        (Some(path), _) => path,
        (None, Some(folder)) => {
            folder.resolve(name).map_err(|e| HostError::source(name, &e).help(known_names()))?
        }
        (None, None) => PathBuf::from(name),
    };
    if !path.exists() {
        return Err(HostError::input(name, "there is no such avatar").help(known_names()));
    }
    let bytes = Cow::Owned(folder::read_named(&path)?);
    let stem = path.file_stem().map(|stem| format!("{}.rig.toml", stem.to_string_lossy()));
    Ok(AvatarFile { bytes, source: Box::new(FolderSource::beside(&path, allow)?), rig_file: stem })
}

/// How far above the program its assets may lie: a checkout's program is built three folders below.
const ABOVE: usize = 5;

/// The folders of further bundled avatars: in `RHETOR_ASSETS`, in the share folder beside the program, and in the
/// checkout that the program was built in.
fn shelves() -> Vec<PathBuf> {
    let given = std::env::var_os("RHETOR_ASSETS").map(PathBuf::from);
    let program = std::env::current_exe().unwrap_or_default();
    let above = program.ancestors().skip(1).take(ABOVE);
    let beside = above.flat_map(|folder| [folder.join("share/rhetor"), folder.join("assets")]);
    given.into_iter().chain(beside).map(|folder| folder.join("avatars")).filter(|f| f.is_dir()).collect()
}

/// The file of a further bundled avatar.
fn asset(name: &str) -> Option<PathBuf> {
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        return None;
    }
    let file = format!("{name}.glb");
    shelves().into_iter().map(|folder| folder.join(&file)).find(|path| path.is_file())
}

fn known_names() -> String {
    let mut names: Vec<String> = EMBEDDED.iter().map(|(name, _)| (*name).to_owned()).collect();
    for entry in shelves().iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten() {
        let path = entry.path();
        if let (Some("glb"), Some(stem)) = (path.extension().and_then(|e| e.to_str()), path.file_stem()) {
            names.push(stem.to_string_lossy().into_owned());
        }
    }
    names.sort_unstable();
    names.dedup();
    format!("name a .glb, .gltf or .vrm file, or a bundled avatar: {}", names.join(", "))
}
