//! The pose in which the document's nodes rest: a T (`VRMC_vrm-1.0/tpose.md`).
//!
//! The source stands with its arms half lowered, and the meshes stay as they stand there: only the nodes are turned, and the
//! inverse bind matrices know by how much. So hanging arms bend a shoulder less than if the meshes were lifted too.

use glam::{Mat4, Quat, Vec3};

use super::model::Model;
use crate::vocabulary::Bone::{self, *};

/// Bones of the arms that point straight out in a T, parents first: the bone, what lies at its end, and to which side.
const STRAIGHT: [(Bone, Bone, f32); 6] = [
    (LeftUpperArm, LeftLowerArm, 1.0),
    (LeftLowerArm, LeftHand, 1.0),
    (LeftHand, LeftMiddleProximal, 1.0),
    (RightUpperArm, RightLowerArm, -1.0),
    (RightLowerArm, RightHand, -1.0),
    (RightHand, RightMiddleProximal, -1.0),
];

/// Knuckles of a hand from the little finger to the index finger, which points ahead where the palm looks down.
const KNUCKLES: [(Bone, Bone, Bone); 2] =
    [(LeftHand, LeftLittleProximal, LeftIndexProximal), (RightHand, RightLittleProximal, RightIndexProximal)];

/// How one joint rests.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rest {
    /// Where it is in the T, metres, in the avatar's space.
    pub(super) place: Vec3,
    /// Where it is in the source's pose.
    source: Vec3,
    /// What turns the source's pose into the T.
    turn: Quat,
}

impl Rest {
    /// From the meshes' space into the joint's.
    pub(super) fn inverse_bind(&self) -> Mat4 {
        Mat4::from_quat(self.turn) * Mat4::from_translation(-self.source)
    }
}

/// All joints with their parents: the humanoid bones in their order, then the extra ones.
pub(super) fn joints(model: &Model) -> Vec<(Option<usize>, Vec3)> {
    let humanoid = model.joints.iter().map(|j| (j.parent.map(Bone::index), j.position));
    humanoid.chain(model.bundle.extras.iter().map(|e| (Some(e.parent), e.position))).collect()
}

/// How each of [`joints`] rests; parents come before their children.
pub(super) fn pose(joints: &[(Option<usize>, Vec3)]) -> Vec<Rest> {
    let along = |from: Bone, to: Bone| {
        let place = |bone: Bone| joints.get(bone.index()).map(|j| j.1);
        (place(to)? - place(from)?).try_normalize()
    };
    let mut out: Vec<Rest> = Vec::with_capacity(joints.len());
    for (index, &(parent, source)) in joints.iter().enumerate() {
        let above = parent.and_then(|p| out.get(p)).copied();
        let carried = above.map_or(Quat::IDENTITY, |a| a.turn);
        let place = above.map_or(source, |a| a.place + a.turn * (source - a.source));
        let straight = STRAIGHT.iter().find(|row| row.0.index() == index);
        let turn = straight
            .and_then(|&(bone, end, side)| {
                let goal = Vec3::X * side;
                let turn = Quat::from_rotation_arc(carried * along(bone, end)?, goal) * carried;
                Some(palm_down(bone, goal, turn, along) * turn)
            })
            .unwrap_or(carried);
        out.push(Rest { place, source, turn });
    }
    out
}

/// What rolls a hand about the arm until its palm looks down.
fn palm_down(bone: Bone, arm: Vec3, turn: Quat, along: impl Fn(Bone, Bone) -> Option<Vec3>) -> Quat {
    let across = KNUCKLES.iter().find(|row| row.0 == bone).and_then(|&(_, little, index)| {
        (turn * along(little, index)?).reject_from_normalized(arm).try_normalize()
    });
    across.map_or(Quat::IDENTITY, |across| Quat::from_rotation_arc(across, Vec3::Z))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An arm that hangs outwards and bends forwards, on a body of bones at the origin.
    fn joints() -> Vec<(Option<usize>, Vec3)> {
        let mut joints: Vec<(Option<usize>, Vec3)> = vec![(None, Vec3::ZERO); Bone::COUNT];
        let rows = [
            (LeftUpperArm, None, Vec3::new(0.2, 1.4, 0.0)),
            (LeftLowerArm, Some(LeftUpperArm), Vec3::new(0.4, 1.2, 0.0)),
            (LeftHand, Some(LeftLowerArm), Vec3::new(0.5, 1.1, 0.2)),
            (LeftMiddleProximal, Some(LeftHand), Vec3::new(0.55, 1.05, 0.28)),
            (LeftIndexProximal, Some(LeftHand), Vec3::new(0.54, 1.07, 0.30)),
            (LeftLittleProximal, Some(LeftHand), Vec3::new(0.57, 1.02, 0.24)),
        ];
        for (bone, parent, place) in rows {
            joints[bone.index()] = (parent.map(Bone::index), place);
        }
        joints
    }

    #[test]
    fn arms_point_out_and_palms_down() {
        let rests = pose(&joints());
        let place = |bone: Bone| rests[bone.index()].place;
        for (from, to) in
            [(LeftUpperArm, LeftLowerArm), (LeftLowerArm, LeftHand), (LeftHand, LeftMiddleProximal)]
        {
            let along = (place(to) - place(from)).normalize();
            assert!(along.distance(Vec3::X) < 1e-4, "{from}: {along}");
        }
        let across = place(LeftIndexProximal) - place(LeftLittleProximal);
        assert!(across.z > 0.0 && across.y.abs() < 1e-4, "{across}");
    }

    #[test]
    fn a_joint_finds_its_own_place_at_its_origin() {
        let joints = joints();
        for (rest, (_, source)) in pose(&joints).iter().zip(&joints) {
            assert!(rest.inverse_bind().transform_point3(*source).length() < 1e-5);
        }
    }
}
