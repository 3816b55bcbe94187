//! Where the body's parts are, for cutting clothes.

use glam::Vec3;

use super::super::part::{Part, Vertex};
use super::super::person::Outfit;
use super::super::skeleton::Joint;
use super::probe::Probe;
use super::shirt::SCOOP;
use crate::vocabulary::Bone;

/// Joints and lengths of one person.
#[derive(Debug, Clone)]
pub(in crate::forge) struct Measures {
    joints: Vec<Joint>,
    /// From neck to hips: lengths on the trunk are shares of it.
    trunk: f32,
    /// From the neck's joint to the side of the neck.
    neck: f32,
    outfit: Outfit,
}

impl Measures {
    /// Of the skeleton, for a person who wears `outfit`.
    pub(in crate::forge) fn of(joints: &[Joint], outfit: Outfit) -> Self {
        let mut measures = Self { joints: joints.to_vec(), trunk: 1.0, neck: 0.06, outfit };
        measures.trunk = measures.at(Bone::Neck).y - measures.at(Bone::Hips).y;
        measures
    }

    /// The same, with the neck measured on its `skin`.
    pub(super) fn fitted(&self, skin: &Probe<'_>) -> Self {
        let neck = self.at(Bone::Neck) + Vec3::Y * 0.020;
        let reach = skin.last(neck, Vec3::X).map_or(self.neck, |hit| hit.point.x);
        Self { neck: reach.clamp(0.042, 0.075), ..self.clone() }
    }

    /// What of `body` collars stand around.
    pub(super) fn neck(&self, body: &Part) -> Part {
        let neck = self.at(Bone::Neck);
        body.clip(|v| 0.11 - v.position.x.abs()).clip(|v| 0.08 - (v.position.y - neck.y).abs())
    }

    /// How far from the middle a jacket passes the neck.
    pub(super) fn neck_side(&self) -> f32 {
        self.neck + 0.010
    }

    /// How far from the middle anything may reach under a jacket: beyond, its shoulders may lie lower than the body's.
    pub(super) fn under(&self) -> f32 {
        /// As a share of the way to the arm's joint.
        const SHARE: f32 = 0.8;
        self.at(Bone::LeftUpperArm).x * SHARE
    }

    /// Where the bone's joint stands.
    pub(in crate::forge) fn at(&self, bone: Bone) -> Vec3 {
        self.joints.get(bone.index()).map_or(Vec3::ZERO, |joint| joint.position)
    }

    /// The height at `share` of the trunk: 0 at the hips, 1 at the neck's joint.
    pub(super) fn height(&self, share: f32) -> f32 {
        self.at(Bone::Hips).y + self.trunk * share
    }

    /// How big the person is beside one whose trunk is 0.56 m long.
    pub(super) fn scale(&self) -> f32 {
        self.trunk / 0.56
    }

    /// Where the legs part.
    pub(super) fn crotch(&self) -> f32 {
        self.height(-0.17)
    }

    /// How far `p` lies before the wrist, along the forearm; negative on the hand.
    pub(super) fn before_wrist(&self, p: Vec3) -> f32 {
        let mirrored = Vec3::new(p.x.abs(), p.y, p.z);
        let (elbow, hand) = (self.at(Bone::LeftLowerArm), self.at(Bone::LeftHand));
        (hand - mirrored).dot((hand - elbow).normalize_or(Vec3::Y))
    }

    /// Whether the vertex belongs to an arm or a hand.
    pub(super) fn is_arm(&self, vertex: &Vertex) -> bool {
        let fingers: f32 = vertex.skin.iter().filter(|(bone, _)| *bone >= FINGERS).map(|(_, w)| w).sum();
        arm_share(vertex) + fingers > 0.5
    }

    /// The nearest point of the left arm's axis, and how far along it that is: 0 shoulder, 1 elbow, 2 wrist.
    pub(super) fn arm(&self, p: Vec3) -> (Vec3, f32) {
        self.limb(p, [Bone::LeftUpperArm, Bone::LeftLowerArm, Bone::LeftHand])
    }

    /// The nearest point of the left leg's axis, and how far along it that is: 0 hip, 1 knee, 2 ankle.
    pub(super) fn leg(&self, p: Vec3) -> (Vec3, f32) {
        self.limb(p, [Bone::LeftUpperLeg, Bone::LeftLowerLeg, Bone::LeftFoot])
    }

    fn limb(&self, p: Vec3, bones: [Bone; 3]) -> (Vec3, f32) {
        let [a, b, c] = bones.map(|bone| self.at(bone));
        let share = |from: Vec3, to: Vec3| (p - from).dot(to - from) / (to - from).length_squared().max(1e-9);
        let (first, second) = (share(a, b).min(1.0), share(b, c).max(0.0));
        let (on_first, on_second) = (a + (b - a) * first, b + (c - b) * second);
        if on_first.distance_squared(p) <= on_second.distance_squared(p) {
            (on_first, first)
        } else {
            (on_second, 1.0 + second)
        }
    }

    /// Half the width of the bare V below the throat at height `y`; negative below it.
    pub(super) fn neckline(&self, y: f32) -> f32 {
        let (bottom, slope) = match self.outfit {
            Outfit::Suit | Outfit::Blazer | Outfit::Stage => (2.0, 1.0),
            Outfit::Dress => (0.77, 0.68),
        };
        (y - self.height(bottom)) * slope
    }

    /// Whether skin at `p` can be seen; `head` is whether the head carries it.
    pub(in crate::forge) fn bare(&self, p: Vec3, head: bool) -> bool {
        let neck = self.at(Bone::Neck);
        let hand = self.before_wrist(p) < 0.03 && p.x.abs() > self.at(Bone::LeftLowerArm).x;
        let throat = p.z > neck.z && p.x.abs() < self.neckline(p.y) + 0.020;
        let slope = if self.outfit == Outfit::Dress { 0.2 } else { SCOOP };
        let nape = p.y > neck.y - 0.002 - slope * (p.z - neck.z + 0.02) && p.x.abs() < self.under();
        head || hand || throat || nape
    }
}

/// The bones of the arms.
pub(super) const ARMS: [Bone; 6] = [
    Bone::LeftUpperArm,
    Bone::LeftLowerArm,
    Bone::LeftHand,
    Bone::RightUpperArm,
    Bone::RightLowerArm,
    Bone::RightHand,
];

/// The first bone of the fingers, which come after all others.
const FINGERS: u8 = Bone::LeftThumbMetacarpal as u8;

/// How much of the vertex they carry.
pub(super) fn arm_share(vertex: &Vertex) -> f32 {
    vertex.skin.iter().filter(|(bone, _)| ARMS.iter().any(|b| *b as u8 == *bone)).map(|(_, w)| w).sum()
}
