//! `KHR_materials_unlit`: the base colour as it is.

use crate::avatar::Material;
use crate::import::fields::Fields;
use crate::import::references::Refer;

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_materials_unlit";

pub(in crate::import) fn read(_: Fields<'_>, _: &mut Refer<'_>, material: &mut Material) {
    material.is_unlit = true;
}
