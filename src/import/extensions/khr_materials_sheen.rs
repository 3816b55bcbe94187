//! `KHR_materials_sheen`: back-scattering of cloth.

use crate::avatar::{Material, Sheen};
use crate::import::fields::Fields;
use crate::import::references::Refer;

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_materials_sheen";

pub(in crate::import) fn read(fields: Fields<'_>, refer: &mut Refer<'_>, material: &mut Material) {
    material.sheen = Some(Sheen {
        color: fields.numbers("sheenColorFactor", [0.0; 3], 0.0, 1.0),
        color_texture: refer.named(fields, "sheenColorTexture"),
        roughness: fields.number("sheenRoughnessFactor", 0.0, 0.0, 1.0),
        roughness_texture: refer.named(fields, "sheenRoughnessTexture"),
    });
}
