//! An arm's pose by how its joints bend, independent of any avatar.
//!
//! Written for the left arm; the right one is its mirror. +X is outwards, +Y up, +Z ahead.

use super::hands::{HandShape, RELAXED};
use crate::rig::{ArmMeasures, ArmTurns};
use glam::{Mat3, Quat, Vec3};

/// Where something wants the middle of the palm, whatever the avatar's proportions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reach {
    /// From between the shoulders, or from the chin, in lengths of the arm; +X is outwards, +Z from the body's front.
    pub(super) at: Vec3,
    /// 1 from the chin.
    pub(super) chin: f32,
    /// How much of it is wanted.
    pub(super) weight: f32,
}

pub(super) const NO_REACH: Reach = Reach { at: Vec3::ZERO, chin: 0.0, weight: 0.0 };

/// A pose as it is written: where everything points, of any length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pointing {
    pub(super) upper: [f32; 3],
    pub(super) lower: [f32; 3],
    pub(super) palm: [f32; 3],
    /// Where the fingers point; all zero goes on where the forearm points.
    pub(super) fingers: [f32; 3],
    pub(super) shape: HandShape,
    pub(super) reach: Reach,
}

/// What an arm's joints do, from a T-pose with the palm down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ArmPose {
    /// Turns the upper arm.
    pub(super) upper: Quat,
    /// Turns the hand against the forearm, once that is rolled.
    pub(super) wrist: Quat,
    /// How far the elbow bends, and how far the forearm rolls, radians.
    pub(super) bend: f32,
    pub(super) roll: f32,
    /// Fingers.
    pub(super) shape: [f32; 11],
    /// [`Reach`]: where, from the chin, how much.
    pub(super) reach: [f32; 5],
}

impl Default for ArmPose {
    fn default() -> Self {
        let (upper, wrist) = (Quat::IDENTITY, Quat::IDENTITY);
        Self { upper, wrist, bend: 0.0, roll: 0.0, shape: RELAXED.numbers(), reach: [0.0; 5] }
    }
}

/// Of the forearm's roll this is seen in the forearm, the rest at the wrist.
const ROLL_SHARE: f32 = 0.55;
/// Above this angle under the horizon, radians, the shoulder rises with the upper arm, by this share.
const SHOULDER_FROM: f32 = -0.6;
const SHOULDER_SHARE: f32 = 0.22;
/// An arm that reaches is not quite straight.
const STRAIGHTEST: f32 = 0.985;
/// A hand that is to touch something may be so deep in the ovals that stand for a body, hip heights.
const TOUCH: f32 = 0.05;
/// How thick half a hand is, hip heights.
const HALF_HAND: f32 = 0.018;

impl ArmPose {
    pub(super) fn of(pointing: &Pointing) -> Self {
        let Pointing { upper, lower, palm, fingers, shape, reach } = pointing;
        let upper = Vec3::from(*upper).normalize_or(Vec3::NEG_Y);
        let lower = Vec3::from(*lower).normalize_or(Vec3::NEG_Y);
        let fingers = Vec3::from(*fingers).try_normalize().unwrap_or(lower);
        let back = -Vec3::from(*palm).reject_from_normalized(fingers).normalize_or(Vec3::Z);
        let hand = Quat::from_mat3(&Mat3::from_cols(fingers, back, fingers.cross(back)));
        let mut pose = Self::joints(upper, lower, hand, Vec3::Y);
        pose.shape = shape.numbers();
        pose.reach = [reach.at.x, reach.at.y, reach.at.z, reach.chin, reach.weight];
        pose
    }

