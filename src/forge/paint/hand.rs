//! The hands as the painter sees them: backs and palms, knuckles, nails.

use glam::Vec3;

use super::super::base::Base;
use super::super::dress::smoothstep;
use super::face::spot;

/// Skin farther from the wrist is none of the hand's, metres.
const REACH: f32 = 0.26;
/// Half of a nail's width: of the thumb, of the fingers, metres.
const NAIL_WIDTH: [f32; 2] = [0.006_6, 0.004_9];
/// Where a nail begins and ends, in shares of the finger's last link.
const NAIL_LENGTH: [f32; 2] = [0.42, 1.05];

/// A finger of the left hand.
#[derive(Debug, Clone, Copy)]
struct Finger {
    /// Three knuckles and the tip, metres.
    joints: [Vec3; 4],
    /// Out of the nail, unit length.
    back: Vec3,
    /// Half of the nail's width, metres.
    width: f32,
}

/// The left hand; the right one is its mirror image.
#[derive(Debug, Clone, Default)]
pub(in crate::forge) struct Hands {
    wrist: Vec3,
    fingers: Vec<Finger>,
    /// Out of the back of the hand, unit length.
    back: Vec3,
}

/// What a point is of a hand, each 0..=1.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Touch {
    /// The hand's inner side.
    pub(super) palm: f32,
    /// A knuckle's outer side.
    pub(super) knuckle: f32,
    /// The end of a finger.
    pub(super) tip: f32,
    /// A nail.
    pub(super) nail: f32,
    /// The nail's free edge.
    pub(super) edge: f32,
    /// Along the finger, unit length; not a share.
    pub(super) axis: Vec3,
}

impl Hands {
    /// Finds them by the source's joints; a source without them has no hands to paint.
    pub(in crate::forge) fn find(base: &Base) -> Self {
        let joint = |finger: usize, link: usize| base.cube(&format!("joint-l-finger-{finger}-{link}"));
        let finger = |number: usize| {
            let joints = [joint(number, 1)?, joint(number, 2)?, joint(number, 3)?, joint(number, 4)?];
            let [middle, last] =
                [joints[2] - joints[1], joints[3] - joints[2]].map(|d| d.normalize_or(Vec3::X));
            // Fingers bend towards the palm: what the middle link has across the last one points to the back.
            let back = (middle - last * middle.dot(last)).normalize_or(Vec3::Y);
            Some(Finger { joints, back, width: NAIL_WIDTH[usize::from(number > 1)] })
        };
        let fingers: Vec<Finger> = (1..=5).filter_map(finger).collect();
        let back = fingers.iter().skip(1).map(|f| f.back).sum::<Vec3>().normalize_or(Vec3::Y);
        Self { wrist: base.cube("joint-l-hand").unwrap_or(Vec3::INFINITY), fingers, back }
    }

    /// What the point `side` with the normal `normal` is, both on the left half.
    pub(super) fn touch(&self, side: Vec3, normal: Vec3) -> Touch {
        let mut touch = Touch::default();
        let far = side.distance(self.wrist);
        if far >= REACH || side.x < self.wrist.x - 0.03 {
            return touch;
        }
        touch.palm =
            smoothstep(0.15, -0.45, normal.dot(self.back)) * smoothstep(-0.01, 0.02, side.x - self.wrist.x);
        let nearest = |finger: &&Finger| {
            let middles = finger.joints.windows(2).map(|ends| (ends[0] + ends[1]) * 0.5);
            middles.map(|m| m.distance_squared(side)).fold(f32::MAX, f32::min)
        };
        if let Some(finger) = self.fingers.iter().min_by(|a, b| nearest(a).total_cmp(&nearest(b))) {
            finger.touch(side, normal, &mut touch);
        }
        touch
    }
}

impl Finger {
    fn touch(&self, p: Vec3, normal: Vec3, touch: &mut Touch) {
        let outer = smoothstep(0.0, 0.6, normal.dot(self.back));
        let onward = (p - self.joints[0]).dot((self.joints[1] - self.joints[0]).normalize_or(Vec3::X));
        let onward = smoothstep(0.0, 0.012, onward);
        touch.palm = touch.palm.max(onward * smoothstep(0.1, -0.5, normal.dot(self.back)));
        let knuckles =
            self.joints[..3].iter().map(|&joint| spot(p, joint + self.back * 0.006, Vec3::splat(0.008)));
        touch.knuckle = knuckles.fold(0.0, f32::max) * outer;
        touch.tip = spot(p, self.joints[3], Vec3::splat(0.009));
        let last = self.joints[3] - self.joints[2];
        let length = last.length().max(1e-4);
        let axis = last / length;
        touch.axis = axis;
        let share = (p - self.joints[2]).dot(axis) / length;
        let off = (p - self.joints[2]).dot(axis.cross(self.back)).abs() / self.width;
        // The root of a nail is round.
        let root = NAIL_LENGTH[0] + 0.16 * off * off;
        touch.nail = smoothstep(root - 0.03, root + 0.03, share)
            * smoothstep(NAIL_LENGTH[1] + 0.1, NAIL_LENGTH[1], share)
            * smoothstep(1.08, 0.92, off)
            * smoothstep(0.15, 0.4, normal.dot(self.back));
        touch.edge = touch.nail * smoothstep(0.88, 0.96, share);
    }
}
