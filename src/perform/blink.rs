//! Blinks: when, and how the lids move.

use super::curve::recent;
use super::delivery::Stretch;
use super::noise;
use crate::script::timeline::Mark;
use crate::time::Time;

/// Between two blinks of a speaker lie times that are log-normal (Bentivoglio et al. 1997, in conversation 26 a minute, more
/// than most audiences like): the median, and the spread of the logarithm.
const MEDIAN_SECS: f32 = 2.5;
const SPREAD: f32 = 0.55;
const SHORTEST_SECS: f32 = 0.6;
const LONGEST_SECS: f32 = 9.0;
/// Blinks wait for the end of a phrase, or come with it early, where one is so near (Nakano & Kitazawa 2010).
const DRAWN: Time = Time::from_millis(900);
const DRAWN_SHARE: f32 = 0.75;
/// The second of a quick pair.
const SECOND: Time = Time::from_millis(420);
/// Blinks are laid out for no longer than this; after it they come by slots.
const LAID_OUT: Time = Time::from_millis(24 * 3_600_000);

/// Without a speech, time is cut into slots with at most one blink (or a quick pair) each: about 17 a minute, the rate at rest
/// (Bentivoglio et al. 1997).
const SLOT_SECS: f64 = 3.3;
/// Slots without a blink, and with two in quick succession.
const SKIPPED: f32 = 0.08;
const DOUBLED: f32 = 0.08;
/// Fast close, short hold, slow open: 300 ms in all, which viewers prefer (Trutoiu et al. 2011).
const CLOSE_SECS: f32 = 0.075;
const HOLD_SECS: f32 = 0.045;
const OPEN_SECS: f32 = 0.18;
const WHOLE_SECS: f32 = CLOSE_SECS + HOLD_SECS + OPEN_SECS;

/// When a speaker blinks.
#[derive(Debug, Clone, Default)]
pub(super) struct BlinkTrack {
    seed: u64,
    rate: f32,
    /// In order, those before `until`; later ones come by slots.
    begins: Vec<Time>,
    until: Time,
}

impl BlinkTrack {
    /// In a speech of these phrases; `rate` 1 is natural, 0 never.
    pub(super) fn new(seed: u64, rate: f32, phrases: &[Stretch]) -> Self {
        let until = phrases.last().map_or(Time::ZERO, |last| last.end.min(LAID_OUT));
        let mut track = Self { seed, rate, begins: Vec::new(), until };
        if rate <= 0.0 {
            return track;
        }
        let mut last = Time::ZERO;
        for number in 0.. {
            let secs =
                (libm::expf(SPREAD * normal(seed, number)) * MEDIAN_SECS).clamp(SHORTEST_SECS, LONGEST_SECS);
            let mut begin = last + Time::from_secs_f64(f64::from(secs / rate));
            if noise::unit(seed, 4, number) < DRAWN_SHARE
                && let Some(end) = nearest_end(phrases, begin).filter(|end| *end > last + SECOND)
            {
                begin = end + Time::from_secs_f64(0.02 + 0.1 * f64::from(noise::unit(seed, 5, number)));
            }
            if begin >= until {
                break;
            }
            track.begins.push(begin);
            last = begin;
            if noise::unit(seed, 3, number) < DOUBLED {
                last = begin + SECOND;
                track.begins.push(last);
            }
        }
        track
    }

    /// How far the lids are closed at `t`, 0..=1.
    pub(super) fn lids(&self, t: Time) -> f32 {
        let begun = self.begins.partition_point(|begin| *begin <= t);
        let laid_out = self.begins.iter().take(begun).rev().take(2);
        let closed = laid_out.map(|begin| lid_at((t - *begin).as_secs_f32())).fold(0.0, f32::max);
        closed.max(slotted(self.seed, t, self.rate, self.until))
    }
}

/// The end of a phrase that a blink at `t` is drawn to.
fn nearest_end(phrases: &[Stretch], t: Time) -> Option<Time> {
    let after = phrases.partition_point(|phrase| phrase.end < t);
    let near = phrases.get(after.saturating_sub(1)..(after + 1).min(phrases.len())).unwrap_or_default();
    let ends = near.iter().map(|phrase| phrase.end).filter(|end| (*end - t).abs() <= DRAWN);
    ends.min_by_key(|end| (*end - t).abs())
}

