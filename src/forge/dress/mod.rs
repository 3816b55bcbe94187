//! Clothes, cut from the close-fitting suit that the source mesh carries around the body.
//!
//! Lengths are metres; every cut is placed from the joints, so that clothes fit whatever the person's proportions.

mod cloth;
mod jacket;
mod legs;
mod shirt;

use glam::Vec3;

use self::jacket::{button, jacket};
pub(super) use self::legs::SOLE;
use self::legs::{shoes, trousers};
use self::shirt::shirt;
use super::ForgeError;
use super::model::{Bundle, Piece, Surface};
use super::part::{Part, Vertex};
use super::person::{Clothes, Outfit};
use super::skeleton::Joint;
use crate::vocabulary::Bone;

/// The clothes over the close-fitting `suit`.
///
/// # Errors
/// When a picture cannot be encoded.
pub(super) fn wear(suit: &Part, measures: &Measures, clothes: &Clothes) -> Result<Bundle, ForgeError> {
    Ok(match clothes.outfit {
        Outfit::Blazer => blazer(suit, measures, clothes),
    })
}

fn blazer(suit: &Part, measures: &Measures, clothes: &Clothes) -> Bundle {
    let jacket = jacket(suit, measures);
    let button = button(&jacket, measures);
    let pieces = [
        ("Jacket", jacket, clothes.main, 0.75),
        ("Button", button, clothes.shoes, 0.4),
        ("Shirt", shirt(suit, measures), clothes.under, 0.7),
        ("Trousers", trousers(suit, measures), clothes.main, 0.75),
        ("Shoes", shoes(suit, measures), clothes.shoes, 0.35),
    ]
    .into_iter()
    .map(|(name, part, colour, roughness)| {
        Piece::new(name, part, Surface { double_sided: true, ..Surface::plain(name, colour, roughness) })
    })
    .collect();
    Bundle { pieces, ..Bundle::default() }
}

/// Where the body's parts are, for cutting.
#[derive(Debug, Clone)]
pub(super) struct Measures {
    joints: Vec<Joint>,
    /// From neck to hips: lengths on the trunk are shares of it.
    trunk: f32,
}

impl Measures {
    /// Of the skeleton.
    pub(super) fn of(joints: &[Joint]) -> Self {
        let mut measures = Self { joints: joints.to_vec(), trunk: 1.0 };
        measures.trunk = measures.at(Bone::Neck).y - measures.at(Bone::Hips).y;
        measures
    }

    /// Where the bone's joint stands.
    pub(super) fn at(&self, bone: Bone) -> Vec3 {
        self.joints.get(bone.index()).map_or(Vec3::ZERO, |joint| joint.position)
    }

    /// The height at `share` of the trunk: 0 at the hips, 1 at the neck's joint.
    fn height(&self, share: f32) -> f32 {
        self.at(Bone::Hips).y + self.trunk * share
    }

    /// How far `p` lies before the wrist, along the forearm; negative on the hand.
    fn before_wrist(&self, p: Vec3) -> f32 {
        let mirrored = Vec3::new(p.x.abs(), p.y, p.z);
        let (elbow, hand) = (self.at(Bone::LeftLowerArm), self.at(Bone::LeftHand));
        (hand - mirrored).dot((hand - elbow).normalize_or(Vec3::Y))
    }

    /// Whether the vertex belongs to an arm.
    fn is_arm(&self, vertex: &Vertex) -> bool {
        arm_share(vertex) > 0.5 || vertex.position.x.abs() > self.at(Bone::LeftUpperArm).x * 1.6
    }

    /// Half the width of the shirt's neck opening at height `y`, in front.
    fn neckline(&self, y: f32) -> f32 {
        (y - self.height(0.80)) * 0.62
    }

    /// Half the width of the jacket's opening at height `y`: zero at the button, wider above, a little wider below.
    fn opening(&self, y: f32) -> f32 {
        let above = y - self.height(0.42);
        if above > 0.0 { above * 0.215 } else { above * -0.16 * (1.0 + above * -1.5) }
    }

    /// Whether skin at `p` can be seen; `head` is whether the head carries it.
    pub(super) fn bare(&self, p: Vec3, head: bool) -> bool {
        let neck = self.at(Bone::Neck);
        let hand = self.before_wrist(p) < 0.05 && p.x.abs() > self.at(Bone::LeftLowerArm).x;
        let throat = p.y > self.height(0.74) && p.x.abs() < 0.1 && p.z > neck.z;
        let nape = p.y > neck.y - 0.03 && p.x.abs() < 0.09;
        head || hand || throat || nape
    }
}

/// How much of the vertex the bones of the arms carry.
fn arm_share(vertex: &Vertex) -> f32 {
    const ARMS: [Bone; 6] = [
        Bone::LeftUpperArm,
        Bone::LeftLowerArm,
        Bone::LeftHand,
        Bone::RightUpperArm,
        Bone::RightLowerArm,
        Bone::RightHand,
    ];
    vertex.skin.iter().filter(|(bone, _)| ARMS.iter().any(|b| *b as u8 == *bone)).map(|(_, w)| w).sum()
}

/// 0 below `a`, 1 above `b`, smooth between.
pub(super) fn smoothstep(a: f32, b: f32, x: f32) -> f32 {
    let t = ((x - a) / (b - a)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
