//! Morph targets: names, and deltas reduced to the vertices that move (glTF 2.0 section 3.7.2.2).

use super::accessor::Accessor;
use super::context::{Context, Notes};
use crate::avatar::MorphDeltas;
use crate::diagnostic::Diagnostic;
use gltf::json::extras::Extras;
use gltf::json::mesh::{Mesh, MorphTarget};

/// Shorter deltas (mesh units: metres) and normal deltas move nothing that can be seen.
const STILL_POSITION: f32 = 1e-7;
const STILL_NORMAL: f32 = 1e-4;

/// The names of a mesh's targets: its extras' `targetNames`, else those of a primitive, else `target_N`.
pub(super) fn names(context: &Context<'_>, json: &Mesh) -> Result<Vec<String>, Diagnostic> {
    let targets = json.primitives.iter().map(|p| p.targets.as_ref().map_or(0, Vec::len)).max().unwrap_or(0);
    let limit = context.limits.mesh_targets;
    if targets > limit {
        return Err(context.error(format!("has {targets} morph targets, more than {limit}")));
    }
    let extras = std::iter::once(&json.extras).chain(json.primitives.iter().map(|p| &p.extras));
    let mut names = extras.filter_map(target_names).next().unwrap_or_default();
    names.truncate(targets);
    for (i, name) in names.iter_mut().enumerate().filter(|(_, name)| name.is_empty()) {
        *name = format!("target_{i}");
    }
    names.extend((names.len()..targets).map(|i| format!("target_{i}")));
    Ok(names)
}

fn target_names(extras: &Extras) -> Option<Vec<String>> {
    let value: serde_json::Value = serde_json::from_str(extras.as_ref()?.get()).ok()?;
    let names = value.get("targetNames")?.as_array()?;
    Some(names.iter().map(|name| name.as_str().unwrap_or_default().to_owned()).collect())
}

/// The deltas of one target on a primitive of `count` vertices; `has_normals` where the primitive's are the file's.
pub(super) fn deltas(
    context: &Context<'_>,
    target: &MorphTarget,
    count: usize,
    has_normals: bool,
    notes: &mut Notes,
) -> Result<MorphDeltas, Diagnostic> {
    let read = |index: usize| -> Result<Vec<(u32, [f32; 3])>, Diagnostic> {
        let accessor = Accessor::new(context, index)?;
        if accessor.count != count {
            return Err(context.error("has a morph target for another number of vertices than it has"));
        }
        accessor.sparse_floats::<3>(context)
    };
    let mut positions = match target.positions {
        Some(index) => read(index.value())?,
        None => Vec::new(),
    };
    let mut normals = match target.normals.filter(|_| has_normals) {
        Some(index) => read(index.value())?,
        None => Vec::new(),
    };
    for (_, delta) in positions.iter_mut().chain(&mut normals) {
        if delta.iter().any(|c| !c.is_finite()) {
            notes.add("has a morph target with deltas that are not numbers; those were left out");
            *delta = [0.0; 3];
        }
    }
    positions.retain(|(_, d)| d.iter().any(|c| c.abs() > STILL_POSITION));
    normals.retain(|(_, d)| d.iter().any(|c| c.abs() > STILL_NORMAL));
    context.charge(positions.len() + normals.len(), 28)?;
    Ok(merge(&positions, &normals))
}

/// Joins two ascending lists into one by vertex.
fn merge(positions: &[(u32, [f32; 3])], normals: &[(u32, [f32; 3])]) -> MorphDeltas {
    let mut out = MorphDeltas::default();
    let (mut p, mut n) = (positions.iter().peekable(), normals.iter().peekable());
    loop {
        let vertex = match (p.peek(), n.peek()) {
            (Some((a, _)), Some((b, _))) => *a.min(b),
            (Some((a, _)), None) | (None, Some((a, _))) => *a,
            (None, None) => break,
        };
        out.vertices.push(vertex);
        out.positions.push(p.next_if(|(v, _)| *v == vertex).map_or([0.0; 3], |(_, d)| *d));
        if !normals.is_empty() {
            out.normals.push(n.next_if(|(v, _)| *v == vertex).map_or([0.0; 3], |(_, d)| *d));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_by_vertex() {
        let merged = merge(&[(1, [1.0; 3]), (4, [4.0; 3])], &[(0, [0.5; 3]), (4, [0.25; 3])]);
        assert_eq!(merged.vertices, [0, 1, 4]);
        assert_eq!(merged.positions, [[0.0; 3], [1.0; 3], [4.0; 3]]);
        assert_eq!(merged.normals, [[0.5; 3], [0.0; 3], [0.25; 3]]);
        assert_eq!(merge(&[(2, [1.0; 3])], &[]).normals, Vec::<[f32; 3]>::new());
    }
}
