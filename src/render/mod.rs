//! From a frame to pixels, with wgpu. It holds no time and never sees a window.
//!
//! [`Gpu`] is the device, [`Renderer`] draws a [`crate::frame::Frame`] of uploaded avatars into a texture view, or into a
//! [`Picture`] in memory. The avatar is deformed once a frame, by a compute pass, into a vertex buffer that the
//! shadow pass and the forward pass read.

mod actor;
mod behind;
mod binding;
mod bloom;
mod bounds;
mod composing;
mod coverage;
mod defocus;
mod deform;
mod error;
mod finish;
mod forward;
mod frame_group;
mod gpu;
mod layers;
pub mod layout;
mod lights;
mod lines;
mod material;
mod model;
pub mod modules;
mod morph;
mod occlusion;
mod overlay;
mod pipeline;
mod post;
mod probe;
mod quality;
mod readback;
mod reflection;
mod region;
mod renderer;
mod scene;
pub mod shader;
mod shadow;
mod sky;
mod target;
mod texture;
mod textures;
mod timing;
mod toon;
mod uniform;
mod uploading;
mod view;
mod wall;
mod weighted;

pub use error::RenderError;
pub use gpu::{AdapterReport, Gpu, GpuOptions};
pub(crate) use layers::lost_maps;
pub use quality::{Antialias, Quality, Tier};
pub use readback::{LightPicture, Picture};
pub use renderer::Renderer;
pub use timing::{PASSES, PassTiming};
pub use uploading::{Uploaded, Uploader};
pub use view::DebugView;
