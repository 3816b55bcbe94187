//! `rhetor check`: keeps a folder of pictures that must not change.

use super::error::CliError;
use super::output;
use crate::host::write_whole;
use crate::render::{Gpu, GpuOptions};
use crate::snapshot::{self, Entry, Mode, Verdict};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder: every folder in it with a case.toml is a case, its reference pictures beside it.
    folder: PathBuf,
    /// Write what is drawn as the references, instead of comparing (never where CI is set).
    #[arg(long)]
    bless: bool,
    /// Only cases with this text in their names.
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// How many cases are drawn at once (default: one for each core).
    #[arg(short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// Write a page with all pictures, those that differ first.
    #[arg(long, value_name = "OUT.html")]
    report: Option<PathBuf>,
    /// Write the results for a CI service.
    #[arg(long, value_name = "OUT.xml")]
    junit: Option<PathBuf>,
    /// Refuse to run on an adapter without this in its name, such as llvmpipe.
    #[arg(long, value_name = "NAME")]
    require_adapter: Option<String>,
    /// Write first cases for this avatar into the folder, which keep what is there.
    #[arg(long, value_name = "AVATAR", conflicts_with_all = ["bless", "report", "junit"])]
    init: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    if let Some(avatar) = &arguments.init {
        return init(&arguments.folder, avatar);
    }
    if arguments.bless && std::env::var_os("CI").is_some() {
        return Err(CliError::failure(
            "references are never written where CI is set: bless them on your machine",
        ));
    }
    let entries = found(arguments)?;
    let gpu = Gpu::new(&GpuOptions::from_env())?;
    let adapter = gpu.adapter_name();
    if let Some(wanted) = &arguments.require_adapter
        && !adapter.to_lowercase().contains(&wanted.to_lowercase())
    {
        return Err(CliError::environment(format!("the adapter is '{adapter}', not '{wanted}'")));
    }
    let verdicts = judged(arguments, &entries, &gpu)?;
    let written = |path: &Option<PathBuf>, text: &dyn Fn() -> String| match path {
        Some(path) => write_whole(path, text().as_bytes())
            .map_err(|e| CliError::failure(format!("{}: {e}", path.display()))),
        None => Ok(()),
    };
    written(&arguments.report, &|| snapshot::html(&verdicts, &adapter))?;
    written(&arguments.junit, &|| snapshot::junit(&verdicts))?;
    let failed = verdicts.iter().filter(|v| !v.passes()).count();
    let all = verdicts.len();
    match (failed, arguments.bless) {
        (0, true) => output::result(format!("{all} cases blessed on {adapter}")),
        (0, false) => output::result(format!("{all} cases pass on {adapter}")),
        _ => return Err(CliError::failure(format!("{failed} of {all} cases fail on {adapter}"))),
    }
    Ok(())
}

fn found(arguments: &Arguments) -> Result<Vec<Entry>, CliError> {
    let folder = &arguments.folder;
    if folder.is_file() {
        let told = format!("{}: it is a file; give the folder that it lies in", folder.display());
        return Err(CliError::failure(told));
    }
    let mut entries =
        snapshot::cases(folder).map_err(|e| CliError::failure(format!("{}: {e}", folder.display())))?;
    if let Some(text) = &arguments.filter {
        entries.retain(|entry| entry.name.contains(text));
    }
    if entries.is_empty() {
        let filter = arguments.filter.as_ref().map_or(String::new(), |f| format!(" with '{f}' in its name"));
        let folder = folder.display();
        return Err(CliError::failure(format!(
            "{folder}: there is no case{filter}; begin with: rhetor check {folder} --init AVATAR"
        )));
    }
    Ok(entries)
}

fn judged(arguments: &Arguments, entries: &[Entry], gpu: &Gpu) -> Result<Vec<Verdict>, CliError> {
    let mode = if arguments.bless { Mode::Bless } else { Mode::Compare };
    let jobs = if gpu.is_opengl() { 1 } else { arguments.jobs.map_or(0, usize::from) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build().map_err(CliError::environment)?;
    let one = |entry: &Entry| {
        let verdict = entry.judge(gpu, mode);
        let state = if verdict.passes() { "ok  " } else { "FAIL" };
        output::note(format!("{state} {} ({:.2} s)", verdict.name, verdict.seconds));
        verdict.problems.iter().for_each(|problem| output::note(format!("     {problem}")));
        verdict
    };
    Ok(pool.install(|| entries.par_iter().map(one).collect()))
}

fn init(folder: &Path, avatar: &str) -> Result<(), CliError> {
    if Path::new(avatar).is_absolute() {
        return Err(CliError::usage("give the avatar as a path below the current folder, or by its name"));
    }
    for starter in snapshot::starters(avatar) {
        let case = folder.join(starter.name).join("case.toml");
        if case.exists() {
            output::note(format!("{} is there already and stays", case.display()));
            continue;
        }
        let write = || {
            std::fs::create_dir_all(folder.join(starter.name))?;
            write_whole(&case, starter.text.as_bytes())
        };
        write().map_err(|e: std::io::Error| CliError::failure(format!("{}: {e}", case.display())))?;
    }
    let folder = folder.display();
    output::result(format!(
        "wrote cases to {folder}; now: rhetor check {folder} --bless, and look at the pictures"
    ));
    Ok(())
}
