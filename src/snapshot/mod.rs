//! One picture of a moment, and the comparison of pictures.
//!
//! Writes only where it is told to, and never a half-written file under the final name.

mod case;
mod compare;
mod draw;
mod lettering;
mod png;
mod report;
mod sheet;
mod similarity;
mod starter;
mod suite;

pub use case::Case;
pub use compare::{Comparison, Tolerance, compare};
pub use draw::{Pose, View, draw};
pub use png::{Metadata, PngError, encode_png, read_png, write_png};
pub use report::{html, junit};
pub use sheet::{Cell, Sheet, draw_sheet};
pub use starter::{Starter, starters};
pub use suite::{Entry, Mode, Shown, Verdict, cases};
