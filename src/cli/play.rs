//! `rhetor play`: a speech in a window, live.

use super::args::{Casting, Drawing, Size};
use super::error::CliError;
use super::output;
use super::terms::Terms;
use crate::app::{self, Options, Show};
use crate::production::Production;
use crate::render::{Gpu, GpuOptions};
use crate::time::Time;
use std::sync::Arc;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A script, a timeline, another tool's timing file, a text or a sound file.
    input: String,
    /// Begin here, in seconds or mm:ss.mmm.
    #[arg(long, value_name = "T", default_value = "0")]
    from: Time,
    /// Fill the monitor.
    #[arg(long)]
    fullscreen: bool,
    /// Which monitor, counted from 0.
    #[arg(long, value_name = "N")]
    monitor: Option<usize>,
    /// The sound device, by a part of its name (`rhetor doctor` lists them).
    #[arg(long, value_name = "NAME")]
    audio_device: Option<String>,
    /// How many milliseconds later the sound reaches the audience than the system says.
    #[arg(long, value_name = "MS", default_value = "0", allow_negative_numbers = true, value_parser = offset)]
    offset: Time,
    /// The window's size in pixels.
    #[arg(long, value_name = "WxH", default_value = "1280x720")]
    size: Size,
    /// Without sound.
    #[arg(long)]
    mute: bool,
    /// Show the first picture and wait for the space bar.
    #[arg(long)]
    paused: bool,
    /// Leave at the end of the speech.
    #[arg(long)]
    exit_at_end: bool,
    /// Load and decode everything, say what was found, and open no window.
    #[arg(long)]
    check: bool,
    /// A square that flashes with the viseme aa, to measure sound against picture.
    #[arg(long, hide = true)]
    sync_flash: bool,
    #[command(flatten)]
    drawing: Drawing,
    #[command(flatten)]
    casting: Casting,
    #[command(flatten)]
    terms: Terms,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let request = arguments.casting.request(&arguments.input, arguments.drawing.camera);
    let (job, bar) = output::watched_job();
    let production = Production::load(&request, &job)?;
    arguments.terms.check(&production.cast)?;
    let program = production.program()?;
    bar.finish_and_clear();
    output::warnings(&production.warnings);
    if arguments.check {
        return check(&production, &program);
    }
    if arguments.from > production.performance.duration() {
        let message =
            format!("--from {} lies behind the end ({})", arguments.from, production.performance.duration());
        return Err(CliError::usage(message));
    }
    let options = Options {
        from: arguments.from,
        is_fullscreen: arguments.fullscreen,
        monitor: arguments.monitor,
        audio_device: arguments.audio_device.clone(),
        offset: arguments.offset,
        size: (arguments.size.width, arguments.size.height),
        is_muted: arguments.mute,
        is_paused: arguments.paused,
        exit_at_end: arguments.exit_at_end,
        sync_flash: arguments.sync_flash,
        quality: arguments.drawing.live_quality(),
        title: format!("{} – Rhetor", arguments.input),
    };
    let stops = production.stops();
    let Production { cast, performance, .. } = production;
    let show = Show { cast, performance, program: Arc::new(program), stops };
    app::run(show, options, |message| output::note(message))?;
    Ok(())
}

fn check(production: &Production, program: &crate::audio::Program) -> Result<(), CliError> {
    let gpu = Gpu::new(&GpuOptions::from_env())?;
    let timeline = &production.timeline;
    let phones: usize = timeline.speakers.iter().map(|s| s.phones.len().max(s.visemes.len())).sum();
    output::result(format!("graphics   {}", gpu.adapter_name()));
    output::result(format!("duration   {}", production.performance.duration()));
    output::result(format!("sound      {} files, {}", timeline.audio.len(), program.duration()));
    output::result(format!("speakers   {}, {phones} phones or visemes", timeline.speakers.len()));
    for (member, name) in production.cast.iter().zip(production.performance.speakers()) {
        let name = if name.is_empty() { "(silent)" } else { name };
        output::result(format!("{name:10} {}", member.avatar.name));
    }
    if program.duration() > production.performance.duration() + Time::from_millis(50) {
        return Err(CliError::failure("the sound is longer than the timeline; its end would not be heard"));
    }
    output::result("ready");
    Ok(())
}

fn offset(text: &str) -> Result<Time, String> {
    match text.parse::<f64>() {
        Ok(millis) if millis.abs() <= 10_000.0 => Ok(Time::from_secs_f64(millis / 1000.0)),
        _ => Err(format!("'{text}' is not a number of milliseconds within -10000 and 10000")),
    }
}
