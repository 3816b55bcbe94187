//! The gums: a band along each jaw that rises between the teeth.

use glam::{Vec2, Vec3};

use super::arch::Arch;
use super::crowns::{LEAN, Tooth};
use super::mesh::Mesh;

/// Columns on each of a front tooth, and of those behind.
const COLUMNS: [u32; 2] = [4, 2];

/// Adds the gums around the crowns that stand on `arch`; the arguments are those of [`super::crowns::grow`].
pub(super) fn grow(mesh: &mut Mesh<'_>, arch: &Arch, teeth: &[Tooth; 7], scale: f32, grows: f32) {
    let mut rows = Vec::new();
    for column in columns(teeth) {
        let Column { place, tooth, share } = column;
        let stand = arch.at(place * scale);
        // 0 between two teeth, 1 at the middle of one.
        let bow = libm::powf(libm::sinf(share * std::f32::consts::PI).max(0.0), 0.7);
        let gum = -tooth.length;
        let between = |low: f32, high: f32| low + (high - low) * bow;
        let margin = gum + between(0.46, 0.03) * tooth.length;
        // Outwards and towards the edge, millimetres, from the vestibule over the margins to the palate or the floor.
        let profile = [
            [-2.6, gum - 8.5],
            [between(-0.9, 0.0), gum - 4.0],
            [between(-1.4, -0.15), gum + between(1.4, -0.9)],
            [between(-2.4, -0.75), margin],
            [-tooth.depth * between(0.62, 0.96), margin - 0.3],
            [-tooth.depth - 1.6, gum - 4.0],
            [-tooth.depth - 5.0, gum - 8.0],
        ];
        let count = profile.len() as f32 - 1.0;
        let row: Vec<u32> = profile
            .iter()
            .enumerate()
            .map(|(i, [out, rise])| {
                let out = out + LEAN * rise.max(gum - 3.0);
                let position = stand.point + (stand.outward * out + Vec3::Y * (grows * rise)) * scale;
                let along = (0.5 + place / 130.0).clamp(0.0, 1.0);
                mesh.vertex(position, Vec2::new(along, 0.56 + 0.43 * i as f32 / count))
            })
            .collect();
        rows.push(row);
    }
    mesh.strip(&rows, grows < 0.0);
}

struct Column<'a> {
    /// From the middle of the arch, millimetres.
    place: f32,
    tooth: &'a Tooth,
    /// Across the tooth, 0..=1.
    share: f32,
}

/// From the right to the left end.
fn columns(teeth: &[Tooth; 7]) -> Vec<Column<'_>> {
    let mut left = Vec::new();
    let mut begun = 0.0;
    for (number, tooth) in teeth.iter().enumerate() {
        let count = COLUMNS[usize::from(number > 3)];
        for step in 0..count {
            let share = step as f32 / count as f32;
            left.push(Column { place: begun + share * tooth.width, tooth, share });
        }
        begun += tooth.width;
    }
    left.extend(teeth.last().map(|tooth| Column { place: begun, tooth, share: 0.0 }));
    let right = left.iter().skip(1).rev().map(|c| Column { place: -c.place, ..*c });
    right.chain(left.iter().map(|c| Column { ..*c })).collect()
}
