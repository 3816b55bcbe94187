//! Shaders from a folder in place of the program's own, for who works on them.

use crate::render::{Gpu, modules, shader};
use std::path::{Path, PathBuf};

/// The files in `folder` that the program has shaders of the same names for.
pub(super) fn files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    shader::FILES.iter().map(|(name, _)| folder.join(name)).filter(|file| file.is_file())
}

/// Renderers that are made from now on take the files in `folder`; what is not there stays the program's own.
pub(super) fn take(gpu: &Gpu, folder: &Path) -> Result<(), String> {
    let mut texts = modules::Texts::new();
    for (name, _) in shader::FILES {
        let file = folder.join(name);
        if file.is_file() {
            let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
            texts.insert(name, text);
        }
    }
    if texts.is_empty() {
        return Err(format!("{}: none of the program's shaders lies here", folder.display()));
    }
    modules::work_on(gpu, texts)
}
