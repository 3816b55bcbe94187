//! `KHR_materials_ior`: how strongly a dielectric reflects.

use crate::avatar::Material;
use crate::import::fields::Fields;
use crate::import::references::Refer;

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_materials_ior";

pub(in crate::import) fn read(fields: Fields<'_>, _: &mut Refer<'_>, material: &mut Material) {
    material.ior = fields.number("ior", 1.5, 0.0, 100.0);
}
