//! How an avatar stands by its author's own word: the first pose of a clip that is called idle.

use crate::avatar::{Avatar, Clip, Interpolation, Values};
use glam::Quat;

/// What such clips are called, as the last word of the name.
const NAMES: &[&str] = &["idle", "standing", "stand"];

/// Local rotations in place of the rest ones, by node; `None` where no clip says.
pub(super) fn stance(avatar: &Avatar) -> Option<Vec<(usize, Quat)>> {
    let named = |name: &&str| avatar.clips.iter().find(|c| last_word(&c.name).as_deref() == Some(*name));
    NAMES.iter().find_map(named).map(first_rotations).filter(|rotations| !rotations.is_empty())
}

fn last_word(name: &str) -> Option<String> {
    super::words::words(name).into_iter().rev().find(|w| !super::words::is_number(w))
}

fn first_rotations(clip: &Clip) -> Vec<(usize, Quat)> {
    let first = |values: &Values, interpolation| match values {
        // A spline's key begins with its in-tangent.
        Values::Rotation(keys) => keys.get(usize::from(interpolation == Interpolation::CubicSpline)).copied(),
        _ => None,
    };
    clip.channels
        .iter()
        .filter_map(|c| Some((c.node, Quat::from_array(first(&c.values, c.interpolation)?))))
        .filter(|(_, rotation)| rotation.is_finite() && rotation.length_squared() > 0.5)
        .map(|(node, rotation)| (node, rotation.normalize()))
        .collect()
}
