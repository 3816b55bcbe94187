//! From a frame to pixels, with wgpu. It holds no time and never sees a window.
//!
//! [`Gpu`] is the device, [`Renderer`] draws a [`crate::frame::Frame`] of uploaded avatars into a texture view, or into a
//! [`Picture`] in memory. The avatar is deformed once a frame, by a compute pass, into a vertex buffer that the
//! shadow pass and the forward pass read.

mod actor;
mod bloom;
mod bounds;
mod composing;
mod defocus;
mod deform;
mod environment;
mod error;
mod finish;
mod forward;
mod gpu;
pub mod layout;
mod lines;
mod material;
mod model;
mod morph;
mod pipeline;
mod post;
mod probe;
mod quality;
mod readback;
mod region;
mod renderer;
mod scene;
pub mod shader;
mod shadow;
mod target;
mod texture;
mod timing;
mod toon;
mod uniform;
mod view;
mod wall;

pub use error::RenderError;
pub use gpu::{AdapterReport, Gpu, GpuOptions};
pub use quality::Quality;
pub use readback::Picture;
pub use renderer::Renderer;
pub use timing::{PASSES, PassTiming};
pub use view::DebugView;
