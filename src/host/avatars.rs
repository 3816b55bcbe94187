//! Avatars by file name, or by the name of a bundled one.

use super::{FolderSource, HostError, folder};
use crate::import::{Imported, Options, import};
use crate::source::{NoSource, Source};
use std::path::{Path, PathBuf};

/// Avatars inside the program.
const EMBEDDED: &[(&str, &[u8])] =
    &[("thalia", include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/avatars/thalia.glb")))];

/// Whether `name` is a bundled avatar's.
pub fn is_bundled(name: &str) -> bool {
    EMBEDDED.iter().any(|(known, _)| *known == name) || asset(name).is_some()
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
    if let Some((_, bytes)) = EMBEDDED.iter().find(|(known, _)| *known == name) {
        return Ok(import(bytes, name, &NoSource, options)?);
    }
    if let Some(path) = asset(name) {
        return from_file(&path, name, allow, options);
    }
    match beside {
        Some(folder) => {
            let path = folder.resolve(name).map_err(|e| HostError::source(name, &e).help(known_names()))?;
            from_file(&path, name, allow, options)
        }
        None => from_file(Path::new(name), name, allow, options),
    }
}

fn from_file(path: &Path, name: &str, allow: &[PathBuf], options: Options) -> Result<Imported, HostError> {
    if !path.exists() {
        return Err(HostError::input(name, "there is no such avatar").help(known_names()));
    }
    let bytes = folder::read_named(path)?;
    let source: Box<dyn Source> = Box::new(FolderSource::beside(path, allow)?);
    Ok(import(&bytes, name, source.as_ref(), options)?)
}

/// The file of a further bundled avatar: in `RHETOR_ASSETS`, or in the share folder beside the program.
fn asset(name: &str) -> Option<PathBuf> {
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        return None;
    }
    let file =
        |folder: PathBuf| Some(folder.join("avatars").join(format!("{name}.glb"))).filter(|p| p.is_file());
    let given = std::env::var_os("RHETOR_ASSETS").map(PathBuf::from).and_then(file);
    given.or_else(|| {
        let program = std::env::current_exe().ok()?;
        file(program.parent()?.parent()?.join("share/rhetor"))
    })
}

fn known_names() -> String {
    let names: Vec<&str> = EMBEDDED.iter().map(|(name, _)| *name).collect();
    format!("name a .glb, .gltf or .vrm file, or a bundled avatar: {}", names.join(", "))
}
