//! All tests that link the library once.

mod audio;
mod cli;
mod common;
mod deform;
mod forge;
mod import;
mod rig;
mod script;
mod shaders;
mod speech;
mod tidy;
mod timeline;
