//! `rhetor prepare`: from a script to a timeline.

use super::args::Widening;
use super::error::CliError;
use super::output;
use crate::host::prepare_file;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A script (.speech.toml) or a plain text.
    script: PathBuf,
    /// The timeline to write (default: beside the script).
    #[arg(short, value_name = "OUT.timeline.json")]
    output: Option<PathBuf>,
    #[command(flatten)]
    widening: Widening,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let (job, bar) = output::watched_job();
    let prepared =
        prepare_file(&arguments.script, arguments.output.as_deref(), &arguments.widening.allow, &job);
    bar.finish_and_clear();
    let (path, warnings) = prepared?;
    output::warnings(&warnings);
    output::note(format!("wrote {}", path.display()));
    Ok(())
}
