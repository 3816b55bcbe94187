//! VRM 0.x: `materialProperties`, the parameters of its shaders, as what VRM 1.0 calls them.
//!
//! Formulas of the change from `MToon` 0.x: the border of light and shade lies between the shift and the mean of
//! it and 1 by toony; outlines are in centimetres, or in hundredths of half the picture's height.

use super::context::{Context, Notes, label};
use super::json::{as_number, index, list, numbers, text};
use super::references::Refer;
use crate::avatar::{AlphaMode, Material, Outline, OutlineWidth, TextureRef, Toon, UvAnimation};
use serde_json::Value;
use std::f32::consts::TAU;

/// Shaders without light and how they use alpha: `None` as the glTF material says.
const UNLIT: &[(&str, Option<Blending>)] = &[
    ("VRM/UnlitTexture", Some(Blending::Opaque)),
    ("VRM/UnlitCutout", Some(Blending::Cutout)),
    ("VRM/UnlitTransparent", Some(Blending::Transparent)),
    ("VRM/UnlitTransparentZWrite", Some(Blending::Transparent)),
    ("Unlit/Texture", Some(Blending::Opaque)),
    ("Unlit/Color", Some(Blending::Opaque)),
    ("Unlit/Transparent", Some(Blending::Transparent)),
    ("Unlit/Transparent Cutout", Some(Blending::Cutout)),
];

const TOON: &str = "VRM/MToon";

/// `_BlendMode`, in order of its numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Blending {
    Opaque,
    Cutout,
    Transparent,
    TransparentWithZWrite,
}

/// Linear from sRGB; alpha stays (IEC 61966-2-1).
pub(super) fn linear([r, g, b, a]: [f32; 4]) -> [f32; 4] {
    let one = |c: f32| {
        if c <= 0.04045 { c.max(0.0) / 12.92 } else { libm::powf((c + 0.055) / 1.055, 2.4) }
    };
    [one(r), one(g), one(b), a]
}

/// glTF's texture offset and scale from those whose origin is the lower left corner.
pub(super) fn uv_from_st(offset: [f32; 2], scale: [f32; 2]) -> ([f32; 2], [f32; 2]) {
    let limit = |v: [f32; 2]| v.map(|c| c.clamp(-1e6, 1e6));
    (limit([offset[0], 1.0 - offset[1] - scale[1]]), limit(scale))
}

/// Gives the materials, which stand in the order of the properties, what these say.
pub(super) fn apply(vrm: &Value, context: &Context<'_>, materials: &mut [Material], notes: &mut Notes) {
    let all = list(vrm, "materialProperties");
    let queues = Queues::of(all);
    for (i, (json, material)) in all.iter().zip(materials).enumerate() {
        let shader = text(json, "shader");
        let properties = Properties { json };
        if let Some((_, blending)) = UNLIT.iter().find(|(name, _)| *name == shader) {
            material.is_unlit = true;
            if let Some(blending) = blending {
                material.alpha_mode = properties.alpha(*blending);
            }
        } else if shader == TOON {
            let mut own = Notes::default();
            let mut refer = Refer::new(context, &mut own);
            properties.toon(material, &queues, &mut refer);
            notes.append(own.prefixed(&label("material", Some(&material.name), i)));
        }
    }
}

/// The render queues that blended toon materials use, ascending: their ranks are what counts.
struct Queues {
    plain: Vec<i64>,
    with_z_write: Vec<i64>,
}

impl Queues {
    fn of(all: &[Value]) -> Self {
        let of = |wanted: Blending| {
            let toons = all.iter().filter(|json| text(json, "shader") == TOON);
            let mut queues: Vec<i64> = toons
                .filter(|json| Properties { json }.blending() == wanted)
                .filter_map(|json| json.get("renderQueue").and_then(Value::as_i64))
                .collect();
            queues.sort_unstable();
            queues.dedup();
            queues
        };
        Self { plain: of(Blending::Transparent), with_z_write: of(Blending::TransparentWithZWrite) }
    }

