//! `KHR_materials_dispersion`: colours that refract apart.

use crate::avatar::Material;
use crate::import::fields::Fields;
use crate::import::references::Refer;

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_materials_dispersion";

pub(in crate::import) fn read(fields: Fields<'_>, _: &mut Refer<'_>, material: &mut Material) {
    material.dispersion = fields.number("dispersion", 0.0, 0.0, 1e6);
}
