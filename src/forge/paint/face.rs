//! The face as the painter sees it: where lips, lids, brows, cheeks and hair are, each found from the shape underneath.

use glam::{Vec2, Vec3};

use super::super::brows;
use super::super::dress::smoothstep;
use super::super::eyes::Ball;
use super::super::hair::Hairline;
use super::super::part::Part;
use super::super::person::Person;
use super::chart::Spot;
use super::hand::{Hands, Touch};
use super::landmarks::Landmarks;
use super::noise::cloud;

/// What the painter knows of the face.
pub(in crate::forge) struct Face {
    /// The avatar's left eye.
    pub(in crate::forge) eye: Ball,
    /// Where features are.
    pub(in crate::forge) marks: Landmarks,
    /// What is known of each source vertex.
    pub(in crate::forge) fields: Fields,
    /// Where palms, knuckles and nails are.
    pub(in crate::forge) hands: Hands,
    /// Where hair grows.
    pub(in crate::forge) hairline: Hairline,
    /// Who it is.
    pub(in crate::forge) person: Person,
}

/// Values by source vertex.
pub(in crate::forge) struct Fields {
    /// Rings of edges from the rim of the mouth.
    pub(in crate::forge) lips: Vec<f32>,
    /// Rings of edges from the rim of the lids.
    pub(in crate::forge) lids: Vec<f32>,
    /// How much it is ear, 0..=1.
    pub(in crate::forge) ears: Vec<f32>,
    /// How hollow the skin is there, 0..=1.
    pub(in crate::forge) hollows: Vec<f32>,
}

/// The rings between which the red of the lips ends, and how many rings farther out it does below the mouth.
const VERMILION: [f32; 2] = [7.1, 5.9];
const BELOW: f32 = 0.75;

/// A point of the skin with what is known of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site {
    /// Metres.
    pub(super) p: Vec3,
    /// On the left half, too.
    pub(super) side: Vec3,
    /// Unit length.
    pub(super) normal: Vec3,
    /// Rings of edges from the rim of the mouth.
    pub(super) lips: f32,
    /// Rings of edges from the back of the lids' rims.
    pub(super) lids: f32,
    /// How that grows, per metre.
    pub(super) lids_slope: Vec3,
    /// How much it is ear, 0..=1.
    pub(super) ear: f32,
    /// How hollow it is, 0..=1.
    pub(super) hollow: f32,
    /// What it is of a hand.
    pub(super) hand: Touch,
}

impl Face {
    /// What is known of `spot` on `part`.
    pub(super) fn site(&self, part: &Part, spot: &Spot) -> Site {
        let sources = part.triangles[spot.triangle].map(|i| part.vertices[i as usize].source);
        let at = |values: &[f32]| {
            sources.map(|source| source.and_then(|s| values.get(s as usize)).copied().unwrap_or(0.0))
        };
        let mix =
            |values: &[f32]| at(values).iter().zip(spot.shares).map(|(v, share)| v * share).sum::<f32>();
        let corners = part.triangles[spot.triangle].map(|i| part.vertices[i as usize].position);
        let p = spot.position;
        let side = Vec3::new(p.x.abs(), p.y, p.z);
        let turned = Vec3::new(spot.normal.x * p.x.signum(), spot.normal.y, spot.normal.z);
        Site {
            p,
            side,
            hand: self.hands.touch(side, turned),
            normal: spot.normal,
            lips: mix(&self.fields.lips),
            lids: mix(&self.fields.lids),
            lids_slope: slope(corners, at(&self.fields.lids)),
            ear: mix(&self.fields.ears),
            hollow: mix(&self.fields.hollows),
        }
    }

    /// How much of the lips' red there is, 0..=1: it runs out softly, and at the corners.
    pub(super) fn red(&self, site: &Site) -> f32 {
        let out = site.side.x / self.marks.corner.x.max(1e-3);
        let lower = smoothstep(0.001, -0.003, site.p.y - self.marks.mouth.y);
        let border = smoothstep(VERMILION[0], VERMILION[1], site.lips - BELOW * lower);
        border * smoothstep(1.02, 0.86, out)
    }

