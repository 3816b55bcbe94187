//! VRM 0.x: blend shape groups as expressions.

use super::json::{flag, index, list, number, numbers, text};
use super::vrm::{EXPRESSIONS_LIMIT, Scope};
use super::vrm0_materials::{linear, uv_from_st};
use crate::avatar::{ColorBind, ColorPart, OwnExpression, UvBind};
use crate::vocabulary::Expression;
use serde_json::Value;

/// Presets by what 0.x calls them; capitals do not matter.
const PRESETS: &[(&str, Expression)] = &[
    ("neutral", Expression::Neutral),
    ("a", Expression::Aa),
    ("i", Expression::Ih),
    ("u", Expression::Ou),
    ("e", Expression::Ee),
    ("o", Expression::Oh),
    ("blink", Expression::Blink),
    ("blink_l", Expression::BlinkLeft),
    ("blink_r", Expression::BlinkRight),
    ("joy", Expression::Happy),
    ("angry", Expression::Angry),
    ("sorrow", Expression::Sad),
    ("fun", Expression::Relaxed),
    ("lookup", Expression::LookUp),
    ("lookdown", Expression::LookDown),
    ("lookleft", Expression::LookLeft),
    ("lookright", Expression::LookRight),
];

/// What a material value changes, by its `propertyName`; colours other than the emission are sRGB.
const COLORS: &[(&str, ColorPart)] = &[
    ("_Color", ColorPart::Base),
    ("_EmissionColor", ColorPart::Emissive),
    ("_ShadeColor", ColorPart::Shade),
    ("_RimColor", ColorPart::Rim),
    ("_OutlineColor", ColorPart::Outline),
];

/// All expressions as the file has them.
pub(super) fn expressions(vrm: &Value, scope: &mut Scope<'_, '_>) -> Vec<OwnExpression> {
    let master = vrm.get("blendShapeMaster").unwrap_or(&Value::Null);
    let mut out: Vec<OwnExpression> = Vec::new();
    for (i, group) in list(master, "blendShapeGroups").iter().take(EXPRESSIONS_LIMIT).enumerate() {
        let called = text(group, "presetName");
        let preset = PRESETS.iter().find(|(name, _)| name.eq_ignore_ascii_case(&called)).map(|(_, p)| *p);
        let preset = preset.filter(|p| out.iter().all(|e| e.preset != Some(*p)));
        let own =
            Some(text(group, "name")).filter(|n| !n.is_empty()).unwrap_or_else(|| format!("expression {i}"));
        let mut expression = OwnExpression {
            name: preset.map_or(own, |p| p.name().to_owned()),
            preset,
            is_binary: flag(group, "isBinary").unwrap_or(false),
            ..OwnExpression::default()
        };
        for bind in list(group, "binds") {
            let Some(target) = index(bind, "index") else { continue };
            let weight = number(bind, "weight").unwrap_or(100.0) / 100.0;
            scope.by_mesh(index(bind, "mesh"), target, weight, &mut expression.morphs);
        }
        for value in list(group, "materialValues") {
            material_value(value, scope, &mut expression);
        }
        out.push(expression);
    }
    out
}

/// Changes of the materials that have a name; several may share it.
fn material_value(json: &Value, scope: &mut Scope<'_, '_>, expression: &mut OwnExpression) {
    let (name, property) = (text(json, "materialName"), text(json, "propertyName"));
    let Some(value) = numbers::<4>(json, "targetValue") else {
        return scope.missing("a material value that is no four numbers");
    };
    let named = scope.materials_called(&name);
    if named.is_empty() {
        scope.missing("a material that does not exist");
    }
    let part = COLORS.iter().find(|(known, _)| *known == property).map(|(_, part)| *part);
    for material in named {
        if !scope.allow() {
            return;
        }
        let (own_offset, own_scale) = scope.materials.get(material).copied().unwrap_or(([0.0; 2], [1.0; 2]));
        if let Some(part) = part {
            let value = if part == ColorPart::Emissive { value } else { linear(value) };
            let value = value.map(|c| c.clamp(0.0, 1e6));
            expression.colors.push(ColorBind { material, part, value });
            continue;
        }
        let (offset, scale) = uv_from_st([value[2], value[3]], [value[0], value[1]]);
        // `_S` and `_T` move one axis only; the other keeps what it has.
        let (x, y) = match property.strip_prefix("_MainTex_ST") {
            Some("") => (true, true),
            Some("_S") => (true, false),
            Some("_T") => (false, true),
            _ => {
                scope
                    .notes
                    .add(format!("an expression changes '{property}' of a material, which is not known"));
                continue;
            }
        };
        let pick = |is_moved: [bool; 2], new: [f32; 2], old: [f32; 2]| {
            [if is_moved[0] { new[0] } else { old[0] }, if is_moved[1] { new[1] } else { old[1] }]
        };
        expression.uvs.push(UvBind {
            material,
            offset: pick([x, y], offset, own_offset),
            scale: pick([x, y], scale, own_scale),
        });
    }
}
