//! Lyrics (`.lrc`), both ways: `[mm:ss.xx]` begins a line, `<mm:ss.xx>` a word of it.

use std::fmt::Write as _;

use super::clock;
use super::lines::words_of_sung_line;
use super::rows::{Row, rows};
use super::timed_text::{Piece, Spoken, plain, timed_words};
use super::{Input, Melody, Options, ReadSong, Written, warning};
use crate::diagnostic::Diagnostic;
use crate::script::document::Fault;
use crate::script::timeline::{Timeline, Word};
use crate::script::words::split;
use crate::time::Time;

/// How long the last line stays at least.
const LAST: Time = Time::from_millis(3000);

/// Whether a row begins with a time.
pub(super) fn is_line(row: &str) -> bool {
    tag(row).is_some_and(|(tag, _)| stamp(tag).is_some())
}

/// Whether a row begins with a tag such as `[ar:…]`.
pub(super) fn is_tagged(row: &str) -> bool {
    tag(row).is_some_and(|(tag, _)| {
        tag.split_once(':')
            .is_some_and(|(key, _)| key.len() <= 10 && key.bytes().all(|b| b.is_ascii_lowercase()))
    }) || is_line(row)
}

fn tag(row: &str) -> Option<(&str, &str)> {
    row.trim_start().strip_prefix('[')?.split_once(']')
}

/// `mm:ss`, `mm:ss.xx`, or, as some write it, `mm:ss:xx`.
fn stamp(tag: &str) -> Option<Time> {
    let parts: Vec<&str> = tag.trim().split(':').collect();
    match parts.as_slice() {
        [minutes, secs, hundredths] if hundredths.len() == 2 && !secs.contains('.') => {
            clock::read(&format!("{minutes}:{secs}.{hundredths}"))
        }
        _ => clock::read(tag),
    }
}