    /// The joints that have the bones point so, and the hand turned by `hand`; `hinge` is the back of the elbow's axis where
    /// the arm is straight.
    fn joints(upper: Vec3, lower: Vec3, hand: Quat, hinge: Vec3) -> Self {
        let axis = -upper.cross(lower);
        let axis = if axis.length_squared() > 1e-6 { axis } else { hinge.reject_from_normalized(upper) };
        let axis = axis.normalize_or(upper.any_orthonormal_vector());
        let turn = Quat::from_mat3(&Mat3::from_cols(upper, axis, upper.cross(axis)));
        let bend = libm::acosf(upper.dot(lower).clamp(-1.0, 1.0));
        let (roll, wrist) = split((turn * bent(bend)).inverse() * hand);
        Self { upper: turn, wrist, bend, roll, ..Self::default() }
    }

    /// Adds the way from `from` to `to`, each group of joints by its own share: upper arm, forearm, wrist, fingers.
    pub(super) fn go(&mut self, from: &Self, to: &Self, shares: [f32; 4]) {
        let [upper, lower, wrist, fingers] = shares;
        self.upper *= way(from.upper, to.upper, upper);
        self.wrist *= way(from.wrist, to.wrist, wrist);
        self.bend += (to.bend - from.bend) * lower;
        self.roll += (to.roll - from.roll) * lower;
        for ((own, from), to) in self.shape.iter_mut().zip(from.shape).zip(to.shape) {
            *own += (to - from) * fingers;
        }
        for ((own, from), to) in self.reach.iter_mut().zip(from.reach).zip(to.reach) {
            *own += (to - from) * upper;
        }
    }

    /// What turns the bones of the left arm (`side` 0) or the right.
    pub(super) fn turns(&self, side: usize, measures: &ArmMeasures, out: &mut ArmTurns) {
        let mut pose = *self;
        let hand = pose.upper * bent(pose.bend) * rolled(pose.roll) * pose.wrist;
        if self.reach[4] > 1e-6 {
            pose = self.reaching(side, measures, hand);
        } else {
            // On its way from pose to pose a wrist may roll, too; what rolls is shared as everywhere.
            (pose.roll, _) = split(rolled(pose.roll) * pose.wrist);
        }
        out.touch = TOUCH * (4.0 * self.reach[4]).clamp(0.0, 1.0);
        let lower = pose.upper * bent(pose.bend) * rolled(pose.roll * ROLL_SHARE);
        let rise = libm::asinf((pose.upper * Vec3::X).y.clamp(-1.0, 1.0)) - SHOULDER_FROM;
        let shoulder = Quat::from_rotation_z(rise.max(0.0) * SHOULDER_SHARE);
        let turns = &mut out.turns;
        [turns[0], turns[1], turns[2], turns[3]] = [shoulder, pose.upper, lower, hand];
        let shape = HandShape::of_numbers(&self.shape);
        thumb(&shape, side, measures, hand, &mut turns[4..7]);
        for (finger, [first, others]) in shape.curl.into_iter().enumerate() {
            let spread = Quat::from_rotation_y(shape.spread * (finger as f32 - 1.3));
            let mut curled = first;
            for joint in 0..3 {
                turns[7 + finger * 3 + joint] = hand * spread * Quat::from_rotation_z(-curled);
                curled += others;
            }
        }
        if side == 1 {
            turns.iter_mut().for_each(|turn| *turn = mirrored(*turn));
        }
    }

