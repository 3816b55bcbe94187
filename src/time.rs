//! Time as whole nanoseconds, and exact frame rates.
//!
//! Positions in a speech are integers so that the live, film and snapshot drivers can name the very same
//! instant. This module never reads a clock.

use std::fmt;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

/// A position on, or a span of, the speech's time axis: signed whole nanoseconds (±292 years).
///
/// Arithmetic saturates, so no input can overflow it.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

const NANOS_PER_SEC: i64 = 1_000_000_000;

impl Time {
    /// The start of a speech.
    pub const ZERO: Self = Self(0);
    /// The latest time that can be named.
    pub const MAX: Self = Self(i64::MAX);

    /// From whole nanoseconds.
    pub const fn from_nanos(nanos: i64) -> Self {
        Self(nanos)
    }

    /// From whole milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1_000_000))
    }

    /// From seconds, rounded to the nearest nanosecond; not-a-number becomes zero, infinities saturate.
    pub fn from_secs_f64(secs: f64) -> Self {
        Self((secs * NANOS_PER_SEC as f64).round() as i64)
    }

    /// The time of sample `index` at `rate` samples a second (a zero rate gives zero), rounded down.
    pub fn from_samples(index: u64, rate: u32) -> Self {
        if rate == 0 {
            return Self::ZERO;
        }
        let nanos = i128::from(index) * i128::from(NANOS_PER_SEC) / i128::from(rate);
        Self(i64::try_from(nanos).unwrap_or(i64::MAX))
    }

    /// Whole nanoseconds.
    pub const fn as_nanos(self) -> i64 {
        self.0
    }

    /// Seconds as a double.
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / NANOS_PER_SEC as f64
    }

    /// Seconds as a float: exact enough only for spans of a few minutes.
    pub fn as_secs_f32(self) -> f32 {
        self.as_secs_f64() as f32
    }

    /// Milliseconds as a double.
    pub fn as_millis_f64(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// The index of the sample playing at this time at `rate` samples a second, rounded to the nearest;
    /// zero before the start.
    pub fn to_samples(self, rate: u32) -> u64 {
        let half = i128::from(NANOS_PER_SEC / 2);
        let index = (i128::from(self.0) * i128::from(rate) + half) / i128::from(NANOS_PER_SEC);
        u64::try_from(index).unwrap_or(0)
    }

    /// The absolute span.
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }
}

impl Add for Time {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Time {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Time {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl AddAssign for Time {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Time {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.6}s", self.as_secs_f64())
    }
}

/// `mm:ss.mmm`, as captions and progress show it.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = (self.0.saturating_abs() + 500_000) / 1_000_000;
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{:02}:{:02}.{:03}", millis / 60_000, millis / 1000 % 60, millis % 1000)
    }
}

/// Why a text is no time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a time: write seconds (12.5) or minutes and seconds (01:12.500)")]
pub struct ParseTimeError(String);

/// Seconds (`12.5`), `mm:ss.mmm` or `hh:mm:ss.mmm`; never negative, at most ten days.
impl FromStr for Time {
    type Err = ParseTimeError;

    fn from_str(text: &str) -> Result<Self, ParseTimeError> {
        let error = || ParseTimeError(text.to_owned());
        let parts: Vec<&str> = text.trim().split(':').collect();
        let (seconds, larger) = parts.split_last().ok_or_else(error)?;
        if larger.len() > 2 || !seconds.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return Err(error());
        }
        let mut total = seconds.parse::<f64>().map_err(|_| error())?;
        if !larger.is_empty() && total >= 60.0 {
            return Err(error());
        }
        for (power, part) in larger.iter().rev().enumerate() {
            let value: u32 = part.parse().map_err(|_| error())?;
            total += f64::from(value) * if power == 0 { 60.0 } else { 3600.0 };
        }
        if !total.is_finite() || total > 864_000.0 {
            return Err(error());
        }
        Ok(Self::from_secs_f64(total))
    }
}

/// Frames a second as an exact fraction: 30000/1001 is 29.97 without drift.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct FrameRate {
    numerator: u32,
    denominator: u32,
}

