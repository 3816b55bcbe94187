//! The sound output: the program on a device, and the position that is heard.
//!
//! Three states: *waiting* for the first stream (time stands still), on a *device* (time is what is heard),
//! and on the *wall* (no device: time runs with the machine's clock until sound is back in place).

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::time::Instant;

use crate::audio::device::{self, Setup};
use crate::audio::estimator::Estimator;
use crate::audio::line::{Line, Segment, Wish};
use crate::audio::program::{Program, samples};
use crate::audio::supervise::News;
use crate::time::Time;

/// A first stream that has not settled by then is taken for lost, nanoseconds.
const PATIENCE: i64 = 6_000_000_000;
/// Sound that comes back starts so much later than what is already written, nanoseconds.
const LEAD: i64 = 150_000_000;

/// What to open.
#[derive(Debug, Clone, Default)]
pub struct OutputOptions {
    /// A part of the device's name, in any case; `None` is the system's default.
    pub device: Option<String>,
    /// Begin without sound.
    pub muted: bool,
}

/// What happened to the sound device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// There is no device, or it vanished: the speech goes on by the wall clock. Says why.
    Lost(String),
    /// Sound is back, in place.
    Restored,
}

/// The program on a device.
#[derive(Debug)]
pub struct Output {
    now: fn() -> Instant,
    epoch: Instant,
    news: Receiver<News<Line>>,
    /// Dropped with the output; the device's thread then ends.
    _stop: Option<Sender<()>>,
    events: VecDeque<Event>,
    /// The loss of the device was told, and its return was not.
    lost: bool,
    muted: bool,
    playing: bool,
    seeks: u64,
    /// A seek that the stream has not yet obeyed.
    seeking: Option<Time>,
    state: State,
    stream: Option<Stream>,
    shown: Shown,
}

/// Who says what time it is. Moments are nanoseconds since the epoch.
#[derive(Debug, Clone, Copy)]
enum State {
    /// Nobody yet: the speech stands at `position`; given up at `until`.
    Waiting { position: Time, until: i64 },
    /// The machine's clock, from `position` at `origin` on. With `handover`, only until that moment.
    Wall { position: Time, origin: i64, handover: Option<i64> },
    /// The stream.
    Device,
}

/// An open stream and what is known of it.
#[derive(Debug)]
struct Stream {
    line: Arc<Line>,
    estimator: Estimator,
    stamps: u64,
    segments_seen: u64,
    segments: VecDeque<Segment>,
    /// One past the last frame written.
    written: u64,
}

/// What was last drawn, so that nothing is drawn twice backwards.
#[derive(Debug, Clone, Copy)]
struct Shown {
    moment: i64,
    position: Time,
    seeks: u64,
    /// Added to the state's answer, dwindling: hides the seam where one state follows another.
    glide: Time,
}

impl Output {
    /// Opens the output on a thread of its own and returns at once, standing at `start`; `now` reads the
    /// machine's clock.
    pub fn open(program: Arc<Program>, options: OutputOptions, start: Time, now: fn() -> Instant) -> Self {
        let (sender, news) = channel();
        let (stop, stopped) = channel();
        let epoch = now();
        let setup = Setup { program, device: options.device, muted: options.muted, now, epoch };
        let failure = sender.clone();
        let thread = std::thread::Builder::new().name("sound".to_owned());
        if let Err(error) = thread.spawn(move || device::run(&setup, &sender, &stopped)) {
            // The receiver lives as long as this function at least.
            let _ = failure.send(News::Lost(format!("no thread for the sound: {error}")));
        }
        Self::with_news(news, Some(stop), options.muted, start, (now, epoch))
    }

    fn with_news(
        news: Receiver<News<Line>>,
        stop: Option<Sender<()>>,
        muted: bool,
        start: Time,
        (now, epoch): (fn() -> Instant, Instant),
    ) -> Self {
        let start = start.max(Time::ZERO);
        Self {
            now,
            epoch,
            news,
            _stop: stop,
            events: VecDeque::new(),
            lost: false,
            muted,
            playing: false,
            seeks: 1,
            seeking: Some(start),
            state: State::Waiting { position: start, until: PATIENCE },
            stream: None,
            shown: Shown { moment: 0, position: start, seeks: 1, glide: Time::ZERO },
        }
    }

