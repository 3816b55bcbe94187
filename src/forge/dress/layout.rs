//! Where cloth lies on its picture: trunk, sleeves and legs unrolled as cylinders, small pieces on a plain field.

use std::collections::BTreeMap;

use glam::{Vec2, Vec3};

use super::super::part::{Part, Vertex};
use super::Measures;
use super::hull::turn;
use crate::vocabulary::Bone;

/// A field of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Trunk,
    Arm,
    Leg,
    /// Collars and all else that is not unrolled.
    Plain,
}

/// All fields.
pub(super) const FIELDS: [Field; 4] = [Field::Trunk, Field::Arm, Field::Leg, Field::Plain];
/// How far beyond both ends of the turn a field goes on, as share of the turn.
pub(super) const MARGIN: f32 = 0.06;
/// The lower part of the plain field, from this share on, has a seam.
pub(super) const SEWN: f32 = 0.5;
/// The part of the trunk that is unrolled: above the neck's joint, and the whole length; metres for a trunk of 0.56 m.
pub(super) const TRUNK: (f32, f32) = (0.06, 1.12);
/// From where along the arm to where, in the measure of [`Measures::arm`].
pub(super) const ARM: (f32, f32) = (-0.45, 2.1);
/// The same for legs.
pub(super) const LEG: (f32, f32) = (-0.2, 2.15);

impl Field {
    /// Upper left and lower right corner in the picture.
    pub(super) fn corners(self) -> [Vec2; 2] {
        let [x0, y0, x1, y1] = match self {
            Self::Trunk => [0.0, 0.0, 1.0, 0.5],
            Self::Arm => [0.0, 0.5, 0.4, 1.0],
            Self::Leg => [0.4, 0.5, 0.85, 1.0],
            Self::Plain => [0.85, 0.5, 1.0, 1.0],
        };
        [Vec2::new(x0, y0), Vec2::new(x1, y1)]
    }

    /// Where `turn` (0 the middle) and `fall` (0 top, 1 bottom) lie in the picture.
    fn place(self, turn: f32, fall: f32) -> Vec2 {
        let [low, high] = self.corners();
        let across = (turn + 0.5 + MARGIN) / (1.0 + 2.0 * MARGIN);
        low + (high - low) * Vec2::new(across, fall.clamp(0.005, 0.995))
    }
}

/// `part` with coordinates in the picture; vertices at the fields' seams are doubled.
pub(super) fn unroll(part: &Part, measures: &Measures, has_legs: bool) -> Part {
    let mut out = Part::default();
    let mut known: BTreeMap<(u32, Field, i8), u32> = BTreeMap::new();
    for triangle in &part.triangles {
        let corners = triangle.map(|i| &part.vertices[i as usize]);
        let arms = corners.iter().filter(|v| measures.is_arm(v)).count();
        let field = if arms >= 2 {
            Field::Arm
        } else if has_legs && corners.iter().all(|v| v.position.y < measures.crotch()) {
            Field::Leg
        } else {
            Field::Trunk
        };
        let places = corners.map(|v| place(v, measures, field));
        let first = places[0].0;
        let mut corner = 0;
        let indices = triangle.map(|index| {
            let (turn, fall) = places[corner];
            corner += 1;
            // All corners lie on the same side of the seam.
            let shift = if turn - first > 0.5 {
                -1
            } else if first - turn > 0.5 {
                1
            } else {
                0
            };
            *known.entry((index, field, shift)).or_insert_with(|| {
                let coordinate = field.place(turn + f32::from(shift), fall);
                out.vertex(Vertex { coordinate, ..part.vertices[index as usize] })
            })
        });
        out.triangles.push(indices);
    }
    out
}

/// Turn and fall, in metres of a trunk of 0.56 m, of a place on the trunk.
pub(super) fn on_trunk(p: Vec3, measures: &Measures) -> Vec2 {
    let axis = measures.at(Bone::Spine);
    let top = measures.at(Bone::Neck).y + TRUNK.0;
    Vec2::new(turn(Vec2::new(p.x, p.z - axis.z - 0.02)), (top - p.y) / measures.scale())
}

/// Turn and fall of the vertex in the field.
fn place(vertex: &Vertex, measures: &Measures, field: Field) -> (f32, f32) {
    let p = vertex.position;
    let left = Vec3::new(p.x.abs(), p.y, p.z);
    let share = |at: f32, (from, to): (f32, f32)| (at - from) / (to - from);
    match field {
        Field::Trunk | Field::Plain => {
            let at = on_trunk(p, measures);
            (at.x, at.y / TRUNK.1)
        }
        Field::Arm => {
            let (axis, along) = measures.arm(left);
            let way = (measures.at(Bone::LeftHand) - measures.at(Bone::LeftUpperArm)).normalize_or(Vec3::X);
            // Ahead lies at a quarter, the outside at 0, the seam on the inside.
            let outside = way.cross(Vec3::Z).normalize_or(Vec3::X) * -1.0;
            let ahead = way.cross(outside);
            let out = left - axis;
            let (x, z) = (out.dot(outside), out.dot(ahead));
            (turn(Vec2::new(z, x)), share(along, ARM))
        }
        Field::Leg => {
            let (axis, along) = measures.leg(left);
            (turn(Vec2::new(left.z - axis.z, left.x - axis.x)), share(along, LEG))
        }
    }
}

/// The part on the plain field, its own coordinates kept within it.
pub(super) fn plain(mut part: Part) -> Part {
    let [low, high] = Field::Plain.corners();
    for vertex in &mut part.vertices {
        let share = vertex.coordinate.clamp(Vec2::ZERO, Vec2::ONE) * 0.9 + 0.05;
        vertex.coordinate = low + (high - low) * share * Vec2::new(1.0, SEWN);
    }
    part
}

/// The part on that half of the plain field where a seam runs along an edge: the last column's, or the last row's if `is_row`.
pub(super) fn sewn(mut part: Part, is_row: bool) -> Part {
    let [low, high] = Field::Plain.corners();
    for vertex in &mut part.vertices {
        let own = vertex.coordinate.clamp(Vec2::ZERO, Vec2::ONE);
        let own = if is_row { Vec2::new(own.y, own.x) } else { own };
        let share = own * 0.9 + 0.05;
        vertex.coordinate = low + (high - low) * Vec2::new(share.x, SEWN + (1.0 - SEWN) * share.y);
    }
    part
}
