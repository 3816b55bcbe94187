//! Band-limited resampling: a polyphase bank of Kaiser-windowed sinc filters.
//!
//! Any output frame is computed from its number alone, so that rendering in pieces, or from the middle, gives
//! the very samples of rendering in one go. Theory: J. O. Smith, "Digital Audio Resampling"; window:
//! J. F. Kaiser, 1974.

use std::f64::consts::PI;

/// Zero crossings on each side of the filter, before it is widened for a lower output rate.
const CROSSINGS: f64 = 48.0;
/// The Kaiser window's shape: about 90 dB of stopband attenuation.
const BETA: f64 = 9.0;
/// The −6 dB edge as a share of the lower Nyquist frequency; the stopband begins at 1.
const EDGE: f64 = 0.94;
/// More phases than these are interpolated from their neighbours.
const MOST_PHASES: u64 = 1024;

/// The filters that take one rate to another.
#[derive(Debug, Clone)]
pub(super) struct Resampler {
    from: u64,
    to: u64,
    phases: u64,
    /// Taps on each side of the centre.
    half: usize,
    /// `phases + 1` rows of `2 * half` taps.
    taps: Vec<f32>,
}

/// Where an output frame lies between source frames.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'a> {
    /// The source frame of the first tap; may lie before the start.
    pub first: i64,
    row: &'a [f32],
    next: &'a [f32],
    /// How far from `row` to `next`, 0 ..= 1.
    blend: f32,
}

impl Resampler {
    /// From `from` to `to` frames a second, both non-zero; widths are bounded for ratios beyond 64.
    pub(super) fn new(from: u32, to: u32) -> Self {
        let divisor = gcd(u64::from(from), u64::from(to)).max(1);
        let (from, to) = (u64::from(from) / divisor, (u64::from(to) / divisor).max(1));
        let phases = to.min(MOST_PHASES);
        let narrowing = (to as f64 / from.max(1) as f64).clamp(1.0 / 64.0, 1.0);
        let reach = CROSSINGS / narrowing;
        let half = reach.ceil() as usize;
        let mut taps = Vec::with_capacity((phases as usize + 1) * 2 * half);
        for phase in 0..=phases {
            let centre = half as f64 - 1.0 + phase as f64 / phases as f64;
            let row: Vec<f64> =
                (0..2 * half).map(|tap| kernel(tap as f64 - centre, EDGE * narrowing, reach)).collect();
            let sum: f64 = row.iter().sum();
            taps.extend(row.iter().map(|tap| (tap / sum) as f32));
        }
        Self { from, to, phases, half, taps }
    }

    /// Where output frame `index` (0 lies on source frame 0) takes its samples from.
    pub(super) fn spot(&self, index: u64) -> Spot<'_> {
        let position = u128::from(index) * u128::from(self.from);
        let (whole, rest) = (position / u128::from(self.to), (position % u128::from(self.to)) as u64);
        let (phase, part) = (rest * self.phases / self.to, rest * self.phases % self.to);
        let width = 2 * self.half;
        let start = phase as usize * width;
        let row = |start: usize| self.taps.get(start..start + width).unwrap_or_default();
        Spot {
            first: i64::try_from(whole).unwrap_or(i64::MAX / 2) - self.half as i64 + 1,
            row: row(start),
            next: row(start + width),
            blend: part as f32 / self.to as f32,
        }
    }
}

impl Spot<'_> {
    /// The filtered sample of channel `channel` of `samples` (interleaved, `channels` a frame), silence lying
    /// around them; `first` is counted from the first of `samples`.
    pub(super) fn sample(&self, first: i64, samples: &[f32], channels: usize, channel: usize) -> f32 {
        let skip = usize::try_from(-first).unwrap_or(0);
        let begin = usize::try_from(first).unwrap_or(0) * channels + channel;
        let source = || samples.get(begin..).unwrap_or_default().iter().step_by(channels);
        let dot = |row: &[f32]| -> f32 {
            source().zip(row.get(skip..).unwrap_or_default()).map(|(sample, tap)| sample * tap).sum()
        };
        let here = dot(self.row);
        if self.blend > 0.0 { here + (dot(self.next) - here) * self.blend } else { here }
    }
}

/// The windowed sinc at `x` source frames from the centre; `edge` is a share of the source's Nyquist frequency.
fn kernel(x: f64, edge: f64, reach: f64) -> f64 {
    let ratio = x / reach;
    if ratio.abs() >= 1.0 {
        return 0.0;
    }
    let angle = PI * x * edge;
    let sinc = if angle.abs() < 1e-9 { 1.0 } else { libm::sin(angle) / angle };
    sinc * bessel(BETA * (1.0 - ratio * ratio).sqrt())
}

/// The modified Bessel function of the first kind and order zero.
fn bessel(x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for k in 1..40 {
        let factor = x / (2.0 * f64::from(k));
        term *= factor * factor;
        sum += term;
    }
    sum
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sine of `hertz` taken from one rate to another; the level in dB of what comes out at `probe`.
    fn level(from: u32, to: u32, hertz: f64, probe: f64) -> f64 {
        let source: Vec<f32> = (0..from / 2)
            .map(|i| libm::sin(2.0 * PI * hertz * f64::from(i) / f64::from(from)) as f32)
            .collect();
        let resampler = Resampler::new(from, to);
        let (begin, count) = (to / 8, to / 4);
        let (mut re, mut im) = (0.0, 0.0);
        for i in 0..count {
            let spot = resampler.spot(u64::from(begin + i));
            let window = 0.5 - 0.5 * libm::cos(2.0 * PI * f64::from(i) / f64::from(count));
            let value = f64::from(spot.sample(spot.first, &source, 1, 0)) * window * 4.0 / f64::from(count);
            let angle = 2.0 * PI * probe * f64::from(begin + i) / f64::from(to);
            re += value * libm::cos(angle);
            im += value * libm::sin(angle);
        }
        20.0 * libm::log10((re * re + im * im).sqrt().max(1e-12))
    }

    #[test]
    fn the_passband_is_flat() {
        for (from, to, hertz) in [
            (44_100, 48_000, 1000.0),
            (44_100, 48_000, 18_000.0),
            (24_000, 48_000, 10_000.0),
            (48_000, 16_000, 6_800.0),
            (22_050, 44_100, 440.0),
            (44_101, 48_000, 9_000.0),
        ] {
            let level = level(from, to, hertz, hertz);
            assert!(level.abs() < 0.05, "{hertz} Hz from {from} to {to}: {level} dB");
        }
    }

    #[test]
    fn images_and_aliases_are_gone() {
        // Up: the image of 9 kHz of a 24 kHz source at 15 kHz. Down: 11 kHz folding to 5 kHz at 16 kHz.
        for (from, to, hertz, ghost) in [
            (24_000, 48_000, 9_000.0, 15_000.0),
            (48_000, 16_000, 11_000.0, 5_000.0),
            (44_101, 48_000, 9_000.0, 8_999.0 + 200.0),
        ] {
            let level = level(from, to, hertz, ghost);
            assert!(level < -80.0, "{hertz} Hz from {from} to {to} shows at {ghost}: {level} dB");
        }
    }
}
