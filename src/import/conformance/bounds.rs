//! The least and greatest numbers that accessors claim to hold (glTF 2.0 section 3.6.2.5).

use crate::import::accessor::Accessor;
use crate::import::context::Context;
use gltf::json::Value;
use gltf::json::accessor::ComponentType;
use rayon::prelude::*;

/// How many accessors cannot be read, and how many claim others than they hold. What is packed is bounded before it is packed,
/// and its numbers are near those only.
pub(super) fn faults(context: &Context<'_>) -> (usize, usize) {
    let one = |index| match is_wrong(context, index) {
        None => (1, 0),
        Some(wrong) => (0, usize::from(wrong)),
    };
    let sum = |a: (usize, usize), b: (usize, usize)| (a.0 + b.0, a.1 + b.1);
    (0..context.root.accessors.len()).into_par_iter().map(one).reduce(|| (0, 0), sum)
}

/// `None` where it cannot be read.
fn is_wrong(context: &Context<'_>, index: usize) -> Option<bool> {
    let accessor = Accessor::new(context, index).ok()?;
    let json = context.root.accessors.get(index)?;
    if json.min.is_none() && json.max.is_none() || context.is_packed(index) {
        return Some(false);
    }
    let (low, high): (Vec<f64>, Vec<f64>) = accessor.extremes().into_iter().unzip();
    let differs = |claim: &Option<Value>, held: &[f64]| {
        claim.as_ref().is_some_and(|claim| !agrees(claim, held, accessor.kind, accessor.count))
    };
    Some(differs(&json.min, &low) || differs(&json.max, &high))
}

/// Whether a list of numbers is what was held, as far as the accessor's own kind of number can tell.
fn agrees(claim: &Value, held: &[f64], kind: ComponentType, count: usize) -> bool {
    let Some(list) = claim.as_array().filter(|list| list.len() == held.len()) else { return false };
    let slack = if kind == ComponentType::F32 { f64::from(f32::EPSILON) } else { 0.0 };
    list.iter().zip(held).all(|(claim, held)| {
        let near = |claim: f64| (claim - held).abs() <= held.abs() * slack;
        claim.as_f64().is_some_and(|claim| count == 0 || !held.is_finite() || near(claim))
    })
}
