//! The developer's window on an avatar: its sliders, its voice, its acting, its look, what is wrong with it.
//!
//! It shows and changes what the library has; it never decides what an avatar does by itself, and it writes no file
//! that nobody asked it to, but for its own settings.

mod acting;
mod app;
mod camera;
mod canvas;
mod commands;
mod edits;
mod files;
mod fonts;
mod history;
mod keys;
mod loading;
mod look;
mod notices;
mod opening;
mod panels;
mod recipes;
mod redraw;
mod saving;
mod settings;
mod shaders;
mod strip;
mod style;
mod transport;
mod watch;
mod words;
mod workbench;

pub use camera::Orbit;
pub use edits::{Edits, LookEdits, Person, Recipe, Shape, Sliders, Turn};
pub use history::History;
pub use keys::{Command, KEYS, Row};
pub use panels::Panel;
pub use recipes::{recipe_of, with_recipes};
pub use saving::{CaseWish, SaveError, case_size, case_text, merged, pose_text, save_case, save_recipes};
pub use settings::Settings;
pub use transport::{RATES, STEP, Transport};
pub use watch::Watch;

use crate::app::AppError;
use crate::production::Request;
use crate::render::{Antialias, Quality};
use std::path::PathBuf;

/// How the window begins.
#[derive(Debug, Clone)]
pub struct Options {
    /// What is opened first.
    pub request: Request,
    /// The window's size in pixels; `None` for that of the last time.
    pub size: Option<(u32, u32)>,
    /// The tier; `None` decides by what draws.
    pub quality: Option<Quality>,
    /// In place of the tier's own way against stairs.
    pub antialias: Option<Antialias>,
    /// A folder of shaders in place of the program's own.
    pub shaders: Option<PathBuf>,
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// [`AppError`] when no window opens or nothing can be drawn into it.
pub fn run(options: Options) -> Result<(), AppError> {
    app::run(options)
}
