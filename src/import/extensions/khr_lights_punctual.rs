//! `KHR_lights_punctual`: lights on nodes.

use crate::avatar::{Light, LightKind};
use crate::import::context::{Context, Notes};
use crate::import::fields::Fields;
use std::f32::consts::{FRAC_PI_2, FRAC_PI_4};

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_lights_punctual";

/// All lights on nodes that are kept; `place` says where nodes are now.
pub(in crate::import) fn lights(
    context: &Context<'_>,
    place: &[Option<usize>],
    notes: &mut Notes,
) -> Vec<Light> {
    let root = Fields::extension(context.root.extensions.as_ref().map(|e| &e.others), NAME);
    let known = root.map_or(&[][..], |r| r.list("lights"));
    let mut out = Vec::new();
    for (json, place) in context.root.nodes.iter().zip(place) {
        let fields = Fields::extension(json.extensions.as_ref().map(|e| &e.others), NAME);
        let (Some(fields), Some(node)) = (fields, *place) else { continue };
        let light = fields.index("light").and_then(|i| known.get(i)).and_then(Fields::of);
        match light.and_then(|light| read(light, node)) {
            Some(light) => out.push(light),
            None => notes.add("a node has a light that does not exist or is of an unknown type"),
        }
    }
    out.sort_by_key(|light| light.node);
    out
}

fn read(fields: Fields<'_>, node: usize) -> Option<Light> {
    let kind = match fields.text("type")? {
        "directional" => LightKind::Directional,
        "point" => LightKind::Point,
        "spot" => {
            let cone = fields.object("spot");
            let angle = |key, instead| cone.map_or(instead, |c| c.number(key, instead, 0.0, FRAC_PI_2));
            let outer = angle("outerConeAngle", FRAC_PI_4);
            LightKind::Spot { inner: angle("innerConeAngle", 0.0).min(outer), outer }
        }
        _ => return None,
    };
    let range = fields.number("range", f32::INFINITY, 0.0, f32::MAX);
    Some(Light {
        name: fields.text("name").unwrap_or_default().to_owned(),
        node,
        kind,
        color: fields.numbers("color", [1.0; 3], 0.0, 1.0),
        intensity: fields.number("intensity", 1.0, 0.0, 1e9),
        range: (range > 0.0 && range.is_finite()).then_some(range),
    })
}
