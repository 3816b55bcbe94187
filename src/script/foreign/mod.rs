//! Foreign timing formats ⇄ the timeline. The format is told from the content, never from a file's name.
//!
//! Reading is tolerant of what tools write (gaps, slight overlaps, several names for one thing) and says what it changed.

pub mod arpabet;
mod azure;
mod label;
mod output;
mod polly;
mod records;
mod rhubarb;
mod rhubarb_output;
mod sampa;
mod subtitle;
mod table;
mod text;
mod textgrid;
mod textgrid_output;
mod tidy;

pub use self::output::{Output, write};
pub use self::text::decode;
use super::document::Fault;
use super::timeline::{Speaker, Timeline};
use super::written::DEFAULT_SPEAKER;
use crate::diagnostic::{Diagnostic, Severity};
use crate::time::Time;

/// A timing file's format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Our own timeline.
    Timeline,
    /// Rhubarb Lip Sync, `start⇥shape` rows.
    RhubarbTsv,
    /// Rhubarb Lip Sync, XML.
    RhubarbXml,
    /// Rhubarb Lip Sync, JSON.
    RhubarbJson,
    /// Praat, long or short text; the Montreal Forced Aligner's output.
    TextGrid,
    /// Amazon Polly speech marks: one JSON object a line.
    Polly,
    /// Azure Speech viseme events as JSON, an array or one object a line.
    Azure,
}

impl Format {
    /// For messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::RhubarbTsv => "Rhubarb TSV",
            Self::RhubarbXml => "Rhubarb XML",
            Self::RhubarbJson => "Rhubarb JSON",
            Self::TextGrid => "Praat TextGrid",
            Self::Polly => "Amazon Polly speech marks",
            Self::Azure => "Azure viseme events",
        }
    }
}

/// What a file's content looks like; `None` for anything that is no timing file.
pub fn detect(bytes: &[u8]) -> Option<Format> {
    let text = decode(bytes).ok()?;
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    if text.starts_with(['{', '[']) {
        let any = |keys: &[&str]| keys.iter().any(|key| text.contains(&format!("\"{key}\"")));
        return if any(&["mouthCues"]) {
            Some(Format::RhubarbJson)
        } else if any(&["version"]) && any(&["duration", "speakers"]) {
            Some(Format::Timeline)
        } else if any(azure::VISEME_KEYS) {
            Some(Format::Azure)
        } else if any(&["type"]) && any(&["time"]) && any(&["value"]) {
            Some(Format::Polly)
        } else {
            None
        };
    }
    if text.starts_with('<') {
        return text.contains("<rhubarbResult").then_some(Format::RhubarbXml);
    }
    let head: String = text.chars().take(200).collect();
    if head.contains("ooTextFile") && head.contains("TextGrid") {
        return Some(Format::TextGrid);
    }
    rhubarb::is_row(text.lines().next()?).then_some(Format::RhubarbTsv)
}

/// Reads a timing file of any format; `source_name` stands in the messages. Beside the timeline come warnings. A file that
/// does not say whose timing it is speaks as [`DEFAULT_SPEAKER`]; no foreign format carries an avatar.
///
/// # Errors
/// The content is of no known format, or is broken.
pub fn to_timeline(bytes: &[u8], source_name: &str) -> Result<(Timeline, Vec<Diagnostic>), Diagnostic> {
    let text = decode(bytes).map_err(|d| Diagnostic { source_name: source_name.to_owned(), ..d })?;
    let Some(format) = detect(bytes) else {
        return Err(Diagnostic::error(source_name, "the content is no timing file that is known").help(
            "known: our timeline, Rhubarb (TSV, XML, JSON), Praat TextGrid, Amazon Polly speech marks, Azure viseme events",
        ));
    };
    if format == Format::Timeline {
        return Timeline::from_json(&text, source_name).map_err(|all| first_error(all, source_name));
    }
    let read = match format {
        Format::RhubarbTsv => rhubarb::from_tsv(&text),
        Format::RhubarbXml => rhubarb::from_xml(&text),
        Format::RhubarbJson => rhubarb::from_json(&text),
        Format::TextGrid => textgrid::read(&text),
        Format::Polly => polly::read(&text),
        Format::Azure | Format::Timeline => azure::read(&text),
    };
    let (mut timeline, mut faults) = read.map_err(|fault| fault.into_diagnostic(&text, source_name))?;
    faults.extend(tidy::tidy(&mut timeline));
    let mut diagnostics: Vec<Diagnostic> =
        faults.into_iter().map(|fault| fault.into_diagnostic(&text, source_name)).collect();
    let named = |d: Diagnostic| Diagnostic { source_name: source_name.to_owned(), ..d };
    match timeline.validate() {
        Ok(warnings) => diagnostics.extend(warnings.into_iter().map(named)),
        Err(all) => return Err(first_error(all, source_name)),
    }
    Ok((timeline, diagnostics))
}

fn first_error(all: Vec<Diagnostic>, source_name: &str) -> Diagnostic {
    let error = all.into_iter().find(|d| d.severity == Severity::Error);
    let error = error.unwrap_or_else(|| Diagnostic::error(source_name, "the timing cannot be used"));
    Diagnostic { source_name: source_name.to_owned(), ..error }
}

/// What a reader gives: a timeline that may be untidy, and warnings.
type Read = Result<(Timeline, Vec<Fault>), Fault>;

/// A timeline of one unnamed speaker.
fn of_one(speaker: Speaker, duration: Time) -> Timeline {
    let speaker = Speaker { id: DEFAULT_SPEAKER.to_owned(), ..speaker };
    Timeline { duration, speakers: vec![speaker], ..Timeline::default() }
}

/// A time from a number of seconds in a foreign file.
fn seconds(secs: f64) -> Result<Time, Fault> {
    let time = Time::from_secs_f64(secs);
    if !secs.is_finite() || secs < 0.0 || time > super::validate::LATEST {
        return Err(Fault::new(format!("{secs} is no time: seconds in 0..=864000 are expected")));
    }
    Ok(time)
}

/// A warning.
fn warning(message: impl Into<String>) -> Fault {
    Fault { severity: Severity::Warning, ..Fault::new(message) }
}
