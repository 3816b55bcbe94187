//! A folder of cases: finding them, and judging each by its reference pictures.
//!
//! Writes references only when it is told to bless. A case that cannot be read or loaded fails alone.

use super::{Case, Comparison, Metadata, PngError, compare, draw, draw_sheet, read_png, write_png};
use crate::diagnostic::Diagnostic;
use crate::job::Job;
use crate::production::Production;
use crate::render::{Gpu, Picture};
use crate::time::Time;
use std::io;
use std::path::{Path, PathBuf};

/// Folders within folders are looked into so deep.
const DEEPEST: usize = 8;

/// A folder with a `case.toml`.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its path below the suite's folder, with `/`; `.` for that folder itself.
    pub name: String,
    /// Where it is.
    pub folder: PathBuf,
    /// What it says, or what is wrong with it.
    pub case: Result<Case, Diagnostic>,
}

/// All cases below `root`, by name. A folder below it that cannot be read is a case that says so.
///
/// # Errors
/// When `root` cannot be read.
pub fn cases(root: &Path) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    look(root, root, 0, &mut entries)?;
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

fn look(root: &Path, folder: &Path, depth: usize, entries: &mut Vec<Entry>) -> io::Result<()> {
    let file = folder.join("case.toml");
    if file.is_file() {
        let shown = file.display().to_string();
        let text = std::fs::read_to_string(&file);
        let case =
            text.map_err(|e| Diagnostic::error(&shown, e.to_string())).and_then(|t| Case::parse(&t, &shown));
        entries.push(Entry { name: below(root, folder), folder: folder.to_owned(), case });
    }
    if depth < DEEPEST {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            if !entry.file_type()?.is_dir() {
                continue;
            }
            let inner = entry.path();
            if let Err(error) = look(root, &inner, depth + 1, entries) {
                let told = Diagnostic::error(inner.display().to_string(), error.to_string());
                entries.push(Entry { name: below(root, &inner), folder: inner, case: Err(told) });
            }
        }
    }
    Ok(())
}

fn below(root: &Path, folder: &Path) -> String {
    let below = folder.strip_prefix(root).unwrap_or(folder);
    let parts: Vec<_> = below.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

/// What is done with what was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It is compared with its reference.
    Compare,
    /// It becomes the reference.
    Bless,
}

/// One picture of a case.
#[derive(Debug, Clone)]
pub struct Shown {
    /// When.
    pub at: Time,
    /// What was drawn.
    pub actual: Picture,
    /// What it should be.
    pub reference: Option<Picture>,
    /// How they differ.
    pub comparison: Option<Comparison>,
}

/// How a case went.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The case's.
    pub name: String,
    /// As many pictures as could be drawn.
    pub shown: Vec<Shown>,
    /// What is wrong, a line each.
    pub problems: Vec<String>,
    /// Seconds that it took.
    pub seconds: f64,
    /// Why it is known to differ.
    pub known_failure: Option<String>,
}

impl Verdict {
    /// Nothing is wrong, or what is known to be.
    pub fn passes(&self) -> bool {
        self.problems.is_empty()
    }
}

impl Entry {
    /// Draws the case and compares or keeps its pictures.
    pub fn judge(&self, gpu: &Gpu, mode: Mode) -> Verdict {
        let begun = crate::clock::now();
        let mut verdict = Verdict {
            name: self.name.clone(),
            shown: Vec::new(),
            problems: Vec::new(),
            seconds: 0.0,
            known_failure: None,
        };
        match &self.case {
            Ok(case) => {
                verdict.known_failure.clone_from(&case.known_failure);
                let drawn = self.draw(case, gpu, mode, &mut verdict);
                let is_different = drawn.is_ok() && !verdict.problems.is_empty();
                verdict.problems.extend(drawn.err());
                if mode == Mode::Compare {
                    forgive(&mut verdict, is_different);
                }
            }
            Err(diagnostic) => verdict.problems.push(diagnostic.to_string()),
        }
        verdict.seconds = begun.elapsed().as_secs_f64();
        verdict
    }

