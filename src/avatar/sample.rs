//! What a clip's curves say at a moment (glTF 2.0 section 3.11 and appendix C).

use super::clip::{Channel, Clip, Interpolation, Values};
use super::node::Transform;
use glam::{Quat, Vec3};

/// A place between two keys: the earlier key's index, the share of the way to the next, and the seconds between them.
struct Place {
    key: usize,
    share: f32,
    span_secs: f32,
}

impl Clip {
    /// Writes the local transforms of the moved nodes over those in `locals`.
    pub fn sample_into(&self, secs: f32, locals: &mut [Transform]) {
        for channel in &self.channels {
            let Some(local) = locals.get_mut(channel.node) else { continue };
            let place = channel.place(secs);
            match &channel.values {
                Values::Translation(values) => {
                    local.translation = vector(channel, values, &place).unwrap_or(local.translation);
                }
                Values::Scale(values) => local.scale = vector(channel, values, &place).unwrap_or(local.scale),
                Values::Rotation(values) => {
                    local.rotation = rotation(channel, values, &place).unwrap_or(local.rotation);
                }
                Values::MorphWeights(_) => {}
            }
        }
    }
}

impl Channel {
    fn place(&self, secs: f32) -> Place {
        let after = self.times_secs.partition_point(|t| *t <= secs);
        let key = after.saturating_sub(1);
        let at = |i: usize| self.times_secs.get(i).copied();
        let (Some(from), Some(to)) = (at(key), at(key + 1)) else {
            return Place { key, share: 0.0, span_secs: 0.0 };
        };
        let span_secs = to - from;
        let share = if span_secs > 0.0 { ((secs - from) / span_secs).clamp(0.0, 1.0) } else { 0.0 };
        let share = if self.interpolation == Interpolation::Step { 0.0 } else { share };
        Place { key, share, span_secs }
    }
}

fn vector(channel: &Channel, values: &[[f32; 3]], place: &Place) -> Option<Vec3> {
    let value = |index: usize| values.get(index).map(|v| Vec3::from(*v));
    if channel.interpolation == Interpolation::CubicSpline {
        let [v0, out, into, v1] = spline_keys(place.key);
        let start = value(v0)?;
        let (Some(out), Some(into), Some(end)) = (value(out), value(into), value(v1)) else {
            return Some(start);
        };
        let [a, b, c, d] = hermite(place);
        return Some(start * a + out * b + end * c + into * d);
    }
    let start = value(place.key)?;
    Some(value(place.key + 1).map_or(start, |end| start.lerp(end, place.share)))
}

fn rotation(channel: &Channel, values: &[[f32; 4]], place: &Place) -> Option<Quat> {
    let value = |index: usize| values.get(index).map(|v| Quat::from_array(*v));
    let usable = |q: Quat| (q.is_finite() && q.length_squared() > 1e-6).then(|| q.normalize());
    if channel.interpolation == Interpolation::CubicSpline {
        let [v0, out, into, v1] = spline_keys(place.key);
        let start = value(v0)?;
        let (Some(out), Some(into), Some(end)) = (value(out), value(into), value(v1)) else {
            return usable(start);
        };
        let [a, b, c, d] = hermite(place);
        return usable(start * a + out * b + end * c + into * d);
    }
    let start = value(place.key)?;
    match value(place.key + 1).filter(|_| place.share > 0.0) {
        Some(end) => usable(start.slerp(end, place.share)),
        None => usable(start),
    }
}

/// Of the key: value and out-tangent; of the next: in-tangent and value.
fn spline_keys(key: usize) -> [usize; 4] {
    let first = key.saturating_mul(3);
    [first + 1, first + 2, first + 3, first + 4]
}

/// Weights of start value, its out-tangent, end value and its in-tangent.
fn hermite(place: &Place) -> [f32; 4] {
    let t = place.share;
    let (t2, t3) = (t * t, t * t * t);
    [
        2.0 * t3 - 3.0 * t2 + 1.0,
        (t3 - 2.0 * t2 + t) * place.span_secs,
        3.0 * t2 - 2.0 * t3,
        (t3 - t2) * place.span_secs,
    ]
}