impl FrameRate {
    /// Film, and most drawn animation: 24 frames a second.
    pub const FILM: Self = Self { numerator: 24, denominator: 1 };
    /// Most screens, and most capture of faces: 60 frames a second.
    pub const SCREEN: Self = Self { numerator: 60, denominator: 1 };

    /// `numerator / denominator` frames a second; `None` unless it lies in 1/1000 ..= 1000 (so both are non-zero).
    pub fn new(numerator: u32, denominator: u32) -> Option<Self> {
        let ratio = f64::from(numerator) / f64::from(denominator);
        (denominator > 0 && (0.001..=1000.0).contains(&ratio)).then_some(Self { numerator, denominator })
    }

    /// The numerator as given.
    pub const fn numerator(self) -> u32 {
        self.numerator
    }

    /// The denominator as given.
    pub const fn denominator(self) -> u32 {
        self.denominator
    }

    /// Frames a second, rounded to a double.
    pub fn as_f64(self) -> f64 {
        f64::from(self.numerator) / f64::from(self.denominator)
    }

    /// When frame `index` begins: index × denominator / numerator seconds, rounded to the nearest nanosecond.
    pub fn time_of(self, index: u64) -> Time {
        let top = i128::from(index) * i128::from(self.denominator) * i128::from(NANOS_PER_SEC);
        let bottom = i128::from(self.numerator);
        Time(i64::try_from((top + bottom / 2) / bottom).unwrap_or(i64::MAX))
    }

    /// How many frames begin before `end`.
    pub fn frames_before(self, end: Time) -> u64 {
        let top = i128::from(end.0.max(0)) * i128::from(self.numerator);
        let bottom = i128::from(self.denominator) * i128::from(NANOS_PER_SEC);
        let estimate = u64::try_from((top + bottom - 1) / bottom).unwrap_or(u64::MAX);
        // Rounded frame times can land on `end` itself.
        if estimate > 0 && self.time_of(estimate - 1) >= end { estimate - 1 } else { estimate }
    }
}

impl fmt::Display for FrameRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.denominator == 1 {
            write!(f, "{}", self.numerator)
        } else {
            write!(f, "{}/{}", self.numerator, self.denominator)
        }
    }
}

/// `25`, `30000/1001`, or a decimal such as `29.97` (taken as 2997/100, exactly what was written).
impl FromStr for FrameRate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = match text.split_once(['/', '.']) {
            None => text.parse().ok().map(|n| (n, 1)),
            Some((n, d)) if text.contains('/') => n.parse().ok().zip(d.parse().ok()),
            Some((whole, tail)) if tail.len() <= 3 => {
                format!("{whole}{tail}").parse().ok().map(|n| (n, 10u32.pow(tail.len() as u32)))
            }
            Some(_) => None,
        };
        parsed.and_then(|(n, d)| Self::new(n, d)).ok_or_else(|| {
            format!("'{text}' is not a frame rate: write 25, 60 or an exact fraction such as 30000/1001")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ntsc_frames_never_drift() {
        let rate: FrameRate = "30000/1001".parse().unwrap();
        assert_eq!(rate.time_of(30_000), Time::from_secs_f64(1001.0));
        assert_eq!(rate.time_of(30_000 * 36), Time::from_secs_f64(36036.0));
    }

    #[test]
    fn frames_before_excludes_the_end() {
        let rate = FrameRate::new(25, 1).unwrap();
        assert_eq!(rate.frames_before(Time::from_millis(1000)), 25);
        assert_eq!(rate.frames_before(Time::from_millis(1001)), 26);
        assert_eq!(rate.frames_before(Time::ZERO), 0);
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        assert_eq!("12.5".parse(), Ok(Time::from_millis(12_500)));
        assert_eq!("01:12.500".parse(), Ok(Time::from_millis(72_500)));
        assert_eq!("1:00:00".parse(), Ok(Time::from_millis(3_600_000)));
        for bad in ["", "-1", "1:75", "nan", "inf", "1:2:3:4", "abc", "1e99"] {
            assert!(bad.parse::<Time>().is_err(), "{bad} was taken");
        }
    }

    #[test]
    fn samples_round_trip() {
        for index in [0, 1, 44_099, 44_100, 158_760_000] {
            assert_eq!(Time::from_samples(index, 44_100).to_samples(44_100), index);
        }
    }
}
