//! What an avatar asks of a graphics card: counts, and an estimate of its memory.

use std::collections::BTreeSet;

use super::{Avatar, Image, Material, Primitive, TextureRef};

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
        let mut seen = BTreeSet::new();
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
        let named = |of: fn(&Material) -> Vec<&Option<TextureRef>>| -> BTreeSet<usize> {
            self.materials.iter().flat_map(of).flatten().map(|texture| texture.image).collect()
        };
        let normals = named(|m| vec![&m.normal_texture]);
        let others = named(|m| {
            vec![
                &m.base_color_texture,
                &m.metallic_roughness_texture,
                &m.occlusion_texture,
                &m.emissive_texture,
            ]
        });
        let texel = |index: usize| if normals.contains(&index) && !others.contains(&index) { 2 } else { 4 };
        self.images.iter().enumerate().map(|(index, image)| image.video_bytes(texel(index))).sum()
    }
}

impl Image {
    /// About how many bytes of video memory it takes with its mip maps, which add a third; normal maps take two bytes a
    /// `texel`, all else four.
    fn video_bytes(&self, texel: usize) -> usize {
        (self.width as usize).saturating_mul(self.height as usize).saturating_mul(texel) / 3 * 4
    }
}

fn geometry_bytes(primitive: &Primitive) -> usize {
    let deltas: usize = primitive.morphs.iter().map(|m| m.vertices.len()).sum();
    primitive.positions.len() * VERTEX
        + primitive.influences.len() * INFLUENCES
        + primitive.indices.len() * size_of::<u32>()
        + deltas * DELTA
}
