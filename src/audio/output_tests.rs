//! The output against a device made of numbers: it calls back when told, plays a sawtooth whose value names the
//! position, and knows what a listener hears.

use std::cell::Cell;
use std::collections::VecDeque;
use std::time::Duration;

use super::*;
use crate::audio::line::Tap;
use crate::audio::program::Clip;
use crate::audio::{Pcm, Program};

const RATE: u32 = 48_000;
const PERIOD: usize = 1024;
const MS: i64 = 1_000_000;

thread_local! {
    static CLOCK: Cell<Option<(Instant, i64)>> = const { Cell::new(None) };
}

/// The test's own clock: stands until it is set.
fn fake_now() -> Instant {
    let (origin, nanos) = CLOCK.get().unwrap_or_else(|| (origin(), 0));
    CLOCK.set(Some((origin, nanos)));
    origin + Duration::from_nanos(nanos.unsigned_abs())
}

fn set_clock(nanos: i64) {
    let (origin, _) = CLOCK.get().unwrap_or_else(|| (origin(), 0));
    CLOCK.set(Some((origin, nanos)));
}

#[expect(clippy::disallowed_methods, reason = "any instant will do as the origin of the test's own clock")]
fn origin() -> Instant {
    Instant::now()
}

/// A minute of mono sound whose sample `n` is `n / 2^22`, exactly.
fn ramp() -> Program {
    let samples = (0..60 * RATE).map(|n| n as f32 / 4_194_304.0).collect();
    let pcm = Arc::new(Pcm { rate: RATE, channels: 1, samples });
    Program::new(vec![Clip { start: Time::ZERO, file_in: Time::ZERO, file_out: None, gain_db: 0.0, pcm }])
}

/// A device with a buffer of two periods.
struct Device {
    tap: Tap,
    line: Arc<Line>,
    /// When frame 0 is heard.
    begin: i64,
    frames: u64,
    /// What was written, by frame.
    heard: VecDeque<f32>,
    noise: i64,
}

impl Device {
    fn new(begin: i64) -> Self {
        let line = Arc::new(Line::new(RATE, false));
        let tap = Tap::new(ramp().reel(RATE, 1), Arc::clone(&line), 1);
        Self { tap, line, begin, frames: 0, heard: VecDeque::new(), noise: 0 }
    }

    /// Calls back for all that a listener hears before `moment` + 40 ms.
    fn run(&mut self, moment: i64) {
        while self.begin + self.frames as i64 * 1_000_000 / 48 <= moment + 40 * MS {
            let heard_at = self.begin + self.frames as i64 * 1_000_000 / 48;
            self.noise = (self.noise * 7 + 3) % 11;
            let mut out = [0.0_f32; PERIOD];
            self.tap.fill(&mut out, moment, heard_at - moment + (self.noise - 5) * MS / 10);
            self.heard.extend(out);
            self.frames += PERIOD as u64;
        }
    }

    /// The position in the sound that is heard at `moment`, from the samples themselves; `None` in silence.
    fn listen(&self, moment: i64) -> Option<Time> {
        let frame = (moment - self.begin) * 48 / 1_000_000;
        let value = *self.heard.get(usize::try_from(frame).ok()?)?;
        (value > 0.0).then(|| Time::from_samples((value * 4_194_304.0) as u64, RATE))
    }
}

struct Rig {
    output: Output,
    news: Sender<News<Line>>,
    moment: i64,
    last: Time,
    /// For so many milliseconds after a seek the old place is still heard, and then the new one.
    jumps: i64,
    epoch: Instant,
}

impl Rig {
    fn new() -> Self {
        set_clock(0);
        let (news, receiver) = channel();
        let epoch = fake_now();
        let output = Output::with_news(receiver, None, false, Time::from_millis(1000), (fake_now, epoch));
        Self { output, news, moment: 0, last: Time::ZERO, jumps: 0, epoch }
    }

    /// Goes on for `millis`, asking at each as a window with 8 ms of look-ahead would; positions never go back.
    /// Returns the largest |position − heard| of the last half, in milliseconds.
    fn go(&mut self, millis: i64, mut device: Option<&mut Device>) -> f64 {
        let mut worst: f64 = 0.0;
        for step in 0..millis {
            self.moment += MS;
            set_clock(self.moment);
            if let Some(device) = &mut device {
                device.run(self.moment);
            }
            let when = self.epoch + Duration::from_nanos((self.moment + 8 * MS).unsigned_abs());
            let position = self.output.position(when);
            assert!(
                position >= self.last || step < self.jumps,
                "went back from {:?} to {position:?}",
                self.last
            );
            self.last = position;
            let heard = device.as_ref().and_then(|device| device.listen(self.moment + 8 * MS));
            if let Some(heard) = heard.filter(|_| step > millis / 2) {
                worst = worst.max((position - heard).as_millis_f64().abs());
            }
        }
        worst
    }
}

