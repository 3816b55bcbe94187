//! Live sound from a microphone: opened and kept open on a thread of its own, mixed to one channel, read by one thread.
//!
//! What the device's callback hears goes through atomics; it never waits, locks or allocates. Nothing here listens to
//! what is said.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::Thread;
use std::time::{Duration, Instant};

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{BufferSize, FromSample, SampleFormat, SizedSample, StreamConfig, SupportedBufferSize};

use crate::audio::device::hush;
use crate::audio::output::Event;
use crate::audio::supervise::{News, keep_open};
use crate::audio::tape::Tape;

/// Buffers asked for, in a second: 5 ms each, since every one of them is waited for.
const BUFFERS_A_SECOND: u32 = 200;

/// Why there is no microphone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct MicrophoneError(String);

/// A microphone that is open, and opened again when it was lost.
#[derive(Debug)]
pub struct Microphone {
    news: Receiver<News<Tape>>,
    /// Dropped with the microphone; its thread then ends.
    _stop: Sender<()>,
    reader: Arc<OnceLock<Thread>>,
    take: Option<Take>,
    events: VecDeque<Event>,
    is_lost: bool,
}

/// What one stream gives, from its beginning.
#[derive(Debug)]
struct Take {
    tape: Arc<Tape>,
    tail: u64,
    /// Nothing of it was read, or something was lost.
    is_new: bool,
}

/// What the samples of one read are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Captured {
    /// Samples a second.
    pub rate: u32,
    /// Whether they do not follow on those read before.
    pub is_new: bool,
}

/// The names of the devices that can listen.
pub fn microphones() -> Vec<String> {
    hush();
    let list = cpal::default_host().input_devices();
    list.map(|list| list.map(|device| device.to_string()).collect()).unwrap_or_default()
}

impl Microphone {
    /// Opens the device of which `name` is a part, in any case, or the system's default, and waits until it is open. `now`
    /// reads the machine's clock.
    ///
    /// # Errors
    /// Where there is none, or it cannot be used: what to do.
    pub fn open(name: Option<&str>, now: fn() -> Instant) -> Result<Self, MicrophoneError> {
        let (sender, news) = channel();
        let (stop, stopped) = channel();
        let reader = Arc::<OnceLock<Thread>>::default();
        let (wanted, woken) = (name.map(str::to_owned), Arc::clone(&reader));
        let thread = std::thread::Builder::new().name("microphone".to_owned());
        let run = move || {
            hush();
            keep_open("microphone", now, || open(wanted.as_deref(), &woken), &sender, &stopped);
        };
        thread
            .spawn(run)
            .map_err(|error| MicrophoneError(format!("no thread for the microphone: {error}")))?;
        let tape = match news.recv() {
            Ok(News::Opened(tape)) => tape,
            Ok(News::Lost(reason)) => return Err(MicrophoneError(reason)),
            Err(_) => return Err(MicrophoneError("the microphone's thread ended".to_owned())),
        };
        let take = Some(Take::new(tape));
        Ok(Self { news, _stop: stop, reader, take, events: VecDeque::new(), is_lost: false })
    }

    /// The device's name; `None` while it is lost.
    pub fn device(&self) -> Option<&str> {
        self.take.as_ref().map(|take| take.tape.device.as_str())
    }

    /// Waits until there may be something to read, `most` at the longest. Only one thread may do so.
    pub fn wait(&self, most: Duration) {
        self.reader.get_or_init(std::thread::current);
        std::thread::park_timeout(most);
    }

    /// Replaces `samples` (−1..=1) by what was heard since the last call, of the last two seconds; `None` where that is
    /// nothing.
    pub fn read(&mut self, samples: &mut Vec<f32>) -> Option<Captured> {
        samples.clear();
        self.poll();
        let take = self.take.as_mut()?;
        if !take.tape.read(&mut take.tail, samples) {
            take.is_new = true;
        }
        let captured = Captured { rate: take.tape.rate, is_new: take.is_new };
        take.is_new &= samples.is_empty();
        (!samples.is_empty()).then_some(captured)
    }

    /// What happened to the device since the last call, one event at a time.
    pub fn event(&mut self) -> Option<Event> {
        self.poll();
        self.events.pop_front()
    }

    fn poll(&mut self) {
        while let Ok(news) = self.news.try_recv() {
            match news {
                News::Opened(tape) => {
                    self.take = Some(Take::new(tape));
                    if std::mem::take(&mut self.is_lost) {
                        self.events.push_back(Event::Restored);
                    }
                }
                News::Lost(reason) => {
                    self.take = None;
                    if !std::mem::replace(&mut self.is_lost, true) {
                        self.events.push_back(Event::Lost(reason));
                    }
                }
            }
        }
    }
}

impl Take {
    fn new(tape: Arc<Tape>) -> Self {
        Self { tape, tail: 0, is_new: true }
    }
}

fn open(name: Option<&str>, reader: &Arc<OnceLock<Thread>>) -> Result<(cpal::Stream, Arc<Tape>), String> {
    let host = cpal::default_host();
    let device = match name {
        None => host.default_input_device().ok_or("there is no microphone; connect one")?,
        Some(name) => find(&host, name)?,
    };
    let failed = |error: cpal::Error| {
        let reason = error.to_string();
        format!("the microphone '{device}' cannot be used: {}", reason.trim_end_matches('.'))
    };
    let supported = device.default_input_config().map_err(failed)?;
    let mut config = supported.config();
    let asked = config.sample_rate / BUFFERS_A_SECOND;
    config.buffer_size = match *supported.buffer_size() {
        SupportedBufferSize::Range { min, max } => BufferSize::Fixed(asked.clamp(min, max.max(min))),
        SupportedBufferSize::Unknown => BufferSize::Default,
    };
    let tape = Arc::new(Tape::new(config.sample_rate, device.to_string(), Arc::clone(reader)));
    let stream = match supported.sample_format() {
        SampleFormat::I16 => build::<i16>(&device, config, &tape),
        SampleFormat::I32 => build::<i32>(&device, config, &tape),
        SampleFormat::U8 => build::<u8>(&device, config, &tape),
        _ => build::<f32>(&device, config, &tape),
    };
    let stream = stream.map_err(failed)?;
    stream.play().map_err(failed)?;
    Ok((stream, tape))
}

fn find(host: &cpal::Host, name: &str) -> Result<cpal::Device, String> {
    let wanted = name.to_lowercase();
    let mut devices = host.input_devices().map_err(|error| format!("cannot list microphones: {error}"))?;
    let found = devices.find(|device| device.to_string().to_lowercase().contains(&wanted));
    found.ok_or_else(|| format!("there is no microphone '{name}'; there are: {}", microphones().join(", ")))
}

fn build<T: SizedSample>(
    device: &cpal::Device,
    config: StreamConfig,
    tape: &Arc<Tape>,
) -> Result<cpal::Stream, cpal::Error>
where
    f32: FromSample<T>,
{
    let channels = usize::from(config.channels.max(1));
    let (written, failed) = (Arc::clone(tape), Arc::clone(tape));
    device.build_input_stream(
        config,
        move |heard: &[T], _: &cpal::InputCallbackInfo| {
            let mixed = |frame: &[T]| {
                let sum: f32 = frame.iter().map(|sample| f32::from_sample_(*sample)).sum();
                sum / channels as f32
            };
            written.write(heard.chunks_exact(channels).map(mixed));
        },
        // Called without end once a device is gone: it counts, and nothing else.
        move |_error| {
            failed.errors.fetch_add(1, Ordering::Relaxed);
        },
        None,
    )
}
