//! What tests share.

pub(crate) mod gltf;
pub(crate) mod lips;

use rhetor::avatar::{Avatar, Mesh, MorphDeltas, Node, Primitive, Transform};
use rhetor::source::{Source, SourceError};
use std::io::Write;
use std::path::PathBuf;

/// The folder of the repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A kept text that is made by the program: `BLESS=1` writes it anew.
pub(crate) fn assert_current(path: &str, text: &str) {
    let file = repository().join(path);
    if std::env::var_os("BLESS").is_some() && std::env::var_os("CI").is_none() {
        std::fs::write(&file, text).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == text, "{path} is stale: run the tests with BLESS=1");
}

/// Says aloud that a test is skipped, past the capture of what passing tests print; fails where the environment variable
/// `demand` is set.
pub(crate) fn skip(reason: &str, demand: &str) {
    assert!(std::env::var_os(demand).is_none(), "{demand} is set, but {reason}");
    // Nobody to tell is no reason to fail.
    _ = writeln!(std::io::stderr(), "SKIPPED: {reason}");
}

/// What an environment variable names that is not part of the project; without it the test is skipped.
pub(crate) fn folder(variable: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    if named.is_none() {
        skip(&format!("{variable} names nothing"), &format!("REQUIRE_{variable}"));
    }
    named
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
            skip(&error.to_string(), "REQUIRE_GPU");
            false
        }
    }
}

/// Adds a node with a mesh, a triangle high, whose targets each move its last vertex.
pub(crate) fn add_mesh(avatar: &mut Avatar, name: &str, morphs: &[&str]) {
    let moved = MorphDeltas { vertices: vec![2], positions: vec![[0.0, -0.01, 0.0]], normals: Vec::new() };
    let primitive = Primitive {
        positions: vec![[-0.1, 0.0, 0.0], [0.1, 0.0, 0.0], [0.0, 1.8, 0.0]],
        normals: vec![[0.0, 0.0, 1.0]; 3],
        indices: vec![0, 1, 2],
        morphs: vec![moved; morphs.len()],
        ..Primitive::default()
    };
    avatar.meshes.push(Mesh {
        name: name.to_owned(),
        primitives: vec![primitive],
        morph_names: morphs.iter().map(|m| (*m).to_owned()).collect(),
        morph_weights: vec![0.0; morphs.len()],
    });
    avatar.nodes.push(Node {
        name: name.to_owned(),
        parent: None,
        local: Transform::IDENTITY,
        mesh: Some(avatar.meshes.len() - 1),
        skin: None,
        morph_weights: Vec::new(),
    });
}
