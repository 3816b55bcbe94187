//! What touches the world: files, configuration, caches, and programs.

mod atomic;

pub use atomic::{Unfinished, write_whole};
