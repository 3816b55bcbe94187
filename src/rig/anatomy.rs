//! Whether what names say is a body: hips where legs and spine meet, left opposite to right, eyes in the head.
//!
//! A wrong bone does more harm than a missing one, so what fits no body is taken out again.

use super::bone_names::SIDED;
use super::bones::Bones;
use crate::vocabulary::Bone;
use glam::Vec3;

/// Left and right of a pair must lie this far apart at least, of the distance between the widest pair.
const APART: f32 = 0.01;

/// Pairs of fingers follow their hands.
const EYES: [Bone; 2] = [Bone::LeftEye, Bone::RightEye];

/// Corrects and clears what `bones` were found by name; `place` is where the nodes are.
pub(super) fn correct(bones: &mut Bones<'_>, place: &[Vec3]) {
    raise_hips(bones);
    raise_lone_head(bones);
    clear_upside_down(bones, place);
    swap_sides(bones, place);
    clear_crossed(bones, place);
    clear_eyes(bones, place);
}

fn at(bones: &Bones<'_>, place: &[Vec3], bone: Bone) -> Option<Vec3> {
    bones.get(bone).and_then(|n| place.get(n)).copied().filter(|p| p.is_finite())
}

/// Hips carry both legs and what stands on them; a node of that name that does not gives way to the one that does.
fn raise_hips(bones: &mut Bones<'_>) {
    let legs = bones.get(Bone::LeftUpperLeg).zip(bones.get(Bone::RightUpperLeg));
    let Some((left, right)) = legs else { return };
    let top = [Bone::Head, Bone::Neck, Bone::Chest, Bone::Spine].into_iter().find_map(|b| bones.get(b));
    let both = bones.junction(left, right);
    let all = both.zip(top).map_or(both, |(both, top)| bones.junction(both, top));
    let Some(all) = all else { return };
    let carries = |hips: usize| hips == all || bones.upwards(all).any(|n| n == hips);
    let is_far = |hips: usize| bones.upwards(all).take_while(|n| *n != hips).any(|n| names_hips(bones, n));
    match bones.get(Bone::Hips) {
        Some(hips) if carries(hips) && !is_far(hips) => {}
        _ if [left, right].contains(&all) => {}
        _ => bones.set(Bone::Hips, Some(all)),
    }
}

/// Whether a node has a name for hips itself.
fn names_hips(bones: &Bones<'_>, node: usize) -> bool {
    let rows = super::bone_names::MIDDLE.iter().filter(|(bone, _)| *bone == Bone::Hips);
    let label = bones.labels.get(node);
    rows.flat_map(|(_, names)| names.iter().take(3)).any(|name| label.is_some_and(|l| l.text == *name))
}

/// A head without a body may be a mesh beside its eyes: then what carries both is what turns.
fn raise_lone_head(bones: &mut Bones<'_>) {
    let Some(head) = bones.get(Bone::Head) else { return };
    let has_body =
        [Bone::Hips, Bone::Neck, Bone::Spine, Bone::LeftUpperArm].iter().any(|b| bones.get(*b).is_some());
    if has_body || bones.get(Bone::LeftEye).is_some() {
        return;
    }
    let rows = SIDED.iter().filter(|(left, _, _)| EYES.contains(left)).flat_map(|(_, _, names)| names.iter());
    let names: Vec<&str> = rows.copied().collect();
    let eye = |side| {
        let labels = bones.labels.iter().enumerate();
        let mut named = labels.filter(|(_, l)| l.side == Some(side) && names.contains(&l.text.as_str()));
        named.next().map(|(node, _)| node)
    };
    let eyes = eye(super::words::Side::Left).zip(eye(super::words::Side::Right));
    let Some((left, right)) = eyes else { return };
    let Some(all) = bones.junction(left, right).and_then(|eyes| bones.junction(eyes, head)) else { return };
    bones.set(Bone::Head, Some(all));
    bones.set(Bone::LeftEye, Some(left));
    bones.set(Bone::RightEye, Some(right));
}

