//! Skins: joints and inverse bind matrices (glTF 2.0 section 3.7.3).

use super::accessor::Accessor;
use super::context::{Context, Notes, label};
use crate::avatar::Skin;
use crate::diagnostic::Diagnostic;
use glam::Mat4;

/// Skin `index` of the document; `place` says where its joints are now.
pub(super) fn skin(
    context: &Context<'_>,
    index: usize,
    place: &[Option<usize>],
    notes: &mut Notes,
) -> Result<Skin, Diagnostic> {
    let Some(json) = context.root.skins.get(index) else { return Ok(Skin::default()) };
    let name = label("skin", json.name.as_deref(), index);
    if json.joints.len() > usize::from(u16::MAX) {
        return Err(context.error(format!("{name} has more than 65535 joints")));
    }
    let joints: Vec<usize> =
        json.joints.iter().filter_map(|j| place.get(j.value()).copied().flatten()).collect();
    if joints.len() != json.joints.len() {
        return Err(context.error(format!("{name} has a joint that does not exist")));
    }
    let mut inverse_bind = match json.inverse_bind_matrices {
        Some(accessor) => Accessor::new(context, accessor.value())?
            .floats::<16>(context)?
            .iter()
            .map(Mat4::from_cols_array)
            .collect(),
        None => vec![Mat4::IDENTITY; joints.len()],
    };
    if inverse_bind.len() < joints.len() {
        return Err(context.error(format!("{name} has fewer inverse bind matrices than joints")));
    }
    inverse_bind.truncate(joints.len());
    for matrix in inverse_bind.iter_mut().filter(|m| !m.is_finite()) {
        notes.add(format!("{name}: an inverse bind matrix is not a number and was reset"));
        *matrix = Mat4::IDENTITY;
    }
    Ok(Skin { name: json.name.clone().unwrap_or_default(), joints, inverse_bind })
}
