//! Lighter copies of an avatar: fewer triangles, the same bones, pictures and morphs.

use glam::Vec3;
use meshoptimizer_rs::{
    Attributes, Error, Positions, SimplifyOptions, SimplifySettings, VertexFlags, Workspace,
    simplify_with_attributes,
};

use super::ForgeError;
use super::model::Piece;
use crate::vocabulary::Channel;

/// How many triangles an avatar has at most.
const MOST: usize = 40_000;

/// What of all triangles is kept at each level.
const SHARES: [f32; 2] = [1.0, 0.385];

/// The lightest level.
pub const LIGHTEST: u8 = SHARES.len() as u8 - 1;

/// Meshes with fewer triangles stay as they are: they are small, or lie close on others, as brows do.
const FEW: usize = 450;

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

/// Lips that are nearer at rest touch, metres.
const TOUCHING: f32 = 0.003;
/// What moves further with the jaw is below the mouth's opening, metres.
const DROPS: f32 = 0.012;
/// What moves less is above it.
const STAYS: f32 = 0.005;

/// Numbers for each vertex: normal, coordinate, movements.
const WIDTH: usize = 3 + 2 + 3 * KEEN.len();

/// Leaves out triangles as `level` says, or what is too much: nothing of the face then. Vertices without triangles stay.
///
/// # Errors
/// When the triangles name vertices that do not exist.
pub(super) fn thin(pieces: &mut [Piece], level: u8) -> Result<(), ForgeError> {
    let share = SHARES.get(usize::from(level)).copied().unwrap_or(1.0);
    let stays = |piece: &Piece| {
        piece.part.triangles.len() < FEW || level == 0 && (!piece.morphs.is_empty() || piece.name == "Eyes")
    };
    let count = |are_kept: bool| -> usize {
        let pieces = pieces.iter().filter(|piece| stays(piece) == are_kept);
        pieces.map(|piece| piece.part.triangles.len()).sum()
    };
    let (kept, others) = (count(true), count(false));
    let goal = ((kept + others).min(MOST) as f32 * share) as usize;
    let share = goal.saturating_sub(kept) as f32 / others.max(1) as f32;
    pieces.iter_mut().filter(|piece| !stays(piece)).try_for_each(|piece| keep(piece, share))
}

/// Leaves out triangles of `piece` until only `share` of them are left.
fn keep(piece: &mut Piece, share: f32) -> Result<(), ForgeError> {
    let triangles = piece.part.triangles.len();
    if share >= 1.0 {
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
    let (flags, mut workspace) = (locks(piece), Workspace::default());
    let thinned =
        simplify_with_attributes(&corners, positions, view, &weights, Some(&flags), settings, &mut workspace)
            .map_err(failed)?;
    piece.part.triangles = thinned.indices.as_chunks::<3>().0.to_vec();
    Ok(())
}

/// The vertices that must stay: where lips that part with the jaw touch at rest.
fn locks(piece: &Piece) -> Vec<VertexFlags> {
    let vertices = &piece.part.vertices;
    let mut flags = vec![VertexFlags::EMPTY; vertices.len()];
    let Some(jaw) = piece.morphs.iter().find(|m| m.name == Channel::JawOpen.name()) else { return flags };
    let mut drops = vec![0.0; vertices.len()];
    for (vertex, movement) in &jaw.moved {
        if let Some(drop) = drops.get_mut(*vertex as usize) {
            *drop = movement.length();
        }
    }
    let which = |is_lower: bool| -> Vec<(usize, Vec3)> {
        let all = vertices.iter().zip(&drops).enumerate();
        let side = all.filter(|(_, (_, drop))| if is_lower { **drop > DROPS } else { **drop < STAYS });
        side.map(|(index, (vertex, _))| (index, vertex.position)).collect()
    };
    let lower = which(true);
    let low = lower.iter().map(|l| l.1).fold(Vec3::MAX, Vec3::min) - TOUCHING;
    let high = lower.iter().map(|l| l.1).fold(Vec3::MIN, Vec3::max) + TOUCHING;
    for (u, upper) in which(false) {
        if upper.cmplt(low).any() || upper.cmpgt(high).any() {
            continue;
        }
        for &(l, _) in lower.iter().filter(|(_, place)| place.distance(upper) < TOUCHING) {
            (flags[u], flags[l]) = (VertexFlags::LOCK, VertexFlags::LOCK);
        }
    }
    flags
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
