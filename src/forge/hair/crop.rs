//! Short hair: rounded locks on top, that rise from the scalp and fall over in the direction they are combed; the sides
//! shorn.

use glam::Vec3;

use super::super::dress::smoothstep;
use super::super::paint::{FINE, FULL, THIN, WISP};
use super::super::part::Part;
use super::super::skeleton::rigid;
use super::bands::{Shape, Worn};
use super::cap::cap;
use super::chance;
use super::lock::{Look, Spot, ribbon};
use super::scalp::{Scalp, rise, sphere};
use crate::vocabulary::Bone;

/// A cut: lengths in metres.
pub(super) struct Crop {
    /// On top, in front of it, at the sides and at the back.
    top: f32,
    front: f32,
    side: f32,
    back: f32,
    /// How steeply locks rise, on top and at the sides.
    stand: [f32; 2],
    /// How much locks go their own way.
    tousled: f32,
    /// Room under the locks on top.
    room: f32,
    /// How strongly locks lie down at the sides, 0..=1 a step.
    lying: f32,
    /// How far inside the hairline no skin shines through, metres.
    fade: f32,
    /// Which way locks on top go, at a place seen from the skull's middle and a share of the way.
    combed: fn(Vec3, f32) -> Vec3,
    /// Least and greatest length of a rounded lock, as shares of the cut's.
    uneven: [f32; 2],
    /// Rounded locks, if hair grew everywhere.
    locks: u32,
    /// Least and greatest width of a rounded lock, and how high its middle stands.
    lock: [f32; 3],
    /// How far a lock may come over the hairline at the face.
    stray: f32,
    /// How far inside it rounded locks begin there.
    begin: f32,
}

/// Combed up from the forehead and back.
pub(super) const SWEPT: Crop = Crop {
    top: 0.090,
    front: 0.100,
    side: 0.019,
    back: 0.022,
    stand: [0.27, 0.16],
    tousled: 0.05,
    room: 0.012,
    lying: 0.14,
    fade: 0.055,
    uneven: [0.90, 1.10],
    combed: |from, _| Vec3::new(-0.85 - 0.3 * from.x / 0.07, 0.0, -1.0),
    locks: 520,
    lock: [0.011, 0.018, 0.0034],
    stray: 0.0025,
    begin: 0.0,
};

/// Falling from the crown to all sides, over the forehead to its left.
pub(super) const FRINGE: Crop = Crop {
    top: 0.078,
    front: 0.082,
    side: 0.020,
    back: 0.024,
    stand: [0.46, 0.14],
    tousled: 0.14,
    room: 0.020,
    lying: 0.12,
    fade: 0.045,
    uneven: [0.80, 1.20],
    combed: |from, share| {
        (from - Vec3::new(-0.025, 0.0, -0.030)) * Vec3::new(1.0, 0.0, 1.0) * 14.0
            + Vec3::X * ((0.4 + 1.5 * share) * smoothstep(-0.075, -0.035, from.x))
    },
    locks: 400,
    lock: [0.014, 0.024, 0.0042],
    stray: 0.040,
    begin: 0.014,
};

/// What rounded locks wear of the picture of a mass, and where in it their roots are.
pub(super) const WORN: Worn = Worn { clumps: 26, whole: 0.20 };
const ROOT: f32 = 0.05;
/// Points of a rounded lock, and how much of the head's top they grow on.
const POINTS: u32 = 9;
const TOP: f32 = 0.25;
/// From how far on top on rounded locks cover all others.
const COVERED: f32 = 0.7;
/// How far from the skull the roots of rounded locks are at most, metres.
const LIFT: f32 = 0.008;

