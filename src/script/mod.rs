//! The written script, the timeline, their files, and foreign timing formats.
//!
//! Text in, data or diagnostics out. It touches no files, no audio and no avatar.

pub mod mark;
pub mod timeline;
pub mod words;
pub mod written;

pub use timeline::Timeline;
pub use written::Script;
