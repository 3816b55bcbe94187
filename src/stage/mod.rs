//! The stage: camera, lights, backdrop, overlays. Plain data; it knows nothing of time or pixels.

mod camera;
mod carried;
mod color;
mod environment;
mod framing;
mod harmonics;
mod light;
mod look;
mod panels;
mod panorama;
mod studio;

pub use camera::Camera;
pub use carried::cone;
pub use color::{linear_from_srgb, srgb_from_linear};
pub use environment::{Environment, Panel, Radiance, Sky};
pub use framing::{Shot, frame_shot};
pub use harmonics::{Harmonics, Projection, diffuse};
pub use light::{Backdrop, Light, LightKind, Overlay};
pub use look::{Focus, Look, Tone};
pub use panorama::Panorama;
pub use studio::Lighting;

/// All that stands around the actors.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Direct lights.
    pub lights: Vec<Light>,
    /// Light from everywhere else.
    pub environment: Environment,
    /// What is behind the actors.
    pub backdrop: Backdrop,
    /// Exposure, lens and film of every picture; what is sharp is said for each of them anew.
    pub look: Look,
    /// The f-number of the lens; `None` for each shot's own.
    pub aperture: Option<f32>,
}