    /// The position that is heard at `when`. Between two seeks it never goes back.
    pub fn position(&mut self, when: Instant) -> Time {
        self.poll();
        let moment = self.nanos(when);
        self.hand_over(moment);
        let (raw, seeks) = self.raw(moment);
        let elapsed = (moment - self.shown.moment).max(0);
        let shown = &mut self.shown;
        if seeks != shown.seeks {
            *shown = Shown { moment, position: raw, seeks, glide: Time::ZERO };
            return raw;
        }
        // A twentieth of the time, so that the sum of both still goes on.
        let most = elapsed / 20;
        shown.glide -= Time::from_nanos(shown.glide.as_nanos().clamp(-most, most));
        shown.moment = shown.moment.max(moment);
        shown.position = shown.position.max(raw + shown.glide);
        shown.position
    }

    /// Goes on.
    pub fn play(&mut self) {
        self.steer(true, None);
    }

    /// Stands still.
    pub fn pause(&mut self) {
        self.steer(false, None);
    }

    /// Goes to a position, at zero at the earliest.
    pub fn seek(&mut self, to: Time) {
        self.steer(self.playing, Some(to.max(Time::ZERO)));
    }

    /// Whether it was last told to play.
    pub fn is_playing(&self) -> bool {
        self.playing
    }

    /// Silences or restores the sound; time goes on.
    pub fn set_muted(&mut self, muted: bool) {
        self.muted = muted;
        if let Some(stream) = &self.stream {
            stream.line.muted.store(muted, Ordering::Relaxed);
        }
    }

    /// What happened to the device since the last call, one event at a time.
    pub fn event(&mut self) -> Option<Event> {
        self.poll();
        self.events.pop_front()
    }

    fn steer(&mut self, playing: bool, to: Option<Time>) {
        self.poll();
        if playing == self.playing && to.is_none() {
            return;
        }
        let now = self.nanos((self.now)());
        let here = if playing { self.raw(now).0 } else { self.onward(now) };
        self.playing = playing;
        if to.is_some() {
            self.seeks += 1;
            self.seeking = to;
        }
        match &mut self.state {
            State::Waiting { position, .. } => *position = to.unwrap_or(*position),
            State::Wall { position, origin, handover } => {
                *position = to.unwrap_or(here);
                *origin = now;
                // A handover under way is planned anew by the next poll.
                *handover = None;
            }
            State::Device => self.ask(0),
        }
    }

    /// Asks the stream for what is wanted now, a seek from its frame `at` on.
    fn ask(&self, at: u64) {
        if let Some(stream) = &self.stream {
            let to = self.seeking.map_or(0, |to| samples(to, stream.line.rate));
            stream.line.ask(Wish { playing: self.playing, seeks: self.seeks, to, at });
        }
    }

    /// The state's own answer, and the seek that it obeys.
    fn raw(&mut self, moment: i64) -> (Time, u64) {
        match self.state {
            State::Waiting { position, .. } => (position, self.seeks),
            State::Wall { position, origin, .. } if self.playing => {
                (position + Time::from_nanos(moment - origin), self.seeks)
            }
            State::Wall { position, .. } => (position, self.seeks),
            State::Device => match &mut self.stream {
                Some(stream) => stream.heard(moment).unwrap_or((self.shown.position, self.shown.seeks)),
                None => (self.shown.position, self.shown.seeks),
            },
        }
    }

    fn poll(&mut self) {
        loop {
            match self.news.try_recv() {
                Ok(News::Opened(line)) => {
                    line.muted.store(self.muted, Ordering::Relaxed);
                    self.stream = Some(Stream::new(line));
                }
                Ok(News::Lost(reason)) => {
                    self.lose(reason);
                    self.stream = None;
                }
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
            }
        }
        let now = self.nanos((self.now)());
        if let Some(stream) = &mut self.stream {
            stream.listen(self.seeks, &mut self.seeking);
        }
        let settled = self.stream.as_ref().is_some_and(|stream| stream.estimator.settled());
        match self.state {
            State::Waiting { position, .. } if settled => {
                self.seeking = Some(position);
                self.state = State::Device;
                self.ask(0);
            }
            State::Waiting { until, .. } if now > until => {
                self.lose("the sound device does not start".to_owned());
            }
            State::Wall { handover: None, .. } if settled => self.come_back(now),
            _ => {}
        }
    }

