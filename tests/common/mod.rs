//! What tests share.

pub(crate) mod gltf;
pub(crate) mod lips;

use rhetor::source::{Source, SourceError};
use std::path::PathBuf;

/// The folder of the repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of files that are not part of the project, named by an environment variable; says so when it is not set.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
pub(crate) fn folder(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: {variable} names no folder");
    }
    folder
}

/// A folder as a source.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Source for Folder {
    fn read(&self, name: &str) -> Result<Vec<u8>, SourceError> {
        std::fs::read(self.0.join(name)).map_err(|_| SourceError::Missing(name.to_owned()))
    }
}

/// Whether there is an adapter to draw with; without one it says that the test is skipped, and fails where
/// `REQUIRE_GPU` is set.
pub(crate) fn has_gpu() -> bool {
    match rhetor::render::Gpu::new(&rhetor::render::GpuOptions::from_env()) {
        Ok(_) => true,
        Err(error) => {
            assert!(std::env::var_os("REQUIRE_GPU").is_none(), "{error}");
            eprintln!("SKIPPED: {error}");
            false
        }
    }
}
