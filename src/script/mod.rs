//! The written script, the timeline, their files, and foreign timing formats.
//!
//! Text in, data or diagnostics out. It touches no files, no audio and no avatar.

pub mod timeline;

pub use timeline::Timeline;
