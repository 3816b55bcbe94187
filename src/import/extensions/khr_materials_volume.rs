//! `KHR_materials_volume`: what transmitted light passes through.

use crate::avatar::{Material, Volume};
use crate::import::fields::Fields;
use crate::import::references::Refer;

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_materials_volume";

pub(in crate::import) fn read(fields: Fields<'_>, refer: &mut Refer<'_>, material: &mut Material) {
    let distance = fields.number("attenuationDistance", f32::INFINITY, 0.0, f32::MAX);
    material.volume = Some(Volume {
        thickness: fields.number("thicknessFactor", 0.0, 0.0, 1e6),
        thickness_texture: refer.named(fields, "thicknessTexture"),
        // The specification wants more than zero.
        attenuation_distance: if distance > 0.0 { distance } else { f32::INFINITY },
        attenuation_color: fields.numbers("attenuationColor", [1.0; 3], 0.0, 1.0),
    });
}
