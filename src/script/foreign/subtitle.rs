//! Subtitles, as SubRip (`.srt`) or WebVTT (`.vtt`), both ways: captions, and the words that they say.
//!
//! Sources: W3C WebVTT; SubRip has no specification. WebVTT's voices are speakers, and its times within a cue are those
//! of the words.

use std::fmt::Write as _;

use super::lines::words_of_line;
use super::rows::{Row, rows};
use super::timed_text::{Piece, Spoken, plain, timed_words};
use super::{Input, Options, Read, Written, clock, warning};
use crate::diagnostic::Diagnostic;
use crate::script::document::Fault;
use crate::script::timeline::{Caption, Timeline};
use crate::time::Time;

/// Stands between a start and an end.
pub(super) const ARROW: &str = "-->";

/// Rows that stay when captions roll, at most.
const ROLLED: usize = 4;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Srt,
    Vtt,
}

/// Whether it is a cue's time.
pub(super) fn is_time(row: &str) -> bool {
    times(row).is_some()
}

/// Start and end, and what follows them.
fn times(row: &str) -> Option<(Time, Time)> {
    let (start, rest) = row.split_once(ARROW)?;
    let end = rest.split_whitespace().next()?;
    Some((clock::read(start.trim())?, clock::read(end)?))
}

pub(super) fn from_srt(input: &Input<'_>) -> Read {
    read(input.text, Kind::Srt)
}

pub(super) fn from_vtt(input: &Input<'_>) -> Read {
    read(input.text, Kind::Vtt)
}

/// A cue's time is found by its arrow; its text lasts until a blank row or the next time.
fn read(text: &str, kind: Kind) -> Read {
    let all: Vec<Row<'_>> = rows(text).collect();
    let mut spoken = Spoken::default();
    let mut skipped = 0;
    // YouTube's own captions roll: a cue shows the row before it again.
    let rolls = kind == Kind::Vtt && text.contains("<c>");
    let mut shown_last: Vec<String> = Vec::new();
    let mut index = 0;
    while let Some(row) = all.get(index) {
        index += 1;
        if !row.text.contains(ARROW) {
            continue;
        }
        let (start, end) = times(row.text).ok_or_else(|| {
            let fault = Fault::new("expected a cue's time").at(row.at);
            fault.help("write hh:mm:ss,mmm --> hh:mm:ss,mmm")
        })?;
        // A row of spaces parts no cues.
        let inside = |row: &&Row<'_>| !row.text.is_empty() && !row.text.contains(ARROW);
        let mut lines: Vec<&str> =
            all.iter().skip(index).take_while(inside).map(|row| row.text.trim()).collect();
        index += lines.len();
        // The number of a next cue that no blank row parts from this one.
        if all.get(index).is_some_and(|next| next.text.contains(ARROW))
            && lines.last().is_some_and(|l| is_number(l))
        {
            lines.pop();
        }
        lines.retain(|line| !line.is_empty());
        if end <= start {
            skipped += 1;
            continue;
        }
        if rolls {
            let now: Vec<String> = lines.iter().map(|line| plain(line, true)).collect();
            lines = lines
                .into_iter()
                .zip(&now)
                .filter(|(_, n)| !shown_last.contains(n))
                .map(|(l, _)| l)
                .collect();
            shown_last = now.into_iter().rev().take(ROLLED).collect();
        }
        add(&mut spoken, &lines, start, end, kind)?;
    }
    if spoken.captions.is_empty() && skipped == 0 {
        return Err(Fault::new("the file has no subtitles").at(0));
    }
    let language = if kind == Kind::Vtt { language_of(&all) } else { String::new() };
    let mut warnings = Vec::new();
    if skipped > 0 {
        warnings.push(warning(format!("{skipped} subtitles end no later than they begin and are left out")));
    }
    Ok((spoken.into_timeline(&language), warnings))
}

fn is_number(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit())
}

/// YouTube's head names the language.
fn language_of(rows: &[Row<'_>]) -> String {
    let head = rows.iter().take_while(|row| !row.text.contains(ARROW));
    let language = head.filter_map(|row| row.text.strip_prefix("Language:"));
    language.map(str::trim).next().unwrap_or_default().to_owned()
}

fn add(spoken: &mut Spoken, lines: &[&str], start: Time, end: Time, kind: Kind) -> Result<(), Fault> {
    let text = lines.join("\n");
    if kind == Kind::Srt {
        let shown = plain(&text, false);
        let words = words_of_line(&shown, "", start, end);
        return spoken.add(None, words, shown, start, end);
    }
    // One cue may hold several voices; each says its share of the time.
    let pieces = Piece::of_cue(&text);
    let length: usize = pieces.iter().map(|piece| piece.text.len()).sum();
    let mut before = 0;
    for piece in &pieces {
        let at = |part: usize| {
            let nanos = i128::from((end - start).as_nanos()) * part as i128 / length.max(1) as i128;
            start + Time::from_nanos(nanos as i64)
        };
        let (begin, until) = (at(before), at(before + piece.text.len()));
        before += piece.text.len();
        let shown = plain(&piece.text, true);
        let words = timed_words(piece, begin, until)
            .map_or_else(|| words_of_line(&shown, "", begin, until), |timed| timed.words);
        spoken.add(piece.voice.as_deref(), words, shown, begin, until)?;
    }
    Ok(())
}

pub(super) fn to_srt(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    write(timeline, Kind::Srt)
}

pub(super) fn to_vtt(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    write(timeline, Kind::Vtt)
}

/// The captions of the first caption's language.
fn write(timeline: &Timeline, kind: Kind) -> Result<Written, Diagnostic> {
    let first = timeline.captions.first();
    let language = &first.ok_or_else(|| Diagnostic::error("", "the timeline has no captions"))?.language;
    let mut text = if kind == Kind::Vtt { "WEBVTT\n\n".to_owned() } else { String::new() };
    let captions = timeline.captions.iter().filter(|caption| caption.language == *language);
    for (index, caption) in captions.enumerate() {
        if kind == Kind::Srt {
            _ = writeln!(text, "{}", index + 1);
        }
        let Caption { start, end, .. } = caption;
        let shown = shown(&caption.text, kind);
        _ = write!(text, "{} --> {}\n{shown}\n\n", shown_time(*start, kind), shown_time(*end, kind));
    }
    Ok(text.into())
}

fn shown(text: &str, kind: Kind) -> String {
    // A blank line would end the subtitle.
    let rows: Vec<&str> = text.lines().map(str::trim).filter(|row| !row.is_empty()).collect();
    let text = rows.join("\n");
    match kind {
        Kind::Srt => text.replace(ARROW, "->"),
        Kind::Vtt => text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
    }
}

/// `hh:mm:ss,mmm`, or with a point in WebVTT.
fn shown_time(time: Time, kind: Kind) -> String {
    let millis = (time.as_nanos() + 500_000) / 1_000_000;
    let (hours, minutes, secs) = (millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60);
    let point = if kind == Kind::Srt { ',' } else { '.' };
    format!("{hours:02}:{minutes:02}:{secs:02}{point}{:03}", millis % 1000)
}
