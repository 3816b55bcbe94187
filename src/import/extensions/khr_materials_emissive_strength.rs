//! `KHR_materials_emissive_strength`: light brighter than 1.

use crate::avatar::Material;
use crate::import::fields::Fields;
use crate::import::references::Refer;

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_materials_emissive_strength";

pub(in crate::import) fn read(fields: Fields<'_>, _: &mut Refer<'_>, material: &mut Material) {
    let strength = fields.number("emissiveStrength", 1.0, 0.0, 1e6);
    material.emissive = material.emissive.map(|c| c * strength);
}
