//! One picture of a moment, and the comparison of pictures.
//!
//! Writes only where it is told to, and never a half-written file under the final name.

mod compare;
mod png;

pub use compare::{Comparison, Tolerance, compare};
pub use png::{Metadata, PngError, encode_png, read_png, write_png};
