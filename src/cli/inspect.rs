//! `rhetor inspect`: what an avatar can do and what it lacks.

use super::args::Widening;
use super::error::CliError;
use super::output;
use crate::host;
use crate::import::Options;
use crate::rig::{Count, Entry, Rig};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// An avatar: a .glb, .gltf or .vrm file, or a bundled one's name.
    avatar: String,
    /// As JSON.
    #[arg(long)]
    json: bool,
    /// Also write a picture of all visemes.
    #[arg(long, value_name = "OUT.png")]
    sheet: Option<PathBuf>,
    #[command(flatten)]
    widening: Widening,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let imported = host::load_avatar(&arguments.avatar, None, &arguments.widening.allow, Options::default())?;
    let avatar = &imported.avatar;
    let rig = Rig::resolve(avatar);
    let report = rig.report(avatar);
    let warnings: Vec<String> = imported
        .report
        .iter()
        .map(ToString::to_string)
        .chain(report.warnings.iter().map(ToString::to_string))
        .collect();
    if arguments.json {
        let entries = |list: &[Entry]| -> Vec<serde_json::Value> {
            let row = |e: &Entry| serde_json::json!({ "name": e.name, "how": how(e), "source": e.source });
            list.iter().map(row).collect()
        };
        let bones: serde_json::Map<String, serde_json::Value> =
            report.bones.iter().map(|(bone, node)| ((*bone).to_owned(), node.as_str().into())).collect();
        let value = serde_json::json!({
            "name": avatar.name,
            "nodes": avatar.nodes.len(),
            "meshes": avatar.meshes.len(),
            "vertices": avatar.vertex_count(),
            "triangles": avatar.triangle_count(),
            "materials": avatar.materials.len(),
            "images": avatar.images.len(),
            "clips": avatar.clips.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(),
            "visemes": entries(&report.visemes),
            "channels": entries(&report.channels),
            "bones": bones,
            "warnings": warnings,
        });
        output::result(value.to_string());
    } else {
        output::result(format!(
            "{}: {} triangles, {} vertices, {} nodes, {} materials, {} images, {} clips",
            avatar.name,
            avatar.triangle_count(),
            avatar.vertex_count(),
            avatar.nodes.len(),
            avatar.materials.len(),
            avatar.images.len(),
            avatar.clips.len()
        ));
        for warning in &warnings {
            output::result(format!("warning: {warning}"));
        }
        section("visemes", &report.visemes, &report.viseme_count);
        section("channels", &report.channels, &report.channel_count);
        output::result(format!("bones: {} of {} found", report.bones.len(), crate::vocabulary::Bone::COUNT));
        for (bone, node) in &report.bones {
            output::result(format!("  {bone:24} {node}"));
        }
    }
    match &arguments.sheet {
        Some(path) => super::snapshot::viseme_sheet(&arguments.avatar, &arguments.widening, path),
        None => Ok(()),
    }
}

fn how(entry: &Entry) -> String {
    format!("{:?}", entry.how).to_lowercase()
}

fn section(title: &str, entries: &[Entry], count: &Count) {
    let Count { direct, recipe, bone, missing } = count;
    output::result(format!(
        "{title}: {direct} direct, {recipe} by recipe, {bone} by bone, {missing} missing"
    ));
    for entry in entries {
        output::result(format!("  {:24} {:8} {}", entry.name, how(entry), entry.source));
    }
}
