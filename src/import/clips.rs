//! Animation clips of nodes and morph weights (glTF 2.0 section 3.11).

use super::accessor::Accessor;
use super::context::{Context, Notes, label};
use crate::avatar::{Clip, ClipChannel, Interpolation, Values};
use crate::diagnostic::Diagnostic;
use gltf::json::animation::{self, Interpolation as JsonInterpolation, Property};
use gltf::json::validation::Checked;

/// Animation `index` of the document. Curves that cannot be used are noted and left out.
///
/// `place` says where nodes are now, `targets` how many morph targets the node there has.
pub(super) fn clip(
    context: &Context<'_>,
    index: usize,
    place: &[Option<usize>],
    targets: &dyn Fn(usize) -> usize,
    notes: &mut Notes,
) -> Clip {
    let Some(json) = context.root.animations.get(index) else { return Clip::default() };
    let name = label("animation", json.name.as_deref(), index);
    let mut channels = Vec::new();
    for channel in &json.channels {
        // A node outside the scene is not seen.
        let Some(node) = place.get(channel.target.node.value()).copied().flatten() else { continue };
        match curve(context, json, channel, node, targets(node)) {
            Ok(curve) => channels.push(curve),
            Err(error) => notes.add(format!("{name}: a curve was left out: {}", error.message)),
        }
    }
    let last = |c: &ClipChannel| c.times_secs.last().copied().unwrap_or(0.0);
    let duration_secs = channels.iter().map(last).fold(0.0, f32::max);
    Clip { name: json.name.clone().unwrap_or_default(), duration_secs, channels }
}

fn curve(
    context: &Context<'_>,
    json: &animation::Animation,
    channel: &animation::Channel,
    node: usize,
    targets: usize,
) -> Result<ClipChannel, Diagnostic> {
    let sampler = json
        .samplers
        .get(channel.sampler.value())
        .ok_or_else(|| context.error("its sampler does not exist"))?;
    let times = Accessor::new(context, sampler.input.value())?.floats::<1>(context)?;
    let times_secs: Vec<f32> = times.into_iter().map(|[t]| t).collect();
    let ascends = times_secs.windows(2).all(|pair| matches!(pair, [a, b] if a <= b));
    let is_finite = times_secs.iter().all(|t| t.is_finite());
    if times_secs.is_empty() || !ascends || !is_finite {
        return Err(context.error("its times do not ascend"));
    }
    let interpolation = match sampler.interpolation {
        Checked::Valid(JsonInterpolation::Step) => Interpolation::Step,
        Checked::Valid(JsonInterpolation::CubicSpline) => Interpolation::CubicSpline,
        Checked::Valid(JsonInterpolation::Linear) | Checked::Invalid => Interpolation::Linear,
    };
    let Checked::Valid(property) = channel.target.path else {
        return Err(context.error("it moves an unknown property"));
    };
    let is_cubic = interpolation == Interpolation::CubicSpline;
    let keys = times_secs.len() * if is_cubic { 3 } else { 1 };
    let output = Accessor::new(context, sampler.output.value())?;
    let values = match property {
        Property::Translation => Values::Translation(finite(context, output.floats::<3>(context)?, keys)?),
        Property::Scale => Values::Scale(finite(context, output.floats::<3>(context)?, keys)?),
        Property::Rotation => {
            let mut turns = finite(context, output.floats::<4>(context)?, keys)?;
            // In a cubic spline the first and third of each three are tangents, which have any length.
            let values = turns.iter_mut().enumerate().filter(|(i, _)| !is_cubic || i % 3 == 1);
            values.for_each(|(_, q)| *q = unit(*q));
            Values::Rotation(turns)
        }
        Property::MorphTargetWeights => {
            if targets == 0 {
                return Err(context.error("it moves morph targets of a node that has none"));
            }
            let weights = finite(context, output.floats::<1>(context)?, keys.saturating_mul(targets))?;
            Values::MorphWeights(weights.into_iter().map(|[w]| w).collect())
        }
    };
    Ok(ClipChannel { node, times_secs, interpolation, values })
}

fn finite<const N: usize>(
    context: &Context<'_>,
    mut values: Vec<[f32; N]>,
    expected: usize,
) -> Result<Vec<[f32; N]>, Diagnostic> {
    if values.len() < expected {
        return Err(context.error("it has fewer values than times"));
    }
    values.truncate(expected);
    if values.iter().flatten().any(|c| !c.is_finite()) {
        return Err(context.error("it has values that are not numbers"));
    }
    Ok(values)
}

fn unit(turn: [f32; 4]) -> [f32; 4] {
    let q = glam::Quat::from_array(turn);
    if q.length() > 1e-6 { q.normalize().to_array() } else { glam::Quat::IDENTITY.to_array() }
}
