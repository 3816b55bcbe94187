//! Decoding, mixing, the output stream and the audible position.
//!
//! Rodio decodes and mixes; the output stream is cpal's own, because its callback says when a sample will be
//! heard. This module knows nothing of scripts, pictures or windows, and never reads a clock by itself.

mod decode;
mod device;
mod estimator;
mod line;
mod output;
mod program;
mod reader;
mod resample;
mod ring;

pub use decode::{AudioError, Pcm, decode};
pub use device::devices;
pub use output::{Event, Output, OutputOptions};
pub use program::{Clip, Program, write_wav};
pub use reader::Reader;
