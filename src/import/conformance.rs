//! What the specification forbids and this import reads nevertheless: said, so that the author can mend it.

use super::context::{Context, Notes};
use gltf::json::mesh::Semantic;
use gltf::json::validation::Checked;

/// Notes each kind of fault once, with how many there are.
pub(super) fn check(context: &Context<'_>, notes: &mut Notes) {
    let root = &context.root;
    let mut fault = |count: usize, what: &str| {
        if count > 0 {
            notes.add(format!("{count} {what}"));
        }
    };
    let loose = root.accessors.iter().filter(|a| a.buffer_view.is_none() && a.byte_offset.is_some());
    fault(loose.count(), "accessors have an offset into no buffer view");
    let misaligned = (0..root.accessors.len()).filter(|i| is_misaligned(context, *i) == Some(true));
    fault(misaligned.count(), "accessors are not aligned to their numbers (glTF 2.0 section 3.6.2.4)");
    let primitives = || root.meshes.iter().flat_map(|m| &m.primitives);
    let unbounded = primitives().filter(|p| {
        let position = p.attributes.get(&Checked::Valid(Semantic::Positions));
        let accessor = position.and_then(|a| root.accessors.get(a.value()));
        accessor.is_some_and(|a| a.min.is_none() || a.max.is_none())
    });
    fault(unbounded.count(), "meshes or parts of them have positions without bounds (min and max)");
}

/// Whether an accessor's numbers lie at places that their size does not divide.
fn is_misaligned(context: &Context<'_>, index: usize) -> Option<bool> {
    let accessor = context.root.accessors.get(index)?;
    let view = context.root.buffer_views.get(accessor.buffer_view?.value())?;
    let Checked::Valid(kind) = accessor.component_type else { return None };
    let size = kind.0.size() as u64;
    let offset = accessor.byte_offset.map_or(0, |o| o.0);
    let start = view.byte_offset.map_or(0, |o| o.0).wrapping_add(offset);
    let stride = view.byte_stride.map_or(0, |s| s.0) as u64;
    Some(!start.is_multiple_of(size) || !offset.is_multiple_of(size) || !stride.is_multiple_of(size))
}
