//! Meshes and primitives: attributes read, checked and completed (glTF 2.0 section 3.7.2).

use super::accessor::Accessor;
use super::context::{Context, Notes, label};
use super::extensions::{khr_draco_mesh_compression, khr_materials_variants};
use super::{influences, morphs, surface, tangents, triangles};
use crate::avatar::{Material, Mesh, MorphDeltas, Primitive};
use crate::diagnostic::Diagnostic;
use gltf::json;
use gltf::json::mesh::Semantic;
use gltf::json::validation::Checked;

/// What meshes are made of.
pub(super) struct Looks<'a> {
    /// All materials.
    pub(super) materials: &'a [Material],
    /// Which sets of texture coordinates they use.
    pub(super) uv_sets: [u32; 2],
    /// How many variants there are.
    pub(super) variants: usize,
}

/// Mesh `index` of the document. `joints` is the size of the smallest skin that bends it, `None` where none does.
///
/// What makes a primitive unusable is an error; what can be left out or corrected is noted.
pub(super) fn mesh(
    context: &Context<'_>,
    index: usize,
    joints: Option<usize>,
    looks: &Looks<'_>,
    notes: &mut Notes,
) -> Result<Mesh, Diagnostic> {
    let Some(json) = context.root.meshes.get(index) else { return Ok(Mesh::default()) };
    let mesh_label = label("mesh", json.name.as_deref(), index);
    let at = |place: &str, error: Diagnostic| Diagnostic {
        message: format!("{place}: {}", error.message),
        ..error
    };
    let morph_names = morphs::names(context, json).map_err(|e| at(&mesh_label, e))?;
    let mut primitives = Vec::with_capacity(json.primitives.len());
    for (i, json) in json.primitives.iter().enumerate() {
        let place = if primitives.is_empty() && i == 0 {
            mesh_label.clone()
        } else {
            format!("{mesh_label} part {i}")
        };
        let mut own = Notes::default();
        let is_reordered = khr_draco_mesh_compression::is_reordered(context, json);
        let reader = Reader { context, json, joints, looks, is_reordered };
        let primitive = reader.primitive(morph_names.len(), &mut own).map_err(|e| at(&place, e))?;
        primitives.extend(primitive);
        notes.append(own.prefixed(&place));
    }
    let given = json.weights.as_deref().unwrap_or_default();
    let weight = |i: usize| given.get(i).copied().filter(|w| w.is_finite()).unwrap_or(0.0);
    let morph_weights = (0..morph_names.len()).map(weight).collect();
    Ok(Mesh { name: json.name.clone().unwrap_or_default(), primitives, morph_names, morph_weights })
}

/// Normals may be this far from unit length: what those of 8 bits are off by.
const UNIT: f32 = 0.007;

struct Reader<'a> {
    context: &'a Context<'a>,
    json: &'a json::mesh::Primitive,
    joints: Option<usize>,
    looks: &'a Looks<'a>,
    /// The vertices have an order of their own, so that nothing beside them can be matched to them.
    is_reordered: bool,
}

