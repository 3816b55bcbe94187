//! Light, lens and film of a frame, as a person wants them.

use super::edits::LookEdits;
use crate::frame::Frame;
use crate::stage::{Backdrop, Lighting, Stage, linear_from_srgb};
use glam::Vec3;

/// Changes `frame`, whose stage has the lighting called `staged` and its floor at `floor`.
pub(super) fn apply(edits: &LookEdits, staged: Option<&str>, floor: f32, frame: &mut Frame) {
    if let Some(lighting) = edits.lighting {
        let own = staged.and_then(Lighting::from_name).unwrap_or_default();
        // Lights that the avatar carries come after those of the stage.
        let carried =
            frame.lights.split_off(Stage::lit(own, Vec3::Z, floor).lights.len().min(frame.lights.len()));
        let stage = Stage::lit(lighting, Vec3::Z, floor);
        frame.lights = stage.lights;
        frame.lights.extend(carried);
        (frame.environment, frame.backdrop) = (stage.environment, stage.backdrop);
    }
    frame.environment.turn += edits.turn.to_radians();
    frame.environment.intensity *= edits.surroundings.unwrap_or(1.0);
    if let Some(color) = edits.backdrop {
        frame.backdrop = Backdrop::Color(Vec3::from(color).map(linear_from_srgb));
    }
    frame.look.exposure = edits.exposure.unwrap_or(frame.look.exposure);
    frame.look.tone = edits.tone.unwrap_or(frame.look.tone);
}
