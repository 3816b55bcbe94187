//! Indices as a plain triangle list, whatever topology the file has (glTF 2.0 section 3.7.2.1).

use super::context::Notes;
use gltf::json::mesh::Mode;

/// A triangle list from the indices of a list, strip or fan; `None` for points and lines.
///
/// Triangles that name a vertex at or past `count` are left out with a note; so are those without area in a strip.
pub(super) fn triangles(mode: Mode, indices: Vec<u32>, count: usize, notes: &mut Notes) -> Option<Vec<u32>> {
    let mut list = match mode {
        Mode::Triangles => indices,
        Mode::TriangleStrip => strip(&indices),
        Mode::TriangleFan => fan(&indices),
        Mode::Points | Mode::Lines | Mode::LineLoop | Mode::LineStrip => return None,
    };
    let whole = list.len() / 3 * 3;
    if whole != list.len() {
        notes.add("has an unfinished triangle, which was left out");
        list.truncate(whole);
    }
    if list.iter().any(|i| *i as usize >= count) {
        notes.add("has triangles between vertices that do not exist; those were left out");
        let (corners, _) = list.as_chunks::<3>();
        list =
            corners.iter().filter(|t| t.iter().all(|i| (*i as usize) < count)).flatten().copied().collect();
    }
    Some(list)
}

fn strip(indices: &[u32]) -> Vec<u32> {
    let mut out = Vec::with_capacity(indices.len().saturating_mul(3));
    for (i, corner) in indices.windows(3).enumerate() {
        if let &[a, b, c] = corner
            && a != b
            && b != c
            && a != c
        {
            out.extend(if i % 2 == 0 { [a, b, c] } else { [b, a, c] });
        }
    }
    out
}

fn fan(indices: &[u32]) -> Vec<u32> {
    let Some((&hub, rim)) = indices.split_first() else { return Vec::new() };
    rim.windows(2)
        .flat_map(|edge| [hub, edge.first().copied().unwrap_or(hub), edge.last().copied().unwrap_or(hub)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_and_fans_keep_their_winding() {
        let mut notes = Notes::default();
        let list = |mode, indices: &[u32], notes: &mut Notes| triangles(mode, indices.to_vec(), 9, notes);
        assert_eq!(list(Mode::TriangleStrip, &[0, 1, 2, 3], &mut notes), Some(vec![0, 1, 2, 2, 1, 3]));
        assert_eq!(list(Mode::TriangleFan, &[0, 1, 2, 3], &mut notes), Some(vec![0, 1, 2, 0, 2, 3]));
        assert_eq!(list(Mode::Lines, &[0, 1], &mut notes), None);
        assert!(notes.into_report("a").is_empty());
    }

    #[test]
    fn leaves_out_what_points_nowhere() {
        let mut notes = Notes::default();
        let kept = triangles(Mode::Triangles, vec![0, 1, 2, 0, 1, 9, 2], 3, &mut notes);
        assert_eq!(kept, Some(vec![0, 1, 2]));
        assert_eq!(notes.into_report("a").len(), 2);
    }
}
