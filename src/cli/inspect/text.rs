//! The report as text: what the file is, what is wrong with it, and what it can do.

use super::{Inspection, how};
use crate::avatar::{Avatar, Meta};
use crate::host::Rigged;
use crate::perform::{shown_gestures, worn_expressions};
use crate::rig::{BoneSource, Closure, Count, Entry, Gap, How, Report};
use crate::vocabulary::Bone;
use std::fmt::Write;

/// Long lists of names are broken at this column.
const WIDE: usize = 100;
/// Where what a line says begins.
const INDENT: usize = 13;

pub(super) fn write(inspection: &Inspection) -> String {
    let mut text = String::new();
    about_file(&mut text, inspection);
    warnings(&mut text, inspection);
    skeleton(&mut text, &inspection.report);
    section(&mut text, "visemes", &inspection.report.visemes, inspection.report.viseme_count, false);
    lips(&mut text, inspection.loaded.rig.closure.as_ref());
    section(&mut text, "channels", &inspection.report.channels, inspection.report.channel_count, true);
    expressions(&mut text, &inspection.loaded);
    let gestures: Vec<&str> = shown_gestures(&inspection.loaded.rig).collect();
    text.push('\n');
    listed(&mut text, "gestures", &gestures, " ");
    text.trim_end().to_owned()
}

fn line(text: &mut String, title: &str, what: &str) {
    if !what.is_empty() {
        let _ = writeln!(text, "{title:INDENT$}{what}");
    }
}

/// `count things`, or `1 thing`.
fn count(count: usize, thing: &str) -> String {
    let plural = match count {
        1 => thing.to_owned(),
        _ => thing.strip_suffix('y').map_or(format!("{thing}s"), |stem| format!("{stem}ies")),
    };
    format!("{count} {plural}")
}

fn megabytes(bytes: usize) -> String {
    if bytes < 100_000 {
        return format!("{:.0} kB", bytes as f64 / 1e3);
    }
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn about_file(text: &mut String, Inspection { loaded, .. }: &Inspection) {
    let avatar = &loaded.imported.avatar;
    let tool = if avatar.generator.is_empty() { "an unnamed tool" } else { &avatar.generator };
    line(text, "avatar", &format!("{}, {} from {tool}", avatar.name, megabytes(loaded.file_bytes)));
    line(text, "rig file", loaded.rig_file.as_deref().unwrap_or_default());
    line(text, "copyright", &avatar.copyright);
    if let Some(meta) = &avatar.meta {
        about_licence(text, meta);
    }
    let landmarks = loaded.rig.landmarks;
    let sizes = [
        format!("{:.2} m high", landmarks.crown - landmarks.floor),
        count(avatar.triangle_count(), "triangle"),
        count(avatar.vertex_count(), "vertex").replace("vertexs", "vertices"),
        count(avatar.meshes.len(), "mesh").replace("meshs", "meshes"),
        count(avatar.nodes.len(), "node"),
        count(avatar.materials.len(), "material"),
        count(avatar.morph_names().len(), "morph target"),
    ];
    line(text, "size", &sizes.join(", "));
    line(text, "memory", &memory(avatar));
    let clips: Vec<&str> = avatar.clips.iter().map(|c| c.name.as_str()).filter(|n| !n.is_empty()).collect();
    names(text, "clips", &clips);
    let variants: Vec<&str> = avatar.variants.iter().map(String::as_str).collect();
    names(text, "variants", &variants);
}

fn about_licence(text: &mut String, meta: &Meta) {
    let title = [meta.title.as_str(), meta.version.as_str(), meta.format];
    line(text, "title", &title.iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>().join(", "));
    line(text, "authors", &meta.authors.join(", "));
    line(text, "rights", &meta.copyright);
    line(text, "contact", &meta.contact);
    line(text, "licence", &meta.license.join(", "));
    line(text, "parts", &meta.third_party_licenses);
    let terms: Vec<String> = meta.terms.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
    listed(text, "terms", &terms, ", ");
    if let Some((_, who)) = meta.forbids_performing() {
        line(text, "", &format!("{who}: play, render and export ask for --accept-terms"));
    }
}

fn memory(avatar: &Avatar) -> String {
    let largest = avatar.images.iter().max_by_key(|i| u64::from(i.width) * u64::from(i.height));
    let textures = match largest {
        Some(i) => format!("{}, the largest {}×{}", count(avatar.images.len(), "texture"), i.width, i.height),
        None => "no textures".to_owned(),
    };
    let (pictures, shapes) = (avatar.texture_bytes(), avatar.geometry_bytes());
    format!(
        "about {} of video memory: {textures} ({}), geometry ({})",
        megabytes(pictures + shapes),
        megabytes(pictures),
        megabytes(shapes)
    )
}

fn names(text: &mut String, title: &str, names: &[&str]) {
    listed(text, title, names, ", ");
}

/// Names in as many lines as they need.
fn listed(text: &mut String, title: &str, names: &[&str], between: &str) {
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        match lines.last_mut() {
            Some(last) if last.chars().count() + name.chars().count() + between.len() < WIDE - INDENT => {
                last.push_str(between);
                last.push_str(name);
            }
            _ => lines.push((*name).to_owned()),
        }
    }
    for (i, words) in lines.iter().enumerate() {
        line(text, if i == 0 { title } else { "" }, words);
    }
}

