//! The presenter's state: what is shown at a moment, and what the keys change. It knows no window.

use super::command::{Command, stop_from};
use super::listening::Listening;
use super::{Options, Show, Sound};
use crate::audio::{Event, OutputOptions};
use crate::clock::{AudibleClock, Clock};
use crate::frame::Frame;
use crate::perform::{Cast, Performance};
use crate::stage::Overlay;
use crate::time::Time;
use crate::vocabulary::Viseme;
use std::time::Instant;

/// A speech under way.
pub(super) struct Presenter {
    cast: Vec<Cast>,
    performance: Performance,
    driver: Driver,
    frame: Frame,
    position: Time,
    is_black: bool,
    sync_flash: bool,
    exit_at_end: bool,
}

/// Who says what time it is.
enum Driver {
    /// What is heard of a program, with the stops of the clicker.
    Program(Box<AudibleClock>, Vec<Time>),
    /// Who speaks.
    Microphone(Listening),
}

const BLACK: Overlay = Overlay { rect: [0.0, 0.0, 1.0, 1.0], color: [0.0, 0.0, 0.0, 1.0] };
/// In the upper left, where no avatar stands.
const FLASH_RECT: [f32; 4] = [0.0, 0.0, 0.15, 0.2];
const RULER_RECT: [f32; 4] = [0.15, 0.0, 0.05, 0.2];
/// In which the ruler goes from black to white.
const RULER_PERIOD: i64 = 250_000_000;

impl Presenter {
    pub(super) fn new(show: Show, options: &Options) -> Self {
        let driver = match show.sound {
            Sound::Program { program, stops } => {
                let output = OutputOptions { device: options.audio_device.clone(), muted: options.is_muted };
                let clock = AudibleClock::open(program, output, options.from, options.offset);
                Driver::Program(Box::new(clock), stops)
            }
            Sound::Microphone(microphone) => Driver::Microphone(Listening::new(microphone)),
        };
        let frame = show.performance.first_frame(1.0);
        Self {
            cast: show.cast,
            performance: show.performance,
            driver,
            frame,
            position: options.from,
            is_black: false,
            sync_flash: options.sync_flash,
            exit_at_end: options.exit_at_end,
        }
    }

    pub(super) fn cast(&self) -> &[Cast] {
        &self.cast
    }

    pub(super) fn start(&mut self) {
        match &mut self.driver {
            Driver::Program(clock, _) => clock.play(),
            Driver::Microphone(listening) => listening.listen(true),
        }
    }

    /// What the presenter should know, one message at a time.
    pub(super) fn notice(&mut self) -> Option<String> {
        let (event, back) = match &mut self.driver {
            Driver::Program(clock, _) => (clock.event()?, "sound is back"),
            Driver::Microphone(listening) => (listening.event()?, "the microphone is back"),
        };
        Some(match event {
            Event::Lost(reason) => format!("warning: {reason}"),
            Event::Restored => back.to_owned(),
        })
    }

    /// The frame that is right when it is seen at `when`.
    pub(super) fn frame_at(&mut self, when: Instant, aspect: f32) -> &Frame {
        self.position = match &mut self.driver {
            Driver::Program(clock, _) => clock.position(when),
            Driver::Microphone(listening) => listening.position(when, &mut self.performance),
        };
        self.performance.evaluate_into(&mut self.frame, self.position, aspect);
        if self.sync_flash {
            self.frame.overlays.extend([flash(&self.performance, self.position), ruler(self.position)]);
        }
        if self.is_black {
            self.frame.overlays.push(BLACK);
        }
        &self.frame
    }

    /// Whether the window should close by itself.
    pub(super) fn is_over(&self) -> bool {
        let ends = matches!(self.driver, Driver::Program(..));
        ends && self.exit_at_end && self.position >= self.performance.duration()
    }

    /// Does what a key asks for; window matters are not its own.
    pub(super) fn obey(&mut self, command: Command) {
        if command == Command::ToggleBlackout {
            self.is_black = !self.is_black;
            return;
        }
        let (clock, stops) = match &mut self.driver {
            Driver::Program(clock, stops) => (clock, stops),
            // Who speaks live cannot be sent anywhere else.
            Driver::Microphone(listening) => {
                if command == Command::TogglePause {
                    listening.listen(!listening.is_listening());
                }
                return;
            }
        };
        let to = match command {
            Command::TogglePause if clock.is_playing() => return clock.pause(),
            Command::TogglePause => return clock.play(),
            Command::Skip(by) => Some(self.position + by),
            Command::Restart => Some(Time::ZERO),
            Command::NextStop => stop_from(stops, self.position, true),
            Command::PreviousStop => stop_from(stops, self.position, false).or(Some(Time::ZERO)),
            Command::ToggleBlackout | Command::NextView | Command::ToggleFullscreen | Command::Leave => None,
        };
        if let Some(to) = to {
            clock.seek(to.max(Time::ZERO).min(self.performance.duration()));
        }
    }
}

/// White while the first speaker's `aa` is above one half, black otherwise.
fn flash(performance: &Performance, t: Time) -> Overlay {
    let open = performance.acting(0, t).map_or(0.0, |a| a.visemes[Viseme::Aa.index()]);
    let level = if open > 0.5 { 1.0 } else { 0.0 };
    Overlay { rect: FLASH_RECT, color: [level, level, level, 1.0] }
}

/// A bar beside the flash whose grey tells the time of each picture within a quarter of a second.
fn ruler(t: Time) -> Overlay {
    let level = t.as_nanos().rem_euclid(RULER_PERIOD) as f32 / RULER_PERIOD as f32;
    Overlay { rect: RULER_RECT, color: [level, level, level, 1.0] }
}