pub(super) fn read(input: &Input<'_>) -> ReadSong {
    let mut offset = Time::ZERO;
    let mut length = None;
    let mut lines: Vec<(Time, Row<'_>)> = Vec::new();
    let mut told = Vec::new();
    let mut latest: Option<Time> = None;
    for row in rows(input.text).filter(|row| !row.is_blank()) {
        let mut rest = row.text.trim();
        let mut starts = Vec::new();
        while let Some((inside, after)) = tag(rest) {
            match (stamp(inside), inside.split_once(':')) {
                (Some(time), _) => starts.push(time),
                (None, Some(("offset", millis))) => {
                    let millis = millis.trim().parse::<i64>().ok().filter(|millis| millis.abs() < 86_400_000);
                    let fault = || Fault::new("the offset is no number of milliseconds").at(row.at);
                    offset = Time::from_millis(millis.ok_or_else(fault)?);
                }
                (None, Some(("length", time))) => length = clock::read(time),
                // Title, artist and their like.
                (None, Some(_)) => {}
                // Brackets of the text.
                (None, None) => break,
            }
            rest = after.trim_start();
        }
        // A line that comes again has all of its times; the first of them is to follow the line ahead.
        if let Some(first) = starts.iter().min().copied() {
            if let Some(before) = latest.filter(|before| first < *before) {
                let (own, before) = (shown_time(first), shown_time(before));
                let message = format!(
                    "the line at {own} stands after one at {before}; it was put in its place by time"
                );
                told.push(warning(message).at(row.at));
            }
            latest = Some(first);
        }
        let row = Row { text: rest, ..row };
        lines.extend(starts.into_iter().map(|start| (start, row)));
    }
    if lines.is_empty() {
        return Err(Fault::new("no line has a time").help("begin lines with [mm:ss.xx]").at(0));
    }
    lines.sort_by_key(|(start, _)| *start);
    let mut spoken = Spoken::default();
    let mut sung = None;
    for (start, row) in &lines {
        let line = row.text;
        let next = lines.get(lines.partition_point(|(other, _)| other <= start)).map(|(next, _)| *next);
        let last = || length.unwrap_or(Time::ZERO).max(*start + LAST);
        let end = next.unwrap_or_else(last);
        let shown = plain(line, false);
        if shown.is_empty() || end <= *start {
            continue;
        }
        let piece = Piece { voice: None, text: line.to_owned() };
        // Translations stand below what is sung, with its time.
        let is_sung = sung.replace(*start) != Some(*start);
        if !is_sung {
            let message = "this line has the time of the one ahead of it; it is shown, and not sung";
            told.push(warning(message).at(row.at));
        }
        let words = match timed_words(&piece, *start, end) {
            _ if !is_sung => Vec::new(),
            Some(timed) => {
                told.extend(timed.misplaced.iter().map(|time| misplaced(*time).at(row.at)));
                timed.words
            }
            None => words_of_sung_line(&shown, "", *start, end),
        };
        // An offset above zero makes lyrics come sooner.
        let moved = |time: Time| (time - offset).max(Time::ZERO);
        let words =
            words.into_iter().map(|w| Word { start: moved(w.start), end: moved(w.end), ..w }).collect();
        spoken.add(None, words, shown, moved(*start), moved(end))?;
    }
    let timeline = spoken.into_timeline("");
    let timeline = Timeline { duration: length.unwrap_or_default(), ..timeline };
    Ok((timeline, told, Melody::default()))
}

fn misplaced(time: Time) -> Fault {
    let time = shown_time(time);
    warning(format!(
        "the time {time} within this line does not follow the one before it, or lies in the next line; its word shares the time \
         of the word before it"
    ))
}

/// The captions of the first caption's language, with the times of their words where these are the spoken ones.
pub(super) fn write(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let first = timeline.captions.first();
    let language = &first.ok_or_else(|| Diagnostic::error("", "the timeline has no captions"))?.language;
    let captions: Vec<_> = timeline.captions.iter().filter(|caption| caption.language == *language).collect();
    let mut words: Vec<&Word> = timeline.speakers.iter().flat_map(|speaker| &speaker.words).collect();
    words.sort_by_key(|word| word.start);
    let mut text = format!("[length:{}]\n", shown_time(timeline.duration));
    for (index, caption) in captions.iter().enumerate() {
        let place = |time: Time| words.partition_point(|word| word.start < time);
        let own = words.get(place(caption.start)..place(caption.end)).unwrap_or_default();
        let shown = caption.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = timed(&shown, own).unwrap_or(shown);
        _ = writeln!(text, "[{}]{line}", shown_time(caption.start));
        let next = captions.get(index + 1).map(|next| next.start);
        // A line without text ends the one before it.
        if next.is_none_or(|next| next > caption.end) {
            _ = writeln!(text, "[{}]", shown_time(caption.end));
        }
    }
    Ok(text.into())
}

/// A line with a time ahead of each word, and after those before a pause; `None` where other words are spoken.
fn timed(shown: &str, words: &[&Word]) -> Option<String> {
    let places = split(shown);
    if places.len() != words.len() || places.is_empty() || shown.contains(['<', '[']) {
        return None;
    }
    let mut line = String::new();
    let mut written = 0;
    let mut last: Option<Time> = None;
    for (place, word) in places.iter().zip(words) {
        // Punctuation ahead of a word goes with it.
        let ahead = shown.get(written..place.start)?;
        let space = if written == 0 { 0 } else { ahead.rfind(char::is_whitespace).map_or(0, |at| at + 1) };
        if let Some(last) = last.filter(|last| *last < word.start) {
            _ = write!(line, "<{}>", shown_time(last));
        }
        let (before, own) = ahead.split_at_checked(space)?;
        _ = write!(line, "{before}<{}>{own}{}", shown_time(word.start), shown.get(place.clone())?);
        written = place.end;
        last = Some(word.end);
    }
    line.push_str(shown.get(written..)?);
    _ = write!(line, "<{}>", shown_time(last?));
    Some(line)
}

/// `mm:ss.xx`.
fn shown_time(time: Time) -> String {
    let hundredths = (time.as_nanos() + 5_000_000) / 10_000_000;
    format!("{:02}:{:02}.{:02}", hundredths / 6000, hundredths / 100 % 60, hundredths % 100)
}
