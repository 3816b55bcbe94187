//! Where in the speech one is: playing with sound, slowly without, in a loop, or step by step.
//!
//! It draws nothing and reads no clock: it is told what time it is.

use crate::clock::{AudibleClock, Clock};
use crate::time::Time;
use std::ops::Range;
use std::time::{Duration, Instant};

/// How fast it can go; only at 1 there is sound.
pub const RATES: &[f32] = &[0.25, 0.5, 1.0, 2.0];
/// One picture of a film.
pub const STEP: Time = Time::from_nanos(1_000_000_000 / 30);
/// No picture counts for longer: a window that stood still has missed nothing.
const LONGEST: Duration = Duration::from_millis(250);

/// The position in a speech, or of somebody who stands there without one.
#[derive(Debug)]
pub struct Transport {
    sound: Option<AudibleClock>,
    position: Time,
    is_playing: bool,
    rate: f32,
    repeat: Option<Range<Time>>,
    /// Where the speech is over; `None` where nothing ends.
    end: Option<Time>,
    last: Option<Instant>,
}

impl Transport {
    /// At the start of what lasts until `end`.
    pub fn new(end: Option<Time>, sound: Option<AudibleClock>) -> Self {
        Self { sound, position: Time::ZERO, is_playing: false, rate: 1.0, repeat: None, end, last: None }
    }

    /// The same place, rate and repeat in another speech, as far as it has them.
    pub fn carry_on(&mut self, from: &Self) {
        self.rate = from.rate;
        self.repeat.clone_from(&from.repeat);
        let end = self.end.unwrap_or(from.position);
        self.seek(from.position.min(end));
        if from.is_playing {
            self.play();
        }
    }

    /// The position for a picture that is begun `now` and seen at `seen`.
    pub fn advance(&mut self, now: Instant, seen: Instant) -> Time {
        let since = self.last.replace(now).map_or(Duration::ZERO, |last| now.saturating_duration_since(last));
        if !self.is_playing {
            return self.position;
        }
        if let Some(sound) = self.sound.as_mut().filter(|sound| sound.is_playing()) {
            self.position = sound.position(seen);
        } else {
            let secs = since.min(LONGEST).as_secs_f64() * f64::from(self.rate);
            self.position += Time::from_secs_f64(secs);
        }
        match (&self.repeat, self.end) {
            (Some(repeat), _) if self.position >= repeat.end => self.seek(repeat.start),
            (None, Some(end)) if self.position >= end => {
                self.pause();
                self.position = end;
            }
            _ => {}
        }
        self.position
    }

    /// Where it was last.
    pub fn position(&self) -> Time {
        self.position
    }

    /// Where the speech is over.
    pub fn end(&self) -> Option<Time> {
        self.end
    }

    /// Whether it goes on by itself.
    pub fn is_playing(&self) -> bool {
        self.is_playing
    }

    /// Goes on; from the end it begins anew.
    pub fn play(&mut self) {
        if self.end.is_some_and(|end| self.position >= end) {
            self.seek(Time::ZERO);
        }
        self.is_playing = true;
        self.sound_as_wanted();
    }

    /// Stands still.
    pub fn pause(&mut self) {
        self.is_playing = false;
        self.sound_as_wanted();
    }

    /// Goes on, or stands still.
    pub fn toggle(&mut self) {
        if self.is_playing {
            self.pause();
        } else {
            self.play();
        }
    }

    /// Goes to a position within the speech.
    pub fn seek(&mut self, to: Time) {
        self.position = to.max(Time::ZERO).min(self.end.unwrap_or(to).max(Time::ZERO));
        if let Some(sound) = &mut self.sound {
            sound.seek(self.position);
        }
    }

    /// Stands still, `steps` pictures further.
    pub fn step(&mut self, steps: i64) {
        self.pause();
        let nanos = STEP.as_nanos();
        let here = (self.position.as_nanos() + nanos / 2) / nanos;
        self.seek(Time::from_nanos((here + steps).max(0) * nanos));
    }

    /// How fast it goes.
    pub fn rate(&self) -> f32 {
        self.rate
    }

    /// Goes as fast as one of [`RATES`].
    pub fn set_rate(&mut self, rate: f32) {
        if rate != self.rate {
            self.rate = rate;
            let here = self.position;
            self.seek(here);
            self.sound_as_wanted();
        }
    }

    /// What is played again and again.
    pub fn repeat(&self) -> Option<&Range<Time>> {
        self.repeat.as_ref()
    }

    /// Plays a stretch again and again, or no more; an empty one is none.
    pub fn set_repeat(&mut self, repeat: Option<Range<Time>>) {
        self.repeat = repeat.filter(|range| range.start < range.end);
        if let Some(start) = self.repeat.as_ref().map(|range| range.start) {
            self.seek(start);
        }
    }

    /// Silences or restores the sound.
    pub fn set_muted(&mut self, is_muted: bool) {
        if let Some(sound) = &mut self.sound {
            sound.set_muted(is_muted);
        }
    }

    /// What happened to the sound device, one event at a time.
    pub fn event(&mut self) -> Option<crate::audio::Event> {
        self.sound.as_mut()?.event()
    }

    fn sound_as_wanted(&mut self) {
        let Some(sound) = &mut self.sound else { return };
        let is_heard = self.is_playing && self.rate == 1.0;
        if is_heard && !sound.is_playing() {
            sound.seek(self.position);
            sound.play();
        } else if !is_heard && sound.is_playing() {
            sound.pause();
            sound.seek(self.position);
        }
    }
}
