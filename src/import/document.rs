//! The order of an import: container, extensions, nodes, then meshes and pictures side by side, then the rest.

use super::context::{Context, Notes};
use super::extensions::{khr_lights_punctual, khr_materials_variants};
use super::limits::Limits;
use super::materials::Materials;
use super::meshes::Looks;
use super::nodes::Tree;
use super::textures::Textures;
use super::{
    Imported, Options, cameras, clips, conformance, constraints, container, extensions, meshes, nodes,
    references, skins, springs, textures, vrm, vrma,
};
use crate::avatar::{Avatar, Mesh, Node};
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use rayon::prelude::*;

/// Nodes that show a mesh with morph targets.
const MORPHED_NODES_LIMIT: usize = 1024;

/// See [`super::import`].
pub(super) fn import(
    bytes: &[u8],
    name: &str,
    source: &dyn Source,
    options: Options,
    limits: Limits,
) -> Result<Imported, Diagnostic> {
    let mut container = container::open(bytes, name)?;
    let mut notes = std::mem::take(&mut container.notes);
    extensions::check(&container.root, name, &mut notes)?;
    let context = Context::load(container, name, source, options, limits)?;
    conformance::check(&context, &mut notes);
    let Tree { mut nodes, place } = nodes::tree(&context, &mut notes)?;
    let vrm = vrm::find(&context);
    let first_person =
        vrm.as_ref().map_or_else(Vec::new, |vrm| vrm.first_person(&context, &place, &mut nodes));
    let mut materials = Materials::read(&context, &mut notes);
    if let Some(vrm) = &vrm {
        vrm.materials(&context, &mut materials.all, &mut notes);
    }
    let variants = khr_materials_variants::names(&context);
    let uv_sets = references::choose_sets(&context, &mut materials.all, &mut notes);
    let used_images = references::used_images(&mut materials.all, context.root.images.len());
    let looks = Looks { materials: &materials.all, uv_sets, variants: variants.len() };
    let (geometry, (mut textures, texture_notes)) = rayon::join(
        || shown_meshes(&context, &mut nodes, &looks),
        || decoded_textures(&context, &used_images),
    );
    let (mut meshes, mesh_notes) = geometry?;
    notes.append(mesh_notes);
    notes.append(texture_notes);
    let skins = used_skins(&context, &mut nodes, &place, &mut notes)?;
    let mut materials = materials.settle(&context, &mut textures, &mut notes);
    vrm::settle_toon(&mut materials, &mut meshes);
    let lights = khr_lights_punctual::lights(&context, &place, &mut notes);
    let cameras = cameras::cameras(&context, &place, &mut notes);
    fit_weights(&context, &mut nodes, &meshes)?;
    let targets = |node: usize| morph_count(nodes.get(node), &meshes);
    let clips = (0..context.root.animations.len())
        .map(|i| clips::clip(&context, i, &place, &targets, &mut notes))
        .collect();
    let (springs, colliders) = springs::read(&context, &nodes, &place, &mut notes);
    let constraints = constraints::read(&context, &nodes, &place, &mut notes);
    let (humanoid, motion_nodes) = vrma::read(&context, &place, &mut notes).unzip();
    let mut avatar = Avatar {
        name: stem(name).to_owned(),
        generator: context.root.asset.generator.clone().unwrap_or_default(),
        copyright: context.root.asset.copyright.clone().unwrap_or_default(),
        file_nodes: file_nodes(&place, nodes.len()),
        nodes,
        meshes,
        skins,
        materials,
        images: textures.images,
        clips,
        first_person,
        cameras,
        lights,
        variants,
        springs,
        colliders,
        constraints,
        humanoid,
        motion_nodes,
        ..Avatar::default()
    };
    if let Some(vrm) = &vrm {
        vrm.complete(&context, &place, &mut avatar, &mut notes);
    }
    if avatar.triangle_count() == 0 {
        let help = "export it with its meshes, or give it to --clip if it is a motion";
        notes.advise("nothing can be seen: the file has no triangles", help);
    }
    Ok(Imported { avatar, report: notes.into_report(name) })
}

/// The document's number of each node that is kept.
fn file_nodes(place: &[Option<usize>], count: usize) -> Vec<usize> {
    let mut numbers = vec![0; count];
    for (number, place) in place.iter().enumerate() {
        if let Some(slot) = place.and_then(|place| numbers.get_mut(place)) {
            *slot = number;
        }
    }
    numbers
}