    /// How much hair grows there, 0..=1.
    pub(super) fn scalp(&self, site: &Site) -> f32 {
        let depth = self.hairline.depth(site.p);
        // Behind the ear hair begins where the ear hardly moves the skin.
        let bare = smoothstep(0.97, 0.55, site.ear);
        if depth.abs() > 0.02 {
            return if depth > 0.0 { bare } else { 0.0 };
        }
        let ragged = depth + 0.0035 * cloud(site.p * 500.0, 2, 0.6);
        // Before the first hairs there is their shade.
        let shade = 0.38 * smoothstep(-0.013, 0.004, depth);
        shade.max(smoothstep(0.001, 0.012, ragged)) * bare
    }

    /// How much it belongs to the face in front of the ears, 0..=1.
    pub(super) fn front(&self, site: &Site) -> f32 {
        let eye = self.eye.centre;
        smoothstep(eye.z - 0.07, eye.z - 0.03, site.p.z)
            * smoothstep(self.marks.chin.y - 0.03, self.marks.chin.y - 0.01, site.p.y)
    }

    /// How much it belongs to the upper lids, rather than to the lower ones, 0..=1.
    pub(super) fn upper(&self, site: &Site) -> f32 {
        // The line between the corners of the eye.
        let (a, b) = (self.marks.canthus_inner, self.marks.canthus_outer);
        let way = ((site.side.x - a.x) / (b.x - a.x).max(1e-3)).clamp(0.0, 1.0);
        smoothstep(-0.0005, 0.003, site.p.y - (a.y + (b.y - a.y) * way))
    }

    /// How dense the brow is, 0..=1.
    pub(in crate::forge) fn brow(&self, p: Vec3) -> f32 {
        let at = brows::place(self, p, self.person.body.gender);
        if at.cmplt(Vec2::ZERO).any() || at.cmpgt(Vec2::ONE).any() || p.z < self.eye.centre.z - 0.012 {
            return 0.0;
        }
        let ends = smoothstep(0.04, 0.24, at.x) * smoothstep(0.90, 0.62, at.x);
        smoothstep(0.30, 0.0, (at.y - 0.5).abs()) * ends
    }

    /// How much hair grows there that is shaved, 0..=1: upper lip, chin, jaw and throat.
    pub(super) fn beard(&self, site: &Site) -> f32 {
        let m = &self.marks;
        let s = site.side;
        // From the wing of the nose outwards the border climbs towards the ear.
        let out = smoothstep(m.corner.x, m.corner.x + 0.045, s.x);
        let top = m.nose.y - 0.008 - 0.020 * smoothstep(0.018, m.corner.x + 0.006, s.x) + 0.034 * out * out;
        let below = smoothstep(top + 0.004, top - 0.012, s.y);
        let throat = smoothstep(m.chin.y - 0.075, m.chin.y - 0.035, s.y);
        let front = smoothstep(self.eye.centre.z - 0.098, self.eye.centre.z - 0.078, s.z);
        below * throat * front * (1.0 - self.red(site)) * (1.0 - site.ear)
    }
}

/// 1 at `at`, running out over `size` metres each way.
pub(super) fn spot(p: Vec3, at: Vec3, size: Vec3) -> f32 {
    let off = ((p - at) / size).length_squared();
    if off > 12.0 { 0.0 } else { libm::expf(-off) }
}

/// How a value changes over a triangle, per metre.
fn slope([a, b, c]: [Vec3; 3], values: [f32; 3]) -> Vec3 {
    let across = (b - a).cross(c - a);
    let sum = (c - b) * values[0] + (a - c) * values[1] + (b - a) * values[2];
    across.cross(sum) / across.length_squared().max(1e-18)
}
