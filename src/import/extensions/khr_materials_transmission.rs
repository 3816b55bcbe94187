//! `KHR_materials_transmission`: light that passes through a thin surface.

use crate::avatar::{Material, Transmission};
use crate::import::fields::Fields;
use crate::import::references::Refer;

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_materials_transmission";

pub(in crate::import) fn read(fields: Fields<'_>, refer: &mut Refer<'_>, material: &mut Material) {
    material.transmission = Some(Transmission {
        strength: fields.number("transmissionFactor", 0.0, 0.0, 1.0),
        texture: refer.named(fields, "transmissionTexture"),
    });
}
