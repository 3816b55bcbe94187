//! What touches the world on behalf of all commands: files, the user's configuration, caches, programs.
//!
//! It opens no window, no sound device and no GPU, and it starts no program through a shell.

mod align;
mod atomic;
mod avatars;
mod base64;
mod cache;
mod captures;
mod config;
mod environments;
mod error;
mod folder;
mod motions;
mod prepare;
pub mod program;
mod pronounce;
mod reader;
mod recording;
mod report;
mod rig_file;
mod sound_file;
mod speech;
mod voice;
mod wav;

pub use align::{AlignRequest, Aligned, align_file, write_aligned};
pub use atomic::{Unfinished, write_whole};
pub use avatars::{
    Rigged, Steps, avatar_path, is_bundled, load_avatar, load_rigged, load_rigged_in_steps, read_avatar,
};
pub(crate) use base64::encode as base64;
pub use cache::Cache;
pub(crate) use cache::sha256_hex;
pub use captures::load_capture;
pub use config::{CommandVoice, Config, setting_file};
pub use environments::read_environment;
pub use error::{HostError, Kind};
pub use folder::{FILE_LIMIT, FolderSource};
pub use motions::{has_motion, load_motion};
pub use prepare::{Prepared, SPEAKING, prepare};
pub use reader::EspeakReader;
pub use report::report_of;
pub use rig_file::{read_rig_file, rig_file_schema};
#[cfg(feature = "audio")]
pub use sound_file::load_program;
pub use speech::{Speech, convert, load_speech, load_stage, prepare_file, where_named};
pub use wav::{read_wav, write_wav};
