//! One picture of a moment, and the comparison of pictures.
//!
//! Writes only where it is told to, and never a half-written file under the final name.
//!
//! A crate of your own keeps its avatars under test with this in `tests/avatars.rs`, `#[test]` above the function, and this in its `Cargo.toml`:
//! `rhetor = { version = "0.1", default-features = false }`. The cases are those of `rhetor check`, which also writes their
//! references and shows what differs.
//!
//! ```no_run
//! use rhetor::render::{Gpu, GpuOptions};
//! use rhetor::snapshot::{Mode, cases, html};
//! use std::path::Path;
//!
//! fn avatars_look_as_they_did() {
//!     let gpu = Gpu::new(&GpuOptions::from_env()).expect("an adapter: mesa-vulkan-drivers is one without a GPU");
//!     let entries = cases(Path::new("snapshots")).expect("a folder of cases");
//!     assert!(!entries.is_empty(), "there are no cases");
//!     let verdicts: Vec<_> = entries.iter().map(|entry| entry.judge(&gpu, Mode::Compare)).collect();
//!     let page = std::env::temp_dir().join("look.html");
//!     std::fs::write(&page, html(&verdicts, &gpu.adapter_name())).expect("a page that can be written");
//!     let failed = verdicts.iter().filter(|verdict| !verdict.passes());
//!     let told: Vec<String> = failed.map(|v| format!("{}: {}", v.name, v.problems.join("; "))).collect();
//!     assert!(told.is_empty(), "see {}\n{}", page.display(), told.join("\n"));
//! }
//! ```
//!
//! One picture, without a case:
//!
//! ```no_run
//! use rhetor::job::Job;
//! use rhetor::production::{Production, Request};
//! use rhetor::render::{Gpu, GpuOptions, Quality};
//! use rhetor::snapshot::{Metadata, Pose, View, draw, write_png};
//! use rhetor::vocabulary::Viseme;
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let gpu = Gpu::new(&GpuOptions::from_env())?;
//!     let request = Request { input: "thalia".into(), camera: Some("face".into()), ..Request::default() };
//!     let production = Production::load(&request, &Job::silent())?;
//!     let mut renderer = production.renderer(&gpu, Quality::Medium);
//!     let pose = Pose { visemes: vec![(Viseme::PP, 1.0)], ..Pose::default() };
//!     let view = View { width: 256, height: 256, pose, ..View::default() };
//!     let picture = draw(&production, &mut renderer, &view)?;
//!     write_png("pp.png".as_ref(), &picture, &Metadata::default())?;
//!     Ok(())
//! }
//! ```

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
