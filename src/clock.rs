//! Who says what time it is: the audible position, the wall, or a test.
//!
//! The only module that reads the machine's clock. Drivers differ in nothing but the [`Clock`] they take.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

#[cfg(feature = "audio")]
use crate::audio::{Event, Output, OutputOptions, Program};
use crate::time::Time;
#[cfg(feature = "audio")]
use std::sync::Arc;

/// The machine's steady clock.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
pub fn now() -> Instant {
    Instant::now()
}

/// Says which instant of the speech belongs to an instant of the world.
pub trait Clock {
    /// The position to draw in the picture that is expected on screen at `when`. Between two seeks it never
    /// goes back.
    fn position(&mut self, when: Instant) -> Time;
    /// Goes on.
    fn play(&mut self);
    /// Stands still.
    fn pause(&mut self);
    /// Goes to a position (never before zero), playing on or standing still as before.
    fn seek(&mut self, to: Time);
    /// Whether it was last told to play.
    fn is_playing(&self) -> bool;
}

/// Runs with the machine's clock: for a speech without sound.
#[derive(Debug, Clone)]
pub struct WallClock {
    origin: Instant,
    position: Time,
    last: Time,
    playing: bool,
}

impl WallClock {
    /// Stands at `start`.
    pub fn new(start: Time) -> Self {
        Self { origin: now(), position: start, last: start, playing: false }
    }

    fn at(&self, when: Instant) -> Time {
        if self.playing { self.position + span(self.origin, when) } else { self.position }
    }
}

impl Clock for WallClock {
    fn position(&mut self, when: Instant) -> Time {
        self.last = self.last.max(self.at(when));
        self.last
    }

    fn play(&mut self) {
        self.position = self.at(now());
        self.origin = now();
        self.playing = true;
    }

    fn pause(&mut self) {
        // What was drawn ahead of time stays drawn: the picture never goes back.
        self.position = self.at(now()).max(self.last);
        self.playing = false;
    }

    fn seek(&mut self, to: Time) {
        self.position = to.max(Time::ZERO);
        self.last = self.position;
        self.origin = now();
    }

    fn is_playing(&self) -> bool {
        self.playing
    }
}

/// Moves only when told: for films and tests.
#[derive(Debug, Clone, Default)]
pub struct SteppedClock {
    position: Time,
    playing: bool,
}

impl SteppedClock {
    /// Stands at `start`.
    pub fn new(start: Time) -> Self {
        Self { position: start, playing: false }
    }

    /// Moves on by `step`, if it plays.
    pub fn step(&mut self, step: Time) {
        if self.playing {
            self.position += step;
        }
    }
}

impl Clock for SteppedClock {
    fn position(&mut self, _when: Instant) -> Time {
        self.position
    }

    fn play(&mut self) {
        self.playing = true;
    }

    fn pause(&mut self) {
        self.playing = false;
    }

    fn seek(&mut self, to: Time) {
        self.position = to.max(Time::ZERO);
    }

    fn is_playing(&self) -> bool {
        self.playing
    }
}

/// Follows what is heard from the sound device; by the wall while there is none.
#[cfg(feature = "audio")]
#[derive(Debug)]
pub struct AudibleClock {
    output: Output,
    offset: Time,
}

#[cfg(feature = "audio")]
impl AudibleClock {
    /// Opens the sound output on a thread of its own and returns at once, standing at `start`.
    ///
    /// `offset` is the user's correction: positive when the sound reaches the audience that much later than
    /// the system says (a wireless loudspeaker), so that the picture waits for it.
    pub fn open(program: Arc<Program>, options: OutputOptions, start: Time, offset: Time) -> Self {
        Self { output: Output::open(program, options, start, now), offset }
    }

    /// What happened to the sound device since the last call, one event at a time.
    pub fn event(&mut self) -> Option<Event> {
        self.output.event()
    }

    /// Silences or restores the sound; time goes on.
    pub fn set_muted(&mut self, muted: bool) {
        self.output.set_muted(muted);
    }
}

#[cfg(feature = "audio")]
impl Clock for AudibleClock {
    fn position(&mut self, when: Instant) -> Time {
        (self.output.position(when) - self.offset).max(Time::ZERO)
    }

    fn play(&mut self) {
        self.output.play();
    }

    fn pause(&mut self) {
        self.output.pause();
    }

    fn seek(&mut self, to: Time) {
        self.output.seek(to);
    }

    fn is_playing(&self) -> bool {
        self.output.is_playing()
    }
}

