//! Cameras on nodes (glTF 2.0 section 3.10). Orthographic ones are left out: people are not seen so.

use super::context::{Context, Notes};
use super::fields::bounded;
use crate::avatar::FileCamera;

/// What lies farther is not drawn, where the file says no end.
const FARTHEST: f32 = 1e4;
/// Radians.
const NARROWEST: f32 = 0.01;
const WIDEST: f32 = 3.0;

/// All cameras on nodes that are kept; `place` says where nodes are now.
pub(super) fn cameras(context: &Context<'_>, place: &[Option<usize>], notes: &mut Notes) -> Vec<FileCamera> {
    let mut out = Vec::new();
    for (json, place) in context.root.nodes.iter().zip(place) {
        let (Some(index), Some(node)) = (json.camera.map(|c| c.value()), *place) else { continue };
        let camera = context.root.cameras.get(index);
        let Some((camera, lens)) = camera.and_then(|c| Some((c, c.perspective.as_ref()?))) else {
            notes.add("a node has a camera that does not exist or has no perspective");
            continue;
        };
        let names = [camera.name.as_ref(), json.name.as_ref()];
        let name = names.into_iter().flatten().find(|name| !name.trim().is_empty()).cloned();
        let near = bounded(lens.znear, 0.01, 1e-4, 1e3);
        out.push(FileCamera {
            name: name.unwrap_or_else(|| format!("camera-{index}")),
            node,
            fov_y: bounded(lens.yfov, 0.5, NARROWEST, WIDEST),
            near,
            far: bounded(lens.zfar.unwrap_or(FARTHEST), FARTHEST, near * 2.0, 1e6),
        });
    }
    out
}
