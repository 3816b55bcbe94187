//! `KHR_texture_transform`: texture coordinates moved, turned, scaled, and taken from another set.

use crate::import::fields::Fields;

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_texture_transform";

/// A transform, applied scale first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::import) struct Placed {
    pub(in crate::import) offset: [f32; 2],
    /// Radians.
    pub(in crate::import) rotation: f32,
    pub(in crate::import) scale: [f32; 2],
    /// In place of the texture info's own set.
    pub(in crate::import) set: Option<usize>,
}

/// The transform, or none.
pub(in crate::import) fn read(fields: Option<Fields<'_>>) -> Placed {
    let Some(fields) = fields else {
        return Placed { offset: [0.0; 2], rotation: 0.0, scale: [1.0; 2], set: None };
    };
    Placed {
        offset: fields.numbers("offset", [0.0; 2], -1e6, 1e6),
        rotation: fields.number("rotation", 0.0, -1e6, 1e6),
        scale: fields.numbers("scale", [1.0; 2], -1e6, 1e6),
        set: fields.index("texCoord"),
    }
}
