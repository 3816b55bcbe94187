//! Whether the avatar's picture must be drawn again, or the one that is shown still says all there is to see.
//!
//! It draws nothing, reads no clock, and knows nothing of the panels.

use crate::frame::Frame;
use crate::render::DebugView;
use std::time::{Duration, Instant};

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
    begun: Instant,
}

impl Shown {
    /// Whether the next picture of who moves may be begun `now`: `rests` after the last was begun, where the cores that draw have
    /// something more urgent to do.
    pub(super) fn is_due(&self, now: Instant, rests: Duration) -> bool {
        self.picture.as_ref().is_none_or(|picture| now.saturating_duration_since(picture.begun) >= rests)
    }

    /// Whether `frame`, drawn now, would be another picture that is worth its time; what only moves waits until it `is_due`.
    pub(super) fn is_stale(
        &self,
        frame: &Frame,
        size: (u32, u32),
        view: Option<DebugView>,
        is_due: bool,
    ) -> bool {
        let Some(picture) = &self.picture else { return true };
        // A hand that turns the camera is followed at once, whatever else is done.
        if (picture.size, picture.view) != (size, view) || picture.frame.camera != frame.camera {
            return true;
        }
        is_due && picture.frame != *frame
    }

    /// `frame` was drawn in a picture that was `begun` then.
    pub(super) fn keep(&mut self, frame: &Frame, size: (u32, u32), view: Option<DebugView>, begun: Instant) {
        match &mut self.picture {
            Some(picture) => {
                picture.frame.clone_from(frame);
                (picture.size, picture.view, picture.begun) = (size, view, begun);
            }
            None => self.picture = Some(Picture { frame: frame.clone(), size, view, begun }),
        }
    }

    /// What draws is another, so that the same frame may be another picture.
    pub(super) fn forget(&mut self) {
        self.picture = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::now;
    use crate::stage::{Camera, Lighting, Stage};
    use glam::Vec3;

    const SIZE: (u32, u32) = (640, 480);
    const REST: Duration = Duration::from_millis(300);

    fn standing() -> Frame {
        let stage = Stage::lit(Lighting::default(), Vec3::Z, 0.0);
        Frame {
            actors: Vec::new(),
            camera: Camera::looking(Vec3::Z, Vec3::ZERO, 0.5),
            lights: stage.lights,
            environment: stage.environment,
            backdrop: stage.backdrop,
            overlays: Vec::new(),
            look: stage.look,
        }
    }

    fn shown(frame: &Frame, begun: Instant) -> Shown {
        let mut shown = Shown::default();
        assert!(shown.is_due(begun, REST) && shown.is_stale(frame, SIZE, None, true), "nothing is shown yet");
        shown.keep(frame, SIZE, None, begun);
        shown
    }

    fn moved(frame: &Frame) -> Frame {
        let mut moved = frame.clone();
        moved.environment.turn += 0.1;
        moved
    }

    #[test]
    fn who_stands_still_is_not_drawn_again() {
        let frame = standing();
        let mut shown = shown(&frame, now());
        assert!(!shown.is_stale(&frame, SIZE, None, true));
        assert!(shown.is_stale(&moved(&frame), SIZE, None, true));
        shown.forget();
        assert!(shown.is_stale(&frame, SIZE, None, false));
    }

    #[test]
    fn who_moves_waits_while_the_cores_do_something_else() {
        let (frame, begun) = (standing(), now());
        let mut shown = shown(&frame, begun);
        let early = begun + REST - Duration::from_millis(1);
        assert!(!shown.is_due(early, REST) && shown.is_due(early, Duration::ZERO));
        assert!(!shown.is_stale(&moved(&frame), SIZE, None, shown.is_due(early, REST)));
        let late = begun + REST;
        assert!(shown.is_stale(&moved(&frame), SIZE, None, shown.is_due(late, REST)));
        shown.keep(&moved(&frame), SIZE, None, late);
        assert!(!shown.is_due(late + REST / 2, REST), "the wait counts from the last picture");
    }

    #[test]
    fn a_hand_waits_for_nothing() {
        let frame = standing();
        let shown = shown(&frame, now());
        let mut turned = frame.clone();
        turned.camera.eye += Vec3::X;
        assert!(shown.is_stale(&turned, SIZE, None, false));
        assert!(shown.is_stale(&frame, (641, 480), None, false));
        assert!(shown.is_stale(&frame, SIZE, Some(DebugView::ALL[0].1), false));
    }
}
