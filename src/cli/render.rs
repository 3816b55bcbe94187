//! `rhetor render`: a speech as a video, or as pictures and a sound file.

use super::args::{Casting, Drawing, Size, Span};
use super::error::CliError;
use super::output;
use super::terms::Terms;
use crate::film::{self, Film, Written};
use crate::production::{Production, Request};
use crate::render::{Gpu, GpuOptions};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A script, a timeline, another tool's timing file, a text or a sound file.
    input: String,
    /// The film to write: .mp4, .webm, .mov, .mkv, .gif, or a folder ending in a slash for PNG pictures and a WAV.
    #[arg(short, value_name = "OUT")]
    output: PathBuf,
    /// The picture's size in pixels.
    #[arg(long, value_name = "WxH", default_value = "1280x720")]
    size: Size,
    #[command(flatten)]
    span: Span,
    /// Nothing behind the avatar; needs .webm, .mov or a folder of pictures.
    #[arg(long)]
    alpha: bool,
    #[command(flatten)]
    drawing: Drawing,
    #[command(flatten)]
    casting: Casting,
    #[command(flatten)]
    terms: Terms,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let request = Request {
        is_transparent: arguments.alpha,
        ..arguments.casting.request(&arguments.input, arguments.drawing.request())
    };
    let (job, bar) = output::watched_job();
    let production = Production::load(&request, &job)?;
    arguments.terms.check(&production.cast)?;
    let program = production.program()?;
    output::warnings(&production.warnings);
    let gpu = Gpu::new(&GpuOptions::from_env())?;
    let mut renderer = production.renderer(&gpu, arguments.drawing.fixed_tier()?);
    let end = production.performance.duration();
    let film = Film {
        width: arguments.size.width,
        height: arguments.size.height,
        rate: arguments.span.fps,
        from: arguments.span.from,
        to: arguments.span.to.map_or(end, |to| to.min(end)),
        has_alpha: arguments.alpha,
        disclosure: production.disclosure().to_owned(),
    };
    let written =
        film::write(&film, &production.performance, &mut renderer, &program, &arguments.output, &job);
    bar.finish_and_clear();
    match written? {
        Written::Whole(path) => {
            output::note(format!("wrote {} ({} frames)", path.display(), film.frames()));
            Ok(())
        }
        Written::PicturesInstead(path) => Err(CliError::environment(format!(
            "ffmpeg is not installed (on Debian: apt install ffmpeg), so pictures and sound.wav were written to {} instead",
            path.display()
        ))),
    }
}
