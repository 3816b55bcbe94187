//! One picture of a moment, and the comparison of pictures.
//!
//! Writes only where it is told to, and never a half-written file under the final name.

mod case;
mod compare;
mod deep;
mod draw;
mod lettering;
mod origin;
mod png;
mod report;
mod sheet;
mod similarity;
mod starter;
mod suite;

pub use case::Case;
pub use compare::{Comparison, Tolerance, compare};
pub use deep::{DeepError, write_exr, write_png16};
pub use draw::{Pose, View, draw, draw_light};
pub use origin::origin;
pub use png::{Metadata, PngError, encode_png, read_png, write_png};
pub use report::{html, junit};
pub use sheet::{Cell, Sheet, draw_sheet};
pub use starter::{Starter, starters};
pub use suite::{Entry, Mode, Shown, Verdict, cases};