    /// Passes from the wall to the stream, once the stream is heard where the wall clock is.
    fn hand_over(&mut self, moment: i64) {
        let State::Wall { handover: Some(at), .. } = self.state else { return };
        let (wall, _) = self.raw(moment);
        let heard = self.stream.as_mut().filter(|_| moment >= at).and_then(|stream| stream.heard(moment));
        if let Some((heard, _)) = heard.filter(|heard| heard.1 == self.seeks) {
            self.state = State::Device;
            self.shown.glide = wall - heard;
        }
    }

    /// Goes on by the wall from what was last heard.
    fn lose(&mut self, reason: String) {
        let now = self.nanos((self.now)());
        let position = match (self.state, self.seeking) {
            (State::Device, Some(target)) => target,
            _ => self.onward(now),
        };
        self.shown.glide = Time::ZERO;
        self.state = State::Wall { position, origin: now, handover: None };
        if !self.lost {
            self.lost = true;
            let event = Event::Lost(format!("{reason}; the speech goes on, and sound returns when it can"));
            self.events.push_back(event);
        }
    }

    /// Where the speech is at a moment, not before what was already shown of it.
    fn onward(&mut self, moment: i64) -> Time {
        let (position, seeks) = self.raw(moment);
        if seeks == self.shown.seeks { position.max(self.shown.position) } else { position }
    }

    /// Lets the new stream take up the speech where the wall clock will be.
    fn come_back(&mut self, now: i64) {
        let Some(stream) = &mut self.stream else { return };
        let lead = (LEAD as f64 * f64::from(stream.line.rate) / 1e9) as u64;
        let at = stream.written + lead;
        let moment = stream.estimator.moment_of(at).max(now);
        stream.estimator.frame_at(now, true);
        let target = self.raw(moment).0;
        self.seeks += 1;
        self.shown.seeks = self.seeks;
        self.seeking = Some(target);
        self.ask(at);
        if let State::Wall { handover, .. } = &mut self.state {
            *handover = Some(moment);
        }
        if self.lost {
            self.lost = false;
            self.events.push_back(Event::Restored);
        }
    }

    fn nanos(&self, when: Instant) -> i64 {
        match when.checked_duration_since(self.epoch) {
            Some(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
            None => 0,
        }
    }
}

impl Stream {
    fn new(line: Arc<Line>) -> Self {
        Self {
            estimator: Estimator::new(line.rate),
            line,
            stamps: 0,
            segments_seen: 0,
            segments: VecDeque::new(),
            written: 0,
        }
    }

    /// Takes what the callback has told since the last call.
    fn listen(&mut self, seeks: u64, seeking: &mut Option<Time>) {
        let Self { line, estimator, stamps, segments_seen, segments, written } = self;
        line.stamps(stamps, |stamp| {
            estimator.feed(stamp);
            *written = stamp.first + stamp.frames;
        });
        line.segments(segments_seen, |segment| {
            if segment.seeks == seeks {
                *seeking = None;
            }
            segments.push_back(segment);
        });
    }

    /// What is heard at a moment, and the seek that it obeys; `None` before anything was asked for.
    fn heard(&mut self, moment: i64) -> Option<(Time, u64)> {
        let standing = self.segments.iter().all(|segment| !segment.playing);
        let frame = self.estimator.frame_at(moment, standing);
        while self.segments.get(1).is_some_and(|next| next.first as f64 <= frame) {
            self.segments.pop_front();
        }
        let segment = self.segments.front().filter(|segment| segment.first as f64 <= frame)?;
        let run = if segment.playing { frame - segment.first as f64 } else { 0.0 };
        let secs = (segment.position as f64 + run) / f64::from(self.line.rate);
        Some((Time::from_secs_f64(secs), segment.seeks))
    }
}

#[cfg(test)]
#[path = "output_tests.rs"]
mod tests;
