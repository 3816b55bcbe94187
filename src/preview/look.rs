//! Light, lens and film of a frame, as a person wants them.

use super::edits::LookEdits;
use crate::frame::Frame;
use crate::stage::{Backdrop, Light, Stage, linear_from_srgb};
use glam::Vec3;

/// The stage's lights as chosen, without what was changed of single ones.
pub(super) fn lights(edits: &LookEdits, staged: &Stage, floor: f32) -> Vec<Light> {
    edits.lighting.map_or_else(|| staged.lights.clone(), |own| Stage::lit(own, Vec3::Z, floor).lights)
}

/// Changes `frame` of the stage `staged`, whose floor is at `floor`.
pub(super) fn apply(edits: &LookEdits, staged: &Stage, floor: f32, frame: &mut Frame) {
    if let Some(lighting) = edits.lighting {
        let stage = Stage::lit(lighting, Vec3::Z, floor);
        (frame.environment, frame.backdrop) = (stage.environment, stage.backdrop);
    }
    if edits.lighting.is_some() || edits.lights.is_some() {
        // Lights that avatars carry come after those of the stage.
        let carried = frame.lights.split_off(staged.lights.len().min(frame.lights.len()));
        frame.lights = edits.lights.clone().unwrap_or_else(|| lights(edits, staged, floor));
        frame.lights.extend(carried);
    }
    frame.environment.turn += edits.turn.to_radians();
    frame.environment.intensity *= edits.surroundings.unwrap_or(1.0);
    if let Some(color) = edits.backdrop {
        frame.backdrop = Backdrop::Color(Vec3::from(color).map(linear_from_srgb));
    }
    frame.look.exposure = edits.exposure.unwrap_or(frame.look.exposure);
    frame.look.tone = edits.tone.unwrap_or(frame.look.tone);
}
