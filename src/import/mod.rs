//! Bytes to avatar, with a report of what was left out.
//!
//! glTF types die in here. It opens no file itself: other files come through a [`Source`].

mod accessor;
mod bvh;
mod cameras;
mod clips;
mod conformance;
mod constraints;
mod container;
mod context;
mod document;
mod extensions;
mod fields;
mod influences;
mod json;
mod limits;
mod materials;
mod meshes;
mod morphs;
mod mtoon;
mod nodes;
mod references;
mod skins;
mod springs;
mod springs_vrm0;
mod surface;
mod tangents;
mod textures;
mod triangles;
mod uri;
mod value;
mod vrm;
mod vrm0;
mod vrm0_expressions;
mod vrm0_materials;
mod vrm1;
mod vrm1_expressions;
mod vrma;

use crate::avatar::Avatar;
use crate::diagnostic::Diagnostic;
use crate::source::Source;
pub use bvh::{import_bvh, is_bvh};
pub use container::parts;
pub use limits::Limits;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What to do on import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Decode pictures; without it the avatar has none and its materials refer to none.
    pub decode_textures: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { decode_textures: true }
    }
}

/// An avatar and what the import had to leave out of it.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The avatar.
    pub avatar: Avatar,
    /// Warnings.
    pub report: Vec<Diagnostic>,
}

/// Imports a `.glb`, `.gltf` or `.vrm` given as bytes; `name` is for messages, `source` holds the files it refers to.
///
/// # Errors
/// A diagnostic that names the file and what is wrong with it.
pub fn import(
    bytes: &[u8],
    name: &str,
    source: &dyn Source,
    options: Options,
) -> Result<Imported, Diagnostic> {
    import_within(bytes, name, source, options, Limits::default())
}

/// [`import`] within other limits than the default ones.
///
/// # Errors
/// A diagnostic that names the file and what is wrong with it.
pub fn import_within(
    bytes: &[u8],
    name: &str,
    source: &dyn Source,
    options: Options,
    limits: Limits,
) -> Result<Imported, Diagnostic> {
    // Decoders of others may panic on hostile bytes; their panic ends here.
    let import = || document::import(bytes, name, source, options, limits);
    catch_unwind(AssertUnwindSafe(import)).unwrap_or_else(|_| {
        Err(Diagnostic::error(name, "the file is damaged in a way that cannot be read")
            .help("copy or export it again"))
    })
}
