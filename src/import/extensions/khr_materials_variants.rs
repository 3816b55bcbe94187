//! `KHR_materials_variants`: an avatar's looks, by name, and the materials that primitives have in each.

use crate::avatar::VariantMaterial;
use crate::import::context::{Context, Notes};
use crate::import::fields::Fields;
use gltf::json::mesh::Primitive;

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_materials_variants";

/// Most looks of one avatar.
const LIMIT: usize = 4096;

/// The names of all looks.
pub(in crate::import) fn names(context: &Context<'_>) -> Vec<String> {
    let extension = Fields::extension(context.root.extensions.as_ref().map(|e| &e.others), NAME);
    let variants = extension.map_or(&[][..], |e| e.list("variants"));
    let name = |value| Fields::of(value).and_then(|f| f.text("name")).unwrap_or_default().to_owned();
    variants.iter().take(LIMIT).map(name).collect()
}

/// What a primitive is made of in each look that says so.
pub(in crate::import) fn of(
    context: &Context<'_>,
    primitive: &Primitive,
    variants: usize,
    notes: &mut Notes,
) -> Vec<VariantMaterial> {
    let others = primitive.extensions.as_ref().map(|e| &e.others);
    let mappings = Fields::extension(others, NAME).map_or(&[][..], |e| e.list("mappings"));
    let mut out: Vec<VariantMaterial> = Vec::new();
    for mapping in mappings.iter().filter_map(Fields::of) {
        let Some(material) = mapping.index("material").filter(|m| *m < context.root.materials.len()) else {
            notes.add("has a variant with a material that does not exist, which was left out");
            continue;
        };
        for variant in mapping.list("variants") {
            match variant.as_u64().and_then(|v| usize::try_from(v).ok()).filter(|v| *v < variants) {
                Some(variant) if out.iter().all(|known| known.variant != variant) => {
                    out.push(VariantMaterial { variant, material });
                }
                Some(_) => notes.add("names a variant twice; the first holds"),
                None => notes.add("names a variant that does not exist, which was left out"),
            }
        }
    }
    out
}
