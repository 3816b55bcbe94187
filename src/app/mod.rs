//! The presenter's window: a speech that is played, or somebody who speaks into a microphone.
//!
//! Everything slow is done before the window opens; its thread draws one frame after another, each for the
//! moment at which it is expected on screen.

mod command;
mod effort;
mod error;
mod listening;
mod pacing;
mod presenter;
mod screen;
mod surface;
mod window;

pub use error::AppError;
#[cfg(feature = "workbench")]
pub(crate) use pacing::Pacing;
#[cfg(feature = "workbench")]
pub(crate) use surface::Surface;

use crate::audio::{Microphone, Program};
use crate::perform::{Cast, Performance};
use crate::render::{Antialias, Quality};
use crate::time::Time;
use std::sync::Arc;

/// How a speech is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Where to begin.
    pub from: Time,
    /// Fill the monitor from the start.
    pub is_fullscreen: bool,
    /// Which monitor, counted from 0; `None` leaves it to the system.
    pub monitor: Option<usize>,
    /// A part of the sound device's name.
    pub audio_device: Option<String>,
    /// Positive where the sound reaches the audience later than the system says.
    pub offset: Time,
    /// The window's size in pixels.
    pub size: (u32, u32),
    /// Without sound.
    pub is_muted: bool,
    /// Stand still on the first picture until the presenter starts it.
    pub is_paused: bool,
    /// Leave at the end of the speech.
    pub exit_at_end: bool,
    /// Draw a white square while the `aa` viseme is above one half: measures sound against picture.
    pub sync_flash: bool,
    /// How much work goes into each picture; `None` decides by what draws.
    pub quality: Option<Quality>,
    /// In place of the tier's own way against stairs.
    pub antialias: Option<Antialias>,
    /// The window's title.
    pub title: String,
}

/// What is shown.
#[derive(Debug)]
pub struct Show {
    /// Who is seen.
    pub cast: Vec<Cast>,
    /// What they do.
    pub performance: Performance,
    /// What drives it.
    pub sound: Sound,
}

/// What the pictures follow.
#[derive(Debug)]
pub enum Sound {
    /// A program that is played.
    Program {
        /// What is heard.
        program: Arc<Program>,
        /// Where the presenter's clicker jumps to, ascending.
        stops: Vec<Time>,
    },
    /// Somebody speaks, whom the first of the cast follows.
    Microphone(Microphone),
}

/// Opens the window and runs the speech until it is left. `notice` is told of what the presenter should know,
/// such as a sound device that vanished.
///
/// # Errors
/// [`AppError`] when no window opens or nothing can be drawn into it.
pub fn run(show: Show, options: Options, notice: impl FnMut(&str)) -> Result<(), AppError> {
    window::run(show, options, notice)
}
