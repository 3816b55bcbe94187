//! The sound device: found by its name, and opened with the program on it.
//!
//! It plays what the line asks for; when a device counts as lost is not decided here.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Instant;

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{BufferSize, SampleFormat, SizedSample, SupportedBufferSize};

use crate::audio::line::{Line, Tap};
use crate::audio::program::Program;
use crate::audio::supervise::{News, keep_open};

/// Frames asked for in a buffer: 43 ms at 48 kHz outlast a busy machine, and the delay is known anyway.
const BUFFER: u32 = 2048;

/// What the thread needs to know.
pub(super) struct Setup {
    pub program: Arc<Program>,
    pub device: Option<String>,
    pub muted: bool,
    pub now: fn() -> Instant,
    pub epoch: Instant,
}

/// The names of the sound devices that can play.
pub fn devices() -> Vec<String> {
    hush();
    let list = cpal::default_host().output_devices();
    list.map(|list| list.map(|device| device.to_string()).collect()).unwrap_or_default()
}

/// Keeps libasound, on this thread, from writing to the terminal whenever a device cannot be opened; the errors
/// are reported all the same.
pub(super) fn hush() {
    #[cfg(target_os = "linux")]
    if let Err(error) = alsa::Output::local_error_handler() {
        tracing::debug!("libasound goes on writing to the terminal: {error}");
    }
}

/// Keeps a stream open until `stop` is dropped.
pub(super) fn run(setup: &Setup, news: &Sender<News<Line>>, stop: &Receiver<()>) {
    hush();
    keep_open("sound device", setup.now, || open(setup), news, stop);
}

fn open(setup: &Setup) -> Result<(cpal::Stream, Arc<Line>), String> {
    let host = cpal::default_host();
    let device = match &setup.device {
        None => host.default_output_device().ok_or("there is no sound device; connect one")?,
        Some(name) => find(&host, name)?,
    };
    let failed = |error: cpal::Error| {
        let reason = error.to_string();
        format!("the sound device '{device}' cannot be used: {}", reason.trim_end_matches('.'))
    };
    let supported = device.default_output_config().map_err(failed)?;
    let mut config = supported.config();
    config.buffer_size = match *supported.buffer_size() {
        SupportedBufferSize::Range { min, max } => BufferSize::Fixed(BUFFER.clamp(min, max.max(min))),
        SupportedBufferSize::Unknown => BufferSize::Default,
    };
    let line = Arc::new(Line::new(config.sample_rate, setup.muted));
    let reel = setup.program.reel(config.sample_rate, config.channels);
    let tap = Tap::new(reel, Arc::clone(&line), config.channels);
    let stream = match supported.sample_format() {
        SampleFormat::I16 => build::<i16>(setup, &device, config, tap, &line),
        SampleFormat::I32 => build::<i32>(setup, &device, config, tap, &line),
        SampleFormat::U8 => build::<u8>(setup, &device, config, tap, &line),
        _ => build::<f32>(setup, &device, config, tap, &line),
    };
    let stream = stream.map_err(failed)?;
    stream.play().map_err(failed)?;
    Ok((stream, line))
}

fn find(host: &cpal::Host, name: &str) -> Result<cpal::Device, String> {
    let wanted = name.to_lowercase();
    let mut devices = host.output_devices().map_err(|error| format!("cannot list sound devices: {error}"))?;
    let found = devices.find(|device| device.to_string().to_lowercase().contains(&wanted));
    found.ok_or_else(|| {
        format!("there is no sound device '{name}'; there are: {}", self::devices().join(", "))
    })
}

fn build<T: SizedSample + cpal::FromSample<f32>>(
    setup: &Setup,
    device: &cpal::Device,
    config: cpal::StreamConfig,
    mut tap: Tap,
    line: &Arc<Line>,
) -> Result<cpal::Stream, cpal::Error> {
    let (now, epoch, line) = (setup.now, setup.epoch, Arc::clone(line));
    device.build_output_stream(
        config,
        move |out: &mut [T], info: &cpal::OutputCallbackInfo| {
            let at = now().saturating_duration_since(epoch).as_nanos() as i64;
            let stamp = info.timestamp();
            let delay = stamp.playback.saturating_duration_since(stamp.callback).as_nanos() as i64;
            tap.fill(out, at, delay);
        },
        // Called without end once a device is gone: it counts, and nothing else.
        move |_error| {
            line.errors.fetch_add(1, Ordering::Relaxed);
        },
        None,
    )
}
