//! Buffers, their views and accessors.

use super::{Tell, bounds};
use crate::import::context::Context;
use gltf::json::validation::Checked;

pub(super) fn check(context: &Context<'_>, tell: Tell<'_>) {
    let root = &context.root;
    let loose = root.accessors.iter().filter(|a| a.buffer_view.is_none() && a.byte_offset.is_some());
    tell(loose.count(), "accessors have an offset into no buffer view");
    let misaligned = (0..root.accessors.len()).filter(|i| is_misaligned(context, *i) == Some(true));
    tell(misaligned.count(), "accessors are not aligned to their numbers (glTF 2.0 section 3.6.2.4)");
    tell(root.buffers.iter().filter(|b| b.byte_length.0 == 0).count(), "buffers have no length");
    let lost = (0..root.buffer_views.len()).filter(|view| context.view(*view).is_err());
    tell(lost.count(), "buffer views have no data or reach past its end");
    let (unreadable, wrong) = bounds::faults(context);
    tell(unreadable, "accessors cannot be read");
    tell(wrong, "accessors have bounds (min and max) that are not those of their numbers");
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
