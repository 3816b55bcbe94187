//! Motions and recorded faces that a timeline's marks or a request name.

use super::{OWN_CLIP, Request};
use crate::diagnostic::{Diagnostic, Severity};
use crate::host::{self, HostError};
use crate::perform::{Captures, Motions, gesture_names, names_motion, paced_oddly};
use crate::script::Timeline;
use crate::script::document::suggest;
use crate::script::mark::CAPTURE;
use crate::script::timeline::{Mark, Speaker};
use crate::time::Time;

/// The motions that the timeline's marks name; those that cannot be had are warned of.
pub(super) fn named_motions(
    timeline: &Timeline,
    beside: &host::FolderSource,
    request: &Request,
    warnings: &mut Vec<Diagnostic>,
) -> Motions {
    let mut motions = Motions::default();
    let mut tried: Vec<&str> = Vec::new();
    for mark in timeline.speakers.iter().flat_map(|s| &s.marks).filter(|m| names_motion(&m.name)) {
        let Some(name) = mark.args.first().map(String::as_str).filter(|n| !tried.contains(n)) else {
            continue;
        };
        tried.push(name);
        let may_be_built_in = mark.name == "gesture" && !host::has_motion(name, beside);
        if may_be_built_in && gesture_names().any(|known| known == name) {
            continue;
        }
        match host::load_motion(name, Some(beside), &request.allow) {
            Ok(motion) => motions.insert(name, motion),
            Err(error) => warnings.extend(error.diagnostics.into_iter().map(|diagnostic| Diagnostic {
                severity: Severity::Warning,
                message: format!(
                    "[{} {name}] at {} is not acted: {}",
                    mark.name, mark.time, diagnostic.message
                ),
                source_name: request.input.clone(),
                help: if may_be_built_in { Some(gesture_help(name)) } else { diagnostic.help },
                ..diagnostic
            })),
        }
    }
    for mark in timeline.speakers.iter().flat_map(|s| &s.marks).filter(|m| names_motion(&m.name)) {
        let motion = mark.args.first().and_then(|name| motions.get(name));
        let odd = motion.and_then(|motion| paced_oddly(timeline, mark, motion));
        warnings.extend(odd.map(|odd| {
            let args = mark.args.join(" ");
            Diagnostic::warning(&request.input, format!("[{} {args}] at {}: {odd}", mark.name, mark.time))
        }));
    }
    motions
}

/// The recorded faces that the timeline's marks name; those that cannot be had are warned of.
pub(super) fn named_captures(
    timeline: &Timeline,
    beside: &host::FolderSource,
    warnings: &mut Vec<Diagnostic>,
) -> Captures {
    let mut captures = Captures::default();
    let mut tried: Vec<&str> = Vec::new();
    for mark in timeline.speakers.iter().flat_map(|s| &s.marks).filter(|m| m.name == CAPTURE) {
        let Some(name) = mark.args.first().map(String::as_str).filter(|n| !tried.contains(n)) else {
            continue;
        };
        tried.push(name);
        match host::load_capture(name, beside) {
            Ok((recording, told)) => {
                warnings.extend(told);
                captures.insert(name, recording);
            }
            Err(error) => warnings.extend(error.diagnostics.into_iter().map(|diagnostic| Diagnostic {
                severity: Severity::Warning,
                message: format!("[{CAPTURE} {name}] at {} is not acted: {}", mark.time, diagnostic.message),
                ..diagnostic
            })),
        }
    }
    captures
}

/// Loads the request's clip and has the first speaker begin with it. A timeline without a speech lasts as long as it.
pub(super) fn begin_with_clip(timeline: &mut Timeline, request: &Request) -> Result<Motions, HostError> {
    let mut motions = Motions::default();
    let Some(name) = &request.clip else { return Ok(motions) };
    let motion = host::load_motion(name, None, &request.allow)?;
    if timeline.duration == Time::ZERO {
        timeline.duration = Time::from_secs_f64(f64::from(motion.duration_secs));
    }
    if timeline.speakers.is_empty() {
        timeline.speakers.push(Speaker { id: "speaker".to_owned(), ..Speaker::default() });
    }
    // A user's path is nobody's name in the script.
    let key = format!("{OWN_CLIP}{name}");
    motions.insert(&key, motion);
    if let Some(speaker) = timeline.speakers.first_mut() {
        let mark = Mark { time: Time::ZERO, end: None, name: "clip".to_owned(), args: vec![key] };
        speaker.marks.insert(0, mark);
    }
    Ok(motions)
}

/// What to write in place of a gesture that is neither built in nor a file.
fn gesture_help(name: &str) -> String {
    let known: Vec<&str> = gesture_names().collect();
    format!("{}; a file of that name beside the speech is a gesture, too", suggest(name, &known))
}
