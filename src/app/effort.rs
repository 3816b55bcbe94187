//! How finely pictures are drawn live, so that they are on time: by how long the last ones took, slowly, so that nobody sees it.
//!
//! It measures nothing itself and never touches the sound.

use std::time::Duration;

/// Of the width and height of the window, at least.
const COARSEST: f32 = 0.5;
/// Slower than this share of the time there is for a picture is too slow, ...
const TOO_SLOW: f32 = 0.95;
/// ... and quicker than this one leaves room: between the two nothing changes, so that it comes to rest.
const ROOM: f32 = 0.75;
/// The most that the scale falls and rises in a second. A step of a picture is too small to be seen.
const FALL: f32 = 0.25;
const RISE: f32 = 0.06;
/// No picture counts for longer: a window that was hidden has learnt nothing.
const LONGEST: f32 = 0.1;

/// The share of the window's width and height that actors are drawn with.
#[derive(Debug)]
pub(super) struct Effort {
    scale: f32,
    budget: Duration,
}

impl Effort {
    /// Where a picture may take `budget`.
    pub(super) fn new(budget: Duration) -> Self {
        Self { scale: 1.0, budget }
    }

    /// The scale of the next picture, `since` after the last one, where pictures take `drawn` at present.
    pub(super) fn next(&mut self, drawn: Duration, since: Duration) -> f32 {
        let load = drawn.as_secs_f32() / self.budget.as_secs_f32().max(1e-3);
        let secs = since.as_secs_f32().min(LONGEST);
        let change = if load > TOO_SLOW {
            -FALL * (load - TOO_SLOW).clamp(0.1, 1.0)
        } else if load < ROOM {
            RISE
        } else {
            0.0
        };
        self.scale = (self.scale + change * secs).clamp(COARSEST, 1.0);
        self.scale
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scales of `secs` seconds on a machine that takes `fixed` milliseconds and `by_area` more for a whole picture; what it takes
    /// is known as the median of the last half second.
    fn run(fixed: f32, by_area: f32, secs: f32) -> Vec<f32> {
        let mut effort = Effort::new(Duration::from_millis(33));
        let (mut at, mut scales, mut costs) = (0.0, vec![1.0f32], vec![]);
        while at < secs {
            let scale = scales[scales.len() - 1];
            let cost = (fixed + by_area * scale * scale) / 1000.0;
            costs.push(cost);
            let mut last: Vec<f32> = costs.iter().rev().take(15).copied().collect();
            last.sort_by(f32::total_cmp);
            at += cost;
            scales.push(
                effort.next(Duration::from_secs_f32(last[last.len() / 2]), Duration::from_secs_f32(cost)),
            );
        }
        scales
    }

    #[test]
    fn a_slow_machine_comes_to_rest_on_time() {
        let scales = run(6.0, 40.0, 20.0);
        let rest = &scales[scales.len() * 3 / 4..];
        let (least, most) =
            (rest.iter().copied().fold(f32::MAX, f32::min), rest.iter().copied().fold(0.0, f32::max));
        assert!(most - least < 0.01, "still moving: {least}..{most}");
        assert!(6.0 + 40.0 * most * most <= 33.0, "late: {most}");
        assert!(most > 0.6, "too coarse: {most}");
    }

    #[test]
    fn no_step_is_large_enough_to_be_seen() {
        for scales in [run(6.0, 40.0, 20.0), run(30.0, 90.0, 20.0), run(2.0, 8.0, 20.0)] {
            assert!(scales.windows(2).all(|pair| (pair[1] - pair[0]).abs() <= 0.026), "{scales:?}");
        }
    }

    #[test]
    fn a_quick_machine_draws_all_and_a_hopeless_one_half() {
        assert!(run(2.0, 8.0, 5.0).iter().all(|scale| *scale == 1.0));
        assert_eq!(run(60.0, 60.0, 20.0).last(), Some(&COARSEST));
    }

    #[test]
    fn what_was_too_slow_for_a_while_is_fine_again() {
        let mut effort = Effort::new(Duration::from_millis(33));
        let step = Duration::from_millis(33);
        (0..200).for_each(|_| _ = effort.next(Duration::from_millis(50), step));
        assert!(effort.scale < 0.8);
        (0..400).for_each(|_| _ = effort.next(Duration::from_millis(12), step));
        assert_eq!(effort.scale, 1.0);
    }
}