    fn draw(&self, case: &Case, gpu: &Gpu, mode: Mode, verdict: &mut Verdict) -> Result<(), String> {
        let production =
            Production::load(&case.request(&self.folder), &Job::silent()).map_err(|e| e.to_string())?;
        let mut renderer = production.renderer(gpu, case.quality);
        for &at in &case.times {
            let view = case.view(at);
            let drawn = match case.sheet {
                Some(sheet) => {
                    draw_sheet(&production, &mut renderer, &view, sheet).map(|(picture, _)| picture)
                }
                None => draw(&production, &mut renderer, &view),
            };
            let actual = drawn.map_err(|e| format!("at {at}: {e}"))?;
            let mut shown = Shown { at, actual, reference: None, comparison: None };
            let problem = match mode {
                Mode::Compare => self.compare(case, gpu, &mut shown),
                Mode::Bless => {
                    let metadata = Metadata {
                        disclosure: production.disclosure().to_owned(),
                        entries: vec![("Adapter".into(), gpu.adapter_name())],
                    };
                    let path = self.folder.join(own_reference(case, at, gpu));
                    write_png(&path, &shown.actual, &metadata).err().map(|e| e.to_string())
                }
            };
            verdict.problems.extend(problem);
            verdict.shown.push(shown);
        }
        Ok(())
    }

    fn compare(&self, case: &Case, gpu: &Gpu, shown: &mut Shown) -> Option<String> {
        let at = shown.at;
        let path = self.folder.join(own_reference(case, at, gpu));
        let reference = match read_png(&path) {
            Ok(reference) => reference,
            Err(PngError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                let shown = path.display();
                return Some(format!("{shown} is missing: look at the picture, then run with --bless"));
            }
            Err(error) => return Some(error.to_string()),
        };
        let comparison = compare(&shown.actual, &reference, case.tolerance);
        let sizes = [&shown.actual, &reference].map(|p| format!("{}x{}", p.width, p.height));
        let problem = if sizes[0] != sizes[1] {
            Some(format!("at {at}: it is {}, its reference {}", sizes[0], sizes[1]))
        } else {
            (!comparison.passes).then(|| {
                format!(
                    "at {at}: {:.3} % of the pixels differ by more than {} (worst {}, similarity {:.4})",
                    comparison.outliers * 100.0,
                    case.tolerance.channel,
                    comparison.worst,
                    comparison.similarity
                )
            })
        };
        shown.comparison = Some(comparison);
        shown.reference = Some(reference);
        problem
    }
}

/// A case that is known to differ must.
fn forgive(verdict: &mut Verdict, is_different: bool) {
    let Some(reason) = &verdict.known_failure else { return };
    if is_different {
        verdict.problems.clear();
    } else if verdict.problems.is_empty() {
        let told = format!("it was known to differ ({reason}) and no longer does: remove known_failure");
        verdict.problems.push(told);
    }
}

/// The reference's file name: the moment in milliseconds, and where the case wants it the adapter's family.
fn own_reference(case: &Case, at: Time, gpu: &Gpu) -> String {
    let millis = at.as_nanos() / 1_000_000;
    if case.is_per_adapter {
        format!("{millis}.{}.png", family(&gpu.adapter_name()))
    } else {
        format!("{millis}.png")
    }
}

/// The first word of an adapter's name, small: drivers of one maker draw alike.
fn family(adapter: &str) -> String {
    let word: String = adapter.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
    if word.is_empty() { "other".into() } else { word.to_ascii_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(problems: &[&str], known: Option<&str>) -> Verdict {
        Verdict {
            name: "a".into(),
            shown: Vec::new(),
            problems: problems.iter().map(|p| (*p).to_owned()).collect(),
            seconds: 0.0,
            known_failure: known.map(str::to_owned),
        }
    }

    #[test]
    fn a_known_failure_fails_once_it_passes() {
        let mut differs = verdict(&["off"], Some("hair"));
        forgive(&mut differs, true);
        assert!(differs.passes());
        let mut fine = verdict(&[], Some("hair"));
        forgive(&mut fine, false);
        assert!(fine.problems[0].contains("remove known_failure"));
        let mut broken = verdict(&["no such file"], Some("hair"));
        forgive(&mut broken, false);
        assert!(!broken.passes(), "what cannot be loaded is not forgiven");
    }

    #[test]
    fn adapters_of_one_maker_are_a_family() {
        assert_eq!(family("llvmpipe (LLVM 15.0.6, 256 bits)"), "llvmpipe");
        assert_eq!(family("NVIDIA H200"), family("NVIDIA GeForce RTX 4090"));
        assert_eq!(family("(unknown)"), "other");
    }
}
