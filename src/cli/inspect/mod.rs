//! `rhetor inspect`: what an avatar can do and what it lacks.

mod json;
mod text;

use super::args::{Drawing, Widening};
use super::error::CliError;
use super::output;
use crate::diagnostic::Diagnostic;
use crate::host::{self, Rigged};
use crate::import::Options;
use crate::rig::{Entry, How, Report};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// An avatar: a .glb, .gltf or .vrm file, or a bundled one's name.
    avatar: String,
    /// As JSON.
    #[arg(long)]
    json: bool,
    /// Also write a picture of the body, all visemes and emotions, a blink and glances.
    #[arg(long, value_name = "OUT.png")]
    sheet: Option<PathBuf>,
    #[command(flatten)]
    drawing: Drawing,
    #[command(flatten)]
    widening: Widening,
}

/// Everything that is told.
struct Inspection {
    loaded: Rigged,
    report: Report,
    /// The rig's first: they say what will be seen.
    warnings: Vec<Diagnostic>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let loaded = host::load_rigged(&arguments.avatar, None, &arguments.widening.allow, Options::default())?;
    let report = loaded.rig.report(&loaded.imported.avatar);
    let warnings = report.warnings.iter().chain(&loaded.imported.report).cloned().collect();
    let inspection = Inspection { loaded, report, warnings };
    output::result(if arguments.json { json::write(&inspection) } else { text::write(&inspection) });
    match &arguments.sheet {
        Some(path) => {
            let avatar = &arguments.avatar;
            super::snapshot::contact_sheet(avatar, &arguments.widening, &arguments.drawing, path)
        }
        None => Ok(()),
    }
}

const fn how(entry: &Entry) -> &'static str {
    match entry.how {
        How::Direct => "direct",
        How::Recipe => "recipe",
        How::Bone => "bone",
        How::Missing => "missing",
    }
}
