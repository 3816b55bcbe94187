//! The `rhetor` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    rhetor::cli::run(std::env::args_os())
}
