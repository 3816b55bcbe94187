//! A speaker as one row of labels, for formats that hold only that: words, or phones where there are none.

use super::Written;
use crate::diagnostic::Diagnostic;
use crate::script::timeline::Speaker;
use crate::time::Time;

/// The labels with their times, and whether phones are left out for them.
pub(super) fn labels(speaker: &Speaker) -> (Vec<(Time, Time, &str)>, bool) {
    if speaker.words.is_empty() {
        return (speaker.phones.iter().map(|p| (p.start, p.end, p.ipa.as_str())).collect(), false);
    }
    let words = speaker.words.iter().map(|word| (word.start, word.end, word.text.as_str()));
    (words.collect(), !speaker.phones.is_empty())
}

/// The text of such a format.
///
/// # Errors
/// It is empty.
pub(super) fn written(text: String, left_out: bool) -> Result<Written, Diagnostic> {
    if text.is_empty() {
        return Err(Diagnostic::error("", "the timeline has no words or phones"));
    }
    let warnings = if left_out {
        vec!["left out, as the file holds words or phones: phones".to_owned()]
    } else {
        Vec::new()
    };
    Ok(Written { text, warnings })
}
