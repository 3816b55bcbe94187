//! `rhetor inspect`: what an avatar can do and what it lacks.

mod json;
mod text;

use super::args::{Drawing, Widening};
use super::error::CliError;
use super::output;
use crate::host;
use crate::import::Options;
use crate::inspection::Inspection;
use crate::rig::{Entry, How};
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

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let loaded = host::load_rigged(&arguments.avatar, None, &arguments.widening.allow, Options::default())?;
    let report = loaded.rig.report(&loaded.imported.avatar);
    let warnings = report.warnings.iter().chain(&loaded.imported.report).cloned().collect();
    let inspection = Inspection {
        avatar: &loaded.imported.avatar,
        rig: &loaded.rig,
        file_bytes: loaded.file_bytes,
        rig_file: loaded.rig_file,
        report,
        warnings,
    };
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
