//! Tests of speech and of what it needs from the machine: folders, configuration, programs, voices.

mod bundled;
mod folder;
mod parsers;
mod text;
mod timing;
mod voices;
