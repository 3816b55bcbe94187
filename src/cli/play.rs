//! `rhetor play`: a speech in a window, or somebody who speaks into a microphone.

use super::args::{Casting, Drawing, Size};
use super::error::CliError;
use super::output;
use super::terms::Terms;
use crate::app::{self, Options, Show, Sound};
use crate::audio::{Microphone, Program};
use crate::production::Production;
use crate::render::{Gpu, GpuOptions};
use crate::speech::align::LOOK_AHEAD;
use crate::time::Time;
use std::sync::Arc;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A script, a timeline, another tool's timing file, a text or a sound file; with --live a script, a timeline or an avatar,
    /// of which only the stage and who stands on it count.
    #[arg(required_unless_present = "live")]
    input: Option<String>,
    /// Let the lips follow a microphone, 60 ms behind it and the time a picture takes; space stops and goes on listening.
    #[arg(long, conflicts_with_all = ["from", "audio_device", "offset", "mute", "exit_at_end"])]
    live: bool,
    /// The microphone, by a part of its name (`rhetor doctor` lists them).
    #[arg(long, value_name = "NAME", requires = "live")]
    microphone: Option<String>,
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
    /// Show the first picture and wait for the space bar; with --live, do not listen before.
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
    let input = arguments.input.as_deref().unwrap_or_default();
    let request = arguments.casting.request(input, arguments.drawing.request());
    let (job, bar) = output::watched_job();
    let production =
        if arguments.live { Production::load_live(&request, &job) } else { Production::load(&request, &job) };
    let production = production?;
    arguments.terms.check(&production.cast)?;
    let (sound, title) = if arguments.live {
        (microphone(arguments)?, production.cast.first().map_or("", |member| member.avatar.name.as_str()))
    } else {
        (Sound::Program { program: Arc::new(production.program()?), stops: production.stops() }, input)
    };
    bar.finish_and_clear();
    output::warnings(&production.warnings);
    if arguments.check {
        return check(&production, &sound);
    }
    if !arguments.live && arguments.from > production.performance.duration() {
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
        antialias: arguments.drawing.antialias,
        title: format!("{title} – Rhetor"),
    };
    let Production { cast, performance, .. } = production;
    app::run(Show { cast, performance, sound }, options, |message| output::note(message))?;
    Ok(())
}

fn microphone(arguments: &Arguments) -> Result<Sound, CliError> {
    let opened = Microphone::open(arguments.microphone.as_deref(), crate::clock::now);
    opened.map(Sound::Microphone).map_err(CliError::environment)
}

fn check(production: &Production, sound: &Sound) -> Result<(), CliError> {
    let gpu = Gpu::new(&GpuOptions::from_env())?;
    output::result(format!("graphics   {}", gpu.adapter_name()));
    match sound {
        Sound::Program { program, .. } => check_program(production, program)?,
        Sound::Microphone(microphone) => {
            output::result(format!("microphone {}", microphone.device().unwrap_or("(lost)")));
            output::result(format!("look-ahead {} ms", LOOK_AHEAD.as_millis_f64()));
        }
    }
    let is_live = matches!(sound, Sound::Microphone(_));
    for (index, (member, name)) in production.cast.iter().zip(production.performance.speakers()).enumerate() {
        let unnamed = if is_live && index == 0 { "(live)" } else { "(silent)" };
        let name = if name.is_empty() { unnamed } else { name };
        output::result(format!("{name:10} {}", member.avatar.name));
    }
    output::result("ready");
    Ok(())
}

fn check_program(production: &Production, program: &Program) -> Result<(), CliError> {
    let timeline = &production.timeline;
    let phones: usize = timeline.speakers.iter().map(|s| s.phones.len().max(s.visemes.len())).sum();
    output::result(format!("duration   {}", production.performance.duration()));
    output::result(format!("sound      {} files, {}", timeline.audio.len(), program.duration()));
    output::result(format!("speakers   {}, {phones} phones or visemes", timeline.speakers.len()));
    if program.duration() > production.performance.duration() + Time::from_millis(50) {
        return Err(CliError::failure("the sound is longer than the timeline; its end would not be heard"));
    }
    Ok(())
}

fn offset(text: &str) -> Result<Time, String> {
    match text.parse::<f64>() {
        Ok(millis) if millis.abs() <= 10_000.0 => Ok(Time::from_secs_f64(millis / 1000.0)),
        _ => Err(format!("'{text}' is not a number of milliseconds within -10000 and 10000")),
    }
}
