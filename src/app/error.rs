//! What can go wrong with the window.

use crate::render::RenderError;

/// Why there is no window, or no more.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The system has no screen to open a window on.
    #[error("no window can be opened here: {0} (is there a display? `rhetor render` needs none)")]
    NoDisplay(String),
    /// The monitor asked for is not there.
    #[error("there is no monitor {asked}; this machine has {have}")]
    NoMonitor {
        /// As asked.
        asked: usize,
        /// The monitors, numbered.
        have: String,
    },
    /// Nothing can be drawn.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The window's surface cannot be used.
    #[error("the window cannot be drawn into: {0}")]
    Surface(String),
}
