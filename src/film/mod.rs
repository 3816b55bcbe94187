//! From times to frames to a video or to pictures and a sound file.
//!
//! Frame n shows exactly n periods after the start. Nothing stands under the final name before it is whole.

mod container;
mod encoder;
mod error;
mod folder;

pub use container::Container;
pub use error::FilmError;

use crate::audio::Program;
use crate::frame::Frame;
use crate::job::Job;
use crate::perform::Performance;
use crate::render::{Picture, Renderer};
use crate::time::{FrameRate, Time};
use encoder::Encoder;
use folder::Folder;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// What to film.
#[derive(Debug, Clone, PartialEq)]
pub struct Film {
    /// Columns of the picture.
    pub width: u32,
    /// Rows of the picture.
    pub height: u32,
    /// Frames a second.
    pub rate: FrameRate,
    /// The first frame's time.
    pub from: Time,
    /// Nothing from here on.
    pub to: Time,
    /// Keep transparency.
    pub has_alpha: bool,
    /// The sentence that says the film is generated; empty for none.
    pub disclosure: String,
}

impl Film {
    /// How many frames there are.
    pub fn frames(&self) -> u64 {
        self.rate.frames_before(self.to - self.from)
    }

    /// When frame `index` shows.
    pub fn time_of(&self, index: u64) -> Time {
        self.from + self.rate.time_of(index)
    }
}

/// Where a film went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// What was asked for.
    Whole(PathBuf),
    /// There is no encoder: pictures and sound lie in this folder instead.
    PicturesInstead(PathBuf),
}

/// Draws every frame of `film` and writes it to `path`, whose ending names the container; a path that ends
/// with a slash, or names a folder, gets numbered PNG pictures and `sound.wav`.
///
/// # Errors
/// See [`FilmError`]; nothing is left under the final name.
pub fn write(
    film: &Film,
    performance: &Performance,
    renderer: &mut Renderer,
    sound: &Program,
    path: &Path,
    job: &Job<'_>,
) -> Result<Written, FilmError> {
    if film.frames() == 0 {
        return Err(FilmError::Empty { from: film.from, to: film.to });
    }
    if Folder::is_meant(path) {
        let folder = Folder::create(path, film, sound, job)?;
        return draw(film, performance, renderer, folder, job).map(Written::Whole);
    }
    let container = Container::of(path)?;
    container.check(film)?;
    if let Some(program) = crate::host::program::find("ffmpeg") {
        let encoder = Encoder::start(&program, container, film, sound, path, job)?;
        return draw(film, performance, renderer, encoder, job).map(Written::Whole);
    }
    let folder = Folder::create(&path.with_extension("frames"), film, sound, job)?;
    draw(film, performance, renderer, folder, job).map(Written::PicturesInstead)
}

/// Takes pictures in order.
trait Sink: Send {
    fn take(&mut self, index: u64, picture: &Picture) -> Result<(), FilmError>;
    /// Gives the result its final name.
    fn finish(self) -> Result<PathBuf, FilmError>;
}

/// Drawing and encoding overlap: pictures go through a short queue to a thread of the sink's own.
fn draw(
    film: &Film,
    performance: &Performance,
    renderer: &mut Renderer,
    mut sink: impl Sink,
    job: &Job<'_>,
) -> Result<PathBuf, FilmError> {
    std::thread::scope(|scope| {
        let (sender, receiver): (SyncSender<Picture>, Receiver<Picture>) = sync_channel(3);
        let writer = scope.spawn(move || {
            for (index, picture) in receiver.iter().enumerate() {
                sink.take(index as u64, &picture)?;
            }
            Ok(sink)
        });
        let drawn = feed(film, performance, renderer, &sender, job);
        drop(sender);
        let written = writer.join().map_err(|_| FilmError::Writer)?;
        // The writer's reason is the cause when both stopped.
        let sink: Result<_, FilmError> = written;
        let sink = sink?;
        drawn?;
        sink.finish()
    })
}

fn feed(
    film: &Film,
    performance: &Performance,
    renderer: &mut Renderer,
    sender: &SyncSender<Picture>,
    job: &Job<'_>,
) -> Result<(), FilmError> {
    let aspect = film.width as f32 / film.height as f32;
    let mut frame: Frame = performance.first_frame(aspect);
    let total = film.frames();
    let mut received = 0;
    let mut pass_on = |picture: Option<Picture>| -> Result<(), FilmError> {
        if let Some(picture) = picture {
            sender.send(picture).map_err(|_| FilmError::Writer)?;
            received += 1;
            job.report("filming", received, total)?;
        }
        Ok(())
    };
    for index in 0..total {
        performance.evaluate_into(&mut frame, film.time_of(index), aspect);
        if renderer.in_flight() >= Renderer::MOST_IN_FLIGHT {
            pass_on(renderer.receive()?)?;
        }
        renderer.submit(&frame, film.width, film.height)?;
    }
    while renderer.in_flight() > 0 {
        pass_on(renderer.receive()?)?;
    }
    Ok(())
}
