//! What an avatar is, can do and lacks, as rows for a person to read.
//!
//! It lays out nothing: who shows the rows breaks them where it has to.

use crate::avatar::{Avatar, Meta};
use crate::diagnostic::Diagnostic;
use crate::perform::{shown_gestures, worn_expressions};
use crate::rig::{BoneSource, Closure, Count, Gap, Report, Rig};
use crate::vocabulary::Bone;

/// Everything that is told.
#[derive(Debug)]
pub struct Inspection<'a> {
    /// Who.
    pub avatar: &'a Avatar,
    /// How they move.
    pub rig: &'a Rig,
    /// The size of the file.
    pub file_bytes: usize,
    /// The rig file's name, where there is one.
    pub rig_file: Option<String>,
    /// What the rig can do.
    pub report: Report,
    /// The rig's first: they say what will be seen.
    pub warnings: Vec<Diagnostic>,
}

/// Rows that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What they are about.
    pub title: &'static str,
    /// In order, none without parts.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is about; empty where it goes on with the row before.
    pub name: &'static str,
    /// What it says; it may be broken between two parts.
    pub parts: Vec<String>,
    /// Between two parts on a line.
    pub between: &'static str,
}

impl Row {
    fn new(name: &'static str, text: impl Into<String>) -> Self {
        Self::list(name, [text], ", ")
    }

    fn list(
        name: &'static str,
        parts: impl IntoIterator<Item = impl Into<String>>,
        between: &'static str,
    ) -> Self {
        let parts = parts.into_iter().map(Into::into).filter(|part: &String| !part.is_empty()).collect();
        Self { name, parts, between }
    }

    /// All of it on one line.
    pub fn text(&self) -> String {
        self.parts.join(self.between)
    }
}

fn section(title: &'static str, rows: Vec<Row>) -> Section {
    Section { title, rows: rows.into_iter().filter(|row| !row.parts.is_empty()).collect() }
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

/// `1 direct, 2 by recipe, 3 by bone, 4 missing`.
pub fn counted(counted: Count) -> String {
    let Count { direct, recipe, bone, missing } = counted;
    format!("{direct} direct, {recipe} by recipe, {bone} by bone, {missing} missing")
}

impl Inspection<'_> {
    /// What the file is.
    pub fn file(&self) -> Section {
        let avatar = self.avatar;
        let tool = if avatar.generator.is_empty() { "an unnamed tool" } else { &avatar.generator };
        let mut rows = vec![
            Row::new("avatar", format!("{}, {} from {tool}", avatar.name, megabytes(self.file_bytes))),
            Row::new("rig file", self.rig_file.as_deref().unwrap_or_default()),
            Row::new("copyright", avatar.copyright.as_str()),
        ];
        if let Some(meta) = &avatar.meta {
            rows.extend(licence(meta));
        }
        let landmarks = self.rig.landmarks;
        let sizes = [
            format!("{:.2} m high", landmarks.crown - landmarks.floor),
            count(avatar.triangle_count(), "triangle"),
            count(avatar.vertex_count(), "vertex").replace("vertexs", "vertices"),
            count(avatar.meshes.len(), "mesh").replace("meshs", "meshes"),
            count(avatar.nodes.len(), "node"),
            count(avatar.materials.len(), "material"),
            count(avatar.morph_names().len(), "morph target"),
        ];
        rows.push(Row::new("size", sizes.join(", ")));
        rows.push(Row::new("memory", memory(avatar)));
        rows.push(Row::list("clips", avatar.clips.iter().map(|c| c.name.as_str()), ", "));
        rows.push(Row::list("variants", avatar.variants.iter().map(String::as_str), ", "));
        section("file", rows)
    }

    /// Which bones were found, and how.
    pub fn skeleton(&self) -> Section {
        let report = &self.report;
        let how = match (report.bone_source, report.convention) {
            (BoneSource::File, _) => "as the file says".to_owned(),
            (BoneSource::Names, Some(convention)) => format!("named as in {convention}"),
            (BoneSource::Names, None) => "by their names".to_owned(),
            (BoneSource::Shape, _) => "by names and the skeleton's shape".to_owned(),
            (BoneSource::Nothing, _) => "no skeleton was recognised".to_owned(),
        };
        let mut rows =
            vec![Row::new("skeleton", format!("{} of {} bones, {how}", report.bones.len(), Bone::COUNT))];
        if report.bone_source != BoneSource::Nothing {
            rows.push(Row::list("missing", report.missing_bones.iter().copied(), " "));
        }
        let (fingers, body): (Vec<_>, Vec<_>) = report.bones.iter().partition(|(bone, _)| is_finger(bone));
        rows.push(Row::list("found", body.iter().map(|(bone, node)| format!("{bone}={node}")), "  "));
        let all = Bone::ALL.iter().filter(|b| is_finger(b.name())).count();
        if !fingers.is_empty() {
            rows.push(Row::new("fingers", format!("{} of {all} joints", fingers.len())));
        }
        section("skeleton", rows)
    }

    /// How the lips meet; no rows where they were not found.
    pub fn lips(&self) -> Section {
        section("lips", self.rig.closure.as_ref().map(lips).unwrap_or_default())
    }

    /// By what each expression is worn, and those that are missing.
    pub fn expressions(&self) -> (Vec<(String, String)>, Vec<String>) {
        let worn = worn_expressions(self.avatar, self.rig);
        let (there, missing): (Vec<_>, Vec<_>) = worn.into_iter().partition(|(_, by)| !by.is_empty());
        (there, missing.into_iter().map(|(name, _)| name).collect())
    }

    /// What arms and head can show.
    pub fn gestures(&self) -> Section {
        section("gestures", vec![Row::list("gestures", shown_gestures(self.rig), " ")])
    }

    /// How much of the vocabulary there is.
    pub fn vocabulary(&self) -> Section {
        let (there, missing) = self.expressions();
        let rows = vec![
            Row::new("visemes", counted(self.report.viseme_count)),
            Row::new("channels", counted(self.report.channel_count)),
            Row::new("expressions", format!("{} worn, {} missing", there.len(), missing.len())),
            Row::list("missing", missing, " "),
        ];
        section("vocabulary", rows)
    }
}

fn licence(meta: &Meta) -> Vec<Row> {
    let mut rows = vec![
        Row::new("title", {
            let title = [meta.title.as_str(), meta.version.as_str(), meta.format];
            title.iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>().join(", ")
        }),
        Row::new("authors", meta.authors.join(", ")),
        Row::new("rights", meta.copyright.as_str()),
        Row::new("contact", meta.contact.as_str()),
        Row::new("licence", meta.license.join(", ")),
        Row::new("parts", meta.third_party_licenses.as_str()),
        Row::list("terms", meta.terms.iter().map(|(name, value)| format!("{name}: {value}")), ", "),
    ];
    if let Some((_, who)) = meta.forbids_performing() {
        rows.push(Row::new("", format!("{who}: play, render and export ask for --accept-terms")));
    }
    rows
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

fn lips(closure: &Closure) -> Vec<Row> {
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
    vec![Row::new("lip gap", "in mm of a head of 120 mm"), Row::list("", parts, "; ")]
}

fn is_finger(bone: &str) -> bool {
    ["Thumb", "Index", "Middle", "Ring", "Little"].iter().any(|finger| bone.contains(finger))
}
