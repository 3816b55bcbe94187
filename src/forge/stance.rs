//! How the legs stand: the source's are spread, a speaker's feet stand under the hips.

use glam::{Quat, Vec3};

use super::base::Base;
use super::skeleton::Skin;
use crate::vocabulary::Bone;

/// How far from the middle the ankles stand, as a share of how far the hips' joints are.
const ANKLES: f32 = 0.98;
/// How far the toes point outwards, radians.
const TOES_OUT: f32 = 0.10;

/// One leg: its bones from the thigh to the toes, and the letter of its side in the source's names.
struct Leg {
    bones: [Bone; 4],
    letter: char,
    side: f32,
}

const LEGS: [Leg; 2] = [
    Leg {
        bones: [Bone::LeftUpperLeg, Bone::LeftLowerLeg, Bone::LeftFoot, Bone::LeftToes],
        letter: 'l',
        side: 1.0,
    },
    Leg {
        bones: [Bone::RightUpperLeg, Bone::RightLowerLeg, Bone::RightFoot, Bone::RightToes],
        letter: 'r',
        side: -1.0,
    },
];

/// Brings both feet under the hips, soles level, toes nearly ahead.
pub(super) fn close(base: &mut Base, skins: &[Skin]) {
    for leg in &LEGS {
        leg.close(base, skins);
    }
}

impl Leg {
    fn close(&self, base: &mut Base, skins: &[Skin]) {
        let cube = |name: &str| base.cube(&format!("joint-{}-{name}", self.letter));
        let (Some(hip), Some(ankle), Some(toes)) = (cube("upper-leg"), cube("ankle"), cube("toe-3-1")) else {
            return;
        };
        let angle = |x: f32, y: f32| libm::atan2f(x, y);
        let (long, goal) = (hip.y - ankle.y, hip.x * ANKLES);
        let swing = angle(goal - hip.x, long) - angle(ankle.x - hip.x, long);
        let turn = self.side * TOES_OUT - angle(toes.x - ankle.x, toes.z - ankle.z);
        let about_hip = Quat::from_rotation_z(swing);
        let about_ankle = Quat::from_rotation_y(turn) * Quat::from_rotation_z(-swing);
        let new_ankle = hip + about_hip * (ankle - hip);
        let moved = |p: Vec3, leg: f32, foot: f32| {
            let swung = p.lerp(hip + about_hip * (p - hip), leg);
            swung.lerp(new_ankle + about_ankle * (swung - new_ankle), foot)
        };
        for (position, skin) in base.positions.iter_mut().zip(skins) {
            *position = moved(*position, share(skin, &self.bones), share(skin, &self.bones[2..]));
        }
    }
}

/// How much of a vertex the bones carry.
fn share(skin: &Skin, bones: &[Bone]) -> f32 {
    skin.iter().filter(|(bone, _)| bones.iter().any(|b| *b as u8 == *bone)).map(|(_, weight)| weight).sum()
}
