//! `VRMC_materials_mtoon` and `VRMC_materials_hdr_emissiveMultiplier`: what VRM 1.0 adds to a glTF material.

use super::extensions::khr_materials_emissive_strength;
use super::fields::Fields;
use super::json::{flag, number, numbers, text, within};
use super::references::Refer;
use crate::avatar::{Material, Outline, OutlineWidth, Toon, UvAnimation};
use gltf::json;
use serde_json::Value;

const EXTENSION: &str = "VRMC_materials_mtoon";
const EMISSIVE: &str = "VRMC_materials_hdr_emissiveMultiplier";

fn extension<'a>(material: &'a json::Material, name: &str) -> Option<&'a Value> {
    material.extensions.as_ref()?.others.get(name).filter(|v| v.is_object())
}

/// By what `emissiveFactor` is multiplied; `KHR_materials_emissive_strength` comes first where both are there.
pub(super) fn emissive_strength(material: &json::Material) -> f32 {
    let khr = extension(material, khr_materials_emissive_strength::NAME);
    let strength = khr.map(|e| number(e, "emissiveStrength").unwrap_or(1.0));
    let strength = strength.or_else(|| number(extension(material, EMISSIVE)?, "emissiveMultiplier"));
    strength.filter(|s| s.is_finite()).map_or(1.0, |s| s.clamp(0.0, 1e6))
}

/// Gives a material its toon parameters and its emission.
pub(super) fn apply(json: &json::Material, refer: &mut Refer<'_>, material: &mut Material) {
    let has_strength = extension(json, khr_materials_emissive_strength::NAME).is_some();
    if !has_strength && extension(json, EMISSIVE).is_some() {
        material.emissive = material.emissive.map(|c| c * emissive_strength(json));
    }
    if let Some(toon) = extension(json, EXTENSION) {
        material.toon = Some(parameters(toon, refer));
    }
}

fn parameters(json: &Value, refer: &mut Refer<'_>) -> Toon {
    let normal = Toon::default();
    let color = |member: &str, default: [f32; 3]| {
        numbers::<3>(json, member).map_or(default, |c| c.map(|c| c.clamp(0.0, 1e6)))
    };
    let share = |member: &str, default: f32| within(json, member, default, 0.0, 1.0);
    let mut texture = |member: &str| Fields::of(json).and_then(|fields| refer.named(fields, member));
    let shift_scale = json.get("shadingShiftTexture").map_or(1.0, |t| within(t, "scale", 1.0, -1e3, 1e3));
    Toon {
        shade_color: color("shadeColorFactor", normal.shade_color),
        shade_texture: texture("shadeMultiplyTexture"),
        shading_shift: within(json, "shadingShiftFactor", normal.shading_shift, -1.0, 1.0),
        shading_shift_texture: texture("shadingShiftTexture").map(|t| (t, shift_scale)),
        shading_toony: share("shadingToonyFactor", normal.shading_toony),
        gi_equalization: share("giEqualizationFactor", normal.gi_equalization),
        matcap_factor: color("matcapFactor", normal.matcap_factor),
        matcap_texture: texture("matcapTexture"),
        rim_color: color("parametricRimColorFactor", normal.rim_color),
        rim_texture: texture("rimMultiplyTexture"),
        rim_lighting_mix: share("rimLightingMixFactor", normal.rim_lighting_mix),
        rim_fresnel_power: within(
            json,
            "parametricRimFresnelPowerFactor",
            normal.rim_fresnel_power,
            0.0,
            1e3,
        ),
        rim_lift: within(json, "parametricRimLiftFactor", normal.rim_lift, -1e3, 1e3),
        outline: Outline {
            width_mode: match text(json, "outlineWidthMode").as_str() {
                "worldCoordinates" => OutlineWidth::World,
                "screenCoordinates" => OutlineWidth::Screen,
                _ => OutlineWidth::None,
            },
            width: within(json, "outlineWidthFactor", 0.0, 0.0, 1.0),
            width_texture: texture("outlineWidthMultiplyTexture"),
            color: color("outlineColorFactor", normal.outline.color),
            lighting_mix: share("outlineLightingMixFactor", normal.outline.lighting_mix),
        },
        uv_animation: UvAnimation {
            mask_texture: texture("uvAnimationMaskTexture"),
            scroll: ["uvAnimationScrollXSpeedFactor", "uvAnimationScrollYSpeedFactor"]
                .map(|member| within(json, member, 0.0, -1e3, 1e3)),
            rotation: within(json, "uvAnimationRotationSpeedFactor", 0.0, -1e3, 1e3),
        },
        is_transparent_with_z_write: flag(json, "transparentWithZWrite").unwrap_or(false),
        render_queue_offset: within(json, "renderQueueOffsetNumber", 0.0, -9.0, 9.0) as i32,
    }
}
