//! `rhetor export`: the performance for other programs.

use super::args::{Casting, Span};
use super::error::CliError;
use super::output;
use super::terms::Terms;
use crate::exchange::{self, ClipError, Window};
use crate::host::write_whole;
use crate::job::Job;
use crate::production::{Production, Request};
use crate::time::Time;
use std::path::PathBuf;

/// What the animation is called.
const NAME: &str = "performance";

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A script, a timeline, another tool's timing file, a text, a sound file, or an avatar with --clip.
    input: String,
    /// What to write: .glb, the avatar with the performance as an animation; .vrma, a VRM animation; .csv, the face in the
    /// layout of Live Link Face.
    #[arg(short, value_name = "OUT.(glb|vrma|csv)")]
    output: PathBuf,
    #[command(flatten)]
    span: Span,
    /// Whose performance, where several speak.
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    #[command(flatten)]
    casting: Casting,
    #[command(flatten)]
    terms: Terms,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Avatar,
    Motion,
    Face,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let ending = arguments.output.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    let kind = match ending.as_deref() {
        Some("glb") => Kind::Avatar,
        Some("vrma") => Kind::Motion,
        Some("csv") => Kind::Face,
        _ => {
            let path = arguments.output.display();
            return Err(CliError::usage(format!("{path}: an export ends with .glb, .vrma or .csv")));
        }
    };
    let request = arguments.casting.request(&arguments.input, Request::default());
    let (job, bar) = output::watched_job();
    let production = Production::load(&request, &job)?;
    arguments.terms.check(&production.cast)?;
    output::warnings(&production.warnings);
    let window = window(arguments, production.performance.duration())?;
    let index = speaker(arguments, &production)?;
    let bytes = written(kind, &production, &request, index, &window, &job);
    bar.finish_and_clear();
    let path = &arguments.output;
    write_whole(path, &bytes?)
        .map_err(|e| CliError::failure(format!("{} cannot be written: {e}", path.display())))?;
    output::note(format!("wrote {} ({} frames)", path.display(), window.frames()));
    Ok(())
}

fn window(arguments: &Arguments, end: Time) -> Result<Window, CliError> {
    let Span { fps, from, to } = arguments.span;
    let window = Window { from, to: to.unwrap_or(end), rate: fps };
    if window.to <= window.from {
        let message = if end == Time::ZERO && to.is_none() {
            "nothing is said and no clip is played: give a speech, --clip, or say with --to how long it lasts"
                .to_owned()
        } else {
            format!("there is nothing between {} and {}", window.from, window.to)
        };
        return Err(CliError::usage(message));
    }
    Ok(window)
}

/// Which of the cast is exported.
fn speaker(arguments: &Arguments, production: &Production) -> Result<usize, CliError> {
    let names: Vec<&str> = production.performance.speakers().collect();
    match &arguments.speaker {
        Some(name) => names.iter().position(|own| own == name).ok_or_else(|| {
            CliError::usage(format!("--speaker: nobody is called '{name}'; there are: {}", names.join(", ")))
        }),
        None if names.len() > 1 => {
            Err(CliError::usage(format!("several speak; choose with --speaker: {}", names.join(", "))))
        }
        None => Ok(0),
    }
}

fn written(
    kind: Kind,
    production: &Production,
    request: &Request,
    index: usize,
    window: &Window,
    job: &Job<'_>,
) -> Result<Vec<u8>, CliError> {
    let performance = &production.performance;
    let member = production.cast.get(index).ok_or_else(|| CliError::failure("nobody acts"))?;
    if kind == Kind::Face {
        return Ok(exchange::live_link(performance, index, member, window).into_bytes());
    }
    let (name, bytes) = production.avatar_file(index, request)?;
    let clip = exchange::clip_of(performance, (index, &member.avatar), window, NAME, job)?;
    if kind == Kind::Avatar {
        return Ok(exchange::with_clip(&bytes, &name, &member.avatar, &clip, production.disclosure())?);
    }
    let generator = concat!("rhetor ", env!("CARGO_PKG_VERSION"));
    Ok(exchange::vrm_animation(
        performance,
        (index, member, &name),
        window,
        &clip,
        (generator, production.disclosure()),
    )?)
}

impl From<ClipError> for CliError {
    fn from(error: ClipError) -> Self {
        Self::failure(error)
    }
}