    /// −9..=0 for plain ones, the last drawn 0; 0..=9 for the others, the first drawn 0.
    fn offset(&self, blending: Blending, queue: Option<i64>) -> i32 {
        let rank = |all: &[i64]| queue.and_then(|q| all.binary_search(&q).ok()).unwrap_or(0);
        match blending {
            Blending::Transparent => {
                let after = self.plain.len().saturating_sub(1).saturating_sub(rank(&self.plain));
                -(after.min(9) as i32)
            }
            Blending::TransparentWithZWrite => rank(&self.with_z_write).min(9) as i32,
            Blending::Opaque | Blending::Cutout => 0,
        }
    }
}

/// One element of `materialProperties`.
#[derive(Clone, Copy)]
struct Properties<'a> {
    json: &'a Value,
}

impl Properties<'_> {
    fn number(self, name: &str, default: f32) -> f32 {
        let value = self.json.get("floatProperties").and_then(|p| p.get(name)).and_then(as_number);
        value.unwrap_or(default)
    }

    fn share(self, name: &str, default: f32) -> f32 {
        self.number(name, default).clamp(0.0, 1.0)
    }

    fn vector(self, name: &str) -> Option<[f32; 4]> {
        numbers(self.json.get("vectorProperties")?, name)
    }

    /// An sRGB colour as a linear one.
    fn color(self, name: &str, default: [f32; 4]) -> [f32; 4] {
        linear(self.vector(name).unwrap_or(default)).map(|c| c.clamp(0.0, 1e6))
    }

    fn rgb(self, name: &str, default: [f32; 3]) -> [f32; 3] {
        let [r, g, b] = default;
        let [r, g, b, _] = self.color(name, [r, g, b, 1.0]);
        [r, g, b]
    }

    fn blending(self) -> Blending {
        match self.number("_BlendMode", 0.0) as i32 {
            1 => Blending::Cutout,
            2 => Blending::Transparent,
            3 => Blending::TransparentWithZWrite,
            _ => Blending::Opaque,
        }
    }

    fn alpha(self, blending: Blending) -> AlphaMode {
        match blending {
            Blending::Opaque => AlphaMode::Opaque,
            Blending::Cutout => AlphaMode::Mask { cutoff: self.share("_Cutoff", 0.5) },
            Blending::Transparent | Blending::TransparentWithZWrite => AlphaMode::Blend,
        }
    }

    /// A texture; all but the matcap share the transform of the main one.
    fn texture(self, name: &str, refer: &mut Refer<'_>) -> Option<TextureRef> {
        let texture = index(self.json.get("textureProperties")?, name)?;
        let mut reference = refer.texture(texture, 0, None)?;
        if let Some([x, y, width, height]) = self.vector("_MainTex").filter(|_| name != "_SphereAdd") {
            (reference.offset, reference.scale) = uv_from_st([x, y], [width, height]);
        }
        Some(reference)
    }

    fn toon(self, material: &mut Material, queues: &Queues, refer: &mut Refer<'_>) {
        let blending = self.blending();
        material.alpha_mode = self.alpha(blending);
        // 0 shows both sides, 1 the inner, 2 the outer; an inner side alone is not drawn by any renderer of glTF.
        material.is_double_sided = (self.number("_CullMode", 2.0) as i32) < 2;
        material.base_color = self.color("_Color", [1.0; 4]);
        material.base_color_texture = self.texture("_MainTex", refer).or(material.base_color_texture);
        if let Some([r, g, b, _]) = self.vector("_EmissionColor") {
            // The only colour that is linear already, so that it may exceed 1.
            material.emissive = [r, g, b].map(|c| c.clamp(0.0, 1e6));
        }
        material.emissive_texture = self.texture("_EmissionMap", refer).or(material.emissive_texture);
        let queue = self.json.get("renderQueue").and_then(Value::as_i64);
        let (shading_shift, shading_toony) =
            shading(self.share("_ShadeToony", 0.9), self.number("_ShadeShift", 0.0).clamp(-1.0, 1.0));
        let matcap_texture = self.texture("_SphereAdd", refer);
        material.toon = Some(Toon {
            shade_color: self.rgb("_ShadeColor", [0.97, 0.81, 0.86]),
            shade_texture: self.texture("_ShadeTexture", refer),
            shading_shift,
            shading_shift_texture: None,
            shading_toony,
            gi_equalization: 1.0 - self.share("_IndirectLightIntensity", 0.1),
            matcap_factor: if matcap_texture.is_some() { [1.0; 3] } else { [0.0; 3] },
            matcap_texture,
            rim_color: self.rgb("_RimColor", [0.0; 3]),
            rim_texture: self.texture("_RimTexture", refer),
            rim_lighting_mix: self.share("_RimLightingMix", 0.0),
            rim_fresnel_power: self.number("_RimFresnelPower", 1.0).clamp(0.0, 1e3),
            rim_lift: self.number("_RimLift", 0.0).clamp(-1e3, 1e3),
            outline: self.outline(refer),
            uv_animation: UvAnimation {
                mask_texture: self.texture("_UvAnimMaskTexture", refer),
                // v counts downwards here and upwards there; turns are full ones.
                scroll: [self.number("_UvAnimScrollX", 0.0), -self.number("_UvAnimScrollY", 0.0)]
                    .map(|c| c.clamp(-1e3, 1e3)),
                rotation: (self.number("_UvAnimRotation", 0.0) * TAU).clamp(-1e3, 1e3),
            },
            is_transparent_with_z_write: blending == Blending::TransparentWithZWrite,
            render_queue_offset: queues.offset(blending, queue),
        });
    }

    fn outline(self, refer: &mut Refer<'_>) -> Outline {
        let (width_mode, unit) = match self.number("_OutlineWidthMode", 0.0) as i32 {
            1 => (OutlineWidth::World, 0.01),
            2 => (OutlineWidth::Screen, 0.005),
            _ => (OutlineWidth::None, 0.0),
        };
        // Colour mode 0 is a fixed colour, 1 one that the light changes.
        let is_mixed = self.number("_OutlineColorMode", 0.0) as i32 == 1;
        Outline {
            width_mode,
            width: (self.number("_OutlineWidth", 0.5) * unit).clamp(0.0, 1.0),
            width_texture: self.texture("_OutlineWidthTexture", refer),
            color: self.rgb("_OutlineColor", [0.0; 3]),
            lighting_mix: if is_mixed { self.share("_OutlineLightingMix", 1.0) } else { 0.0 },
        }
    }
}

