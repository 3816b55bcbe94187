//! The crowns of a jaw's teeth: one smooth band along the arch, with shallow grooves where teeth meet.

use glam::{Vec2, Vec3};

use super::arch::Arch;
use super::mesh::Mesh;

/// How far roots lean back into the jaw, of their depth.
pub(super) const LEAN: f32 = 0.10;
/// Columns on each front tooth, and on each behind.
const COLUMNS: [u32; 2] = [6, 3];
/// How many teeth of a side count as front teeth.
const FRONT: usize = 4;
/// How far the lip side stands back where two teeth meet, and how much shorter they are there, millimetres.
const GROOVE: f32 = 0.30;
const ROUNDED: f32 = 0.36;
/// Behind this place on the arch, millimetres, teeth stand back from the cheeks, by so many times the square of the way.
const NARROWS: [f32; 2] = [18.0, 0.012];

/// How a tooth is built; millimetres of an average grown-up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tooth {
    /// Along the arch.
    pub(super) width: f32,
    /// From the gum to the edge.
    pub(super) length: f32,
    /// From lip to tongue.
    pub(super) depth: f32,
    /// How far its middle reaches beyond the arch; negative stays behind it.
    reaches: f32,
}

const fn tooth(width: f32, length: f32, depth: f32, reaches: f32) -> Tooth {
    Tooth { width, length, depth, reaches }
}

/// From the middle backwards (widths after Wheeler's Dental Anatomy), as far as a mouth shows them.
pub(super) const UPPER: [Tooth; 6] = [
    tooth(8.6, 10.4, 5.0, 0.0),
    tooth(6.8, 10.0, 5.0, -0.15),
    tooth(7.6, 10.2, 6.0, 0.1),
    tooth(7.1, 9.8, 7.0, -0.1),
    tooth(6.8, 9.4, 8.0, -0.1),
    tooth(9.0, 9.0, 8.0, -0.3),
];
/// See [`UPPER`]; there are no more than can be seen behind the lower lip.
pub(super) const LOWER: [Tooth; 4] = [
    tooth(5.4, 8.8, 4.5, 0.0),
    tooth(5.9, 8.8, 4.5, 0.0),
    tooth(6.9, 9.0, 5.0, 0.05),
    tooth(7.0, 8.4, 6.0, -0.2),
];

/// A place across a row of teeth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// From the middle of the arch, negative on the right, millimetres.
    pub(super) place: f32,
    pub(super) tooth: Tooth,
    /// Teeth from the middle, negative on the right: 1.5 is the middle of the second on the left.
    pub(super) count: f32,
    /// 0 where two teeth meet, 1 at the middle of one.
    pub(super) bow: f32,
}

impl Column {
    /// How far it stands inside the arch, millimetres.
    pub(super) fn inwards(&self) -> f32 {
        NARROWS[1] * (self.place.abs() - NARROWS[0]).max(0.0).powi(2)
    }
}

/// Adds the crowns of a jaw that stand on `arch`, `scale` metres to the millimetre; `grows` is +1 where edges point up.
pub(super) fn grow(mesh: &mut Mesh<'_>, arch: &Arch, teeth: &[Tooth], scale: f32, grows: f32) {
    let mut rows = Vec::new();
    for column in columns(teeth) {
        let stand = arch.at(column.place * scale);
        let length = column.tooth.length;
        let row: Vec<u32> = profile(&column)
            .iter()
            .map(|[out, rise]| {
                let out = out + LEAN * rise - column.inwards();
                let position = stand.point + (stand.outward * out + Vec3::Y * (grows * rise)) * scale;
                let height = (1.0 + rise / length).clamp(0.0, 1.0);
                mesh.vertex(position, Vec2::new(0.5 + column.count / 14.0, height * 0.5))
            })
            .collect();
        rows.push(row);
    }
    mesh.strip(&rows, grows < 0.0);
}

/// Outwards and towards the edge, millimetres, from under the gum over the edge to the tongue's side.
fn profile(column: &Column) -> [[f32; 2]; 9] {
    let Tooth { length, depth, reaches, .. } = column.tooth;
    let groove = -GROOVE * (1.0 - column.bow);
    let edge = reaches * column.bow - ROUNDED * (1.0 - column.bow);
    [
        [-0.7 + groove, -length - 2.0],
        [0.0 + groove, -length],
        [0.25 + groove, -0.6 * length],
        [0.15 + groove, -0.28 * length],
        [-0.2 + groove, edge - 0.7],
        [-0.65 + groove, edge - 0.1],
        [-1.2, edge],
        [-0.5 * depth, -0.45 * length],
        [-depth, -length],
    ]
}

/// From the right to the left end.
pub(super) fn columns(teeth: &[Tooth]) -> Vec<Column> {
    let mut left = Vec::new();
    let mut begun = 0.0;
    for (number, &tooth) in teeth.iter().enumerate() {
        let steps = COLUMNS[usize::from(number >= FRONT)];
        for step in 0..steps {
            let share = step as f32 / steps as f32;
            let bow = libm::powf(libm::sinf(share * std::f32::consts::PI).max(0.0), 0.6);
            left.push(Column {
                place: begun + share * tooth.width,
                tooth,
                count: number as f32 + share,
                bow,
            });
        }
        begun += tooth.width;
    }
    left.extend(teeth.last().map(|&tooth| Column {
        place: begun,
        tooth,
        count: teeth.len() as f32,
        bow: 0.0,
    }));
    let right = left.iter().skip(1).rev().map(|c| Column { place: -c.place, count: -c.count, ..*c });
    right.chain(left.iter().copied()).collect()
}
