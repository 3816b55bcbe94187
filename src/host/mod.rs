//! What touches the world on behalf of all commands: files, the user's configuration, caches, programs.
//!
//! It opens no window, no sound device and no GPU, and it starts no program through a shell.

mod atomic;
mod avatars;
mod cache;
mod config;
mod error;
mod folder;
pub mod program;
mod speech;
mod wav;

pub use atomic::{Unfinished, write_whole};
pub use avatars::{is_bundled, load_avatar};
pub use cache::Cache;
pub use config::{CommandVoice, Config};
pub use error::{HostError, Kind};
pub use folder::{FILE_LIMIT, FolderSource};
#[cfg(feature = "audio")]
pub use speech::load_program;
pub use speech::{Speech, load_speech};
pub use wav::{read_wav, write_wav};
