//! Moho's switch data (`.dat`), as Papagayo, Rhubarb and Moho write it: at which frame which mouth, both ways.
//!
//! Frames count from one; the file does not say how long they are.

use std::fmt::Write as _;

use super::format::Look;
use super::records::chain;
use super::rows::rows;
use super::shapes::{has_shapes, only_speaker, steps};
use super::{Input, Likeness, Options, Read, Written, frames, of_one, table, warning};
use crate::diagnostic::Diagnostic;
use crate::script::document::Fault;
use crate::script::timeline::{Speaker, Timeline};
use crate::time::Time;
use crate::vocabulary::Viseme;

const HEAD: &str = "MohoSwitch1";

/// With its head, or all rows a frame and a mouth.
pub(super) fn looks(look: &Look<'_>) -> Likeness {
    if look.rows.first() == Some(&HEAD) {
        return Likeness::Sure;
    }
    match look.rows_are(|row| row_of(row).is_some_and(|(_, name)| table::moho(name).is_some())) {
        Likeness::No => Likeness::No,
        _ => Likeness::Maybe,
    }
}

fn row_of(row: &str) -> Option<(i64, &str)> {
    let (frame, name) = row.trim().split_once(char::is_whitespace)?;
    Some((frame.parse().ok()?, name.trim()))
}

pub(super) fn read(input: &Input<'_>) -> Read {
    let mut warnings = Vec::new();
    let mut rate = frames::rate(input.options);
    let mut said = input.options.rate.is_some();
    let mut starts: Vec<(i64, Viseme)> = Vec::new();
    for row in rows(input.text).filter(|row| !row.is_blank() && row.text.trim() != HEAD) {
        // Synfig's lists begin with their frame rate.
        if let Some(fps) = row.text.trim().strip_prefix("FPS ") {
            rate = frames::read_rate(fps).ok_or_else(|| Fault::new("expected frames a second").at(row.at))?;
            said = true;
            continue;
        }
        let (frame, name) = row_of(row.text)
            .filter(|(frame, _)| (-1..=frames::LATEST).contains(frame))
            .ok_or_else(|| Fault::new("expected a frame's number and a mouth").at(row.at))?;
        let viseme = table::moho(name).unwrap_or_else(|| {
            if warnings.is_empty() {
                warnings.push(
                    warning(format!("the mouth '{name}' is not known; the lips rest in it")).at(row.at),
                );
            }
            Viseme::Sil
        });
        starts.push((frame, viseme));
    }
    if starts.is_empty() {
        return Err(Fault::new("the file has no frames").at(0));
    }
    if !said {
        let message =
            format!("the file does not say how long a frame is; {rate} frames a second are assumed");
        warnings.push(warning(message).help("say it by --fps"));
    }
    let time = |frame: i64| rate.time_of(u64::try_from(frame - 1).unwrap_or_default());
    let shapes: Vec<(Time, Viseme)> = starts.iter().map(|(frame, viseme)| (time(*frame), *viseme)).collect();
    let duration = shapes.iter().map(|(start, _)| *start).fold(Time::ZERO, Time::max);
    Ok((of_one(Speaker { visemes: chain(shapes, None), ..Speaker::default() }, duration), warnings))
}

/// The mouths of Preston Blair's, by frames: of shapes within the same frame the last counts.
pub(super) fn write(timeline: &Timeline, options: &Options) -> Result<Written, Diagnostic> {
    let rate = frames::rate(options);
    let speaker = only_speaker(timeline, "phones or visemes", has_shapes)?;
    let steps = steps(speaker, timeline.duration, "rest", |shape| table::moho_of(shape.viseme, shape.sound));
    let framed: Vec<(u64, &str)> =
        steps.iter().map(|(start, name)| (frames::nearest(*start, rate), *name)).collect();
    let mut text = format!("{HEAD}\n");
    for (index, (frame, name)) in framed.iter().enumerate() {
        if framed.get(index + 1).is_none_or(|(next, _)| next != frame) {
            _ = writeln!(text, "{} {name}", frame + 1);
        }
    }
    Ok(text.into())
}
