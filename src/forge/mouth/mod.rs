//! The inside of the mouth: teeth and gums on the source's dental arch, and the tongue, all built anew.

mod arch;
mod carry;
mod crowns;
mod gums;
mod mesh;
mod tongue;

use std::collections::BTreeMap;
use std::ops::Range;

use glam::Vec3;

use self::arch::Arch;
use self::carry::Linear;
use self::mesh::Mesh;
pub(super) use self::tongue::Reach;
use super::base::{Base, Displacement, range};
use super::lips::Lips;
use super::skeleton::{Skin, rigid};
use crate::vocabulary::Bone;

/// The source's upper teeth along their edge, from the middle to the left end.
const GUIDES: [usize; 9] = [15069, 15086, 15071, 15070, 15085, 15078, 15077, 15076, 15080];
/// The source's lower teeth.
const LOWER_GUIDES: Range<usize> = range::TEETH.start..range::TEETH.start + 68;
/// Half the arch that an average grown-up's teeth need, with those behind the second molars, millimetres.
const ARCH: f32 = 65.0;
/// How far the upper front teeth reach below the line where the lips meet, metres.
const SHOWN: f32 = 0.0010;
/// How much of the lower front teeth the upper ones cover, from above and in front, metres.
const OVERBITE: f32 = 0.0006;
const OVERJET: f32 = 0.0032;
/// What is left between the front teeth and the lips' lining, metres.
const CLEAR: f32 = 0.0015;
/// How much of the source's rise of the arch towards the back is kept.
const RISE: f32 = 0.75;
/// How the edges rise to the sides, as the lower lip does in a smile: by this many times the square of the distance, metres.
const SMILING: f32 = 2.6;

/// What was added to the base mesh.
#[derive(Debug, Clone)]
pub(super) struct Mouth {
    upper: Range<usize>,
    lower: Range<usize>,
    tongue: Range<usize>,
    /// The middle of the upper front teeth's edge.
    edge: Vec3,
}

impl Mouth {
    /// Adds teeth, gums and tongue to `base`, behind the closed `lips`.
    pub(super) fn grow(base: &mut Base, skins: &mut Vec<Skin>, lips: &Lips) -> Self {
        let front = base.positions[GUIDES[0]];
        let guides = GUIDES.map(|v| {
            let p = base.positions[v];
            Vec3::new(p.x, front.y + (p.y - front.y) * RISE + SMILING * p.x * p.x, p.z)
        });
        let source = Arch::through(&guides);
        let edge = Vec3::new(0.0, lips.middle(base).y - SHOWN, lips.lining(base) - CLEAR);
        let arch = source.moved(edge - front, 0.0);
        let scale = arch.reach() / ARCH;
        let mut mesh = Mesh::new(base);
        crowns::grow(&mut mesh, &arch, &crowns::UPPER, scale, -1.0);
        gums::grow(&mut mesh, &arch, &crowns::UPPER, scale, -1.0);
        let upper = mesh.added();
        let mut mesh = Mesh::new(base);
        let below = arch.moved(Vec3::Y * OVERBITE, -OVERJET);
        crowns::grow(&mut mesh, &below, &crowns::LOWER, scale, 1.0);
        gums::grow(&mut mesh, &below, &crowns::LOWER, scale, 1.0);
        let lower = mesh.added();
        let mut mesh = Mesh::new(base);
        tongue::grow(&mut mesh, edge, scale);
        let tongue = mesh.added();
        skins.resize(base.positions.len(), rigid(Bone::Head));
        Self { upper, lower, tongue, edge }
    }

    /// Lets lower teeth and tongue move as the source's do in `displacement`.
    pub(super) fn carry(&self, base: &Base, displacement: &mut Displacement) {
        let mut carried = Vec::new();
        for (source, own) in [(LOWER_GUIDES, &self.lower), (range::TONGUE, &self.tongue)] {
            if let Some(linear) = Linear::fit(base, displacement, source) {
                carried.extend(own.clone().map(|v| (v as u32, linear.at(base.positions[v]))));
            }
        }
        let is_source =
            |v: u32| range::TEETH.contains(&(v as usize)) || range::TONGUE.contains(&(v as usize));
        displacement.deltas.retain(|(v, _)| !is_source(*v));
        displacement.deltas.extend(carried);
    }

    /// Adds to `moved` what brings the tongue where a sound has it.
    pub(super) fn reach(&self, base: &Base, reach: Reach, moved: &mut BTreeMap<u32, Vec3>) {
        tongue::reach(base, &self.tongue, self.edge, reach, moved);
    }

    /// All teeth and gums.
    pub(super) fn teeth(&self) -> Range<usize> {
        self.upper.start..self.lower.end
    }

    /// The tongue.
    pub(super) fn tongue(&self) -> Range<usize> {
        self.tongue.clone()
    }

    /// The middle of the upper front teeth's edge.
    pub(super) fn edge(&self) -> Vec3 {
        self.edge
    }
}
