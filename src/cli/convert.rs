//! `rhetor convert`: other tools' timing files to timelines, and back.

use super::error::CliError;
use super::output;
use crate::host::write_whole;
use crate::job::Job;
use crate::script::foreign::{self, Format, Options};
use crate::time::FrameRate;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = foreign::help())]
pub(super) struct Arguments {
    /// A timing file of any of the formats below.
    input: PathBuf,
    /// What to write; the ending says the format.
    #[arg(short, value_name = "OUT")]
    output: PathBuf,
    /// The format of IN, where neither its content nor its ending says it.
    #[arg(long, value_name = "FORMAT", value_parser = foreign::of_id)]
    from: Option<&'static Format>,
    /// Frames a second of formats that count frames and do not say it themselves (.dat, .pgo): 24 if not given.
    #[arg(long, value_name = "N|N/D")]
    fps: Option<FrameRate>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let name = arguments.input.display().to_string();
    let format = foreign::of_output(&arguments.output.display().to_string()).map_err(CliError::usage)?;
    let bytes = std::fs::read(&arguments.input).map_err(|e| CliError::failure(format!("{name}: {e}")))?;
    let options = Options { from: arguments.from, rate: arguments.fps };
    let (timeline, warnings) = crate::host::convert(&bytes, &name, &options, &Job::silent())?;
    output::warnings(&warnings);
    let (text, warnings) = foreign::write(&timeline, format, &options)?;
    output::warnings(&warnings);
    write_whole(&arguments.output, text.as_bytes())
        .map_err(|e| CliError::failure(format!("{} cannot be written: {e}", arguments.output.display())))
}
