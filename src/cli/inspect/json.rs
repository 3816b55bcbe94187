//! The report as JSON.

use super::how;
use crate::avatar::{Avatar, Meta};
use crate::inspection::Inspection;
use crate::perform::{shown_gestures, worn_expressions};
use crate::rig::{Binding, BoneSource, Closure, Entry, Gap, Move};
use crate::vocabulary::Bone;
use serde_json::{Map, Value, json};

pub(super) fn write(inspection: &Inspection<'_>) -> String {
    let Inspection { avatar, rig, file_bytes, rig_file, report, warnings } = inspection;
    let entries = |list: &[Entry], bindings: &[Binding]| -> Vec<Value> {
        let row = |(e, binding): (&Entry, &Binding)| json!({ "name": e.name, "how": how(e), "source": e.source, "morphs": morphs(avatar, binding) });
        list.iter().zip(bindings).map(row).collect()
    };
    let bones: Map<String, Value> =
        report.bones.iter().map(|(bone, node)| ((*bone).to_owned(), node.as_str().into())).collect();
    let landmarks = rig.landmarks;
    let value = json!({
        "name": avatar.name,
        "generator": avatar.generator,
        "copyright": avatar.copyright,
        "meta": avatar.meta.as_ref().map(meta),
        "file_bytes": file_bytes,
        "rig_file": rig_file,
        "height": landmarks.crown - landmarks.floor,
        "facing": landmarks.facing.to_array(),
        "nodes": avatar.nodes.len(),
        "meshes": avatar.meshes.len(),
        "vertices": avatar.vertex_count(),
        "triangles": avatar.triangle_count(),
        "materials": avatar.materials.len(),
        "surfaces": avatar.materials.iter().map(|m| json!({ "material": m.name, "surface": m.surface.name() })).collect::<Vec<_>>(),
        "images": avatar.images.len(),
        "image_sizes": avatar.images.iter().map(|i| [i.width, i.height]).collect::<Vec<_>>(),
        "texture_bytes": avatar.texture_bytes(),
        "geometry_bytes": avatar.geometry_bytes(),
        "clips": avatar.clips.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(),
        "variants": avatar.variants,
        "node_names": node_names(avatar),
        "morph_targets": avatar.morph_names(),
        "own_expressions": avatar.expressions.iter().map(|e| e.name.as_str()).collect::<Vec<_>>(),
        "expressions": worn_expressions(avatar, rig)
            .iter()
            .map(|(name, by)| json!({ "name": name, "by": by }))
            .collect::<Vec<_>>(),
        "gestures": shown_gestures(rig).collect::<Vec<_>>(),
        "skeleton": {
            "convention": report.convention,
            "source": source(report.bone_source),
            "found": report.bones.len(),
            "of": Bone::COUNT,
            "missing": report.missing_bones,
        },
        "visemes": entries(&report.visemes, &rig.visemes),
        "channels": entries(&report.channels, &rig.channels),
        "bones": bones,
        "lip_gap": rig.closure.as_ref().map(lips),
        "warnings": warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
    });
    value.to_string()
}

/// The weights of the morph targets in a binding, by their names; meshes share a name's weight.
fn morphs(avatar: &Avatar, binding: &Binding) -> Map<String, Value> {
    let target = |step: &Move| match *step {
        Move::Morph { node, target, weight } => {
            let mesh = avatar.nodes.get(node).and_then(|n| n.mesh).and_then(|m| avatar.meshes.get(m))?;
            Some((mesh.morph_names.get(target)?.clone(), weight.into()))
        }
        Move::Rotate { .. } | Move::Express { .. } => None,
    };
    binding.moves.iter().filter_map(target).collect()
}

/// Millimetres of a head of 120 mm.
fn lips(closure: &Closure) -> Value {
    let gap = |gap: &Gap| json!({ "widest": gap.widest, "overlap": gap.overlap });
    let both = |(before, after): &(Gap, Gap)| json!({ "by_names": gap(before), "corrected": gap(after) });
    json!({
        "scale": closure.scale,
        "rest": gap(&closure.rest),
        "aa": gap(&closure.open),
        "PP": both(&closure.lips),
        "FF": closure.teeth.as_ref().map(both),
    })
}

fn node_names(avatar: &Avatar) -> Vec<&str> {
    avatar.nodes.iter().map(|n| n.name.as_str()).filter(|n| !n.is_empty()).collect()
}

fn source(source: BoneSource) -> &'static str {
    match source {
        BoneSource::File => "file",
        BoneSource::Names => "names",
        BoneSource::Shape => "shape",
        BoneSource::Nothing => "nothing",
    }
}

fn meta(meta: &Meta) -> Value {
    let terms: Map<String, Value> =
        meta.terms.iter().map(|(name, value)| ((*name).to_owned(), value.as_str().into())).collect();
    json!({
        "format": meta.format,
        "title": meta.title,
        "version": meta.version,
        "authors": meta.authors,
        "copyright": meta.copyright,
        "contact": meta.contact,
        "references": meta.references,
        "third_party_licenses": meta.third_party_licenses,
        "license": meta.license,
        "terms": terms,
        "forbids_performing": meta.forbids_performing().map(|(clause, _)| clause),
    })
}
