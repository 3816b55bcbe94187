//! The written script, the timeline, their files, and foreign timing formats.
//!
//! Text in, data or diagnostics out. It touches no files, no audio and no avatar.

pub mod caption;
pub(crate) mod document;
pub mod foreign;
mod inline;
mod json;
mod live;
mod look;
pub mod mark;
pub mod markup;
pub mod path;
mod plain;
mod plain_text;
pub mod schema;
mod seconds;
mod speech_file;
pub mod ssml;
mod stage_file;
pub mod timeline;
mod validate;
pub mod words;
pub mod written;

pub use live::LivePhones;
pub use timeline::Timeline;
pub use written::Script;
