//! Golden pictures: every folder under `tests/golden` is a case of `rhetor check`, with a reference for each moment.
//!
//! References are made by Mesa's software rasteriser (`rhetor check tests/golden --bless --require-adapter llvmpipe`). What differs is
//! shown in `target/golden.html`. Without an adapter the cases are skipped aloud, and fail where `REQUIRE_GPU` is set.

#![expect(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test that cannot go on fails, and a skip is said aloud"
)]

use libtest_mimic::{Arguments, Failed, Trial};
use rhetor::render::{Gpu, GpuOptions};
use rhetor::snapshot::{Entry, Mode, Verdict, cases, html};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // Cases name files below the project.
    std::env::set_current_dir(root).expect("the project's folder is there");
    let entries = cases(&root.join("tests/golden")).expect("tests/golden is there");
    let gpu = Gpu::new(&GpuOptions::from_env());
    if let Err(error) = &gpu
        && std::env::var_os("REQUIRE_GPU").is_none()
    {
        eprintln!("SKIPPED: all {} golden pictures: {error}", entries.len());
        return ExitCode::SUCCESS;
    }
    let verdicts = Arc::new(Mutex::new(Vec::new()));
    let trials = entries
        .into_iter()
        .map(|entry| {
            let (gpu, verdicts) = (gpu.clone(), Arc::clone(&verdicts));
            Trial::test(entry.name.clone(), move || judge(&entry, &gpu?, &verdicts))
        })
        .collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    let verdicts = verdicts.lock().unwrap_or_else(PoisonError::into_inner);
    if conclusion.has_failed() {
        let adapter = gpu.map(|gpu| gpu.adapter_name()).unwrap_or_default();
        let page = root.join("target/golden.html");
        std::fs::write(&page, html(&verdicts, &adapter)).expect("target can be written");
        eprintln!("See {}", page.display());
    }
    conclusion.exit_code()
}

fn judge(entry: &Entry, gpu: &Gpu, verdicts: &Mutex<Vec<Verdict>>) -> Result<(), Failed> {
    let (verdict, again) = (entry.judge(gpu, Mode::Compare), entry.judge(gpu, Mode::Compare));
    let pictures = |v: &Verdict| v.shown.iter().map(|s| s.actual.clone()).collect::<Vec<_>>();
    let mut problems = verdict.problems.clone();
    if pictures(&verdict) != pictures(&again) {
        problems.push("two pictures of one moment differ".into());
    }
    verdicts.lock().unwrap_or_else(PoisonError::into_inner).push(verdict);
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}