/// A number of the standard normal distribution (Box & Muller 1958).
fn normal(seed: u64, position: i64) -> f32 {
    let (a, b) = (noise::unit(seed, 6, position), noise::unit(seed, 7, position));
    libm::sqrtf(-2.0 * libm::logf(a.max(1e-6))) * libm::cosf(b * std::f32::consts::TAU)
}

/// Blinks by slots: those that begin at `after` or later.
fn slotted(seed: u64, t: Time, rate: f32, after: Time) -> f32 {
    if rate <= 0.0 || t < after {
        return 0.0;
    }
    let slot_secs = SLOT_SECS / f64::from(rate);
    let slot = (t.as_secs_f64() / slot_secs).floor();
    let index = slot as i64;
    let mut closed = 0.0f32;
    // A blink that begins late in the slot before may still be under way. None precedes the speech.
    for k in [index - 1, index] {
        if k < 0 || noise::unit(seed, 1, k) < SKIPPED {
            continue;
        }
        let start = (k as f64 + 0.25 + 0.7 * f64::from(noise::unit(seed, 2, k))) * slot_secs;
        if start < after.as_secs_f64() {
            continue;
        }
        let since = (t.as_secs_f64() - start) as f32;
        closed = closed.max(lid_at(since));
        if noise::unit(seed, 3, k) < DOUBLED {
            closed = closed.max(lid_at(since - 0.42));
        }
    }
    closed
}

/// How far `[blink]` marks close the lids at `t`.
pub(super) fn marked(marks: &[Mark], t: Time) -> f32 {
    let blinks = recent(marks, t, Time::from_millis(500)).filter(|mark| mark.name == "blink");
    blinks.map(|m| lid_at((t - m.time).as_secs_f32())).fold(0.0, f32::max)
}

fn lid_at(since_secs: f32) -> f32 {
    use super::curve::smootherstep;
    if !(0.0..WHOLE_SECS).contains(&since_secs) {
        0.0
    } else if since_secs < CLOSE_SECS {
        smootherstep(since_secs / CLOSE_SECS)
    } else if since_secs < CLOSE_SECS + HOLD_SECS {
        1.0
    } else {
        1.0 - smootherstep((since_secs - CLOSE_SECS - HOLD_SECS) / OPEN_SECS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn about_seventeen_a_minute_and_all_complete() {
        let mut blinks = 0;
        let mut shut = false;
        for millis in 0..600_000 {
            let closed = BlinkTrack::new(7, 1.0, &[]).lids(Time::from_millis(millis));
            if closed >= 1.0 && !shut {
                blinks += 1;
            }
            shut = closed >= 1.0;
        }
        assert!((150..=210).contains(&blinks), "{blinks} in ten minutes");
    }

    #[test]
    fn the_eyes_are_open_at_the_start() {
        for seed in 0..200 {
            assert!(BlinkTrack::new(seed, 1.0, &[]).lids(Time::ZERO) < 1e-6);
        }
    }

    #[test]
    fn speakers_blink_more_where_a_phrase_ends() {
        let time = Time::from_millis;
        let phrases: Vec<Stretch> = (0..240)
            .map(|i| Stretch { start: time(i * 2500), end: time(i * 2500 + 2100), boundary: None })
            .collect();
        for seed in 0..8 {
            let track = BlinkTrack::new(seed, 1.0, &phrases);
            let a_minute = track.begins.len() as f64 / 10.0;
            assert!((15.0..=30.0).contains(&a_minute), "{a_minute} a minute");
            // A sixth of the time lies in the 400 ms after the ends.
            let at_ends = track.begins.iter().filter(|b| b.as_nanos() / 1_000_000 % 2500 >= 2100).count();
            let share = at_ends as f64 / track.begins.len() as f64;
            assert!(share > 0.4, "{share}");
            assert!(track.begins.is_sorted());
            let mut before = 0.0;
            for millis in 0..610_000 {
                let closed = track.lids(time(millis));
                assert!((closed - before).abs() < 0.05, "a lid jumps at {millis} ms");
                before = closed;
            }
        }
        assert!(BlinkTrack::new(1, 0.0, &phrases).lids(time(5000)) < 1e-6);
    }
}
