//! The sound file that a timing file names.

use super::warning;
use crate::script::document::Fault;
use crate::script::path;
use crate::script::timeline::{AudioClip, AudioRole, Timeline};

/// Adds the sound that a file names. One that lies beside the file is taken over; tools often write an absolute path,
/// which is not: that is said. An empty name is none.
pub(super) fn add_sound(timeline: &mut Timeline, file: &str) -> Option<Fault> {
    let file = file.trim().strip_prefix("./").unwrap_or(file.trim());
    if file.is_empty() {
        return None;
    }
    if path::check(file).is_err() {
        let message = format!("the sound '{file}' does not lie beside the file and is left out");
        return Some(warning(message).help("put it beside the timeline and add it to its 'audio'"));
    }
    let speaker = match timeline.speakers.as_slice() {
        [one] => Some(one.id.clone()),
        _ => None,
    };
    timeline.audio.push(AudioClip {
        role: AudioRole::Speech,
        speaker,
        file: file.to_owned(),
        ..AudioClip::default()
    });
    None
}

/// The sound of a timeline whose times are the sound's own; empty where there is none.
pub(super) fn sound_of(timeline: &Timeline) -> &str {
    let spoken = timeline.audio.iter().filter(|clip| clip.role == AudioRole::Speech);
    let mut whole = spoken.filter(|clip| clip.start == clip.file_in);
    whole.next().map_or("", |clip| clip.file.as_str())
}
