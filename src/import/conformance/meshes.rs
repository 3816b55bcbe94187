//! Meshes: which attributes belong together, and what they may be made of.

use super::Tell;
use crate::import::context::Context;
use gltf::json::accessor::{ComponentType, Type};
use gltf::json::buffer::Target;
use gltf::json::mesh::{Primitive, Semantic};
use gltf::json::validation::Checked;
use gltf::json::{Accessor, Root};
use std::collections::{BTreeMap, BTreeSet};

/// What an accessor or a view is used for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Attribute,
    Indices,
    Curve,
    Matrices,
}

pub(super) fn check(context: &Context<'_>, tell: Tell<'_>) {
    let root = &context.root;
    let mut count = |is_faulty: &dyn Fn(&Primitive) -> bool, what: &str| {
        let parts = root.meshes.iter().flat_map(|m| &m.primitives);
        tell(parts.filter(|p| is_faulty(p)).count(), &format!("meshes or parts of them {what}"));
    };
    let has_bounds = |a: usize| root.accessors.get(a).is_none_or(|a| a.min.is_some() && a.max.is_some());
    count(&|p| positions(p).any(|a| !has_bounds(a)), "have positions without bounds (min and max)");
    count(
        &|p| sets(p, joint_set) != sets(p, weight_set),
        "have joints without weights, or weights without joints",
    );
    let is_gapped = |sets: BTreeSet<u32>| sets.last().is_some_and(|last| *last as usize >= sets.len());
    count(
        &|p| [joint_set, weight_set, uv_set, color_set].iter().any(|of| is_gapped(sets(p, *of))),
        "have numbered attributes that do not begin at 0 or leave one out",
    );
    let is_lost = |a: &gltf::json::Index<Accessor>| a.value() >= root.accessors.len();
    let targets = |p: &Primitive| {
        let all = p.targets.iter().flatten().flat_map(|t| [t.positions, t.normals, t.tangents]);
        all.flatten().any(|a| is_lost(&a))
    };
    count(&|p| p.attributes.values().any(is_lost) || targets(p), "have attributes that do not exist");
    count(&|p| is_targets_alone(p), "have morph targets of attributes that they do not have");
    count(
        &|p| accessors(root, p).any(|(semantic, a)| is_odd(semantic, a)),
        "have attributes of another kind of number than glTF allows",
    );
    count(&|p| lacks_coordinates(root, p), "have textures but no texture coordinates for them");
    uses(context, tell);
}

fn positions(p: &Primitive) -> impl Iterator<Item = usize> {
    let base = p.attributes.get(&Checked::Valid(Semantic::Positions));
    let targets = p.targets.iter().flatten().filter_map(|t| t.positions.as_ref());
    base.into_iter().chain(targets).map(|a| a.value())
}

fn accessors<'a>(root: &'a Root, p: &'a Primitive) -> impl Iterator<Item = (&'a Semantic, &'a Accessor)> {
    p.attributes.iter().filter_map(|(semantic, accessor)| match semantic {
        Checked::Valid(semantic) => Some((semantic, root.accessors.get(accessor.value())?)),
        Checked::Invalid => None,
    })
}

/// The numbers of the attributes of one kind.
fn sets(p: &Primitive, of: fn(&Semantic) -> Option<u32>) -> BTreeSet<u32> {
    let valid = |semantic: &Checked<Semantic>| match semantic {
        Checked::Valid(semantic) => of(semantic),
        Checked::Invalid => None,
    };
    p.attributes.keys().filter_map(valid).collect()
}

const fn joint_set(semantic: &Semantic) -> Option<u32> {
    if let Semantic::Joints(set) = semantic { Some(*set) } else { None }
}

const fn weight_set(semantic: &Semantic) -> Option<u32> {
    if let Semantic::Weights(set) = semantic { Some(*set) } else { None }
}

const fn uv_set(semantic: &Semantic) -> Option<u32> {
    if let Semantic::TexCoords(set) = semantic { Some(*set) } else { None }
}

const fn color_set(semantic: &Semantic) -> Option<u32> {
    if let Semantic::Colors(set) = semantic { Some(*set) } else { None }
}

fn is_targets_alone(p: &Primitive) -> bool {
    let lacks = |semantic| !p.attributes.contains_key(&Checked::Valid(semantic));
    p.targets.iter().flatten().any(|target| {
        target.normals.is_some() && lacks(Semantic::Normals)
            || target.tangents.is_some() && lacks(Semantic::Tangents)
    })
}