/// Bands strewn if hair grew everywhere, and along the hairline.
const STREWN: u32 = 1250;
const ALONG: u32 = 130;
const ROWS: u32 = 6;
/// Shorter hair than this is shorn, metres.
const SHORN: f32 = 0.012;
/// Where the face is, as the depth of a direction.
const FACE: f32 = 0.25;
/// How much higher the ground lies behind the ears, where the skull bulges, metres.
const BEHIND_EARS: f32 = 0.0045;
/// Where an ear is, as how far it stands out, metres.
const EAR: f32 = 0.005;
/// The tufts that shorn and long locks wear, some more often than others.
const CLOSE: [usize; 3] = [WISP, FINE, FINE];
const LONG: [usize; 10] =
    [FULL[0], FULL[0], FULL[1], FULL[2], THIN[0], THIN[0], THIN[1], THIN[1], WISP, WISP];

impl Crop {
    /// The rounded locks, and what lies under and beside them.
    pub(super) fn cut(&self, scalp: &Scalp) -> [Part; 2] {
        let mut single = cap(scalp, self.fade, |d| {
            0.0016
                + BEHIND_EARS * behind_ear(d) * rise(scalp.inside(d))
                + 0.5 * self.room * rise(scalp.inside(d)) * on_top(d)
        });
        // From below upwards: what grows higher lies over it.
        let roots = scalp.roots(STREWN).into_iter().enumerate().rev();
        for (n, root) in roots.filter(|(_, root)| on_top(*root) < COVERED) {
            single.append(&self.lock(scalp, root, n as u32));
        }
        for n in 0..ALONG {
            let azimuth = (n as f32 + chance(n, 41)) / ALONG as f32 * std::f32::consts::TAU;
            single.append(&self.edge(scalp, azimuth, n));
        }
        let mut mass = Part::default();
        for (n, root) in scalp.roots(self.locks).into_iter().enumerate() {
            let is_behind = root.z < FACE || scalp.inside(root) > self.begin;
            if on_top(root) > TOP && is_behind {
                mass.append(&self.rounded(scalp, root, n as u32 + 9000));
            }
        }
        [mass, single]
    }

    fn rounded(&self, scalp: &Scalp, root: Vec3, n: u32) -> Part {
        let [shortest, longest] = self.uneven;
        let length = self.length(scalp, root) * (shortest + (longest - shortest) * chance(n, 3));
        let room = 0.3 * self.room + LIFT * chance(n, 4) * rise(scalp.inside(root));
        let height = |d: Vec3, share: f32| {
            let least = 0.0018 + room * on_top(d) * smoothstep(0.0, 0.35, share);
            (least, self.lying * smoothstep(0.75, 0.45, d.y) * smoothstep(0.2, 0.5, share))
        };
        let path = scalp
            .grow(root, POINTS, length, height, |place, out, share| self.flow(scalp, place, out, share, n));
        if self.strays(scalp, &path) {
            return Part::default();
        }
        let [least, greatest, thick] = self.lock;
        let shape = Shape {
            width: least + (greatest - least) * chance(n, 6),
            thick: thick * (0.75 + 0.5 * chance(n, 8)),
        };
        let clump = (chance(n, 5) * WORN.clumps as f32) as usize;
        shape.along(&path, WORN.clumps, clump, [ROOT, ROOT + length / WORN.whole], |_| rigid(Bone::Head))
    }

    fn length(&self, scalp: &Scalp, root: Vec3) -> f32 {
        let behind = smoothstep(0.2, -0.4, root.z);
        let low = self.side + (self.back - self.side) * behind;
        let ahead = smoothstep(0.30, 0.62, root.z);
        let high = self.top + (self.front - self.top) * ahead;
        // Shorter towards the hairline at sides and nape.
        let fade = 0.45 + 0.55 * smoothstep(0.0, 0.035, scalp.inside(root));
        let low = low * fade;
        low + (high - low) * smoothstep(0.55, 0.9, root.y + 0.4 * root.z.max(0.0))
    }

