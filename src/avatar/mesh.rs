//! Meshes: triangles, skin influences, sparse morph deltas.

/// Primitives that share one list of morph targets.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mesh {
    /// As the file has it.
    pub name: String,
    /// Each with its own material.
    pub primitives: Vec<Primitive>,
    /// Names of the morph targets; those the file does not name are `target_N`.
    pub morph_names: Vec<String>,
    /// Weights at rest, as many as names.
    pub morph_weights: Vec<f32>,
}

/// The skin influences of one vertex: up to eight joints (indices into the skin), weights that sum to one;
/// unused places have weight zero. A vertex without influences has all weights zero.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Influences {
    /// Indices into [`super::Skin::joints`].
    pub joints: [u16; 8],
    /// Non-negative.
    pub weights: [f32; 8],
}

/// An indexed triangle list. Every array with an element per vertex is as long as `positions`, or empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Primitive {
    /// Metres, mesh space.
    pub positions: Vec<[f32; 3]>,
    /// Unit length; always there (computed where the file has none).
    pub normals: Vec<[f32; 3]>,
    /// Unit xyz and handedness ±1 in w; empty where nothing needs them.
    pub tangents: Vec<[f32; 4]>,
    /// The two sets of texture coordinates that the avatar's materials use most (`TEXCOORD_0` and `TEXCOORD_1`
    /// in nearly every file); each may be empty.
    pub uvs: [Vec<[f32; 2]>; 2],
    /// Linear RGBA; may be empty.
    pub colors: Vec<[f32; 4]>,
    /// What the surface is shaded by where the material is one of a face; may be empty. Eyes: the place on the disc of the
    /// iris, whose edge is at 1, to its left and up. Mouths: how deep it lies, 0 at the front teeth, 1 in the dark. Skin: how
    /// wet it is and how bent, 0..=1.
    pub relief: Vec<[f32; 2]>,
    /// Empty where the primitive is not skinned.
    pub influences: Vec<Influences>,
    /// Three a triangle, counter-clockwise seen from the front, each below `positions.len()`.
    pub indices: Vec<u32>,
    /// `None` is glTF's default material.
    pub material: Option<usize>,
    /// `KHR_materials_variants`: the materials of the avatar's variants, where they differ from `material`.
    pub variants: Vec<VariantMaterial>,
    /// One for each of the mesh's morph names.
    pub morphs: Vec<MorphDeltas>,
}

/// What a primitive is made of in one of the avatar's variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VariantMaterial {
    /// Index into [`super::Avatar::variants`].
    pub variant: usize,
    /// Index into [`super::Avatar::materials`].
    pub material: usize,
}

/// What one morph target moves at weight 1, only the vertices that it moves.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MorphDeltas {
    /// Ascending vertex indices.
    pub vertices: Vec<u32>,
    /// Metres, one for each of `vertices`.
    pub positions: Vec<[f32; 3]>,
    /// One for each of `vertices`, or empty where the target has no normals.
    pub normals: Vec<[f32; 3]>,
}

impl Primitive {
    /// The same with only some of its vertices, in the order given, and no triangles.
    pub fn subset(&self, vertices: &[u32]) -> Self {
        fn some<T: Copy>(all: &[T], vertices: &[u32]) -> Vec<T> {
            vertices.iter().filter_map(|&v| all.get(v as usize).copied()).collect()
        }
        let mut place = vec![None; self.positions.len()];
        for (n, &vertex) in vertices.iter().enumerate() {
            if let Some(place) = place.get_mut(vertex as usize) {
                *place = Some(n as u32);
            }
        }
        Self {
            positions: some(&self.positions, vertices),
            normals: some(&self.normals, vertices),
            tangents: some(&self.tangents, vertices),
            uvs: [some(&self.uvs[0], vertices), some(&self.uvs[1], vertices)],
            colors: some(&self.colors, vertices),
            relief: some(&self.relief, vertices),
            influences: some(&self.influences, vertices),
            indices: Vec::new(),
            material: self.material,
            variants: self.variants.clone(),
            morphs: self.morphs.iter().map(|morph| morph.subset(&place)).collect(),
        }
    }
}

impl MorphDeltas {
    /// The deltas of the vertices that have a place, under that number.
    fn subset(&self, place: &[Option<u32>]) -> Self {
        let mut kept: Vec<(u32, usize)> = (self.vertices.iter().enumerate())
            .filter_map(|(i, &v)| Some(((*place.get(v as usize)?)?, i)))
            .collect();
        kept.sort_unstable();
        let some = |all: &[[f32; 3]]| kept.iter().filter_map(|&(_, i)| all.get(i).copied()).collect();
        Self {
            vertices: kept.iter().map(|&(place, _)| place).collect(),
            positions: some(&self.positions),
            normals: some(&self.normals),
        }
    }
}
