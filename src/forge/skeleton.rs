//! The humanoid skeleton: where each bone of VRM 1.0 stands, and which source bones it gathers.
//!
//! Every bone's rest rotation is the identity, so that a pose means the same on each avatar forged here.

use glam::Vec3;
use serde::Deserialize;
use std::collections::BTreeMap;

use super::ForgeError;
use super::base::{Base, range};
use crate::vocabulary::Bone;

/// One bone: its parent and where it stands at rest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Joint {
    pub(super) bone: Bone,
    pub(super) parent: Option<Bone>,
    /// Metres, in the avatar's space.
    pub(super) position: Vec3,
}

/// Up to four bones and their shares, the largest first; the shares sum to one.
pub(super) type Skin = [(u8, f32); 4];

/// A skin that follows one bone alone.
pub(super) const fn rigid(bone: Bone) -> Skin {
    [(bone as u8, 1.0), (0, 0.0), (0, 0.0), (0, 0.0)]
}

/// Where a bone's joint stands in the source mesh.
const CENTRAL: [(Bone, Option<Bone>, &str); 7] = [
    (Bone::Hips, None, "joint-pelvis"),
    (Bone::Spine, Some(Bone::Hips), "joint-spine-4"),
    (Bone::Chest, Some(Bone::Spine), "joint-spine-2"),
    (Bone::UpperChest, Some(Bone::Chest), "joint-spine-1"),
    (Bone::Neck, Some(Bone::UpperChest), "joint-neck"),
    (Bone::Head, Some(Bone::Neck), "joint-head"),
    (Bone::Jaw, Some(Bone::Head), "joint-mouth"),
];

/// The same for paired bones: left, right, and what follows `joint-l-` or `joint-r-`.
const PAIRED: [(Bone, Bone, &str); 8] = [
    (Bone::LeftShoulder, Bone::RightShoulder, "clavicle"),
    (Bone::LeftUpperArm, Bone::RightUpperArm, "shoulder"),
    (Bone::LeftLowerArm, Bone::RightLowerArm, "elbow"),
    (Bone::LeftHand, Bone::RightHand, "hand"),
    (Bone::LeftUpperLeg, Bone::RightUpperLeg, "upper-leg"),
    (Bone::LeftLowerLeg, Bone::RightLowerLeg, "knee"),
    (Bone::LeftFoot, Bone::RightFoot, "ankle"),
    (Bone::LeftToes, Bone::RightToes, "toe-3-1"),
];

/// Fingers: the thumb's and the others' first bone on each side, in source order 1 (thumb) to 5 (little).
const FINGERS: [(Bone, Bone); 5] = [
    (Bone::LeftThumbMetacarpal, Bone::RightThumbMetacarpal),
    (Bone::LeftIndexProximal, Bone::RightIndexProximal),
    (Bone::LeftMiddleProximal, Bone::RightMiddleProximal),
    (Bone::LeftRingProximal, Bone::RightRingProximal),
    (Bone::LeftLittleProximal, Bone::RightLittleProximal),
];

/// The joints, in the order of [`Bone::ALL`].
///
/// # Errors
/// When the source mesh lacks a joint cube.
pub(super) fn joints(base: &Base) -> Result<Vec<Joint>, ForgeError> {
    let cube = |name: &str| {
        base.cube(name).ok_or_else(|| ForgeError::Malformed {
            entry: "3dobjs/base.obj".into(),
            line: 0,
            reason: format!("no group '{name}'"),
        })
    };
    let mut joints = Vec::with_capacity(Bone::COUNT);
    for (bone, parent, name) in CENTRAL {
        joints.push(Joint { bone, parent, position: cube(name)? });
    }
    for (side, letter) in ["l", "r"].into_iter().enumerate() {
        for (left, right, name) in PAIRED {
            let bone = if side == 0 { left } else { right };
            let position = cube(&format!("joint-{letter}-{name}"))?;
            joints.push(Joint { bone, parent: Some(limb_parent(bone)), position });
        }
        let hand = if side == 0 { Bone::LeftHand } else { Bone::RightHand };
        for (finger, (left, right)) in FINGERS.into_iter().enumerate() {
            let first = if side == 0 { left } else { right };
            for segment in 0..3 {
                let Some(&bone) = Bone::ALL.get(first.index() + segment) else { continue };
                let parent = if segment == 0 { hand } else { Bone::ALL[first.index() + segment - 1] };
                // The cubes of a finger begin at its knuckle; those of the thumb at its root.
                let position = cube(&format!("joint-{letter}-finger-{}-{}", finger + 1, segment + 1))?;
                joints.push(Joint { bone, parent: Some(parent), position });
            }
        }
    }
    for (bone, vertices) in [(Bone::LeftEye, range::LEFT_EYE), (Bone::RightEye, range::RIGHT_EYE)] {
        let position = super::eyes::Ball::of(base, vertices).centre;
        joints.push(Joint { bone, parent: Some(Bone::Head), position });
    }
    joints.sort_by_key(|joint| joint.bone.index());
    Ok(joints)
}