/// Follows somebody who speaks live: what is seen lies as far behind the microphone as it takes to know what was said.
#[derive(Debug, Clone)]
pub struct LiveClock {
    epoch: Instant,
    /// (when, how long after it sounded) things became known, oldest first.
    delays: VecDeque<(Time, Time)>,
    /// How far the picture is behind, on its way to the median of `delays`.
    delay: Time,
    asked: Time,
    position: Time,
}

impl LiveClock {
    /// Delays are remembered so long.
    const WINDOW: Time = Time::from_millis(4000);
    /// What is drawn for a picture farther in the future than this would be a guess.
    const AHEAD: Duration = Duration::from_millis(40);

    /// The speech begins now. Until something is known, the picture is `delay` behind.
    pub fn new(delay: Time) -> Self {
        let position = -delay;
        Self { epoch: now(), delays: VecDeque::new(), delay, asked: Time::ZERO, position }
    }

    /// The instant of the speech that sounds at `when`.
    pub fn sounds(&self, when: Instant) -> Time {
        span(self.epoch, when)
    }

    /// All that sounds before `until` became known at `when`.
    pub fn know(&mut self, until: Time, when: Instant) {
        let moment = self.sounds(when);
        self.delays.push_back((moment, moment - until));
        while self.delays.front().is_some_and(|oldest| oldest.0 < moment - Self::WINDOW) {
            self.delays.pop_front();
        }
    }

    /// The instant to draw in the picture that is expected on screen at `when`; never before zero, and it never goes back.
    pub fn position(&mut self, when: Instant) -> Time {
        self.position_at(when.min(now() + Self::AHEAD))
    }

    fn position_at(&mut self, when: Instant) -> Time {
        let moment = self.sounds(when);
        let most = (moment - self.asked).max(Time::ZERO).as_nanos() / 20;
        self.asked = self.asked.max(moment);
        let mut delays: Vec<Time> = self.delays.iter().map(|(_, delay)| *delay).collect();
        let middle = delays.len() / 2;
        if !delays.is_empty() {
            let change = (*delays.select_nth_unstable(middle).1 - self.delay).as_nanos();
            self.delay += Time::from_nanos(change.clamp(-most, most));
        }
        self.position = self.position.max(moment - self.delay);
        self.position.max(Time::ZERO)
    }
}

/// `to` − `from`, of either sign.
fn span(from: Instant, to: Instant) -> Time {
    let nanos = |d: Duration| Time::from_nanos(i64::try_from(d.as_nanos()).unwrap_or(i64::MAX));
    if to >= from { nanos(to - from) } else { -nanos(from - to) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_wall_clock_runs_pauses_and_seeks() {
        let mut clock = WallClock::new(Time::from_millis(100));
        let begin = now();
        assert_eq!(clock.position(begin + Duration::from_secs(5)), Time::from_millis(100));
        clock.play();
        let later = clock.position(now() + Duration::from_millis(500));
        assert!((later - Time::from_millis(600)).abs() < Time::from_millis(50), "{later}");
        clock.pause();
        assert_eq!(clock.position(now()), later, "what was drawn ahead stays drawn");
        clock.seek(Time::from_millis(-5));
        assert_eq!(clock.position(now() + Duration::from_secs(1)), Time::ZERO);
        assert!(!clock.is_playing());
    }

    #[test]
    fn the_live_clock_is_as_late_as_what_is_known() {
        let mut clock = LiveClock::new(Time::from_millis(70));
        let mut last = Time::ZERO;
        for millis in 0..9000_u64 {
            let when = clock.epoch + Duration::from_millis(millis);
            if millis % 10 == 3 {
                // Now and then something comes late, which is no reason to wait for all.
                let late = if millis % 170 == 3 { 30 } else { 0 };
                clock.know(clock.sounds(when) - Time::from_millis(90 + late), when);
            }
            let position = clock.position_at(when);
            assert!(position >= last, "went back at {millis}");
            last = position;
        }
        let behind = Time::from_millis(8999) - last;
        assert!((behind - Time::from_millis(90)).abs() < Time::from_millis(2), "{behind:?}");
        let mut clock = LiveClock::new(Time::from_millis(70));
        let far = clock.position(now() + Duration::from_secs(5));
        assert!(far < Time::from_millis(500), "nobody knows {far:?}");
    }

    #[test]
    fn the_stepped_clock_moves_only_when_told() {
        let mut clock = SteppedClock::new(Time::ZERO);
        clock.step(Time::from_millis(40));
        assert_eq!(clock.position(now()), Time::ZERO);
        clock.play();
        clock.step(Time::from_millis(40));
        assert_eq!(clock.position(now()), Time::from_millis(40));
    }
}
