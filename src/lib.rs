//! Rhetor puts a digital human on a stage: a rigged avatar speaks a timed script, and lips, face, eyes and body
//! move in sync with the sound.
//!
//! The words and layers are described in `ARCHITECTURE.md`.

#[cfg(feature = "window")]
pub mod app;
#[cfg(feature = "audio")]
pub mod audio;
pub mod avatar;
pub mod bench;
#[cfg(feature = "cli")]
pub mod cli;
pub mod clock;
pub mod diagnostic;
pub mod exchange;
#[cfg(feature = "film")]
pub mod film;
#[cfg(feature = "forge")]
pub mod forge;
pub mod frame;
pub mod host;
pub mod import;
pub mod inspection;
pub mod job;
pub mod perform;
#[cfg(feature = "workbench")]
pub mod preview;
pub mod production;
pub mod render;
pub mod rig;
pub mod script;
pub mod snapshot;
pub mod source;
pub mod speech;
pub mod stage;
pub mod time;
pub mod vocabulary;