/// Whether an attribute has another shape than glTF 2.0 section 3.7.2.1 says, or integers where none make sense, quantised
/// or not.
fn is_odd(semantic: &Semantic, accessor: &Accessor) -> bool {
    let (Checked::Valid(kind), Checked::Valid(shape)) = (accessor.component_type, accessor.type_) else {
        return true;
    };
    let is_byte_or_short =
        matches!(kind.0, ComponentType::U8 | ComponentType::U16 | ComponentType::I8 | ComponentType::I16);
    let shapes: &[Type] = match semantic {
        Semantic::Positions | Semantic::Normals => &[Type::Vec3],
        Semantic::Tangents | Semantic::Joints(_) | Semantic::Weights(_) => &[Type::Vec4],
        Semantic::TexCoords(_) => &[Type::Vec2],
        Semantic::Colors(_) => &[Type::Vec3, Type::Vec4],
        _ => return false,
    };
    let is_kind = match semantic {
        Semantic::Joints(_) => matches!(kind.0, ComponentType::U8 | ComponentType::U16),
        _ => kind.0 == ComponentType::F32 || is_byte_or_short,
    };
    !shapes.contains(&shape) || !is_kind
}

/// Whether its material's own textures want more sets of coordinates than there are.
fn lacks_coordinates(root: &Root, p: &Primitive) -> bool {
    let Some(material) = p.material.and_then(|m| root.materials.get(m.value())) else { return false };
    let pbr = &material.pbr_metallic_roughness;
    let plain = [&pbr.base_color_texture, &pbr.metallic_roughness_texture, &material.emissive_texture];
    let plain = plain.into_iter().flatten().filter(|t| t.extensions.is_none()).map(|t| t.tex_coord);
    let normal = material.normal_texture.as_ref().filter(|t| t.extensions.is_none()).map(|t| t.tex_coord);
    let occlusion =
        material.occlusion_texture.as_ref().filter(|t| t.extensions.is_none()).map(|t| t.tex_coord);
    let there = sets(p, uv_set);
    plain.chain(normal).chain(occlusion).any(|set| !there.contains(&set))
}

/// Accessors and views that serve two ends, or another than they say.
fn uses(context: &Context<'_>, tell: Tell<'_>) {
    let root = &context.root;
    let mut all: Vec<(usize, Use)> = Vec::new();
    for p in root.meshes.iter().flat_map(|m| &m.primitives) {
        let targets = p.targets.iter().flatten().flat_map(|t| [t.positions, t.normals, t.tangents]);
        let attributes = p.attributes.values().copied().map(Some).chain(targets).flatten();
        all.extend(attributes.map(|a| (a.value(), Use::Attribute)));
        all.extend(p.indices.map(|a| (a.value(), Use::Indices)));
    }
    for sampler in root.animations.iter().flat_map(|a| &a.samplers) {
        all.extend([(sampler.input.value(), Use::Curve), (sampler.output.value(), Use::Curve)]);
    }
    all.extend(root.skins.iter().filter_map(|s| Some((s.inverse_bind_matrices?.value(), Use::Matrices))));
    let mut of_accessor: BTreeMap<usize, BTreeSet<Use>> = BTreeMap::new();
    let mut of_view: BTreeMap<usize, BTreeSet<Use>> = BTreeMap::new();
    let mut sharers: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (accessor, purpose) in all {
        of_accessor.entry(accessor).or_default().insert(purpose);
        let Some(view) = root.accessors.get(accessor).and_then(|a| a.buffer_view) else { continue };
        of_view.entry(view.value()).or_default().insert(purpose);
        if purpose == Use::Attribute {
            sharers.entry(view.value()).or_default().insert(accessor);
        }
    }
    let shared = of_accessor.values().filter(|uses| uses.len() > 1);
    tell(shared.count(), "accessors serve two ends");
    let view = |index: &usize| root.buffer_views.get(*index);
    let is_misused = |(index, uses): &(&usize, &BTreeSet<Use>)| {
        let target = match view(index).and_then(|v| v.target) {
            Some(Checked::Valid(target)) => Some(target),
            _ => None,
        };
        uses.len() > 1
            || target == Some(Target::ElementArrayBuffer) && !uses.contains(&Use::Indices)
            || target == Some(Target::ArrayBuffer) && !uses.contains(&Use::Attribute)
    };
    tell(of_view.iter().filter(is_misused).count(), "buffer views serve two ends, or another than they say");
    let is_strided = |index: &usize| view(index).is_none_or(|v| v.byte_stride.is_some());
    let unstrided = sharers.iter().filter(|(index, all)| all.len() > 1 && !is_strided(index));
    tell(unstrided.count(), "buffer views hold several attributes and state no stride");
}
