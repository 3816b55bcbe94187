//! `rhetor bench`: how fast frames are drawn here.

use super::args::{Casting, Drawing, Size};
use super::error::CliError;
use super::output;
use crate::bench::{Measured, measure};
use crate::host::load_avatar;
use crate::import::Options;
use crate::job::Job;
use crate::production::Production;
use crate::render::{Gpu, GpuOptions, Quality};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A script, a timeline, or an avatar.
    input: String,
    /// The picture's size in pixels.
    #[arg(long, value_name = "WxH", default_value = "1280x720")]
    size: Size,
    /// How many frames to draw, after a tenth as many to warm up.
    #[arg(long, value_name = "N", default_value = "200", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    frames: u32,
    /// As JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    drawing: Drawing,
    #[command(flatten)]
    casting: Casting,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let request = arguments.casting.request(&arguments.input, arguments.drawing.request());
    let gpu = Gpu::new(&GpuOptions::from_env())?;
    let begun = crate::clock::now();
    let production = Production::load(&request, &Job::silent())?;
    let tier = arguments.drawing.fixed_tier()?;
    let load = Load {
        quality: tier.quality,
        whole_ms: begun.elapsed().as_secs_f64() * 1e3,
        import: imports(arguments)?,
    };
    let mut renderer = production.renderer(&gpu, tier);
    let Size { width, height } = arguments.size;
    let measured = measure(&production.performance, &mut renderer, (width, height), arguments.frames)?;
    let name = gpu.adapter_name();
    if arguments.json {
        output::result(json(&measured, &name, arguments, &load).to_string());
    } else {
        print(&measured, &name, arguments, &load);
    }
    Ok(())
}

/// What was loaded, and what that cost in milliseconds.
struct Load {
    quality: Quality,
    /// Once, everything, files perhaps not yet in memory.
    whole_ms: f64,
    /// The avatar named on the command line, with and without its textures; medians.
    import: Option<(f64, f64)>,
}

/// Imports the avatar named on the command line several times.
fn imports(arguments: &Arguments) -> Result<Option<(f64, f64)>, CliError> {
    const TIMES: usize = 7;
    let input = arguments.casting.avatar.as_ref().unwrap_or(&arguments.input);
    if !crate::production::is_avatar(input) {
        return Ok(None);
    }
    let median = |decode_textures| -> Result<f64, CliError> {
        let mut times = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let begun = crate::clock::now();
            load_avatar(input, None, &arguments.casting.widening.allow, Options { decode_textures })?;
            times.push(begun.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_unstable_by(f64::total_cmp);
        Ok(times.get(TIMES / 2).copied().unwrap_or_default())
    };
    Ok(Some((median(true)?, median(false)?)))
}

fn json(measured: &Measured, adapter: &str, arguments: &Arguments, load: &Load) -> serde_json::Value {
    let passes: serde_json::Map<String, serde_json::Value> = measured
        .passes
        .iter()
        .map(|p| (p.name.clone(), serde_json::json!({ "cpu_ms": p.cpu_ms, "gpu_ms": p.gpu_ms })))
        .collect();
    serde_json::json!({
        "adapter": adapter,
        "size": format!("{}x{}", arguments.size.width, arguments.size.height),
        "quality": load.quality.name(),
        "fps": measured.fps,
        "frame_ms": { "median": measured.frame_median_ms, "p95": measured.frame_p95_ms },
        "passes": passes,
        "evaluate_us": measured.evaluate_us,
        "load_ms": load.whole_ms,
        "import_ms": load.import.map(|(whole, _)| whole),
        "import_without_textures_ms": load.import.map(|(_, bare)| bare),
        "rss_mb": measured.rss_mb,
    })
}

fn print(measured: &Measured, adapter: &str, arguments: &Arguments, load: &Load) {
    let Size { width, height } = arguments.size;
    output::result(format!("{adapter}, {width}x{height}, {}", load.quality.name()));
    output::result(format!("{:.1} frames a second, read-back included", measured.fps));
    output::result(format!(
        "frame      {:8.2} ms median, {:.2} ms 95 %",
        measured.frame_median_ms, measured.frame_p95_ms
    ));
    for pass in &measured.passes {
        let gpu = pass.gpu_ms.map_or("      –".to_owned(), |ms| format!("{ms:7.2}"));
        output::result(format!("  {:12} {:7.2} ms CPU {gpu} ms GPU", pass.name, pass.cpu_ms));
    }
    output::result(format!("evaluate   {:8.1} µs", measured.evaluate_us));
    output::result(format!("load       {:8.1} ms", load.whole_ms));
    if let Some((whole, bare)) = load.import {
        output::result(format!("import     {whole:8.1} ms, {bare:.1} ms without textures"));
    }
    output::result(format!("memory     {:8.1} MB", measured.rss_mb));
}