impl Reader<'_> {
    /// The primitive, or `None` (noted) where it shows nothing.
    fn primitive(&self, targets: usize, notes: &mut Notes) -> Result<Option<Primitive>, Diagnostic> {
        let Checked::Valid(mode) = self.json.mode else {
            notes.add("has an unknown topology and was left out");
            return Ok(None);
        };
        let Some(positions) = self.attribute(Semantic::Positions) else {
            notes.add("has no positions and was left out");
            return Ok(None);
        };
        self.note_lost(notes);
        let mut positions = Accessor::new(self.context, positions)?.floats::<3>(self.context)?;
        let count = positions.len();
        if u32::try_from(count).is_err() {
            return Err(self.context.error("has too many vertices"));
        }
        clean(&mut positions, [0.0; 3], "positions", notes);
        let indices = match self.json.indices {
            Some(index) => {
                let all = Accessor::new(self.context, index.value())?.integers::<1>(self.context)?;
                all.into_iter().map(|[i]| i).collect()
            }
            None => (0..count as u32).collect(),
        };
        let Some(indices) = triangles::triangles(mode, indices, count, notes) else {
            notes.add("is made of points or lines, which are not drawn, and was left out");
            return Ok(None);
        };
        if indices.is_empty() {
            notes.add("has no triangles and was left out");
            return Ok(None);
        }
        let given = self.normals(count, notes);
        let has_normals = given.is_some();
        let normals = given.unwrap_or_else(|| surface::normals(&positions, &indices));
        let uvs = self.looks.uv_sets.map(|set| {
            let semantic = Semantic::TexCoords(set);
            self.optional::<2>(semantic, "texture coordinates", count, notes).unwrap_or_default()
        });
        let influences = match self.joints {
            Some(joints) => influences::influences(self.context, self.json, count, joints, notes)?,
            None => Vec::new(),
        };
        let material =
            self.json.material.map(|m| m.value()).filter(|m| *m < self.context.root.materials.len());
        if material.is_none() && self.json.material.is_some() {
            notes.add("has a material that does not exist; it gets the default one");
        }
        let variants = khr_materials_variants::of(self.context, self.json, self.looks.variants, notes);
        self.context.charge(targets, size_of::<MorphDeltas>())?;
        let own = material.into_iter().chain(variants.iter().map(|v| v.material));
        let along = own.filter_map(|m| self.looks.materials.get(m)).find_map(tangent_set);
        let tangents = along.and_then(|_| self.tangents(count, notes)).unwrap_or_default();
        let colors = self.colors(count, notes);
        let morphs = self.morphs(targets, count, has_normals, notes);
        let mut primitive = Primitive {
            positions,
            normals,
            tangents,
            uvs,
            colors,
            relief: Vec::new(),
            influences,
            indices,
            material,
            variants,
            morphs,
        };
        if let Some(set) = along.filter(|_| primitive.tangents.is_empty()) {
            // A tangent for each corner at the most, and what the vertices are doubled to.
            let room = primitive.indices.len() * size_of::<[f32; 4]>() / count.max(1) * 2;
            self.context.charge(count, room)?;
            tangents::complete(&mut primitive, set);
        }
        Ok(Some(primitive))
    }

    fn attribute(&self, semantic: Semantic) -> Option<usize> {
        let is_lost =
            self.is_reordered && !khr_draco_mesh_compression::holds(self.json, &semantic.to_string());
        let accessor = self.json.attributes.get(&Checked::Valid(semantic));
        accessor.filter(|_| !is_lost).map(|a| a.value())
    }

    /// Says what cannot be matched to vertices that have an order of their own.
    fn note_lost(&self, notes: &mut Notes) {
        let is_lost = |name: String| !khr_draco_mesh_compression::holds(self.json, &name);
        let attributes = self.json.attributes.keys().any(|semantic| is_lost(semantic.to_string()));
        let targets = self.json.targets.as_ref().is_some_and(|t| !t.is_empty());
        if self.is_reordered && (attributes || targets) {
            notes.add(
                "is packed by Draco's edgebreaker, whose vertices have an order of their own, so that its morph \
                 targets and attributes beside the packed ones were left out; export it with sequential Draco, \
                 with meshopt, or without compression",
            );
        }
    }

    /// An attribute that the primitive can do without.
    fn optional<const N: usize>(
        &self,
        semantic: Semantic,
        what: &str,
        count: usize,
        notes: &mut Notes,
    ) -> Option<Vec<[f32; N]>> {
        let index = self.attribute(semantic)?;
        let read = Accessor::new(self.context, index).and_then(|a| a.floats::<N>(self.context));
        match read {
            Ok(mut values) if values.len() == count => {
                clean(&mut values, [0.0; N], what, notes);
                Some(values)
            }
            Ok(values) => {
                notes.add(format!("has {} {what} for {count} vertices; they were left out", values.len()));
                None
            }
            Err(error) => {
                notes.add(format!("has unusable {what} ({}); they were left out", error.message));
                None
            }
        }
    }

    fn normals(&self, count: usize, notes: &mut Notes) -> Option<Vec<[f32; 3]>> {
        let mut normals = self.optional::<3>(Semantic::Normals, "normals", count, notes)?;
        let mut is_unit = true;
        for n in &mut normals {
            let given = glam::Vec3::from(*n);
            is_unit &= (given.length_squared() - 1.0).abs() <= UNIT * 2.0;
            *n = given.normalize_or(glam::Vec3::Y).to_array();
        }
        if !is_unit {
            notes.add("has normals that are not of unit length, which they were brought to");
        }
        Some(normals)
    }

    /// The file's tangents.
    fn tangents(&self, count: usize, notes: &mut Notes) -> Option<Vec<[f32; 4]>> {
        let mut tangents = self.optional::<4>(Semantic::Tangents, "tangents", count, notes)?;
        let mut is_unit = true;
        for t in &mut tangents {
            let [x, y, z, w] = *t;
            let given = glam::Vec3::new(x, y, z);
            is_unit &= (given.length_squared() - 1.0).abs() <= UNIT * 2.0 && w.abs() == 1.0;
            let unit = given.normalize_or(glam::Vec3::X);
            *t = [unit.x, unit.y, unit.z, if w < 0.0 { -1.0 } else { 1.0 }];
        }
        if !is_unit {
            notes.add("has tangents that are not of unit length or side, which they were brought to");
        }
        Some(tangents)
    }

    fn colors(&self, count: usize, notes: &mut Notes) -> Vec<[f32; 4]> {
        let semantic = Semantic::Colors(0);
        let accessor = self.attribute(semantic.clone()).and_then(|a| Accessor::new(self.context, a).ok());
        if accessor.is_some_and(|a| a.width == 3) {
            let rgb = self.optional::<3>(semantic, "colours", count, notes).unwrap_or_default();
            return rgb.into_iter().map(|[r, g, b]| [r, g, b, 1.0]).collect();
        }
        self.optional::<4>(semantic, "colours", count, notes).unwrap_or_default()
    }

    fn morphs(&self, targets: usize, count: usize, has_normals: bool, notes: &mut Notes) -> Vec<MorphDeltas> {
        if self.is_reordered {
            return vec![MorphDeltas::default(); targets];
        }
        let json = self.json.targets.as_deref().unwrap_or_default();
        let mut out = Vec::with_capacity(targets);
        for (i, target) in json.iter().enumerate() {
            out.push(morphs::deltas(self.context, target, count, has_normals, notes).unwrap_or_else(
                |error| {
                    notes.add(format!(
                        "morph target {i} cannot be used ({}) and moves nothing",
                        error.message
                    ));
                    MorphDeltas::default()
                },
            ));
        }
        if json.len() != targets {
            notes.add("has fewer morph targets than its mesh; the others do not move it");
        }
        out.resize(targets, MorphDeltas::default());
        out
    }
}

/// The set of texture coordinates along which a material needs tangents.
fn tangent_set(material: &Material) -> Option<usize> {
    let coat = material.clearcoat.as_ref().and_then(|c| c.normal_texture);
    let stretched = material.anisotropy.as_ref().map(|a| a.texture.map_or(0, |t| t.uv_set));
    let along = material.normal_texture.or(coat).map(|t| t.uv_set).or(stretched);
    along.map(usize::from)
}

/// Replaces elements that are not numbers.
fn clean<const N: usize>(values: &mut [[f32; N]], instead: [f32; N], what: &str, notes: &mut Notes) {
    let mut found = 0;
    for value in values.iter_mut().filter(|v| v.iter().any(|c| !c.is_finite())) {
        *value = instead;
        found += 1;
    }
    if found > 0 {
        notes.add(format!("has {what} that are not numbers ({found}); they were set to zero"));
    }
}
