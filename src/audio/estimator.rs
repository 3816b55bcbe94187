//! Which frame of a stream is heard at a given moment, from what the sound callbacks say.
//!
//! Each callback says when it was called and how long its first frame will take to the ear; that gives the
//! moment when frame 0 was, or would have been, heard. These moments scatter by milliseconds and are wrong
//! while a stream fills up, so their median over a few seconds is followed slowly, and the answer never goes
//! back. Pure: it is told every time it uses.

use std::collections::VecDeque;

/// How long a stamp counts, nanoseconds.
const WINDOW: i64 = 4_000_000_000;
/// Farther from the median than this, a stamp is an outlier or the sign of a jump.
const OUTLIER: i64 = 15_000_000;
/// So many outliers in a row, agreeing with each other, are a jump: the device stood still or lost frames.
const JUMP: usize = 6;
/// Stamps are believed once they span this long.
const SETTLING: i64 = 400_000_000;
/// Beyond what the last callback delivered, the answer runs on only so long: nothing more can be heard.
const SLACK: i64 = 250_000_000;

/// What one callback says. Moments are nanoseconds of any one steady clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// When it was called.
    pub at: i64,
    /// How long after that its first frame will be heard, nanoseconds.
    pub delay: i64,
    /// The stream's frames before it.
    pub first: u64,
    /// The frames it delivered.
    pub frames: u64,
}

/// Follows one stream.
#[derive(Debug, Clone)]
pub(super) struct Estimator {
    rate: i64,
    /// (moment, when frame 0 would have been heard), oldest first.
    window: VecDeque<(i64, i64)>,
    /// Outliers in a row.
    doubtful: Vec<(i64, i64)>,
    /// The median of `window`.
    target: i64,
    /// What is believed now, on the way to `target`.
    origin: Option<i64>,
    /// The last moment asked for, and the answer.
    asked: Option<(i64, f64)>,
    /// The end of what was delivered, as a moment.
    end: i64,
}

impl Estimator {
    /// For a stream of `rate` frames a second, at least 1.
    pub(super) fn new(rate: u32) -> Self {
        Self {
            rate: i64::from(rate.max(1)),
            window: VecDeque::new(),
            doubtful: Vec::new(),
            target: 0,
            origin: None,
            asked: None,
            end: i64::MIN,
        }
    }

    /// Takes a callback's stamp, in order.
    pub(super) fn feed(&mut self, stamp: Stamp) {
        let sample = (stamp.at, stamp.at + stamp.delay - self.nanos(stamp.first as f64));
        self.end = stamp.at + stamp.delay + self.nanos(stamp.frames as f64);
        if !self.window.is_empty() && (sample.1 - self.target).abs() > OUTLIER {
            self.doubtful.retain(|doubtful| (doubtful.1 - sample.1).abs() <= OUTLIER);
            self.doubtful.push(sample);
            if self.doubtful.len() < JUMP {
                return;
            }
            self.window = self.doubtful.drain(..).collect();
        } else {
            self.doubtful.clear();
            self.window.push_back(sample);
        }
        while self.window.front().is_some_and(|oldest| oldest.0 < stamp.at - WINDOW) {
            self.window.pop_front();
        }
        self.target = median(self.window.iter().map(|&(_, origin)| origin));
    }

    /// Whether the stamps span long enough, and agree enough, to be believed.
    pub(super) fn settled(&self) -> bool {
        let spread = median(self.window.iter().map(|&(_, origin)| (origin - self.target).abs()));
        match (self.window.front(), self.window.back()) {
            (Some(first), Some(last)) => last.0 - first.0 >= SETTLING && spread < OUTLIER / 3,
            _ => false,
        }
    }

    /// The frame heard at `moment` (fractional; negative before the stream began). The answer for a later
    /// call is never less. `free` when nobody watches, so that it may jump to the best estimate at once.
    pub(super) fn frame_at(&mut self, moment: i64, free: bool) -> f64 {
        let moment = moment.min(self.end.saturating_add(SLACK));
        let (last_moment, last_frame) = self.asked.unwrap_or((moment, f64::NEG_INFINITY));
        let elapsed = (moment - last_moment).max(0);
        let origin = match self.origin {
            Some(origin) if !free => origin + self.glide(self.target - origin, elapsed),
            _ => self.target,
        };
        self.origin = Some(origin);
        let frame = (moment - origin) as f64 * self.rate as f64 / 1e9;
        let frame = if free { frame } else { frame.max(last_frame) };
        self.asked = Some((moment.max(last_moment), frame));
        frame
    }

    /// When a frame will be heard, by the best estimate.
    pub(super) fn moment_of(&self, frame: u64) -> i64 {
        self.target + self.nanos(frame as f64)
    }

