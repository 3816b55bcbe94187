//! Timeline → subtitles, as SubRip (`.srt`) or WebVTT (`.vtt`).

use std::fmt::Write as _;

use crate::diagnostic::Diagnostic;
use crate::script::timeline::Timeline;
use crate::time::Time;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Srt,
    Vtt,
}

/// The captions of the first caption's language.
pub(super) fn write(timeline: &Timeline, kind: Kind) -> Result<String, Diagnostic> {
    let first = timeline.captions.first();
    let language = &first.ok_or_else(|| Diagnostic::error("", "the timeline has no captions"))?.language;
    let mut text = if kind == Kind::Vtt { "WEBVTT\n\n".to_owned() } else { String::new() };
    let captions = timeline.captions.iter().filter(|caption| caption.language == *language);
    for (index, caption) in captions.enumerate() {
        if kind == Kind::Srt {
            _ = writeln!(text, "{}", index + 1);
        }
        // A blank line would end the subtitle.
        let rows: Vec<&str> = caption.text.lines().map(str::trim).filter(|row| !row.is_empty()).collect();
        let mut shown = rows.join("\n");
        if kind == Kind::Vtt {
            shown = shown.replace('&', "&amp;").replace('<', "&lt;").replace("-->", "--&gt;");
        }
        _ = write!(text, "{} --> {}\n{shown}\n\n", clock(caption.start, kind), clock(caption.end, kind));
    }
    Ok(text)
}

/// `hh:mm:ss,mmm`, or with a point in WebVTT.
fn clock(time: Time, kind: Kind) -> String {
    let millis = (time.as_nanos() + 500_000) / 1_000_000;
    let (hours, minutes, secs) = (millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60);
    let point = if kind == Kind::Srt { ',' } else { '.' };
    format!("{hours:02}:{minutes:02}:{secs:02}{point}{:03}", millis % 1000)
}
