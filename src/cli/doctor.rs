//! `rhetor doctor`: what this machine offers.

use super::error::CliError;
use super::output;
use crate::host::{Config, program};
use crate::render::{Gpu, GpuOptions};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// As JSON.
    #[arg(long)]
    json: bool,
}

/// One line of the report.
struct Finding {
    what: &'static str,
    is_well: bool,
    text: String,
}

/// Programs that are used where they are installed, and what for.
const PROGRAMS: &[(&str, &str)] = &[
    ("ffmpeg", "videos (without it: PNG pictures and a WAV)"),
    ("flite", "an English voice"),
    ("espeak-ng", "voices in over a hundred languages"),
];

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let gpu = Gpu::new(&GpuOptions::from_env());
    let mut findings = vec![graphics(&gpu)];
    findings.extend(sound());
    findings.extend(PROGRAMS.iter().map(|(name, purpose)| match program::find(name) {
        Some(path) => Finding { what: name, is_well: true, text: path.display().to_string() },
        None => Finding { what: name, is_well: false, text: format!("not installed; it gives {purpose}") },
    }));
    findings.push(match Config::of_user() {
        Ok(_) => Finding { what: "settings", is_well: true, text: "read".into() },
        Err(error) => Finding { what: "settings", is_well: false, text: error.to_string() },
    });
    if arguments.json {
        let rows: serde_json::Map<String, serde_json::Value> = findings
            .iter()
            .map(|f| (f.what.to_owned(), serde_json::json!({ "ok": f.is_well, "detail": f.text })))
            .collect();
        output::result(serde_json::Value::Object(rows).to_string());
    } else {
        for Finding { what, is_well, text } in &findings {
            output::result(format!("{} {what:10} {text}", if *is_well { "ok     " } else { "missing" }));
        }
    }
    // Without graphics nothing can be shown; all else has a way around.
    gpu.map(|_| ()).map_err(Into::into)
}

fn graphics(gpu: &Result<Gpu, crate::render::RenderError>) -> Finding {
    match gpu {
        Ok(gpu) => {
            let report = gpu.report();
            let mut text =
                format!("{} ({}, {}, {})", report.name, report.kind, report.backend, report.driver);
            if !report.has_compute {
                text += "; no compute shaders: avatars are deformed on the CPU";
            }
            Finding { what: "graphics", is_well: true, text }
        }
        Err(error) => Finding { what: "graphics", is_well: false, text: error.to_string() },
    }
}

#[cfg(feature = "audio")]
fn sound() -> Vec<Finding> {
    let find = |what, devices: Vec<String>, without: &str| {
        let is_well = !devices.is_empty();
        Finding { what, is_well, text: if is_well { devices.join(", ") } else { without.to_owned() } }
    };
    vec![
        find("sound", crate::audio::devices(), "no device; speeches run silent, by the clock"),
        find("microphone", crate::audio::microphones(), "no device; `play --live` needs one"),
    ]
}

#[cfg(not(feature = "audio"))]
fn sound() -> Vec<Finding> {
    Vec::new()
}