fn limb_parent(bone: Bone) -> Bone {
    match bone {
        Bone::LeftShoulder | Bone::RightShoulder => Bone::UpperChest,
        Bone::LeftUpperLeg | Bone::RightUpperLeg => Bone::Hips,
        // Within a limb the vocabulary lists bones from the trunk outwards.
        _ => Bone::ALL[bone.index() - 1],
    }
}

/// Which humanoid bone takes the weight of a source bone.
fn gather(source: &str) -> Bone {
    let (stem, left) = match source.rsplit_once('.') {
        Some((stem, side)) => (stem, side == "L"),
        None => (source, true),
    };
    let side = |l: Bone, r: Bone| if left { l } else { r };
    match stem {
        "root" | "pelvis" => Bone::Hips,
        "spine05" | "spine04" => Bone::Spine,
        "spine03" => Bone::Chest,
        "spine02" | "spine01" | "breast" => Bone::UpperChest,
        "neck01" | "neck02" | "neck03" => Bone::Neck,
        "eye" => side(Bone::LeftEye, Bone::RightEye),
        "clavicle" | "shoulder01" => side(Bone::LeftShoulder, Bone::RightShoulder),
        "upperarm01" | "upperarm02" => side(Bone::LeftUpperArm, Bone::RightUpperArm),
        "lowerarm01" | "lowerarm02" => side(Bone::LeftLowerArm, Bone::RightLowerArm),
        "wrist" => side(Bone::LeftHand, Bone::RightHand),
        "upperleg01" | "upperleg02" => side(Bone::LeftUpperLeg, Bone::RightUpperLeg),
        "lowerleg01" | "lowerleg02" => side(Bone::LeftLowerLeg, Bone::RightLowerLeg),
        "foot" => side(Bone::LeftFoot, Bone::RightFoot),
        _ if stem.starts_with("metacarpal") => side(Bone::LeftHand, Bone::RightHand),
        _ if stem.starts_with("toe") => side(Bone::LeftToes, Bone::RightToes),
        _ => finger(stem).map_or(Bone::Head, |(l, r)| side(l, r)),
    }
}

/// `finger2-1` and its like.
fn finger(stem: &str) -> Option<(Bone, Bone)> {
    let (number, segment) = stem.strip_prefix("finger")?.split_once('-')?;
    let number: usize = number.parse().ok()?;
    let segment: usize = segment.parse().ok()?;
    let (left, right) = *FINGERS.get(number.checked_sub(1)?)?;
    let offset = segment.checked_sub(1)?;
    Some((*Bone::ALL.get(left.index() + offset)?, *Bone::ALL.get(right.index() + offset)?))
}

#[derive(Deserialize)]
struct Weights {
    weights: BTreeMap<String, Vec<(usize, f32)>>,
}

/// The skin of each source vertex, from the text of `weights.default.json`.
///
/// # Errors
/// When the text is not as expected.
pub(super) fn skins(text: &str, vertices: usize) -> Result<Vec<Skin>, ForgeError> {
    let source: Weights = serde_json::from_str(text).map_err(|e| ForgeError::Malformed {
        entry: "rigs/standard/weights.default.json".into(),
        line: e.line(),
        reason: e.to_string(),
    })?;
    let mut shares = vec![[0.0_f32; Bone::COUNT]; vertices];
    for (name, list) in &source.weights {
        let bone = gather(name).index();
        for &(vertex, weight) in list {
            if let Some(share) = shares.get_mut(vertex).and_then(|row| row.get_mut(bone)) {
                *share += weight;
            }
        }
    }
    Ok(shares.iter().map(strongest).collect())
}

/// The four largest shares, made to sum to one; the hips where there are none.
pub(super) fn strongest(row: &[f32; Bone::COUNT]) -> Skin {
    let mut ranked: Vec<(u8, f32)> =
        row.iter().enumerate().filter(|(_, w)| **w > 0.0).map(|(bone, w)| (bone as u8, *w)).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.truncate(4);
    let sum: f32 = ranked.iter().map(|r| r.1).sum();
    if sum <= 0.0 {
        return rigid(Bone::Hips);
    }
    let mut skin = [(0, 0.0); 4];
    for (slot, (bone, weight)) in skin.iter_mut().zip(ranked) {
        *slot = (bone, weight / sum);
    }
    skin
}

/// The mixture of several skins.
pub(super) fn mix(parts: &[(Skin, f32)]) -> Skin {
    let mut row = [0.0_f32; Bone::COUNT];
    for (skin, share) in parts {
        for (bone, weight) in skin {
            if let Some(slot) = row.get_mut(usize::from(*bone)) {
                *slot += weight * share;
            }
        }
    }
    strongest(&row)
}
