//! The avatar's own expressions: from what is worn to morph weights and changed materials.
//!
//! Source: `VRMC_vrm-1.0/expressions.md`. It does not decide what is worn.

use crate::avatar::{Avatar, ColorPart, Material, Override, OwnExpression};
use crate::frame::{Actor, MaterialOverride};
use crate::vocabulary::ExpressionKind;

/// How strong each expression is in the end, for what each was given, one each: binary ones are off or on,
/// and those that others override give way.
pub fn weigh_expressions(expressions: &[OwnExpression], given: &[f32]) -> Vec<f32> {
    let mut strengths = Vec::new();
    weigh_into(expressions, given, &mut strengths);
    strengths
}

/// Like [`weigh_expressions`], over whatever `strengths` held.
pub(super) fn weigh_into(expressions: &[OwnExpression], given: &[f32], strengths: &mut Vec<f32>) {
    let restraint = Restraint::of(expressions, given);
    let one = |(own, given): (&OwnExpression, &f32)| {
        let effect = restraint.effect(own.kind());
        // What is off or on cannot be attenuated: any effect switches it off.
        let left = if own.is_binary && effect > 0.0 { 0.0 } else { 1.0 - effect };
        output(own, *given) * left
    };
    strengths.clear();
    strengths.extend(expressions.iter().zip(given).map(one));
}

/// An expression's own strength, before others override it.
fn output(own: &OwnExpression, given: f32) -> f32 {
    let given = if given.is_finite() { given.clamp(0.0, 1.0) } else { 0.0 };
    match own.is_binary {
        true if given > 0.5 => 1.0,
        true => 0.0,
        false => given,
    }
}

/// How much the worn expressions take from those that a program makes by itself, 0..=1 each.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Restraint {
    mouth: f32,
    blink: f32,
    look_at: f32,
}

impl Restraint {
    /// Of expressions given these weights. What is suppressed itself still overrides.
    pub(super) fn of(expressions: &[OwnExpression], given: &[f32]) -> Self {
        let effect = |kind: ExpressionKind| {
            let one =
                |(own, given): (&OwnExpression, &f32)| match (own.override_of(kind), output(own, *given)) {
                    (Override::Block, weight) if weight > 0.0 => 1.0,
                    (Override::Blend, weight) => weight,
                    _ => 0.0,
                };
            expressions.iter().zip(given).map(one).sum::<f32>().min(1.0)
        };
        Self {
            mouth: effect(ExpressionKind::Mouth),
            blink: effect(ExpressionKind::Blink),
            look_at: effect(ExpressionKind::LookAt),
        }
    }

    /// How much is taken from expressions of `kind`.
    pub(super) fn effect(&self, kind: ExpressionKind) -> f32 {
        match kind {
            ExpressionKind::Mouth => self.mouth,
            ExpressionKind::Blink => self.blink,
            ExpressionKind::LookAt => self.look_at,
            ExpressionKind::Face => 0.0,
        }
    }
}

/// Adds morphs and material changes of expressions with these strengths to `actor`. `share(e, b)` says how much
/// bind `b` of expression `e` counts.
pub(super) fn apply(
    avatar: &Avatar,
    strengths: &[f32],
    share: impl Fn(usize, usize) -> f32,
    actor: &mut Actor,
) {
    for (index, (own, &strength)) in avatar.expressions.iter().zip(strengths).enumerate() {
        if strength <= 0.0 {
            continue;
        }
        for (nth, bind) in own.morphs.iter().enumerate() {
            if let Some(slot) = actor.morph_weights.get_mut(bind.node).and_then(|w| w.get_mut(bind.target)) {
                *slot += bind.weight * strength * share(index, nth);
            }
        }
        materials(avatar, own, strength, &mut actor.material_overrides);
    }
}

/// `own + Σ (bound − own) · strength` for colours; the same for every texture's offset and scale.
fn materials(avatar: &Avatar, own: &OwnExpression, strength: f32, out: &mut Vec<MaterialOverride>) {
    for bind in &own.colors {
        let Some(material) = avatar.materials.get(bind.material) else { continue };
        let change = change_of(out, bind.material, material);
        let [r, g, b, alpha] = bind.value;
        let toon = material.toon.as_ref();
        let (slot, base) = match (bind.part, toon) {
            (ColorPart::Base, _) => {
                change.base_color[3] += (alpha - material.base_color[3]) * strength;
                let [r, g, b, _] = &mut change.base_color;
                let base = [material.base_color[0], material.base_color[1], material.base_color[2]];
                ([r, g, b], base)
            }
            (ColorPart::Emissive, _) => (change.emissive.each_mut(), material.emissive),
            (ColorPart::Shade, Some(toon)) => (change.shade_color.each_mut(), toon.shade_color),
            (ColorPart::Matcap, Some(toon)) => (change.matcap_factor.each_mut(), toon.matcap_factor),
            (ColorPart::Rim, Some(toon)) => (change.rim_color.each_mut(), toon.rim_color),
            (ColorPart::Outline, Some(toon)) => (change.outline_color.each_mut(), toon.outline.color),
            (_, None) => continue,
        };
        for ((slot, base), bound) in slot.into_iter().zip(base).zip([r, g, b]) {
            *slot += (bound - base) * strength;
        }
    }
    for bind in &own.uvs {
        let Some(material) = avatar.materials.get(bind.material) else { continue };
        let change = change_of(out, bind.material, material);
        change.uv_keep -= strength;
        for axis in 0..2 {
            change.uv_offset[axis] += bind.offset[axis] * strength;
            change.uv_scale[axis] += bind.scale[axis] * strength;
        }
    }
}

fn change_of<'a>(
    out: &'a mut Vec<MaterialOverride>,
    index: usize,
    material: &Material,
) -> &'a mut MaterialOverride {
    let place = out.iter().position(|c| c.material == index).unwrap_or_else(|| {
        out.push(MaterialOverride::unchanged(index, material));
        out.len() - 1
    });
    &mut out[place]
}
