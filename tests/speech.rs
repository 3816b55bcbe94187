//! Tests of speech and of what it needs from the machine: folders, configuration, programs, voices.

mod bundled;
mod folder;
mod parsers;
mod timing;
mod voices;
