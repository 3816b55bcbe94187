//! How much an import may take: files are not trusted, and what they claim costs nothing to write.

/// Bounds of one import. The defaults fit every avatar that can be drawn live; a server that takes strangers' files
/// may want less, a film more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Decoded geometry, skins and curves, bytes.
    pub geometry_bytes: u64,
    /// All decoded pictures together, bytes.
    pub picture_bytes: u64,
    /// Texels of a picture's longer side.
    pub picture_side: u32,
    /// Vertices of all nodes together: a mesh counts for every node that shows it.
    pub shown_vertices: usize,
    /// Morph targets of all nodes together, each a weight in every frame.
    pub shown_targets: usize,
    /// Morph targets of one mesh.
    pub mesh_targets: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            geometry_bytes: 1 << 30,
            picture_bytes: 1 << 30,
            picture_side: 16_384,
            shown_vertices: 1 << 24,
            shown_targets: 1 << 18,
            mesh_targets: 4096,
        }
    }
}

/// Bytes as a person reads them.
pub(super) fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", bytes >> 20)
}
