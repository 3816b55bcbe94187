//! Arguments, and the one place that prints errors.
//!
//! Each command has a file here that turns arguments into one library call and its result into text. Nothing
//! in here computes anything that a library user could want.

mod align;
mod args;
mod bench;
mod check;
mod convert;
mod doctor;
mod error;
mod export;
#[cfg(feature = "forge")]
mod forge;
mod inspect;
mod moments;
mod output;
#[cfg(feature = "window")]
mod play;
mod prepare;
#[cfg(feature = "workbench")]
mod preview;
#[cfg(feature = "film")]
mod render;
mod snapshot;
mod terms;
mod trace;

use clap::{Parser, Subcommand};
use error::CliError;
use std::ffi::OsString;
use std::process::ExitCode;

/// A digital human delivers a speech: lips, face, eyes and body in sync with the sound.
#[derive(Debug, Parser)]
#[command(name = "rhetor", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs a speech in a window, live.
    #[cfg(feature = "window")]
    Play(play::Arguments),
    /// Opens a developer's window on an avatar: sliders, voice, acting, light, report.
    #[cfg(feature = "workbench")]
    Preview(preview::Arguments),
    /// Makes a timed timeline from a script.
    Prepare(prepare::Arguments),
    /// Finds when each word and phone of a recording is said.
    Align(align::Arguments),
    /// Renders a speech to a video, or to pictures and a sound file.
    #[cfg(feature = "film")]
    Render(render::Arguments),
    /// Draws one picture of a moment or of an avatar.
    Snapshot(snapshot::Arguments),
    /// Compares a folder of snapshots with their references.
    Check(check::Arguments),
    /// Writes the acting as numbers.
    Trace(trace::Arguments),
    /// Turns a timing file of another tool into a timeline, or back.
    Convert(convert::Arguments),
    /// Writes the performance for other programs: an animated avatar, a VRM animation, or a face as numbers.
    Export(export::Arguments),
    /// Says what an avatar can do and what it lacks.
    Inspect(inspect::Arguments),
    /// Measures how fast frames are drawn here.
    Bench(bench::Arguments),
    /// Builds a bundled avatar from its source data.
    #[cfg(feature = "forge")]
    Forge(forge::Arguments),
    /// Checks what this machine offers: graphics, sound, voices, encoder.
    Doctor(doctor::Arguments),
}

/// Runs the program with the arguments given and returns its exit status: 0 done, 1 failure, 2 wrong usage,
/// 3 the environment cannot do it.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    start_log();
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors; clap knows which stream they go to.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match dispatch(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&error);
            error.code()
        }
    }
}

fn dispatch(command: Command) -> Result<(), CliError> {
    match command {
        #[cfg(feature = "window")]
        Command::Play(arguments) => play::run(&arguments),
        #[cfg(feature = "workbench")]
        Command::Preview(arguments) => preview::run(&arguments),
        Command::Prepare(arguments) => prepare::run(&arguments),
        Command::Align(arguments) => align::run(&arguments),
        #[cfg(feature = "film")]
        Command::Render(arguments) => render::run(&arguments),
        Command::Snapshot(arguments) => snapshot::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Trace(arguments) => trace::run(&arguments),
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        #[cfg(feature = "forge")]
        Command::Forge(arguments) => forge::run(&arguments),
        Command::Doctor(arguments) => doctor::run(&arguments),
    }
}

fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("RHETOR_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error,wgpu_hal=off"));
    // A second start in one process keeps the first log.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
