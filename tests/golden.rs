//! Golden pictures: every folder under `tests/golden` is a case with a `case.toml` and a reference for each time.
//!
//! References are made by Mesa's software rasteriser (`BLESS=1`), and compared within the case's tolerance. A
//! failure writes what was drawn and where it differs under `target/golden`. Without an adapter the cases are
//! skipped aloud, and fail where `REQUIRE_GPU` is set.

#![expect(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test that cannot go on fails, and a skip is said aloud"
)]

use libtest_mimic::{Arguments, Failed, Trial};
use rhetor::job::Job;
use rhetor::production::{Production, Request};
use rhetor::render::{Gpu, GpuOptions, Picture};
use rhetor::snapshot::{Case, Metadata, View, compare, draw, draw_sheet, read_png, write_png};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = fs::read_dir(root.join("tests/golden"))
        .expect("tests/golden is there")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join("case.toml").is_file())
        .collect();
    folders.sort();
    let gpu = Gpu::new(&GpuOptions::from_env());
    if let Err(error) = &gpu
        && std::env::var_os("REQUIRE_GPU").is_none()
    {
        eprintln!("SKIPPED: all {} golden pictures: {error}", folders.len());
        return ExitCode::SUCCESS;
    }
    let trials = folders
        .into_iter()
        .map(|folder| {
            let (gpu, root) = (gpu.clone(), root.clone());
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Trial::test(name, move || run(&folder, &root, &gpu?))
        })
        .collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn run(folder: &Path, root: &Path, gpu: &Gpu) -> Result<(), Failed> {
    let file = folder.join("case.toml");
    let case = Case::parse(&fs::read_to_string(&file)?, &file.display().to_string())?;
    let bundled = !case.input.contains('.');
    let request = Request {
        input: if bundled { case.input.clone() } else { root.join(&case.input).display().to_string() },
        avatar: case.avatar.clone(),
        camera: case.camera.clone(),
        is_transparent: case.is_transparent,
        variant: case.variant.clone(),
        ..Request::default()
    };
    let production = Production::load(&request, &Job::silent())?;
    let mut renderer = production.renderer(gpu, case.quality);
    let mut problems = Vec::new();
    for &at in &case.times {
        let view = View { at, width: case.size.0, height: case.size.1, pose: case.pose.clone(), shot: None };
        let mut drawn = || match case.sheet {
            Some(sheet) => Ok(draw_sheet(&production, &mut renderer, &view, sheet)?.0),
            None => draw(&production, &mut renderer, &view),
        };
        let (actual, again) = (drawn()?, drawn()?);
        if actual != again {
            problems.push(format!("at {at}: two pictures of one moment differ"));
        }
        let reference = folder.join(format!("{}.png", at.as_nanos() / 1_000_000));
        problems.extend(check(&actual, &reference, &case, gpu)?);
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}

fn check(actual: &Picture, reference: &Path, case: &Case, gpu: &Gpu) -> Result<Option<String>, Failed> {
    if std::env::var_os("BLESS").is_some() {
        if std::env::var_os("CI").is_some() {
            return Err("references are never written under CI".into());
        }
        if !gpu.adapter_name().to_lowercase().contains("llvmpipe") {
            return Err(format!("references are made by llvmpipe, not by {}", gpu.adapter_name()).into());
        }
        write_png(reference, actual, &Metadata::default())?;
        return Ok(None);
    }
    if !reference.is_file() {
        return Ok(Some(format!(
            "{} is missing: look at the picture, then run with BLESS=1",
            reference.display()
        )));
    }
    let comparison = compare(actual, &read_png(reference)?, case.tolerance);
    if comparison.passes {
        return Ok(None);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/golden");
    fs::create_dir_all(&folder)?;
    let case_name = reference.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let stem = format!("{case_name}-{}", reference.file_stem().unwrap_or_default().to_string_lossy());
    write_png(&folder.join(format!("{stem}-actual.png")), actual, &Metadata::default())?;
    write_png(&folder.join(format!("{stem}-difference.png")), &comparison.difference, &Metadata::default())?;
    Ok(Some(format!(
        "{stem}: {:.3} % of the pixels differ by more than {} (worst {}); see {}",
        comparison.outliers * 100.0,
        case.tolerance.channel,
        comparison.worst,
        folder.display()
    )))
}