    /// How far to correct an `error` within `elapsed`: 1 % of the time for small errors, up to half of it for
    /// errors of a quarter second; at once beyond two seconds.
    fn glide(&self, error: i64, elapsed: i64) -> i64 {
        if error.abs() > 2_000_000_000 {
            return error;
        }
        let share = (error.abs() as f64 / 5e8).clamp(0.01, 0.5);
        let most = (elapsed as f64 * share) as i64;
        error.clamp(-most, most)
    }

    fn nanos(&self, frames: f64) -> i64 {
        (frames * 1e9 / self.rate as f64) as i64
    }
}

/// The middle value; zero of none.
fn median(values: impl Iterator<Item = i64>) -> i64 {
    let mut values: Vec<i64> = values.collect();
    let middle = values.len() / 2;
    if values.is_empty() { 0 } else { *values.select_nth_unstable(middle).1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 48_000;
    const PERIOD: u64 = 1365;
    const MS: i64 = 1_000_000;

    /// A device that begins to play at `begin` and calls back with jittery delays; `drift` in parts a million.
    struct Device {
        begin: i64,
        frames: u64,
        drift: f64,
        noise: u64,
    }

    impl Device {
        fn heard(&self, frame: f64) -> i64 {
            self.begin + (frame / f64::from(RATE) * 1e9 * (1.0 + self.drift * 1e-6)) as i64
        }

        fn callback(&mut self) -> Stamp {
            self.noise =
                self.noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let noise = ((self.noise >> 40) as i64 % 1000 - 500) * 6_000; // ±3 ms
            let late = ((self.noise >> 20) as i64 % 1000) * 4_000; // up to 4 ms after its time
            let at = self.heard(self.frames as f64) - 60 * MS + late;
            let delay = self.heard(self.frames as f64) - at + noise;
            let stamp = Stamp { at, delay, first: self.frames, frames: PERIOD };
            self.frames += PERIOD;
            stamp
        }

        fn error_ms(&self, estimator: &mut Estimator, moment: i64) -> f64 {
            let frame = estimator.frame_at(moment, false);
            (self.heard(frame) - moment) as f64 / 1e6
        }
    }

    #[test]
    fn jittery_stamps_give_a_steady_position_within_a_millisecond() {
        let mut device = Device { begin: 0, frames: 0, drift: 80.0, noise: 1 };
        let mut estimator = Estimator::new(RATE);
        let mut last = f64::NEG_INFINITY;
        for step in 0..4000 {
            let stamp = device.callback();
            estimator.feed(stamp);
            let moment = stamp.at + 16 * MS;
            let frame = estimator.frame_at(moment, !estimator.settled());
            if step > 30 {
                assert!(frame >= last, "went back");
                let error = device.error_ms(&mut estimator, moment);
                assert!(step < 150 || error.abs() < 1.0, "step {step}: {error} ms");
            }
            last = frame;
        }
    }

    #[test]
    fn prefill_lies_are_forgotten_before_it_settles() {
        let mut estimator = Estimator::new(RATE);
        for i in 0..3 {
            estimator.feed(Stamp { at: i * 10_000, delay: i * 10 * MS, first: i as u64 * 512, frames: 512 });
        }
        assert!(!estimator.settled());
        // The sink wakes up two seconds later.
        let mut device = Device { begin: 2000 * MS, frames: 3 * 512, drift: 0.0, noise: 5 };
        for _ in 0..40 {
            estimator.feed(device.callback());
        }
        assert!(estimator.settled());
        let error = device.error_ms(&mut estimator, 3000 * MS);
        assert!(error.abs() < 1.5, "{error} ms");
    }

    #[test]
    fn after_a_stall_it_waits_for_the_sound_and_never_goes_back() {
        let mut device = Device { begin: 0, frames: 0, drift: 0.0, noise: 9 };
        let mut estimator = Estimator::new(RATE);
        let (mut moment, mut last) = (0, f64::NEG_INFINITY);
        for step in 0..900 {
            if step == 200 {
                device.begin += 180 * MS; // nothing is heard for 180 ms
            }
            let stamp = device.callback();
            estimator.feed(stamp);
            while moment < stamp.at + 16 * MS {
                let frame = estimator.frame_at(moment, step < 20);
                assert!(frame >= last || step < 20, "went back at step {step}");
                last = frame;
                moment += 16 * MS;
            }
        }
        let error = device.error_ms(&mut estimator, moment);
        assert!(error.abs() < 1.0, "{error} ms");
    }

    #[test]
    fn without_callbacks_it_stops_at_what_can_be_heard() {
        let mut device = Device { begin: 0, frames: 0, drift: 0.0, noise: 3 };
        let mut estimator = Estimator::new(RATE);
        (0..100).for_each(|_| estimator.feed(device.callback()));
        let end = device.heard(device.frames as f64);
        let frame = estimator.frame_at(end + 60_000 * MS, false);
        assert!(frame < device.frames as f64 + 0.3 * f64::from(RATE), "{frame}");
    }
}
