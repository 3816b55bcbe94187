//! Whether the avatar's picture must be drawn again, or the one that is shown still says all there is to see.
//!
//! It draws nothing, and knows nothing of the panels.

use crate::clock;
use crate::frame::Frame;
use crate::render::DebugView;
use std::time::{Duration, Instant};

/// From picture to picture of who moves, while something is opened on the cores that draw as well: that is what opening
/// takes its time from.
const SHARED: Duration = Duration::from_millis(700);

/// The picture that is shown.
#[derive(Debug, Default)]
pub(super) struct Shown {
    picture: Option<Picture>,
}

#[derive(Debug)]
struct Picture {
    frame: Frame,
    size: (u32, u32),
    view: Option<DebugView>,
    at: Instant,
}

impl Shown {
    /// Whether `frame`, drawn now, would be another picture that is worth its time. With `is_shared` the cores that draw have
    /// something more urgent to do.
    pub(super) fn is_stale(
        &self,
        frame: &Frame,
        size: (u32, u32),
        view: Option<DebugView>,
        is_shared: bool,
    ) -> bool {
        let Some(picture) = &self.picture else { return true };
        // A hand that turns the camera is followed at once, whatever else is done.
        if (picture.size, picture.view) != (size, view) || picture.frame.camera != frame.camera {
            return true;
        }
        let is_due = !is_shared || clock::now().saturating_duration_since(picture.at) >= SHARED;
        is_due && picture.frame != *frame
    }

    /// `frame` was drawn.
    pub(super) fn keep(&mut self, frame: &Frame, size: (u32, u32), view: Option<DebugView>) {
        let at = clock::now();
        match &mut self.picture {
            Some(picture) => {
                picture.frame.clone_from(frame);
                (picture.size, picture.view, picture.at) = (size, view, at);
            }
            None => self.picture = Some(Picture { frame: frame.clone(), size, view, at }),
        }
    }

    /// What draws is another, so that the same frame may be another picture.
    pub(super) fn forget(&mut self) {
        self.picture = None;
    }
}
