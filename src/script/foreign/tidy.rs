//! Makes what a tool wrote into what a timeline must be: in order, without overlap, within the duration.

use super::warning;
use crate::script::document::Fault;
use crate::script::timeline::{ChannelTrack, Timeline};
use crate::time::Time;

/// Sorts, trims overlaps, drops what has no length, and lengthens the duration to hold all; says what it changed.
pub(super) fn tidy(timeline: &mut Timeline) -> Vec<Fault> {
    let mut changed = 0;
    let mut latest = timeline.duration;
    for speaker in &mut timeline.speakers {
        changed += untangle(&mut speaker.phones, |phone| phone.start, |phone| &mut phone.end);
        changed += untangle(&mut speaker.words, |word| word.start, |word| &mut word.end);
        speaker.visemes.sort_by_key(|viseme| viseme.start);
        let visemes = speaker.visemes.len();
        speaker.visemes.retain(|viseme| viseme.end > viseme.start);
        changed += visemes - speaker.visemes.len();
        speaker.marks.sort_by_key(|mark| mark.time);
        let ends = speaker.phones.iter().map(|phone| phone.end);
        let ends = ends.chain(speaker.words.iter().map(|word| word.end));
        let ends = ends.chain(speaker.visemes.iter().map(|viseme| viseme.end));
        let ends = ends.chain(speaker.marks.iter().map(|mark| mark.time));
        let ends = ends.chain(speaker.channels.iter().map(ChannelTrack::end));
        latest = ends.fold(latest, Time::max);
    }
    timeline.captions.sort_by_key(|caption| caption.start);
    let captions = timeline.captions.len();
    timeline.captions.retain(|caption| caption.end > caption.start);
    changed += captions - timeline.captions.len();
    timeline.duration = timeline.captions.iter().map(|caption| caption.end).fold(latest, Time::max);
    let message =
        format!("{changed} entries overlap others or have no length; they were trimmed or left out");
    if changed > 0 { vec![warning(message)] } else { Vec::new() }
}

/// How many items were trimmed or dropped.
fn untangle<T>(items: &mut Vec<T>, start: impl Fn(&T) -> Time, end: impl Fn(&mut T) -> &mut Time) -> usize {
    items.sort_by_key(&start);
    let mut changed = 0;
    let mut next = Time::MAX;
    for item in items.iter_mut().rev() {
        let own = end(item);
        if *own > next {
            *own = next;
            changed += 1;
        }
        next = start(item);
    }
    let before = items.len();
    items.retain_mut(|item| {
        let begin = start(item);
        *end(item) > begin
    });
    changed + before - items.len()
}
