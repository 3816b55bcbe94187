//! `KHR_materials_iridescence`: a thin film.

use crate::avatar::{Iridescence, Material};
use crate::import::fields::Fields;
use crate::import::references::Refer;

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_materials_iridescence";

pub(in crate::import) fn read(fields: Fields<'_>, refer: &mut Refer<'_>, material: &mut Material) {
    material.iridescence = Some(Iridescence {
        strength: fields.number("iridescenceFactor", 0.0, 0.0, 1.0),
        texture: refer.named(fields, "iridescenceTexture"),
        ior: fields.number("iridescenceIor", 1.3, 1.0, 100.0),
        thickness_min_nm: fields.number("iridescenceThicknessMinimum", 100.0, 0.0, 1e6),
        thickness_max_nm: fields.number("iridescenceThicknessMaximum", 400.0, 0.0, 1e6),
        thickness_texture: refer.named(fields, "iridescenceThicknessTexture"),
    });
}
