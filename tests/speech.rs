//! Tests of speech and of what it needs from the machine: folders, configuration, programs, voices.

mod bundled;
mod folder;
mod kept;
mod parsers;
mod prosody;
mod ssml;
mod text;
mod timing;
mod voices;
