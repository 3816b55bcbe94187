//! Decoding, mixing, the output stream and the audible position; a microphone.
//!
//! Rodio decodes and mixes; the streams are cpal's own, because its callback says when a sample will be
//! heard. This module knows nothing of scripts, pictures or windows, and never reads a clock by itself.

mod decode;
mod device;
mod estimator;
mod line;
mod microphone;
mod output;
mod program;
mod reader;
mod resample;
mod ring;
mod supervise;
mod tape;

pub use decode::{AudioError, Part, Pcm, decode, decode_in_parts};
pub use device::devices;
pub use microphone::{Captured, Microphone, MicrophoneError, microphones};
pub use output::{Event, Output, OutputOptions};
pub use program::{Clip, Program, write_wav};
pub use reader::Reader;