#[test]
fn the_position_is_what_is_heard_through_pause_and_seek() {
    let (mut rig, mut device) = (Rig::new(), Device::new(30 * MS));
    rig.output.play();
    rig.news.send(News::Opened(Arc::clone(&device.line))).unwrap();
    assert!(rig.go(2000, Some(&mut device)) < 1.0);
    assert!(rig.last > Time::from_millis(2000), "it does not move: {:?}", rig.last);

    rig.output.pause();
    rig.go(300, Some(&mut device));
    let paused = rig.last;
    rig.go(500, Some(&mut device));
    assert_eq!(rig.last, paused);
    assert_eq!(device.listen(rig.moment), None, "sound while paused");
    rig.output.play();
    assert!(rig.go(1000, Some(&mut device)) < 1.0);
    assert!(rig.last < paused + Time::from_millis(1001));

    rig.output.seek(Time::from_millis(500));
    rig.jumps = 100;
    assert!(rig.go(1000, Some(&mut device)) < 1.0);
    assert!(rig.last > Time::from_millis(1300) && rig.last < Time::from_millis(1600), "{:?}", rig.last);
    assert_eq!(rig.output.event(), None);
}

#[test]
fn a_lost_device_costs_no_time_and_sound_returns_in_place() {
    let (mut rig, mut device) = (Rig::new(), Device::new(30 * MS));
    rig.output.play();
    rig.news.send(News::Opened(Arc::clone(&device.line))).unwrap();
    rig.go(3000, Some(&mut device));
    // It falls silent; 300 ms later that is certain.
    rig.go(300, None);
    rig.news.send(News::Lost("gone".to_owned())).unwrap();
    let lost = rig.last;
    rig.go(4000, None);
    assert!(matches!(rig.output.event(), Some(Event::Lost(reason)) if reason.starts_with("gone;")));
    let gone = (rig.last - lost).as_millis_f64();
    assert!((gone - 4000.0).abs() < 60.0, "{gone} ms in 4 s");

    let mut device = Device::new(rig.moment + 30 * MS);
    rig.news.send(News::Opened(Arc::clone(&device.line))).unwrap();
    let before = rig.last;
    let error = rig.go(4000, Some(&mut device));
    assert!(error < 1.0, "{error} ms");
    let gone = (rig.last - before).as_millis_f64();
    assert!((gone - 4000.0).abs() < 5.0, "{gone} ms in 4 s");
    assert_eq!(rig.output.event(), Some(Event::Restored));
    assert_eq!(rig.output.event(), None);
}

#[test]
fn without_any_device_the_speech_goes_on_and_one_warning_is_given() {
    let mut rig = Rig::new();
    rig.output.play();
    rig.news.send(News::Lost("there is no sound device".to_owned())).unwrap();
    rig.go(1000, None);
    let expected = Time::from_millis(1000 + 1000 + 8);
    assert!((rig.last - expected).abs() <= Time::from_millis(1), "{:?}", rig.last);
    assert!(matches!(rig.output.event(), Some(Event::Lost(_))));
    rig.output.seek(Time::from_millis(20_000));
    rig.go(10, None);
    assert!(rig.last >= Time::from_millis(20_000));
    rig.output.pause();
    let paused = rig.last;
    rig.go(100, None);
    assert_eq!(rig.last, paused);
    assert_eq!(rig.output.event(), None);
}

#[test]
fn fades_change_loudness_only() {
    let (mut rig, mut device) = (Rig::new(), Device::new(30 * MS));
    rig.output.play();
    rig.news.send(News::Opened(Arc::clone(&device.line))).unwrap();
    rig.go(1500, Some(&mut device));
    rig.output.pause();
    rig.go(200, Some(&mut device));
    let jump = |(a, b): (&f32, &f32)| (a - b).abs();
    let worst = device.heard.iter().zip(device.heard.iter().skip(1)).map(jump).fold(0.0, f32::max);
    let loudest = device.heard.iter().copied().fold(0.0, f32::max);
    assert!(worst < loudest / 100.0, "a step of {worst} at a level of {loudest} clicks");
}
