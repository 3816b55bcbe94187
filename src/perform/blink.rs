//! Blinks: when, and how the lids move.

use super::noise;
use crate::script::timeline::Mark;
use crate::time::Time;

/// Time is cut into slots with at most one blink (or a quick pair) each: about 17 a minute, the rate at rest
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

/// How far the lids are closed at `t`, 0..=1; `rate` 1 is natural, 0 never.
pub(super) fn lids(seed: u64, t: Time, rate: f32) -> f32 {
    if rate <= 0.0 {
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
    let blinks = marks.iter().filter(|m| m.name == "blink").take_while(|m| m.time <= t);
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
            let closed = lids(7, Time::from_millis(millis), 1.0);
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
            assert!(lids(seed, Time::ZERO, 1.0) < 1e-6);
        }
    }
}
