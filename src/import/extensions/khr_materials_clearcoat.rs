//! `KHR_materials_clearcoat`: a clear layer above the rest.

use crate::avatar::{Clearcoat, Material};
use crate::import::fields::Fields;
use crate::import::references::Refer;

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_materials_clearcoat";

pub(in crate::import) fn read(fields: Fields<'_>, refer: &mut Refer<'_>, material: &mut Material) {
    let normal = fields.object("clearcoatNormalTexture");
    material.clearcoat = Some(Clearcoat {
        strength: fields.number("clearcoatFactor", 0.0, 0.0, 1.0),
        texture: refer.named(fields, "clearcoatTexture"),
        roughness: fields.number("clearcoatRoughnessFactor", 0.0, 0.0, 1.0),
        roughness_texture: refer.named(fields, "clearcoatRoughnessTexture"),
        normal_texture: refer.named(fields, "clearcoatNormalTexture"),
        normal_scale: normal.map_or(1.0, |n| n.number("scale", 1.0, -100.0, 100.0)),
    });
}
