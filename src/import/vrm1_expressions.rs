//! VRM 1.0: expressions (`VRMC_vrm-1.0/expressions.md`).

use super::json::{clean, flag, index, list, number, numbers, text};
use super::mtoon::emissive_strength;
use super::vrm::{EXPRESSIONS_LIMIT, Scope};
use crate::avatar::{ColorBind, ColorPart, Override, OwnExpression, UvBind};
use crate::vocabulary::Expression;
use serde_json::Value;

/// What a colour bind changes, by its `type`.
const PARTS: &[(&str, ColorPart)] = &[
    ("color", ColorPart::Base),
    ("emissionColor", ColorPart::Emissive),
    ("shadeColor", ColorPart::Shade),
    ("matcapColor", ColorPart::Matcap),
    ("rimColor", ColorPart::Rim),
    ("outlineColor", ColorPart::Outline),
];

/// All expressions, presets first.
pub(super) fn expressions(vrm: &Value, scope: &mut Scope<'_, '_>) -> Vec<OwnExpression> {
    let json = vrm.get("expressions").unwrap_or(&Value::Null);
    let group = |member: &str| json.get(member).and_then(Value::as_object).into_iter().flatten();
    let mut out = Vec::new();
    for (name, json) in group("preset").take(EXPRESSIONS_LIMIT) {
        let preset = Expression::from_name(name);
        if preset.is_none() {
            let name = clean(name);
            scope.notes.add(format!("'{name}' is no preset expression; it is kept as one of its own"));
        }
        let name = preset.map_or_else(|| clean(name), |p| p.name().to_owned());
        out.push(OwnExpression { name, preset, ..expression(json, scope) });
    }
    for (name, json) in group("custom").take(EXPRESSIONS_LIMIT) {
        out.push(OwnExpression { name: clean(name), ..expression(json, scope) });
    }
    out
}

fn expression(json: &Value, scope: &mut Scope<'_, '_>) -> OwnExpression {
    let mut out = OwnExpression {
        is_binary: flag(json, "isBinary").unwrap_or(false),
        override_mouth: over(json, "overrideMouth"),
        override_blink: over(json, "overrideBlink"),
        override_look_at: over(json, "overrideLookAt"),
        ..OwnExpression::default()
    };
    for bind in list(json, "morphTargetBinds") {
        let Some(target) = index(bind, "index") else { continue };
        scope.by_node(index(bind, "node"), target, number(bind, "weight").unwrap_or(1.0), &mut out.morphs);
    }
    for bind in list(json, "materialColorBinds") {
        let kind = text(bind, "type");
        let part = PARTS.iter().find(|(name, _)| *name == kind).map(|(_, part)| *part);
        let value = numbers::<4>(bind, "targetValue")
            .or_else(|| numbers::<3>(bind, "targetValue").map(|[r, g, b]| [r, g, b, 1.0]));
        match (material(bind, scope), part, value) {
            (Some(material), Some(part), Some(value)) if scope.allow() => {
                let value = if part == ColorPart::Emissive { strong(value, material, scope) } else { value };
                out.colors.push(ColorBind { material, part, value: value.map(|c| c.clamp(0.0, 1e6)) });
            }
            (Some(_), Some(_), Some(_)) => {}
            _ => scope.missing("a colour that does not exist"),
        }
    }
    for bind in list(json, "textureTransformBinds") {
        match material(bind, scope) {
            Some(material) if scope.allow() => out.uvs.push(UvBind {
                material,
                offset: numbers(bind, "offset").unwrap_or([0.0; 2]).map(|c| c.clamp(-1e6, 1e6)),
                scale: numbers(bind, "scale").unwrap_or([1.0; 2]).map(|c| c.clamp(-1e6, 1e6)),
            }),
            Some(_) => {}
            None => scope.missing("a material that does not exist"),
        }
    }
    out
}

fn material(bind: &Value, scope: &Scope<'_, '_>) -> Option<usize> {
    index(bind, "material").filter(|m| *m < scope.materials.len())
}

/// The bind is in place of `emissiveFactor`, which a strength multiplies.
fn strong([r, g, b, a]: [f32; 4], material: usize, scope: &Scope<'_, '_>) -> [f32; 4] {
    let strength = scope.context.root.materials.get(material).map_or(1.0, emissive_strength);
    [r * strength, g * strength, b * strength, a]
}

fn over(json: &Value, member: &str) -> Override {
    match text(json, member).as_str() {
        "block" => Override::Block,
        "blend" => Override::Blend,
        _ => Override::None,
    }
}
