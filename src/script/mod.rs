//! The written script, the timeline, their files, and foreign timing formats.
//!
//! Text in, data or diagnostics out. It touches no files, no audio and no avatar.

mod document;
mod json;
pub mod mark;
pub mod path;
mod seconds;
mod stage_file;
pub mod timeline;
mod validate;
pub mod words;
pub mod written;

pub use timeline::Timeline;
pub use written::Script;
