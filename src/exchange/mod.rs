//! Performances for other programs: an avatar's own file with the acting as an animation, a VRM animation, a recorded face.
//!
//! It turns what a performance evaluates to into bytes. It opens no file, decides nothing about the acting, and knows no
//! glTF beyond what it appends.

mod animation;
mod appended;
mod binary;
mod face;
mod sampled;
mod vrma;

pub use animation::with_clip;
pub use face::live_link;
pub use sampled::{ClipError, Window, clip_of};
pub use vrma::vrm_animation;