/// Shift and toony of 1.0 from those of 0.x: the same ramp from shade to light, by its middle and its width.
fn shading(toony: f32, shift: f32) -> (f32, f32) {
    let (from, to) = (shift, 1.0 + (shift - 1.0) * toony);
    ((-(from + to) * 0.5).clamp(-1.0, 1.0), ((2.0 - (to - from)) * 0.5).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ramp_from_shade_to_light_stays() {
        let near = |(shift, toony): (f32, f32), wanted: (f32, f32)| {
            assert!((shift - wanted.0).abs() < 1e-5 && (toony - wanted.1).abs() < 1e-5, "{shift} {toony}");
        };
        // The default; the cosine law: a ramp over 0..=1; half the cosine's: over −1..=1.
        near(shading(0.9, 0.0), (-0.05, 0.95));
        near(shading(0.0, 0.0), (-0.5, 0.5));
        near(shading(0.0, -1.0), (0.0, 0.0));
    }

    #[test]
    fn colours_and_corners_are_converted() {
        let [r, g, b, a] = linear([0.5, 0.0, 1.0, 0.5]);
        assert!((r - 0.214_041).abs() < 1e-5 && g == 0.0 && (b - 1.0).abs() < 1e-6 && a == 0.5);
        // The upper left quarter of a picture.
        assert_eq!(uv_from_st([0.0, 0.5], [0.5, 0.5]), ([0.0, 0.0], [0.5, 0.5]));
    }
}
