//! What can go wrong while filming.

use crate::job::Cancelled;
use crate::render::RenderError;
use crate::time::Time;
use std::io;
use std::path::PathBuf;

/// Why there is no film.
#[derive(Debug, thiserror::Error)]
pub enum FilmError {
    /// No frame lies in the range.
    #[error("there is nothing to film between {from} and {to}")]
    Empty {
        /// The first moment.
        from: Time,
        /// The last moment.
        to: Time,
    },
    /// The path's ending names no container.
    #[error("{path}: a film ends with {known}, or with a slash for a folder of pictures")]
    Container {
        /// As given.
        path: PathBuf,
        /// The endings, as a list.
        known: String,
    },
    /// The container cannot hold this.
    #[error("{0}")]
    Unfit(String),
    /// The disk or the folder refused.
    #[error("{path} cannot be written: {source}")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The encoder stopped.
    #[error("the encoder stopped before {path} was whole: {reason}")]
    Encoder {
        /// The file that was to be written.
        path: PathBuf,
        /// The encoder's last words.
        reason: String,
    },
    /// The writing thread ended.
    #[error("writing stopped unexpectedly")]
    Writer,
    /// The sound could not be written.
    #[error(transparent)]
    Sound(#[from] crate::audio::AudioError),
    /// The pictures could not be drawn.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// Stopped on request.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}
