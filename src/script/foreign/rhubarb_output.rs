//! Timeline → Rhubarb's TSV: `start⇥shape` rows, each until the next, the last a rest at the end.

use std::fmt::Write as _;

use super::table;
use crate::diagnostic::Diagnostic;
use crate::script::timeline::{Speaker, Timeline};
use crate::time::Time;
use crate::vocabulary::{Phone, Viseme};

/// The share of a diphthong before its glide.
const BEFORE_GLIDE: i64 = 60;

pub(super) fn write(timeline: &Timeline) -> Result<String, Diagnostic> {
    let mut speaking = timeline.speakers.iter().filter(|s| !s.phones.is_empty() || !s.visemes.is_empty());
    let speaker =
        speaking.next().ok_or_else(|| Diagnostic::error("", "the timeline has no phones or visemes"))?;
    if let Some(other) = speaking.next() {
        let message =
            format!("a Rhubarb file holds one speaker; here speak '{}' and '{}'", speaker.id, other.id);
        return Err(Diagnostic::error("", message).help("write a .TextGrid, which holds all"));
    }
    let mut rows: Vec<(Time, char)> = vec![(Time::ZERO, 'X')];
    let mut last_end = Time::ZERO;
    for (start, end, shape) in shapes(speaker) {
        // An overlapped shape gives way to the later one.
        if start > last_end {
            rows.push((last_end, 'X'));
        }
        rows.push((start, shape));
        last_end = end.max(last_end);
    }
    rows.push((last_end, 'X'));
    rows.push((timeline.duration, 'X'));
    rows.sort_by_key(|(start, _)| *start);
    let mut text = String::new();
    let mut before = None;
    for (index, (start, shape)) in rows.iter().enumerate() {
        let hidden = rows.get(index + 1).is_some_and(|(next, _)| next == start);
        let last = index + 1 == rows.len();
        if !hidden && (before != Some(*shape) || last) {
            // Writing to a String never fails.
            _ = writeln!(text, "{:.3}\t{shape}", start.as_secs_f64());
            before = Some(*shape);
        }
    }
    Ok(text)
}

fn shapes(speaker: &Speaker) -> Vec<(Time, Time, char)> {
    if speaker.phones.is_empty() {
        let visemes = speaker.visemes.iter();
        return visemes.map(|v| (v.start, v.end, table::rhubarb_of(v.viseme))).collect();
    }
    let mut shapes = Vec::new();
    for timed in &speaker.phones {
        let Some(phone) = Phone::from_ipa(&timed.ipa) else { continue };
        let shape = match phone.viseme {
            // Only the sounds of L raise the tongue visibly.
            Viseme::Nn if !phone.ipa.starts_with(['l', 'ɫ', 'ɭ', 'ʟ']) => 'B',
            viseme => table::rhubarb_of(viseme),
        };
        let length = (timed.end - timed.start).as_nanos();
        let middle = match phone.glide {
            Some(_) => timed.start + Time::from_nanos(length / 100 * BEFORE_GLIDE),
            None => timed.end,
        };
        shapes.push((timed.start, middle, shape));
        if let Some(glide) = phone.glide {
            shapes.push((middle, timed.end, table::rhubarb_of(glide)));
        }
    }
    shapes
}