/// A head below the hips is none, and neither is what hangs on it.
fn clear_upside_down(bones: &mut Bones<'_>, place: &[Vec3]) {
    let heights = at(bones, place, Bone::Head).zip(at(bones, place, Bone::Hips));
    if heights.is_some_and(|(head, hips)| head.y <= hips.y) {
        [Bone::Head, Bone::Neck, Bone::Jaw, Bone::LeftEye, Bone::RightEye]
            .iter()
            .for_each(|b| bones.set(*b, None));
    }
    let jaw = at(bones, place, Bone::Jaw).zip(at(bones, place, Bone::LeftEye));
    let head = at(bones, place, Bone::Head);
    if jaw.zip(head).is_some_and(|((jaw, eye), head)| jaw.y > eye.y + (eye.y - head.y).abs() * 0.5) {
        bones.set(Bone::Jaw, None);
    }
}

/// The direction to the left that most of the pairs agree on, by the sum of their distances.
fn across(bones: &Bones<'_>, place: &[Vec3]) -> Option<Vec3> {
    let pairs = SIDED.iter().filter(|(left, _, _)| *left != Bone::LeftHand);
    let distance = |(left, right, _): &(Bone, Bone, &[&str])| {
        let apart = at(bones, place, *left)? - at(bones, place, *right)?;
        Some(Vec3::new(apart.x, 0.0, apart.z))
    };
    let sum: Vec3 = pairs.filter_map(distance).sum();
    sum.try_normalize()
}

/// Some rigs count left and right as the audience sees them. Toes and eyes say where the front is; where all that there
/// are say that the named left is on the right, the names are taken the other way round.
fn swap_sides(bones: &mut Bones<'_>, place: &[Vec3]) {
    let Some(left) = across(bones, place) else { return };
    let forward = left.cross(Vec3::Y);
    let ahead = |from: Option<Vec3>, to: Option<Vec3>| {
        let step = (to? - from?) * Vec3::new(1.0, 0.0, 1.0);
        Some(step.try_normalize()?.dot(forward))
    };
    let place_of = |bone| at(bones, place, bone);
    let eyes = place_of(Bone::LeftEye).zip(place_of(Bone::RightEye)).map(|(l, r)| (l + r) * 0.5);
    let cues = [
        ahead(place_of(Bone::LeftFoot), place_of(Bone::LeftToes)),
        ahead(place_of(Bone::RightFoot), place_of(Bone::RightToes)),
        ahead(place_of(Bone::Head), eyes),
    ];
    let mut cues = cues.into_iter().flatten().peekable();
    if cues.peek().is_none() || !cues.all(|along| along < -0.5) {
        return;
    }
    for (one, other, _) in SIDED {
        let (a, b) = (bones.get(*one), bones.get(*other));
        bones.set(*one, b);
        bones.set(*other, a);
    }
}

/// Pairs whose left is on the right of their right are no pairs.
fn clear_crossed(bones: &mut Bones<'_>, place: &[Vec3]) {
    let Some(left) = across(bones, place) else { return };
    let along = |bones: &Bones<'_>, one: Bone, other: Bone| {
        Some((at(bones, place, one)? - at(bones, place, other)?).dot(left))
    };
    let widest = SIDED.iter().filter_map(|(l, r, _)| along(bones, *l, *r)).fold(0.0, f32::max);
    for (one, other, _) in SIDED {
        if along(bones, *one, *other).is_some_and(|distance| distance < widest * APART) {
            bones.set(*one, None);
            bones.set(*other, None);
        }
    }
}

/// Eyes are two, or none; and they are not below the head's own joint by more than they are apart.
fn clear_eyes(bones: &mut Bones<'_>, place: &[Vec3]) {
    let [left, right] = EYES.map(|eye| at(bones, place, eye));
    let head = at(bones, place, Bone::Head);
    let is_fit = match (left, right, head) {
        (Some(left), Some(right), Some(head)) => {
            let (middle, apart) = ((left + right) * 0.5, left.distance(right));
            middle.y > head.y - apart && apart > 1e-5
        }
        (Some(_), Some(_), None) => true,
        _ => false,
    };
    if !is_fit {
        EYES.iter().for_each(|eye| bones.set(*eye, None));
    }
}
