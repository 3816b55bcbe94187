//! `rhetor preview`: a developer's window on an avatar.

use super::args::{Casting, Drawing, Size};
use super::error::CliError;
use crate::preview::{self, Options};
use crate::production::DEFAULT_AVATAR;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// An avatar, a script, a timeline, another tool's timing file, a text or a sound file; more can be dropped on the window.
    #[arg(value_name = "AVATAR|SCRIPT", default_value = DEFAULT_AVATAR)]
    input: String,
    /// The window's size in pixels (default: that of the last time).
    #[arg(long, value_name = "WxH")]
    size: Option<Size>,
    #[command(flatten)]
    drawing: Drawing,
    #[command(flatten)]
    casting: Casting,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let request = arguments.casting.request(&arguments.input, arguments.drawing.request());
    let size = arguments.size.map(|Size { width, height }| (width, height));
    let (quality, antialias) = (arguments.drawing.live_quality(), arguments.drawing.antialias);
    let shaders = std::env::var_os("RHETOR_SHADERS").map(PathBuf::from);
    preview::run(Options { request, size, quality, antialias, shaders })?;
    Ok(())
}
