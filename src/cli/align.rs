//! `rhetor align`: from a recording and its text to a timeline.

use super::error::CliError;
use super::output;
use crate::host::{AlignRequest, align_file, report_of, write_aligned, write_whole};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The recording: WAV, FLAC, OGG Vorbis or MP3.
    audio: PathBuf,
    /// What is said in it: a plain text or a script. Without it the sound alone decides.
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
    /// The text's language, such as en, de or zh (default: what the script says, or what the text looks like).
    #[arg(long, value_name = "TAG", requires = "text")]
    language: Option<String>,
    /// The timeline to write; the recording is copied beside it where it lies elsewhere.
    #[arg(short, value_name = "OUT.timeline.json", required_unless_present_any = ["report", "check"])]
    output: Option<PathBuf>,
    /// Also write a page that shows waveform, spectrogram, words, phones and how sure they are.
    #[arg(long, value_name = "OUT.html")]
    report: Option<PathBuf>,
    /// Say where text and recording differ, and end with status 1 if they do.
    #[arg(long, requires = "text")]
    check: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let request = AlignRequest {
        audio: arguments.audio.clone(),
        text: arguments.text.clone(),
        language: arguments.language.clone(),
    };
    let (job, bar) = output::watched_job();
    let done = align_file(&request, &job).and_then(|aligned| {
        let page =
            arguments.report.as_ref().map(|_| report_of(&aligned, &arguments.audio, &job)).transpose()?;
        Ok((aligned, page))
    });
    bar.finish_and_clear();
    let (aligned, page) = done?;
    output::warnings(&aligned.warnings);
    if let Some(out) = &arguments.output {
        write_aligned(&aligned, &arguments.audio, out)?;
        output::note(format!("wrote {}", out.display()));
    }
    if let (Some(path), Some(page)) = (&arguments.report, page) {
        write_whole(path, page.as_bytes())
            .map_err(|e| CliError::failure(format!("{} cannot be written: {e}", path.display())))?;
        output::note(format!("wrote {}", path.display()));
    }
    let differences: Vec<_> = aligned.differences.iter().map(|(_, _, told)| told.clone()).collect();
    output::warnings(&differences);
    let is_agreed = differences.is_empty() && aligned.warnings.is_empty();
    if arguments.check && !is_agreed {
        return Err(CliError::failure("text and recording do not agree"));
    }
    Ok(())
}