    /// The arm bent so that the palm gets to where it is wanted, the hand turned as it is.
    fn reaching(&self, side: usize, measures: &ArmMeasures, hand: Quat) -> Self {
        let own = |v: Vec3| if side == 1 { v * Vec3::new(-1.0, 1.0, 1.0) } else { v };
        let shoulder = own(measures.shoulder);
        let [x, y, z, from_chin, weight] = self.reach;
        let anchor = Vec3::new(0.0, shoulder.y, measures.breast).lerp(own(measures.chin), from_chin);
        let palm = anchor + Vec3::new(x, y, z) * (measures.upper + measures.lower);
        let thick = HALF_HAND * measures.hip_height;
        let goal = palm - hand * Vec3::new(0.75 * measures.palm, -thick, 0.0);
        let elbow = self.upper * Vec3::X * measures.upper;
        let now = elbow + self.upper * bent(self.bend) * Vec3::X * measures.lower;
        let to = now.lerp(goal - shoulder, weight.clamp(0.0, 1.0));
        let (a, b) = (measures.upper, measures.lower);
        let far = to.length().clamp((a - b).abs() * 1.05 + 1e-4, (a + b) * STRAIGHTEST);
        let Some(ahead) = to.try_normalize() else { return *self };
        // Seen from the shoulder, the elbow stays on its side of the line to the wrist.
        let aside = elbow.reject_from_normalized(ahead).normalize_or(ahead.any_orthonormal_vector());
        let along = (a * a + far * far - b * b) / (2.0 * far);
        let elbow = ahead * along + aside * (a * a - along * along).max(0.0).sqrt();
        let lower = (ahead * far - elbow).normalize_or(ahead);
        let upper = elbow.normalize_or(ahead);
        Self { shape: self.shape, ..Self::joints(upper, lower, hand, self.upper * Vec3::Y) }
    }
}

/// The elbow's bend, of the T-pose: forwards.
fn bent(angle: f32) -> Quat {
    Quat::from_rotation_y(-angle)
}

fn rolled(angle: f32) -> Quat {
    Quat::from_rotation_x(angle)
}

/// `share` of the turn from one to the other, to be made after `from`.
fn way(from: Quat, to: Quat, share: f32) -> Quat {
    let whole = from.inverse() * to;
    if share <= 0.0 {
        Quat::IDENTITY
    } else if share >= 1.0 {
        whole
    } else {
        Quat::IDENTITY.slerp(whole, share)
    }
}

/// A hand's turn against the forearm that does not roll, as a roll, and the bend of the wrist after it.
fn split(turn: Quat) -> (f32, Quat) {
    let roll = 2.0 * libm::atan2f(turn.x, turn.w);
    let roll = roll - std::f32::consts::TAU * libm::roundf(roll / std::f32::consts::TAU);
    let wrist = (rolled(roll).inverse() * turn).normalize();
    (roll, if wrist.w < 0.0 { -wrist } else { wrist })
}

fn mirrored(turn: Quat) -> Quat {
    Quat::from_xyzw(turn.x, -turn.y, -turn.z, turn.w)
}

/// Where the three bones of a thumb point in a hand whose fingers point along +X, palm down, index finger ahead: beside the
/// index finger, and what stretching it away and folding it over the palm adds.
const THUMB: [[Vec3; 3]; 3] = [
    [Vec3::new(0.72, -0.32, 0.55), Vec3::new(0.9, -0.25, 0.3), Vec3::new(0.97, -0.25, 0.1)],
    [Vec3::new(-0.12, 0.12, 0.2), Vec3::new(-0.3, 0.15, 0.5), Vec3::new(-0.3, 0.18, 0.55)],
    [Vec3::new(-0.02, -0.35, -0.12), Vec3::new(-0.15, -0.45, -0.75), Vec3::new(-0.25, -0.35, -1.2)],
];

fn thumb(shape: &HandShape, side: usize, measures: &ArmMeasures, hand: Quat, out: &mut [Quat]) {
    let [away, folded] = shape.thumb;
    let mut carried = Quat::IDENTITY;
    for (joint, turn) in out.iter_mut().enumerate() {
        let rest = measures.thumb[joint] * Vec3::new(if side == 1 { -1.0 } else { 1.0 }, 1.0, 1.0);
        let goal = THUMB[0][joint] + THUMB[1][joint] * away + THUMB[2][joint] * folded;
        if let (Some(rest), Some(goal)) = (rest.try_normalize(), goal.try_normalize()) {
            carried = Quat::from_rotation_arc((carried * rest).normalize(), goal) * carried;
        }
        *turn = hand * carried;
    }
}
