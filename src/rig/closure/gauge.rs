//! How far apart the lips are in any pose, measured on the mesh.

use super::mouth::Mouth;
use super::{Contact, Gap, find};
use crate::avatar::{Avatar, Transform, deform_primitive};
use crate::rig::Rig;
use crate::rig::facing::Facing;
use crate::vocabulary::Bone;
use glam::Vec3;

/// The lips of one avatar, ready to be measured.
pub struct LipGauge {
    mouth: Mouth,
    scale: f32,
    /// The head and all that it hangs on, which are measured as they rest.
    upright: Vec<usize>,
}

impl LipGauge {
    /// `None` where no mouth is found in the mesh.
    pub fn new(avatar: &Avatar, rig: &Rig) -> Option<Self> {
        let forward = rig.landmarks.facing;
        let facing = Facing { forward, left: Vec3::Y.cross(forward) };
        let (mouth, scale) = find(avatar, facing, &rig.landmarks, (&rig.visemes, &rig.channels))?;
        let up = |node: &usize| avatar.nodes.get(*node).and_then(|n| n.parent);
        let upright = std::iter::successors(rig.bone(Bone::Head), up).collect();
        Some(Self { mouth, scale, upright })
    }

    /// How far the lips are apart where the nodes are at `locals` and morph targets at `weights`, one list
    /// for every node.
    pub fn gap(&self, locals: &[Transform], weights: &[Vec<f32>]) -> Option<Gap> {
        let avatar = &self.mouth.avatar;
        let mut posed = locals.to_vec();
        for &node in &self.upright {
            if let (Some(local), Some(rest)) = (posed.get_mut(node), avatar.nodes.get(node)) {
                *local = rest.local;
            }
        }
        let mut world = Vec::new();
        avatar.world_transforms(&posed, &mut world);
        let part = |&(node, primitive): &(usize, usize)| {
            deform_primitive(avatar, node, primitive, &world, weights).map_or(Vec::new(), |d| d.positions)
        };
        let parts: Vec<Vec<Vec3>> = self.mouth.parts.iter().map(part).collect();
        let lips = Contact::lips(&self.mouth);
        lips.gap(&lips.grid.gaps(lips.above, lips.below, &parts), self.scale)
    }
}

impl std::fmt::Debug for LipGauge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LipGauge").field("scale", &self.scale).finish_non_exhaustive()
    }
}
