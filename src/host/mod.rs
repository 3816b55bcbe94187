//! What touches the world on behalf of all commands: files, the user's configuration, caches, programs.
//!
//! It opens no window, no sound device and no GPU, and it starts no program through a shell.

mod atomic;
mod cache;
mod config;
mod error;
mod folder;
pub mod program;
mod wav;

pub use atomic::{Unfinished, write_whole};
pub use cache::Cache;
pub use config::{CommandVoice, Config};
pub use error::{HostError, Kind};
pub use folder::{FILE_LIMIT, FolderSource};
pub use wav::{read_wav, write_wav};
