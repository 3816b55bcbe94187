//! `KHR_materials_anisotropy`: a highlight drawn out along a direction.

use crate::avatar::{Anisotropy, Material};
use crate::import::fields::Fields;
use crate::import::references::Refer;

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_materials_anisotropy";

pub(in crate::import) fn read(fields: Fields<'_>, refer: &mut Refer<'_>, material: &mut Material) {
    material.anisotropy = Some(Anisotropy {
        strength: fields.number("anisotropyStrength", 0.0, 0.0, 1.0),
        rotation: fields.number("anisotropyRotation", 0.0, -1e6, 1e6),
        texture: refer.named(fields, "anisotropyTexture"),
    });
}
