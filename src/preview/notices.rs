//! Short messages over the picture that go by themselves; errors stay longer.

use super::words;
use crate::audio::Event;
use std::time::{Duration, Instant};

const STAYS: Duration = Duration::from_secs(4);
const ERROR_STAYS: Duration = Duration::from_secs(12);
/// Older ones make room.
const MOST: usize = 4;

/// One message.
#[derive(Debug, Clone)]
pub(super) struct Notice {
    pub(super) text: String,
    pub(super) is_error: bool,
    /// When it goes; set when it is first seen.
    until: Option<Instant>,
}

/// The messages that are to be seen.
#[derive(Debug, Clone, Default)]
pub(super) struct Notices {
    seen: Vec<Notice>,
    /// Each speech asks for sound anew: a device that is not there is told once.
    is_silent: bool,
}

impl Notices {
    pub(super) fn tell(&mut self, text: impl Into<String>) {
        self.push(text.into(), false);
    }

    pub(super) fn error(&mut self, text: impl Into<String>) {
        self.push(text.into(), true);
    }

    pub(super) fn of_sound(&mut self, event: Event) {
        let was_silent = std::mem::replace(&mut self.is_silent, matches!(event, Event::Lost(_)));
        match event {
            Event::Lost(reason) if !was_silent => self.tell(reason),
            Event::Restored if was_silent => self.tell(words::SOUND_IS_BACK),
            Event::Lost(_) | Event::Restored => {}
        }
    }

    fn push(&mut self, text: String, is_error: bool) {
        self.seen.retain(|notice| notice.text != text);
        if self.seen.len() == MOST {
            self.seen.remove(0);
        }
        self.seen.push(Notice { text, is_error, until: None });
    }

    /// Drops those whose time is over.
    pub(super) fn forget(&mut self, now: Instant) {
        for notice in &mut self.seen {
            let stays = if notice.is_error { ERROR_STAYS } else { STAYS };
            notice.until.get_or_insert(now + stays);
        }
        self.seen.retain(|notice| notice.until.is_none_or(|until| until > now));
    }

    /// What went wrong before is over.
    pub(super) fn forget_errors(&mut self) {
        self.seen.retain(|notice| !notice.is_error);
    }

    /// How long until the next goes.
    pub(super) fn due(&self, now: Instant) -> Option<Duration> {
        self.seen
            .iter()
            .map(|n| n.until.map_or(Duration::ZERO, |until| until.saturating_duration_since(now)))
            .min()
    }

    pub(super) fn all(&self) -> &[Notice] {
        &self.seen
    }

    /// Takes one away.
    pub(super) fn dismiss(&mut self, index: usize) {
        if index < self.seen.len() {
            self.seen.remove(index);
        }
    }
}
