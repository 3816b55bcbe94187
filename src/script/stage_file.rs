//! The keys `stage` and `dials`, which a script and a timeline write alike.

use schemars::JsonSchema;
use serde::Deserialize;

use super::timeline::{Dials, LookChoice, StageChoice};

/// Camera and backdrop.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Stage")]
pub(super) struct StageFile {
    /// A shot: face, bust, half, full, or a camera's name in the avatar's file.
    #[serde(default)]
    camera: Option<String>,
    /// The lighting: studio, stage or daylight.
    #[serde(default)]
    light: Option<String>,
    /// The backdrop's colour, sRGB, each 0 to 1; left out for the lighting's own.
    #[serde(default)]
    backdrop: Option<[f32; 3]>,
    /// What shows in eyes and metal and lights from all around: studio, stage, daylight, or an .hdr or .exr picture's file beside this
    /// one or below; left out for the lighting's own.
    #[serde(default)]
    environment: Option<String>,
    /// How far the environment is turned, degrees, counter-clockwise as seen from above.
    #[serde(default)]
    #[schemars(range(min = -360, max = 360))]
    environment_turn: Option<f32>,
    /// The tone mapper: neutral, agx, aces or linear (none).
    #[serde(default)]
    tone: Option<String>,
    /// Stops by which the picture is brighter.
    #[serde(default)]
    #[schemars(range(min = -8, max = 8))]
    exposure: Option<f32>,
    /// The lens' f-number, focused on the eyes; left out for the shot's own.
    #[serde(default)]
    #[schemars(range(min = 0.7, max = 64))]
    aperture: Option<f32>,
    /// The share of the light that the lens spreads around it, 0 to 1.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    bloom: Option<f32>,
    /// How much darker the corners are than the middle, 0 to 1.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    vignette: Option<f32>,
    /// How strong the film's grain is, 0 to 1.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    grain: Option<f32>,
}

/// Acting dials, each 1 by default, 0 to 2.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Dials")]
pub(super) struct DialsFile {
    /// How far the lips move.
    #[schemars(range(min = 0, max = 2))]
    lips: f32,
    /// How far the jaw opens.
    #[schemars(range(min = 0, max = 2))]
    jaw: f32,
    /// How strong emotions are.
    #[schemars(range(min = 0, max = 2))]
    expression: f32,
    /// How often the eyes blink.
    #[schemars(range(min = 0, max = 2))]
    blink: f32,
    /// How deep the breath is.
    #[schemars(range(min = 0, max = 2))]
    breath: f32,
    /// How large the gestures are that no mark asks for.
    #[schemars(range(min = 0, max = 2))]
    gestures: f32,
    /// How still head and eyes are.
    #[schemars(range(min = 0, max = 2))]
    composure: f32,
}

impl Default for DialsFile {
    fn default() -> Self {
        let Dials { lips, jaw, expression, blink, breath, gestures, composure } = Dials::default();
        Self { lips, jaw, expression, blink, breath, gestures, composure }
    }
}

impl From<StageFile> for StageChoice {
    fn from(file: StageFile) -> Self {
        let StageFile { camera, light, backdrop, environment, environment_turn, .. } = file;
        let StageFile { tone, exposure, aperture, bloom, vignette, grain, .. } = file;
        let look = LookChoice { tone, exposure, aperture, bloom, vignette, grain };
        Self { camera, light, backdrop, environment, environment_turn, look }
    }
}

impl From<DialsFile> for Dials {
    fn from(file: DialsFile) -> Self {
        let DialsFile { lips, jaw, expression, blink, breath, gestures, composure } = file;
        Self { lips, jaw, expression, blink, breath, gestures, composure }
    }
}
