//! Lighter copies of an avatar: fewer triangles, the same bones, pictures and morphs.

use meshoptimizer_rs::{
    Attributes, Error, Positions, SimplifyOptions, SimplifySettings, Workspace, simplify_with_attributes,
};

use super::ForgeError;
use super::model::Piece;
use crate::vocabulary::Channel;

/// What of all triangles is kept at each level.
const SHARES: [f32; 2] = [1.0, 0.38];

/// The lightest level.
pub const LIGHTEST: u8 = SHARES.len() as u8 - 1;

/// Meshes with fewer triangles stay as they are.
const FEW: usize = 150;

/// An edge goes only while the mesh changes less than this, as a share of its extent.
const COARSEST: f32 = 0.04;

/// How much a turn of the normal counts against a shift by the extent of the mesh.
const NORMAL: f32 = 0.25;
/// The same for coordinates of the picture.
const COORDINATE: f32 = 0.6;
/// The same for a metre of movement: where lips and lids part, both sides must stay.
const MOVEMENT: f32 = 6.0;

/// The movements that part what touches at rest, and those that bend most.
const KEEN: [Channel; 5] = [
    Channel::JawOpen,
    Channel::EyeBlinkLeft,
    Channel::EyeBlinkRight,
    Channel::MouthSmileLeft,
    Channel::MouthSmileRight,
];

/// Numbers for each vertex: normal, coordinate, movements.
const WIDTH: usize = 3 + 2 + 3 * KEEN.len();

/// Leaves out triangles of `piece` as `level` says; vertices without triangles stay.
///
/// # Errors
/// When the triangles name vertices that do not exist.
pub(super) fn thin(piece: &mut Piece, level: u8) -> Result<(), ForgeError> {
    let share = SHARES.get(usize::from(level)).copied().unwrap_or(1.0);
    let triangles = piece.part.triangles.len();
    if share >= 1.0 || triangles < FEW {
        return Ok(());
    }
    let corners: Vec<u32> = piece.part.triangles.iter().flatten().copied().collect();
    let positions: Vec<[f32; 3]> = piece.part.vertices.iter().map(|v| v.position.to_array()).collect();
    let attributes = attributes(piece);
    let mut weights = [MOVEMENT; WIDTH];
    weights[..3].fill(NORMAL);
    weights[3..5].fill(COORDINATE);
    let settings = SimplifySettings {
        target_index_count: (triangles as f32 * share) as usize * 3,
        target_error: COARSEST,
        options: SimplifyOptions::EMPTY,
    };
    let failed = |error: Error| ForgeError::Encode { what: "geometry", reason: error.to_string() };
    let view = Attributes::from_interleaved(&attributes, positions.len(), WIDTH, WIDTH, 0).map_err(failed)?;
    let positions = Positions::from_packed(&positions);
    let mut workspace = Workspace::default();
    let thinned =
        simplify_with_attributes(&corners, positions, view, &weights, None, settings, &mut workspace)
            .map_err(failed)?;
    piece.part.triangles = thinned.indices.as_chunks::<3>().0.to_vec();
    Ok(())
}

/// What of the vertices beside their places must be kept.
fn attributes(piece: &Piece) -> Vec<f32> {
    let mut out: Vec<f32> = Vec::with_capacity(piece.part.vertices.len() * WIDTH);
    for vertex in &piece.part.vertices {
        out.extend(vertex.normal.to_array());
        out.extend(vertex.coordinate.to_array());
        out.extend([0.0; 3 * KEEN.len()]);
    }
    for (place, channel) in KEEN.iter().enumerate() {
        let Some(morph) = piece.morphs.iter().find(|m| m.name == channel.name()) else { continue };
        for (vertex, movement) in &morph.moved {
            let at = *vertex as usize * WIDTH + 5 + 3 * place;
            if let Some(slot) = out.get_mut(at..at + 3) {
                slot.copy_from_slice(&movement.to_array());
            }
        }
    }
    out
}
