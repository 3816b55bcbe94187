//! `rhetor convert`: other tools' timing files to timelines, and back.

use super::error::CliError;
use super::output;
use crate::host::write_whole;
use crate::script::foreign::{self, Output};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A timing file: Rhubarb (TSV, XML, JSON), Praat TextGrid, Amazon Polly, Azure, or a timeline.
    input: PathBuf,
    /// What to write: .timeline.json, .tsv (Rhubarb), .TextGrid, .srt or .vtt.
    #[arg(short, value_name = "OUT")]
    output: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let name = arguments.input.display().to_string();
    let format = Output::of_name(&arguments.output.display().to_string()).map_err(CliError::usage)?;
    let bytes = std::fs::read(&arguments.input).map_err(|e| CliError::failure(format!("{name}: {e}")))?;
    let (timeline, warnings) = foreign::to_timeline(&bytes, &name)?;
    output::warnings(&warnings);
    let text = foreign::write(&timeline, format)?;
    write_whole(&arguments.output, text.as_bytes())
        .map_err(|e| CliError::failure(format!("{} cannot be written: {e}", arguments.output.display())))
}
