//! Times counted in frames.

use super::Options;
use crate::time::{FrameRate, Time};

/// No file names a later frame: ten days at a thousand a second.
pub(super) const LATEST: i64 = 864_000_000;

/// Frames a second, as asked for, or as Moho, Papagayo and Rhubarb take it where nobody says otherwise.
pub(super) fn rate(options: &Options) -> FrameRate {
    options.rate.unwrap_or(FrameRate::FILM)
}

/// A frame rate as a file has it.
pub(super) fn read_rate(text: &str) -> Option<FrameRate> {
    text.trim().parse().ok()
}

/// The frame that begins nearest to a time.
pub(super) fn nearest(time: Time, rate: FrameRate) -> u64 {
    let before = rate.frames_before(time).saturating_sub(1);
    let distance = |frame: u64| (rate.time_of(frame) - time).abs();
    if distance(before + 1) < distance(before) { before + 1 } else { before }
}
