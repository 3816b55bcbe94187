//! What the program prints: results on stdout, everything else on stderr.

use super::error::CliError;
use crate::diagnostic::Diagnostic;
use crate::job::{Job, Progress};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write;

/// A line of the result.
pub(super) fn result(text: impl AsRef<str>) {
    // A closed pipe (`rhetor … | head`) is the reader's choice, not a failure.
    let _ = writeln!(std::io::stdout().lock(), "{}", text.as_ref());
}

/// A line about what happens.
pub(super) fn note(text: impl AsRef<str>) {
    let _ = writeln!(std::io::stderr().lock(), "{}", text.as_ref());
}

/// Warnings, one a line.
pub(super) fn warnings(warnings: &[Diagnostic]) {
    for warning in warnings {
        note(format!("warning: {warning}"));
    }
}

/// The one place that prints errors.
pub(super) fn error(error: &CliError) {
    if !error.message.is_empty() {
        note(format!("error: {}", error.message));
    }
}

/// A job with a progress bar on stderr (drawn only on a terminal).
pub(super) fn watched_job() -> (Job<'static>, ProgressBar) {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{msg:12} {wide_bar} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    let shown = bar.clone();
    let job = Job::watched(move |Progress { stage, done, total }| {
        if shown.message() != stage {
            shown.set_message(stage.to_owned());
        }
        shown.set_length(total);
        shown.set_position(done);
    });
    (job, bar)
}