/// `a/b.c.glb` is `b.c`.
fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

fn decoded_textures(context: &Context<'_>, used: &[bool]) -> (Textures, Notes) {
    let mut notes = Notes::default();
    if !context.options.decode_textures {
        return (Textures::default(), notes);
    }
    let textures = textures::decode(context, used, &mut notes);
    (textures, notes)
}

/// Replaces each `Some(document index)` by its rank of first use, and lists the used ones.
fn renumber<'a>(refs: impl Iterator<Item = &'a mut Option<usize>>, total: usize) -> Vec<usize> {
    let mut rank = vec![None; total];
    let mut used = Vec::new();
    for reference in refs {
        let Some(index) = *reference else { continue };
        *reference = rank.get_mut(index).map(|slot: &mut Option<usize>| {
            *slot.get_or_insert_with(|| {
                used.push(index);
                used.len() - 1
            })
        });
    }
    used
}

/// The meshes that nodes show; the nodes' references are renumbered.
fn shown_meshes(
    context: &Context<'_>,
    nodes: &mut [Node],
    looks: &Looks<'_>,
) -> Result<(Vec<Mesh>, Notes), Diagnostic> {
    let used = renumber(nodes.iter_mut().map(|n| &mut n.mesh), context.root.meshes.len());
    let mut joints = vec![None; used.len()];
    for node in nodes.iter() {
        let skin = node.skin.and_then(|s| context.root.skins.get(s));
        if let (Some(skin), Some(slot)) = (skin, node.mesh.and_then(|m| joints.get_mut(m))) {
            *slot = Some(slot.map_or(skin.joints.len(), |n: usize| n.min(skin.joints.len())));
        }
    }
    let converted: Vec<Result<(Mesh, Notes), Diagnostic>> = used
        .par_iter()
        .zip(&joints)
        .map(|(&index, &joints)| {
            let mut notes = Notes::default();
            meshes::mesh(context, index, joints, looks, &mut notes).map(|mesh| (mesh, notes))
        })
        .collect();
    let mut meshes = Vec::with_capacity(used.len());
    let mut all_notes = Notes::default();
    for result in converted {
        let (mesh, notes) = result?;
        meshes.push(mesh);
        all_notes.append(notes);
    }
    let targets: Vec<usize> = nodes
        .iter()
        .filter_map(|n| n.mesh.and_then(|m| meshes.get(m)).map(|m: &Mesh| m.morph_names.len()))
        .filter(|count| *count > 0)
        .collect();
    if targets.len() > MORPHED_NODES_LIMIT || targets.iter().sum::<usize>() > context.limits.shown_targets {
        return Err(context.error("the scene shows too many morph targets").help("join or remove meshes"));
    }
    let vertices = |m: &Mesh| m.primitives.iter().map(|p| p.positions.len()).sum::<usize>();
    let counts: Vec<usize> = meshes.iter().map(vertices).collect();
    let shown: usize = nodes.iter().filter_map(|n| n.mesh.and_then(|m| counts.get(m))).sum();
    let limit = context.limits.shown_vertices;
    if shown > limit {
        return Err(context
            .error(format!("the scene shows more than {limit} vertices"))
            .help("reduce the avatar"));
    }
    Ok((meshes, all_notes))
}

/// The skins that nodes use; the nodes' references are renumbered.
fn used_skins(
    context: &Context<'_>,
    nodes: &mut [Node],
    place: &[Option<usize>],
    notes: &mut Notes,
) -> Result<Vec<crate::avatar::Skin>, Diagnostic> {
    let used = renumber(nodes.iter_mut().map(|n| &mut n.skin), context.root.skins.len());
    used.into_iter().map(|index| skins::skin(context, index, place, notes)).collect()
}

fn morph_count(node: Option<&Node>, meshes: &[Mesh]) -> usize {
    node.and_then(|n| n.mesh).and_then(|m| meshes.get(m)).map_or(0, |m| m.morph_names.len())
}

/// Node weights are as many as targets, or none.
fn fit_weights(context: &Context<'_>, nodes: &mut [Node], meshes: &[Mesh]) -> Result<(), Diagnostic> {
    for node in nodes {
        let targets = morph_count(Some(node), meshes);
        if !node.morph_weights.is_empty() {
            context.charge(targets, size_of::<f32>())?;
            node.morph_weights.resize(targets, 0.0);
        }
    }
    Ok(())
}
