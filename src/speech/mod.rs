//! Text, audio and phones into one another: timing, words, prosody. Pure: no files, no programs, no devices.
//!
//! What synthesisers print is parsed here; they are started elsewhere.

mod sound;

pub use sound::Sound;