fn warnings(text: &mut String, Inspection { warnings, .. }: &Inspection) {
    let _ = writeln!(text);
    if warnings.is_empty() {
        let _ = writeln!(text, "nothing to warn of");
    }
    for warning in warnings {
        let _ = writeln!(text, "warning: {}", warning.message);
        if let Some(help) = &warning.help {
            let _ = writeln!(text, "         {help}");
        }
    }
}

fn skeleton(text: &mut String, report: &Report) {
    let _ = writeln!(text);
    let how = match (report.bone_source, report.convention) {
        (BoneSource::File, _) => "as the file says".to_owned(),
        (BoneSource::Names, Some(convention)) => format!("named as in {convention}"),
        (BoneSource::Names, None) => "by their names".to_owned(),
        (BoneSource::Shape, _) => "by names and the skeleton's shape".to_owned(),
        (BoneSource::Nothing, _) => "no skeleton was recognised".to_owned(),
    };
    line(text, "skeleton", &format!("{} of {} bones, {how}", report.bones.len(), Bone::COUNT));
    if report.bone_source != BoneSource::Nothing {
        listed(text, "missing", &report.missing_bones, " ");
    }
    let (fingers, body): (Vec<_>, Vec<_>) = report.bones.iter().partition(|(bone, _)| is_finger(bone));
    let body: Vec<String> = body.iter().map(|(bone, node)| format!("{bone}={node}")).collect();
    let body: Vec<&str> = body.iter().map(String::as_str).collect();
    listed(text, "found", &body, "  ");
    let all = Bone::ALL.iter().filter(|b| is_finger(b.name())).count();
    if !fingers.is_empty() {
        line(text, "fingers", &format!("{} of {all} joints", fingers.len()));
    }
}

/// How the lips meet.
fn lips(text: &mut String, closure: Option<&Closure>) {
    let Some(closure) = closure else { return };
    let gap = |gap: &Gap| match gap.overlap {
        overlap if overlap > 0.05 => format!("{:.2} (overlap {overlap:.2})", gap.widest.max(0.0)),
        _ => format!("{:.2}", gap.widest),
    };
    let (before, after) = &closure.lips;
    let mut parts = vec![
        format!("at rest {}", gap(&closure.rest)),
        format!("in aa {}", gap(&closure.open)),
        format!("in PP {}, corrected {}", gap(before), gap(after)),
    ];
    if let Some((before, after)) = &closure.teeth {
        parts.push(format!("to the teeth in FF {}, corrected {}", gap(before), gap(after)));
    }
    let _ = writeln!(text, "\n{:INDENT$}in mm of a head of 120 mm", "lip gap");
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    listed(text, "", &parts, "; ");
}

fn is_finger(bone: &str) -> bool {
    ["Thumb", "Index", "Middle", "Ring", "Little"].iter().any(|finger| bone.contains(finger))
}

/// By what each expression is worn: channels where there are most of them, else the avatar's own.
fn expressions(text: &mut String, Rigged { imported, rig, .. }: &Rigged) {
    let worn = worn_expressions(&imported.avatar, rig);
    let (there, missing): (Vec<_>, Vec<_>) = worn.iter().partition(|(_, by)| !by.is_empty());
    let _ = writeln!(text, "\n{:INDENT$} {} worn, {} missing", "expressions", there.len(), missing.len());
    for (name, by) in there {
        let _ = writeln!(text, "  {name:22} {by}");
    }
    let missing: Vec<&str> = missing.iter().map(|(name, _)| name.as_str()).collect();
    listed(text, "  missing", &missing, " ");
}

/// One line an entry; those with names of their own in one list where `is_brief`.
fn section(text: &mut String, title: &str, entries: &[Entry], counted: Count, is_brief: bool) {
    let Count { direct, recipe, bone, missing } = counted;
    let _ = writeln!(
        text,
        "\n{title:INDENT$}{direct} direct, {recipe} by recipe, {bone} by bone, {missing} missing"
    );
    let is_listed =
        |e: &&Entry| is_brief && (e.how == How::Missing || (e.how == How::Direct && !e.source.contains('+')));
    for entry in entries.iter().filter(|e| !is_listed(e)) {
        let _ = writeln!(text, "  {:22} {:8} {}", entry.name, how(entry), entry.source);
    }
    for (kind, label) in [(How::Direct, "direct"), (How::Missing, "missing")] {
        let listed_names: Vec<&str> =
            entries.iter().filter(is_listed).filter(|e| e.how == kind).map(|e| e.name).collect();
        listed(text, &format!("  {label}"), &listed_names, " ");
    }
}
