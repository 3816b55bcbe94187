//! The least and greatest numbers that accessors claim to hold (glTF 2.0 section 3.6.2.5).

use crate::import::accessor::Accessor;
use crate::import::context::Context;
use gltf::json::Value;
use gltf::json::accessor::ComponentType;
use rayon::prelude::*;

/// How many accessors claim others than they hold. What is packed is bounded before it is packed, and its numbers are near
/// those only.
pub(super) fn wrong(context: &Context<'_>) -> usize {
    (0..context.root.accessors.len()).into_par_iter().filter(|i| is_wrong(context, *i) == Some(true)).count()
}

fn is_wrong(context: &Context<'_>, index: usize) -> Option<bool> {
    let json = context.root.accessors.get(index)?;
    if json.min.is_none() && json.max.is_none() || context.is_packed(index) {
        return None;
    }
    // What cannot be read is told by whoever needs it.
    let accessor = Accessor::new(context, index).ok()?;
    let mut low = vec![f64::INFINITY; accessor.width];
    let mut high = vec![f64::NEG_INFINITY; accessor.width];
    accessor.each_raw(|component, value| {
        if let (Some(low), Some(high)) = (low.get_mut(component), high.get_mut(component)) {
            *low = low.min(value);
            *high = high.max(value);
        }
    });
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
