//! Timeline → other programs' formats, chosen from the name of the file that is to be written.

use super::{rhubarb_output, subtitle, textgrid_output};
use crate::diagnostic::Diagnostic;
use crate::script::timeline::Timeline;

/// A format that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// `.timeline.json`: everything.
    Timeline,
    /// `.tsv`: Rhubarb's mouth shapes of one speaker.
    RhubarbTsv,
    /// `.TextGrid`: words, phones and visemes, a tier each.
    TextGrid,
    /// `.srt`: the captions of the first language.
    Srt,
    /// `.vtt`: the same as WebVTT.
    Vtt,
}

impl Output {
    /// The format for a file's name; upper and lower case are the same.
    ///
    /// # Errors
    /// The name ends in nothing that is known.
    pub fn of_name(name: &str) -> Result<Self, Diagnostic> {
        let lower = name.to_lowercase();
        let endings = [
            (".timeline.json", Self::Timeline),
            (".tsv", Self::RhubarbTsv),
            (".textgrid", Self::TextGrid),
            (".srt", Self::Srt),
            (".vtt", Self::Vtt),
        ];
        endings.iter().find(|(ending, _)| lower.ends_with(ending)).map(|(_, output)| *output).ok_or_else(
            || {
                Diagnostic::error(name, "the name does not say which format to write")
                    .help("end it in .timeline.json, .tsv, .TextGrid, .srt or .vtt")
            },
        )
    }
}

/// The timeline's text in a format.
///
/// # Errors
/// The timeline is not right ([`Timeline::validate`]), or has nothing that the format holds.
pub fn write(timeline: &Timeline, output: Output) -> Result<String, Diagnostic> {
    timeline.validate().map_err(|all| super::first_error(all, ""))?;
    match output {
        Output::Timeline => Ok(timeline.to_json()),
        Output::RhubarbTsv => rhubarb_output::write(timeline),
        Output::TextGrid => textgrid_output::write(timeline),
        Output::Srt => subtitle::write(timeline, subtitle::Kind::Srt),
        Output::Vtt => subtitle::write(timeline, subtitle::Kind::Vtt),
    }
}
