//! Skin influences: which joints move a vertex, its strongest eight, with weights that sum to one.

use super::accessor::Accessor;
use super::context::{Context, Notes};
use crate::avatar::Influences;
use crate::diagnostic::Diagnostic;
use gltf::json::mesh::{Primitive, Semantic};
use gltf::json::validation::Checked;

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
    for set in 0.. {
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
            add(influence, *j, *w, joints, notes);
        }
    }
    out.iter_mut().for_each(renormalise);
    Ok(out)
}

/// Adds what moves a vertex; where there is no free place, the weakest gives way.
fn add(out: &mut Influences, joints: [u32; 4], weights: [f32; 4], known: usize, notes: &mut Notes) {
    for (joint, weight) in joints.into_iter().zip(weights) {
        if !(weight.is_finite() && weight > 0.0) {
            continue;
        }
        let Some(joint) = u16::try_from(joint).ok().filter(|j| usize::from(*j) < known) else {
            notes.add("has vertices that follow a joint its skin does not have; those were left out");
            continue;
        };
        let places = out.joints.iter_mut().zip(&mut out.weights);
        let Some((slot, weakest)) = places.min_by(|(_, a), (_, b)| a.total_cmp(b)) else { continue };
        if *weakest > 0.0 {
            notes.add("has vertices with more than eight joints; the strongest eight are kept");
        }
        if weight > *weakest {
            (*slot, *weakest) = (joint, weight);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_eight_are_kept() {
        let mut notes = Notes::default();
        let mut out = Influences::default();
        for set in 0..3u32 {
            let joints = [0, 1, 2, 3].map(|j| set * 4 + j);
            add(&mut out, joints, joints.map(|j| 0.01 + j as f32 / 100.0), 12, &mut notes);
        }
        renormalise(&mut out);
        let mut kept = out.joints;
        kept.sort_unstable();
        assert_eq!(kept, [4, 5, 6, 7, 8, 9, 10, 11]);
        let sum: f32 = out.weights.iter().sum();
        assert!((sum - 1.0).abs() < 1e-6);
        assert_eq!(notes.into_report("a").len(), 1);
    }
}
