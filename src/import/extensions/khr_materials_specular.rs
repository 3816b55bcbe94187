//! `KHR_materials_specular`: strength and colour of a dielectric's reflection.

use crate::avatar::Material;
use crate::import::fields::Fields;
use crate::import::references::Refer;

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_materials_specular";

pub(in crate::import) fn read(fields: Fields<'_>, refer: &mut Refer<'_>, material: &mut Material) {
    material.specular = fields.number("specularFactor", 1.0, 0.0, 1.0);
    material.specular_texture = refer.named(fields, "specularTexture");
    material.specular_color = fields.numbers("specularColorFactor", [1.0; 3], 0.0, 1e6);
    material.specular_color_texture = refer.named(fields, "specularColorTexture");
}
