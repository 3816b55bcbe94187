//! What an avatar asks of a graphics card: counts, and an estimate of its memory.

use super::{Avatar, Image, Primitive};

/// Bytes of a vertex: position, normal, tangent, two sets of texture coordinates and a colour, once as it rests and
/// once deformed.
const VERTEX: usize = 2 * (12 + 12 + 16 + 16 + 16);
/// Joints and weights of a vertex.
const INFLUENCES: usize = 8 * (2 + 4);
/// One vertex that one morph target moves: its index, and how position and normal change.
const DELTA: usize = 4 + 12 + 12;

impl Avatar {
    /// Different names of morph targets, in the file's order.
    pub fn morph_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for name in self.meshes.iter().flat_map(|m| &m.morph_names) {
            if seen.insert(name) {
                names.push(name);
            }
        }
        names
    }

    /// About how many bytes of video memory its meshes take.
    pub fn geometry_bytes(&self) -> usize {
        self.meshes.iter().flat_map(|m| &m.primitives).map(geometry_bytes).sum()
    }

    /// About how many bytes of video memory its textures take, with mip maps.
    pub fn texture_bytes(&self) -> usize {
        self.images.iter().map(Image::video_bytes).sum()
    }
}

impl Image {
    /// About how many bytes of video memory it takes with its mip maps, which add a third.
    pub fn video_bytes(&self) -> usize {
        (self.width as usize).saturating_mul(self.height as usize).saturating_mul(4) / 3 * 4
    }
}

fn geometry_bytes(primitive: &Primitive) -> usize {
    let deltas: usize = primitive.morphs.iter().map(|m| m.vertices.len()).sum();
    primitive.positions.len() * VERTEX
        + primitive.influences.len() * INFLUENCES
        + primitive.indices.len() * size_of::<u32>()
        + deltas * DELTA
}