    fn flow(&self, scalp: &Scalp, place: Vec3, out: Vec3, share: f32, n: u32) -> Vec3 {
        let from = place - scalp.centre;
        let astray = sphere(chance(n, 1) * std::f32::consts::TAU, 2.0 * chance(n, 2) - 1.0) * self.tousled;
        let on_top = on_top(out);
        let combed = (self.combed)(from, share);
        // Above the ear it goes back as well, but not into it.
        let down =
            Vec3::new(0.0, -1.0, -0.75 * smoothstep(-0.06, 0.02, from.z) * smoothstep(-0.02, 0.02, from.y));
        let along = combed * on_top + down * (1.0 - on_top) + astray;
        let along = (along - out * along.dot(out)).normalize_or(out);
        let stand = self.stand[1] + (self.stand[0] - self.stand[1]) * on_top;
        // At the forehead it rises highest, and falls over farther on.
        let quiff = 1.0 + 0.3 * smoothstep(0.035, 0.07, from.z) * on_top;
        let sinking =
            Vec3::NEG_Y * ((0.9 + 3.0 * self.lying) * share * share * smoothstep(0.02, 0.06, from.x.abs()));
        along + sinking + out * (stand * quiff * (1.0 - 1.7 * share))
    }

    fn lock(&self, scalp: &Scalp, root: Vec3, n: u32) -> Part {
        let length = self.length(scalp, root) * (0.75 + 0.5 * chance(n, 3));
        let room = self.room * chance(n, 4);
        let height = |d: Vec3, share: f32| {
            let least = 0.0018 + room * on_top(d) * smoothstep(0.0, 0.3, share);
            // Where it comes over the side it lies down.
            (least, self.lying * smoothstep(0.75, 0.45, d.y) * smoothstep(0.2, 0.5, share))
        };
        let path = scalp
            .grow(root, ROWS, length, height, |place, out, share| self.flow(scalp, place, out, share, n));
        if self.strays(scalp, &path) {
            return Part::default();
        }
        // Full tufts that short would look like scales.
        let choice: &[usize] = if length < SHORN || on_top(root) < 0.3 { &CLOSE } else { &LONG };
        let tuft = choice[(chance(n, 5) * choice.len() as f32) as usize % choice.len()];
        ribbon(
            &path,
            &Look {
                width: 0.007 + 0.005 * chance(n, 6) * on_top(root),
                ends: [0.85, 0.6],
                tuft,
                begin: 0.08 * on_top(root),
                mirrored: chance(n, 7) < 0.5,
                bend: 0.15,
                roll: 0.5 * (chance(n, 8) - 0.5),
            },
        )
    }

    /// Fine hair that softens the hairline.
    fn edge(&self, scalp: &Scalp, azimuth: f32, n: u32) -> Part {
        let root = scalp.root(azimuth, -0.001 + 0.003 * chance(n, 42));
        let length = (self.length(scalp, root) * 0.6).clamp(0.007, 0.02);
        let path = scalp.grow(
            root,
            4,
            length,
            |_, _| (0.0008, 0.5),
            |place, out, share| self.flow(scalp, place, out, share, n + 5000),
        );
        if self.strays(scalp, &path) {
            return Part::default();
        }
        ribbon(
            &path,
            &Look {
                width: 0.007,
                ends: [0.9, 0.7],
                tuft: FINE,
                begin: 0.0,
                mirrored: chance(n, 43) < 0.5,
                bend: 0.1,
                roll: 0.0,
            },
        )
    }

    /// Whether a lock hangs into the face or over an ear.
    fn strays(&self, scalp: &Scalp, path: &[Spot]) -> bool {
        path.iter().any(|spot| {
            let d = (spot.place - scalp.centre).normalize_or(Vec3::Y);
            d.z > FACE && scalp.inside(d) < -self.stray || scalp.ear(d) > EAR
        })
    }
}

/// How much a direction is behind an ear, 0..=1.
fn behind_ear(direction: Vec3) -> f32 {
    smoothstep(0.0, -0.2, direction.z)
        * smoothstep(0.50, 0.70, direction.x.abs())
        * smoothstep(0.25, 0.0, direction.y)
}

/// Whether a direction is on top of the head rather than at its sides.
fn on_top(direction: Vec3) -> f32 {
    smoothstep(0.45, 0.72, direction.y + 0.35 * direction.z.max(0.0))
}
