//! Puts the triangles and vertices of a piece into the order in which they are drawn and packed best.

use glam::Vec3;
use meshoptimizer_rs::{Error, Workspace, optimize_vertex_cache, optimize_vertex_fetch_remap};

use super::ForgeError;
use super::model::{Alpha, Morph, Piece};

/// The same piece, reordered; vertices that no triangle has are left out.
///
/// # Errors
/// When the triangles name vertices that do not exist.
pub(super) fn reorder(piece: &Piece) -> Result<Piece, ForgeError> {
    let failed = |error: Error| ForgeError::Encode { what: "geometry", reason: error.to_string() };
    let mut workspace = Workspace::default();
    let count = piece.part.vertices.len();
    let mut corners: Vec<u32> = piece.part.triangles.iter().flatten().copied().collect();
    // Of what shines through, the order of the triangles is what lies over what.
    if piece.surface.alpha != Alpha::Blend {
        corners = optimize_vertex_cache(&corners, count, &mut workspace).map_err(failed)?;
    }
    let fetch = optimize_vertex_fetch_remap(&corners, count, &mut workspace).map_err(failed)?;
    let new = |old: u32| fetch.remap.get(old as usize).copied().filter(|n| *n != u32::MAX);
    let mut kept: Vec<(u32, usize)> = (0..count).filter_map(|old| Some((new(old as u32)?, old))).collect();
    kept.sort_unstable();
    let mut out = Piece::new(piece.name, super::part::Part::default(), piece.surface.clone());
    out.part.vertices = kept.iter().filter_map(|(_, old)| piece.part.vertices.get(*old).copied()).collect();
    let corners: Vec<u32> = corners.iter().filter_map(|&c| new(c)).collect();
    out.part.triangles = corners.as_chunks::<3>().0.to_vec();
    let list = |old: &[(u32, Vec3)]| {
        let mut list: Vec<(u32, Vec3)> = old.iter().filter_map(|&(v, d)| Some((new(v)?, d))).collect();
        list.sort_unstable_by_key(|entry| entry.0);
        if list.is_empty() {
            list.push((0, Vec3::ZERO));
        }
        list
    };
    let morph = |m: &Morph| Morph { name: m.name.clone(), moved: list(&m.moved), turned: list(&m.turned) };
    out.morphs = piece.morphs.iter().map(morph).collect();
    Ok(out)
}
