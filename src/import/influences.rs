//! Skin influences: which joints move a vertex, at most eight, with weights that sum to one.

use super::accessor::Accessor;
use super::context::{Context, Notes};
use crate::avatar::Influences;
use crate::diagnostic::Diagnostic;
use gltf::json::mesh::{Primitive, Semantic};
use gltf::json::validation::Checked;

/// Sets of four that are read.
const SETS: u32 = 2;

/// The influences of `count` vertices on a skin of `joints` joints; empty where the primitive has none.
pub(super) fn influences(
    context: &Context<'_>,
    json: &Primitive,
    count: usize,
    joints: usize,
    notes: &mut Notes,
) -> Result<Vec<Influences>, Diagnostic> {
    let attribute = |semantic| json.attributes.get(&Checked::Valid(semantic)).map(|a| a.value());
    let mut out = Vec::new();
    for set in 0..SETS {
        let (Some(j), Some(w)) = (attribute(Semantic::Joints(set)), attribute(Semantic::Weights(set))) else {
            break;
        };
        let j = Accessor::new(context, j)?.integers::<4>(context)?;
        let w = Accessor::new(context, w)?.floats::<4>(context)?;
        if j.len() != count || w.len() != count {
            return Err(context.error("has skin influences for another number of vertices than it has"));
        }
        if out.is_empty() {
            context.charge(count, size_of::<Influences>())?;
            out = vec![Influences::default(); count];
        }
        for ((influence, j), w) in out.iter_mut().zip(&j).zip(&w) {
            fill(influence, set as usize * 4, *j, *w, joints, notes);
        }
    }
    if attribute(Semantic::Joints(SETS)).is_some() {
        notes.add("has vertices with more than eight joints; the further ones were left out");
    }
    out.iter_mut().for_each(renormalise);
    Ok(out)
}

fn fill(
    out: &mut Influences,
    at: usize,
    joints: [u32; 4],
    weights: [f32; 4],
    known: usize,
    notes: &mut Notes,
) {
    let slots = out.joints.iter_mut().zip(&mut out.weights).skip(at);
    for ((slot, out_weight), (joint, weight)) in slots.zip(joints.into_iter().zip(weights)) {
        if !(weight.is_finite() && weight > 0.0) {
            continue;
        }
        match u16::try_from(joint) {
            Ok(joint) if usize::from(joint) < known => (*slot, *out_weight) = (joint, weight),
            _ => notes.add("has vertices that follow a joint its skin does not have; those were left out"),
        }
    }
}

fn renormalise(influence: &mut Influences) {
    let sum: f32 = influence.weights.iter().sum();
    if sum > 0.0 && sum.is_finite() {
        influence.weights.iter_mut().for_each(|w| *w /= sum);
    } else {
        *influence = Influences::default();
    }
}
