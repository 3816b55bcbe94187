//! The way of hair that is combed back from the hairline, over the head to where it ends or begins to hang.

use std::f32::consts::PI;

use glam::Vec3;

use super::super::dress::smoothstep;
use super::scalp::{Scalp, slerp};

/// Where hair begins inside the hairline, and how far it is off the skin there, metres.
const INSIDE: f32 = 0.004;
const OFF: f32 = 0.0016;
/// From where on paths go back at their own height, not over the top: 0 the middle of the forehead, 1 the borders.
const LEVEL: [f32; 2] = [0.25, 0.62];
/// From which share of the way on it thins out towards its end.
const THINS: f32 = 0.55;
const STEPS: u32 = 30;

/// How hair is combed back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Back {
    /// At which azimuth above the ears the borders begin, radians from the front.
    pub(super) above: f32,
    /// How thick hair lies over the forehead, on top, at the sides and at the back, metres.
    pub(super) thick: [f32; 4],
    /// Over which length it rises to that, metres.
    pub(super) rises: f32,
    /// How far the paths swing to the right on their way over the head, radians.
    pub(super) swing: f32,
    /// How much farther inside the hairline the borders begin, above the ears, metres.
    pub(super) clear: f32,
    /// How far paths of the temples rise over the ears.
    pub(super) arch: f32,
    /// Which share of its thickness it has at its end.
    pub(super) ends: f32,
}

impl Back {
    /// From the hairline to `end`, a direction from the skull's middle; `side` is -1 above the right ear, 1 above the left one.
    pub(super) fn path(&self, scalp: &Scalp, side: f32, end: Vec3) -> Vec<Vec3> {
        let far = side.abs();
        let root = scalp.root(self.above * side, INSIDE + self.clear * smoothstep(0.7, 1.0, far));
        let (from, to) = (Hood::of(root), Hood::of(end));
        // What grows at the temples goes back straight, the rest over the top.
        let level = smoothstep(LEVEL[0], LEVEL[1], far);
        (0..=STEPS)
            .map(|n| {
                let way = n as f32 / STEPS as f32;
                let aside = self.swing * libm::sinf(PI * way) * smoothstep(0.8, 0.1, far);
                let over = Hood {
                    aside: from.aside + (to.aside - from.aside) * smoothstep(0.0, 1.0, way) - aside,
                    back: from.back + (to.back - from.back) * way,
                };
                let direction = over.direction();
                let direction = direction.lerp(slerp(root, end, way), level).normalize_or(direction);
                let arch = self.arch * libm::sinf(PI * way) * smoothstep(LEVEL[0], LEVEL[1], far);
                let direction = (direction + Vec3::Y * arch).normalize_or(direction);
                let reach = scalp.reach(direction);
                let from_root = libm::acosf(root.dot(direction).clamp(-1.0, 1.0)) * reach;
                let risen = (from_root / self.rises).min(1.0);
                let thin = self.ends + (1.0 - self.ends) * smoothstep(1.0, THINS, way);
                let lift = self.thickness(direction) * risen * (2.0 - risen) * thin;
                scalp.centre + direction * (reach + OFF * smoothstep(0.0, 0.01, from_root) + lift)
            })
            .collect()
    }

    /// How thick hair lies in a direction from the skull's middle, metres.
    fn thickness(&self, d: Vec3) -> f32 {
        let [front, top, side, back] = self.thick;
        let level = side + (back - side) * smoothstep(-0.2, -0.9, d.z);
        let high = top + (front - top) * smoothstep(0.1, 0.6, d.z);
        level + (high - level) * smoothstep(0.25, 0.8, d.y)
    }
}

/// A direction from the skull's middle as a hood is worn: how far aside, and how far back over the head, radians.
struct Hood {
    aside: f32,
    back: f32,
}

impl Hood {
    fn of(direction: Vec3) -> Self {
        let back = libm::atan2f(direction.y, direction.z);
        // Behind, below the skull's middle, it goes on.
        let back = if back < 0.0 { back + 2.0 * PI } else { back };
        Self { aside: libm::asinf(direction.x.clamp(-1.0, 1.0)), back }
    }

    fn direction(&self) -> Vec3 {
        let ((sin, cos), (up, level)) = (libm::sincosf(self.aside), libm::sincosf(self.back));
        Vec3::new(sin, cos * up, cos * level)
    }
}
