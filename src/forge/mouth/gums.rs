//! The gums: a band along each jaw that rises between the teeth.

use glam::{Vec2, Vec3};

use super::arch::Arch;
use super::crowns::{Column, LEAN, Tooth, columns};
use super::mesh::Mesh;

/// How far gums rise between two teeth and at the middle of one, of the tooth's length.
const MARGIN: [f32; 2] = [0.16, 0.03];

/// Adds the gums around the crowns that stand on `arch`; the arguments are those of [`super::crowns::grow`].
pub(super) fn grow(mesh: &mut Mesh<'_>, arch: &Arch, teeth: &[Tooth], scale: f32, grows: f32) {
    let mut rows = Vec::new();
    for column in columns(teeth) {
        let stand = arch.at(column.place * scale);
        let profile = profile(&column);
        let count = profile.len() as f32 - 1.0;
        let row: Vec<u32> = profile
            .iter()
            .enumerate()
            .map(|(i, [out, rise])| {
                let out = out + LEAN * rise.max(-column.tooth.length - 3.0) - column.inwards();
                let position = stand.point + (stand.outward * out + Vec3::Y * (grows * rise)) * scale;
                let along = (0.5 + column.place / 130.0).clamp(0.0, 1.0);
                mesh.vertex(position, Vec2::new(along, 0.56 + 0.43 * i as f32 / count))
            })
            .collect();
        rows.push(row);
    }
    mesh.strip(&rows, grows < 0.0);
}

/// Outwards and towards the edge, millimetres, from the vestibule over the margins to the palate or the floor.
fn profile(column: &Column) -> [[f32; 2]; 7] {
    let Tooth { length, depth, .. } = column.tooth;
    let between = |low: f32, high: f32| low + (high - low) * column.bow;
    let gum = -length;
    let margin = gum + between(MARGIN[0], MARGIN[1]) * length;
    [
        [-2.6, gum - 8.5],
        [between(-0.5, 0.2), gum - 4.0],
        [between(-0.4, 0.2), gum + between(0.8, -0.9)],
        [between(-0.5, -0.3), margin],
        [-depth * 0.9, margin - 0.3],
        [-depth - 1.6, gum - 4.0],
        [-depth - 5.0, gum - 8.0],
    ]
}
